"""A table before it meets a page: cells in place, column widths, how each column is aligned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal, TypeAlias

from editorial.model.document import Cell, Run, Runs, Table, plain
from editorial.model.style import Align, TextRole
from editorial.render.pdf.inline import Setting, passage
from editorial.render.pdf.pages import Passage

WIDE = 1e5
SMALLEST = 6.0
JUSTIFIED_EMS = 9
NUMBER = re.compile(r"[-+−－＋]?\d[\d,， ]*(?:[.．]\d+)?[%％‰]?")
BLANK = re.compile(r"[—–\-－…⋯／/]*")
WORD = re.compile(r"[!-~]+")
POINT = re.compile(r"[.．]|(?=[%％‰])|$")

CellAlign: TypeAlias = Literal["left", "center", "decimal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A cell at its place, `across` and `down` cut to the grid. `natural`: width on one line."""

    row: int
    column: int
    across: int
    down: int
    runs: Runs
    text: str
    natural: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBox:
    """A composed cell: text at `x` from the table's left edge."""

    box: Box
    passage: Passage
    x: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`edges` are x of the column lines; `rows[r]` holds the boxes starting in row r."""

    edges: tuple[float, ...]
    rows: tuple[tuple[SetBox, ...], ...]
    header: int
    look: TextRole
    pad: float


def plan_table(setting: Setting, table: Table, text_look: TextRole, width: float) -> Plan:
    """Choose type size and column widths so that the table fills `width` points."""
    columns = max((len(row) for row in table.rows), default=0)
    one_line = replace(text_look, align="left", indent=0)
    boxes = tuple(_boxes(setting, table.rows, columns, one_line))
    pad = 4.0 if columns <= 8 else 2.0
    size, widths = _fit(boxes, columns, text_look.size, width, pad)
    sized = _sized(text_look, size)
    if size != text_look.size:
        shrunk = replace(sized, align="left", indent=0)
        boxes = tuple(_boxes(setting, table.rows, columns, shrunk))
    edges = _running(widths)
    header = _header_rows(table, boxes)
    aligns = [_column_align(boxes, column, header) for column in range(columns)]
    pens = _Pens(setting=setting, look=sized, edges=edges, pad=pad)
    decimals = {
        column: _decimal_widths(pens, boxes, column, header)
        for column, align in enumerate(aligns)
        if align == "decimal"
    }
    rows: list[list[SetBox]] = [[] for _ in table.rows]
    for box in boxes:
        rows[box.row].append(_set_box(pens, box, aligns, decimals, header))
    return Plan(edges=edges, rows=tuple(map(tuple, rows)), header=header, look=sized, pad=pad)


def _sized(text_look: TextRole, size: float) -> TextRole:
    return replace(text_look, size=size, leading=text_look.leading * size / text_look.size)


def _boxes(
    setting: Setting, rows: Sequence[Sequence[Cell | None]], columns: int, one_line: TextRole
) -> Iterable[Box]:
    """Every cell, spans cut where another cell or the edge stands in their way."""
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        for column in range(columns):
            cell = cells[column] if column < len(cells) else None
            if (row, column) in covered and cell is None:
                continue
            across, down = _extent(rows, row, column, columns, cell or Cell(), covered)
            covered.update((row + r, column + c) for r in range(down) for c in range(across))
            runs = cell.runs if cell else ()
            natural = passage(setting, runs, one_line, WIDE).lines
            yield Box(
                row=row,
                column=column,
                across=across,
                down=down,
                runs=runs,
                text=plain(runs).strip(),
                natural=natural.width_of(0) if natural.count else 0,
            )


def _extent(
    rows: Sequence[Sequence[Cell | None]],
    row: int,
    column: int,
    columns: int,
    cell: Cell,
    covered: set[tuple[int, int]],
) -> tuple[int, int]:
    def free(r: int, c: int) -> bool:
        taken = rows[r][c] if c < len(rows[r]) else None
        return taken is None and (r, c) not in covered

    across = 1
    while across < cell.across and column + across < columns and free(row, column + across):
        across += 1
    down = 1
    while (
        down < cell.down
        and row + down < len(rows)
        and all(free(row + down, column + c) for c in range(across))
    ):
        down += 1
    return across, down


def _header_rows(table: Table, boxes: Iterable[Box]) -> int:
    """The header as given, and as far down as its cells reach; never the whole table."""
    header = table.header_rows
    for box in boxes:
        if box.row < header:
            header = max(header, box.row + box.down)
    return header if header < len(table.rows) else 0


# Column widths


def _fit(
    boxes: Sequence[Box], columns: int, size: float, width: float, pad: float
) -> tuple[float, list[float]]:
    """The largest type size, down to `SMALLEST`, at which no word needs breaking."""
    naturals, leasts = _wishes(boxes, columns, size, pad)
    smaller = size
    while smaller - 0.5 >= SMALLEST and sum(leasts) * smaller / size > width:
        smaller -= 0.5
    scale = smaller / size
    return smaller, _share(
        [natural * scale for natural in naturals], [least * scale for least in leasts], width
    )


def _wishes(
    boxes: Sequence[Box], columns: int, size: float, pad: float
) -> tuple[list[float], list[float]]:
    """Width of each column on one line, and the least that keeps words and numbers whole."""
    naturals, leasts = [size + 2 * pad] * columns, [size + 2 * pad] * columns
    for box in sorted(boxes, key=lambda box: box.across):
        span = slice(box.column, box.column + box.across)
        for widths, wish in ((naturals, box.natural), (leasts, _least(box, size))):
            lacking = wish + 2 * pad - sum(widths[span])
            if lacking > 0:
                widths[span] = [width + lacking / box.across for width in widths[span]]
    return naturals, leasts


def _least(box: Box, size: float) -> float:
    longest = max((len(word) for word in WORD.findall(box.text)), default=0)
    if longest == len(box.text):
        return min(box.natural, 12 * size)
    return min(box.natural, max(2.0, min(longest * 0.6, 8.0)) * size)


def _share(naturals: Sequence[float], leasts: Sequence[float], width: float) -> list[float]:
    """Columns that fill `width`: short ones whole, long ones by the root of their length."""
    if not naturals:
        return []
    if sum(leasts) >= width:
        return [least * width / sum(leasts) for least in leasts]
    if sum(naturals) <= width:
        spare = (width - sum(naturals)) / len(naturals)
        return [natural + spare for natural in naturals]
    return _squeeze(naturals, leasts, width)


def _squeeze(naturals: Sequence[float], leasts: Sequence[float], width: float) -> list[float]:
    """Grow every column from its least width towards its natural one, at a pace of its root."""
    widths = list(leasts)
    growing = {column for column, natural in enumerate(naturals) if natural > widths[column]}
    spare = width - sum(widths)
    while growing and spare > 0.01:
        pace = sum(sqrt(naturals[column]) for column in growing)
        shares = {column: spare * sqrt(naturals[column]) / pace for column in growing}
        filled = {c for c in growing if widths[c] + shares[c] >= naturals[c]}
        for column in filled or growing:
            grown = min(widths[column] + shares[column], naturals[column])
            spare -= grown - widths[column]
            widths[column] = grown
        if not filled:
            break
        growing -= filled
    return widths


def _running(widths: Sequence[float]) -> tuple[float, ...]:
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    return tuple(edges)


# Alignment


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pens:
    setting: Setting
    look: TextRole
    edges: tuple[float, ...]
    pad: float


def _column_align(boxes: Iterable[Box], column: int, header: int) -> CellAlign:
    """Numbers by their decimal point, long text and the row heads from the left."""
    body = [
        box
        for box in boxes
        if box.column == column and box.across == 1 and box.row >= header and box.text
    ]
    numbers = sum(bool(NUMBER.fullmatch(box.text)) for box in body)
    others = sum(not NUMBER.fullmatch(box.text) and not BLANK.fullmatch(box.text) for box in body)
    if numbers and numbers >= 4 * others:
        return "decimal"
    lengths = {len(box.text) for box in body}
    return "left" if len(lengths) > 1 and max(lengths) > 4 else "center"


def _decimal_widths(
    pens: _Pens, boxes: Iterable[Box], column: int, header: int
) -> tuple[float, float]:
    """Widest part before the decimal point, widest from the point on."""
    before, after = 0.0, 0.0
    for box in boxes:
        if box.column == column and box.row >= header and _is_number(box):
            whole = _before_point(pens, box)
            before, after = max(before, whole), max(after, box.natural - whole)
    return before, after


def _is_number(box: Box) -> bool:
    return box.across == 1 and bool(NUMBER.fullmatch(box.text))


def _before_point(pens: _Pens, box: Box) -> float:
    found = POINT.search(box.text)
    whole = box.text[: found.start()] if found else box.text
    if whole == box.text:
        return box.natural
    lines = passage(pens.setting, (Run(text=whole),), _from_left(pens.look), WIDE).lines
    return lines.width_of(0) if lines.count else 0


def _from_left(text_look: TextRole) -> TextRole:
    return replace(text_look, align="left", indent=0)


def _set_box(
    pens: _Pens,
    box: Box,
    aligns: Sequence[CellAlign],
    decimals: dict[int, tuple[float, float]],
    header: int,
) -> SetBox:
    left = pens.edges[box.column] + pens.pad
    width = pens.edges[box.column + box.across] - pens.pad - left
    centred = box.row < header or box.across > 1 or aligns[box.column] != "left"
    if box.natural > width + 0.01:
        wide = width >= JUSTIFIED_EMS * pens.look.size
        align: Align = "center" if centred else "justify" if wide else "left"
        wrapped = replace(pens.look, align=align, indent=0)
        return SetBox(box=box, passage=passage(pens.setting, box.runs, wrapped, width), x=left)
    line = passage(pens.setting, box.runs, _from_left(pens.look), WIDE)
    if box.row >= header and box.column in decimals and _is_number(box):
        before, after = decimals[box.column]
        x = left + max(0.0, (width - before - after) / 2) + before - _before_point(pens, box)
        return SetBox(box=box, passage=line, x=min(x, left + width - box.natural))
    return SetBox(box=box, passage=line, x=left + (width - box.natural) / 2 * centred)
