"""关口 and what follows 发稿: papers registered, text frozen, corrections, 备案 in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from editorial.desk.freeze import after_press
from editorial.desk.gates import gates, pass_gate, withdraw_gate
from editorial.desk.keep import keep
from editorial.desk.move import move
from editorial.desk.office import Desk, loaded, record
from editorial.desk.proof_apply import apply_corrections
from editorial.desk.proof_corrections import correct
from editorial.desk.proofs import issue_proof
from editorial.desk.undo import undo
from editorial.desk.verify import verify
from editorial.errors import EditorialError, Refused
from editorial.model.gates import GateResult, filing_due, filing_told, months_later
from editorial.model.labels import Cause
from editorial.model.proofs import Correction
from editorial.model.volume import Step
from editorial.store.load import load_text
from editorial.store.save import Message
from tests.desk.pressed import AT, BOOK, TEXT, approved, change, made_ready, pressed

Git = Callable[..., str]
DAY = AT.date()
NODE = "01-keji/02-pingtai"
GATE = f"{BOOK}/gates/approval"


def approve(desk: Desk, **more: Any) -> str:
    said = {"doc_no": "示政函〔2020〕3号", "day": date(2020, 3, 1), "at": AT, **more}
    return pass_gate(desk, "批准", **said).message


# The paper


def test_a_gate_is_passed_by_its_paper(desk: Desk, tmp_path: Path, git: Git) -> None:
    scan = tmp_path / "批复.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    said = approve(desk, body="示例市人民政府", files=(scan,))
    assert said == "关口：批准通过（示政函〔2020〕3号）"
    first = gates(desk, DAY)[0]
    assert (first.passed, first.gate.body) == (True, "示例市人民政府")
    made = git("-c", "core.quotepath=no", "show", "--format=", "--name-only").split("\n")
    assert made == [f"{GATE}/01-批复.pdf", f"{GATE}/gate.yaml"]
    assert (desk.root / GATE / "01-批复.pdf").read_bytes() == scan.read_bytes()


def test_what_people_wrote_in_volume_yaml_still_counts(desk: Desk) -> None:
    change(
        desk, f"{BOOK}/volume.yaml", "label: 批准}", "label: 批准, doc_no: 1号, date: 2020-03-01}"
    )
    assert gates(desk, DAY)[0].passed


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"doc_no": " "}, "没有写批文的文号"),
        ({"day": date(2020, 3, 6)}, "还没有到"),
        ({"result": GateResult.RESUBMIT}, "须写明要求"),
        ({"result": GateResult.WITHDRAWN}, "不用 gate pass"),
        ({"files": (Path("没有.pdf"),)}, "没有这个文件"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(desk: Desk, said: dict[str, Any], words: str) -> None:
    with pytest.raises(EditorialError, match=words):
        approve(desk, **said)
    assert not (desk.root / GATE).exists()


def test_a_gate_there_is_none_of_is_refused_with_those_there_are(desk: Desk) -> None:
    with pytest.raises(EditorialError, match="没有关口“验收”") as refused:
        pass_gate(desk, "验收", doc_no="1号", day=DAY, at=AT)
    assert "approval（批准）" in refused.value.hint


@pytest.mark.parametrize(
    "result", [GateResult.IN_PRINCIPLE, GateResult.RESUBMIT, GateResult.FAILED]
)
def test_only_passed_lets_the_book_through(desk: Desk, result: GateResult) -> None:
    made_ready(desk)
    approve(desk, result=result, note="补充大事记")
    with pytest.raises(Refused) as refused:
        move(desk, ("xiao-2019",), "批准", at=AT)
    assert [blocker.guard for blocker in refused.value.blockers] == ["gate approval"]
    approve(desk, doc_no="示政函〔2020〕4号")
    assert move(desk, ("xiao-2019",), "批准", at=AT).commit


def test_a_paper_is_withdrawn_with_a_reason_and_stays_on_record(desk: Desk) -> None:
    approved(desk)
    with pytest.raises(EditorialError, match="已经过了"):
        approve(desk)
    with pytest.raises(EditorialError, match="须写理由"):
        withdraw_gate(desk, "批准", at=AT, note="")
    act = withdraw_gate(desk, "批准", at=AT, note="文号登错")
    assert act.remarks == ("全书已过“批准”，要退回请用 editorial move xiao-2019 --to",)
    gate = gates(desk, DAY)[0]
    assert (gate.passed, len(gate.answers)) == (False, 1)
    with pytest.raises(EditorialError, match="没有登记过结果"):
        withdraw_gate(desk, "批准", at=AT, note="再撤")


def test_a_paper_is_taken_back_by_undo(desk: Desk, tmp_path: Path, git: Git) -> None:
    scan = tmp_path / "批复.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    approve(desk, files=(scan,))
    undo(desk, at=AT)
    assert (gates(desk, DAY)[0].passed, (desk.root / GATE).exists()) == (False, False)


def test_verify_sees_a_scan_that_was_changed(desk: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "批复.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    approve(desk, files=(scan,))
    assert verify(desk).problems == ()
    (desk.root / GATE / "01-批复.pdf").write_bytes(b"%PDF-1.4 other")
    assert [problem.file for problem in verify(desk).problems] == [f"{GATE}/01-批复.pdf"]


# 发稿


def test_what_the_press_got_lies_under_a_tag(desk: Desk, git: Git) -> None:
    approved(desk)
    before = git("rev-parse", f"HEAD:{TEXT}")
    move(desk, ("xiao-2019",), "付印", at=AT)  # passes over 发稿
    assert git("rev-parse", f"press/xiao-2019/01:{TEXT}") == before
    undo(desk, at=AT)
    assert git("tag") == ""


def test_text_edited_by_hand_after_the_press_got_it_is_not_kept(desk: Desk, git: Git) -> None:
    pressed(desk)
    assert (after_press(desk, DAY), verify(desk).problems) == ((), ())
    change(desk, TEXT, "15个", "16个")
    with pytest.raises(Refused, match="已经发稿") as refused:
        keep(desk, "改一个数")
    assert [blocker.node for blocker in refused.value.blockers] == [NODE]
    assert "proof apply" in refused.value.hint
    assert "--to 批准" in refused.value.hint
    assert f"git checkout -- {TEXT}" in refused.value.hint
    assert TEXT in after_press(desk, DAY)[0]
    assert [problem.file for problem in verify(desk).problems] == [TEXT]
    git("checkout", "--", TEXT)
    assert (after_press(desk, DAY), verify(desk).problems) == ((), ())


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (
            "chapters/01-keji/chapter.yaml",
            "- 01-gaikuang\n- 02-pingtai",
            "- 02-pingtai\n- 01-gaikuang",
        ),
        ("chapters/01-keji/03-rencai.yaml", "title: 人才", "title: 人才队伍"),
        ("volume.yaml", "- 本书为示例", "- 本书均为示例"),
        ("volume.yaml", 'label: "2019"', 'label: "2020"'),
    ],
)
def test_order_titles_and_front_matter_are_frozen_too(
    desk: Desk, path: str, old: str, new: str
) -> None:
    pressed(desk)
    change(desk, f"{BOOK}/{path}", old, new)
    with pytest.raises(Refused, match="已经发稿"):
        keep(desk, "改")


def test_what_is_not_printed_goes_on_changing(desk: Desk) -> None:
    pressed(desk)
    change(desk, f"{BOOK}/volume.yaml", "phone: 020-0000-0001", "phone: 020-0000-0002")
    assert keep(desk, "换电话").commit


def test_a_commit_past_the_program_is_told_by_verify(desk: Desk, git: Git) -> None:
    pressed(desk)
    change(desk, TEXT, "15个", "16个")
    git("commit", "-qam", "偷改")
    (problem,) = verify(desk).problems
    assert "偷改" in problem.message
    git("tag", "-d", "press/xiao-2019/01")
    (lost,) = verify(desk).problems
    assert "press/xiao-2019/01 不见了" in lost.message


def test_no_act_writes_text_of_a_book_at_the_press(desk: Desk, git: Git) -> None:
    pressed(desk)
    before = git("rev-parse", "HEAD")
    message = Message(subject="收稿", act="intake", by="测试")
    with pytest.raises(Refused, match="已经发稿"):
        record(desk, {TEXT: "新".encode()}, expected={}, message=message)
    assert (git("rev-parse", "HEAD"), git("status", "--porcelain")) == (before, "")


def test_calling_the_book_back_needs_a_reason_and_frees_the_text(desk: Desk, git: Git) -> None:
    pressed(desk)
    with pytest.raises(EditorialError, match="须写理由"):
        move(desk, ("xiao-2019",), "批准", at=AT)
    move(desk, ("xiao-2019",), "批准", at=AT, note="撤回发稿：补一节")
    change(desk, TEXT, "15个", "16个")
    assert keep(desk, "改").commit
    move(desk, ("xiao-2019",), "发稿", at=AT)
    assert git("tag").split() == ["press/xiao-2019/01", "press/xiao-2019/02"]
    assert verify(desk).problems == ()


# Corrections


def correction(old: str, new: str, node: str = NODE) -> Correction:
    return Correction(
        page=12,
        line=3,
        before="新增重点实验室",
        old=old,
        new=new,
        section=node,
        cause=Cause.MANUSCRIPT,
    )


def text_of(desk: Desk) -> str:
    return load_text(desk.workspace.files, desk.volume_id, NODE)[0]


def test_a_correction_changes_the_text_with_page_and_line_as_reason(desk: Desk, git: Git) -> None:
    pressed(desk)
    issue_proof(desk, "一校", at=AT)
    correct(desk, "01", correction("15个", "16个"), at=AT)
    assert apply_corrections(desk, "01", at=AT).done == (1,)
    assert "新增重点实验室16个。" in text_of(desk)
    assert f"第1处 第12页第3行 {NODE}：“15个”改“16个”" in git("log", "-1", "--format=%B")
    assert (verify(desk).problems, after_press(desk, DAY)) == ((), ())
    undo(desk, at=AT)
    assert "新增重点实验室15个。" in text_of(desk)
    assert verify(desk).problems == ()


def test_a_correction_whose_words_are_not_there_changes_nothing(desk: Desk, git: Git) -> None:
    pressed(desk)
    issue_proof(desk, "一校", at=AT)
    correct(desk, "01", correction("51个", "16个"), at=AT)
    before = git("rev-parse", "HEAD")
    assert [each.number for each in apply_corrections(desk, "01", at=AT).left] == [1]
    assert git("rev-parse", "HEAD") == before


# 备案


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2020, 3, 5), date(2020, 6, 5)),
        (date(2020, 11, 30), date(2021, 2, 28)),
        (date(2019, 11, 30), date(2020, 2, 29)),
        (date(2020, 10, 31), date(2021, 1, 31)),
    ],
)
def test_three_months_end_on_the_same_day_or_the_last(day: date, due: date) -> None:
    assert months_later(day, 3) == due


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2020, 3, 6), "备案还有91天（2020年6月5日以前，出版后三个月内）"),
        (date(2020, 6, 5), "备案还有0天（2020年6月5日以前，出版后三个月内）"),
        (date(2020, 6, 7), "备案已逾期2天（应在2020年6月5日以前，出版后三个月内）"),
    ],
)
def test_filing_is_due_three_months_after_publication(desk: Desk, today: date, words: str) -> None:
    pressed(desk)
    assert filing_told(loaded(desk).volume, today) == ""
    move(desk, ("xiao-2019",), "出版", at=AT)
    assert after_press(desk, today) == (words,)
    assert gates(desk, today)[1].due == date(2020, 6, 5)
    pass_gate(desk, "备案", doc_no="无", day=date(2020, 3, 5), at=datetime(2020, 7, 1, tzinfo=UTC))
    assert after_press(desk, today) == ()


def test_publication_counts_from_the_day_it_was(desk: Desk) -> None:
    volume = loaded(desk).volume
    told = Step(at=datetime(2020, 12, 1, tzinfo=UTC), by="zhouwen", to="published")
    earlier = replace(told, day=date(2020, 8, 31))
    assert [filing_due(replace(volume, history=(step,))) for step in (told, earlier)] == [
        date(2021, 3, 1),
        date(2020, 11, 30),
    ]
