"""校样: one pass over a set of sections, with its corrections; repeatable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date

from editorial.model.labels import Cause, ProofState, RedState
from editorial.model.volume import Source, Step, from_file
from editorial.values import dataclass

_PAGE = re.compile(r"(?P<sheet>PDF)?\s*第?\s*(?P<number>[0-9]+)\s*[页面]?", re.IGNORECASE)


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
    of which is 1; those before page 1 count down, 0, -1, and are shown as sheets of the file.
    `stored` tells that the file is kept in git beside the record; a large one lies under out/, and
    its `sha256` tells it. `scanned`: it has no text. `compared` is the sha256 of the next proof it
    was last checked against, `unasked` what was changed there besides.
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


def page_called(page: int, offset: int) -> str:
    """第21页; a sheet before page 1 is called by its place in the file: PDF第3面."""
    return pages_called((page,), offset)


def pages_called(pages: Iterable[int], offset: int) -> str:
    """PDF第1至8面、第1至3、7页 of sorted pages."""
    every = tuple(pages)
    front = [page - offset for page in every if page <= 0]
    text = [page for page in every if page > 0]
    told = (f"PDF第{_runs(front)}面" if front else "", f"第{_runs(text)}页" if text else "")
    return "、".join(each for each in told if each)


def portion_pages(job: ProofJob, portion: Portion) -> str:
    """第21至40页."""
    return pages_called(range(portion.first, portion.last + 1), job.offset)


def page_mark(page: int, offset: int) -> str:
    """What stands for a page in a table, and is read again by `typed_page`: 21, PDF3."""
    return str(page) if page > 0 else f"PDF{page - offset}"


def asked_page(page: int, sheet: int) -> str:
    """As somebody typed it, whether the proof has it or not."""
    return f"PDF第{sheet}面" if sheet else f"第{page}页"


def typed_page(text: str) -> tuple[int, bool] | None:
    """21, 第21页; PDF3, PDF第3面: the number, and whether it is that of a sheet."""
    found = _PAGE.fullmatch(text.strip())
    return (int(found["number"]), bool(found["sheet"])) if found else None


def _runs(numbers: Sequence[int]) -> str:
    """1至3、7 of sorted numbers."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(f"{a}至{b}" if a < b else f"{a}" for a, b in runs)


def chars_a_page(job: ProofJob) -> float:
    """版面字数 of one page, 0 when it is not known."""
    return job.layout_chars / job.pages if job.pages else 0.0
