"""Returned .docx files: when saved, what was ticked, what was filled in, by whatever program."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from editorial.model.labels import Answer
from editorial.model.returns import ItemReply
from editorial.read.reply_form import ReturnedPaper, read_returned

TODAY = date(2020, 3, 12)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(document: WordDocument) -> ReturnedPaper:
    out = io.BytesIO()
    document.save(out)
    paper = read_returned(out.getvalue(), TODAY)
    assert paper is not None
    return paper


def with_paragraph(xml: str) -> ReturnedPaper:
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {W}>{xml}</w:p>"))
    return read(document)


def listed(*answers: str) -> ReturnedPaper:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("序号", "要求", "单位\n回复"), strict=True):
        cell.text = text
    for number, answer in enumerate(answers, 1):
        for cell, text in zip(table.add_row().cells, (f"{number}", "请补", answer), strict=True):
            cell.text = text
    return read(document)


def test_the_column_of_answers() -> None:
    form = listed("已补", "", "2018年末为15个").form
    assert form.items == (
        ItemReply(number=1, text="已补"),
        ItemReply(number=3, text="2018年末为15个"),
    )
    assert form.asked == 3


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(cells) + "</w:tr>"


def cell(text: str, more: str = "", inside: str = "") -> str:
    run = inside or f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:tc><w:tcPr>{more}</w:tcPr><w:p>{run}</w:p></w:tc>"


def tabled(*rows: str, head: str = "单位回复") -> ReturnedPaper:
    document = docx.Document()
    names = ("序号", "原文摘要", "意见来源", head, "备注")
    xml = "".join((row(*map(cell, names)), *rows))
    document.element.body.insert(0, parse_xml(f"<w:tbl {W}>{xml}</w:tbl>"))
    return read(document)


def replied(paper: ReturnedPaper) -> dict[int, str]:
    return {item.number: item.text for item in paper.form.items}


def test_cells_merged_leave_the_answer_in_its_column() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    paper = tabled(
        row(cell("1"), cell("甲", wide), cell(""), cell("附照片")),
        row(cell("2"), cell("乙", wide), cell("已补"), cell("")),
    )
    assert (replied(paper), paper.form.asked) == ({2: "已补"}, 2)


def test_an_answer_merged_downwards_is_of_every_row() -> None:
    first, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    paper = tabled(
        row(cell("1"), cell("甲"), cell(""), cell("均无误", first), cell("")),
        row(cell("2"), cell("乙"), cell(""), cell("", on), cell("")),
        row(cell("3"), cell("丙"), cell(""), cell("已补"), cell("")),
    )
    assert replied(paper) == {1: "均无误", 2: "均无误", 3: "已补"}


def test_a_row_is_the_item_its_control_says_whatever_its_number() -> None:
    def held(number: int, text: str) -> str:
        return cell("", inside=control(f"reply:{number}", text))

    paper = tabled(
        row(cell("1"), cell("甲"), cell(""), held(1, "无误"), cell("")),
        row(cell("2"), cell("丙"), cell(""), held(3, "3000亿元"), cell("")),
        row(cell("3"), cell("新增"), cell(""), cell("4.5万家"), cell("")),
    )
    assert (replied(paper), paper.form.extra) == ({1: "无误", 3: "3000亿元"}, 1)


@pytest.mark.parametrize("head", ["单位意见", "回复意见", "答复"])
def test_an_answer_under_another_heading(head: str) -> None:
    paper = tabled(row(cell("1"), cell("甲"), cell(""), cell("已补"), cell("")), head=head)
    assert replied(paper) == {1: "已补"}


def test_remarks_in_the_margin_of_a_list_are_told_of() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    words = ("序号", "单位回复", "1", "")
    for place, text in zip((c for r in table.rows for c in r.cells), words, strict=True):
        place.text = text
    document.add_comment(table.rows[1].cells[0].paragraphs[0].runs, text="应为15个", author="甲")
    assert read(document).form.remarks == ("有批注1条，程序没有读，请看原件",)


def control(tag: str, text: str, more: str = "") -> str:
    look = f'<w:sdtPr><w:tag w:val="{tag}"/>{more}</w:sdtPr>'
    inner = f"<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent>"
    return f"<w:sdt>{look}{inner}</w:sdt>"


def test_a_control_tagged_for_its_item() -> None:
    form = with_paragraph(control("reply:2", "已核") + control("other", "x")).form
    assert (form.items, form.asked) == ((ItemReply(number=2, text="已核"),), 1)


def test_a_control_nobody_filled_in_is_no_answer() -> None:
    form = with_paragraph(control("reply:2", "单击此处", "<w:showingPlcHdr/>")).form
    assert (form.items, form.asked) == ((), 1)


def test_a_bookmark_where_the_tag_was_dropped() -> None:
    xml = (
        '<w:bookmarkStart w:id="7" w:name="_reply_3"/><w:r><w:t>已补</w:t></w:r>'
        '<w:bookmarkEnd w:id="7"/><w:r><w:t>外面</w:t></w:r>'
    )
    assert with_paragraph(xml).form.items == (ItemReply(number=3, text="已补"),)


@pytest.mark.parametrize(
    "tick",
    [
        "<w:r><w:t>☑</w:t></w:r>",
        '<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>',
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        "<w:sdt><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>",
    ],
)
def test_a_box_ticked_in_any_way(tick: str) -> None:
    form = with_paragraph(f"{tick}<w:r><w:t>申请延期至3月20日</w:t></w:r>").form
    assert (form.answer, form.until) == (Answer.EXTENSION, date(2020, 3, 20))


def test_pictures_in_cells_are_counted_once() -> None:
    inside = "<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict/>"
    drawn = cell("", inside=f"{inside}</mc:Fallback></mc:AlternateContent></w:r>")
    document = docx.Document()
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    document.element.body.insert(0, parse_xml(f"<w:tbl {W} {mc}>{row(drawn)}</w:tbl>"))
    document.element.body.insert(0, parse_xml(f"<w:p {W}><w:r><w:drawing/></w:r></w:p>"))
    assert read(document).pictures == 1


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>落款</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    xml = (
        f"<w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert with_paragraph(xml).text.split().count("落款") == 1


def test_what_was_deleted_is_not_read() -> None:
    xml = (
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
    )
    assert with_paragraph(xml).text.split("\n")[0] == "新"


def test_when_it_was_last_saved() -> None:
    document = docx.Document()
    document.core_properties.modified = datetime(2020, 3, 11, 8, 0)
    assert read(document).written == datetime(2020, 3, 11, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 old .doc"])
def test_what_is_no_word_file_is_not_looked_into(data: bytes) -> None:
    assert read_returned(data, TODAY) is None
