"""One section that cannot be read hides nothing on the other places: it is counted there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.seen import Play

RENCAI = Path("volumes/xiao-2019/chapters/01-keji/03-rencai.yaml")
WAYS = {"cities": ("v",), "units": ("f11",), "today": ("f10",)}


@pytest.fixture
def broken(workspace: Path) -> Path:
    (workspace / RENCAI).write_text("title: 人才\nunits: [sz-kcj\neditor: : :\n", "utf-8")
    return workspace


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_place_opens_and_says_how_many_are_not_read(
    play: Play, broken: Path, way: tuple[str, ...]
) -> None:
    seen = play(*way, size=(100, 30))
    assert ("读不了 1" in "\n".join(seen.lines[:3]), seen.screen == "BoardScreen") == (True, False)


@pytest.mark.parametrize(
    ("way", "words"),
    [("cities", "科技创新"), ("units", "深圳科创局"), ("today", "今日")],
)
def test_what_can_be_read_is_there(play: Play, broken: Path, way: str, words: str) -> None:
    assert words in play(*WAYS[way], size=(100, 30)).text


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_nothing_is_said_where_all_is_well(play: Play, way: tuple[str, ...]) -> None:
    assert "读不了" not in play(*way, size=(100, 30)).text
