"""Tables without lines between cells: their columns, told by the gaps most rows have, and which
line goes on in the row above.

Nothing but the gaps tells columns in narrow tables, whose rows stand no further apart than lines.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from editorial.model.page_rules import part_of
from editorial.model.proof_page import TypeRun

CLOSE = 0.4  # ems, at least, between cells
FEW = 3  # columns of a table, of which one may be empty
LEAST = 2  # rows with all cells: so many may be left on the next page
SPACE = 0.15  # ems between cells where columns meet
SHARE = 0.15  # of all lines, at least
OFTEN = 0.5  # of as many as have fewer cells: these may stand so close that they look like one
OVER = 0.2  # of these may stand over the edge of a column
FIRST_HAN, MOST_APART = "\u2e80", 2.0  # ems between characters drawn apart
NEAR = 1.0  # ems from the edge of a column within which a gap parts its cells
_FIGURES = re.compile(r"[\d.,%‰+\-—–…]+")
# What is not parted at the end of a line: a word, a number, a sign with its brackets.
_UNIT = re.compile(r"[（(“《〔【]*\s*(?:[A-Za-z0-9.,]+|.)\s*[）)”》〕】、，。；：%％‰℃]*")


class Line(NamedTuple):
    """Runs that stand as one line in a cell."""

    x: float
    right: float
    y: float
    size: float
    runs: list[TypeRun]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def line_of(runs: list[TypeRun]) -> Line:
    return Line(runs[0].x, max(run.right for run in runs), runs[0].y, runs[0].size, runs)


class _Word(NamedTuple):
    x: float
    right: float
    alone: bool


def column_edges(rows: Sequence[Sequence[TypeRun]]) -> list[float]:
    """Where columns meet, told by the rows that have as many cells as most; [] if they do not
    stand below each other."""
    parted = [list(_words(row)) for row in rows]
    counts = Counter(len(row) for row in parted if len(row) >= FEW)
    often = max(LEAST, SHARE * len(rows), OFTEN * max(counts.values(), default=0))
    usual = max((count for count, number in counts.items() if number >= often), default=0)
    if not usual:
        return []
    whole = [row for row in parted if len(row) == usual]
    edges = []
    for left, right in pairwise(zip(*whole, strict=True)):
        over, low, high = _between([word.right for word in left], [word.x for word in right])
        if over > OVER * len(whole):
            return []
        edges.append(_edge(low, high, [run for row in rows for run in row]))
    return edges if edges == sorted(edges) else []


def _gaps(run: TypeRun, least: float = CLOSE) -> list[int]:
    """Indices of the characters after a gap of so many ems, wide enough to part two cells."""
    return [
        at
        for at in range(1, len(run.lefts))
        if run.text[at] != " " and run.lefts[at] - _before(run, at) > least * run.size
    ]


def _words(row: Sequence[TypeRun]) -> Iterator[_Word]:
    """What stands together on a line: single Han characters were drawn apart to fill a cell."""
    held: _Word | None = None
    for run in row:
        for part in _parts(run, _gaps(run)):
            alone = len(part.text) == 1 and part.text >= FIRST_HAN
            if held and alone and held.alone and part.x - held.right < MOST_APART * run.size:
                held = held._replace(right=part.right)
                continue
            if held:
                yield held
            held = _Word(part.x, part.right, alone)
    if held:
        yield held


def _before(run: TypeRun, at: int) -> float:
    """The right edge of the character before, not of a space."""
    return run.rights[at - 1] if run.text[at - 1] != " " else run.lefts[at - 1]


def _parts(run: TypeRun, starts: Sequence[int]) -> Iterator[TypeRun]:
    ends = [*starts, len(run.text)]
    yield from (part_of(run, a, b) for a, b in pairwise([0, *ends])) if starts else (run,)


def _between(rights: Sequence[float], lefts: Sequence[float]) -> tuple[int, float, float]:
    """The gap between two columns that fewest cells stand over, and how many these are."""
    places = sorted({*rights, *lefts})
    found = [(len(rights), 0.0, places[0], places[-1])]
    for low, high in pairwise(places):
        middle = (low + high) / 2
        over = sum(x > middle for x in rights) + sum(x < middle for x in lefts)
        found.append((over, low - high, low, high))
    over, _, low, high = min(found)
    return over, low, high


def _edge(low: float, high: float, runs: Sequence[TypeRun]) -> float:
    """Where in a gap least stands, heads too: these may be wider than what is below them."""
    runs = [run for run in runs if run.x < high and low < run.right]
    places = {low, high, *(x for run in runs for x in (*run.lefts, *run.rights) if low < x < high)}
    found = []
    for left, right in pairwise(sorted(places)):
        middle = (left + right) / 2
        over = [run for run in runs if run.x < middle < run.right]
        chars = sum(
            a < middle < b for run in over for a, b in zip(run.lefts, run.rights, strict=True)
        )
        found.append((chars, len(over), left - right, middle))
    return min(found)[-1]


def in_columns(row: Sequence[TypeRun], edges: Sequence[float]) -> dict[int, Line]:
    """What stands on one line, by column; a run that goes over an edge is cut there."""
    held: dict[int, list[TypeRun]] = {}
    for run in row:
        for part in _parts(run, _cuts(run, edges)):
            held.setdefault(bisect(edges, (part.x + part.right) / 2), []).append(part)
    return {at: line_of(held[at]) for at in sorted(held)}


def _cuts(run: TypeRun, edges: Sequence[float]) -> list[int]:
    """Where a run is cut: at the gap next to an edge; figures that fill two cells, at the edge."""
    gaps = _gaps(run, SPACE)
    cuts = set()
    for edge in edges:
        if not run.x < edge < run.right:
            continue
        near = [at for at in gaps if _before(run, at) - NEAR * run.size < edge]
        near = [at for at in near if edge < run.lefts[at] + NEAR * run.size]
        if near:
            cuts.add(min(near, key=lambda at: abs(_before(run, at) + run.lefts[at] - 2 * edge)))
        elif _FIGURES.fullmatch(run.text.replace(" ", "")):
            middles = (left + right for left, right in zip(run.lefts, run.rights, strict=True))
            cuts.add(sum(middle < 2 * edge for middle in middles))
    return sorted(cuts - {0, len(run.text)})


def whole(row: dict[int, Line], edges: Sequence[float]) -> bool:
    """Whether a line has all cells of a row, but one at most if it has the first."""
    return len(row) >= (len(edges) if 0 in row else len(edges) + 1)


def row_step(rows: Sequence[dict[int, Line]], edges: Sequence[float]) -> float:
    """The usual step from a line to a row with all cells below it."""
    pairs = pairwise(map(_first, rows))
    steps = [
        low.y - above.y
        for (above, low), row in zip(pairs, rows[1:], strict=True)
        if whole(row, edges)
    ]
    return median(steps or [0.0])


def _first(row: dict[int, Line]) -> Line:
    return row[min(row)]


def grid_cells(
    rows: Sequence[dict[int, Line]], edges: Sequence[float], step: float
) -> list[list[Line]]:
    """The cells of a table, each a list of its lines. A line that is no whole row goes on in the
    row above, no further than `step`, if what it begins with had no room there."""
    widths = _widths(rows, edges)
    cells: list[list[Line]] = []
    held: dict[int, list[Line]] = {}
    bottom = 0.0
    for row in rows:
        far = _first(row).y - bottom > step
        bottom = _first(row).y
        if far or whole(row, edges) or not _goes_on(row, held, widths):
            held = {}
        for column, line in row.items():
            if column in held:
                held[column].append(line)
            else:
                held[column] = [line]
                cells.append(held[column])
    return cells


def _widths(rows: Sequence[dict[int, Line]], edges: Sequence[float]) -> list[float]:
    """The widest of each column, without what goes over its edges: a caption, a head of two."""
    widths = [0.0] * (len(edges) + 1)
    ends = [float("-inf"), *edges, float("inf")]
    for row in rows:
        for at, line in row.items():
            if ends[at] - line.size < line.x and line.right < ends[at + 1] + line.size:
                widths[at] = max(widths[at], line.right - line.x)
    return widths


def _goes_on(row: dict[int, Line], held: dict[int, list[Line]], widths: Sequence[float]) -> bool:
    pairs = [(held[at][-1], line, widths[at]) for at, line in row.items() if at in held]
    if any(_FIGURES.fullmatch(a.text) and _FIGURES.fullmatch(b.text) for a, b, _ in pairs):
        return False
    return any(above.right - above.x + _unit(line) > width for above, line, width in pairs)


def _unit(line: Line) -> float:
    """The width of what a line begins with and cannot do without."""
    run = line.runs[0]
    found = _UNIT.match(run.text)
    return run.rights[found.end() - 1] - run.x if found else run.size
