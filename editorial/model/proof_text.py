"""The text of a proof as one stream of characters, each knowing where it stands.

First the text of all pages, then the tables across columns of all pages, then the notes: what
floats to another page or column when lines break anew stays together. Spaces, hyphens at the
ends of lines, leaders before page numbers are left out of the stream.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections import ChainMap, Counter
from collections.abc import Iterable, Mapping
from dataclasses import field

from editorial.model.folding import HYPHENS, folded
from editorial.model.page_breaks import rejoined
from editorial.model.page_lists import page_numbers
from editorial.model.page_margins import Running, set_apart
from editorial.model.page_order import reading_orders, text_size
from editorial.model.proof_page import Box, TypedProof, TypeRun
from editorial.values import dataclass

_LEADERS = re.compile(r"([.·…⋯‥]{5,})(\d{1,4}|[ivxlc]{1,6})(?![\d.])")
_INDEXED = re.compile(r"(?<!\d)\d{1,4}[a-d](?:[、，,；;] ?\d{1,4}[a-d])*[、，,；;]?$")
CIRCLED = re.compile("[①-⓿㉑-㉟㊱-㊿❶-➓]")
MARK = 0.72  # of the size of the text: digits so small number notes
FEW_NUMBERS = 5  # digits of page numbers on a page of a table of contents
FEW, INDEXED = 8, 0.2  # lines of a page, at least, and share of its runs, that end so
_COMPOUND = re.compile(r"(?<![A-Za-z-])[A-Za-z]+-[A-Za-z]+(?![A-Za-z-])")
_LAST_WORD, _FIRST_WORD = re.compile(r"[A-Za-z]+$"), re.compile(r"[A-Za-z]+")
SAME_SIZE, NEXT_LINE = 0.95, 2.6  # type of lines that go on below each other, and their step
DESCENT = 0.2  # of the size: how far a line reaches below its baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofText:
    """`text` folded; character `i` is `runs[run_of[i]].text[spot_of[i]]` on `sheets[run_of[i]]`.

    `soft`: a hyphen that broke a word at the end of a line was left out before these; `numbers`:
    page numbers in a table of contents; `marks`: numbers of notes; `turned`: quarter turns, width
    and height of the sheets that were turned back to be read.
    """

    text: str
    run_of: array[int]
    spot_of: array[int]
    runs: tuple[TypeRun, ...]
    sheets: tuple[int, ...]
    soft: frozenset[int]
    numbers: frozenset[int]
    marks: frozenset[int]
    running: tuple[Running, ...]
    labels: tuple[str, ...]
    maker: str = ""
    empty: tuple[int, ...] = field(default=())
    turned: Mapping[int, tuple[int, float, float]] = field(default_factory=dict)


def proof_text(proof: TypedProof) -> ProofText:
    """The stream of a proof; pages without text are numbered in `empty` if anything is on them."""
    inner, running = set_apart(proof.pages)
    size = text_size(inner)
    orders = reading_orders(inner, size)
    sheets = [page.sheet for page in inner]
    placed = [
        (sheet, run)
        for parts in zip(*((read.body, read.floats, read.notes) for read in orders), strict=True)
        for sheet, runs in zip(sheets, parts, strict=True)
        for run in runs
    ]
    cells = dict(ChainMap(*(dict(read.cells) for read in orders)))
    placed = rejoined(placed, cells)
    compounds = {word for _, run in placed for word in _COMPOUND.findall(run.text)}
    stream = _Stream(size, compounds)
    for sheet, run in placed:
        stream.add(sheet, run)
    stream.mark_index()
    stream.mark(page_numbers(placed, cells, len(proof.pages)))
    stream.drop_leaders()
    return ProofText(
        text="".join(stream.chars),
        run_of=stream.run_of,
        spot_of=stream.spot_of,
        runs=tuple(run for _, run in placed),
        sheets=tuple(sheet for sheet, _ in placed),
        soft=frozenset(stream.soft),
        numbers=frozenset(stream.numbers),
        marks=frozenset(stream.marks()),
        running=running,
        labels=tuple(page.label for page in proof.pages),
        maker=proof.maker,
        empty=tuple(page.sheet for page in proof.pages if not page.runs and page.pictured),
        turned={
            page.sheet: (page.turn, page.width, page.height) for page in proof.pages if page.turn
        },
    )


class _Stream:
    """A stream in the making."""

    def __init__(self, size: float, compounds: set[str]) -> None:
        self.size = size
        self.compounds = compounds
        self.chars: list[str] = []
        self.run_of: array[int] = array("l")
        self.spot_of: array[int] = array("l")
        self.soft: set[int] = set()
        self.numbers: set[int] = set()
        self.raised: set[int] = set()
        self.lines: list[str] = []
        self.sheets: list[int] = []
        self.last: tuple[int, TypeRun] | None = None
        self.count = 0

    def add(self, sheet: int, run: TypeRun) -> None:
        if self.last and self._broken(self.last, (sheet, run)):
            for column in (self.chars, self.run_of, self.spot_of):
                column.pop()
            self.soft.add(len(self.chars))
        raised = set(range(len(run.text)) if run.size < MARK * self.size else run.raised)
        for spot, char in enumerate(run.text):
            plain = folded(char)
            if unicodedata.combining(char) and self.chars:
                whole = unicodedata.normalize("NFC", self.chars[-1] + char)
                if len(whole) == 1:
                    self.chars[-1] = whole
                    continue
            if spot in raised and char.isdigit():
                self.raised.add(len(self.chars))
            for each in plain:
                self.chars.append(each)
                self.run_of.append(self.count)
                self.spot_of.append(spot)
        self.count += 1
        self.lines.append(run.text)
        self.sheets.append(sheet)
        self.last = (sheet, run)

    def _broken(self, last: tuple[int, TypeRun], now: tuple[int, TypeRun]) -> bool:
        """Whether the line before ended within a word, with a hyphen."""
        (sheet, before), (sheet2, run) = last, now
        if len(self.chars) < 2 or self.chars[-1] not in HYPHENS or not _latin(self.chars[-2]):
            return False
        same_row = sheet == sheet2 and before.y == run.y and run.x > before.right
        if same_row or before.text[-1] not in HYPHENS or not _latin(run.text[0]):
            return False
        head, tail = _LAST_WORD.search(before.text[:-1]), _FIRST_WORD.match(run.text)
        own = head and tail and f"{head[0]}-{tail[0]}" in self.compounds
        return not own  # Wi-Fi has a hyphen of its own

    def mark_index(self) -> None:
        """Pages most of whose lines end as those of an index do: 43a."""
        ends = [
            match and match.span() for match in map(_INDEXED.search, map(str.rstrip, self.lines))
        ]
        told = Counter(sheet for sheet, end in zip(self.sheets, ends, strict=True) if end)
        whole = Counter(self.sheets)
        pages = {n for n in told if told[n] >= max(FEW, INDEXED * whole[n])}
        numbered = {
            run: end[0]
            for run, (sheet, end) in enumerate(zip(self.sheets, ends, strict=True))
            if end and sheet in pages
        }
        for at, run in enumerate(self.run_of):
            if run in numbered and self.spot_of[at] >= numbered[run]:
                self.numbers.add(at)

    def mark(self, numbers: set[int]) -> None:
        """Runs that are page numbers."""
        self.numbers.update(at for at, run in enumerate(self.run_of) if run in numbers)

    def drop_leaders(self) -> None:
        text = "".join(self.chars)
        found = list(_LEADERS.finditer(text))
        for match in reversed(found):
            start, stop = match.span(1)
            for column in (self.chars, self.run_of, self.spot_of):
                del column[start:stop]
            for places in (self.soft, self.raised, self.numbers):
                moved = {at - (stop - start) if at >= stop else at for at in places}
                places.clear()
                places.update(moved)
        gone = 0
        for match in found:
            gone += len(match[1])
            self.numbers.update(range(match.start(2) - gone, match.end(2) - gone))

    def marks(self) -> Iterable[int]:
        text = "".join(self.chars)
        return self.raised.union(match.start() for match in CIRCLED.finditer(text))


def _latin(char: str) -> bool:
    return char.isalpha() and char < "\u0250"


def contents_sheets(proof: ProofText) -> set[int]:
    """Sheets a table of contents stands on, or an index."""
    told = Counter(sheet_at(proof, at) for at in proof.numbers)
    return {sheet for sheet, count in told.items() if count >= FEW_NUMBERS}


def line_starts(proof: ProofText) -> set[int]:
    """Characters a line begins with."""
    numbers = proof.run_of
    return {at for at in range(len(numbers)) if not at or numbers[at] != numbers[at - 1]}


def flowing(proof: ProofText) -> set[int]:
    """Characters a line begins with that goes on right below the one before."""
    return {at for at in line_starts(proof) if flows_on(proof, at)}


def flows_on(proof: ProofText, at: int) -> bool:
    """Whether the line that begins with this character goes on right below the one before, in
    type of the same size: what stands apart (columns, notes, tables, heads) does not."""
    number = proof.run_of[at]
    if not at or proof.sheets[number] != proof.sheets[proof.run_of[at - 1]]:
        return False
    above, run = proof.runs[proof.run_of[at - 1]], proof.runs[number]
    step, size = run.y - above.y, max(run.size, above.size)
    shared = min(run.right, above.right) - max(run.x, above.x)
    narrower = min(run.right - run.x, above.right - above.x)
    return (
        SAME_SIZE * size <= min(run.size, above.size)
        and 0 < step <= NEXT_LINE * size
        and shared >= narrower / 2
    )


def sheet_at(proof: ProofText, at: int) -> int:
    """The sheet the character stands on; of one past the end, the last."""
    if not proof.text:
        return 1
    return proof.sheets[proof.run_of[min(max(at, 0), len(proof.text) - 1)]]


def told(proof: ProofText, start: int, stop: int) -> str:
    """Characters [start, stop) as the proof has them, spaces between words kept."""
    out: list[str] = []
    last: tuple[int, int] | None = None
    for at in range(start, stop):
        place = proof.run_of[at], proof.spot_of[at]
        if place == last:  # the second letter of a ligature
            continue
        text = proof.runs[place[0]].text
        if out and at not in proof.soft and _spaced(proof, at, last, place):
            out.append(" ")
        char = text[place[1]]
        out.append(proof.text[at] if char in HYPHENS else char)
        last = place
    return "".join(out)


def _spaced(
    proof: ProofText, at: int, last: tuple[int, int] | None, place: tuple[int, int]
) -> bool:
    """Whether there was a space: between words of letters also where a line ends; numbers go on
    in the next."""
    if last is None:
        return False
    run, spot = place
    before, after = proof.runs[last[0]].text[last[1]], proof.runs[run].text[spot]
    if not (before.isascii() and after.isascii()):
        return False
    if last[0] == run:
        return " " in proof.runs[run].text[last[1] + 1 : spot]
    if before.isdigit() and after.isdigit():
        return not flows_on(proof, at)
    return before not in HYPHENS and before.isalnum() and after.isalnum()


def boxes(proof: ProofText, start: int, stop: int) -> tuple[Box, ...]:
    """Where characters [start, stop) stand, a box a line; of none, a thin one between two."""
    if not proof.text:
        return ()
    if start >= stop:
        at = min(start, len(proof.text) - 1)
        run, spot = proof.runs[proof.run_of[at]], proof.spot_of[at]
        x = run.lefts[spot] if at == start else run.rights[spot]
        return (_box(proof, proof.run_of[at], x, x),)
    found = []
    first = start
    while first < stop:
        number = proof.run_of[first]
        last = bisect_right(proof.run_of, number, first, stop) - 1
        run = proof.runs[number]
        left, right = run.lefts[proof.spot_of[first]], run.rights[proof.spot_of[last]]
        found.append(_box(proof, number, left, right))
        first = last + 1
    return tuple(found)


def _box(proof: ProofText, number: int, left: float, right: float) -> Box:
    """The place as it is on the sheet before that was turned."""
    run, sheet = proof.runs[number], proof.sheets[number]
    top, size = run.y - (1 - DESCENT) * run.size, run.size
    turn, width, height = proof.turned.get(sheet, (0, 0.0, 0.0))
    match turn:
        case 1:
            return Box(sheet, top, width - right, size, right - left)
        case 2:
            return Box(sheet, width - right, height - top - size, right - left, size)
        case 3:
            return Box(sheet, height - top - size, left, size, right - left)
        case _:
            return Box(sheet, left, top, right - left, size)
