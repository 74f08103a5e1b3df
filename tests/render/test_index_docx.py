"""主题索引 in Word: sorted by pinyin, with the pages of the PDF, to be made anew by Word."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from editorial.model.book import Book, Part
from editorial.model.document import Entry, Figure, Heading, Table
from editorial.render.docx.book import book_docx
from tests.render.books import IMPRINT, cell, runs, style_of
from tests.render.docx_faults import docx_faults
from tests.render.test_book_docx import FONTS, W, tree

VAL = f"{W}val"


def book(*titles: str, text: str = "文。") -> Book:
    entries = tuple(Entry(title=title, runs=runs(text)) for title in titles)
    parts = (
        Part(id="c", level=1, title="科技创新"),
        Part(id="c/s", level=2, title="平台", blocks=entries),
    )
    return Book(imprint=IMPRINT, parts=parts)


def built(value: Book) -> bytes:
    return book_docx(value, style_of("final"), FONTS).data


def lines(document: etree._Element) -> list[str]:
    named = ((each, each.find(f"{W}pPr/{W}pStyle")) for each in document.iter(f"{W}p"))
    styles = ("IndexHeading", "Index1")
    return [shown(each) for each, style in named if style is not None and style.get(VAL) in styles]


def shown(paragraph: etree._Element) -> str:
    signs = {f"{W}t": lambda each: each.text or "", f"{W}tab": lambda _: "→"}
    inside = (each for run in paragraph.iter(f"{W}r") for each in run if str(each.tag) in signs)
    return "".join(signs[str(each.tag)](each) for each in inside)


def marks(document: etree._Element) -> list[tuple[str, str]]:
    """Text of a paragraph and what it is indexed under."""
    return [
        ("".join(each.text or "" for each in paragraph.iter(f"{W}t")), found[1])
        for paragraph in document.iter(f"{W}p")
        for code in paragraph.iter(f"{W}instrText")
        if (found := re.fullmatch(' XE "(.*)" ', code.text or ""))
    ]


def test_entries_stand_in_pinyin_order_with_their_pages() -> None:
    assert lines(tree(built(book("走廊", "R&D经费")))) == [
        "→数字、字母",
        "R&D经费→2",
        "K",
        "科技创新→2",
        "P",
        "平台→2",
        "Z",
        "走廊→2",
    ]


def test_title_that_stands_on_two_pages_names_both_once() -> None:
    a_page = "文。" * 1000
    assert "走廊→2" in lines(tree(built(book("走廊", "走廊"))))
    assert "走廊→2、3" in lines(tree(built(book("走廊", "走廊", text=a_page))))


def test_headings_and_entries_are_marked() -> None:
    assert marks(tree(built(book("走廊")))) == [
        ("科技创新", "科技创新"),
        ("平台", "平台"),
        ("【走廊】　文。", "走廊"),
    ]


def test_tables_and_figures_are_marked_at_their_captions() -> None:
    blocks = (
        Table(title="2018年末人口", rows=((cell("甲"),), (cell("1"),))),
        Figure(src="a.png", title="港口分布图"),
        Heading(runs=runs("合作")),
    )
    value = book()
    value = replace(value, parts=(value.parts[0], replace(value.parts[1], blocks=blocks)))
    assert marks(tree(built(value)))[2:] == [
        ("表1-1　2018年末人口", "人口（2018年末，表）"),
        ("图1-1　港口分布图", "港口分布图"),
        ("合作", "合作"),
    ]


def test_signs_word_would_read_in_a_mark_are_written_otherwise() -> None:
    assert marks(tree(built(book('甲:乙;"丙"\\丁'))))[-1][1] == "甲：乙；＂丙＂＼丁"


def test_index_stands_in_columns_of_its_own_section() -> None:
    document = tree(built(book("走廊")))
    columns = [each.get(f"{W}num") for each in document.iter(f"{W}cols")]
    codes = "".join(each.text or "" for each in document.iter(f"{W}instrText"))
    assert ("3" in columns, ' INDEX \\e "' in codes, '\\c "3"' in codes) == (True, True, True)


def test_file_with_an_index_is_sound() -> None:
    assert docx_faults(built(book("走廊", "R&D<经费>"))) == []


def test_book_without_an_index_has_no_marks() -> None:
    data = book_docx(book("走廊"), style_of("review"), FONTS).data
    assert marks(tree(data)) == []
