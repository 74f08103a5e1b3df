"""A table of the text laid out in cells; where it is too wide, told row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from editorial.model.document import Cell, Table, plain
from editorial.tui.cells import bare, wrap
from editorial.tui.prose import Para, set_out
from editorial.values import dataclass

GAP = 2
LEAST = 8  # cells a column of words may be narrowed to
FIGURE = re.compile(r"〖?(?:[-+±－]?[\d,.，]+%?|[-－—…]+)〗?")  # quoted or not


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """`lead` stands before its first line, and as much blank before the others."""

    table: Table
    lead: str = ""

    def set_out(self, width: int) -> Text:
        margin = cell_len(self.lead)
        columns = _columns(self.table, width - margin)
        lines = _told(self.table, width - margin) if columns is None else _drawn(self, columns)
        block = Text(no_wrap=True)
        for number, line in enumerate(lines or [Text("（空表）", "dim")]):
            block.append("\n" if number else "")
            block.append(" " * margin if number else self.lead, "dim")
            block.append_text(line)
        return block


def _words(cell: Cell) -> str:
    return bare(plain(cell.runs))


def _columns(table: Table, width: int) -> tuple[int, ...] | None:
    """How wide each column is; None when even narrowed they are wider than that."""
    many = max((len(row) for row in table.rows), default=0)
    natural, least = [1] * many, [1] * many
    for at, row in enumerate(table.rows):
        for place, cell in enumerate(row):
            if cell is not None and cell.across == 1:
                wide = cell_len(_words(cell))
                fixed = at >= table.header_rows and FIGURE.fullmatch(_words(cell))
                natural[place] = max(natural[place], wide)
                least[place] = max(least[place], wide if fixed else min(wide, LEAST))
    room = width - GAP * (many - 1)
    if sum(least) > room:
        return None
    while sum(natural) > room:
        widest = max(range(many), key=lambda place: natural[place] - least[place])
        natural[widest] -= 1
    return tuple(natural)


def _drawn(grid: Grid, columns: Sequence[int]) -> list[Text]:
    table, right = grid.table, _figures(grid.table, len(columns))
    lines: list[Text] = []
    for at, row in enumerate(table.rows):
        head = at < table.header_rows
        lines += _row(row, columns, right, head=head)
        if at == table.header_rows - 1:
            lines.append(Text("-" * (sum(columns) + GAP * (len(columns) - 1)), "dim"))
    return lines


def _figures(table: Table, many: int) -> list[bool]:
    """Columns that hold nothing but figures, which stand to the right."""
    right = []
    for place in range(many):
        body = [row[place] for row in table.rows[table.header_rows :] if place < len(row)]
        told = [_words(cell) for cell in body if cell is not None and _words(cell)]
        right.append(bool(told) and all(FIGURE.fullmatch(each) for each in told))
    return right


def _row(
    row: Sequence[Cell | None], columns: Sequence[int], right: Sequence[bool], *, head: bool
) -> list[Text]:
    """One row, as many lines high as its highest cell."""
    blocks, place = [], 0
    while place < len(columns):
        cell = row[place] if place < len(row) else None
        across = cell.across if cell is not None else 1
        width = sum(columns[place : place + across]) + GAP * (across - 1)
        told = wrap(_words(cell), width) if cell is not None else [""]
        middle = head and across > 1
        blocks.append([_put(line, width, right=right[place], middle=middle) for line in told])
        blocks[-1].insert(0, " " * width)  # what stands where the others are higher
        place += across
    high = zip_longest(*(block[1:] for block in blocks))
    gap, blank = " " * GAP, [block[0] for block in blocks]
    return [
        Text(
            gap.join(x if x is not None else blank[n] for n, x in enumerate(line)).rstrip(),
            "bold" if head else "",
        )
        for line in high
    ]


def _put(line: str, width: int, *, right: bool, middle: bool) -> str:
    left = width - cell_len(line)
    before = left // 2 if middle else left if right else 0
    return " " * before + line + " " * (left - before)


def _told(table: Table, width: int) -> list[Text]:
    """`重点实验室　九市 420；香港 20`: every row as a paragraph, each figure under its heads."""
    heads = _heads(table)
    lines: list[Text] = []
    for row in table.rows[table.header_rows :]:
        name = _words(row[0]) if row and row[0] is not None else ""
        rest = "；".join(_named(heads, row))
        para = Para(text=f"{name}　{rest}", strong=len(name))
        lines += set_out(para, width).split("\n")
    return lines


def _heads(table: Table) -> list[str]:
    """What stands above each column, from the top down."""
    many = max((len(row) for row in table.rows), default=0)
    heads: list[list[str]] = [[] for _ in range(many)]
    for row in table.rows[: table.header_rows]:
        for place, cell in enumerate(row):
            for covered in range(place, min(many, place + (cell.across if cell else 0))):
                heads[covered].append(_words(cell) if cell else "")
    return ["·".join(filter(None, each)) for each in heads]


def _named(heads: Sequence[str], row: Sequence[Cell | None]) -> Iterator[str]:
    for place, cell in enumerate(row[1:], 1):
        if cell is not None and _words(cell):
            yield f"{heads[place]} {_words(cell)}".strip()
