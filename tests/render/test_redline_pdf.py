"""花脸稿 in PDF: what is put in and taken out, in the ink of its review, with bars beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal

import pdfplumber
import pikepdf
import pytest

from editorial.model.book import Book, Part
from editorial.model.document import Cell, Entry, Heading, Note, Paragraph, Run, Signature, Table
from editorial.model.redline import BlockChange, Change, Ink, Redline, Stretch, Stretches
from editorial.model.style import DraftStyle
from editorial.render.fonts import FontTable
from editorial.render.pdf.book import book_pdf
from editorial.render.pdf.inline import INKS
from editorial.render.pdf.paint import joined
from tests.render.books import IMPRINT

WHEN = datetime(2020, 3, 5, tzinfo=UTC)
Found = dict[str, str]


def change(kind: Literal["insert", "delete"], ink: Ink) -> Change:
    return Change(kind=kind, author="初审　示例", at=WHEN, ink=ink)


def stretches(*pieces: str | tuple[str, Change]) -> Stretches:
    return tuple(
        Stretch(run=Run(text=each))
        if isinstance(each, str)
        else Stretch(run=Run(text=each[0]), change=each[1])
        for each in pieces
    )


IN, OUT = change("insert", "red"), change("delete", "blue")
LATE = change("insert", "green")
BLOCKS = (
    Entry(title="甲乙", runs=(Run(text="丙丁戊"), Run(kind="note", target="1"))),
    Paragraph(runs=(Run(text="不变的一段。"),)),
    Paragraph(runs=(Run(text="全段新增。"),)),
    Paragraph(runs=(Run(text="全段删去。"),)),
    Table(
        title="表题",
        unit="万元",
        rows=(
            (Cell(runs=(Run(text="栏"),)), Cell(runs=(Run(text="目"),))),
            (Cell(runs=(Run(text="原值"),)), Cell(runs=(Run(text="新值"),))),
            (Cell(runs=(Run(text="新行"),)), Cell(runs=(Run(text="空"),))),
        ),
    ),
    Note(label="1", runs=(Run(text="注文"),)),
    Signature(text="示例局"),
)
CHANGES = {
    0: BlockChange(
        texts={
            "title": stretches("甲", ("旧", OUT), ("乙", IN)),
            "runs": (*stretches("丙", ("丁", LATE), "戊"), Stretch(run=BLOCKS[0].runs[1])),
        }
    ),
    2: BlockChange(change=IN),
    3: BlockChange(change=OUT),
    4: BlockChange(
        texts={
            "number": stretches(("表1-9", OUT), ("表1-1", IN)),
            "unit": stretches(("亿", OUT), "万元"),
            "1,1": stretches(("旧值", OUT), ("新值", IN)),
        },
        rows={2: LATE},
    ),
    5: BlockChange(texts={"runs": stretches("注", ("文", IN))}),
    6: BlockChange(texts={"text": stretches("示例", ("局", IN))}),
}


def redlined() -> Book:
    parts = (
        Part(id="a", level=1, title="篇目"),
        Part(id="a/1", level=2, title="分目", blocks=BLOCKS),
        Part(id="a/2", level=2, title="撤去的分目"),
    )
    redline = Redline(
        since="第1稿",
        blocks={("a/1", place): each for place, each in CHANGES.items()},
        parts={"a/2": BlockChange(change=OUT)},
    )
    return Book(imprint=IMPRINT, parts=parts, redline=redline)


def coloured(data: bytes, ink: Ink) -> str:
    wanted = tuple(round(int(INKS[ink][at : at + 2], 16) / 255, 3) for at in (0, 2, 4))
    with pdfplumber.open(BytesIO(data)) as pdf:
        return "".join(
            char["text"]
            for page in pdf.pages[2:]
            for char in page.chars
            if tuple(round(part, 3) for part in char["non_stroking_color"] or ()) == wanted
        )


@pytest.fixture(scope="module")
def data(one: DraftStyle, table: FontTable) -> bytes:
    return book_pdf(redlined(), one, table).data


def test_words_put_in_are_in_the_ink_of_their_review(data: bytes) -> None:
    assert set(coloured(data, "red")) == set("乙全段新增。表1-1新值文局")


def test_a_paragraph_taken_out_is_struck_though_words_of_it_were_changed(
    one: DraftStyle, table: FontTable
) -> None:
    texts = {"runs": stretches("只在旧稿", ("改了的字", OUT), "里")}
    blocks = (Entry(title="条目", runs=(Run(text="只在旧稿改了的字里"),)),)
    redline = Redline(since="第1稿", blocks={("a/1", 0): BlockChange(change=OUT, texts=texts)})
    parts = (redlined().parts[0], replace(redlined().parts[1], blocks=blocks))
    found = coloured(
        book_pdf(replace(redlined(), parts=parts, redline=redline), one, table).data, "blue"
    )
    assert found == "【条目】只在旧稿改了的字里"


def test_words_taken_out_are_still_there_to_be_read(data: bytes) -> None:
    assert set(coloured(data, "blue")) == set("旧全段删去。表1-9亿旧值撤去的分目")


def test_a_row_put_in_is_all_of_one_ink(data: bytes) -> None:
    assert coloured(data, "green") == "丁新行空"


def test_every_changed_word_has_its_stroke(data: bytes) -> None:
    with pdfplumber.open(BytesIO(data)) as pdf:
        page = pdf.pages[2]
        strokes = [line for line in page.lines if line["linewidth"] == 0.6]
        changed = [char for char in page.chars if any(char["non_stroking_color"] or ())]
    bare = [
        char["text"]
        for char in changed
        if not any(
            line["x0"] - 0.5 <= (char["x0"] + char["x1"]) / 2 <= line["x1"] + 0.5
            and char["top"] - 2 <= line["top"] <= char["bottom"] + 3
            for line in strokes
        )
    ]
    assert changed
    assert not bare


def test_bars_stand_in_the_outer_margin(data: bytes, one: DraftStyle) -> None:
    with pdfplumber.open(BytesIO(data)) as pdf:
        page = pdf.pages[2]
        bars = [line for line in page.lines if line["linewidth"] == 1.1]
        right = max(char["x1"] for char in page.chars)
    assert bars
    assert all(line["x0"] > right for line in bars)


def test_two_columns_have_a_bar_each_on_their_own_side(two: DraftStyle, table: FontTable) -> None:
    filled = replace(redlined().parts[1], blocks=BLOCKS[2:3] * 150)
    whole = {("a/1", place): BlockChange(change=IN) for place in range(150)}
    book = replace(
        redlined(),
        parts=(redlined().parts[0], filled),
        redline=Redline(since="第1稿", blocks=whole),
    )
    with pdfplumber.open(BytesIO(book_pdf(book, two, table).data)) as pdf:
        page = pdf.pages[2]
        sides = {round(line["x0"]) for line in page.lines if line["linewidth"] == 1.1}
    assert len(sides) == 2


def test_the_contents_leave_out_what_was_taken_out(data: bytes) -> None:
    with pdfplumber.open(BytesIO(data)) as pdf:
        assert "撤去的分目" not in pdf.pages[1].extract_text()


def test_the_bookmarks_are_those_of_the_new_text(one: DraftStyle, table: FontTable) -> None:
    book = redlined()
    assert book.redline is not None
    runs = (Run(text="旧称"), Run(text="新称"))
    last = replace(book.parts[1], blocks=(*BLOCKS, Heading(level=1, runs=runs)))
    named = BlockChange(texts={"runs": stretches(("旧称", OUT), ("新称", IN))})
    redline = replace(book.redline, blocks={**book.redline.blocks, ("a/1", len(BLOCKS)): named})
    book = replace(book, parts=(book.parts[0], last, book.parts[2]), redline=redline)
    with pikepdf.open(BytesIO(book_pdf(book, one, table).data)) as pdf:
        bookmarks = list(pdf.open_outline().root[1].children)
    assert [each.title for each in bookmarks] == ["分目"]
    assert [each.title for each in bookmarks[0].children] == ["新称"]


def test_lists_and_index_leave_out_what_was_taken_out(one: DraftStyle, table: FontTable) -> None:
    gone = (Entry(title="撤去的条目"), Table(title="撤去的表", rows=BLOCKS[4].rows))
    parts = (redlined().parts[0], replace(redlined().parts[1], blocks=(*gone, BLOCKS[1])))
    redline = Redline(
        since="第1稿", blocks={("a/1", place): BlockChange(change=OUT) for place in (0, 1)}
    )
    style = replace(one, lists=True, index=True)
    book = replace(redlined(), parts=parts, redline=redline)
    with pdfplumber.open(BytesIO(book_pdf(book, style, table).data)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    assert (text.count("撤去的条目"), text.count("撤去的表")) == (1, 1)


def test_the_cover_tells_which_colours_there_are(data: bytes) -> None:
    with pdfplumber.open(BytesIO(data)) as pdf:
        cover = pdf.pages[0].extract_text().replace(" ", "")
    assert "与第1稿比较：初审复审终审加线为增，划线为删" in cover


def test_a_book_without_changes_has_neither_bars_nor_inks(
    one: DraftStyle, table: FontTable
) -> None:
    data = book_pdf(replace(redlined(), redline=None), one, table).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        widths = {line["linewidth"] for page in pdf.pages for line in page.lines}
    assert not widths & {0.6, 1.1}
    assert not coloured(data, "red")


def test_bars_of_neighbouring_lines_are_one() -> None:
    assert joined([(0, -20, -40), (0, 0, -20), (1, 0, -20), (0, -60, -80)]) == (
        (0, 0, -40),
        (0, -60, -80),
        (1, 0, -20),
    )
