"""校样: issue a pass, return it, check the red marks by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from editorial.desk.ledger import next_id, save_record, taking_a_number
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.proof_file import (
    ProofFile,
    file_remarks,
    folder_of,
    layout_chars,
    look_over,
    outside_path,
)
from editorial.desk.proof_work import reader_id, reader_remarks
from editorial.errors import Blocker, EditorialError, Refused
from editorial.model.labels import ProofState, RedState
from editorial.model.names import nearest, same_id
from editorial.model.nodes import sections_under
from editorial.model.proofs import Correction, ProofJob, described, page_called, proof_state
from editorial.model.volume import Step, Volume
from editorial.store.history import last_change
from editorial.store.registers import load_proofs
from editorial.store.save import Message, put_output

VERBS = {ProofState.RETURNED: "return", ProofState.CHECKED: "check"}


def proofs(desk: Desk) -> tuple[ProofJob, ...]:
    return load_proofs(desk.workspace.files, desk.volume_id)


def find_proof(desk: Desk, proof_id: str) -> ProofJob:
    known = proofs(desk)
    for job in known:
        if same_id(proof_id, job.id):
            return job
    near = nearest(proof_id, [f"{job.id}（{job.label}）" for job in known])
    raise EditorialError(f"没有校样“{proof_id}”", hint=f"现有：{near}")


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
    file: Path | None = None,
    follows: str = "",
) -> tuple[ProofJob, Act]:
    """出样: a pass (`label` is one of the workflow's 校次) over sections, none meaning all.

    `file` is the typesetter's PDF, kept with the job; `follows` the proof whose red marks it
    carries out. EditorialError for a file that is no PDF of at least one page.
    """
    book = loaded(desk)
    _refuse_unknown(label, book.workflow.passes)
    by = name_of(actor(desk, book.volume))
    earlier = proofs(desk)
    before = find_proof(desk, follows).id if follows else ""
    found = look_over(file, book.volume, nodes) if file else None
    job = ProofJob(
        id=next_id(tuple(each.id for each in earlier)),
        label=label,
        sections=tuple(s.id for s in sections_under(book.volume, nodes)) if nodes else (),
        typesetter=typesetter,
        reader=reader_id(book.volume, reader),
        due=due,
        commit=last_change(desk.workspace, (f"volumes/{desk.volume_id}/chapters",)),
        follows=before,
        history=(Step(at=at, by=by, to=ProofState.ISSUED.value),),
    )
    told = tuple(reader_remarks(job, job.reader, earlier, book.volume, book.workflow.passes))
    papers = None
    if found:
        job = _with_file(job, found, book.volume)
        told = (*file_remarks(found, book.volume.info.grid), *told, *_same_file(job, earlier))
        papers = _papers(desk, job, found)
    message = Message(subject=f"校对：出{label}样 {job.id}", act="proof issue", by=by)
    path = proof_path(desk, job.id)
    act = save_record(desk, job, path, message, nodes=job.sections, papers=papers)
    return job, replace(act, remarks=(*act.remarks, *told))


def _refuse_unknown(label: str, passes: Sequence[str]) -> None:
    if label not in passes:
        hint = f"流程里的校次：{'、'.join(passes)}"
        raise EditorialError(f"没有“{label}”这个校次", hint=hint)


def _papers(desk: Desk, job: ProofJob, found: ProofFile) -> dict[str, bytes] | None:
    """What goes into git; a large file is put outside at once."""
    if job.stored:
        return {job.file: found.data}
    put_output(outside_path(desk, job), found.data, desk.workspace)
    return None


def _with_file(job: ProofJob, found: ProofFile, volume: Volume) -> ProofJob:
    return replace(
        job,
        file=found.name,
        sha256=found.sha256,
        stored=found.stored,
        pages=found.pages,
        offset=found.offset,
        scanned=found.scanned,
        layout_chars=layout_chars(volume.info.grid, found.pages),
        spreads=found.spreads,
    )


def _same_file(job: ProofJob, earlier: tuple[ProofJob, ...]) -> Iterator[str]:
    for each in earlier:
        if each.sha256 == job.sha256:
            yield f"这份 PDF 与{each.label}样{each.id}的是同一份，请看是不是拿错了"


def proof_path(desk: Desk, proof_id: str) -> str:
    return f"{folder_of(desk, proof_id)}/proof.yaml"


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
            Blocker(node=f"proofs/{job.id}", guard="check_red", message=_left(job, n))
            for n in undone
        )
        hint = "请退排版公司补改后再核"
        raise Refused(f"{job.label}样{job.id}有{len(undone)}处红未改", blockers, hint=hint)
    _refuse_unasked(job)
    done = tuple(_seen_done(each) for each in job.corrections)
    checked = replace(job, corrections=done)
    return _step(desk, checked, ProofState.CHECKED, (ProofState.RETURNED,), at, note)


def _seen_done(each: Correction) -> Correction:
    """By a person, whatever the machine saw; what was let off stays so."""
    if each.exempt:
        return each
    return replace(each, done="done", state=RedState.DONE if each.state else None)


def _refuse_unasked(job: ProofJob) -> None:
    """Changes nobody asked for, seen by the machine, must be accepted first."""
    left = [(n, each) for n, each in enumerate(job.unasked, 1) if not each.accepted]
    if left:
        blockers = tuple(
            Blocker(
                node=f"proofs/{job.id}",
                guard="unasked",
                message=f"第{n}处：“{each.old}”成了“{each.new}”",
            )
            for n, each in left
        )
        hint = f"可以的写 editorial proof accept {job.id} 序号 --note 理由；不可以的退排版公司改回"
        raise Refused(f"{job.label}样{job.id}有{len(left)}处未要求而改", blockers, hint=hint)


def _left(job: ProofJob, number: int) -> str:
    each = job.corrections[number - 1]
    return f"第{number}处（{page_called(each.page, job.offset)}）应{described(each)}"


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
    return save_record(desk, changed, proof_path(desk, job.id), message)
