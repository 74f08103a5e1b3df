"""校样: one pass over a set of sections, with its corrections; repeatable."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from editorial.model.labels import Cause, ProofState, RedState
from editorial.model.volume import Source, Step, from_file
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """改动: a mark of GB/T 14706 on a page and line, with up to 12 characters `before` and
    `after` it on the proof. `fault` is a class of the error-rate scheme, "" where nothing was
    wrong; `note` is for the typesetter where words alone do not tell; `done` is the day it was
    seen carried out at 核红, `state` and `found` what was seen; `carried` the day the text of
    the section was altered likewise.

    A sign that leaves the words as they are has the same words as `old` and `new`.
    """

    page: int
    line: int = 0
    mark: str = "改正"
    before: str = ""
    old: str = ""
    new: str = ""
    after: str = ""
    section: str = ""
    cause: Cause = Cause.TYPESETTING
    fault: str = ""
    by: str = ""
    origin: str = ""
    note: str = ""
    carried: str = ""
    state: RedState | None = None
    found: str = ""
    done: str = ""
    exempt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """分校: the pages one proofreader took, first to last, since when, and when they came back."""

    by: str
    first: int
    last: int
    since: date | None = None
    due: date | None = None
    returned: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The pages a section takes on a proof, first to last, by the numbers printed there."""

    section: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnaskedChange:
    """A change on the next proof that nobody asked for; `sheet` of its file. `accepted` is why it
    may stay, by `by`; until then it is to be put back."""

    sheet: int
    before: str = ""
    old: str = ""
    new: str = ""
    after: str = ""
    accepted: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofJob:
    """`label` is the 校次 (一校 二校 三校 通读 …); `commit` the text it was set from.

    `file` is the proof as the typesetter sent it, with its `sha256`, its number of `pages` and
    its 版面字数; `follows` the proof whose red marks this one carries out. Pages are called by
    the numbers printed on them: `offset` added to the number of the sheet in the file, the first
    of which is 1. `stored` tells that the file is kept in git beside the record; a large one
    lies under out/, and its `sha256` tells it. `scanned`: it has no text. `compared` is the
    sha256 of the next proof it was last checked against, `unasked` what was changed there besides.
    """

    id: str = field(default="", metadata={"stored": False})
    label: str
    sections: tuple[str, ...] = ()
    typesetter: str = ""
    reader: str = ""
    due: date | None = None
    commit: str = ""
    follows: str = ""
    file: str = ""
    sha256: str = ""
    stored: bool = True
    pages: int = 0
    offset: int = 0
    scanned: bool = False
    layout_chars: int = 0
    spreads: tuple[Spread, ...] = field(default=(), metadata={"flow": True})
    portions: tuple[Portion, ...] = field(default=(), metadata={"flow": True})
    corrections: tuple[Correction, ...] = field(default=(), metadata={"flow": True})
    compared: str = ""
    unasked: tuple[UnaskedChange, ...] = field(default=(), metadata={"flow": True})
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


def proof_state(job: ProofJob) -> ProofState:
    return ProofState(job.history[-1].to) if job.history else ProofState.ISSUED


def described(correction: Correction) -> str:
    """“甲”改“乙”, 删“甲”, 增“乙”, or a sign with what it is put to."""
    old, new = correction.old, correction.new
    if old == new:
        return f"{correction.mark}“{old}”" if old else correction.mark
    if old and new:
        return f"“{old}”改“{new}”"
    return f"删“{old}”" if old else f"增“{new}”"


def sheet_of(job: ProofJob, page: int) -> int:
    """The sheet of the file a page is printed on, from 1."""
    return page - job.offset


def page_called(page: int, offset: int = 0) -> str:
    """第21页; a sheet before the first number is called by its place in the file."""
    return f"第{page}页" if page > 0 else f"PDF第{page - offset}面"


def chars_a_page(job: ProofJob) -> float:
    """版面字数 of one page, 0 when it is not known."""
    return job.layout_chars / job.pages if job.pages else 0.0
