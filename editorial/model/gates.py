"""关口: 批准, 审查验收, 备案 — the paper that lets a book through, and the days it must come in.

Gazetteers pass 审查验收 (地方志工作条例 art. 12), comprehensive yearbooks 批准 (art. 13); both are
filed upward within three months of publication (art. 14).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import field, replace
from datetime import date

from editorial.model.dates import chinese_day
from editorial.model.labels import Labelled
from editorial.model.letters import Paper
from editorial.model.volume import Gate, Source, Step, Volume, from_file
from editorial.values import dataclass

FILING = "filing"
PUBLISHED = "published"
FILING_MONTHS = 3


class GateResult(Labelled):
    """What the body said. Only the first lets the book through."""

    PASSED = "passed", "通过"
    IN_PRINCIPLE = "in_principle", "原则通过，修改后再报"
    RESUBMIT = "resubmit", "修改后重新送审"
    FAILED = "failed", "未通过"
    WITHDRAWN = "withdrawn", "已撤回"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """One answer of the body a gate belongs to: number and date of its paper, and the paper."""

    doc_no: str
    date: date
    body: str = ""
    papers: tuple[Paper, ...] = field(default=(), metadata={"flow": True})
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRecord:
    """gates/ID/gate.yaml: every answer that came for one gate, in order."""

    id: str = field(default="", metadata={"stored": False})
    answers: tuple[Passing, ...] = ()
    source: Source | None = from_file()


def result_of(answer: Passing) -> GateResult:
    return GateResult(answer.history[-1].to) if answer.history else GateResult.PASSED


def standing_answer(record: GateRecord | None) -> Passing | None:
    """The last answer that was not withdrawn."""
    answers = record.answers if record else ()
    valid = [each for each in answers if result_of(each) is not GateResult.WITHDRAWN]
    return valid[-1] if valid else None


def as_answered(gate: Gate, record: GateRecord | None) -> Gate:
    """The gate with the paper that passed it; what volume.yaml itself says holds where no
    answer was ever registered."""
    if record is None or not record.answers:
        return gate
    answer = standing_answer(record)
    if answer is None or result_of(answer) is not GateResult.PASSED:
        return replace(gate, doc_no="", date=None)
    return replace(gate, doc_no=answer.doc_no, date=answer.date, body=answer.body or gate.body)


def is_passed(gate: Gate) -> bool:
    return bool(gate.doc_no and gate.date)


def published_on(volume: Volume) -> date | None:
    """The day the book was last brought to 出版, None before."""
    steps = [step for step in volume.history if step.to == PUBLISHED and not step.undo]
    past = bool(volume.history) and volume.history[-1].to in (PUBLISHED, "archived")
    return (steps[-1].day or steps[-1].at.date()) if steps and past else None


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def filing_due(volume: Volume) -> date | None:
    """The last day to file copies upward (地方志工作条例 art. 14); None before publication."""
    published = published_on(volume)
    return months_later(published, FILING_MONTHS) if published else None


def filing_told(volume: Volume, today: date) -> str:
    """备案 after publication: how many days are left, or that it is overdue; "" otherwise."""
    due = filing_due(volume)
    asked = [gate for gate in volume.gates if gate.id == FILING and not is_passed(gate)]
    if due is None or not asked:
        return ""
    left, day = (due - today).days, chinese_day(due)
    if left < 0:
        return f"备案已逾期{-left}天（应在{day}以前，出版后三个月内）"
    return f"备案还有{left}天（{day}以前，出版后三个月内）"
