"""校对: proofs and corrections by their keys, compared with what lies in git."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

from editorial.desk.office import Desk, open_desk
from editorial.desk.proof_corrections import correct, type_in
from editorial.desk.proof_red import check_job
from editorial.desk.proof_work import assign_pages
from editorial.desk.proofs import find_proof, issue_proof, return_proof
from editorial.model.labels import Cause
from editorial.model.proofs import Correction
from tests.desk.proof_sheets import FIRST, SECOND, proof_pdf
from tests.tui.seen import Play

BASE = "volumes/xiao-2019"
PROOF = f"{BASE}/proofs/01/proof.yaml"
PICTURES = Path(__file__).with_name("pictures")
NOW = datetime.now().astimezone().replace(microsecond=0)
GAIKUANG = "01-keji/01-gaikuang"
PROOFS = ("ctrl+g", "6")
ONE = (*PROOFS, "enter")

Git = Callable[..., str]


@pytest.fixture
def job(desk: Desk) -> Desk:
    """A first proof with two corrections, one of the manuscript."""
    issue_proof(desk, "一校", at=NOW, typesetter="示例排版公司")
    type_in(desk, "01", "21.15 120个>121个", at=NOW)
    own = Correction(page=3, old="30亿元", new="31亿元", section=GAIKUANG, cause=Cause.MANUSCRIPT)
    correct(desk, "01", own, at=NOW)
    return desk


def written(workspace: Path) -> str:
    return (workspace / PROOF).read_text(encoding="utf-8")


# keys on the list of proofs, the act as the commands name it, what then stands in the file
ACTS = (
    (("f3", "=罗欣", "tab", "=21-40", "f10"), "assign", "first: 21"),
    (("f6", "=请补改", "f10"), "return", "note: 请补改"),
    (("f10", "enter"), "apply", "carried:"),
)


@pytest.mark.parametrize(("keys", "act", "told"), ACTS)
def test_an_act_is_written_and_committed(
    play: Play, job: Desk, workspace: Path, git: Git, keys: tuple[str, ...], act: str, told: str
) -> None:
    play(*PROOFS, *keys)
    assert (f"proof {act}" in git("log", "-1"), told in written(workspace)) == (True, True)
    assert git("status", "--porcelain") == ""


def test_a_proof_is_issued(play: Play, workspace: Path, git: Git) -> None:
    play(*PROOFS, "f2", "enter", "down", "enter", "tab", "tab", "=科技创新", "tab", "=某厂", "f10")
    assert ("proof issue" in git("log", "-1"), "typesetter: 某厂" in written(workspace)) == (
        True,
        True,
    )


def test_whoever_has_issued_a_proof_goes_on_with_it(play: Play, job: Desk) -> None:
    """Not with the one the cursor stood on before."""
    issue = ("f2", "enter", "down", "enter", "tab", "tab", "=科技创新", "f10")
    assert play(*PROOFS, *issue, "enter").lines[0].strip().startswith("一校样02")


def test_pages_come_back(play: Play, job: Desk, workspace: Path) -> None:
    assign_pages(job, find_proof(job, "01"), "罗欣", "1-9", at=NOW)
    play(*PROOFS, "f4", "f10")
    assert "returned: " in written(workspace)


def test_a_proof_is_checked_by_hand(play: Play, job: Desk, workspace: Path, git: Git) -> None:
    return_proof(job, "01", at=NOW)
    play(*PROOFS, "f9", "f10")
    assert ("proof check" in git("log", "-1"), "to: checked" in written(workspace)) == (True, True)


def test_what_is_left_undone_is_listed_and_led_to(play: Play, job: Desk, git: Git) -> None:
    return_proof(job, "01", at=NOW)
    assert play(*PROOFS, "f9", "=2", "f10", "enter").screen == "ProofScreen"
    assert "proof check" not in git("log", "-1")


def test_what_is_no_number_is_told(play: Play, job: Desk) -> None:
    assert "不是序号" in play(*PROOFS, "f9", "=二", "f10").text


def test_the_error_rate_is_told(play: Play, job: Desk) -> None:
    assert "版面字数" in play(*PROOFS, "f11").text


def test_papers_are_made_by_a_child(play: Play, job: Desk, workspace: Path) -> None:
    play(*ONE, "f6")
    assert {path.suffix for path in (workspace / BASE / "out").rglob("*改动单*")} >= {
        ".docx",
        ".xlsx",
    }


# 改动


def test_lines_are_typed_one_after_the_other(
    play: Play, job: Desk, workspace: Path, git: Git
) -> None:
    play(*ONE, "f2", "=22.1 甲>乙", "enter", "=22.2 丙>丁", "enter")
    assert ("old: 甲" in written(workspace), "old: 丙" in written(workspace)) == (True, True)
    assert "proof type" in git("log", "-1")


def test_what_is_told_leaves_the_line_in_sight(play: Play, job: Desk) -> None:
    seen = play(*ONE, "f2", "=22.1 甲>乙", "enter")
    assert ("回车记一处" in seen.text, "“甲”改“乙”" in seen.text) == (True, True), seen.text


def test_a_line_that_cannot_be_read_comes_back(play: Play, job: Desk, git: Git) -> None:
    before = git("rev-parse", "HEAD")
    seen = play(*ONE, "f2", "=没有页码", "enter", "escape")
    assert ("没有页码" in seen.text, git("rev-parse", "HEAD")) == (True, before)


def test_a_table_is_read(play: Play, job: Desk, workspace: Path, tmp_path: Path) -> None:
    table = tmp_path / "改动.csv"
    table.write_text("page,line,old,new\n30,2,戊,己\n", encoding="utf-8")
    play(*ONE, "f3", f"={table}", "f10")
    assert "old: 戊" in written(workspace)


def test_a_correction_is_dropped_for_a_reason(
    play: Play, job: Desk, workspace: Path, git: Git
) -> None:
    play(*ONE, "f4", "=录错", "enter")
    assert ("proof drop" in git("log", "-1"), "old: 120个" in written(workspace)) == (True, False)


def test_corrections_are_classed_together(play: Play, job: Desk, workspace: Path, git: Git) -> None:
    play(*ONE, "ctrl+a", "f7", "=标点", "f10")
    assert "proof class" in git("log", "-1")
    assert written(workspace).count("fault: ") == 2


@pytest.mark.parametrize(("pattern", "count"), [("原稿", 1), ("页:21", 1), ("未定类", 2)])
def test_corrections_are_filtered(play: Play, job: Desk, pattern: str, count: int) -> None:
    assert f"：{count}行" in play(*ONE, "slash", f"={pattern}", "enter").lines[1]


# 机器核红, with real proofs before and after


@pytest.fixture
def returned(desk: Desk, tmp_path: Path) -> Desk:
    """A proof with its PDF, gone back with three marks; the third leaves the words as they are."""
    issue_proof(desk, "一校", ("01-keji",), at=NOW, file=proof_pdf(tmp_path / "一校样.pdf"))
    type_in(desk, "01", "21 30亿元>32亿元\n21 各单位>有关单位\n22 转正 示例区 //倒了\n", at=NOW)
    return_proof(desk, "01", at=NOW)
    return desk


def came(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The next proof, with these words for those."""
    pages = ["\n".join(FIRST), "\n".join(SECOND)]
    for old, new in changes:
        pages = [page.replace(old, new) for page in pages]
    return proof_pdf(tmp_path / "改样.pdf", [page.split("\n") for page in pages])


