"""意见表 as they come back: our own form filled in, tables people made, joined cells, sheets."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
from docx.document import Document as WordDocument
from docx.table import Table

from editorial.model.opinion_rows import Said
from editorial.model.register import RegisterTable
from editorial.read.opinion_form import OpinionForm, read_opinion_form, read_opinion_sheets
from editorial.render.xlsx import workbook

HEAD = ("序号", "页码", "行号", "类别", "原文", "修改意见", "理由")


def read(document: WordDocument) -> OpinionForm:
    out = io.BytesIO()
    document.save(out)
    return read_opinion_form(out.getvalue())


def filled(*rows: tuple[str, ...]) -> tuple[WordDocument, Table]:
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return document, table


def texts(form: OpinionForm) -> list[str]:
    return [said.text for said in form.rows]


def test_a_row_is_an_opinion_with_its_place() -> None:
    document, _ = filled(HEAD, ("1", "21", "15", "数据", "九个市", "改为“9市”", "体例"))
    assert read(document).rows == (
        Said(
            at="表1第2行",
            page="21",
            line="15",
            category="数据",
            original="九个市",
            text="改为“9市”",
            reason="体例",
        ),
    )


def test_columns_may_be_called_and_ordered_otherwise() -> None:
    document, _ = filled(
        ("建议（请具体）", "依据", "原　稿", "页　码"), ("应核实", "统计公报", "九个市", "P21")
    )
    (said,) = read(document).rows
    assert (said.text, said.reason, said.original, said.page) == (
        "应核实",
        "统计公报",
        "九个市",
        "P21",
    )


def test_blank_rows_and_repeated_heads_are_no_opinions() -> None:
    blank = ("3", "", "", "", "", "", "")
    document, _ = filled(
        HEAD,
        ("1", "2", "3", "", "", "甲", ""),
        blank,
        HEAD,
        ("2", "4", "5", "", "", "乙", ""),
        blank,
    )
    assert texts(read(document)) == ["甲", "乙"]


def test_a_head_repeated_in_another_order_is_followed() -> None:
    other = ("序号", "修改意见", "原文", "页码", "行号", "理由", "类别")
    document, _ = filled(
        HEAD,
        ("1", "2", "3", "", "原甲", "意甲", ""),
        other,
        ("2", "意乙", "原乙", "4", "5", "", ""),
    )
    told = [(said.original, said.text) for said in read(document).rows]
    assert told == [("原甲", "意甲"), ("原乙", "意乙")]


def test_a_table_cut_in_two_goes_on_without_a_head() -> None:
    document, _ = filled(HEAD, ("1", "2", "3", "", "", "甲", ""))
    second = document.add_table(rows=1, cols=7)
    second.rows[0].cells[5].text = "乙"
    assert texts(read(document)) == ["甲", "乙"]


def test_several_opinions_in_one_cell() -> None:
    document, _ = filled(
        HEAD, ("1", "21", "", "", "", "1.“甲”应为“乙”；\n2.核实2.5亿元的出处。\n3.删去末句", "")
    )
    form = read(document)
    assert texts(form) == ["“甲”应为“乙”；", "核实2.5亿元的出处。", "删去末句"]
    assert {said.page for said in form.rows} == {"21"}


def test_a_place_joined_down_belongs_to_every_row_of_it() -> None:
    document, table = filled(
        HEAD, ("1", "21", "15", "", "九个市", "甲", ""), ("2", "", "", "", "十个区", "乙", "")
    )
    table.cell(1, 1).merge(table.cell(2, 1))
    assert [(said.page, said.text) for said in read(document).rows] == [("21", "甲"), ("21", "乙")]


def test_page_and_line_joined_across() -> None:
    document, table = filled(HEAD, ("1", "第21页第15行", "", "", "", "甲", ""))
    table.cell(1, 1).merge(table.cell(1, 2))
    (said,) = read(document).rows
    assert (said.place, said.text) == ("第21页第15行", "甲")


def test_a_row_of_one_cell_names_the_part_for_those_below() -> None:
    document, table = filled(HEAD, ("第三篇 科技创新", *[""] * 6), ("1", "", "", "", "", "甲", ""))
    table.cell(1, 0).merge(table.cell(1, 6))
    assert [(said.section, said.text) for said in read(document).rows] == [
        ("第三篇 科技创新", "甲")
    ]


def test_a_form_within_a_table_for_layout() -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=1).cell(0, 0)
    inner = outer.add_table(rows=2, cols=3)
    for row, words in zip(
        inner.rows, (("序号", "原文", "意见"), ("1", "九个市", "改9市")), strict=True
    ):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    assert texts(read(document)) == ["改9市"]


def test_who_filled_it_in_and_what_was_ticked() -> None:
    document, _ = filled(
        ("填表人", "专家甲", "单　位", "示例大学"),
        ("总体评价", "资料翔实", "结　　论", "□ 无意见　☑ 修改后通过　□ 须作较大修改"),
    )
    form = read(document)
    assert (form.person, form.unit, form.overall) == ("专家甲", "示例大学", "资料翔实")
    assert form.verdict == "修改后通过"


def test_words_of_an_opinion_are_no_head() -> None:
    document, _ = filled(HEAD, ("1", "2", "3", "", "内容建议", "专家意见要写明", "依据"))
    assert texts(read(document)) == ["专家意见要写明"]


def test_a_paper_without_a_table_hands_over_its_lines() -> None:
    document = docx.Document()
    document.add_paragraph("一、第21页“九个市”应为“9市”。")
    form = read(document)
    assert (form.rows, form.lines) == ((), ("一、第21页“九个市”应为“9市”。",))


def sheet(*rows: tuple[str, ...]) -> bytes:
    table = RegisterTable(
        name="意见",
        title="意见",
        office="示例",
        columns=HEAD,
        widths=(10.0,) * 7,
        rows=rows,
    )
    return workbook((table,), date(2020, 3, 5), "示例")


def joined(data: bytes, reference: str) -> bytes:
    """The workbook with cells merged as Excel merges them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename.startswith("xl/worksheets"):
                merge = f'<mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>'
                part = part.replace(b"</sheetData>", b"</sheetData>" + merge.encode())
            new.writestr(info.filename, part)
    return out.getvalue()


def test_a_sheet_is_read_like_a_table() -> None:
    data = sheet(("1", "21", "15", "数据", "九个市", "甲", ""))
    (said,) = read_opinion_sheets(data, "意见.xlsx").rows
    assert (said.page, said.line, said.original, said.text) == ("21", "15", "九个市", "甲")


def test_merged_cells_of_a_sheet() -> None:
    data = sheet(("1", "21", "15", "", "", "甲", ""), ("2", "", "", "", "", "乙", ""))
    form = read_opinion_sheets(joined(data, "B4:B5"), "意见.xlsx")
    assert [(said.page, said.text) for said in form.rows] == [("21", "甲"), ("21", "乙")]


def test_a_csv_of_another_program() -> None:
    data = "页码,意见\n21,甲\n".encode("gb18030")
    assert texts(read_opinion_sheets(data, "意见.csv")) == ["甲"]
