"""Each act by its keys; what is compared lies on disk and in git."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.seen import Play

CHAPTERS = Path("volumes/xiao-2019/chapters")
AIRPORT = ("down", "enter", "down")  # 基础设施 / 机场
PLATFORM = ("enter", "down")  # 科技创新 / 创新平台
LETTER = "volumes/xiao-2019/letters/0001/letter.yaml"

Git = Callable[..., str]


def test_a_move_is_written_and_committed(play: Play, workspace: Path, git: Git) -> None:
    play(*AIRPORT, "f2", "enter")
    record = (workspace / CHAPTERS / "02-jichu/02-jichang.yaml").read_text(encoding="utf-8")
    assert ("to: review1" in record, git("log", "-1", "--format=%s")) == (
        True,
        "推进：机场至初审",
    )


def test_a_move_is_seen_at_once(play: Play) -> None:
    assert "初审" in play(*AIRPORT, "m", "enter").lines[4]


def test_a_refused_move_lists_every_blocker(play: Play) -> None:
    seen = play(*PLATFORM, "f2", "end", "enter")
    assert (seen.screen, "广州科技局的供稿未到" in seen.text, "待补" in seen.text) == (
        "BlockedDialog",
        True,
        True,
    )


def test_a_refused_move_writes_nothing(play: Play, git: Git) -> None:
    play(*PLATFORM, "f2", "end", "enter")
    assert git("status", "--porcelain") + git("log", "-1", "--format=%s") == "开始"


def test_a_blocker_leads_to_its_section(play: Play) -> None:
    seen = play(*PLATFORM, "f2", "end", "enter", "enter")
    assert (seen.screen, seen.lines[0].split()[2]) == ("SectionScreen", "创新平台")


def test_insisting_needs_a_reason(play: Play) -> None:
    assert "写明理由" in play(*PLATFORM, "f2", "end", "enter", "f10", "enter").text


def test_insisting_with_a_reason_is_recorded(play: Play, workspace: Path) -> None:
    play(*PLATFORM, "f2", "end", "enter", "f10", "=主编同意", "enter")
    record = (workspace / CHAPTERS / "01-keji/02-pingtai.yaml").read_text(encoding="utf-8")
    assert "to: settled, note: 主编同意, forced: true" in record


def test_undo_shows_what_it_takes_back(play: Play) -> None:
    assert "推进：机场至初审" in play(*AIRPORT, "f2", "enter", "f8").text


def test_undo_is_a_commit_of_its_own(play: Play, git: Git) -> None:
    play(*AIRPORT, "f2", "enter", "f8", "enter")
    assert git("log", "-1", "--format=%s") == "撤销：推进：机场至初审"


def test_nothing_to_undo_is_said(play: Play) -> None:
    assert play("f8").news == ("没有可撤销的操作",)


def test_marked_sections_are_assigned_together(play: Play, workspace: Path) -> None:
    play("enter", "space", "space", "f3", "tab", "tab", "=2020-03-15", "f10")
    records = [
        (workspace / CHAPTERS / "01-keji" / name).read_text(encoding="utf-8")
        for name in ("01-gaikuang.yaml", "02-pingtai.yaml")
    ]
    assert ["due: 2020-03-15" in record for record in records] == [True, True]


def test_a_day_is_understood_while_it_is_typed(play: Play) -> None:
    assert "2020-03-15 星期日" in play("enter", "f3", "tab", "tab", "=2020-03-15").text


def test_an_empty_assignment_is_not_taken(play: Play) -> None:
    assert "还没有填任何一项" in play("enter", "f3", "f10").text


def test_the_form_makes_a_letter(play: Play, workspace: Path) -> None:
    play("enter", "f7", *["tab"] * 6, "=请补充2018年数据", "f10")
    record = (workspace / LETTER).read_text(encoding="utf-8")
    assert ("unit: sz-kcj" in record, "request: 请补充2018年数据" in record) == (True, True)


def test_a_letter_without_points_is_not_taken(play: Play, workspace: Path) -> None:
    seen = play("enter", "f7", "f10")
    assert ("还没有写要求" in seen.text, (workspace / LETTER).exists()) == (True, False)


def test_what_was_typed_survives_a_fault(play: Play) -> None:
    seen = play(
        "enter",
        "f7",
        "tab",
        "tab",
        "=2019-01-02",
        *["tab"] * 4,
        "=请核实",
        "f10",
        "escape",
        size=(80, 40),
    )
    assert (seen.screen, "请核实" in seen.text) == ("LetterDialog", True)


@pytest.mark.parametrize(
    ("keys", "state"), [(("f2",), "checked"), (("x", "=重复", "enter"), "void")]
)
def test_a_letter_is_carried_on(
    play: Play, workspace: Path, keys: tuple[str, ...], state: str
) -> None:
    play("enter", "f7", *["tab"] * 6, "=请核实", "f10", "f4", *keys)
    assert f"to: {state}" in (workspace / LETTER).read_text(encoding="utf-8")


def test_signing_a_letter_is_asked_first(play: Play) -> None:
    seen = play("enter", "f7", *["tab"] * 6, "=请核实", "f10", "f4", "f3")
    assert "签发即取发文字号并印出公函，不能撤销" in seen.text.replace("\n", "")


def test_a_letter_that_cannot_be_sent_says_why(play: Play) -> None:
    seen = play("enter", "f7", *["tab"] * 6, "=请核实", "f10", "f4", "f4", "enter")
    assert (seen.screen, "现为“拟稿”，不能发出" in seen.text) == ("ErrorDialog", True)


def test_a_draft_is_made_by_a_child_process(play: Play, workspace: Path) -> None:
    seen = play(*AIRPORT, "f6", "enter")
    made = sorted(path.suffix for path in (workspace / "volumes/xiao-2019/out").glob("*.*"))
    assert (seen.news[-1].split("，")[0], made) == ("第1稿", [".docx", ".pdf"])
