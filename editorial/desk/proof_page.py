"""A page of a proof as a proofreader counts it: lines in reading order, without running heads."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from editorial.desk.toc_apart import body_size, set_apart
from editorial.desk.toc_folios import printed_numbers
from editorial.desk.toc_heads import second_column
from editorial.model.proof_page import TypedPage, TypeRun
from editorial.read.proof_pdf import ProofPage, TextLine
from editorial.values import dataclass

SAME_ROW = 0.6  # of the larger size: baselines of one line
SAME_WIDTH, NARROW = 0.02, 0.45  # points; of an em: narrower no Han character is set
ASCENT, DESCENT = 0.88, 0.12  # of the size: the em box about the baseline


class Row(NamedTuple):
    """A line of text, counted from 1 through both columns: left and right edge, baseline from
    the top of the page, size, column, and where its text begins and ends in that of the page."""

    number: int
    left: float
    right: float
    y: float
    size: float
    column: int
    start: int
    stop: int

    @property
    def top(self) -> float:
        return self.y - ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.y + DESCENT * self.size


class Strip(NamedTuple):
    """Words of one line and where they stand: edges from the left and top of the page."""

    left: float
    top: float
    right: float
    bottom: float
    row: Row


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of `sheet` without spaces, with the edges of each character in points; `number`
    is the one printed on it, None when there is none; `left` and `right` what is inked at all.
    `turn` is by how many quarters the sheet was turned back."""

    sheet: int
    number: int | None
    width: float
    height: float
    left: float
    right: float
    text: str
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    rows: tuple[Row, ...]
    turn: int = 0

    def row_at(self, index: int) -> Row:
        """The line a character stands on; one past the end belongs to the last."""
        starts = [row.start for row in self.rows]
        return self.rows[max(0, bisect_right(starts, min(index, len(self.text) - 1)) - 1)]

    def strips(self, start: int, stop: int) -> tuple[Strip, ...]:
        """The places of text[start:stop], one for each line it runs over."""
        return tuple(
            Strip(
                self.lefts[max(start, row.start)],
                row.top,
                self.rights[min(stop, row.stop) - 1],
                row.bottom,
                row,
            )
            for row in self.rows
            if max(start, row.start) < min(stop, row.stop)
        )

    def edge(self, index: int) -> tuple[float, Row]:
        """The left edge of the character at `index`, or the right one of the last of a line
        where words are put in at its end; with the line."""
        row = self.row_at(max(0, index - 1))
        if index == row.stop:
            return self.rights[index - 1], row
        return self.lefts[index], self.row_at(index)

    def gaps(self) -> Iterator[tuple[Row, float]]:
        """Every line with the room above it, up to the line before in its own column."""
        before: Row | None = None
        for row in self.rows:
            alone = before is None or before.column != row.column
            gap = row.size / 2 if before is None or alone else row.top - before.bottom
            yield row, min(max(gap, 0.0), row.size)
            before = row

    def under(self, left: float, top: float, right: float, bottom: float) -> tuple[int, int]:
        """From and to of the characters whose middle lies within; (0, 0) when there are none."""
        found = [
            index
            for row in self.rows
            if top <= (row.top + row.bottom) / 2 <= bottom
            for index in range(row.start, row.stop)
            if left <= (self.lefts[index] + self.rights[index]) / 2 <= right
        ]
        return (found[0], found[-1] + 1) if found else (0, 0)

    def gap_at(self, x: float, y: float) -> int | None:
        """The index before which a point lies: between two characters of the nearest line."""
        near = [row for row in self.rows if row.left - row.size <= x <= row.right + row.size]
        if not near:
            return None
        row = min(near, key=lambda row: abs(y - (row.top + row.bottom) / 2))
        if abs(y - (row.top + row.bottom) / 2) > 1.5 * row.size:
            return None
        edges = [*self.lefts[row.start : row.stop], self.rights[row.stop - 1]]
        place = min(range(len(edges)), key=lambda place: abs(edges[place] - x))
        return row.start + place


def plain(text: str) -> str:
    """Without spaces, full and half width alike: what is compared."""
    return "".join(map(_folded, "".join(text.split())))


