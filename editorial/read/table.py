"""Rows of a pipe table → a rectangular grid of cells with their spans."""

from __future__ import annotations

import re
from typing import TypeAlias

from editorial.model.document import Cell
from editorial.model.marks import BLANKS, BREAK, trimmed
from editorial.read.inline import read_runs

Rows: TypeAlias = tuple[tuple[Cell | None, ...], ...]
Place: TypeAlias = tuple[int, int]

JOINS = {"<": (0, -1), "^": (-1, 0)}
_RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|?)+")
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def read_rows(lines: tuple[str, ...]) -> tuple[Rows, int, tuple[tuple[int, str], ...]]:
    """Grid, number of header rows, and complaints as (index of line, message)."""
    texts: list[list[str]] = []
    origin: list[int] = []
    header_rows = 0
    for index, line in enumerate(lines):
        if BREAK.fullmatch(line) or _RULE.fullmatch(line):
            header_rows = header_rows or len(texts)
        else:
            texts.append(_cells(line))
            origin.append(index)
    width = max(map(len, texts), default=0)
    complaints = [
        (origin[row], f"这一行有{len(cells)}格，应为{width}格，已补空格")
        for row, cells in enumerate(texts)
        if len(cells) < width
    ]
    grid = [[*cells, *[""] * (width - len(cells))] for cells in texts]
    if not any(text in JOINS for cells in grid for text in cells):
        rows = tuple(tuple(Cell(runs=read_runs(text)) for text in cells) for cells in grid)
        return rows, header_rows, tuple(complaints)
    owner, odd = _owners(grid)
    complaints += [(origin[row], message) for (row, _), message in odd]
    return _placed(grid, owner), header_rows, tuple(complaints)


def _cells(line: str) -> list[str]:
    """Texts between unescaped bars, outer blanks off but an escaped blank kept."""
    body = line.removeprefix("|")
    parts = _BAR.sub(lambda match: match[1] + "\0", body).split("\0")
    if len(parts) > 1 and not parts[-1].strip(BLANKS):
        parts.pop()
    return [trimmed(part) for part in parts]


def _owners(grid: list[list[str]]) -> tuple[dict[Place, Place], list[tuple[Place, str]]]:
    """Which cell each position belongs to; `<` joins left, `^` joins above."""
    owner: dict[Place, Place] = {}
    odd: list[tuple[Place, str]] = []
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            step = JOINS.get(text)
            beside = (row + step[0], column + step[1]) if step else (-1, -1)
            place = (row, column)
            owner[place] = owner.get(beside, place) if step else place
            if step and beside not in owner:
                odd.append((place, f"“{text}”的前面没有可并入的格，按文字处理"))
    for anchor, members in _members(owner).items():
        odd += _unjoin_ragged(anchor, members, owner)
    return owner, odd


def _members(owner: dict[Place, Place]) -> dict[Place, list[Place]]:
    """The positions each cell covers."""
    members: dict[Place, list[Place]] = {}
    for place, anchor in owner.items():
        members.setdefault(anchor, []).append(place)
    return members


def _unjoin_ragged(
    anchor: Place, members: list[Place], owner: dict[Place, Place]
) -> list[tuple[Place, str]]:
    """A merged cell that is no rectangle falls apart into single cells."""
    down, across = _extent(anchor, members)
    if len(members) == down * across:
        return []
    for place in members:
        owner[place] = place
    return [(anchor, "合并的格不成矩形，已拆开")]


def _extent(anchor: Place, members: list[Place]) -> tuple[int, int]:
    if len(members) == 1:
        return 1, 1
    rows = max(row for row, _ in members) - anchor[0] + 1
    columns = max(column for _, column in members) - anchor[1] + 1
    return rows, columns


def _placed(grid: list[list[str]], owner: dict[Place, Place]) -> Rows:
    members = _members(owner)

    def cell(row: int, column: int) -> Cell | None:
        if (row, column) not in members:
            return None
        down, across = _extent((row, column), members[row, column])
        text = grid[row][column]
        return Cell(runs=read_runs(text), down=down, across=across)

    return tuple(
        tuple(cell(row, column) for column in range(len(cells))) for row, cells in enumerate(grid)
    )
