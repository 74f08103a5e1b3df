"""Workbooks: what goes into a cell comes out of it, and nothing in one is ever worked out."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from lxml import etree

from editorial.model.register import RegisterTable, Value
from editorial.read.rows import read_rows
from editorial.render.xlsx import workbook

DAY = date(2020, 3, 5)


def table(*rows: tuple[Value, ...], columns: tuple[str, ...] = ("序号", "标题")) -> RegisterTable:
    widths = (5.0, *[20.0] * (len(columns) - 1))
    return RegisterTable(
        name="登记", title="登记簿", office="示例办", columns=columns, widths=widths, rows=rows
    )


def made(*tables: RegisterTable) -> bytes:
    return workbook(tables, DAY, "示例办")


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def sheet(*rows: tuple[Value, ...]) -> etree._Element:
    return part(made(table(*rows)), "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "words", ["=1+1", "+86", "@SUM(A1)", "<b>&", "甲\n乙", "012", "〔2020〕3号", "　前后　"]
)
def test_words_are_read_back_as_written(words: str) -> None:
    assert read_rows(made(table((1, words))), "登记簿.xlsx")[3] == ("1", words)


def test_no_cell_is_a_formula() -> None:
    assert sheet((1, "=HYPERLINK(1)")).findall(".//{*}f") == []


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert read_rows(made(table((1, "甲\x00\x0b乙"))), "登记簿.xlsx")[3] == ("1", "甲乙")


def test_a_day_is_a_number_shown_as_a_day() -> None:
    cell = sheet((1, DAY)).find(".//{*}c[@r='B4']")
    assert cell is not None
    styles = part(made(table((1, DAY))), "xl/styles.xml")
    look = styles.findall(".//{*}cellXfs/{*}xf")[int(cell.get("s", "0"))]
    form = styles.find(f".//{{*}}numFmt[@numFmtId='{look.get('numFmtId')}']")
    assert (cell.findtext("{*}v"), form is not None and form.get("formatCode")) == (
        "43895",
        "yyyy\\-mm\\-dd",
    )


def test_a_row_is_as_high_as_its_longest_cell() -> None:
    heights = [float(row.get("ht", "0")) for row in sheet((1, "短"), (2, "长" * 40)).iter("{*}row")]
    assert heights[4] == pytest.approx(heights[3] + 3 * 13)


def test_columns_beyond_z_have_two_letters() -> None:
    columns = tuple(f"第{n}栏" for n in range(30))
    data = made(table(tuple(range(30)), columns=columns))
    assert read_rows(data, "登记簿.xlsx")[3] == tuple(map(str, range(30)))
    filters = part(data, "xl/worksheets/sheet1.xml").find("{*}autoFilter")
    assert filters is not None
    assert filters.get("ref") == "A3:AD4"


def test_a_table_without_rows_has_nothing_to_filter() -> None:
    assert sheet().find("{*}autoFilter") is None


def test_every_table_has_its_sheet() -> None:
    book = part(made(table(), table()), "xl/workbook.xml")
    assert len(book.findall(".//{*}sheet")) == 2
