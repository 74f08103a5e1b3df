"""Figures in a finished draft: numbered, titled, once in the file, framed when missing."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from PIL import Image

from editorial.model.book import Printed
from editorial.model.document import Block, Entry, Figure, Heading, Note, Paragraph
from editorial.model.style import DraftStyle, Heads
from editorial.render.fonts import FontTable
from editorial.render.listings import listed_figures
from editorial.render.pdf.book import book_pdf
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.figure_rows import GAP
from editorial.render.pdf.frame import frame_of
from editorial.render.pdf.portraits import GAP as ASIDE_GAP
from editorial.render.subject_index import subject_index
from tests.render.books import (
    LaidOut,
    collisions,
    entries,
    faces,
    find,
    laid,
    mark,
    page_of,
    pages_with,
    runs,
    section,
    style_of,
)


@pytest.fixture(scope="module")
def style() -> DraftStyle:
    plain = replace(style_of("review"), line_numbers=0, opinion_form=False)
    return replace(plain, heads=Heads())


@pytest.fixture(scope="module")
def table() -> FontTable:
    return faces()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    Image.linear_gradient("L").resize((640, 400)).save(path)
    return path


def images_in(printed: Printed) -> int:
    with pikepdf.open(BytesIO(printed.data)) as pdf:
        objects = [
            thing
            for page in pdf.pages
            for thing in page.Resources.get("/XObject", pikepdf.Dictionary()).values()
        ]
        return len({thing.objgen for thing in objects if thing.Subtype == "/Image"})


def test_figure_has_number_title_and_credit(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    figure = Figure(src="a.png", title="示例大桥", credit="某某　摄")
    printed = book_pdf(section(figure, images={"a.png": picture}), style, table)
    assert pages_with(printed, "图1-1示例大桥（某某摄）") == [4]
    assert images_in(printed) == 1


@pytest.mark.parametrize("credit", ["示例 摄", "示例　摄", "示例  摄"])
def test_credit_is_in_the_face_of_notes_an_em_before_what_was_done(
    credit: str, style: DraftStyle, table: FontTable
) -> None:
    figure = Figure(src="缺.png", title="示例大桥", credit=credit)
    data = book_pdf(section(figure), style, table).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        chars = [char for char in pdf.pages[3].chars if char["size"] == 9]
    text = "".join(char["text"] for char in chars)
    title, told = (
        chars[text.index(words) : text.index(words) + len(words)]
        for words in ("示例大桥", "（示例　摄）")
    )
    assert {char["fontname"] for char in title}.isdisjoint(char["fontname"] for char in told)
    assert len({char["fontname"] for char in told}) == 1
    assert told[4]["x0"] - told[2]["x1"] == pytest.approx(9, abs=0.1)


def test_picture_used_twice_is_in_the_file_once(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    copy = picture.with_name("b.png")
    copy.write_bytes(picture.read_bytes())
    figures = tuple(Figure(src=name) for name in ("a.png", "b.png", "a.png"))
    printed = book_pdf(section(*figures, images={"a.png": picture, "b.png": copy}), style, table)
    assert images_in(printed) == 1


def test_missing_picture_is_named_in_a_frame(style: DraftStyle, table: FontTable) -> None:
    printed = book_pdf(section(Figure(src="figures/缺.png", title="某图")), style, table)
    assert pages_with(printed, "【缺图：缺.png】图1-1某图") == [4]


def test_broken_picture_is_named_in_a_frame(
    tmp_path: Path, style: DraftStyle, table: FontTable
) -> None:
    broken = tmp_path / "b.jpg"
    Image.effect_noise((800, 600), 60).save(broken, quality=90)
    broken.write_bytes(broken.read_bytes()[:5000])
    printed = book_pdf(section(Figure(src="b.jpg"), images={"b.jpg": broken}), style, table)
    assert pages_with(printed, "【图片无法读取：b.jpg】") == [4]


def pictures_on(printed: Printed, page: int = 4) -> list[tuple[float, float, float]]:
    """Left edge, width and height of each, in points."""
    with pdfplumber.open(BytesIO(printed.data)) as pdf:
        images = pdf.pages[page - 1].images
        return [tuple(round(each[key], 1) for key in ("x0", "width", "height")) for each in images]


def test_a_picture_is_as_wide_as_is_asked_for(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    figure = Figure(src="a.png", title="示例", width=30)
    ((_, width, height),) = pictures_on(
        book_pdf(section(figure, images={"a.png": picture}), style, table)
    )
    assert (width, height) == (pytest.approx(85, abs=0.1), pytest.approx(85 * 400 / 640, abs=0.1))


@pytest.mark.parametrize(("wanted", "codes"), [(30, []), (400, ["L07"])])
def test_dots_are_told_by_the_width_that_is_printed(
    wanted: float, codes: list[str], picture: Path, style: DraftStyle, table: FontTable
) -> None:
    figure = Figure(src="a.png", title="示例", width=wanted)
    printed = book_pdf(section(figure, images={"a.png": picture}), style, table)
    assert [each.code for each in printed.findings] == codes
    ((_, width, _),) = pictures_on(printed)
    assert width <= frame_of(style).measure + 0.1


def test_wider_than_a_column_goes_across_them(picture: Path, table: FontTable) -> None:
    style = replace(style_of("final"), dividers=False, lists=False, index=False)
    blocks = (Figure(src="a.png", title="示例", width=120), *entries(6))
    printed = book_pdf(section(*blocks, images={"a.png": picture}), style, table)
    (page,) = pages_with(printed, "图1-1示例")
    ((_, width, _),) = pictures_on(printed, page)
    assert width == pytest.approx(340.2, abs=0.1)


def test_figures_of_a_row_stand_side_by_side(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    tall = picture.with_name("b.png")
    Image.linear_gradient("L").resize((400, 640)).save(tall)
    row = (
        Figure(src="a.png", title="甲"),
        Figure(src="b.png", title="乙，一幅竖的示例图，图题写得很长很长", beside=True),
        Figure(src="缺.png", title="丙", beside=True, unnumbered=True),
        Figure(src="a.png", title="丁"),
    )
    images = {"a.png": picture, "b.png": tall}
    value = section(*row, images=images)
    (one, two, *_) = pictures_on(book_pdf(value, style, table))
    assert one[2] == two[2]
    assert two[0] == pytest.approx(one[0] + one[1] + GAP, abs=0.1)
    under = laid(value, style, table)
    told = {word: find(under, word) for word in ("图1-1　甲", "图1-2　乙", "丙", "图1-3　丁")}
    first, second, third, fourth = told.values()
    assert first.top == second.top == third.top < fourth.top
    assert first.x < second.x < third.x
    assert third.text == "丙"
    assert second.stop > 1
    assert second.lines.width == pytest.approx(two[1], abs=0.1)
    roles = [each.role for _, sets in under.body for each in sets if each in told.values()]
    assert roles == ["Caption"] * 4


def test_a_row_whose_caption_is_far_too_long_falls_apart(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    row = (Figure(src="a.png", title="甲"), Figure(src="a.png", title="长" * 600, beside=True))
    book_set = laid(section(*row, images={"a.png": picture}), style, table)
    assert find(book_set, "长长").lines.width == pytest.approx(frame_of(style).measure)


def test_a_low_row_goes_across_the_columns(picture: Path, table: FontTable) -> None:
    style = replace(style_of("final"), dividers=False, lists=False, index=False)
    row = (Figure(src="a.png", title="甲"), Figure(src="a.png", title="乙", beside=True))
    printed = book_pdf(section(*row, *entries(6), images={"a.png": picture}), style, table)
    (page,) = pages_with(printed, "图1-1甲")
    one, two = pictures_on(printed, page)
    assert two[0] + two[1] - one[0] == pytest.approx(frame_of(style).measure, abs=0.1)


def test_a_figure_without_number_has_its_title_alone(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    figures = (
        Figure(src="a.png", title="张示例", unnumbered=True),
        Figure(src="a.png", title="乙"),
    )
    book_set = laid(section(*figures, images={"a.png": picture}), style, table)
    assert find(book_set, "张示例").text == "张示例"
    assert find(book_set, "乙").text == "图1-1　乙"


LONG = "示例县人历任示例厂技术员车间主任总工程师" * 20


def beside(picture: Path, style: DraftStyle, table: FontTable, *blocks: Block) -> LaidOut:
    portrait = Figure(src="a.png", title="张示例", width=30, aside=True, unnumbered=True)
    return laid(section(portrait, *blocks, images={"a.png": picture}), style, table)


def test_text_stands_beside_a_portrait_and_goes_on_below_it(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    book_set = beside(picture, style, table, Paragraph(runs=runs(LONG)))
    caption = find(book_set, "张示例")
    narrow, wide = [
        each
        for _, sets in book_set.body
        for each in sets
        if each.text[:40] in LONG * 2 and each.text
    ][-2:]
    assert narrow.text + wide.text == LONG
    measure, em = frame_of(style).measure, style.roles["body"].size
    assert narrow.lines.width == (measure - 30 * MM - ASIDE_GAP) // em * em
    assert wide.lines.width == pytest.approx(measure)
    assert caption.x >= narrow.x + narrow.lines.width
    assert caption.bottom <= narrow.bottom == wide.top
    assert wide.lines.look.indent == 0
    # The last line beside it is no last line of a paragraph.
    last = narrow.lines.width_of(narrow.stop - 1)
    assert last == pytest.approx(narrow.lines.width, abs=em)
    assert not any(collisions(sets) for _, sets in book_set.body)


def test_short_texts_share_the_place_beside_a_portrait(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    short = [Entry(title=f"示例{n}", runs=runs("示例县人。")) for n in range(2)]
    book_set = beside(picture, style, table, *short, Heading(runs=runs("下一目")))
    first, second = find(book_set, "示例0"), find(book_set, "示例1")
    caption, after = find(book_set, "张示例"), find(book_set, "下一目")
    assert first.lines.width == second.lines.width < frame_of(style).measure
    assert first.bottom == second.top
    assert after.top >= caption.bottom


def test_a_portrait_goes_with_its_text_where_there_is_no_room(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    frame = frame_of(style)
    lines = round(frame.depth / frame.line)
    for above in range(lines - 12, lines - 4):
        lead = [Paragraph(runs=runs("前文。")) for _ in range(above)]
        portrait = Figure(src="a.png", title="张示例", aside=True, unnumbered=True)
        value = section(*lead, portrait, Paragraph(runs=runs(LONG)), images={"a.png": picture})
        book_set = laid(value, style, table)
        caption, text = find(book_set, "张示例"), find(book_set, LONG[:9])
        assert page_of(book_set, "张示例") == page_of(book_set, LONG[:9])
        assert caption.bottom <= frame.depth
        assert text.top < caption.top


def test_notes_called_beside_a_portrait_and_below_it_are_set_once(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    text = Paragraph(runs=(*runs(LONG[:20]), mark("甲"), *runs(LONG), mark("乙")))
    notes = Note(label="甲", runs=runs("脚注一。")), Note(label="乙", runs=runs("脚注二。"))
    book_set = beside(picture, style, table, text, *notes)
    told = [each.text for _, sets in book_set.body for each in sets if each.role == "Note"]
    assert [each.count("脚注") for each in told] == [1, 1]


def test_a_portrait_no_text_follows_stands_alone(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    book_set = beside(picture, style, table, Paragraph(runs=()))
    assert find(book_set, "张示例").lines.width == pytest.approx(frame_of(style).measure)


def test_a_portrait_with_a_long_caption_stands_alone(
    picture: Path, style: DraftStyle, table: FontTable
) -> None:
    frame, portrait = frame_of(style), Figure(src="a.png", title="长" * 600, aside=True)
    value = section(portrait, Paragraph(runs=runs(LONG)), images={"a.png": picture})
    book_set = laid(value, style, table)
    assert not any(collisions(sets) for _, sets in book_set.body)
    assert all(each.bottom <= frame.depth + 1 for _, sets in book_set.body for each in sets)


def test_a_figure_without_number_is_in_no_list() -> None:
    numbered_one = Figure(src="a.png", title="示例县地图")
    value = section(Figure(src="b.png", title="张示例", unnumbered=True), numbered_one)
    assert [each.title for each in listed_figures(value)] == ["示例县地图"]
    titles = [entry.title for group in subject_index(value, {}) for entry in group.entries]
    assert "示例县地图" in titles
    assert not any("张示例" in title for title in titles)
