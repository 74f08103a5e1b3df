"""校样: a pass is issued, corrected, returned, and checked against its red marks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from editorial.desk.office import Act, Desk
from editorial.desk.proof_corrections import correct
from editorial.desk.proofs import (
    check_proof,
    find_proof,
    issue_proof,
    proofs,
    return_proof,
)
from editorial.errors import EditorialError, Refused
from editorial.model.labels import ProofState
from editorial.model.proofs import Correction, proof_state

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
JICHANG = "02-jichu/02-jichang"


def issue(desk: Desk, *nodes: str, label: str = "一校") -> str:
    return issue_proof(desk, label, nodes, at=AT)[0].id


def mark(desk: Desk, new: str = "改", *, node: str = "") -> Act:
    return correct(desk, "01", Correction(page=3, old="原", new=new, section=node), at=AT)


def state(desk: Desk) -> ProofState:
    return proof_state(find_proof(desk, "01"))


def test_a_proof_is_issued_on_the_last_commit_of_the_text(desk: Desk, git: Git) -> None:
    job, act = issue_proof(desk, "一校", ("02-jichu",), at=AT, typesetter="示例排版公司")
    assert (job.commit, len(job.sections)) == (git("rev-parse", "HEAD^"), 2)
    assert act.message == "校对：出一校样 01"


def test_the_first_correction_turns_it_to_proofreading(desk: Desk) -> None:
    issue(desk)
    mark(desk)
    assert state(desk) is ProofState.PROOFREADING
    mark(desk, node="机场")
    job = find_proof(desk, "01")
    assert [(c.section, c.by) for c in job.corrections] == [("", "测试"), (JICHANG, "测试")]
    assert len(job.history) == 2


def test_a_correction_is_one_line_and_comments_stay(desk: Desk, git: Git) -> None:
    issue(desk)
    mark(desk)
    path = desk.root / "volumes/xiao-2019/proofs/01/proof.yaml"
    path.write_text("# 样在抽屉里\n" + path.read_text("utf-8"), encoding="utf-8")
    git("commit", "-qam", "注")
    mark(desk, "再改")
    assert git("diff", "--stat", "HEAD^").endswith("1 file changed, 1 insertion(+)")


def test_a_proof_goes_back_and_every_red_mark_is_checked(desk: Desk, git: Git) -> None:
    issue(desk)
    mark(desk)
    mark(desk, "二")
    return_proof(desk, "01", at=AT)
    with pytest.raises(Refused) as refused:
        check_proof(desk, "01", at=AT, undone=(2,))
    assert ["第2处（第3页）" in b.message for b in refused.value.blockers] == [True]
    assert state(desk) is ProofState.RETURNED
    check_proof(desk, "01", at=AT)
    assert state(desk) is ProofState.CHECKED
    assert {c.done for c in find_proof(desk, "01").corrections} == {"done"}
    assert git("status", "--porcelain") == ""


def test_checking_keeps_comments_of_the_record(desk: Desk, git: Git) -> None:
    issue(desk)
    mark(desk)
    return_proof(desk, "01", at=AT)
    path = desk.root / "volumes/xiao-2019/proofs/01/proof.yaml"
    path.write_text(path.read_text("utf-8").replace("label: 一校", "label: 一校  # 急"), "utf-8")
    git("commit", "-qam", "注")
    check_proof(desk, "01", at=AT)
    assert path.read_text("utf-8").startswith("label: 一校  # 急\n")


def test_any_number_of_passes_may_run(desk: Desk) -> None:
    assert [issue(desk, label=label) for label in ("一校", "二校", "二校", "通读")] == [
        "01",
        "02",
        "03",
        "04",
    ]
    assert [job.label for job in proofs(desk)] == ["一校", "二校", "二校", "通读"]


def test_a_proof_that_is_back_takes_no_correction(desk: Desk) -> None:
    issue(desk)
    return_proof(desk, "01", at=AT)
    with pytest.raises(EditorialError, match="已返厂，不能再记改动"):
        mark(desk)
    with pytest.raises(EditorialError, match="现为“返厂”，不能返厂"):
        return_proof(desk, "01", at=AT)


def test_a_proof_not_yet_back_is_not_checked(desk: Desk) -> None:
    issue(desk)
    with pytest.raises(EditorialError, match="现为“出样”，不能核红"):
        check_proof(desk, "01", at=AT)


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_mark_that_is_none_is_refused(desk: Desk, number: int) -> None:
    issue(desk)
    mark(desk)
    return_proof(desk, "01", at=AT)
    with pytest.raises(EditorialError, match=f"没有第{number}处改动"):
        check_proof(desk, "01", at=AT, undone=(number,))


@pytest.mark.parametrize("proof", ["02", "../01", "", "一校"])
def test_a_proof_that_is_none_is_refused(desk: Desk, proof: str) -> None:
    issue(desk)
    with pytest.raises(EditorialError, match="没有校样"):
        find_proof(desk, proof)


def test_a_pass_the_workflow_does_not_know_is_refused(desk: Desk) -> None:
    with pytest.raises(EditorialError, match="没有“四校”这个校次"):
        issue(desk, label="四校")


def test_a_correction_of_nothing_is_refused(desk: Desk) -> None:
    issue(desk)
    with pytest.raises(EditorialError, match="没有写改什么"):
        correct(desk, "01", Correction(page=1), at=AT)
    with pytest.raises(EditorialError, match="没有写改什么"):
        correct(desk, "01", Correction(page=1, old="研发", new="研发", note="请核"), at=AT)
