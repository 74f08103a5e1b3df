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
