"""The words of a Word file as lines: boxes once, pictures by their hash, fields left out."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from PIL import Image

from editorial.errors import EditorialError
from editorial.model.origin import mark_name
from editorial.model.typed_over import WordLine
from editorial.read.word_lines import read_word_lines

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
TWICE = (
    f"<w:r {SPACES}><mc:AlternateContent><mc:Choice Requires='wps'>{BOX}</mc:Choice>"
    f"<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>"
)
PAGE = (
    f'<w:p {SPACES}><w:r><w:t>第</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>页</w:t></w:r>'
    '<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>'
)


def lines(write: Callable[[Document], None]) -> list[WordLine]:
    document = docx.Document()
    write(document)
    data = io.BytesIO()
    document.save(data)
    return list(read_word_lines(data.getvalue()))


def test_a_box_saved_for_old_programs_as_well_is_one() -> None:
    def write(document: Document) -> None:
        document.add_paragraph("正文")._p.append(parse_xml(TWICE.format("框里", "框里")))

    assert lines(write) == [
        WordLine(text="正文"),
        WordLine(text="框里", kind="box", within="正文"),
    ]


def test_pictures_are_told_by_what_they_are() -> None:
    def write(document: Document) -> None:
        for colour in ("red", "red", "blue"):
            dot = io.BytesIO()
            Image.new("RGB", (3, 3), colour).save(dot, "png")
            document.add_picture(dot)

    first, second, third = lines(write)
    assert first == second != third
    assert first.kind == "picture"


def test_a_footer_has_no_page_numbers() -> None:
    def write(document: Document) -> None:
        footer = document.sections[0].footer
        footer.is_linked_to_previous = False
        footer.paragraphs[0]._p.addnext(parse_xml(PAGE))

    assert lines(write) == [WordLine(text="第页", kind="footer")]


def test_rows_of_a_titled_table_belong_to_the_block_before() -> None:
    mark = mark_name("a/b", 1)
    title = parse_xml(f'<w:tblCaption {SPACES} w:val="表1-1　某表"/>')
    start = parse_xml(f'<w:bookmarkStart {SPACES} w:id="1" w:name="{mark}"/>')
    end = parse_xml(f'<w:bookmarkEnd {SPACES} w:id="1"/>')

    def write(document: Document) -> None:
        caption = document.add_paragraph("表1-1　某表")
        caption._p.insert(0, start)
        caption._p.append(end)
        document.add_paragraph("单位：个")
        for words in ("甲", "乙"):
            table = document.add_table(1, 1)
            table.cell(0, 0).text = words
            if words == "甲":
                table._tbl.tblPr.append(title)

    assert lines(write) == [
        WordLine(text="表1-1　某表", mark=mark),
        WordLine(text="单位：个"),
        WordLine(text="|甲|", mark=mark, kind="row", within="表1-1　某表"),
        WordLine(text="|乙|", kind="row"),
    ]


def test_what_is_no_word_file() -> None:
    with pytest.raises(EditorialError, match="不是完好的"):
        read_word_lines(b"PK")
