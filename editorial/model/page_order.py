"""Runs of type on a page → the order they are read in: columns, full-width matter, notes.

A gutter is a strip that lines stand on both sides of, side by side. What crosses it (heads,
tables, pictures' captions) parts the page into bands; in a band the left column goes first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from editorial.model.page_rules import Cell, in_cells
from editorial.model.page_tables import ROW, in_line, justified, leading_of, read_rows, rows_of
from editorial.model.proof_page import Rule, TypedPage, TypeRun

NARROWEST = 0.6  # of a gutter, in ems
NEAR = 4.0  # ems from a gutter within which a line stands beside it
LEAST_LINES = 3  # beside a gutter, on either side
LEAST_WIDTH = 8.0  # of some lines there, in ems; cells of tables are narrower
REACH = 12.0  # ems such a line may end before the gutter: a number stands there
MOST_OVER = 0.25  # of those lines may be over the gutter
OFTEN = 0.3  # of the pages: a gutter of the whole book
HEAD = 1.15  # of the size of the text: what is larger is no caption
CAPTION = 4.0  # sizes of the text: captions and remarks stand that near
NOTE = 0.94  # of the size of the text: notes are smaller
APART = 1.7  # steps of the text between it and its notes
_SIGN = r"[①-⓿㉑-㉟㊱-㊿❶-➓*†‡]|[（(\[〔]\d{1,3}[）)\]〕]"
_MARK, _MARKED = re.compile(rf"\d{{1,3}}|{_SIGN}"), re.compile(rf"\d{{1,3}}[.．、](?!\d)|{_SIGN}")


class Strip(NamedTuple):
    """A gutter. `weight` is the width of all lines beside it, of the lesser side."""

    left: float
    right: float
    weight: int


class Read(NamedTuple):
    """The runs of one page as they are read; the notes at the foot of columns apart, and the
    tables that stand across columns: they float, and cut the text wherever they come to be.
    `cells` are those of ruled tables, by the id of what stands in them."""

    body: tuple[TypeRun, ...]
    floats: tuple[TypeRun, ...]
    notes: tuple[TypeRun, ...]
    cells: Mapping[int, Cell]


def reading_orders(pages: Sequence[TypedPage], size: float) -> tuple[Read, ...]:
    """Each page in reading order; `size` is that of the text of the book."""
    framed = [in_cells(page) for page in pages]
    pages = [page for page, _ in framed]
    strips = [_strips(page.runs, text_size([page])) for page in pages]
    usual = [_usual(strips[parity::2]) for parity in (0, 1)]  # left pages may differ from right
    leaves = [
        [*_leaves(runs, _fitting(runs, usual[at % 2], strips[at], size), size, framed[at][1])]
        for at, runs in enumerate([run for run in page.runs if not run.turn] for page in pages)
    ]
    leading = leading_of((leaf for page in leaves for leaf, _ in page), size)
    return tuple(
        _read(page, own, size, leading, cells)
        for (page, cells), own in zip(framed, leaves, strict=True)
    )


def text_size(pages: Iterable[TypedPage]) -> float:
    """The size most characters are set in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for run in page.runs:
            sizes[round(run.size, 1)] += len(run.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=10.0)


def _strips(runs: Sequence[TypeRun], size: float) -> list[Strip]:
    """Gutters of one page, the surest first."""
    level = [run for run in runs if not run.turn and len(run.text) > 1]
    rights = sorted({round(run.right) for run in level})
    found = []
    for right in _last_of_steps(rights, NARROWEST * size):
        strip = _strip(level, right, size)
        if strip:
            found.append(strip)
    return sorted(set(found), key=lambda strip: -strip.weight)


def _last_of_steps(values: list[int], step: float) -> Iterator[int]:
    """Of values closer than `step`, the last one."""
    for value, after in zip_longest(values, values[1:]):
        if after is None or after - value >= step:
            yield value


