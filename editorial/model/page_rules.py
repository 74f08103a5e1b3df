"""Ruled tables: which runs of type stand in which cell, told by the lines drawn about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from editorial.model.proof_page import Rule, TypedPage, TypeRun

TOUCH = 2.0  # points: lines that near meet
HIGHEST = 0.3  # of the page: what is framed and higher is no cell
MIDDLE = 0.35  # of the size above the baseline


class Cell(NamedTuple):
    """Its edges; `start` and `stop` are the ends of the line above it."""

    top: float
    bottom: float
    left: float
    right: float
    start: float
    stop: float


def in_cells(page: TypedPage) -> tuple[TypedPage, dict[int, Cell]]:
    """The page, its runs cut where a line parts two cells; and the cells of its runs by id."""
    levels, uprights = _whole(page.levels), _whole(page.uprights)
    if not (levels and uprights):
        return page, {}
    runs: list[TypeRun] = []
    cells: dict[int, Cell] = {}
    for run in page.runs:
        if run.turn:
            runs.append(run)
            continue
        for part in _cut(run, uprights):
            cell = _cell(part, levels, uprights, HIGHEST * page.height)
            runs.append(part)
            if cell:
                cells[id(part)] = cell
    return replace(page, runs=tuple(runs)), cells


def by_cells(runs: Iterable[TypeRun], cells: Mapping[int, Cell]) -> Iterator[list[list[TypeRun]]]:
    """The tables among some runs from the top down, each a list of its cells as they are read."""
    held: dict[Cell, list[TypeRun]] = {}
    for run in runs:
        held.setdefault(cells[id(run)], []).append(run)
    table: list[Cell] = []
    for cell in sorted(held):
        if table and cell.top > max(each.bottom for each in table) + TOUCH:
            yield [held[each] for each in table]
            table = []
        table.append(cell)
    if table:
        yield [held[each] for each in table]


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """Lines drawn cell by cell made one."""
    out: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at), rule.start)):
        same = next((n for n, each in enumerate(out) if _meet(each, rule)), None)
        if same is None:
            out.append(rule)
        else:
            at, start, stop = out[same]
            out[same] = Rule(at, min(start, rule.start), max(stop, rule.stop))
    return out


def _meet(one: Rule, other: Rule) -> bool:
    return (
        abs(one.at - other.at) < TOUCH
        and one.start <= other.stop + TOUCH
        and other.start <= one.stop + TOUCH
    )


def _cut(run: TypeRun, uprights: Sequence[Rule]) -> Iterator[TypeRun]:
    y = _height(run)
    edges = sorted(
        rule.at
        for rule in uprights
        if rule.start <= y <= rule.stop and run.x + TOUCH < rule.at < run.right - TOUCH
    )
    first = 0
    for edge in edges:
        stop = next(
            (
                n
                for n in range(first, len(run.text))
                if run.lefts[n] + run.rights[n] > 2 * edge and run.text[n] != " "
            ),
            len(run.text),
        )
        if first < stop < len(run.text):
            yield part_of(run, first, stop)
            first = stop
    yield part_of(run, first, len(run.text)) if first else run


def part_of(run: TypeRun, start: int, stop: int) -> TypeRun:
    """Characters [start, stop) of a run as one of its own."""
    text = run.text[start:stop].rstrip()
    stop = start + len(text)
    return run._replace(
        x=run.lefts[start],
        right=run.rights[stop - 1],
        text=text,
        lefts=run.lefts[start:stop],
        rights=run.rights[start:stop],
        raised=tuple(n - start for n in run.raised if start <= n < stop),
    )


def _height(run: TypeRun) -> float:
    return run.y - MIDDLE * run.size


def _cell(
    run: TypeRun, levels: Sequence[Rule], uprights: Sequence[Rule], highest: float
) -> Cell | None:
    """What encloses a run: a line above, one below, and one that joins these on a side at least."""
    x, y = (run.x + run.right) / 2, _height(run)
    own = [rule for rule in levels if rule.start - TOUCH <= x <= rule.stop + TOUCH]
    above = max((rule for rule in own if rule.at < y), default=None)
    below = min((rule for rule in own if rule.at >= y), default=None)
    if not above or not below or below.at - above.at > highest:
        return None
    start, stop = min(above.start, below.start), max(above.stop, below.stop)
    sides = [
        rule.at
        for rule in uprights
        if rule.start <= y <= rule.stop and start - TOUCH <= rule.at <= stop + TOUCH
    ]
    if not sides:
        return None
    left = max((at for at in sides if at <= x), default=start)
    right = min((at for at in sides if at > x), default=stop)
    return Cell(above.at, below.at, left, right, start, stop)
