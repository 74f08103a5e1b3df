"""Rows of a pipe table → a rectangular grid of cells with their spans."""

from __future__ import annotations

from typing import TypeAlias

from editorial.model.document import Cell, plain
from editorial.model.marks import (
    BAR,
    BLANKS,
    BREAK,
    INDENT,
    POINT,
    REMARK,
    REMARK_SIGN,
    RULE,
    trimmed,
)
from editorial.read.inline import read_runs

Rows: TypeAlias = tuple[tuple[Cell | None, ...], ...]
Place: TypeAlias = tuple[int, int]

JOINS = {"<": (0, -1), "^": (-1, 0)}


def read_rows(lines: tuple[str, ...]) -> tuple[Rows, int, tuple[tuple[int, str], ...]]:
    """Grid, number of header rows, and complaints as (index of line, message)."""
    texts: list[list[str]] = []
    origin: list[int] = []
    header_rows = 0
    for index, line in enumerate(lines):
        if BREAK.fullmatch(line) or RULE.fullmatch(line):
            header_rows = header_rows or len(texts)
        else:
            texts.append(_cells(line))
            origin.append(index)
    width = max(map(len, texts), default=0)
    short = [row for row, cells in enumerate(texts) if len(cells) < width]
    noted = _first_remark(texts, header_rows) if short else 0
    complaints = [
        (origin[row], f"这一行有{len(texts[row])}格，应为{width}格，已补空格")
        for row in short
        if row < noted or len(texts[row]) > 1
    ]
    grid = [[*cells, *[""] * (width - len(cells))] for cells in texts]
    members, odd = _joined(grid)
    complaints += [(origin[row], message) for (row, _), message in odd]
    return _placed(grid, members), header_rows, tuple(complaints)


def _first_remark(texts: list[list[str]], header_rows: int) -> int:
    """Where the last rows begin that hold 注：… or ①… alone, and so need no other cell."""
    first = len(texts)
    for row in range(len(texts) - 1, max(1, header_rows) - 1, -1):
        words, *others = texts[row]
        text = plain(read_runs(words)).strip()
        if any(other.strip(BLANKS) for other in others if other not in JOINS):
            break
        if REMARK.fullmatch(text) or REMARK_SIGN.match(text):
            first = row
        elif not POINT.match(text):
            break
    return first


def _cells(line: str) -> list[str]:
    """Texts between unescaped bars, outer blanks off but an escaped blank kept, and 　 before
    the words, which sets them in."""
    body = line.removeprefix("|")
    if "\\" in body:
        parts = BAR.sub(lambda match: match[1] + "\0", body).split("\0")
    else:
        parts = body.split("|")
    if len(parts) > 1 and not parts[-1].strip(BLANKS):
        parts.pop()
    return [_set_in(part) if INDENT in part else trimmed(part) for part in parts]


def _set_in(part: str) -> str:
    text = trimmed(part)
    if not text or text in JOINS:
        return text
    return part[: part.index(text)].count(INDENT) * INDENT + text


def _joined(
    grid: list[list[str]],
) -> tuple[dict[Place, list[Place]], list[tuple[Place, str]]]:
    """The positions that `<` joins to a cell on their left and `^` to one above, by that cell;
    a merged cell that is no rectangle falls apart."""
    owner: dict[Place, Place] = {}
    members: dict[Place, list[Place]] = {}
    odd: list[tuple[Place, str]] = []
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            if text not in JOINS:
                continue
            up, left = JOINS[text]
            beside = (row + up, column + left)
            if min(beside) < 0:
                odd.append(((row, column), f"“{text}”的前面没有可并入的格，按文字处理"))
            else:
                anchor = owner[row, column] = owner.get(beside, beside)
                members.setdefault(anchor, [anchor]).append((row, column))
    for anchor in sorted(members):
        down, across = _extent(anchor, members[anchor])
        if len(members[anchor]) != down * across:
            odd.append((anchor, "合并的格不成矩形，已拆开"))
            del members[anchor]
    return members, odd


def _extent(anchor: Place, members: list[Place]) -> tuple[int, int]:
    rows = max(row for row, _ in members) - anchor[0] + 1
    columns = max(column for _, column in members) - anchor[1] + 1
    return rows, columns


def _placed(grid: list[list[str]], members: dict[Place, list[Place]]) -> Rows:
    rows: list[list[Cell | None]] = [
        [Cell(runs=read_runs(text)) for text in cells] for cells in grid
    ]
    for anchor, places in members.items():
        for row, column in places:
            rows[row][column] = None
        down, across = _extent(anchor, places)
        text = grid[anchor[0]][anchor[1]]
        rows[anchor[0]][anchor[1]] = Cell(runs=read_runs(text), down=down, across=across)
    return tuple(map(tuple, rows))
