"""A correction put where it belongs on the proof: line, words before and after, section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from editorial.desk.proof_page import (
    PageText,
    found_at,
    line_number,
    offset_of,
    page_texts,
    plain,
)
from editorial.errors import BadData, Problem
from editorial.model.proof_signs import OF_WORDS
from editorial.model.proof_typing import Entry
from editorial.model.proofs import Correction, ProofJob, asked_page, page_called, pages_called
from editorial.read.proof_pages import read_pages
from editorial.read.proof_type import read_type
from editorial.values import dataclass

ABOUT = 12  # characters kept before and after
SHOWN = 6
NEAR_LINES = 1
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Ground:
    """The proof to place on: its pages that were read, in order; how many there are; and what
    is added to a sheet's number."""

    pages: tuple[PageText, ...]
    offset: int
    count: int

    def page(self, number: int) -> PageText | None:
        """By the number printed on it."""
        return self.sheet(number - self.offset)

    def sheet(self, sheet: int) -> PageText | None:
        return next((page for page in self.pages if page.sheet == sheet), None)


@dataclass(frozen=True, slots=True)
class Spot:
    """Words on a page: from and to in its text; equal for a gap."""

    page: PageText
    start: int
    stop: int


def read_ground(
    path: Path, offset: int | None = None, numbers: Iterable[int] | None = None
) -> Ground:
    """The whole proof, or the pages bearing `numbers`. EditorialError for what is no PDF with
    text."""
    if offset is not None and numbers is not None:
        some, count = read_pages(path, {number - offset for number in numbers})
        return Ground(page_texts(some), offset, count)
    pages = page_texts(read_type(path).pages)
    return Ground(pages, offset_of(pages) if offset is None else offset, len(pages))


def placed(
    ground: Ground, entries: Iterable[Entry], name: str, section_of: Callable[[Spot], str]
) -> tuple[Correction, ...]:
    """All of them, or BadData with every one that has no place of its own."""
    found: list[Correction] = []
    problems: list[Problem] = []
    for entry in entries:
        spot = find_spot(ground, entry)
        if isinstance(spot, str):
            problems.append(Problem(file=name, key=entry.where, message=spot))
        else:
            found.append(_filled(ground, entry.correction, spot, section_of))
    if problems:
        hint = "改后再录；同页有几处的，写行号，或连前后文写：21.15 前文[甲>乙]后文"
        raise BadData(tuple(problems), hint=hint)
    return tuple(found)


def by_page(job: ProofJob, entries: Sequence[Entry], name: str) -> tuple[Correction, ...]:
    """Those for a proof without text, as they were typed; BadData with every one that needs it."""
    unread = "这份校样是扫描的" if job.scanned else "这次出样没有能对照的 PDF"
    problems = tuple(
        Problem(
            file=name,
            key=each.where,
            message=f"{unread}，行号不能按栏写" if each.side else f"没有写页码，{unread}",
        )
        for each in entries
        if each.side or not (each.correction.page or each.sheet)
    )
    if problems:
        raise BadData(problems, hint="每处写明页码；行号自版心第一行数起，各栏接着数")
    return tuple(replace(each.correction, page=page_of(job, each)) for each in entries)


def page_of(job: ProofJob, entry: Entry) -> int:
    """The page an entry names, by its number or as a sheet of the file."""
    return entry.correction.page or entry.sheet + job.offset


def find_spot(ground: Ground, entry: Entry) -> Spot | PageText | str:
    """The words; the page alone where no words were given; or why there is none."""
    correction = entry.correction
    if entry.sheet and entry.start is not None:
        start, stop = entry.start, entry.stop or entry.start
        page = ground.sheet(entry.sheet)
        assert page is not None  # it was found there
        return Spot(page, start, stop)
    if not (entry.sheet or correction.page):
        return _anywhere(ground, entry)
    number = correction.page or entry.sheet + ground.offset
    page = ground.page(number)
    if page is None:
        there = range(1 + ground.offset, ground.count + ground.offset + 1)
        asked = asked_page(correction.page, entry.sheet)
        return f"没有{asked}，这份校样是{pages_called(there, ground.offset)}"
    if not (_words(correction) or correction.before or correction.after):
        return page
    return _on(page, entry, page_called(number, ground.offset))


def _words(correction: Correction) -> str:
    return plain(correction.old)


