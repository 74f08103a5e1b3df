"""改正文: what is typed is not lost by one key, and help is at hand."""

from __future__ import annotations

from tests.tui.seen import Play

TEXT = ("down", "enter", "down", "enter", "e")  # of 机场


def test_unsaved_text_is_not_dropped_without_a_question(play: Play) -> None:
    seen = play(*TEXT, "=多写的", "ctrl+r", size=(80, 24))
    assert (seen.screen, "没有存入的改动都不要了" in seen.text) == ("ConfirmDialog", True)


def test_who_does_not_agree_has_it_still(play: Play) -> None:
    assert "多写的" in play(*TEXT, "=多写的", "ctrl+r", "escape").text


def test_who_agrees_has_the_text_as_it_was(play: Play) -> None:
    seen = play(*TEXT, "=多写的", "ctrl+r", "enter")
    assert (seen.screen, "多写的" in seen.text) == ("WritingScreen", False)


def test_nothing_is_asked_where_nothing_would_be_lost(play: Play) -> None:
    assert play(*TEXT, "ctrl+r").screen == "WritingScreen"


def test_help_is_at_hand(play: Play) -> None:
    seen = play(*TEXT, "f1")
    assert (seen.screen, "换回原文" in seen.text, "【待补】" in seen.text) == (
        "HelpDialog",
        True,
        True,
    )
