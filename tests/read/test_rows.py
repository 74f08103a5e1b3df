"""Rows of .csv and .xlsx files as people's programs write them."""

from __future__ import annotations

import io
import zipfile

import pytest

from editorial.errors import EditorialError
from editorial.read.rows import read_rows, read_sheets
from tests.read.test_docx_marks import spoiled

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ROWS = (("单位", "要求"), ("某局", "请补充，并核实"))


def xlsx(sheet: str, shared: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {MAIN}>{sheet}</worksheet>")
        if shared:
            archive.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{shared}</sst>")
    return stream.getvalue()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_any_code_chinese_programs_write(code: str) -> None:
    assert read_rows('单位,要求\r\n某局,"请补充，并核实"\r\n'.encode(code), "表.csv") == ROWS


@pytest.mark.parametrize("between", [";", "\t"])
def test_a_csv_with_another_mark_between_its_cells_is_read(between: str) -> None:
    text = f"单位{between}要求\n某局{between}请补充，并核实\n"
    assert read_rows(text.encode(), "表.csv") == ROWS


def test_what_stands_within_a_cell_does_not_part_it() -> None:
    assert read_rows("单位,要求;说明\n某局,甲;乙\n".encode(), "表.csv") == (
        ("单位", "要求;说明"),
        ("某局", "甲;乙"),
    )
    assert read_rows("说明\n甲;乙\n".encode(), "表.csv") == (("说明",), ("甲;乙",))


def test_shared_strings_numbers_and_gaps_are_read() -> None:
    shared = "<si><t>单位</t></si><si><r><t>某</t></r><r><t>局</t></r><rPh><t>jú</t></rPh></si>"
    rows = '<c r="A1" t="s"><v>0</v></c><c r="C1"><v>12.0</v></c>'
    data = xlsx(
        f'<sheetData><row r="1">{rows}</row>'
        '<row r="3"><c r="B3" t="s"><v>1</v></c></row></sheetData>',
        shared,
    )
    assert read_rows(data, "表.xlsx") == (("单位", "", "12"), (), ("", "某局"))


def test_inline_strings_are_read() -> None:
    rows = f'<row r="1">{cell("A1", "单位")}{cell("B1", "要求")}</row>'
    assert read_rows(xlsx(f"<sheetData>{rows}</sheetData>"), "表.xlsx") == (("单位", "要求"),)


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\xff\xfe",
        spoiled(xlsx("<sheetData/>")),
        xlsx("<sheetData><row r='99999999'/></sheetData>"),
        xlsx('<sheetData><row r="1"><c r="A1" t="s"><v>5</v></c></row></sheetData>'),
        xlsx('<sheetData><row r="1"><c r="ZZZ1"><v>5</v></c></row></sheetData>'),
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(EditorialError, match="读不了表格"):
        read_rows(data, "表.xlsx")


@pytest.mark.parametrize("data", [b"PK", b"PK\x03\x04rubbish", xlsx("<sheetData/>")[:-40]])
def test_a_damaged_workbook_is_told_as_one(data: bytes) -> None:
    for read in (read_rows, read_sheets):
        with pytest.raises(EditorialError, match=r"表格表\.xlsx损坏，打不开") as refused:
            read(data, "表.xlsx")
        assert "请对方重发" in refused.value.hint