def _anywhere(ground: Ground, entry: Entry) -> Spot | str:
    spots = [spot for page in ground.pages for spot in _spots(page, entry.correction)]
    if len(spots) == 1:
        return spots[0]
    words = entry.correction.old or entry.correction.before
    if not spots:
        return f"校样上没有“{words}”"
    pages = sorted({spot.page.sheet + ground.offset for spot in spots})
    where = pages_called(pages[:SHOWN], ground.offset)
    return (
        f"“{words}”校样上有{len(spots)}处（{where}{'……' if len(pages) > SHOWN else ''}），请写页码"
    )


def _spots(page: PageText, correction: Correction) -> Iterator[Spot]:
    """Where the words stand between what is said to be before and after them."""
    before, old, after = (
        plain(each) for each in (correction.before, correction.old, correction.after)
    )
    for at in found_at(plain(page.text), before + old + after):
        start = at + len(before)
        yield Spot(page, start, start + len(old))


def _on(page: PageText, entry: Entry, where: str) -> Spot | str:
    correction = entry.correction
    line = correction.line
    if line and entry.side:
        line = line_number(page, int(entry.side == "右"), line)
    spots = list(_spots(page, correction))
    if len(spots) > 1 and line:
        spots = _near(spots, line) or spots
    if len(spots) == 1:
        return spots[0]
    words = f"{correction.before}{correction.old}{correction.after}"
    if not spots:
        return f"{where}没有“{words}”{_nearest(page, words)}"
    lines = sorted({spot.page.row_at(spot.start).number for spot in spots})
    told = "、".join(map(str, lines))
    many = "请连前后文写" if len(lines) == 1 else "请写行号"
    return f"{where}有{len(spots)}处“{words}”（第{told}行），{many}"


def spot_of(ground: Ground, correction: Correction) -> Spot | None:
    """Where a recorded correction stands; None when it has no place of its own."""
    page = ground.page(correction.page)
    if page is None or not (correction.old or correction.before or correction.after):
        return None
    spots = list(_spots(page, correction))
    return min(
        spots, key=lambda s: abs(page.row_at(s.start).number - correction.line), default=None
    )


def _near(spots: list[Spot], line: int) -> list[Spot]:
    """Those on the line itself, else on the one before or after: people miscount."""
    for far in range(NEAR_LINES + 1):
        own = [s for s in spots if abs(s.page.row_at(s.start).number - line) == far]
        if own:
            return own
    return []


def _nearest(page: PageText, words: str) -> str:
    """The words most like those asked for, on the page."""
    wanted = plain(words)
    text = plain(page.text)
    best, found = (ALIKE, 0), -1
    matcher = SequenceMatcher(None, "", wanted, autojunk=False)
    for start in range(max(0, len(text) - len(wanted)) + 1):
        part = text[start : start + len(wanted)]
        if len(set(part) & set(wanted)) * 3 < len(set(wanted)):
            continue
        matcher.set_seq1(part)
        if matcher.quick_ratio() >= best[0]:
            near = matcher.ratio(), sum(a == b for a, b in zip(part, wanted, strict=False))
            if near > best:
                best, found = near, start
    if found < 0:
        return ""
    row = page.row_at(found).number
    return f"；最相近的是第{row}行“{page.text[found : found + len(wanted)]}”"


def _filled(
    ground: Ground,
    correction: Correction,
    spot: Spot | PageText,
    section_of: Callable[[Spot], str],
) -> Correction:
    if isinstance(spot, PageText):
        return replace(correction, page=spot.sheet + ground.offset)
    page, start, stop = spot.page, spot.start, spot.stop
    row = page.row_at(start if stop > start else max(0, start - 1))
    old = page.text[start:stop] if correction.old else ""
    kept = correction.mark not in OF_WORDS or correction.old == correction.new
    return replace(
        correction,
        page=page.sheet + ground.offset,
        line=row.number,
        old=_spaced(old, correction.old),
        new=_spaced(old, correction.old) if kept and correction.old else correction.new,
        before=page.text[max(0, start - ABOUT) : start],
        after=page.text[stop : stop + ABOUT],
        section=correction.section or section_of(spot),
    )


def _spaced(found: str, given: str) -> str:
    """As it stands on the proof; as it was typed where only spaces differ."""
    return given if "".join(given.split()) == found else found
