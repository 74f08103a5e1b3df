"""What runs above the pages: 编 and 章, and headings of every level in their own looks."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from editorial.model.book import Book, Part
from editorial.model.document import Block, Heading, Paragraph
from editorial.model.style import Heads
from editorial.render.docx.book import book_docx
from editorial.render.pdf.book import book_pdf
from tests.render.books import book, faces, prose, runs, style_of
from tests.render.test_book_docx import FONTS, W, tree

TEXT: tuple[Block, ...] = (Paragraph(runs=runs(prose(90))),)


def heads_of(value: Book) -> list[str]:
    style = replace(style_of("review"), heads=Heads(left="group", right="group"))
    with pdfplumber.open(BytesIO(book_pdf(value, style, faces()).data)) as file:
        pages = [page.crop((0, 0, page.width, 70)).extract_text() for page in file.pages]
    return [text.replace(" ", "") for text in pages if "章" in text or "编" in text]


def test_the_chapter_within_a_part_runs_above_its_pages() -> None:
    """A 分目 beside the 章 has none, so the 篇目 runs above it."""
    value = book(
        Part(id="bian", level=1, title="第一编示例"),
        Part(id="bian/g1", level=2, title="第一章农业"),
        Part(id="bian/a", level=3, title="第一节甲", blocks=TEXT),
        Part(id="bian/b", level=3, title="第二节乙", blocks=TEXT),
        Part(id="bian/g2", level=2, title="第二章林业"),
        Part(id="bian/c", level=3, title="第一节丙", blocks=TEXT),
        Part(id="bian/d", level=2, title="附录", blocks=TEXT * 2),
    )
    found = heads_of(value)
    assert list(dict.fromkeys(found)) == ["第一章农业", "第二章林业", "第一编示例"]


def test_without_chapters_the_part_runs_above_its_pages() -> None:
    value = book(
        Part(id="bian", level=1, title="第一编示例"),
        Part(id="bian/a", level=2, title="第一节甲", blocks=TEXT * 2),
    )
    assert set(heads_of(value)) == {"第一编示例"}


# Headings

LEVELS = ("一、甲", "（一）乙", "1.丙", "（1）丁")


def headed() -> Book:
    blocks = [
        block
        for level, title in enumerate(LEVELS, 1)
        for block in (Heading(level=level, runs=runs(title)), Paragraph(runs=runs(prose(1))))
    ]
    return book(
        Part(id="bian", level=1, title="第一编示例"),
        Part(id="bian/a", level=2, title="第一节甲", blocks=tuple(blocks)),
    )


@pytest.mark.parametrize("name", ["review", "consult", "booklet", "final"])
def test_headings_of_the_third_level_and_below_stand_two_characters_in(name: str) -> None:
    style = style_of(name)
    with pdfplumber.open(BytesIO(book_pdf(headed(), style, faces()).data)) as file:
        found = [word for page in file.pages for word in page.extract_words()]
    body = next(word for word in found if word["text"].startswith(prose(1)[:4]))
    third, fourth = (
        [word for word in found if word["text"].startswith(title)][-1] for title in LEVELS[2:]
    )
    assert third["x0"] == pytest.approx(body["x0"], abs=1.5)
    assert fourth["x0"] == pytest.approx(body["x0"], abs=style.roles["body"].size / 2)


def test_headings_have_styles_of_their_own_in_word() -> None:
    document = tree(book_docx(headed(), style_of("final"), FONTS).data)
    named = [str(each.get(f"{W}val")) for each in document.iter(f"{W}pStyle")]
    assert [name for name in named if name.startswith("Subheading")] == [
        "Subheading",
        "Subheading2",
        "Subheading3",
        "Subheading4",
    ]
