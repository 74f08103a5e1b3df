"""Rows of ruled tables that break where a column or a page ends: their cells read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from editorial.model.page_rules import TOUCH, Cell
from editorial.model.proof_page import TypeRun

NARROW = 2.5  # sizes that a full line of a cell is narrower than it, at most

Placed: TypeAlias = tuple[int, TypeRun]  # a sheet, and a run that stands there
_Row: TypeAlias = dict[int, list[Placed]]  # its cells, by their left edges


def rejoined(placed: Sequence[Placed], cells: Mapping[int, Cell]) -> list[Placed]:
    """Runs in the order they are read, both halves of a row that broke cell by cell."""
    out: list[Placed] = []
    at = 0
    while at < len(placed):
        if out and _new_column(out[-1], placed[at], cells):
            upper, lower = _last_row(out, cells), _first_row(placed, at, cells)
            if _one(upper, lower, cells):
                del out[len(out) - sum(map(len, upper.values())) :]
                out += [each for left in upper for each in (*upper[left], *_below(lower, left))]
                at += sum(map(len, lower.values()))
                continue
        out.append(placed[at])
        at += 1
    return out


def _new_column(last: Placed, now: Placed, cells: Mapping[int, Cell]) -> bool:
    """Whether a table stands at the end of a column and another, or the same, atop the next."""
    above, below = cells.get(id(last[1])), cells.get(id(now[1]))
    return bool(above and below and (last[0] != now[0] or below.bottom <= above.top))


def _last_row(out: Sequence[Placed], cells: Mapping[int, Cell]) -> _Row:
    sheet, bottom = out[-1][0], cells[id(out[-1][1])].bottom
    first = len(out)
    while first and out[first - 1][0] == sheet:
        cell = cells.get(id(out[first - 1][1]))
        if not cell or abs(cell.bottom - bottom) > TOUCH:
            break
        first -= 1
    return _row(out[first:], cells)


def _first_row(placed: Sequence[Placed], at: int, cells: Mapping[int, Cell]) -> _Row:
    sheet, top = placed[at][0], cells[id(placed[at][1])].top
    stop = at
    while stop < len(placed) and placed[stop][0] == sheet:
        cell = cells.get(id(placed[stop][1]))
        if not cell or abs(cell.top - top) > TOUCH:
            break
        stop += 1
    return _row(placed[at:stop], cells)


def _row(runs: Sequence[Placed], cells: Mapping[int, Cell]) -> _Row:
    found: _Row = {}
    for each in runs:
        cell = cells[id(each[1])]
        found.setdefault(round(cell.left - cell.start), []).append(each)
    return found


def _one(upper: _Row, lower: _Row, cells: Mapping[int, Cell]) -> bool:
    """Whether the second is the rest of the first: of some cells only, those that have the most
    lines, the last of them full, or no room in it for what follows. Of one with but one line more
    cells are empty than its title."""
    if not len(lower) < len(upper):
        return False
    most = max(map(len, upper.values()))
    few = not _below(lower, 0) and len(lower) < len(upper) - 1
    for left, runs in lower.items():
        above = _below(upper, left)
        if len(above) != most:
            return False
        run, cell, under = above[-1][1], cells[id(above[-1][1])], cells[id(runs[0][1])]
        same = abs((cell.right - cell.left) - (under.right - under.left)) <= TOUCH
        more = runs[0][1].right - runs[0][1].x if most > 1 or few else 0.0
        full = run.right - run.x + more >= cell.right - cell.left - NARROW * run.size
        if not (same and full):
            return False
    return True


def _below(row: _Row, left: int) -> list[Placed]:
    near = next((key for key in row if abs(key - left) <= TOUCH), None)
    return row[near] if near is not None else []
