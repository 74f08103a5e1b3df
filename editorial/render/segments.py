"""A table too wide even for a page that lies, in 段: some columns at a time, stubs in each."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from editorial.render.grid import W
from editorial.render.widths import SMALLEST, TIGHT, Measured

# So many columns of text before the figures are stubs, if they leave so much of the width.
MOST_STUBS, MOST_OF_WIDTH = 3, 0.5


def stub_columns(table: Measured[W], size: float, width: float) -> int:
    """How many columns at the left say what stands in a row: all that are merged over rows and
    the one after them, texts before the figures, and what a running number counts."""
    taken, columns = _least(table, size), table.cells.columns
    count = max(_merged(table) + 1, _before_figures(table))
    while count > 1 and (count >= columns or sum(taken[:count]) > MOST_OF_WIDTH * width):
        count -= 1
    return count


def _merged(table: Measured[W]) -> int:
    """Columns at the left with cells over several rows, one after another."""
    header = table.cells.header
    held = {box.column for box in table.cells.boxes if box.row >= header and box.down > 1}
    return next(column for column in range(table.cells.columns + 1) if column not in held)


def _before_figures(table: Measured[W]) -> int:
    numbers = table.numbers
    if 0 in numbers:
        return 1 if 1 in numbers else 2
    return min(*numbers, MOST_STUBS) if numbers else 1


def divided(table: Measured[W], stubs: int, size: float, width: float) -> list[list[int]]:
    """Columns in groups that fit, as even as may be; the first `stubs` stand in every group."""
    taken = _least(table, size)
    others = range(stubs, len(taken))
    room = max(width - sum(taken[:stubs]), width / 3)
    parts = max(1, ceil(sum(taken[stubs:]) / room))
    groups = _dealt(taken, others, room, sum(taken[stubs:]) / parts)
    while len(groups) > parts:
        parts += 1
        groups = _dealt(taken, others, room, sum(taken[stubs:]) / parts)
    return [[*range(stubs), *group] for group in groups]


def _least(table: Measured[W], size: float) -> list[float]:
    """Points of each column in the smallest type."""
    smaller = min(size, SMALLEST)
    return [ems * smaller + 2 * TIGHT for ems in table.leasts]


def _dealt(
    taken: Sequence[float], columns: Sequence[int], room: float, even: float
) -> list[list[int]]:
    groups: list[list[int]] = [[]]
    filled = 0.0
    for column in columns:
        full = filled + taken[column] > room or filled + taken[column] / 2 > even
        if groups[-1] and full:
            groups.append([])
            filled = 0.0
        groups[-1].append(column)
        filled += taken[column]
    return groups
