"""核红 of a proof on record: the next proof against its file and its corrections."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from editorial.desk.ledger import save_record
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.proof_file import folder_of, kept_path
from editorial.desk.proof_intake import read_bytes
from editorial.desk.proofs import find_proof
from editorial.desk.red_check import older
from editorial.desk.red_report import check_ending, unread_words, write_red_report
from editorial.errors import EditorialError
from editorial.model.folding import fold
from editorial.model.labels import ProofState, RedState
from editorial.model.proof_list import by_eye
from editorial.model.proof_page import Box
from editorial.model.proof_text import ProofText, boxes, proof_text
from editorial.model.proofs import (
    Correction,
    ProofJob,
    UnaskedChange,
    described,
    proof_state,
    sheet_of,
)
from editorial.model.red_check import check_red
from editorial.model.red_marks import RedMark
from editorial.model.red_report import RedItem, RedReport, crops_of, red_items
from editorial.model.red_verdict import RedChecked, Unasked
from editorial.model.volume import Step, book_title
from editorial.read.proof_type import read_type
from editorial.store.looks import load_fonts
from editorial.store.save import Message
from editorial.values import dataclass

SAME = 6  # characters on either side by which an accepted change is known again


@dataclass(frozen=True, slots=True, kw_only=True)
class JobChecked:
    """`checked` has what was seen; `left` tells in words what is still to be settled."""

    checked: RedChecked
    left: tuple[str, ...]
    act: Act
    report: Path | None = None


def check_job(
    desk: Desk,
    proof_id: str,
    new: Path,
    *,
    at: datetime,
    seen: bool = False,
    note: str = "",
    report: Path | None = None,
) -> JobChecked:
    """Every red mark of a proof looked for in `new`, and everything else that is otherwise there.

    What was seen is recorded in one commit; the proof turns to 核红 only with nothing left.
    `seen`: a person looked at those marks that leave the words as they are. EditorialError: not
    returned to the typesetter yet, no text to compare, or `new` is the very proof of before.
    """
    job = find_proof(desk, proof_id)
    if report is not None:
        check_ending(report)
    _refuse(job)
    own = kept_path(desk, job)
    sha256 = hashlib.sha256(read_bytes(new)).hexdigest()
    if sha256 == job.sha256:
        hint = "请用排版公司改过的 PDF"
        raise EditorialError(f"这就是{job.label}样{job.id}原来的那一份", where=str(new), hint=hint)
    old_text, new_text = proof_text(read_type(own)), proof_text(read_type(new))
    checked = check_red(_marks(job), old_text, new_text)
    changed = _recorded(job, checked, sha256, at, seen=seen)
    fonts: tuple[str, ...] = ()
    if report is not None:
        eyes = _eyes(changed, old_text, new_text)
        fonts = _write(desk, changed, checked, eyes, (own, new), report)
    act, changed = _save(desk, changed, at, note, f"机器核红（{new.name}）", "proof check")
    act = replace(act, remarks=(*act.remarks, *older(checked), *unread_words(checked), *fonts))
    return JobChecked(checked=checked, left=left_words(changed), act=act, report=report)


def _refuse(job: ProofJob) -> None:
    state = proof_state(job)
    if state is not ProofState.RETURNED:
        message = f"{job.label}样{job.id}现为“{state.label}”，不能核红"
        hint = "先返厂" if state is not ProofState.CHECKED else "已核过红；下一校次请另出样"
        raise EditorialError(message, hint=hint)
    if job.scanned:
        message = f"{job.label}样{job.id}没有文字（扫描件），机器核不了"
        raise EditorialError(message, hint=f"人工核：editorial proof check {job.id}")


def _marks(job: ProofJob) -> tuple[RedMark, ...]:
    return tuple(
        RedMark(
            id=str(number),
            page=str(sheet_of(job, each.page)),
            before=each.before,
            old=each.old,
            new=each.new,
            after=each.after,
        )
        for number, each in enumerate(job.corrections, 1)
        if not by_eye(each)
    )


def _recorded(
    job: ProofJob, checked: RedChecked, sha256: str, at: datetime, *, seen: bool
) -> ProofJob:
    day = at.date().isoformat()
    corrections = list(job.corrections)
    for verdict in checked.verdicts:
        index = int(verdict.mark.id) - 1
        state = RedState(verdict.state)
        done = day if state is RedState.DONE else ""
        corrections[index] = replace(
            corrections[index], state=state, found=_found(verdict.found, state), done=done
        )
    for index, each in enumerate(corrections):
        if seen and by_eye(each):
            corrections[index] = replace(each, state=RedState.DONE, done=day)
    return replace(
        job,
        corrections=tuple(corrections),
        compared=sha256,
        unasked=tuple(_change(job, each) for each in checked.unasked),
    )


def _found(found: str, state: RedState) -> str:
    """What stands there, where it is not what was asked for."""
    return found if state is not RedState.DONE else ""


def _change(job: ProofJob, each: Unasked) -> UnaskedChange:
    """With the reason it was accepted for when it was seen before."""
    found = UnaskedChange(
        sheet=each.sheet, before=each.before, old=each.old, new=each.new, after=each.after
    )
    known = next((k for k in job.unasked if k.accepted and _key(k) == _key(found)), None)
    return replace(found, accepted=known.accepted, by=known.by) if known else found


def _key(each: UnaskedChange) -> tuple[str, ...]:
    return each.before[-SAME:], each.old, each.new, each.after[:SAME]


def left_words(job: ProofJob) -> tuple[str, ...]:
    """What stands between a proof and 核红."""
    marks = list(zip(range(1, len(job.corrections) + 1), job.corrections, strict=True))
    states = (
        ("未改", [n for n, each in marks if _open(each) and each.state is RedState.UNDONE]),
        ("改错", [n for n, each in marks if _open(each) and each.state is RedState.WRONG]),
        ("要看图核", [n for n, each in marks if _open(each) and each.state is None]),
    )
    told = [f"第{_listed(numbers)}处{word}" for word, numbers in states if numbers]
    extra = [n for n, each in enumerate(job.unasked, 1) if not each.accepted]
    if extra:
        told.append(f"未要求而改的第{_listed(extra)}处没有认可")
    return tuple(told)


def _open(each: Correction) -> bool:
    return not each.exempt and not (each.state is RedState.DONE or (each.done and not each.state))


def _listed(numbers: Sequence[int]) -> str:
    return "、".join(map(str, numbers))


def _save(
    desk: Desk, job: ProofJob, at: datetime, note: str, words: str, act: str
) -> tuple[Act, ProofJob]:
    """Recorded; and turned to 核红 when nothing is left and it was compared."""
    by = name_of(actor(desk, loaded(desk).volume))
    if not left_words(job) and job.compared:
        step = Step(at=at, by=by, to=ProofState.CHECKED.value, note=note)
        job, words = replace(job, history=(*job.history, step)), f"{words}，核红"
    subject = f"校对：{job.label}样{job.id}{words}"
    message = Message(subject=subject, act=act, by=by, body=note)
    return save_record(desk, job, f"{folder_of(desk, job.id)}/proof.yaml", message), job


def accept_changes(
    desk: Desk, proof_id: str, numbers: Sequence[int], *, note: str, at: datetime
) -> tuple[Act, ProofJob]:
    """认可: changes nobody asked for (from 1) may stay, for a reason."""
    job = _with_reason(desk, proof_id, note)
    _refuse_odd(numbers, len(job.unasked), "未要求而改")
    by = name_of(actor(desk, loaded(desk).volume))
    changed = tuple(
        replace(each, accepted=note.strip(), by=by) if n in numbers else each
        for n, each in enumerate(job.unasked, 1)
    )
    words = f"认可未要求而改的第{_listed(numbers)}处"
    return _save(desk, replace(job, unasked=changed), at, note, words, "proof accept")


def exempt_marks(
    desk: Desk, proof_id: str, numbers: Sequence[int], *, note: str, at: datetime
) -> tuple[Act, ProofJob]:
    """不再改: red marks (from 1) that may stay as they are, for a reason."""
    job = _with_reason(desk, proof_id, note)
    _refuse_odd(numbers, len(job.corrections), "改动")
    changed = tuple(
        replace(each, exempt=note.strip()) if n in numbers else each
        for n, each in enumerate(job.corrections, 1)
    )
    words = f"第{_listed(numbers)}处不再改"
    return _save(desk, replace(job, corrections=changed), at, note, words, "proof exempt")


def _with_reason(desk: Desk, proof_id: str, note: str) -> ProofJob:
    job = find_proof(desk, proof_id)
    if not note.strip():
        raise EditorialError("没有写理由", hint="--note 理由")
    if proof_state(job) is not ProofState.RETURNED:
        state = proof_state(job).label
        raise EditorialError(
            f"{job.label}样{job.id}现为“{state}”，没有要定的", hint="返厂以后才核红"
        )
    return job


def _refuse_odd(numbers: Sequence[int], count: int, what: str) -> None:
    odd = [number for number in numbers if not 1 <= number <= count]
    if odd:
        raise EditorialError(f"没有第{odd[0]}处{what}", hint=f"共{count}处")


def _eyes(job: ProofJob, old: ProofText, new: ProofText) -> tuple[RedItem, ...]:
    """Marks that leave the words as they are: nothing but a look tells."""
    return tuple(
        RedItem(
            label=str(number),
            standing="accepted" if each.exempt else "done" if each.state else "eye",
            place=f"旧样第{sheet_of(job, each.page)}面",
            around=f"{each.before}▲{each.after}",
            asked=described(each),
            stands=each.note,
            note=each.exempt,
            old=crops_of(_boxes(old, each)),
            new=crops_of(_boxes(new, each)),
        )
        for number, each in enumerate(job.corrections, 1)
        if by_eye(each)
    )


def _boxes(proof: ProofText, each: Correction) -> tuple[Box, ...]:
    """Where its words stand, if there is but one such place."""
    before, own, after = fold(each.before), fold(each.old), fold(each.after)
    whole = before + own + after
    if len(whole) < SAME or proof.text.count(whole) != 1:
        return ()
    start = proof.text.index(whole) + len(before)
    return boxes(proof, start, start + len(own))


def _write(
    desk: Desk,
    job: ProofJob,
    checked: RedChecked,
    eyes: Sequence[RedItem],
    files: tuple[Path, Path],
    out: Path,
) -> tuple[str, ...]:
    config = load_fonts(desk.workspace.files)
    title = book_title(loaded(desk).volume)
    report = RedReport(
        title=f"《{title}》{job.label}样{job.id}核红报告",
        old_name=files[0].name,
        new_name=files[1].name,
        items=red_items(
            checked,
            {n: each.accepted for n, each in enumerate(job.unasked) if each.accepted},
            {str(n): each.exempt for n, each in enumerate(job.corrections, 1) if each.exempt},
            eyes,
        ),
        remarks=unread_words(checked),
    )
    folders = tuple(desk.root / folder for folder in config.folders)
    return write_red_report(report, *files, out, fonts=config, folders=folders)
