"""意见: the list and one opinion by their keys, compared with what lies in git."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

from editorial.desk.office import Desk, open_desk
from editorial.desk.opinions import add_opinion
from editorial.desk.rounds import open_round
from tests.tui.seen import Play

BASE = "volumes/xiao-2019"
OPINIONS = f"{BASE}/rounds/01/opinions"
GAIKUANG = "01-keji/01-gaikuang"
PICTURES = Path(__file__).with_name("pictures")
NOW = datetime.now().astimezone().replace(microsecond=0)
LIST = ("ctrl+g", "5", "enter")
ONE = (*LIST, "enter")

Git = Callable[..., str]


@pytest.fixture(autouse=True)
def _said(desk: Desk) -> None:
    """Three opinions on the same words: two in conflict, two alike; one of them elsewhere."""
    open_round(desk, "评议会", at=NOW, readers=("专家甲", "专家乙"))
    for by, text in (("专家甲", "120个改为125个"), ("专家乙", "120个改为118个")):
        add_opinion(desk, "01", GAIKUANG, text, at=NOW, by=by, original="120个")
    add_opinion(desk, "01", "02-jichu/02-jichang", "请注明口径", at=NOW, by="专家甲")


def written(workspace: Path, number: str) -> str:
    return (workspace / OPINIONS / f"{number}.yaml").read_text(encoding="utf-8")


# keys, the act as the commands name it, what then stands in the file of the first
ACTS = (
    (("1",), "decide", "to: adopted"),
    (("４",), "decide", "to: forwarded"),
    (("3", "=依原稿", "f10"), "decide", "reason: 依原稿"),
    (("2", "=部分属实", "f10"), "decide", "to: partly"),
    (("f2", "enter", "down", "enter", "tab", "tab", "=改好的", "f10"), "decide", "result: 改好的"),
    (("f3", "=机场", "enter", "=1200万人次", "f10"), "place", "section: 02-jichu/02-jichang"),
    (("f4", "f10"), "forward", "letter: '0001'"),
    (("1", "5"), "decide", "to: pending"),
    (("space", "space", "f7", "enter"), "same", "text: 120个改为125个"),
)


@pytest.mark.parametrize(("keys", "act", "told"), ACTS)
def test_an_act_is_written_and_committed(
    play: Play, workspace: Path, git: Git, keys: tuple[str, ...], act: str, told: str
) -> None:
    play(*LIST, *keys)
    log = git("log", "-1")
    named = f"opinion {act}" in log or (act == "forward" and "letter" in log)
    assert (named, told in written(workspace, "001")) == (True, True), log
    assert git("status", "--porcelain") == ""


def test_all_marked_are_disposed_of_in_one_act(play: Play, workspace: Path, git: Git) -> None:
    play(*LIST, "ctrl+a", "1")
    assert all("to: adopted" in written(workspace, each) for each in ("001", "002", "003"))
    assert git("rev-list", "--count", "HEAD") == "6"


def test_a_disposition_that_needs_a_reason_asks_for_it(play: Play, workspace: Path) -> None:
    assert "还没有填理由" in play(*LIST, "3", "f10").text
    assert "rejected" not in written(workspace, "001")


def test_who_decides_has_the_words_before_them(play: Play) -> None:
    """Whatever the question covers of the text below."""
    seen = play(*ONE, "3", size=(80, 24))
    told = "".join(seen.text.split())
    assert ("研发机构〖120个〗" in told, seen.screen) == (True, "AskDialog"), seen.text


def test_what_stands_before_the_words_is_whole_clauses(play: Play, desk: Desk) -> None:
    """A figure cut in the middle would be another."""
    file = desk.root / BASE / "chapters" / f"{GAIKUANG}.md"
    line = f"【投入】　{'甲' * 9}占157.0%，{'乙' * 35}丙丁戊。\n"
    file.write_text(f"{file.read_text('utf-8')}\n{line}", "utf-8")
    add_opinion(desk, "01", GAIKUANG, "宜删", at=NOW, by="专家丁", original="丙丁戊")
    told = "".join(play(*LIST, "end", "f2", size=(80, 24)).text.split())
    assert "原文：…乙" in told


def test_an_adopted_change_goes_into_the_text(play: Play, workspace: Path) -> None:
    adopt = ("f2", "enter", "down", "enter", "tab", "tab", "=125个", "tab", "space", "f10")
    play(*LIST, *adopt)
    text = (workspace / BASE / "chapters" / f"{GAIKUANG}.md").read_text(encoding="utf-8")
    assert "研发机构125个" in text


def test_opinions_in_conflict_are_decided_side_by_side(
    play: Play, workspace: Path, git: Git
) -> None:
    to_conflicts = (*LIST, *["tab"] * 4)
    seen = play(*to_conflicts, "f9")
    assert ("125个" in seen.text, "118个" in seen.text, seen.screen) == (
        True,
        True,
        "TogetherDialog",
    )
    adopt = ("enter", "down", "enter")
    refuse = ("tab", "tab", "tab", "enter", *["down"] * 3, "enter", "tab", "=另有统计", "f10")
    play(*to_conflicts, "f9", *adopt, *refuse)
    assert ("together" in written(workspace, "001"), "另有统计" in written(workspace, "002")) == (
        True,
        True,
    )
    assert git("rev-list", "--count", "HEAD") == "6"


def test_what_is_alike_is_accepted(play: Play, desk: Desk, workspace: Path) -> None:
    add_opinion(desk, "01", GAIKUANG, "120个改为125个", at=NOW, by="专家丙", original="120个")
    play(*LIST, *["tab"] * 5, "f7", "enter")
    assert "same_as: 01/001" in written(workspace, "004")


def test_nobody_checks_what_they_decided(play: Play) -> None:
    assert "不能自己复核" in play(*LIST, "1", "f6").text


def test_another_editor_checks(play: Play, workspace: Path) -> None:
    play(*LIST, "1")
    play(*LIST, "f6", at=open_desk(workspace, by="林清"))
    assert "checked: linqing" in written(workspace, "001")


def test_a_disposition_is_taken_back(play: Play, workspace: Path) -> None:
    play(*LIST, "1", "f8", "enter")
    assert written(workspace, "001").rstrip().splitlines()[-1].count("to: pending, note: 撤销") == 1


def test_an_opinion_of_a_meeting_is_noted(play: Play, workspace: Path, git: Git) -> None:
    play(*LIST, "f10", "=机场", "enter", "=宜补货运", "tab", "=周文", "f10")
    assert ("text: 宜补货运" in written(workspace, "004"), "opinion add" in git("log", "-1")) == (
        True,
        True,
    )


def test_the_list_goes_out_as_a_workbook(play: Play, workspace: Path) -> None:
    play(*LIST, "f11")
    assert list((workspace / BASE / "out").glob("*意见.xlsx"))


@pytest.mark.parametrize(
    ("pattern", "ids"), [("提出:专家乙", ["01/002"]), ("机场", ["01/003"]), ("未复核", [])]
)
def test_the_list_is_filtered(play: Play, pattern: str, ids: list[str]) -> None:
    seen = play(*LIST, "slash", f"={pattern}", "enter")
    assert [line.split()[0] for line in seen.lines[4:8] if line.split()] == ids


# One opinion


def test_an_opinion_stands_beside_its_words(play: Play) -> None:
    assert "示例区有研发机构〖120个〗" in play(*ONE, "f20").text


def test_its_text_is_shown_as_one_reads_it(play: Play, workspace: Path) -> None:
    path = workspace / BASE / "chapters" / f"{GAIKUANG}.md"
    more = ':::table{#b title="机构表"}\n| 类别 | 数量 |\n---\n| 机构 | 5 |\n:::\n'
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{more}", encoding="utf-8")
    seen = play(*ONE, "f20", size=(80, 50)).text
    assert (":::" in seen, "〔表〕机构表" in seen, "〖120个〗" in seen) == (False, True, True)


def test_words_that_are_gone_are_said_to_be_lost(play: Play, workspace: Path) -> None:
    path = workspace / BASE / "chapters" / f"{GAIKUANG}.md"
    path.write_text("【概况】　另写一段。\n", encoding="utf-8")
    assert "原来的文字已不在正文里" in play(*ONE, "f20").text


def test_one_opinion_is_disposed_of_and_the_next_one_shown(play: Play, workspace: Path) -> None:
    assert "意见01/002　2/3" in play(*ONE, "1", "]", "f20").lines[0]
    assert "to: adopted" in written(workspace, "001")


def test_an_opinion_leads_to_its_section(play: Play) -> None:
    assert play(*ONE, "f7").screen == "SectionScreen"


# Looks


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(
    ("name", "keys"), [("opinions", LIST), ("opinion", (*LIST, "down", "enter", "f20"))]
)
def test_the_screen_is_the_picture(
    play: Play, sample: Path, name: str, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    lines = play(*keys, size=size, at=open_desk(sample)).lines
    shown = "\n".join(line.rstrip() for line in lines) + "\n"
    assert shown == (PICTURES / f"{name}-{size[0]}x{size[1]}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(40, 10), (96, 30), (200, 60)])
@pytest.mark.parametrize("keys", [LIST, (*LIST, *["tab"] * 4), ONE])
def test_no_line_is_wider_than_the_terminal(
    play: Play, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    assert {cell_len(line) for line in play(*keys, size=size).lines} == {size[0]}


@pytest.mark.parametrize("key", ["3", "f2", "f3", "f4", "f10", "enter"])
def test_a_tiny_terminal_is_no_reason_to_fail(play: Play, key: str) -> None:
    assert play(*LIST, key, size=(40, 10)).fault is None


def test_placing_goes_by_the_cursor_and_says_so(play: Play, workspace: Path) -> None:
    """Whatever is marked: each opinion belongs elsewhere."""
    seen = play(*LIST, "ctrl+a", "f3", size=(80, 24))
    assert "一次一条，标记的另2条不动" in seen.text
    play(*LIST, "space", "f3", "=机场", "enter", "f10", size=(80, 24))
    assert "section: 02-jichu/02-jichang" in written(workspace, "002")
