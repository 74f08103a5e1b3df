"""公函: one letter to one unit, with numbered items and its own life.

拟稿 → 核稿 → 签发 (the number is taken here) → 发出 → 回函 → 办结; 作废 at any time before 回函.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from editorial.model.labels import LetterKind, LetterState
from editorial.model.volume import Source, Step, from_file


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterItem:
    """One row of the 修改补充事项清单, DOMAIN 6.7. `section` is a node id."""

    section: str
    place: str = ""
    original: str = ""
    request: str
    basis: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file kept with a record: name in its folder, SHA-256, size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """回函 as registered, whatever way it came."""

    date: date
    channel: str
    doc_no: str = ""
    note: str = ""
    papers: tuple[Paper, ...] = field(default=(), metadata={"flow": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """`id` is the folder name; `number` the 发文字号, empty until 签发."""

    id: str = field(default="", metadata={"stored": False})
    kind: LetterKind
    unit: str
    title: str
    reason: str = ""
    items: tuple[LetterItem, ...] = ()
    due: date
    contact: str
    cc: tuple[str, ...] = ()
    number: str = ""
    signed: date | None = None
    signatory: str = ""
    papers: tuple[Paper, ...] = field(default=(), metadata={"flow": True})
    reply: Reply | None = None
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


def letter_state(letter: Letter) -> LetterState:
    return LetterState(letter.history[-1].to) if letter.history else LetterState.DRAFT


OPEN_STATES = frozenset(
    {
        LetterState.DRAFT,
        LetterState.CHECKED,
        LetterState.APPROVED,
        LetterState.SENT,
        LetterState.REPLIED,
    }
)


def is_open(letter: Letter) -> bool:
    return letter_state(letter) in OPEN_STATES


def sections_of(letter: Letter) -> frozenset[str]:
    return frozenset(item.section for item in letter.items)


def next_number(code: str, year: int, taken: tuple[str, ...]) -> str:
    """机关代字 + 〔年份〕 + 序号 + 号, GB/T 9704-2012 clause 7.2.5; no padding, no 第."""
    prefix = f"{code}〔{year}〕"
    used = [
        int(number[len(prefix) : -1])
        for number in taken
        if number.startswith(prefix) and number[len(prefix) : -1].isdecimal()
    ]
    return f"{prefix}{max(used, default=0) + 1}号"