def _strip(runs: list[TypeRun], edge: int, size: float) -> Strip | None:
    near = NEAR * size
    left = [run for run in runs if edge - near < run.right <= edge + 1]
    right = [run for run in runs if edge + NARROWEST * size < run.x + 1 < edge + near]
    if min(len(left), len(right)) < LEAST_LINES:
        return None
    start = min(run.x for run in right)
    right = [run for run in right if run.x < start + near]
    top = max(min(run.y for run in left), min(run.y for run in right)) - size
    bottom = min(max(run.y for run in left), max(run.y for run in right)) + size
    beside = [[run for run in side if top <= run.y <= bottom] for side in (left, right)]
    wide = [run for run in runs if run.right - run.x >= LEAST_WIDTH * size]
    widths = [
        sum(run.right - run.x for run in wide if edge - REACH * size < run.right <= edge + 1),
        sum(run.right - run.x for run in wide if start - 1 < run.x < start + near),
    ]
    if min(map(len, beside)) < LEAST_LINES or min(widths) < LEAST_LINES * LEAST_WIDTH * size:
        return None
    strip = Strip(edge, start, round(min(widths)))
    return strip if _over(runs, strip, size) <= MOST_OVER * min(map(len, beside)) else None


def _usual(strips: list[list[Strip]]) -> list[Strip]:
    """Gutters many of the pages have."""
    votes: Counter[int] = Counter()
    for own in strips:
        votes.update({round(_middle(strip) / 4) for strip in own[:2]})
    found: list[Strip] = []
    for place, count in votes.most_common(3):
        same = [strip for own in strips for strip in own if abs(_middle(strip) - 4 * place) <= 4]
        best = max(same, key=lambda strip: strip.weight)
        if count >= max(2, OFTEN * len(strips)) and best not in found:
            found.append(best)
    return found


def _fitting(runs: list[TypeRun], usual: list[Strip], own: list[Strip], size: float) -> list[Strip]:
    """The gutters of the book first, unless the page has others: an index in three columns."""
    if not usual or not own:
        return [*usual, *own]
    over, own_over = (_over(runs, strip, size) for strip in (usual[0], own[0]))
    return [*own, *usual] if over > 2 * own_over + LEAST_LINES else [*usual, *own]


def _over(runs: list[TypeRun], strip: Strip, size: float) -> int:
    """How many runs cross a strip."""
    half = size / 2
    return sum(run.x < strip.left - half and run.right > strip.right + half for run in runs)


def _middle(strip: Strip) -> float:
    return (strip.left + strip.right) / 2


def _read(
    page: TypedPage,
    leaves: list[tuple[list[TypeRun], bool]],
    size: float,
    leading: float,
    cells: Mapping[int, Cell],
) -> Read:
    body: list[TypeRun] = []
    floats: list[TypeRun] = []
    notes: list[TypeRun] = []
    for leaf, whole in leaves:
        rows = read_rows(leaf, size, leading, cells)
        if whole and any(id(run) in cells for run in leaf):
            of_table = [_of_table(row, rows, size, cells) for row in rows]
            floats += [run for row, own in zip(rows, of_table, strict=True) if own for run in row]
            rows = [row for row, own in zip(rows, of_table, strict=True) if not own]
        stop = _notes_from(rows, size, cells)
        while stop < len(rows) and not _begins(rows, stop, leading, page.levels):
            stop += 1
        body += [run for row in rows[:stop] for run in row]
        notes += [run for row in rows[stop:] for run in row]
    turned = [run for run in page.runs if run.turn]
    for turn in sorted({run.turn for run in turned}):
        body += [run for row in rows_of([r for r in turned if r.turn == turn]) for run in row]
    return Read(tuple(body), tuple(floats), tuple(notes), cells)


def _of_table(
    row: list[TypeRun], rows: list[list[TypeRun]], size: float, cells: Mapping[int, Cell]
) -> bool:
    """Whether a row is of a ruled table, or tells of it right above or below."""
    if id(row[0]) in cells:
        return True
    if row[0].size > HEAD * size:
        return False
    edges = [cells[id(each[0])] for each in rows if id(each[0]) in cells]
    return any(
        cell.top - CAPTION * size < row[0].y < cell.bottom + CAPTION * size for cell in edges
    )


