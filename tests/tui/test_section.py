"""分目: its text edited here or in one's own editor; from its papers to their places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editorial.desk.move import move
from editorial.desk.office import Desk
from editorial.desk.opinions import add_opinion
from editorial.desk.rounds import open_round
from tests.tui.seen import Play

Git = Callable[..., str]
AIRPORT = ("down", "enter", "down", "enter")
NODE = "02-jichu/02-jichang"
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)


@pytest.fixture
def text(workspace: Path) -> Path:
    return workspace / f"volumes/xiao-2019/chapters/{NODE}.md"


def test_the_text_is_edited_in_place(play: Play, text: Path, git: Git) -> None:
    play(*AIRPORT, "e", "=示例。", "ctrl+s")
    assert (text.read_text("utf-8")[:6], git("log", "-1", "--format=%s")) == (
        "示例。【机场",
        "改正文：机场",
    )


LONG = "【客流】　" + "全年旅客吞吐量6973.20万人次，比上年增长5.94%；" * 5
UNBROKEN = ("6973.20万", "5.94%")


def test_a_text_being_edited_is_broken_as_chinese_is(play: Play, text: Path) -> None:
    text.write_text(f"{LONG}\n", encoding="utf-8")
    seen = play(*AIRPORT, "e", size=(50, 24)).lines[1:-2]
    written = "".join(line[3:].strip() for line in seen)
    assert "【客流】　全年旅客" in seen[0]
    assert written.startswith(LONG)
    assert [sum(line.count(each[:-1]) for line in seen) for each in UNBROKEN] == [5, 5]


def test_what_is_typed_into_a_broken_text_is_broken_anew(play: Play, text: Path) -> None:
    text.write_text(f"{LONG}\n第二段\n", encoding="utf-8")
    keys = ("e", "down", "down", "end", "=又比前年增长12.7%，", "enter", "up", "up", "=新")
    seen = play(*AIRPORT, *keys, "ctrl+s", size=(50, 24))
    lines = text.read_text("utf-8").split("\n")
    assert (seen.fault, lines[-2], len(lines)) == (None, "第二段", 4)
    assert "".join(lines[:2]).replace("又比前年增长12.7%，", "").replace("新", "") == LONG


def test_what_was_not_saved_is_there_again(play: Play) -> None:
    play(*AIRPORT, "e", "=示例。", "escape")
    text = play(*AIRPORT, "e").text
    assert ("示例。【机场】" in text, "有改动未存" in text) == (True, True)


def test_it_can_be_given_up(play: Play) -> None:
    play(*AIRPORT, "e", "=示例。", "escape")
    play(*AIRPORT, "e", "ctrl+r", "enter", "escape")
    assert "示例。【机场】" not in play(*AIRPORT, "e").text


def test_what_another_wrote_meanwhile_is_shown(play: Play, text: Path) -> None:
    play(*AIRPORT, "e", "=我写的。", "escape")
    text.write_text("别人写的。\n", encoding="utf-8")
    seen = play(*AIRPORT, "e", "ctrl+s", size=(120, 40))
    assert ("－别人写的。" in seen.text, "＋我写的。" in seen.text) == (True, True)
    assert text.read_text("utf-8") == "别人写的。\n"


def test_mine_follows_theirs_when_it_is_said(play: Play, text: Path) -> None:
    play(*AIRPORT, "e", "=我写的。", "escape")
    text.write_text("别人写的。\n", encoding="utf-8")
    play(*AIRPORT, "e", "ctrl+s", "enter")
    assert text.read_text("utf-8").startswith("我写的。")


def test_a_book_with_the_press_is_not_edited(play: Play, desk: Desk) -> None:
    move(desk, ("xiao-2019",), "发稿", at=AT, note="示例", force=True)
    assert "已经发稿" in play(*AIRPORT, "e").text


def test_without_a_terminal_to_give_the_text_is_edited_here(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "vi")
    assert play(*AIRPORT, "E").screen == "WritingScreen"


def test_enter_on_an_opinion_goes_there(play: Play, desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    add_opinion(desk, "01", NODE, "数字有误", at=AT, by="专家甲（示例）")
    assert play(*AIRPORT, "4", "enter").screen == "OpinionScreen"


def test_enter_on_a_finding_goes_to_its_line(play: Play, text: Path) -> None:
    text.write_text("【机场】　示例。\n\n:::nosuch\n", encoding="utf-8")
    seen = play(*AIRPORT, "6", "enter")
    assert (seen.screen, "第3行第1字" in seen.text) == ("WritingScreen", True)
