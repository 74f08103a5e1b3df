"""Pages filled as a typographer fills them: level, to the foot, nothing parted without need."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from editorial.model.book import Part
from editorial.model.document import Block, Entry, Figure, Heading, Note, Paragraph
from editorial.model.style import DraftStyle
from editorial.render.fonts import FontTable
from editorial.render.pdf.items import Picture, Turned
from tests.render.books import (
    LaidOut,
    Set,
    book,
    entries,
    feet,
    find,
    laid,
    mark,
    page_of,
    prose,
    runs,
    said,
    section,
    small_table,
    wide_table,
)
from tests.render.test_floats import lying_table


def short_entries(count: int) -> list[Block]:
    return [Entry(title=f"短条目{n:02d}", runs=runs("示例。")) for n in range(count)]


def notes_of(sets: list[Set]) -> list[Set]:
    return [each for each in sets if each.role == "Note"]


def last_row(sets: list[Set]) -> float:
    """How far down the rows of tables come."""
    return max(each.bottom for each in sets if each.role == "TD")


# The last page, and the one before it


def test_columns_end_level_though_many_wide_tables_wait(two: DraftStyle, table: FontTable) -> None:
    """And the first of them stands below or at the foot of the text that calls for it."""
    for count in range(30, 60, 3):
        tables = [wide_table(8, title=f"宽表{n}") for n in range(4)]
        book_set = laid(section(*entries(1), *tables, *short_entries(count)), two, table)
        sets = book_set.body[0][1]
        text = [each for each in sets if each.role == "P"]
        left, right = feet(book_set.frame, text)
        assert abs(left - right) <= book_set.frame.line + 0.1
        assert "宽表0" in said(sets)


def test_the_title_makes_room_for_two_lines_more(two: DraftStyle, table: FontTable) -> None:
    """They would stand alone on another page."""
    counts = set()
    for sentences in range(38, 50):
        book_set = laid(section(Paragraph(runs=runs(prose(sentences)))), two, table)
        depth = sum(feet(book_set.frame, book_set.body[-1][1]))
        counts.add(len(book_set.body))
        assert len(book_set.body) == 1 or depth > 4 * book_set.frame.line + 0.1
    assert len(counts) > 1


def test_pages_stay_full_where_a_long_table_ends_on_the_last(
    two: DraftStyle, table: FontTable
) -> None:
    for rows in range(70, 90):
        book_set = laid(section(*entries(30), wide_table(rows)), two, table)
        frame = book_set.frame
        assert min(feet(frame, book_set.body[0][1])) >= frame.depth - frame.line - 0.1


# Headings


def test_a_heading_has_two_lines_below_it_though_paragraphs_are_short(
    two: DraftStyle, table: FontTable
) -> None:
    for before in range(25, 48):
        single = (Heading(runs=runs("十月")), *short_entries(1))
        blocks = (*short_entries(before), *single, *entries(9))
        book_set = laid(section(*blocks), two, table)
        head = find(book_set, "十月")
        sets = book_set.body[page_of(book_set, "十月")][1]
        below = [each for each in sets if each.top > head.top and abs(each.x - head.x) < 120]
        assert sum(each.stop - each.start for each in below) >= 2


# Tables at the foot


def noted(name: str, sentences: int) -> list[Block]:
    words = (*runs(f"【{name}】" + prose(1)), mark(name), *runs(prose(sentences)))
    return [Paragraph(runs=words), Note(label=name, runs=runs("注文示例。"))]


def test_no_more_is_kept_for_notes_than_stand_there(two: DraftStyle, table: FontTable) -> None:
    """Text whose notes find no room goes overleaf, rather than white be left for them."""
    seen = 0
    for sentences in range(4, 16):
        blocks = [*entries(1), wide_table(12), *noted("甲", sentences), *noted("乙", 9)]
        blocks += [*noted("丙", 9), *noted("丁", 9), *entries(30, first=20)]
        book_set = laid(section(*blocks), two, table)
        sets = book_set.body[page_of(book_set, "宽表")][1]
        if find(book_set, "宽表").top > 200 and (notes := notes_of(sets)):
            seen += 1
            white = min(each.top for each in notes) - 13 - last_row(sets)
            assert white < 2.5 * book_set.frame.line
    assert seen


def test_notes_stand_at_the_foot_below_a_long_wide_table(two: DraftStyle, table: FontTable) -> None:
    book_set = laid(
        section(*noted("甲", 6), wide_table(5), wide_table(60, title="长表")), two, table
    )
    sets = book_set.body[0][1]
    assert "长表" in said(sets)
    assert min(each.top for each in notes_of(sets)) > last_row(sets)
    assert max(each.bottom for each in notes_of(sets)) == pytest.approx(book_set.frame.depth)


def test_a_table_of_less_than_half_a_column_is_not_parted(
    two: DraftStyle, table: FontTable
) -> None:
    """It waits for the next column, and the text of the next 分目 stands in its place."""
    for before in range(4, 16):
        first = (*entries(before), small_table(14))
        parts = (
            Part(id="c", level=1, title="篇目"),
            Part(id="c/1", level=2, title="第一分目", blocks=first),
            Part(id="c/2", level=2, title="第二分目", blocks=tuple(entries(20, first=50))),
        )
        book_set = laid(book(*parts), two, table)
        assert "续表" not in "".join(said(sets) for _, sets in book_set.body)


# Where they belong, how wide they are


def section_over(book_set: LaidOut, text: str) -> str:
    return book_set.body[page_of(book_set, text)][0].section


def test_the_page_of_a_lying_table_names_the_section_it_is_part_of(
    one: DraftStyle, table: FontTable
) -> None:
    parts = (
        Part(id="c", level=1, title="篇目"),
        Part(id="c/1", level=2, title="农业", blocks=(*entries(2), lying_table())),
        Part(id="c/2", level=2, title="林业", blocks=tuple(entries(9, first=50))),
    )
    book_set = laid(book(*parts), one, table)
    at = page_of(book_set, "卧表")
    assert any(isinstance(item, Turned) for item in book_set.body[at][0].items)
    assert page_of(book_set, "林业") < at
    assert section_over(book_set, "卧表") == "农业"


@pytest.mark.parametrize(("pixels", "whole"), [(2100, True), (2000, False)])
def test_a_picture_nearly_as_wide_as_its_column_fills_it(
    pixels: int, whole: bool, tmp_path: Path, one: DraftStyle, table: FontTable
) -> None:
    file = tmp_path / "a.png"
    Image.new("L", (pixels, 2100)).save(file, dpi=(400, 400))
    figure = Figure(src="a", title="某图")
    book_set = laid(section(*entries(1), figure, images={"a": file}), one, table)
    (shown,) = [i for page, _ in book_set.body for i in page.items if isinstance(i, Picture)]
    assert (shown.width == pytest.approx(book_set.frame.measure)) == whole