MONEY, UNITS, OTHER = ("30亿元", "32亿元"), ("各单位", "有关单位"), ("15个", "16个")
MACHINE = (*PROOFS, "f7")


def test_the_machine_lists_what_is_not_as_asked(
    play: Play, returned: Desk, tmp_path: Path, git: Git
) -> None:
    new = came(tmp_path, ("30亿元", "33亿元"), OTHER)
    seen = play(*MACHINE, f"={new}", "f10", size=(100, 30))
    words = ("未改1处", "改错1处", "未要求而改1处", "现为“33亿元”", "“15”改“16”", "第3处要看图核")
    assert (seen.screen, [word in seen.text for word in words]) == ("ToldDialog", [True] * 6)
    assert ("proof check" in git("log", "-1"), git("status", "--porcelain")) == (True, "")


def test_with_all_done_and_looked_at_it_is_checked_and_reported(
    play: Play, returned: Desk, tmp_path: Path, workspace: Path
) -> None:
    new, report = came(tmp_path, MONEY, UNITS), tmp_path / "核红.html"
    keys = (f"={new}", "tab", f"={report}", "tab", "tab", "space", "f10")
    seen = play(*MACHINE, *keys, size=(100, 30))
    assert ("to: checked" in written(workspace), report.is_file()) == (True, True)
    assert (f"报告：{report}" in seen.text.replace("\n", ""), "已核红" in seen.text) == (True, True)


