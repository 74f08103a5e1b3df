"""Rows of a spreadsheet as text: .csv as Excel and WPS write it, or the first sheet of .xlsx."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from editorial.errors import EditorialError
from editorial.read.word_xml import FAULTS, is_within, nodes_of, tree_of
from editorial.values import dataclass

MOST = 32 * 2**20  # bytes of one part unpacked
ZIPPED = b"PK"  # how a workbook begins, a damaged one too
MARKED = (b"\xff\xfe", b"\xfe\xff")  # how text in two bytes a sign begins
MOST_ROWS, MOST_COLUMNS = 20_000, 200
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet with all its rows; `joined` are its merged cells as (row, column, last row,
    last column), counted from 0."""

    rows: tuple[tuple[str, ...], ...]
    joined: tuple[tuple[int, int, int, int], ...] = ()


def read_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Every sheet of a workbook, or the one of a .csv. EditorialError for what is no such file."""
    if not data.startswith(ZIPPED):
        return (Sheet(rows=read_rows(data, name)),)
    with _readable(name), zipfile.ZipFile(io.BytesIO(data)) as archive:
        shared = _shared(archive)
        bodies = [tree_of(archive, each, MOST) for each in _sheet_names(archive)]
        return tuple(
            Sheet(rows=tuple(_rows(body, shared)), joined=tuple(_joined(body))) for body in bodies
        )


def read_rows(data: bytes, name: str) -> tuple[tuple[str, ...], ...]:
    """Every row, empty ones too, so that numbers stay those of the sheet. EditorialError for what
    is no such file."""
    with _readable(name):
        if data.startswith(ZIPPED):
            return tuple(_sheet(data))
        text = _text(data, name)
        lines = csv.reader(io.StringIO(text), delimiter=_between(text), strict=True)
        return tuple(tuple(row) for row in lines)


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """EditorialError for what is no table, met within."""
    try:
        yield
    except zipfile.BadZipFile as fault:
        hint = "请对方重发，或用 Excel、WPS 打开看看，另存为 .xlsx"
        raise EditorialError(f"表格{name}损坏，打不开", hint=hint) from fault
    except (*FAULTS, IndexError, csv.Error) as fault:
        hint = "请用 Excel 或 WPS 打开，另存为 .xlsx 或 .csv"
        raise EditorialError(f"读不了表格{name}", hint=hint) from fault


def _between(text: str) -> str:
    """What stands between the cells: a comma, or what programs set up otherwise write."""
    head = [line for line in text.splitlines() if line.strip()][:2]
    others = (each for each in ";\t" if head and all(each in line for line in head))
    return "," if head and "," in head[0] else next(others, ",")


def _text(data: bytes, name: str) -> str:
    for code in ("utf-16",) if data.startswith(MARKED) else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValueError(name)


def _sheet(data: bytes) -> Iterator[tuple[str, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        shared = _shared(archive)
        names = _sheet_names(archive)
        body = tree_of(archive, names[0] if names else "xl/worksheets/sheet1.xml", MOST)
    yield from _rows(body, shared)


def _shared(archive: zipfile.ZipFile) -> list[str]:
    return [_words(each) for each in nodes_of(archive, "xl/sharedStrings.xml", MOST)]


def _sheet_names(archive: zipfile.ZipFile) -> list[str]:
    names = (n for n in archive.namelist() if re.fullmatch(r"xl/worksheets/\w+\.xml", n))
    return sorted(names, key=_rank)


def _rows(body: etree._Element, shared: list[str]) -> Iterator[tuple[str, ...]]:
    reached = 0
    for row in body.iter("{*}row"):
        number = int(row.get("r", reached + 1))
        if not reached < number <= MOST_ROWS:
            raise ValueError(number)
        yield from [()] * (number - reached - 1)
        yield _row(row, shared)
        reached = number


def _joined(body: etree._Element) -> Iterator[tuple[int, int, int, int]]:
    for each in body.iter("{*}mergeCell"):
        ends = _REFERENCE.findall(each.get("ref", ""))
        if len(ends) == 2:
            (first, top), (last, bottom) = ends
            yield int(top) - 1, _column(first), int(bottom) - 1, _column(last)


def _rank(name: str) -> tuple[int, str]:
    return len(name), name


def _row(row: etree._Element, shared: list[str]) -> tuple[str, ...]:
    cells: dict[int, str] = {}
    for cell in row.iterchildren("{*}c"):
        found = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(found[1]) if found else len(cells)
        if column >= MOST_COLUMNS:
            raise ValueError(column)
        cells[column] = _value(cell, shared)
    return tuple(cells.get(column, "") for column in range(max(cells, default=-1) + 1))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: etree._Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _words(cell)
    value = next(cell.iterchildren("{*}v"), None)
    text = (value.text or "") if value is not None else ""
    if cell.get("t") == "s":
        return shared[int(text)]
    return text.removesuffix(".0")


def _words(node: etree._Element) -> str:
    """Text of a string, without the reading marks East Asian ones may carry."""
    return "".join(part.text or "" for part in node.iter("{*}t") if not is_within(part, "rPh"))
