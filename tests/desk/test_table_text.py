"""Tables as people copy them become those of a section's text."""

from __future__ import annotations

import pytest

from editorial.desk.table_text import pasted_at, table_of_file, table_of_text
from editorial.errors import EditorialError
from editorial.model.document import Table, plain
from editorial.read.markup import read_markup

BLOCK = ':::table{title="待补"}\n| 指标 | 2024年 |\n---\n| 人口 | 1 |\n:::\n'


@pytest.mark.parametrize(
    "text",
    [
        "指标\t2024年\n人口\t1\n",
        "指标\t2024年\t\r\n人口\t1\t\r\n\t\t\r\n",
        "指标\t2024年\r人口\t1\r",
        "指标,2024年\r人口,1\r",
        "| 指标 | 2024年 |\n| --- | ---: |\n| 人口 | 1 |\n",
        "指标 | 2024年\n--- | ---\n人口 | 1",
        "指标,2024年\n人口,1\n",
    ],
)
def test_what_is_copied_becomes_a_table(text: str) -> None:
    assert table_of_text(text) == BLOCK
    assert read_markup(BLOCK)[1] == ()


@pytest.mark.parametrize("code", ["utf-8-sig", "gb18030", "utf-16"])
def test_files_come_in_any_code(code: str) -> None:
    assert table_of_file("指标,2024年\r\n人口,1\r\n".encode(code), "a.csv") == BLOCK


def test_a_title_and_a_unit_above_it_are_those_of_the_table() -> None:
    block = table_of_text(
        "示例表\t\t\n（单位：万人）\t\t\n指标\t2024年\t2025年\n人口\t1\t2\n注：示例。\n"
    )
    (table,) = read_markup(block)[0].blocks
    assert isinstance(table, Table)
    assert (table.title, table.unit, table.header_rows, len(table.rows)) == ("示例表", "万人", 1, 3)


def test_cells_are_what_they_were() -> None:
    """No mark in them means anything; a line broken in a cell goes on, what is set in stays so."""
    block = table_of_text('甲\t乙\n1*2*3\t<\n　其中\t"上\n下"\n')
    (table,) = read_markup(block)[0].blocks
    assert isinstance(table, Table)
    told = [[cell and plain(cell.runs) for cell in row] for row in table.rows]
    assert told == [["甲", "乙"], ["1*2*3", "<"], ["　其中", "上下"]]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('"甲区\t12\n乙区\t13\n', [['"甲区', "12"], ["乙区", "13"]]),
        ('"甲区\t12\n乙区"\t13', [['"甲区', "12"], ['乙区"', "13"]]),
        ('“甲”\t"12\n"乙"区\t13', [["“甲”", '"12'], ['"乙"区', "13"]]),
        ('甲区\t1\n"' + "乙" * 140_000 + "\t2", [["甲区", "1"], ['"' + "乙" * 140_000, "2"]]),
    ],
    ids=["unclosed", "closed in another cell", "two", "long"],
)
def test_a_quote_that_is_not_closed_joins_no_rows(text: str, rows: list[list[str]]) -> None:
    (table,) = read_markup(table_of_text(text))[0].blocks
    assert isinstance(table, Table)
    assert [[cell and plain(cell.runs) for cell in row] for row in table.rows] == rows


def test_what_is_no_csv_is_told() -> None:
    with pytest.raises(EditorialError, match="读不了表格"):
        table_of_text('甲,"' + "乙" * 140_000, "a.csv")


@pytest.mark.parametrize("text", ["", "没有表格", "甲\n乙\n"])
def test_what_holds_none_is_refused(text: str) -> None:
    with pytest.raises(EditorialError, match="没有表格"):
        table_of_text(text)


def test_a_workbook_is_refused() -> None:
    with pytest.raises(EditorialError, match="不直接读"):
        table_of_file(b"PK\x03\x04", "a.xlsx")


def test_the_lines_of_a_pasted_table_are_found() -> None:
    text = f"正文。\n甲\t1\t2\n\n乙\t3\t4\n正文。\n{BLOCK}"
    assert [pasted_at(text, number) for number in (1, 2, 4, 5, 7)] == [
        None,
        (2, 4),
        (2, 4),
        None,
        None,
    ]
