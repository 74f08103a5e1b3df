"""Chinese characters stay whole where a message lies in front of two panes."""

from __future__ import annotations

import pytest

from tests.tui.seen import Play

TEXT = ("down", "enter", "down", "enter")


@pytest.mark.parametrize("width", [116, 120, 131])
def test_a_message_in_front_of_two_panes_is_whole(play: Play, width: int) -> None:
    seen = play(*TEXT, "e", "=试写", "escape", size=(width, 30))
    assert "没有存入的改动留着，下次再改时还在" in seen.text
