"""关口: register what the competent body answered — 批准, 审查验收, 备案 — and take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from editorial.desk.ledger import save_record
from editorial.desk.office import Act, Desk, actor, loaded, name_of
from editorial.desk.papers import paper_of
from editorial.errors import EditorialError, unreadable
from editorial.model.dates import chinese_day
from editorial.model.gates import (
    FILING,
    GateResult,
    Passing,
    filing_due,
    is_passed,
    result_of,
    standing_answer,
)
from editorial.model.names import fit_file
from editorial.model.volume import Gate, Step, Volume
from editorial.model.workflow import Workflow, rank
from editorial.store.load import load_gate
from editorial.store.save import Message
from editorial.values import dataclass

LARGEST = 100_000_000  # bytes of one scan; git keeps it for ever


@dataclass(frozen=True, slots=True, kw_only=True)
class GateStanding:
    """A gate as it stands: `due` is the day it must be passed by, `days` from today until then,
    negative when that is over; None where no day is set or it is passed."""

    gate: Gate
    passed: bool
    result: GateResult | None
    answers: tuple[Passing, ...]
    due: date | None = None
    days: int | None = None


def state_words(each: GateStanding) -> str:
    """已过, what the body asked for, or the days that are left."""
    if each.passed:
        return "已过"
    if each.result is not None:
        return each.result.label
    if each.days is not None:
        return f"逾期{-each.days}天" if each.days < 0 else f"还有{each.days}天"
    return "未过" if each.gate.required else "不要求"


def gates(desk: Desk, today: date) -> tuple[GateStanding, ...]:
    """All gates of volume.yaml, in its order."""
    volume = loaded(desk).volume
    return tuple(_standing(desk, volume, gate, today) for gate in volume.gates)


def _standing(desk: Desk, volume: Volume, gate: Gate, today: date) -> GateStanding:
    record = load_gate(desk.workspace.files, desk.volume_id, gate.id)
    answer = standing_answer(record)
    passed = is_passed(gate)
    due = filing_due(volume) if gate.id == FILING and not passed else None
    return GateStanding(
        gate=gate,
        passed=passed,
        result=result_of(answer) if answer else None,
        answers=record.answers,
        due=due,
        days=(due - today).days if due else None,
    )


def pass_gate(
    desk: Desk,
    gate_id: str,
    *,
    doc_no: str,
    day: date,
    at: datetime,
    body: str = "",
    result: GateResult = GateResult.PASSED,
    files: Sequence[Path] = (),
    note: str = "",
) -> Act:
    """Register an answer with its number, its day and the scans of its paper."""
    volume = loaded(desk).volume
    gate = find_gate(volume, gate_id)
    _sound(gate, doc_no, day, result, at, note)
    record = load_gate(desk.workspace.files, desk.volume_id, gate.id)
    standing = standing_answer(record)
    if standing and result_of(standing) is GateResult.PASSED:
        hint = f"登错了的，先用 editorial gate withdraw {gate.id} --note 理由 撤回"
        raise EditorialError(f"“{gate.label}”已经过了（{standing.doc_no}）", hint=hint)
    papers = _scans(files, len(record.answers) + 1)
    by = name_of(actor(desk, volume))
    answer = Passing(
        doc_no=doc_no.strip(),
        date=day,
        body=body.strip() or gate.body,
        papers=tuple(map(paper_of, papers, papers.values())),
        history=(Step(at=at, by=by, to=result.value, note=note),),
    )
    changed = replace(record, answers=(*record.answers, answer))
    subject = f"关口：{gate.label}{result.label}（{answer.doc_no}）"
    message = Message(subject=subject, act="gate pass", by=by, body=note)
    act = save_record(desk, changed, gate_path(desk, gate.id), message, papers=papers)
    told = () if papers else ("没有附批文的扫描件，归档时会缺这一件（--file）",)
    return replace(act, remarks=told)


def _sound(gate: Gate, doc_no: str, day: date, result: GateResult, at: datetime, note: str) -> None:
    if not doc_no.strip():
        raise EditorialError(
            f"“{gate.label}”没有写批文的文号", hint="--doc-no 文号；没有文号的写无"
        )
    if day > at.date():
        raise EditorialError(f"批文的日期{chinese_day(day)}还没有到", hint="--date 写批文上的日期")
    if result is GateResult.WITHDRAWN:
        hint = f"editorial gate withdraw {gate.id} --note 理由"
        raise EditorialError("撤回已登记的结果不用 gate pass", hint=hint)
    if result is not GateResult.PASSED and not note.strip():
        raise EditorialError(f"结果是“{result.label}”的，须写明要求", hint="加上 --note 要求")


def find_gate(volume: Volume, name: str) -> Gate:
    """By id or label."""
    for gate in volume.gates:
        if name in (gate.id, gate.label):
            return gate
    known = "、".join(f"{gate.id}（{gate.label}）" for gate in volume.gates) or "没有写"
    raise EditorialError(f"没有关口“{name}”", hint=f"volume.yaml 的 gates：{known}")


def gate_path(desk: Desk, gate_id: str) -> str:
    return f"volumes/{desk.volume_id}/gates/{gate_id}/gate.yaml"


def _scans(files: Sequence[Path], number: int) -> dict[str, bytes]:
    """Papers under the number of their answer, so that none takes another's place."""
    papers: dict[str, bytes] = {}
    for path in files:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise unreadable(error, path) from error
        if not data:
            raise EditorialError("批文的文件是空的", where=str(path), hint="请核对文件")
        if len(data) > LARGEST:
            raise EditorialError("批文的文件太大", where=str(path), hint="请压缩到100兆以内")
        name = fit_file(f"{number:02}-{path.name}")
        if name in papers:
            raise EditorialError("两个文件同名", where=str(path), hint="请改名后重试")
        papers[name] = data
    return papers


def withdraw_gate(desk: Desk, gate_id: str, *, at: datetime, note: str) -> Act:
    """Take the standing answer back, with the reason; it stays on record."""
    book = loaded(desk)
    gate = find_gate(book.volume, gate_id)
    if not note.strip():
        raise EditorialError("撤回须写理由", hint="加上 --note 理由")
    record = load_gate(desk.workspace.files, desk.volume_id, gate.id)
    standing = standing_answer(record)
    if standing is None:
        hint = "文号写在 volume.yaml 里的，直接改那里" if is_passed(gate) else "没有要撤回的"
        raise EditorialError(f"“{gate.label}”没有登记过结果", hint=hint)
    by = name_of(actor(desk, book.volume))
    step = Step(at=at, by=by, to=GateResult.WITHDRAWN.value, note=note)
    taken = replace(standing, history=(*standing.history, step))
    answers = tuple(taken if each is standing else each for each in record.answers)
    subject = f"关口：撤回{gate.label}（{standing.doc_no}）"
    message = Message(subject=subject, act="gate withdraw", by=by, body=note)
    act = save_record(desk, replace(record, answers=answers), gate_path(desk, gate.id), message)
    return replace(act, remarks=_beyond(book.volume, book.workflow, gate))


def _beyond(volume: Volume, workflow: Workflow, gate: Gate) -> tuple[str, ...]:
    """Withdrawing a paper does not move the book; somebody must."""
    now = volume.history[-1].to if volume.history else ""
    for stage in workflow.stages:
        if f"gate {gate.id}" in stage.guards and rank(workflow, stage.id) <= rank(workflow, now):
            return (f"全书已过“{stage.label}”，要退回请用 editorial move {volume.id} --to",)
    return ()
