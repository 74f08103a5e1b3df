"""Type size and column widths of a table: the largest type that keeps words and numbers whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import Generic

from editorial.render.cell_lines import Heights, lines_in, lowered
from editorial.render.grid import Box, Cells, W, number_columns
from editorial.render.points import before_points, widest_parts
from editorial.values import dataclass

SMALLEST, STEP = 7.0, 0.5
PADS = (4.0, 3.0)
PLAIN_PAD = 0.5  # ems
TIGHT, MANY, HAIR = 3.0, 10, 0.01
LONGEST_WORD, LONGEST_UNIT = 12.0, 7.0
WORD = re.compile(r"[!-~]+")
# 〔2018〕12号, with a mark that no line begins with.
ISSUE = re.compile(r"〔\d{4}〕\d{1,4}号[）》，。；]?")
UNIT = re.compile(r"[^（）]+（[^（）]{1,8}）")
LATIN_EM = 0.55
# Ems of a text up to → ems its column has at least: nearly whole, and bearable.
GOOD = ((8, 8.0), (16, 6.0), (40, 7.0), (200, 10.0))
BEARABLE = ((4, 4.0), (20, 4.0), (80, 5.0), (300, 8.0))
GOOD_HEAD = ((6, 6.0), (12, 4.0), (40, 5.0))
BEARABLE_HEAD = ((4, 2.0), (12, 3.0), (80, 4.0))
# More lines a row than this on the average, and a table is wanted wider.
BUSY = 1.6
# Which columns stay whole in a crowded table, and how the others grow with their length.
WAYS, ALIKE = ((1.3, 0.5), (1.3, 0.8), (0.8, 0.5), (0.8, 1.0), (2.0, 0.7), (0.6, 0.7)), 0.5
# Columns of figures, one so many times as wide as another, are levelled by breaking heads.
UNLIKE = 1.8
# Short texts are broken beside a long one if no more than so much of all lines is left.
FEW_WHOLE, LOWER = ((0.3, 1.0), (0.3, 2.0)), 0.88
# A table of so few columns, and no wider than this share of its place, is not stretched over it:
# it gets so many times what its texts take, or this share.
FEW_COLUMNS, SLIM, AIRY, LEAST_SHARE = 3, 0.45, 1.4, 0.4
# The last column of a table without rules so many times as wide as another: those are labels.
LABELLED = 1.6


@dataclass(frozen=True, slots=True)
class Measured(Generic[W]):
    """Cells with the ems of each on one line, and what each column would take: all on one
    line; short texts whole, those of the header too, or broken there; and at the least, words
    and numbers whole. `numbers`: columns of figures; `befores`: ems of each figure before its
    point, -1 for other cells; `parts`: of the widest part of a column before the point and from
    it on."""

    cells: Cells[W]
    lengths: Sequence[float]
    numbers: frozenset[int]
    befores: Sequence[float]
    parts: Mapping[int, tuple[float, float]]
    naturals: Sequence[float]
    goods: Sequence[float]
    heads_broken: Sequence[float]
    leasts: Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a table is set: type size, space beside the text of a cell, x of the column lines."""

    size: float
    pad: float
    edges: tuple[float, ...]


def measured(cells: Cells[W], lengths: Sequence[float]) -> Measured[W]:
    """`lengths`: ems of each cell on one line, 0 where there is nothing to print, without what
    it is set in."""
    lengths = [ems + box.indent for ems, box in zip(lengths, cells.boxes, strict=True)]
    numbers = number_columns(cells)
    befores = before_points(cells, lengths, numbers)
    parts = widest_parts(cells, lengths, befores)
    wishes = _column_wishes(cells, lengths, parts)
    return Measured(cells, lengths, numbers, befores, parts, *wishes)


def _column_wishes(
    cells: Cells[W], lengths: Sequence[float], parts: Mapping[int, tuple[float, float]]
) -> list[list[float]]:
    widths = [[1.0] * cells.columns for _ in range(4)]
    naturals, leasts = widths[0], widths[3]
    for column, (before, after) in parts.items():
        for level in widths:
            level[column] = max(1.0, min(before + after, LONGEST_WORD))
        naturals[column] = max(1.0, before + after)
    spanning: list[tuple[Box[W], float]] = []
    for box, length in zip(cells.boxes, lengths, strict=True):
        column = box.column
        if box.across > 1:
            spanning.append((box, length))
        elif length > naturals[column] or length > leasts[column]:
            for level, wish in zip(widths, _wishes(cells, box, length), strict=True):
                level[column] = max(level[column], wish)
    for box, length in sorted(spanning, key=_breadth):
        for level, wish in zip(widths, _wishes(cells, box, length), strict=True):
            _spread(level, box, wish)
    return widths


def _breadth(item: tuple[Box[W], float]) -> int:
    return item[0].across


