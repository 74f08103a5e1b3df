"""How the cells of a table look: which begin at the left, and which rows are parted by rules."""

from __future__ import annotations

from collections.abc import Sequence

from editorial.model.style import DraftStyle, TextRole, role_of
from editorial.render.grid import Box, Cells, W, is_dash

# Ems of the longest text of a column from which on it begins at the left.
LEFT_FROM, LEFT_SURELY = 4.2, 9.0
# Wrapped text in columns narrower than so many ems is not spread.
JUSTIFIED_EMS = 20
# Rows of figures are parted by rules where stubs of more than this share of them are wrapped.
MANY_WRAPPED = 1 / 3


def left_columns(
    cells: Cells[W], lengths: Sequence[float], numbers: frozenset[int]
) -> frozenset[int]:
    """Columns of texts unlike in length, or set in, begin at the left, and words before figures
    always; others stand in the middle. All do in a plain table."""
    if cells.plain:
        return frozenset(range(cells.columns))
    longest, shortest = [0.0] * cells.columns, [1e9] * cells.columns
    stubs = False
    for box, length in zip(cells.boxes, lengths, strict=True):
        if box.row >= cells.header and box.across == 1 and box.kind == "text":
            longest[box.column] = max(longest[box.column], length)
            shortest[box.column] = min(shortest[box.column], length)
            stubs = stubs or (box.column == 0 and not _begins_with_figure(box))
    first = {0} if stubs and numbers else set()
    inset = {box.column for box in cells.boxes if box.indent}
    unlike = {
        column
        for column in range(cells.columns)
        if longest[column] > min(LEFT_SURELY, max(LEFT_FROM, shortest[column] + 0.5))
    }
    return frozenset(_with_sisters(cells, (unlike | inset | first) - numbers) - numbers)


def _with_sisters(cells: Cells[W], lefts: set[int]) -> set[int]:
    """Columns under one head begin alike."""
    for box in cells.boxes:
        held = range(box.column, box.column + box.across)
        if box.row < cells.header and box.column and not lefts.isdisjoint(held):
            lefts = lefts.union(held)
    return lefts


def is_centred(box: Box[W]) -> bool:
    """Whether a cell that tells nothing stands in the middle whatever its column does: —, …"""
    return box.kind == "blank" and box.copy is not None and is_dash(box.copy.text)


def _begins_with_figure(box: Box[W]) -> bool:
    """2018年, 1月: such stubs are alike."""
    return box.copy is not None and box.copy.text[:1].isdecimal()


def cell_role(style: DraftStyle, *, plain: bool) -> TextRole:
    """What the cells of a table are set in."""
    return role_of(style, "plain_cell" if plain else "table_cell")


def is_ruled(numbers: frozenset[int], lines: Sequence[int], beside: Sequence[int]) -> bool:
    """Whether rows below the head are parted by rules, for some are of several `lines`. In a
    table of figures wrapped stubs alone are not enough while they are few; `beside`: lines
    without them, `numbers`: columns of figures."""
    high = sum(count > 1 for count in lines)
    if not numbers or 0 in numbers or max(beside, default=0) > 1:
        return high > 0
    return high > MANY_WRAPPED * len(lines)
