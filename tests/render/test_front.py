"""What stands before the text: 卷首 and 彩页 before 编辑说明 and 目录."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from editorial.desk.toc_check import toc_check
from editorial.model.book import Book, CopyMark, Part, Printed, numbered
from editorial.model.document import Figure, Table
from editorial.model.volume import Matter
from editorial.render.chapters import opened
from editorial.render.pdf.book import book_pdf
from editorial.render.pdf.caches import forget
from editorial.store.laid import Shelf
from tests.render.books import book, cell, faces, pages, prose, style_of
from tests.render.pdf_quality import assert_document_quality
from tests.render.test_matter import chapter, words
from tests.render.word_books import W, built, tree

FINAL, REVIEW = style_of("final"), style_of("review")
ORDER = ("编委会", "专题图片", "序", "编辑说明", "目录", "概况")


def table(number: int) -> Table:
    return Table(title=f"第{number}种产品表", rows=((cell("项目"), cell("产量")),) * 2)


def drawn(number: int) -> Figure:
    return Figure(title=f"第{number}处厂房图")


def whole(*parts: Part) -> Book:
    return replace(book(*parts), numbers=numbered(parts))


TEXT = (
    *chapter("03", "概况", words(prose(20)), table(1), drawn(1)),
    *chapter("04", "工业", words(prose(20)), table(2), drawn(2)),
)
OPENING = (
    *chapter("00", "编委会", words("主任示例。"), matter=Matter.FRONT),
    *chapter("01", "专题图片", words("大桥示例。"), matter=Matter.PLATES),
    *chapter("02", "序", words(prose(60)), matter=Matter.FRONT),
)
BOOK = whole(*OPENING, *TEXT)


def made(printed: Printed, path: Path) -> Path:
    path.write_bytes(printed.data)
    return path


def begun(said: list[str]) -> list[int]:
    """The pages that begin with these titles, in their order."""
    first = {
        title: next(n for n, page in enumerate(said, 1) if page.startswith(title))
        for title in ORDER[:-1]
    }
    return [*first.values()]


@pytest.mark.parametrize("name", ["review", "consult", "final", "booklet"])
def test_what_opens_a_book_stands_before_its_contents(name: str, tmp_path: Path) -> None:
    printed = book_pdf(BOOK, style_of(name), faces())
    said = pages(printed)
    places = begun(said)
    assert places == sorted(places)
    starts = dict(printed.starts)
    assert [starts[each] for each in ("00", "01", "02")] == places[:3]
    assert places[-1] < starts["03"] < starts["04"]
    contents = said[places[-1] - 1]
    with pikepdf.open(BytesIO(printed.data)) as file:
        shown = [page.label for page in file.pages]
    for title, part in (("编委会", "00"), ("专题图片", "01"), ("序", "02"), ("概况", "03")):
        assert re.search(rf"{title}{shown[starts[part] - 1]}(?!\d)", contents)
    path = made(printed, tmp_path / "稿.pdf")
    assert toc_check(path).findings == ()
    assert_document_quality(path)


def test_bookmarks_and_tags_follow_the_pages(tmp_path: Path) -> None:
    path = made(book_pdf(BOOK, FINAL, faces()), tmp_path / "稿.pdf")
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        assert titles == [*ORDER[:-1], "表目录", "图目录", "概况", "工业", "主题索引"]
        sheets = {page.objgen: number for number, page in enumerate(pdf.pages)}
        led = [sheets[item.destination[0].objgen] for item in outline.root]
        tagged = [
            sheets[each.Pg.objgen]
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/H1" and "/Pg" in each
        ]
    assert led == sorted(led)
    assert tagged == sorted(tagged)


def test_lines_are_numbered_beside_what_opens_the_book_but_not_beside_contents() -> None:
    """The contents stand between two 篇目 that have numbers beside their lines."""
    plain = replace(REVIEW, line_numbers=0)
    counted, bare = (pages(book_pdf(BOOK, each, faces())) for each in (REVIEW, plain))
    ruled = {n for n, page in enumerate(bare) if page != counted[n]}
    preface, notes, contents = (
        next(n for n, page in enumerate(bare) if page.startswith(title))
        for title in ("序", "编辑说明", "目录")
    )
    assert preface in ruled
    assert not {notes, contents} & ruled


def test_they_begin_on_right_hand_pages_where_all_do() -> None:
    """Those of the text too, behind their dividers."""
    starts = dict(book_pdf(BOOK, FINAL, faces()).starts)
    assert FINAL.recto
    assert [starts[each] % 2 for each in ("00", "01", "02", "03", "04")] == [1, 1, 1, 0, 0]


def test_only_what_opens_the_book_goes_before() -> None:
    between = chapter("05", "彩页", words("示例。"), matter=Matter.PLATES)
    parts = (*chapter("02", "序", words("示例。"), matter=Matter.FRONT), *TEXT, *between)
    before, after = opened(parts)
    assert [each.id for each in before] == ["02", "02/01"]
    assert (*before, *after) == parts
    starts = dict(book_pdf(whole(*parts), REVIEW, faces()).starts)
    assert starts["02"] == 2
    assert starts["05"] > starts["04"]


def test_an_opening_alone_stands_behind_its_contents() -> None:
    assert opened(OPENING) == ((), OPENING)
    said = pages(book_pdf(whole(*OPENING), REVIEW, faces()))
    places = begun(said)
    assert places[3:] == [2, 3]
    assert min(places[:3]) > 3


def test_a_kept_opening_makes_the_same_book(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "laid")
    cold = book_pdf(BOOK, REVIEW, faces()).data
    forget()
    first = book_pdf(BOOK, REVIEW, faces(), shelf=shelf).data
    forget()
    warm = book_pdf(BOOK, REVIEW, faces(), shelf=shelf).data
    assert any(shelf.folder.iterdir())
    assert cold == first == warm


def test_numbered_copies_have_the_same_pages() -> None:
    marked = book_pdf(BOOK, REVIEW, faces(), marks=(CopyMark(number="01", reader="周示例"),))
    assert marked.copies
    copy = replace(marked, data=marked.copies(0))
    assert pages(copy)[1:] == pages(marked)[1:]
    assert "01" in pages(copy)[0]


NOTICE = "内部资料，注意保存，用后退回，不得外传。"
WHOSE = {
    "person": CopyMark(number="01", reader="周示例"),
    "unit": CopyMark(number="02", reader="郑示例", unit="示例市人民政府地方志办公室"),
    "long": CopyMark(number="123", reader="示" * 40, unit="例市" * 20),
}


@pytest.mark.parametrize(
    ("name", "sample", "paper"),
    [
        ("review", False, (210.0, 297.0)),
        ("review", True, (148.0, 210.0)),
        ("final", True, (148.0, 210.0)),
        ("final", False, (210.0, 285.0)),
    ],
)
def test_the_reader_of_a_copy_stands_on_its_cover(
    name: str, sample: bool, paper: tuple[float, float]
) -> None:
    imprint = replace(BOOK.imprint, title="粤地年鉴", sample=sample, notice=NOTICE)
    style = replace(style_of(name), paper=paper)
    marked = book_pdf(
        replace(whole(*TEXT[:1]), imprint=imprint), style, faces(), marks=(*WHOSE.values(),)
    )
    assert marked.copies
    plain, _ = cover_of(marked.data)
    title = min(top for text, top in plain if text == "粤")
    for number, mark in enumerate(WHOSE.values()):
        shown, overlaps = cover_of(marked.copies(number))
        assert mark.reader in "".join(text for text, _ in shown)
        assert mark.unit in "".join(text for text, _ in shown)
        assert set(plain) <= set(shown)
        assert overlaps == []
        own = [top for text, top in shown if (text, top) not in plain]
        assert own
        assert max(own) < title


def cover_of(data: bytes) -> tuple[list[tuple[str, float]], list[tuple[str, str]]]:
    """The characters of the first page with their depth, and those one on another."""
    with pdfplumber.open(BytesIO(data)) as file:
        chars = [each for each in file.pages[0].chars if each["text"].strip()]
    lying = [
        (one["text"], other["text"])
        for one, other in combinations(chars, 2)
        if min(one["x1"], other["x1"]) - max(one["x0"], other["x0"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 2
    ]
    return [(each["text"], round(each["top"], 1)) for each in chars], lying


@pytest.mark.parametrize("name", ["review", "final"])
def test_word_has_the_same_order(name: str) -> None:
    root = tree(built(BOOK, style_of(name)))
    said = [
        "".join(node.text or "" for node in paragraph.iter(f"{W}t")).replace("　", "")
        for paragraph in root.iter(f"{W}p")
        if paragraph.find(f"{W}pPr/{W}pStyle") is not None
        and paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") in ("Chapter", "FrontTitle")
    ]
    assert [each for each in said if each in ORDER] == [*ORDER]
    assert said.index("工业") == len(said) - 1 - ("主题索引" in said)
