"""A table as it is copied out of Excel, Word or Markdown, or saved as .csv → the `:::table` block
of a section's text."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

from editorial.desk.own_editor import written_text
from editorial.errors import EditorialError
from editorial.model.document import Cell, Document, Run, Table
from editorial.model.marks import BAR
from editorial.read.markup import read_markup
from editorial.read.reading import Reading
from editorial.read.rows import read_rows as read_csv
from editorial.read.strays import pasted_tables
from editorial.read.table import Rows, read_rows
from editorial.render.markup import render_markup

# Whoever forgets it is told at every draft, and kept from handing the book over.
UNTITLED = "待补"
_UNIT = re.compile(r"[（(]?(?:计量)?单位[:：]\s*(.+?)[）)]?")
_BREAK = re.compile(r"\s*\n\s*")


def table_of_file(data: bytes, name: str) -> str:
    """The block, of a .csv or of rows somebody copied into a file. EditorialError for a workbook:
    what it holds is not what it shows."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        hint = "另存为 .csv 再办；或在 Excel 里复制那几行，贴到看板的“改正文”里按 F8"
        told = "百分数、日期、小数位在 Excel 文件里存的与看到的不同，不直接读"
        raise EditorialError(told, where=name, hint=hint)
    return table_of_text(written_text(data), name)


def pasted_at(text: str, number: int) -> tuple[int, int] | None:
    """First and last line, from 1, of the pasted table that line is in; None for what is none."""
    for rows in pasted_tables(read_markup(text)[0], Reading(text, "").lines):
        if rows[0].number <= number <= rows[-1].number:
            return rows[0].number, rows[-1].number
    return None


def table_of_text(text: str, name: str = "") -> str:
    """The block, of lines whose cells are parted by tabs, by bars, or else by commas."""
    text = re.sub(r"\r\n?", "\n", text)
    if "\t" not in text and BAR.search(text):
        lines = tuple(line.strip() for line in text.splitlines() if line.strip())
        grid, head, _ = read_rows(lines)
        return _block(Table(title=UNTITLED, rows=grid, header_rows=head or _head(grid)))
    return _block(_of_cells(_parted(text) if "\t" in text else read_csv(text.encode(), name)))


def _parted(text: str) -> tuple[tuple[str, ...], ...]:
    """Cells between tabs. Excel puts a cell of several lines between quotes; a quote that nothing
    closes, or that only one in another cell does, is a quote."""
    try:
        rows = tuple(map(tuple, csv.reader(io.StringIO(text), delimiter="\t", strict=True)))
    except csv.Error:
        rows = ()
    if rows and not any("\t" in cell for row in rows for cell in row):
        return rows
    return tuple(tuple(line.split("\t")) for line in text.split("\n"))


def _of_cells(rows: tuple[tuple[str, ...], ...]) -> Table:
    """Without what is empty at the ends; a title and 单位：… in rows of their own above it are
    those of the table."""
    texts = [[_BREAK.sub("", cell.strip(" \t\r\n")) for cell in row] for row in rows]
    left = [row for row in texts if any(row)]
    table = Table(title="", rows=())
    while left and sum(map(bool, left[0])) == 1 and max(sum(map(bool, row)) for row in left) > 1:
        words = "".join(left.pop(0))
        unit = _UNIT.fullmatch(words)
        table = replace(table, unit=unit[1]) if unit else replace(table, title=table.title + words)
    width = max((at for row in left for at, cell in enumerate(row, 1) if cell), default=0)
    padded = ([*row, *[""] * width][:width] for row in left)
    grid: Rows = tuple(tuple(map(_cell, row)) for row in padded)
    grid = grid if width > 1 else ()
    return replace(table, title=table.title or UNTITLED, rows=grid, header_rows=_head(grid))


def _cell(text: str) -> Cell:
    return Cell(runs=(Run(text=text),) if text else ())


def _head(grid: Rows) -> int:
    return min(1, len(grid) - 1) if grid else 0


def _block(table: Table) -> str:
    if not table.rows:
        hint = "要的是 .csv，或从 Excel、Word 的表格里复制的几行"
        raise EditorialError("里面没有表格", hint=hint)
    return render_markup(Document(blocks=(table,)))
