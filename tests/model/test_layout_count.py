"""版面字数: every kind of page, by hand. A page of the grid below has 2×22×46 = 2024 characters."""

from __future__ import annotations

from decimal import Decimal

import pytest

from editorial.model.layout_count import (
    Layout,
    LayoutPart,
    PageKind,
    book_chars,
    layout_faults,
    page_chars,
    part_page_chars,
    span_chars,
)

GRID = (2, 22, 46)
PLAIN = Layout(grid=GRID)
INDEX = LayoutPart(kind=PageKind.INDEX, pages=1, grid=(3, 18, 60))


def of(kind: PageKind, notes: int = 0, note_chars: int = 0, lines: int = 0) -> Decimal:
    part = LayoutPart(kind=kind, pages=1, notes=notes, note_chars=note_chars, lines=lines)
    return part_page_chars(PLAIN, part)


@pytest.mark.parametrize(
    ("layout", "chars"),
    [
        (PLAIN, 2024),  # 44 × 46
        (Layout(grid=GRID, gutter=2), 2116),  # the gutter counts: 46 × 46
        (Layout(grid=GRID, gutter=2, head_lines=2), 2208),  # head and folio: 46 × 48
        (Layout(grid=(1, 38, 36), gutter=2), 1368),  # one column has no gutter
    ],
)
def test_a_full_page(layout: Layout, chars: int) -> None:
    assert page_chars(layout) == chars


@pytest.mark.parametrize(
    ("chars", "wanted"),
    [
        (of(PageKind.TEXT), "2024"),
        (of(PageKind.CONTENTS), "2024"),
        (of(PageKind.BACK), "2024"),
        (of(PageKind.COVER), "1012"),
        (of(PageKind.COPYRIGHT), "2024"),
        (of(PageKind.SPINE), "2024"),
        (of(PageKind.FLAP), "2024"),
        (of(PageKind.FIGURE), "404.8"),
        (of(PageKind.CAPTIONED), "1012"),
        (of(PageKind.PICTURE), "404.8"),
        (of(PageKind.FOREIGN), "2631.2"),
        (of(PageKind.NOTED, notes=5), "2024"),  # below six lines: a page like any other
        (of(PageKind.NOTED, notes=6), "2327.6"),
        (of(PageKind.NOTED, notes=10), "2327.6"),
        (of(PageKind.NOTED, notes=11, note_chars=52, lines=36), "2156"),  # 44×36 + 11×52
        (part_page_chars(PLAIN, INDEX), "3240"),
    ],
)
def test_a_page_of_each_kind(chars: Decimal, wanted: str) -> None:
    assert chars == Decimal(wanted)


def test_1100_thousand_characters_are_544_pages() -> None:
    assert book_chars(PLAIN, 543) < 1_100_000 < book_chars(PLAIN, 544)


def test_a_whole_book() -> None:
    layout = Layout(
        grid=GRID,
        parts=(
            LayoutPart(kind=PageKind.COVER, pages=4),
            LayoutPart(kind=PageKind.SPINE, pages=1),
            LayoutPart(kind=PageKind.FIGURE, first=11, last=15),
        ),
    )
    # 95 plain pages, 4 halves, the spine, 5 fifths
    assert book_chars(layout, 100) == 95 * 2024 + 4 * 1012 + 2024 + 2024


def test_pages_from_to_take_what_is_theirs() -> None:
    part = LayoutPart(kind=PageKind.FIGURE, first=11, last=15)
    layout = Layout(grid=GRID, parts=(part,))
    assert span_chars(layout, 14, 17) == round(2 * 404.8) + 2 * 2024


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (LayoutPart(kind=PageKind.TEXT), "只写一种"),
        (LayoutPart(kind=PageKind.TEXT, pages=1, first=1, last=1), "只写一种"),
        (LayoutPart(kind=PageKind.TEXT, first=5, last=4), "末页不小于首页"),
        (LayoutPart(kind=PageKind.NOTED, pages=1), "脚注每页几行"),
        (LayoutPart(kind=PageKind.NOTED, pages=1, notes=11), "按实计算"),
        (LayoutPart(kind=PageKind.INDEX, pages=1), "要写 grid"),
    ],
)
def test_a_part_that_cannot_be_counted_is_refused(part: LayoutPart, told: str) -> None:
    assert [told in message for _, message in layout_faults(Layout(grid=GRID, parts=(part,)))] == [
        True
    ]


def test_pages_named_twice_are_refused() -> None:
    parts = tuple(LayoutPart(kind=PageKind.FIGURE, first=n, last=n + 5) for n in (1, 6))
    (fault,) = layout_faults(Layout(grid=GRID, parts=parts))
    assert fault == (("parts", 1, "first"), "与第1项的页重了")
