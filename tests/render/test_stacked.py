"""Headings one upon the other, and under them lines that call for long notes."""

from __future__ import annotations

from collections import Counter

import pytest

from editorial.model.book import Book, Part
from editorial.model.document import Heading, Note, Paragraph
from editorial.model.style import DraftStyle
from editorial.render.fonts import FontTable
from tests.render.books import (
    LaidOut,
    Set,
    book,
    collisions,
    entries,
    find,
    laid,
    letters,
    mark,
    page_of,
    prose,
    runs,
    section,
    set_letters,
    source,
)


def noted(before: int, first: int, second: int) -> Book:
    """A heading, and under it two notes on the first two lines, of so many sentences."""
    text = (
        *runs("示例市开展试点"),
        mark("甲"),
        *runs("，2018年完成投资" + "示例" * 9),
        mark("乙"),
        *runs(prose(6)),
    )
    return section(
        Paragraph(runs=runs(prose(before))),
        Heading(runs=runs("次分目")),
        Paragraph(runs=text),
        Note(label="甲", runs=runs(prose(first))),
        Note(label="乙", runs=runs(prose(second))),
        *entries(6),
    )


def under(book_set: LaidOut, title: str) -> Set:
    """The text under a heading in its column."""
    head = find(book_set, title)
    sets = book_set.body[page_of(book_set, title)][1]
    column = [s for s in sets if s.role == "P" and s.top > head.top and abs(s.x - head.x) < 120]
    return min(column, key=lambda each: each.top)


@pytest.mark.parametrize("columns", ["one", "two"])
@pytest.mark.parametrize("first", [1, 14, 30, 45])
def test_two_lines_stand_under_a_heading_however_long_their_notes_are(
    columns: str, first: int, table: FontTable, request: pytest.FixtureRequest
) -> None:
    for before in (0, 3, 8, 14, 21, 29, 37):
        for second in (1, 14):
            whole = noted(before, first, second)
            book_set = laid(whole, request.getfixturevalue(columns), table)
            text = under(book_set, "次分目")
            assert text.stop - text.start >= 2
            assert letters(source(whole)) - set_letters(book_set) == Counter()
            assert all(collisions(sets) == [] for _, sets in book_set.body)


def test_no_page_is_left_half_blank_for_long_notes(one: DraftStyle, table: FontTable) -> None:
    for before in (0, 3, 8):
        book_set = laid(noted(before, 45, 6), one, table)
        assert page_of(book_set, "次分目") == 0
        assert max(s.bottom for s in book_set.body[0][1]) > 0.9 * book_set.frame.depth


def stacked(before: int) -> Book:
    """类目, 分目 and 次分目 with nothing between them after so much text."""
    return book(
        Part(id="c", level=1, title="篇目"),
        Part(id="c/0", level=2, title="综述", blocks=(Paragraph(runs=runs(prose(before))),)),
        Part(id="c/1", level=2, title="示例类目"),
        Part(
            id="c/1/1",
            level=3,
            title="示例分目",
            blocks=(Heading(runs=runs("示例次分目")), *entries(9)),
        ),
    )


@pytest.mark.parametrize("columns", ["one", "two"])
def test_stacked_headings_are_equally_far_from_each_other_wherever_they_come(
    columns: str, table: FontTable, request: pytest.FixtureRequest
) -> None:
    """What the line grid leaves over stands above the first, at the top of a column too."""
    style: DraftStyle = request.getfixturevalue(columns)
    spaces, tops = set(), set()
    for before in range(10, 34):
        book_set = laid(stacked(before), style, table)
        group, part, head = (find(book_set, f"示例{name}") for name in ("类目", "分目", "次分目"))
        text = under(book_set, "示例次分目")
        below = (part.top - group.bottom, head.top - part.bottom, text.top - head.bottom)
        spaces.add(tuple(round(space, 2) for space in below))
        tops.add(group.top)
    assert len(tops) > 3
    assert len(spaces) == 1
