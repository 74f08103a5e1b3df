"""Raised and lowered signs in titles: set at their place, plain in every list."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pikepdf
import pytest

from editorial.model.book import Book
from editorial.model.document import Block
from editorial.model.redline import Hands
from editorial.model.redlining import redlined
from editorial.model.settling import accepted, rejected
from editorial.model.style import DraftStyle
from editorial.read.markup import read_markup
from editorial.render.docx.book import book_docx
from editorial.render.pdf.book import book_pdf
from tests.model.editing import EDITOR
from tests.render.books import faces, section, style_of
from tests.render.docx_faults import docx_faults
from tests.render.word_books import FONTS, W, tree

TITLED = {
    "entry": "【CO~2~减排】　全年减排。",
    "table": ':::table{title="CO~2~排放表" unit="吨"}\n| 甲 | 乙 |\n---\n| 1 | 2 |\n:::',
    "unit": ':::table{title="排放表" unit="吨CO~2~"}\n| 甲 | 乙 |\n---\n| 1 | 2 |\n:::',
    "figure": ':::figure{src="a.png" title="CO~2~走势"}',
}
EDITORS = Hands(last=EDITOR)


def blocks(text: str) -> tuple[Block, ...]:
    return read_markup(text)[0].blocks


def of(text: str) -> Book:
    return section(*blocks(text))


def style(name: str = "final") -> DraftStyle:
    return replace(style_of(name), toc_levels=3)


def pdf(book: Book) -> bytes:
    return book_pdf(book, style(), faces()).data


def sizes(data: bytes) -> list[bool]:
    """Of every CO2 that is printed whether its figure is smaller than its letters."""
    with pdfplumber.open(BytesIO(data)) as opened:
        pages = [page.chars for page in opened.pages]
    return [
        two["size"] < o["size"]
        for chars in pages
        for c, o, two in zip(chars, chars[1:], chars[2:], strict=False)
        if c["text"] + o["text"] + two["text"] == "CO2"
    ]


@pytest.mark.parametrize(
    ("kind", "lists"), [("entry", 2), ("table", 2), ("unit", 0), ("figure", 2)]
)
def test_a_page_sets_them_low_and_lists_plain(kind: str, lists: int) -> None:
    found = sizes(pdf(of(TITLED[kind])))
    assert (found.count(True), found.count(False)) == (1, lists)


def test_alternative_text_is_plain() -> None:
    with pikepdf.open(BytesIO(pdf(of("\n".join(TITLED.values()))))) as opened:
        told = [
            str(each[key])
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary)
            for key in ("/Title", "/Alt")
            if key in each
        ]
    assert "CO2走势" in told
    assert "~" not in "".join(told)


def words(book: Book) -> list[tuple[str, bool]]:
    """Runs of Word that tell of CO2, and whether they are set low."""
    each = tree(book_docx(book, style(), FONTS).data).iter(f"{W}r")
    runs = [
        ("".join(map(str, run.itertext())), run.find(f"{W}rPr/{W}vertAlign") is not None)
        for run in each
    ]
    return [(text, low) for text, low in runs if "CO" in text or low]


@pytest.mark.parametrize("kind", TITLED)
def test_word_sets_them_low(kind: str) -> None:
    found = words(of(TITLED[kind]))
    assert ("2", True) in found
    assert "~" not in "".join(text for text, _ in found)


def test_such_a_file_of_word_is_sound() -> None:
    assert docx_faults(book_docx(of("\n".join(TITLED.values())), style(), FONTS).data) == []


@pytest.mark.parametrize("kind", TITLED)
def test_a_figure_that_was_set_low_since_is_a_change(kind: str) -> None:
    old, new = of(TITLED[kind].replace("~", "")), of(TITLED[kind])
    marked = redlined(old, new, EDITORS, since="第1稿")
    assert marked.redline is not None
    texts = [text for each in marked.redline.blocks.values() for text in each.texts.values()]
    told = {(each.change.kind, each.run.kind) for text in texts for each in text if each.change}
    assert ("insert", "subscript") in told
    for settled, book in ((accepted(marked), new), (rejected(marked), old)):
        assert [part.blocks for part in settled.parts] == [part.blocks for part in book.parts]
    assert sizes(pdf(marked)).count(True) == 1
    assert ("2", True) in words(marked)
