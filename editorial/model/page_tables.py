"""Rows of type in one column → reading order, the cells of tables kept together.

A line within a cell goes on below it, not beside it: the step from line to line in a cell is that
of the text, from row to row of a table it is larger, or the line above was full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from editorial.model.page_grid import (
    CLOSE,
    FEW,
    FIRST_HAN,
    MOST_APART,
    Line,
    column_edges,
    grid_cells,
    in_columns,
    line_of,
    row_step,
)
from editorial.model.page_rules import Cell, by_cells, part_of
from editorial.model.proof_page import TypeRun

ROW = 0.5  # of the size: lines that far apart stand in one row
FILLED = 0.93  # of the column: so much type in a row makes it text with gaps, not cells
NARROW = 0.5  # of the column: what goes on in a cell may be alone in its row
LEADING = 1.08  # times that of the text: lines of one cell
CLOSE_ROWS = 1.15  # times that of the text: steps do not tell rows from lines
SAME = 1.5  # points: edges in line
OFTEN = 0.2  # of the rows of a table: so many tell how many cells rows have
REACH = 3  # rows up and down
ALIGNED = 0.6  # of the runs of a table are in line with one above or below
STEPS = (0.9, 2.2)  # of the size: likely steps from line to line
WORDS, EVEN = (0.5, 2.5), 0.15  # ems between words of a justified line, and how much they differ
LOOSE = 4.0  # ems between four words or more, without figures
OF_SIZE = 1.12  # sizes of type in one cell differ by less


def rows_of(runs: Iterable[TypeRun]) -> list[list[TypeRun]]:
    """Runs on one baseline together, from the top down, each from left to right."""
    rows: list[list[TypeRun]] = []
    for run in sorted(runs, key=lambda run: run.y):
        if rows and run.y - rows[-1][0].y < ROW * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.x) for row in rows]


def leading_of(columns: Iterable[Sequence[TypeRun]], size: float) -> float:
    """The usual step from line to line of text of that size."""
    steps: Counter[float] = Counter()
    for column in columns:
        lines = sorted(column, key=lambda run: run.y)
        for above, run in pairwise(lines):
            step = run.y - above.y
            if abs(run.size - size) < 0.3 and STEPS[0] * size < step < STEPS[1] * size:
                steps[round(step * 2) / 2] += len(run.text)
    return max(steps, key=lambda step: (steps[step], -step), default=1.5 * size)


def read_rows(
    runs: Sequence[TypeRun], size: float, leading: float, cells: Mapping[int, Cell]
) -> list[list[TypeRun]]:
    """Rows of one column as they are read; the rows of a table cell by cell."""
    left = min((run.x for run in runs), default=0.0)
    right = max((run.right for run in runs), default=0.0)
    rest = [run for run in runs if id(run) not in cells]
    out: list[list[TypeRun]] = []
    for table in by_cells((run for run in runs if id(run) in cells), cells):
        top = cells[id(table[0][0])].top
        out += _unruled([run for run in rest if run.y < top], left, right, leading / size)
        rest = [run for run in rest if run.y >= top]
        out += [[run for row in rows_of(own) for run in row] for own in table]
    return [*out, *_unruled(rest, left, right, leading / size)]


def _unruled(
    runs: Sequence[TypeRun], left: float, right: float, leading: float
) -> list[list[TypeRun]]:
    rows = rows_of(runs)
    width = right - left
    out: list[list[TypeRun]] = []
    zone: list[list[TypeRun]] = []
    for row in rows:
        words = justified(row, left, right)
        if not words and _in_table(row, zone, width, leading):
            zone.append(row)
            continue
        out += _cells(zone, leading, right)
        zone = []
        if len(row) > 1 and not words and _type_in(row) < FILLED * width:
            zone.append(row)
        else:
            out.append(row)
    return [*out, *_cells(zone, leading, right)]


def justified(row: Sequence[TypeRun], left: float, right: float) -> bool:
    """Whether runs are the words of a line driven out to the edges, the same space between all."""
    size = max(run.size for run in row)
    if not all(run.text.isascii() for run in row):  # Han needs no spaces between
        return False
    low, high = (ems * size for ems in WORDS)
    gaps = [gap for a, b in pairwise(row) if (gap := b.x - a.right) > low]
    widest = LOOSE * size if len(gaps) > 2 and not any(map(_figures, row)) else high
    if len(gaps) < 2 or max(gaps) > widest or max(gaps) - min(gaps) > EVEN * max(gaps):
        return False
    return row[0].x < left + high and row[-1].right > right - size - SAME


def _figures(run: TypeRun) -> bool:
    return any(map(str.isdigit, run.text))


def in_line(row: Sequence[TypeRun], other: Sequence[TypeRun]) -> bool:
    """Whether two rows have cells below each other."""
    return any(abs(a.x - b.x) < SAME for a in row[1:] for b in other[1:])


def _type_in(row: Sequence[TypeRun]) -> float:
    return sum(run.right - run.x for run in row)


def _in_table(
    row: Sequence[TypeRun], zone: list[list[TypeRun]], width: float, leading: float
) -> bool:
    if not zone:
        return False
    if len(row) > 1:
        return _type_in(row) < FILLED * width
    above, run = zone[-1], row[0]
    if not 1 / OF_SIZE < run.size / max(above[0].size, 0.1) < OF_SIZE:
        return False
    near = run.y - above[0].y <= leading * run.size * LEADING
    return near and run.right - run.x < NARROW * width and any(_over(each, run) for each in above)


def _over(above: TypeRun, run: TypeRun) -> bool:
    return above.x < run.right and run.x < above.right


def _cells(zone: list[list[TypeRun]], leading: float, right: float) -> Iterator[list[TypeRun]]:
    """The cells of some rows as they are read, each a list of its lines."""
    if len(zone) < 2 or not _aligned(zone, right):
        yield from zone
        return
    edges = column_edges(zone)
    grid = [in_columns(row, edges) for row in zone] if edges else []
    step = leading * zone[0][0].size * CLOSE_ROWS
    if grid and row_step(grid, edges) <= step:
        yield from _by_rows(grid_cells(grid, edges, step))
        return
    rows = [list(_lines_in(row)) for row in _apart(zone)]
    told = [sum(_cells_told(run) for line in row for run in line.runs) for row in rows]
    wholes = list(_wholes(rows, told))
    roomy = _roomy(rows, told, leading)
    cells: list[list[Line]] = []
    for row, whole in zip(rows, wholes, strict=True):
        for line in row:
            above = [cell for cell in cells if _goes_on(cell[-1], line, leading)]
            full = any(cell[-1].right + line.size > _column_right(cell[-1], rows) for cell in above)
            if above and (roomy or (full and not whole)):
                # Two or more: the line above was drawn apart to fill the cell.
                for cell in above[1:]:
                    above[0].extend(cell)
                    cells.remove(cell)
                above[0].append(line)
            else:
                cells.append([line])
    yield from _by_rows(cells)


def _apart(zone: list[list[TypeRun]]) -> Iterator[list[TypeRun]]:
    """The rows, runs cut that are two cells close to each other: below or above stands one that
    begins where the second does, or most rows have a gap there."""
    starts = [run.x for row in zone for run in row[1:]]
    gaps = _gaps(zone)
    for row in zone:
        out: list[TypeRun] = []
        for run in row:
            first = 0
            for n, (right, left) in enumerate(zip(run.rights, run.lefts[1:], strict=False), 1):
                gap = left - right > CLOSE * run.size or run.text[n] == " "
                begin = n + (run.text[n] == " ")
                parted = any(low < run.lefts[begin] and right < high for low, high in gaps)
                if gap and (parted or any(abs(run.lefts[begin] - x) < SAME for x in starts)):
                    out.append(part_of(run, first, begin))
                    first = begin
            out.append(part_of(run, first, len(run.text)) if first else run)
        yield out


def _gaps(zone: list[list[TypeRun]]) -> list[tuple[float, float]]:
    """From where to where rows of as many cells as most have none."""
    usual = Counter(len(row) for row in zone if len(row) >= FEW).most_common(1)
    if not usual or usual[0][1] < 2:
        return []
    rows = [row for row in zone if len(row) == usual[0][0]]
    sides = zip(zip(*rows, strict=True), list(zip(*rows, strict=True))[1:], strict=False)
    edges = [(max(r.right for r in left), min(r.x for r in right)) for left, right in sides]
    return [(low, high) for low, high in edges if low < high]


def _cells_told(run: TypeRun) -> int:
    """Cells may stand so close that they are one run."""
    gaps = (left - right for right, left in zip(run.rights, run.lefts[1:], strict=False))
    return 1 + sum(gap > CLOSE * run.size for gap in gaps) if run.lefts else 1


def _lines_in(row: list[TypeRun]) -> Iterator[Line]:
    """Single characters the same distance apart were drawn apart to fill a cell."""
    held: list[TypeRun] = []
    for run in row:
        if held and not _drawn_apart(held, run):
            yield line_of(held)
            held = []
        held.append(run)
    yield line_of(held)


def _drawn_apart(held: list[TypeRun], run: TypeRun) -> bool:
    if len(run.text) > 1 or len(held[-1].text) > 1 or run.text < FIRST_HAN:
        return False
    gap = run.x - held[-1].right
    if len(held) == 1:
        return gap < MOST_APART * run.size
    return abs(gap - (held[1].x - held[0].right)) < SAME / 2


def _aligned(zone: list[list[TypeRun]], right: float) -> bool:
    """Whether runs stand below each other as cells do; the gaps of justified lines do not."""
    rows = [row for row in zone if len(row) > 1]
    if len(rows) == 1:
        return right - rows[0][-1].right > rows[0][-1].size  # marks hang over
    told = aligned = 0
    for number, row in enumerate(rows):
        near = rows[max(0, number - REACH) : number + REACH + 1]
        others = [run for each in near if each is not row for run in each[1:]]
        for run in row[1:]:
            told += 1
            aligned += any(_in_line(run, other, right) for other in others)
    return aligned >= ALIGNED * told


def _in_line(run: TypeRun, other: TypeRun, edge: float) -> bool:
    if abs(run.x - other.x) < SAME or abs(run.x + run.right - other.x - other.right) < 2 * SAME:
        return True
    return abs(run.right - other.right) < SAME and edge - run.right > SAME


def _wholes(rows: list[list[Line]], told: list[int]) -> Iterator[bool]:
    """Of each row whether it has a cell in all columns those above have, but one at most."""
    left = min(line.x for row in rows for line in row)
    usual = _usual(told)
    for number, row in enumerate(rows):
        most = min(max(told[:number], default=0), usual)
        first = row[0].x < left + SAME
        yield told[number] >= (most - 1 if first and most >= FEW else most)


def _usual(told: list[int]) -> int:
    """How many cells a row has: the most that many have; words drawn apart look like more."""
    often = [count for count, rows in Counter(told).items() if rows >= max(2, OFTEN * len(told))]
    return max(often, default=max(told))


def _roomy(rows: list[list[Line]], told: list[int], leading: float) -> bool:
    """Whether rows of the table stand further apart than lines: those with all cells do."""
    most = _usual(told)
    least = most - 1 if most > FEW else most
    pairs = list(zip(pairwise(rows), pairwise(told), strict=True))
    steps = [row[0].y - above[0].y for (above, row), both in pairs if min(both) >= least]
    steps = steps or [row[0].y - above[0].y for (above, row), _ in pairs if len(row) > 1]
    return not steps or max(steps) > leading * rows[0][0].size * LEADING


def _goes_on(above: Line, line: Line, leading: float) -> bool:
    step = line.y - above.y
    over = above.x < line.right and line.x < above.right
    return over and 0.5 * line.size < step <= leading * line.size * LEADING


def _column_right(line: Line, rows: list[list[Line]]) -> float:
    return max(
        each.right for row in rows for each in row if each.x < line.right and line.x < each.right
    )


def _by_rows(cells: list[list[Line]]) -> Iterator[list[TypeRun]]:
    """Cells side by side belong to one row, also where they are centred in it."""
    rows: list[list[list[Line]]] = []
    for cell in sorted(cells, key=lambda cell: (cell[0].y + cell[-1].y) / 2):
        if rows and _beside(rows[-1], cell):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    for row in rows:
        cells = sorted(row, key=lambda cell: cell[0].x)
        yield [run for cell in cells for line in cell for run in line.runs]


def _beside(row: list[list[Line]], cell: list[Line]) -> bool:
    low, high = cell[0].y - cell[0].size, cell[-1].y
    for other in row:
        low2, high2 = other[0].y - other[0].size, other[-1].y
        shared = min(high, high2) - max(low, low2)
        if shared > 0.5 * min(high - low, high2 - low2):
            return True
    return False