def _notes_from(rows: list[list[TypeRun]], size: float, cells: Mapping[int, Cell]) -> int:
    """Number of the first row of notes: small type at the foot, but no cells of a table."""
    left = min((run.x for row in rows for run in row), default=0.0)
    right = max((run.right for row in rows for run in row), default=0.0)
    stop = len(rows)
    while stop and all(run.size < NOTE * size for run in rows[stop - 1]):
        row = rows[stop - 1]
        if row[0].x > left + NEAR * size or id(row[0]) in cells:  # a cell goes on
            break
        beside = (*rows[stop - 2 : stop - 1], *rows[stop : stop + 1])
        if not justified(row, left, right) and any(in_line(row, other) for other in beside):
            break
        stop -= 1
    return stop


def _begins(rows: list[list[TypeRun]], at: int, leading: float, levels: Sequence[Rule]) -> bool:
    """Whether notes begin with this row of small type: it has a mark, or stands apart or below
    a rule. Else it is a remark, “注：”, at the end of the text above; and the mark of a note
    may stand alone in the last line of the text."""
    row = rows[at]
    if all(_MARK.fullmatch(run.text) for run in row):
        return False
    if not at or 0 in row[0].raised or _MARKED.match(row[0].text):
        return True
    above = rows[at - 1][0].y
    ruled = any(above < rule.at < row[0].y and rule.start < row[0].right for rule in levels)
    return ruled or row[0].y - above > APART * leading


def _leaves(
    runs: list[TypeRun],
    strips: list[Strip],
    size: float,
    cells: Mapping[int, Cell],
    *,
    deep: bool = False,
) -> Iterator[tuple[list[TypeRun], bool]]:
    """Stretches of one column each, in reading order; and whether they stand across columns."""
    room = LEAST_WIDTH * size
    for number, strip in enumerate(strips):
        crossing = _crossing(runs, strip, size, cells)
        middle = _middle(strip)
        sides = Counter(_centre(run) < middle for run in runs if id(run) not in crossing)
        if min(sides[True], sides[False]) < (LEAST_LINES if deep or number else 1):
            continue
        if min(middle - min(r.x for r in runs), max(r.right for r in runs) - middle) < room:
            continue
        rest = strips[number + 1 :]
        for band, whole in _bands(runs, crossing):
            if whole:
                yield band, True
            else:
                left = [run for run in band if _centre(run) < middle]
                right = [run for run in band if _centre(run) >= middle]
                yield from _leaves(left, rest, size, cells, deep=True)
                yield from _leaves(right, rest, size, cells, deep=True)
        return
    if runs:
        yield runs, False


def _centre(run: TypeRun) -> float:
    return (run.x + run.right) / 2


def _crossing(
    runs: list[TypeRun], strip: Strip, size: float, cells: Mapping[int, Cell]
) -> set[int]:
    """Runs (by id) that cross the strip, and what stands in one row or one table with them.

    A mark of punctuation may hang over into the gutter; that is not crossing it.
    """
    half = size / 2
    over = [r.y for r in runs if r.x < strip.left - half and r.right > strip.right + half]
    across = {id(run) for run in runs if any(abs(run.y - y) < ROW * size for y in over)}
    middle = _middle(strip)
    tables = ((n, cells[n]) for n in map(id, runs) if n in cells)
    return across | {n for n, cell in tables if cell.start + size < middle < cell.stop - size}


def _bands(runs: list[TypeRun], crossing: set[int]) -> Iterator[tuple[list[TypeRun], bool]]:
    """Turns of full-width rows and of what stands in columns between them, from the top."""
    held: list[TypeRun] = []
    whole = False
    for run in sorted(runs, key=lambda run: run.y):
        if held and (id(run) in crossing) != whole:
            yield held, whole
            held = []
        whole = id(run) in crossing
        held.append(run)
    if held:
        yield held, whole
