"""评议: rounds and gates by their keys, compared with what lies in git."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from editorial.desk.archive import make_archive_list
from editorial.desk.meetings import set_meeting
from editorial.desk.office import Desk, open_desk
from editorial.desk.opinions import add_opinion
from editorial.desk.rounds import open_round
from editorial.model.meeting import Meeting
from tests.desk.deciding import decide_opinion
from tests.tui.seen import Play

BASE = "volumes/xiao-2019"
ROUND = f"{BASE}/rounds/01/round.yaml"
MEETING = f"{BASE}/rounds/01/meeting.yaml"
GATE = f"{BASE}/gates/approval/gate.yaml"
PICTURES = Path(__file__).with_name("pictures")
NOW = datetime.now().astimezone().replace(microsecond=0)
GAIKUANG = "01-keji/01-gaikuang"

Git = Callable[..., str]
ROUNDS = ("ctrl+g", "5")
GATES = (*ROUNDS, "f11")


@pytest.fixture
def round_(desk: Desk) -> Desk:
    """A round of two readers; one of them has said one thing, undecided."""
    readers = ("专家甲", "深圳科创局")
    open_round(desk, "评议会", at=NOW, readers=readers, due=(NOW + timedelta(days=9)).date())
    add_opinion(desk, "01", GAIKUANG, "宜注明口径", at=NOW, by="专家甲", original="120个")
    return desk


def test_a_round_is_opened_on_the_text_as_it_stands(play: Play, workspace: Path, git: Git) -> None:
    play(*ROUNDS, "f2", "=评议会", "tab", "tab", "=科技创新", "tab", "=专家甲、专家乙", "f10")
    told = (workspace / ROUND).read_text(encoding="utf-8")
    assert [each in told for each in ("title: 评议会", "专家乙", "01-keji/02-pingtai")] == [
        True
    ] * 3
    assert "round open" in git("log", "-1")
    assert git("tag", "-l") == "round/xiao-2019/01"


def test_a_round_without_a_name_is_not_opened(play: Play, git: Git) -> None:
    seen = play(*ROUNDS, "f2", "f10")
    assert ("还没有填名称" in seen.text, git("log", "-1", "--format=%s")) == (True, "开始")


def test_a_list_of_rounds_shows_how_far_each_has_come(play: Play, round_: Desk) -> None:
    assert play(*ROUNDS).lines[3].split()[:5] == ["01", "评议", "进行中", "1/2", "0/1"]


def test_opinions_are_taken_from_a_file(
    play: Play, round_: Desk, workspace: Path, git: Git, tmp_path: Path
) -> None:
    table = tmp_path / "意见.csv"
    table.write_text("位置,原文,意见\n机场,1200万人次,请核\n", encoding="utf-8")
    play(*ROUNDS, "f3", "home", "ctrl+k", f"={table}", "tab", "=专家乙", "f10")
    assert "opinion import" in git("log", "-1")
    told = (workspace / f"{BASE}/rounds/01/opinions/002.yaml").read_text(encoding="utf-8")
    assert ("by: 专家乙" in told, "02-jichu/02-jichang" in told) == (True, True)


def test_a_file_that_is_not_there_is_told(play: Play, round_: Desk, tmp_path: Path) -> None:
    keys = ("f3", "home", "ctrl+k", f"={tmp_path}/没有.csv", "f10")
    assert play(*ROUNDS, *keys).screen == "ErrorDialog"


def test_a_path_is_completed(
    play: Play, round_: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "专家意见表.csv").write_text("意见\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "专家意见表.csv" in play(*ROUNDS, "f3", "home", "ctrl+k", "=专", "right").text


def test_silent_readers_get_words_and_a_silent_unit_a_letter(
    play: Play, round_: Desk, workspace: Path, git: Git
) -> None:
    play(*ROUNDS, "f4", "enter")
    assert "letter" in git("log", "-1")
    assert list((workspace / f"{BASE}/letters").glob("*/letter.yaml"))


def test_a_reader_without_an_opinion_is_noted(
    play: Play, round_: Desk, workspace: Path, git: Git
) -> None:
    play(*ROUNDS, "f7", "enter")
    assert "reader: 深圳科创局" in (workspace / ROUND).read_text(encoding="utf-8")
    assert "round answered" in git("log", "-1")


def test_a_close_lists_what_is_open_and_leads_to_it(play: Play, round_: Desk) -> None:
    assert "还有1条意见没有结论" in play(*ROUNDS, "f9").text
    assert play(*ROUNDS, "f9", "enter").screen == "OpinionScreen"


def test_a_close_is_refused_while_something_is_open(play: Play, round_: Desk, git: Git) -> None:
    assert play(*ROUNDS, "f9", "f10").screen == "BlockedDialog"
    assert "round close" not in git("log", "-1")


def test_an_exemption_needs_a_reason(play: Play, round_: Desk, git: Git) -> None:
    assert "须写豁免理由" in play(*ROUNDS, "f9", "f3", "f10").text


def test_a_round_is_closed_with_an_exemption(
    play: Play, round_: Desk, workspace: Path, git: Git
) -> None:
    play(*ROUNDS, "f9", "f3", "tab", "=重复的来函", "f10")
    assert "opinion: 01/001" in (workspace / ROUND).read_text(encoding="utf-8")
    assert "round close" in git("log", "-1")


def test_a_round_that_is_answered_closes_and_reopens(
    play: Play, round_: Desk, workspace: Path, git: Git
) -> None:
    decide_opinion(round_, "01/001", "采纳", at=NOW)
    play(*ROUNDS, "f9", "f10")
    assert "to: closed" in (workspace / ROUND).read_text(encoding="utf-8")
    play(*ROUNDS, "f9", "=又收到意见", "enter")
    assert "round reopen" in git("log", "-1")


def test_papers_are_made_by_a_child(play: Play, round_: Desk, workspace: Path) -> None:
    seen = play(*ROUNDS, "f6", "enter")
    assert sorted(path.suffix for path in (workspace / BASE / "out").iterdir()) == [
        ".docx",
        ".pdf",
        ".xlsx",
    ]
    assert "意见汇总及采纳情况表" in seen.news[-1]


def test_a_meeting_is_registered_and_its_vote(
    play: Play, round_: Desk, workspace: Path, git: Git
) -> None:
    play(*ROUNDS, "f10", "enter", "tab", "tab", "=示例市方志馆", "tab", "=周文", "f10")
    assert "chair: 周文" in (workspace / MEETING).read_text(encoding="utf-8")
    play(*ROUNDS, "f10", "down", "enter", "=7", "tab", "=1", "f10")
    assert "'yes': 7" in (workspace / MEETING).read_text(encoding="utf-8")
    assert "round meeting vote" in git("log", "-1")


def test_scores_are_read_from_a_sheet(
    play: Play, round_: Desk, workspace: Path, git: Git, tmp_path: Path
) -> None:
    set_meeting(round_, "01", Meeting(chair="周文"))
    sheet = tmp_path / "评分.csv"
    sheet.write_text("姓名,政治,体例,资料,记述,文字,版式\n专家甲,19,18,17,18,9,9\n", "utf-8")
    play(*ROUNDS, "f10", "down", "down", "enter", f"={sheet}", "f10")
    assert "round meeting score" in git("log", "-1")


def test_a_reader_is_appraised(play: Play, round_: Desk, workspace: Path, git: Git) -> None:
    play(*ROUNDS, "shift+f3", "enter", "down", "enter", "tab", "tab", "tab", "=总体可用", "f10")
    assert "round appraise" in git("log", "-1")
    told = (workspace / f"{BASE}/rounds/01").rglob("*.yaml")
    assert any("总体可用" in each.read_text(encoding="utf-8") for each in told)


def test_a_vote_that_is_no_number_is_told(play: Play, round_: Desk) -> None:
    assert "不是票数" in play(*ROUNDS, "f10", "down", "enter", "=七", "f10").text


# 关口


def test_a_paper_is_registered_for_a_gate_and_withdrawn(
    play: Play, workspace: Path, git: Git
) -> None:
    play(*GATES, "f2", "tab", "=示政函〔2020〕12号", "f10")
    assert "12号" in (workspace / GATE).read_text(encoding="utf-8")
    assert "gate pass" in git("log", "-1")
    play(*GATES, "f3", "=登错", "enter")
    assert "to: withdrawn" in (workspace / GATE).read_text(encoding="utf-8")


def test_what_is_wanting_before_the_press_leads_to_its_place(play: Play) -> None:
    assert "处不合" in play(*GATES, "f4").text
    assert play(*GATES, "f4", "enter").screen in ("SectionScreen", "ChapterScreen")


def test_an_archive_is_verified_against_its_list(play: Play, desk: Desk) -> None:
    made = make_archive_list(desk, today=NOW.date(), formats=("txt",)).files[0]
    assert "与目录相符" in play(*GATES, "f9", f"={made}", "f10").news[-1]
    (desk.root / BASE / "terms.yaml").write_text("names: {}\n", encoding="utf-8")
    assert "改过" in play(*GATES, "f9", f"={made}", "f10").news[-1]


# Looks


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(("name", "keys"), [("rounds", ROUNDS), ("gates", GATES)])
def test_the_screen_is_the_picture(
    play: Play, sample: Path, name: str, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    lines = play(*keys, size=size, at=open_desk(sample)).lines
    shown = re.sub(r"\d+天", "某天", "\n".join(line.rstrip() for line in lines) + "\n")
    assert shown == (PICTURES / f"{name}-{size[0]}x{size[1]}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("keys", [ROUNDS, GATES])
def test_no_line_is_wider_than_the_terminal(
    play: Play, sample: Path, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    lines = play(*keys, size=size, at=open_desk(sample)).lines
    assert {cell_len(line) for line in lines} == {size[0]}


@pytest.mark.parametrize("key", ["f2", "f3", "f4", "f6", "f7", "f9", "f10", "f11", "enter"])
def test_a_tiny_terminal_is_no_reason_to_fail(play: Play, round_: Desk, key: str) -> None:
    assert play(*ROUNDS, key, size=(40, 10)).fault is None


@pytest.mark.parametrize("key", ["f3", "f4", "f6", "f7", "f9", "f10", "enter"])
def test_without_a_round_nothing_fails(play: Play, key: str) -> None:
    seen = play(*ROUNDS, key)
    assert (seen.fault, seen.screen) == (None, "RoundsScreen")
