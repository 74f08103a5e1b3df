"""Contents, lists and indexes told by their page numbers, also where no leaders lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from editorial.model.page_rules import Cell
from editorial.model.proof_page import TypeRun

FEW = 6  # numbers below each other that make a list
SAME = 1.5  # points: edges in line
LEVEL = 0.3  # of the size: a number stands on the line of its title
MORE = 1.3  # times the sheets of a proof: no page number is larger


def page_numbers(
    placed: Sequence[tuple[int, TypeRun]], cells: Mapping[int, Cell], sheets: int
) -> set[int]:
    """Indices in `placed` of runs that are page numbers: figures below each other, none smaller
    than the one above, each with a title on its line."""
    pages: dict[int, list[tuple[int, TypeRun]]] = {}
    for at, (sheet, run) in enumerate(placed):
        pages.setdefault(sheet, []).append((at, run))
    found: set[int] = set()
    for runs in pages.values():
        edges: dict[int, list[tuple[int, TypeRun]]] = {}
        for at, run in runs:
            if run.text.isdecimal() and id(run) not in cells and int(run.text) <= MORE * sheets:
                edges.setdefault(round(run.right / SAME), []).append((at, run))
        for column in edges.values():
            column.sort(key=lambda each: each[1].y)
            values = [int(run.text) for _, run in column]
            if len(column) >= FEW and values == sorted(values) and values[0] < values[-1]:
                titled = [at for at, run in column if _titled(run, (each for _, each in runs))]
                found.update(titled if len(titled) >= FEW else ())
    return found


def _titled(run: TypeRun, others: Iterable[TypeRun]) -> bool:
    return any(
        other.right < run.x and abs(other.y - run.y) < LEVEL * run.size and not _number(other)
        for other in others
    )


def _number(run: TypeRun) -> bool:
    return run.text.isdecimal()
