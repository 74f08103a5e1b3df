"""意见表 whose cells were joined, split or written beside: nothing of them is lost."""

from __future__ import annotations

import copy

import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table

from editorial.read.opinion_form import OpinionForm
from tests.read.test_opinion_form import HEAD, filled, read, texts

Rows = tuple[tuple[str, ...], ...]
TWO: Rows = (
    ("1", "21", "3", "", "九个市", "甲", "据公报"),
    ("2", "22", "4", "", "十个区", "", ""),
)


def joined(rows: Rows, *cells: tuple[int, int, int, int]) -> OpinionForm:
    """The form with those cells joined, from row and column to row and column."""
    document, table = filled(HEAD, *rows)
    for top, left, bottom, right in cells:
        table.cell(top, left).merge(table.cell(bottom, right))
    return read(document)


def told(form: OpinionForm) -> list[tuple[str, str, str]]:
    return [(said.original, said.text, said.reason) for said in form.rows]


def test_an_opinion_joined_down_is_of_each_place_beside_it() -> None:
    assert told(joined(TWO, (1, 5, 2, 5), (1, 6, 2, 6))) == [
        ("九个市", "甲", "据公报"),
        ("十个区", "甲", "据公报"),
    ]


def test_rows_joined_for_room_are_one_opinion() -> None:
    rows = (TWO[0], ("2", *[""] * 6), ("3", *[""] * 6))
    assert texts(joined(rows, (1, 5, 3, 5))) == ["甲"]


def test_a_reason_in_two_rows_of_one_opinion_is_kept_whole() -> None:
    rows = (TWO[0], ("2", *[""] * 5, "又据年报"))
    assert told(joined(rows, (1, 4, 2, 4), (1, 5, 2, 5))) == [("九个市", "甲", "据公报；又据年报")]


def test_points_numbered_in_a_joined_cell_go_to_their_rows() -> None:
    rows = ((*TWO[0][:5], "1.甲\n2.乙", ""), TWO[1])
    assert told(joined(rows, (1, 5, 2, 5))) == [("九个市", "甲", ""), ("十个区", "乙", "")]


def test_words_left_in_a_cell_that_goes_on_with_the_one_above_are_read() -> None:
    document, table = filled(HEAD, TWO[0], (*TWO[1][:5], "乙", ""))
    for row, kind in ((1, "restart"), (2, "continue")):
        merge = OxmlElement("w:vMerge")
        merge.set(qn("w:val"), kind)
        table.rows[row]._tr.findall(qn("w:tc"))[5].get_or_add_tcPr().append(merge)
    assert texts(read(document)) == ["甲", "乙"]


def test_original_and_opinion_joined_across() -> None:
    assert texts(joined(TWO[:1], (1, 4, 1, 5))) == ["九个市\n甲"]


def test_a_head_of_two_rows() -> None:
    upper = ("序号", "位置", "", "类别", "原文", "修改意见", "理由")
    lower = ("", "页", "行", "", "", "", "")
    document, table = filled(upper, lower, TWO[0])
    table.cell(0, 1).merge(table.cell(0, 2))
    for column in (0, 3, 4, 5, 6):
        table.cell(0, column).merge(table.cell(1, column))
    (said,) = read(document).rows
    assert (said.page, said.line, said.original, said.text) == ("21", "3", "九个市", "甲")


@pytest.mark.parametrize(
    ("words", "texts_"), [("全书数字用法宜统一", ["全书数字用法宜统一", "甲"]), ("第三篇", ["甲"])]
)
def test_a_row_of_one_cell_that_asks_for_something_is_an_opinion(
    words: str, texts_: list[str]
) -> None:
    form = joined(((words, *[""] * 6), TWO[0]), (1, 0, 1, 6))
    assert texts(form) == texts_


def test_a_part_named_without_an_opinion_under_it_is_told() -> None:
    assert joined((TWO[0], ("第三篇", *[""] * 6)), (2, 0, 2, 6)).left == ("第三篇",)


def test_a_place_without_an_opinion_is_told() -> None:
    assert joined((TWO[0], ("2", "33", *[""] * 5))).left == ("表1第3行：33",)


def test_a_column_of_the_reader_s_own_goes_with_the_opinion() -> None:
    document, _ = filled((*HEAD, "送呈领导", ""), (*TWO[0], "已呈", "另见附件"))
    (said,) = read(document).rows
    assert said.more == "送呈领导：已呈；另见附件"


def test_an_opinion_in_the_column_of_numbers_is_read() -> None:
    document, _ = filled(HEAD, TWO[0], ("另：附录宜补目录", *[""] * 6))
    assert texts(read(document)) == ["甲", "另：附录宜补目录"]


def test_words_above_the_head_are_told_or_known() -> None:
    document, _ = filled(
        ("专家姓名", "专家甲", "", "", "", "", ""),
        ("总体意见：体例不一", "", "", "", "", "", ""),
        ("另纸附后", "", "", "", "", "", ""),
        HEAD,
        TWO[0],
    )
    form = read(document)
    assert (form.person, form.overall, form.left) == ("专家甲", "体例不一", ("另纸附后",))


# Our own form, whose blanks are controls


def control(number: int, field: str, words: str) -> str:
    return (
        f'<w:p {nsdecls("w")}><w:sdt><w:sdtPr><w:tag w:val="opinion:{number}:{field}"/></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{words}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )


def blanks(table: Table, row: int, column: int, *words: tuple[int, str, str]) -> None:
    """The cell holds these blanks, as Word leaves them when it joins cells."""
    cell = table.rows[row]._tr.findall(qn("w:tc"))[column]
    cell[:] = [each for each in cell if each.tag == qn("w:tcPr")]
    for each in words:
        cell.append(parse_xml(control(*each)))


def ours(rows: int = 2) -> tuple[WordDocument, Table]:
    document, table = filled(HEAD, *(TWO[:rows]))
    for row, words in enumerate(TWO[:rows], 1):
        for column, field in ((4, "original"), (5, "text"), (6, "reason")):
            blanks(table, row, column, (row, field, words[column] or "　　"))
    return document, table


def test_blanks_filled_in_and_then_joined_down_go_back_to_their_rows() -> None:
    document, table = ours()
    table.cell(1, 5).merge(table.cell(2, 5))
    blanks(table, 1, 5, (1, "text", "甲"), (2, "text", "乙"))
    blanks(table, 2, 5, (2, "text", "　"))
    assert texts(read(document)) == ["甲", "乙"]


def test_blanks_joined_across_keep_what_each_is_for() -> None:
    document, table = ours(1)
    table.cell(1, 4).merge(table.cell(1, 6))
    blanks(table, 1, 4, (1, "original", "九个市"), (1, "text", "甲"), (1, "reason", "据公报"))
    assert told(read(document)) == [("九个市", "甲", "据公报")]


def test_a_blank_moved_to_another_column_keeps_what_it_is_for() -> None:
    document, table = ours()
    for row in table.rows[1:]:
        cells = row._tr.findall(qn("w:tc"))
        cells[4].addprevious(copy.deepcopy(cells[6]))
        row._tr.remove(cells[6])
    assert told(read(document))[0] == ("九个市", "甲", "据公报")