def found_at(text: str, words: str) -> Iterator[int]:
    """Every place where the words begin, of overlapping ones too."""
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _folded(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def page_texts(pages: tuple[TypedPage, ...]) -> tuple[PageText, ...]:
    """Every page; running heads, folios and line numbers are no lines of it."""
    inner, running = set_apart(lined(pages))
    numbers = printed_numbers(running)
    size = body_size(inner)
    return tuple(
        _page_text(page, body, number, size)
        for page, body, number in zip(pages, inner, numbers, strict=True)
    )


def lined(pages: tuple[TypedPage, ...]) -> tuple[ProofPage, ...]:
    """The level lines of each page, as 读校目录 wants them."""
    return tuple(
        ProofPage(
            sheet=page.sheet,
            label=page.label,
            width=page.width,
            height=page.height,
            lines=tuple(_line(run) for run in page.runs if run.turn == 0),
        )
        for page in pages
    )


def _line(run: TypeRun) -> TextLine:
    return TextLine(run.x, run.right, run.y, run.size, run.text)


def _page_text(page: TypedPage, body: ProofPage, number: str, size: float) -> PageText:
    kept = set(body.lines)
    middle = second_column(body, size)
    runs = [run for run in page.runs if run.turn == 0 and _line(run) in kept]
    text, lefts, rights, rows = "", list[float](), list[float](), list[Row]()
    for column, row in _rows(runs, middle):
        start = len(text)
        for char, left, right in _spread(row):
            text += char
            lefts.append(left)
            rights.append(right)
        base = max(row, key=lambda run: (run.size, len(run.text)))
        edges = min(run.x for run in row), max(run.right for run in row)
        rows.append(Row(len(rows) + 1, *edges, base.y, base.size, column, start, len(text)))
    reach = [edge for run in page.runs for edge in _sides(run, page)] or [0.0, page.width]
    return PageText(
        sheet=page.sheet,
        number=int(number) if number.isdecimal() else None,
        width=page.width,
        height=page.height,
        left=min(reach),
        right=max(reach),
        text=text,
        lefts=tuple(lefts),
        rights=tuple(rights),
        rows=tuple(rows),
        turn=page.turn,
    )


def _spread(row: list[TypeRun]) -> Iterator[tuple[str, float, float]]:
    """The characters of a line and their edges. Those told by one /ActualText have boxes of one
    width, side by side from where the first stands: they are spread over the room they have."""
    cells = [
        (char, left, right, run.size)
        for run in row
        for char, left, right in zip(run.text, run.lefts, run.rights, strict=True)
        if not char.isspace()
    ]
    at = 0
    while at < len(cells):
        stop = _evened(cells, at)
        if stop - at < 2:
            yield cells[at][:3]
            at += 1
            continue
        left, own = cells[at][1], [_ems(char) for char, *_ in cells[at:stop]]
        room = sum(own) * cells[at][3]
        if stop < len(cells):
            room = max(cells[stop - 1][2] - left, cells[stop][1] - left)
        for (char, *_), ems in zip(cells[at:stop], own, strict=True):
            right = left + room * ems / sum(own)
            yield char, left, right
            left = right
        at = stop


def _evened(cells: list[tuple[str, float, float, float]], start: int) -> int:
    """Where a row of characters of one width ends that would not be of one width."""
    width = cells[start][2] - cells[start][1]
    stop = start
    while stop < len(cells) and abs(cells[stop][2] - cells[stop][1] - width) < SAME_WIDTH:
        stop += 1
    own = {_ems(char) for char, *_ in cells[start:stop]}
    narrow = 1.0 in own and width < NARROW * cells[start][3]
    return stop if len(own) > 1 or narrow else start


def _ems(char: str) -> float:
    return 0.5 if char.isascii() else 1.0


def _sides(run: TypeRun, page: TypedPage) -> tuple[float, float]:
    """Left and right of what a run inks, turned or not."""
    high, low = run.y - run.size, run.y + run.size
    match run.turn:
        case 1:
            return high, low
        case 2:
            return page.width - run.right, page.width - run.x
        case 3:
            return page.width - low, page.width - high
        case _:
            return run.x, run.right


def _rows(runs: list[TypeRun], middle: float) -> Iterator[tuple[int, list[TypeRun]]]:
    """Lines of the left column from the top, then those of the right one."""
    for column in (0, 1):
        held: list[TypeRun] = []
        own = [run for run in runs if int(run.x >= middle) == column]
        for run in sorted(own, key=lambda run: run.y):
            if held and run.y - held[0].y > SAME_ROW * min(held[0].size, run.size):
                yield column, _across(held)
                held = []
            held.append(run)
        if held:
            yield column, _across(held)


def _across(runs: list[TypeRun]) -> list[TypeRun]:
    return sorted(runs, key=lambda run: run.x)


def line_number(page: PageText, column: int, line: int) -> int:
    """The line counted through both columns of the one `line` of a column (0 left, 1 right)."""
    before = sum(row.column < column for row in page.rows)
    return line + before


def offset_of(pages: tuple[PageText, ...]) -> int:
    """What is added to the number of a sheet to have the one printed on most pages."""
    steps = [page.number - page.sheet for page in pages if page.number is not None]
    return max(sorted(set(steps)), key=steps.count, default=0)
