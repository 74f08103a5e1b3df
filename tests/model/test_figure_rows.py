"""并排的图: what stands in one row, and how large each picture of it is."""

from __future__ import annotations

import pytest

from editorial.model.book import Part, counted, numbered
from editorial.model.document import Block, Comment, Entry, Figure, Note, Paragraph, Run, Signature
from editorial.model.figure_rows import (
    is_beside_portrait,
    row_crosses,
    rows_of,
    sizes_in_row,
    stands_aside,
)

ALONE, BESIDE = Figure(src="a.png"), Figure(src="b.png", beside=True)
TEXT = Paragraph(runs=(Run(text="示例。"),))


def test_figures_beside_the_one_before_are_one_row() -> None:
    assert rows_of((ALONE, BESIDE, ALONE, BESIDE, BESIDE)) == {0: (0, 1), 2: (2, 3, 4)}


def test_what_is_not_printed_there_parts_no_row() -> None:
    between = Comment(text="示例"), Note(label="1", runs=())
    assert rows_of((ALONE, *between, BESIDE)) == {0: (0, 3)}


def test_text_parts_a_row() -> None:
    assert rows_of((ALONE, TEXT, BESIDE)) == {0: (0,), 2: (2,)}


def test_a_fifth_begins_another_row() -> None:
    assert rows_of((ALONE, *[BESIDE] * 5)) == {0: (0, 1, 2, 3), 4: (4, 5)}


def test_pictures_of_a_row_are_of_one_height_and_fill_the_measure() -> None:
    sizes = sizes_in_row((1.5, 0.75), 230, 5, 1000)
    assert sizes == [(150, 100), (75, 100)]


def test_a_row_is_no_higher_than_may_be_nor_than_the_first_is_wished() -> None:
    assert sizes_in_row((1.5, 0.75), 230, 5, 50) == [(75, 50), (37.5, 50)]
    assert sizes_in_row((1.5, 0.75), 230, 5, 1000, 30) == [(30, 20), (15, 20)]
    assert sizes_in_row((1.5, 0.75), 230, 5, 1000, 300) == [(150, 100), (75, 100)]


@pytest.mark.parametrize(
    ("shapes", "first", "crosses"),
    [((1.5, 1.5), 0, True), ((0.75, 0.75), 0, False), ((1.5, 1.5), 20, False)],
)
def test_a_row_that_would_be_low_in_a_column_crosses_all(
    shapes: tuple[float, ...], first: float, *, crosses: bool
) -> None:
    assert row_crosses(shapes, 80, 4, 40, first) is crosses


def test_a_figure_without_number_does_not_count() -> None:
    portrait = Figure(src="c.png", unnumbered=True)
    part = Part(id="c", level=1, title="人物", blocks=(ALONE, portrait, ALONE))
    assert numbered((part,)) == {("c", 0): "图1-1", ("c", 2): "图1-2"}
    assert not counted(part, portrait)


ASIDE = Figure(src="d.png", aside=True)


@pytest.mark.parametrize(
    ("after", "stands"),
    [
        (TEXT, True),
        (Entry(title="张示例"), True),
        (Paragraph(runs=TEXT.runs, form="verse"), False),
        (Signature(text="示例"), False),
        (ALONE, False),
    ],
)
def test_a_portrait_stands_beside_text_alone(after: Block, *, stands: bool) -> None:
    blocks = (ASIDE, Comment(text="示例"), after)
    assert stands_aside(blocks, 0) is stands
    assert is_beside_portrait(blocks, 2) is stands
    assert not stands_aside((ASIDE,), 0)


def test_a_portrait_is_in_no_row() -> None:
    assert rows_of((ASIDE, BESIDE, Figure(src="e.png", beside=True, aside=True))) == {
        0: (0,),
        1: (1,),
        2: (2,),
    }