def _spread(widths: list[float], box: Box[W], wish: float) -> None:
    span = slice(box.column, box.column + box.across)
    lacking = wish - sum(widths[span])
    if lacking > 0:
        widths[span] = [width + lacking / box.across for width in widths[span]]


def _wishes(cells: Cells[W], box: Box[W], length: float) -> tuple[float, float, float, float]:
    """Of one cell: words and numbers whole, and its text not standing on end."""
    if box.kind == "number" or length <= 2:
        whole = min(length, LONGEST_WORD)
        return length, whole, whole, whole
    text = box.copy.text if box.copy else ""
    whole = max(_word_length(text), _issue_length(text))
    if box.row >= cells.header:
        own, inset = length - box.indent, box.indent
        good, least = _step(GOOD, own), _step(BEARABLE, own)
        wished = inset + min(own, max(good, whole))
        return length, wished, wished, inset + min(own, max(least, whole))
    good, broken = _step(GOOD_HEAD, length), _step(BEARABLE_HEAD, length)
    unit = unit_length(box, length)
    return (
        length,
        min(length, max(good, whole, unit)),
        min(length, max(broken, whole, unit)),
        min(length, max(broken, whole, min(unit, LONGEST_UNIT))),
    )


def _word_length(text: str) -> float:
    word = max((len(found) for found in WORD.findall(text)), default=0)
    return LATIN_EM * word if word <= LONGEST_WORD else LONGEST_WORD / 2


def _issue_length(text: str) -> float:
    """Ems of the longest number of a document."""
    if "〔" not in text:
        return 0.0
    found = ISSUE.findall(text)
    return max((sum(LATIN_EM if c.isascii() else 1.0 for c in each) for each in found), default=0.0)


def unit_length(box: Box[W], length: float) -> float:
    """Ems of the （unit） that ends a column head; 0 where there is none."""
    text = box.copy.text if box.copy else ""
    if not box.copy or not UNIT.fullmatch(text):
        return 0.0
    return length - box.copy.length(1, text.index("（"))


def _step(steps: Sequence[tuple[int, float]], length: float) -> float:
    return next((least for limit, least in steps if length <= limit), steps[-1][1])


# Fitting


def fit(table: Measured[W], size: float, width: float) -> Fit | None:
    """The largest type at which the columns fit into `width` points; None if none does."""
    columns, smallest = table.cells.columns, min(SMALLEST, size)
    if not columns:
        return Fit(size=size, pad=0.0, edges=(0.0,))
    pads = PADS if columns <= MANY else PADS[1:]
    if table.cells.plain:  # no rule keeps the columns apart
        pads = (PLAIN_PAD * size, *pads)
    for kept, least in (
        (table.goods, max(smallest, size - 2 * STEP)),
        (table.heads_broken, smallest),
        (table.leasts, smallest),
    ):
        for smaller in _sizes(size, least):
            for pad in pads:
                if sum(kept) * smaller + 2 * pad * columns <= width + HAIR:
                    return _best(table, kept, smaller, pad, width)
    return None


def slim(table: Measured[W], found: Fit, width: float) -> Fit:
    """`found` drawn together where it has a few short columns, which would stand far apart over
    `width` points."""
    pad = found.pad if table.cells.plain else PADS[0]
    naturals = [ems * found.size + 2 * pad for ems in table.naturals]
    if not 1 < len(naturals) <= FEW_COLUMNS or sum(naturals) > SLIM * width:
        return found
    own = max(AIRY * sum(naturals), LEAST_SHARE * width)
    return _fit(found.size, pad, _shared(table, naturals, naturals, own))


def sizes_of(size: float) -> tuple[float, ...]:
    """All type sizes that text of `size` may be set in, the largest first."""
    smallest = min(SMALLEST, size)
    return tuple(dict.fromkeys((*_sizes(size, smallest), smallest)))


def _sizes(size: float, least: float) -> Iterator[float]:
    while size >= least - HAIR:
        yield size
        size -= STEP


def forced(table: Measured[W], size: float, width: float) -> Fit:
    """Columns made to fit, whatever is broken."""
    room = max(width - 2 * TIGHT * len(table.leasts), 1.0)
    scale = room / sum(table.leasts)
    widths = [least * scale + 2 * TIGHT for least in table.leasts]
    return _fit(min(size, SMALLEST), TIGHT, widths)


def _fit(size: float, pad: float, widths: Sequence[float]) -> Fit:
    return Fit(size=size, pad=pad, edges=tuple(accumulate(widths, initial=0.0)))


def is_easy(table: Measured[W], found: Fit) -> bool:
    """Whether rows stay low at these widths, so that a narrow column is good enough."""
    return _lines(table, found) <= BUSY * table.cells.rows + 2


def _lines(table: Measured[W], found: Fit) -> int:
    return sum(lines_of(table, found))