def test_what_nobody_asked_for_is_accepted_and_what_stays_is_let_off(
    play: Play, returned: Desk, tmp_path: Path, workspace: Path, git: Git
) -> None:
    play(*MACHINE, f"={came(tmp_path, MONEY, OTHER)}", "tab", "tab", "tab", "space", "f10")
    play(*ONE, "f10", "tab", "=单位来函更正", "f10")
    assert ("proof accept" in git("log", "-1"), "accepted: 单位来函更正" in written(workspace)) == (
        True,
        True,
    )
    play(*ONE, "down", "f9", "=两种说法都可以", "enter")
    assert ("proof exempt" in git("log", "-1"), "to: checked" in written(workspace)) == (True, True)


def test_what_nobody_asked_for_is_counted_until_accepted(play: Play, returned: Desk) -> None:
    check_job(returned, "01", came(returned.root.parent, MONEY, OTHER), at=NOW)
    assert "未要求而改 1" in play(*ONE, size=(100, 30)).lines[1]
    assert "未要求而改" not in play(*ONE, "f10", "tab", "=可以", "f10", size=(100, 30)).lines[1]


def test_the_proof_of_before_is_refused(play: Play, returned: Desk, tmp_path: Path) -> None:
    seen = play(*MACHINE, f"={tmp_path / '一校样.pdf'}", "f10")
    assert (seen.screen, "原来的那一份" in seen.text) == ("ErrorDialog", True)


def test_what_is_no_number_is_told_in_the_form(play: Play, returned: Desk, tmp_path: Path) -> None:
    check_job(returned, "01", came(tmp_path, MONEY, OTHER), at=NOW)
    seen = play(*ONE, "f10", "ctrl+a", "=一", "tab", "=可以", "f10")
    assert (seen.screen, "不是序号" in seen.text) == ("AskDialog", True)


# 抽查


def test_pages_are_drawn_and_what_is_found_on_them_recorded(
    play: Play, returned: Desk, tmp_path: Path, workspace: Path, git: Git
) -> None:
    seen = play(*ONE, "f11", "=100%", "f10")
    assert ("proof sample" in git("log", "-1"), "抽2页" in seen.news[-1]) == (True, True)
    found = tmp_path / "所见.txt"
    found.write_text("21 120个>121个\n", encoding="utf-8")
    told = play(*ONE, "f11", "tab", "tab", f"={found}", "tab", "space", "f10").news[-1]
    assert "估计全书还漏" in told
    assert "120个" in (workspace / BASE / "proofs/01/sample.yaml").read_text(encoding="utf-8")


def test_the_contents_of_a_proof_are_checked(play: Play, returned: Desk) -> None:
    assert "目录" in play(*PROOFS, "shift+f7").text


# Looks


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(
    ("name", "keys"), [("proofs", PROOFS), ("proof", (*PROOFS, "down", "enter"))]
)
def test_the_screen_is_the_picture(
    play: Play, sample: Path, name: str, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    lines = play(*keys, size=size, at=open_desk(sample)).lines
    shown = re.sub(r"\d+天", "某天", "\n".join(line.rstrip() for line in lines) + "\n")
    assert shown == (PICTURES / f"{name}-{size[0]}x{size[1]}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (200, 60)])
@pytest.mark.parametrize("keys", [PROOFS, ONE])
def test_no_line_is_wider_than_the_terminal(
    play: Play, sample: Path, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    lines = play(*keys, size=size, at=open_desk(sample)).lines
    assert {cell_len(line) for line in lines} == {size[0]}


@pytest.mark.parametrize("key", ["f2", "f3", "f4", "f7", "f9", "f10", "enter"])
def test_without_a_proof_nothing_fails(play: Play, key: str) -> None:
    assert play(*PROOFS, key).fault is None
