"""The rules of a table: heavy top and foot, thin under the header, fine between columns.

Open sides, and no rules between rows of single lines, but between groups of them: what
GB/T 7713 calls 三线表, with the column rules yearbooks add.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from editorial.render.pdf.items import Rules, Stroke
from editorial.render.pdf.panel import Panel
from editorial.values import dataclass

HEAVY, THIN, FINE = 1.0, 0.4, 0.25
FINE_GREY = 0.5


@dataclass(slots=True, kw_only=True)
class Stretch:
    """The part of a table in one column: its rows, or pieces of them, with top and bottom."""

    rows: list[tuple[int, float, float]] = field(default_factory=list)


def rules_of(panel: Panel, stretch: Stretch, x: float, *, ruled: bool) -> Iterator[Rules]:
    """All rules of a stretch; `ruled`: every row is parted from the next by one, and not only
    groups of rows. A plain table has none."""
    if not stretch.rows or panel.cells.plain:
        return
    left, right = x, x + panel.edges[-1]
    ends = (stretch.rows[0][1], stretch.rows[-1][2])
    yield Rules(strokes=tuple((left, y, right, y) for y in ends), weight=HEAVY)
    thin = [(left, y, right, y) for y in _under_header(panel, stretch)]
    thin += _within_header(panel, stretch, x)
    if thin:
        yield Rules(strokes=tuple(thin), weight=THIN)
    fine = [*_upright(panel, stretch, x)]
    if ruled or panel.cells.owners:
        fine += _between_rows(panel, stretch, x, every=ruled)
    if fine:
        yield Rules(strokes=tuple(fine), weight=FINE, grey=FINE_GREY)


def _under_header(panel: Panel, stretch: Stretch) -> Iterator[float]:
    header = panel.cells.header
    for (above, _, bottom), (below, _, _) in _neighbours(stretch):
        if above < header <= below:
            yield bottom


def _neighbours(
    stretch: Stretch,
) -> zip[tuple[tuple[int, float, float], tuple[int, float, float]]]:
    return zip(stretch.rows, stretch.rows[1:], strict=False)


def _within_header(panel: Panel, stretch: Stretch, x: float) -> Iterator[Stroke]:
    for (_, _, bottom), (below, _, _) in _neighbours(stretch):
        if below < panel.cells.header:
            yield from _across(panel, _parted(panel, below), x, bottom)


def _between_rows(panel: Panel, stretch: Stretch, x: float, *, every: bool) -> Iterator[Stroke]:
    for (above, _, bottom), (below, _, _) in _neighbours(stretch):
        if above >= panel.cells.header:
            parted = [*_parted(panel, below)]
            shown = parted if every or _ends_group(panel, below, parted) else _merged(panel, below)
            yield from _across(panel, shown, x, bottom)


def _across(panel: Panel, runs: Iterable[tuple[int, int]], x: float, y: float) -> Iterator[Stroke]:
    for first, stop in runs:
        yield x + panel.edges[first], y, x + panel.edges[stop], y


def _parted(panel: Panel, below: int) -> Iterable[tuple[int, int]]:
    """Ranges of columns where no cell crosses into row `below`."""
    owners = panel.cells.owners
    if not owners:
        return ((0, panel.cells.columns),)
    upper, lower = owners[below - 1], owners[below]
    return _runs([one != other for one, other in zip(upper, lower, strict=True)])


def _ends_group(panel: Panel, below: int, parted: Sequence[tuple[int, int]]) -> bool:
    """Whether the first cell that ends or begins here is one over several rows: a stub, with
    which rows hang together."""
    return bool(parted) and _is_merged(panel, below, parted[0][0])


def _merged(panel: Panel, below: int) -> Iterable[tuple[int, int]]:
    """Ranges of columns where a cell over several rows ends or begins."""
    owners = panel.cells.owners
    return _runs(
        [
            upper != lower and _is_merged(panel, below, column)
            for column, (upper, lower) in enumerate(
                zip(owners[below - 1], owners[below], strict=True)
            )
        ]
    )


def _is_merged(panel: Panel, below: int, column: int) -> bool:
    boxes, owners = panel.cells.boxes, panel.cells.owners
    both = owners[below - 1][column], owners[below][column]
    return any(boxes[owner].down > 1 for owner in both if owner >= 0)


def _upright(panel: Panel, stretch: Stretch, x: float) -> Iterator[Stroke]:
    """Between columns, where no cell crosses."""
    rows, owners = stretch.rows, panel.cells.owners
    for column in range(1, len(panel.edges) - 1):
        at = x + panel.edges[column]
        if not owners:
            yield at, rows[0][1], at, rows[-1][2]
            continue
        parted = [owners[row][column - 1] != owners[row][column] for row, _, _ in rows]
        for first, stop in _runs(parted):
            yield at, rows[first][1], at, rows[stop - 1][2]


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Half-open ranges of neighbouring flags that are set."""
    first = -1
    for at, flag in enumerate((*flags, False)):
        if flag and first < 0:
            first = at
        elif not flag and first >= 0:
            yield first, at
            first = -1
