"""校样: issue a pass, record corrections, return it, check the red marks by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from editorial.desk.ledger import next_id, save_record, taking_a_number
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.errors import Blocker, EditorialError, Refused
from editorial.model.labels import ProofState
from editorial.model.names import same_id
from editorial.model.nodes import find_node, sections_under
from editorial.model.proofs import Correction, ProofJob, described, proof_state
from editorial.model.volume import Step
from editorial.store.history import last_change
from editorial.store.registers import load_proofs
from editorial.store.save import Message

VERBS = {ProofState.RETURNED: "return", ProofState.CHECKED: "check"}


def proofs(desk: Desk) -> tuple[ProofJob, ...]:
    return load_proofs(desk.workspace.files, desk.volume_id)


def find_proof(desk: Desk, proof_id: str) -> ProofJob:
    for job in proofs(desk):
        if same_id(proof_id, job.id):
            return job
    known = "、".join(f"{j.id}（{j.label}）" for j in proofs(desk)) or "还没有"
    raise EditorialError(f"没有校样“{proof_id}”", hint=f"现有：{known}")


@taking_a_number
def issue_proof(
    desk: Desk,
    label: str,
    nodes: tuple[str, ...] = (),
    *,
    at: datetime,
    typesetter: str = "",
    reader: str = "",
    due: date | None = None,
) -> tuple[ProofJob, Act]:
    """出样: a pass (`label` is one of the workflow's 校次) over sections, none meaning all."""
    book = loaded(desk)
    if label not in book.workflow.passes:
        hint = f"流程里的校次：{'、'.join(book.workflow.passes)}"
        raise EditorialError(f"没有“{label}”这个校次", hint=hint)
    by = name_of(actor(desk, book.volume))
    job = ProofJob(
        id=next_id(tuple(each.id for each in proofs(desk))),
        label=label,
        sections=tuple(s.id for s in sections_under(book.volume, nodes)) if nodes else (),
        typesetter=typesetter,
        reader=reader,
        due=due,
        commit=last_change(desk.workspace, (f"volumes/{desk.volume_id}/chapters",)),
        history=(Step(at=at, by=by, to=ProofState.ISSUED.value),),
    )
    message = Message(subject=f"校对：出{label}样 {job.id}", act="proof issue", by=by)
    return job, save_record(desk, job, _path(desk, job.id), message, nodes=job.sections)


def _path(desk: Desk, proof_id: str) -> str:
    return f"volumes/{desk.volume_id}/proofs/{proof_id}/proof.yaml"


def correct(desk: Desk, proof_id: str, correction: Correction, *, at: datetime) -> Act:
    """校对: record one correction; the first one turns the job to 校对."""
    job = find_proof(desk, proof_id)
    if proof_state(job) not in (ProofState.ISSUED, ProofState.PROOFREADING):
        raise EditorialError(
            f"{job.label}样{job.id}已{proof_state(job).label}，不能再记改动",
            hint="请出下一校次的样",
        )
    if not (correction.old or correction.new):
        raise EditorialError("没有写改什么", hint="写 --old 原文 和 --new 改为（增补只写 --new）")
    volume = loaded(desk).volume
    if correction.section:
        correction = replace(correction, section=find_node(volume, correction.section).id)
    by = name_of(actor(desk, volume))
    first = proof_state(job) is ProofState.ISSUED
    step = (Step(at=at, by=by, to=ProofState.PROOFREADING.value),) if first else ()
    changed = replace(
        job,
        corrections=(*job.corrections, replace(correction, by=correction.by or by)),
        history=(*job.history, *step),
    )
    what = f"第{correction.page}页{described(correction)}"
    message = Message(subject=f"校对：{job.label}样{job.id} {what}", act="proof correct", by=by)
    return save_record(desk, changed, _path(desk, job.id), message)


def return_proof(desk: Desk, proof_id: str, *, at: datetime, note: str = "") -> Act:
    """返厂: the marked proof goes back to the typesetter."""
    job = find_proof(desk, proof_id)
    allowed = (ProofState.ISSUED, ProofState.PROOFREADING)
    return _step(desk, job, ProofState.RETURNED, allowed, at, note)


def check_proof(
    desk: Desk, proof_id: str, *, at: datetime, undone: tuple[int, ...] = (), note: str = ""
) -> Act:
    """核红 by hand: every correction is done except the numbered ones (from 1).

    With any left undone the job is not finished: Refused lists them, nothing is written.
    """
    job = find_proof(desk, proof_id)
    odd = [number for number in undone if not 1 <= number <= len(job.corrections)]
    if odd:
        raise EditorialError(f"没有第{odd[0]}处改动", hint=f"共{len(job.corrections)}处")
    if undone:
        blockers = tuple(
            Blocker(node=f"proof {job.id}", guard="check_red", message=_left(job, n))
            for n in undone
        )
        hint = "请退排版公司补改后再核"
        raise Refused(f"{job.label}样{job.id}有{len(undone)}处红未改", blockers, hint=hint)
    done = tuple(replace(each, done="done") for each in job.corrections)
    checked = replace(job, corrections=done)
    return _step(desk, checked, ProofState.CHECKED, (ProofState.RETURNED,), at, note)


def _left(job: ProofJob, number: int) -> str:
    each = job.corrections[number - 1]
    return f"第{number}处（第{each.page}页）应{described(each)}"


def _step(
    desk: Desk,
    job: ProofJob,
    to: ProofState,
    allowed: tuple[ProofState, ...],
    at: datetime,
    note: str,
) -> Act:
    now = proof_state(job)
    if now not in allowed:
        hint = f"须先处于：{'、'.join(state.label for state in allowed)}"
        raise EditorialError(f"{job.label}样{job.id}现为“{now.label}”，不能{to.label}", hint=hint)
    by = name_of(actor(desk, loaded(desk).volume))
    step = Step(at=at, by=by, to=to.value, note=note)
    message = Message(
        subject=f"校对：{job.label}样{job.id}{to.label}", act=f"proof {VERBS[to]}", by=by, body=note
    )
    changed = replace(job, history=(*job.history, step))
    return save_record(desk, changed, _path(desk, job.id), message)
