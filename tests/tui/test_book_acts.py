"""Acts on the whole book, and those that settle a letter, a round, a proof."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from editorial.desk.office import Desk, open_desk
from editorial.desk.proof_corrections import type_in
from editorial.desk.proofs import issue_proof, return_proof
from editorial.desk.rounds import open_round
from editorial.desk.signing import approve_letter
from tests.tui.seen import Play

BASE = "volumes/xiao-2019"
NOW = datetime.now().astimezone().replace(microsecond=0)
LETTER = ("enter", "f7", *["tab"] * 6, "=请核实", "f10", "escape", "f4")
GATES = ("ctrl+g", "5", "f11")
ROUNDS = ("ctrl+g", "5")
PROOF = ("ctrl+g", "6", "enter")

Git = Callable[..., str]


@pytest.fixture
def job(desk: Desk) -> Desk:
    """A first proof of forty pages with a correction."""
    issue_proof(desk, "一校", at=NOW, typesetter="示例排版公司")
    type_in(desk, "01", "21.15 120个>121个", at=NOW)
    return desk


def made(workspace: Path) -> list[str]:
    return sorted(path.suffix for path in (workspace / BASE / "out").glob("*.*"))


def test_what_was_changed_by_hand_is_kept(play: Play, workspace: Path, git: Git) -> None:
    path = workspace / BASE / "chapters/02-jichu/02-jichang.md"
    path.write_text(path.read_text("utf-8").replace("1200万", "1201万"), "utf-8")
    play("K", "=核实旅客数", "enter")
    assert ("核实旅客数" in git("log", "-1"), git("status", "--porcelain")) == (True, "")


def test_nothing_is_kept_without_a_word_on_it(play: Play, git: Git) -> None:
    assert (play("K", "enter").screen, git("log", "-1", "--format=%s")) == ("ReasonDialog", "开始")


def test_a_book_is_verified_by_a_child(play: Play, workspace: Path) -> None:
    (workspace / BASE / "chapters/02-jichu/02-jichang.md").write_bytes(b"\xff\xfe")
    seen = play("V")
    assert (seen.screen, "02-jichang.md" in seen.text) == ("ToldDialog", True)


def test_a_letter_not_signed_yet_is_changed(play: Play, workspace: Path, git: Git) -> None:
    play(*LETTER, "shift+f2", "end", "=（再核）", "f10")
    record = (workspace / BASE / "letters/0001/letter.yaml").read_text("utf-8")
    assert ("（再核）" in record, "letter edit" in git("log", "-1")) == (True, True)


def test_a_number_that_is_none_is_told_and_nothing_changes(play: Play, git: Git) -> None:
    seen = play(*LETTER, "shift+f2", *["tab"] * 4, "=甲", "f10")
    assert ("不是项号" in seen.text, "letter edit" in git("log")) == (True, False)


def test_a_ledger_of_nothing_is_told(play: Play) -> None:
    assert "没有收发文登记" in play(*LETTER, "shift+f6").text


def test_a_ledger_is_printed(play: Play, desk: Desk, workspace: Path) -> None:
    play(*LETTER)
    approve_letter(desk, "0001", at=NOW)
    play("f4", "shift+f6")
    assert {".xlsx", ".docx"} <= set(made(workspace))


def test_a_press_sheet_is_made(play: Play, workspace: Path) -> None:
    play(*GATES, "f7", "enter")
    assert ".docx" in made(workspace)


def test_an_archive_is_listed_and_checked(play: Play, workspace: Path) -> None:
    play(*GATES, "f6")
    (listed,) = (workspace / BASE / "out").glob("*.txt")
    seen = play(*GATES, "f9", f"={listed}", "f10")
    assert any("与目录相符" in line for line in seen.news)


def test_a_reader_says_what_he_thinks_of_the_whole(play: Play, desk: Desk, git: Git) -> None:
    open_round(desk, "评议会", at=NOW, readers=("专家甲",))
    play(*ROUNDS, "shift+f3", *["tab"] * 3, "=总体较好", "f10")
    assert "round appraise" in git("log", "-1")


def test_pages_that_are_not_known_cannot_be_drawn(play: Play, job: Desk) -> None:
    assert "没有存 PDF" in play(*PROOF, "f11", "=10%", "f10").text


def test_a_mark_that_may_stay_needs_a_reason(play: Play, job: Desk, workspace: Path) -> None:
    return_proof(job, "01", at=NOW)
    play(*PROOF, "f9", "=作者同意", "enter")
    record = (workspace / BASE / "proofs/01/proof.yaml").read_text("utf-8")
    assert "exempt: 作者同意" in record


def test_where_nothing_was_changed_unasked_it_is_said(play: Play, job: Desk) -> None:
    assert "没有未要求而改的" in play(*PROOF, "f10").news


def test_whoever_only_looks_keeps_nothing(play: Play, workspace: Path, git: Git) -> None:
    play("K", "=试", "enter", at=open_desk(workspace, read_only=True))
    assert git("log", "--format=%s") == "开始"
