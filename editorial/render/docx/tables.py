"""Tables: grid with merged cells, rows that do not break, a head that repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal, TypeAlias

from editorial.model.document import Cell, Table, plain
from editorial.render.docx.galley import Scope
from editorial.render.docx.inline import set_runs
from editorial.render.docx.looks import look_of
from editorial.render.docx.wordml import TWIPS, paragraph, properties, val

Rows: TypeAlias = tuple[tuple[Cell | None, ...], ...]
NUMBER = re.compile(r"[-−+±]?[\d,，. ]*\d[%‰]?|[—…\-]*")
LEAST_EMS, MOST_EMS = 3.0, 24.0
EMPTY = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A cell as Word sees it; `upright` continues or starts a merge downward."""

    cell: Cell
    column: int
    across: int
    upright: Literal["", "restart", "continue"] = ""


def set_table(scope: Scope, table: Table) -> str:
    """The `w:tbl` alone, as wide as the text; empty when the table has no cell."""
    rows = square(table.rows)
    if not rows or not rows[0]:
        return ""
    look = look_of(scope.galley.style, "table_cell")
    edges = _edges(rows, scope.galley.page.measure, look.size * TWIPS)
    figures = _number_columns(rows[table.header_rows :], len(edges) - 1)
    lines = [
        _row(scope, slots, edges, figures, head=place < table.header_rows)
        for place, slots in enumerate(placed(rows))
    ]
    return table_xml(edges, "".join(lines), "BookTable")


def table_xml(edges: Sequence[int], rows: str, style: str) -> str:
    """`edges` are the column edges in twips, from 0 to the width of the table."""
    grid = "".join(f'<w:gridCol w:w="{stop - start}"/>' for start, stop in pairwise(edges))
    look = properties(
        "tblPr",
        ("tblStyle", val(style)),
        ("tblW", f'w:w="{edges[-1]}" w:type="dxa"'),
        ("jc", val("center")),
        ("tblLayout", 'w:type="fixed"'),
    )
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def row_xml(cells: str, *, head: bool) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def square(rows: Rows) -> Rows:
    """Short rows are filled up, so that a damaged table still opens."""
    width = max(map(len, rows), default=0)
    return tuple((*row, *[EMPTY] * (width - len(row))) for row in rows)


def placed(rows: Rows) -> Iterator[list[Slot]]:
    """Slots of each row. A span reaches only over positions that are really empty."""
    below: dict[tuple[int, int], int] = {}
    for place, row in enumerate(rows):
        slots: list[Slot] = []
        column = 0
        while column < len(row):
            slot = _slot(rows, place, column, below)
            slots.append(slot)
            column += slot.across
        yield slots


def _slot(rows: Rows, place: int, column: int, below: dict[tuple[int, int], int]) -> Slot:
    if (place, column) in below:
        across = below[place, column]
        return Slot(cell=EMPTY, column=column, across=across, upright="continue")
    cell = rows[place][column]
    if cell is None:
        return Slot(cell=EMPTY, column=column, across=1)
    across = _free(rows, place, column, cell.across, below)
    down = 1
    while down < cell.down and _open(rows, place + down, column, across):
        below[place + down, column] = across
        down += 1
    upright: Literal["", "restart"] = "restart" if down > 1 else ""
    return Slot(cell=cell, column=column, across=across, upright=upright)


def _free(
    rows: Rows, place: int, column: int, wanted: int, below: dict[tuple[int, int], int]
) -> int:
    """How far a cell may reach to the right: over empty positions no upper cell claims."""
    row, across = rows[place], 1
    while (
        across < wanted
        and column + across < len(row)
        and row[column + across] is None
        and (place, column + across) not in below
    ):
        across += 1
    return across


def _open(rows: Rows, place: int, column: int, across: int) -> bool:
    return place < len(rows) and not any(rows[place][column : column + across])


def _row(
    scope: Scope, slots: Sequence[Slot], edges: Sequence[int], figures: set[int], *, head: bool
) -> str:
    cells = "".join(_cell(scope, slot, edges, figures, head=head) for slot in slots)
    return row_xml(cells, head=head)


def _cell(scope: Scope, slot: Slot, edges: Sequence[int], figures: set[int], *, head: bool) -> str:
    stop = slot.column + slot.across
    merge = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}
    span = f'<w:gridSpan w:val="{slot.across}"/>' if slot.across > 1 else ""
    look = (
        f'<w:tcPr><w:tcW w:w="{edges[stop] - edges[slot.column]}" w:type="dxa"/>{span}'
        f'{merge[slot.upright]}<w:vAlign w:val="center"/></w:tcPr>'
    )
    words = set_runs(scope, slot.cell.runs)
    if head:
        return f"<w:tc>{look}{paragraph(words, 'TableHead')}</w:tc>"
    if slot.column in figures and slot.across == 1:
        return f"<w:tc>{look}{paragraph(words, 'TableText', jc=val('right'))}</w:tc>"
    return f"<w:tc>{look}{paragraph(words, 'TableText')}</w:tc>"


def _number_columns(rows: Rows, width: int) -> set[int]:
    """Columns holding nothing but numbers: set at right, so that units stand under units."""
    return {column for column in range(width) if _is_numbers([row[column] for row in rows])}


def _is_numbers(cells: Sequence[Cell | None]) -> bool:
    words = [plain(cell.runs).strip() for cell in cells if cell]
    return any(words) and all(NUMBER.fullmatch(word) for word in words)


def _edges(rows: Rows, measure: int, em: float) -> list[int]:
    """Columns share the measure by the longest text each holds; `em` in twips."""
    wanted = [em * _ems(rows, column) for column in range(len(rows[0]))]
    return shared_out(measure, wanted)


def shared_out(measure: float, wanted: Sequence[float]) -> list[int]:
    """Column edges from 0 to `measure`: small columns as wide as they want, the wide ones alike.

    If all wishes can be met, what is left over is shared in proportion.
    """
    widths, left = [0.0] * len(wanted), measure
    modest_first = sorted(range(len(wanted)), key=lambda column: wanted[column])
    for served, column in enumerate(modest_first):
        widths[column] = min(wanted[column], left / (len(wanted) - served))
        left -= widths[column]
    scale = measure / sum(widths)
    return [0, *(round(reached * scale) for reached in accumulate(widths))]


def _ems(rows: Rows, column: int) -> float:
    cells = (row[column] for row in rows)
    lengths = [_length(plain(cell.runs)) for cell in cells if cell and cell.across == 1]
    return min(max([LEAST_EMS, *lengths]), MOST_EMS)


def _length(text: str) -> float:
    """Width in ems, Latin letters and digits at half, with the cell's own margins."""
    return 1.2 + sum(0.55 if sign.isascii() else 1.0 for sign in text[:40])