def lines_of(table: Measured[W], found: Fit, *, stubs: bool = True) -> list[int]:
    """How many lines each row will take at these widths, with or without its `stubs`, the first
    column."""
    edges, pads, size = found.edges, 2 * found.pad, found.size
    lines = [1] * table.cells.rows
    for box, length in zip(table.cells.boxes, table.lengths, strict=True):
        room = (edges[box.column + box.across] - edges[box.column] - pads) / size
        if length > room + HAIR and box.down == 1 and (stubs or box.column):
            text = box.copy.text if box.copy else ""
            lines[box.row] = max(lines[box.row], lines_in(text, length, room))
    return lines


def _best(table: Measured[W], kept: Sequence[float], size: float, pad: float, width: float) -> Fit:
    """Columns that fill `width`: all whole where there is room, else so that rows are low."""
    tight = pad if table.cells.plain else min(pad, PADS[1])
    for each in dict.fromkeys((pad, tight)):
        naturals = [ems * size + 2 * each for ems in table.naturals]
        if sum(naturals) <= width:
            goods = [ems * size + 2 * each for ems in table.goods]
            return _fit(size, each, _shared(table, naturals, goods, width))
    whole = _lowest(table, kept, WAYS, size, tight, width)
    broken = _lowest(table, table.leasts, FEW_WHOLE, size, tight, width)
    return broken if _lines(table, broken) <= LOWER * _lines(table, whole) else whole


def _lowest(
    table: Measured[W],
    kept: Sequence[float],
    known: Sequence[tuple[float, float]],
    size: float,
    pad: float,
    width: float,
) -> Fit:
    """Of the ways to share `width` out the one with the lowest rows, lowered as far as may be."""
    naturals = [ems * size + 2 * pad for ems in table.naturals]
    leasts = [ems * size + 2 * pad for ems in kept]
    ways = (_squeeze(naturals, leasts, width, generous, power) for generous, power in known)
    best = min((_fit(size, pad, way) for way in ways), key=partial(_lines, table))
    heights = Heights(table.cells, table.lengths, size, 2 * pad)
    texts = [column for column in range(table.cells.columns) if column not in table.numbers]
    return _fit(size, pad, lowered(heights, leasts, best.edges, texts))


def _shared(
    table: Measured[W], naturals: list[float], broken: Sequence[float], width: float
) -> list[float]:
    """What is to spare given to the last column of a list of posts and names, else to all."""
    *labels, last = naturals
    if table.cells.plain and labels and last > LABELLED * max(labels):
        return [*labels, width - sum(labels)]
    return _even(naturals, broken, table.numbers, width)


def _even(
    naturals: list[float], broken: Sequence[float], numbers: frozenset[int], width: float
) -> list[float]:
    """What is to spare shared out; columns of figures alike, where there is room for that, if
    need be with their heads broken."""
    figures = [naturals[column] for column in numbers]
    if len(figures) > 1:
        level = _level(naturals, naturals, numbers)
        if sum(level) > width and max(figures) > UNLIKE * min(figures):
            level = _level(naturals, broken, numbers)
        if sum(level) <= width:
            naturals = level
    spare = (width - sum(naturals)) / len(naturals)
    return [natural + spare for natural in naturals]


def _level(
    naturals: Sequence[float], wishes: Sequence[float], numbers: frozenset[int]
) -> list[float]:
    """All columns of figures as wide as the widest of them wishes."""
    widest = max(wishes[column] for column in numbers)
    return [widest if column in numbers else own for column, own in enumerate(naturals)]


def _squeeze(
    naturals: Sequence[float],
    leasts: Sequence[float],
    width: float,
    generous: float,
    power: float,
) -> list[float]:
    """Columns that take no more than `generous` times their share whole, the others by a
    power of their length, none below its least. Columns alike are treated alike."""
    widths, growing = list(leasts), set(range(len(leasts)))
    for natural in sorted(naturals):
        alike = [column for column in growing if naturals[column] <= natural + ALIKE]
        spare = width - sum(widths)
        share = (spare + sum(widths[column] for column in growing)) / max(len(growing), 1)
        wish = sum(naturals[column] - widths[column] for column in alike)
        if wish > spare or natural > generous * share:
            break
        for column in alike:
            widths[column] = naturals[column]
        growing.difference_update(alike)
    paces = [natural**power for natural in naturals]
    return _grown(widths, naturals, growing, paces, width)


def _grown(
    widths: list[float],
    naturals: Sequence[float],
    growing: set[int],
    paces: Sequence[float],
    width: float,
) -> list[float]:
    """What is left given to the growing columns at their paces, none above its natural width."""
    spare = width - sum(widths)
    while growing and spare > HAIR:
        pace = sum(paces[column] for column in growing)
        shares = {column: spare * paces[column] / pace for column in growing}
        filled = {c for c in growing if widths[c] + shares[c] >= naturals[c]}
        for column in filled or growing:
            grown = min(widths[column] + shares[column], naturals[column])
            spare -= grown - widths[column]
            widths[column] = grown
        if not filled:
            break
        growing = growing - filled
    return widths
