"""Where the text of a 篇目 ends, or stops for a long table: what waits fills its pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from editorial.model.book import Part
from editorial.model.document import Block, Cell, Entry, Figure, Note, Paragraph, Table
from editorial.model.style import DraftStyle
from editorial.render.fonts import FontTable
from editorial.render.pdf.items import Picture, Turned
from tests.render.books import (
    LaidOut,
    book,
    cell,
    collisions,
    entries,
    faces,
    find,
    laid,
    letters,
    mark,
    page_of,
    prose,
    runs,
    section,
    set_letters,
    small_table,
    source,
    style_of,
    wide_table,
)
from tests.render.test_floats import lying_table

SIZES = {
    "half": (1000, 1100),
    "photo": (900, 600),
    "tall": (500, 800),
    "wide": (3000, 900),
    "small": (500, 300),
}


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("images")
    for name, size in SIZES.items():
        Image.new("RGB", size).save(folder / f"{name}.png")
    return {name: folder / f"{name}.png" for name in SIZES}


def waiting(kinds: str) -> list[Block]:
    """Pictures by name and tables by rows (w: wide, l: lying), their titles counting up."""
    blocks: list[Block] = []
    for number, kind in enumerate(kinds.split()):
        if kind in SIZES:
            blocks.append(Figure(src=kind, title=f"第{number:02d}号图"))
        elif kind == "l":
            blocks.append(replace(lying_table(), title=f"第{number:02d}号表"))
        else:
            make = wide_table if kind[0] == "w" else small_table
            blocks.append(make(int(kind.lstrip("w")), title=f"第{number:02d}号表"))
    return blocks


def shown(book_set: LaidOut) -> list[list[Picture]]:
    """The pictures of each page."""
    return [[i for i in page.items if isinstance(i, Picture)] for page, _ in book_set.body]


def lies(book_set: LaidOut, page: int) -> bool:
    return any(isinstance(item, Turned) for item in book_set.body[page][0].items)


def blank(book_set: LaidOut, page: int) -> float:
    """What share of its columns is white, spaces of a few lines apart."""
    frame, (leaf, sets) = book_set.frame, book_set.body[page]
    boxes = [(each.x, each.x + each.lines.width, each.top, each.bottom) for each in sets]
    boxes += [
        (each.x, each.x + each.width, each.top, each.top + each.height)
        for each in leaf.items
        if isinstance(each, Picture)
    ]
    white = 0.0
    for left in frame.columns.lefts:
        inside = [box for box in boxes if box[0] < left + frame.columns.width and box[1] > left]
        reached = 0.0
        for _, _, top, bottom in sorted(inside, key=lambda box: box[2]):
            white += max(top - reached - 3 * frame.line, 0.0)
            reached = max(reached, bottom)
        white += frame.depth - reached
    return white / frame.depth / len(frame.columns.lefts)


@pytest.mark.parametrize(
    ("columns", "before", "kinds", "most"),
    [
        ("one", 7, "half half half half half", 5),  # two share a page, each a little smaller
        ("one", 12, "photo w20 photo tall 8 photo", 6),
        ("one", 9, "photo l wide l small photo", 6),
        ("one", 8, "tall photo 25 w12 25 wide 5 l small", 7),
        ("two", 9, "photo l wide l small photo", 4),
        ("two", 7, "half wide half wide photo tall", 3),
        ("two", 7, "w20 60 photo 12", 3),
        ("two", 10, "l 60 photo 12", 4),
        ("two", 8, "tall photo 25 w12 25 wide 5 l small", 5),
    ],
)
def test_what_waits_at_the_end_takes_few_pages(
    columns: str,
    before: int,
    kinds: str,
    most: int,
    images: dict[str, Path],
    table: FontTable,
    request: pytest.FixtureRequest,
) -> None:
    style: DraftStyle = request.getfixturevalue(columns)
    book_set = laid(section(*entries(before), *waiting(kinds), images=images), style, table)
    assert len(book_set.body) <= most


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("columns", ["one", "two"])
def test_pictures_and_tables_keep_their_orders(
    seed: int,
    columns: str,
    images: dict[str, Path],
    table: FontTable,
    request: pytest.FixtureRequest,
) -> None:
    random = Random(seed)
    kinds = random.choices([*SIZES, "4", "14", "60", "w5", "w22", "w60", "l"], k=9)
    whole = section(*entries(random.randrange(9)), *waiting(" ".join(kinds)), images=images)
    book_set = laid(whole, request.getfixturevalue(columns), table)
    assert letters(source(whole)) - set_letters(book_set) == Counter()
    assert all(collisions(sets) == [] for _, sets in book_set.body)
    places = [
        (found[2], page, found[1])
        for page, (_, sets) in enumerate(book_set.body)
        for each in sets
        if each.role == "Caption" and (found := re.search(r"第(\d\d)号(.)", each.text))
    ]
    for kind in "图表":
        of_kind = [place for place in places if place[0] == kind]
        first = {number: page for _, page, number in reversed(of_kind)}
        assert sorted(first, key=lambda number: (first[number], number)) == sorted(first)


def test_pictures_that_share_a_page_are_alike(
    one: DraftStyle, images: dict[str, Path], table: FontTable
) -> None:
    whole = section(*entries(7), *waiting("half half half half"), images=images)
    book_set = laid(whole, one, table)
    pairs = [pictures for pictures in shown(book_set) if len(pictures) == 2]
    assert len(pairs) == 2
    for above, below in pairs:
        assert above.height == pytest.approx(below.height, rel=0.1)
        assert above.height > 0.75 * book_set.frame.measure * 1.1 * 0.55


def test_a_picture_alone_on_the_last_page_stands_in_its_middle(
    two: DraftStyle, images: dict[str, Path], table: FontTable
) -> None:
    book_set = laid(section(*entries(7), *waiting("half " * 5), images=images), two, table)
    (last,) = shown(book_set)[-1]
    assert last.x + last.width / 2 == pytest.approx(book_set.frame.measure / 2)


def test_lying_tables_at_the_end_have_no_near_empty_page_between_them(
    two: DraftStyle, images: dict[str, Path], table: FontTable
) -> None:
    book_set = laid(section(*entries(9), *waiting("l wide l"), images=images), two, table)
    at = page_of(book_set, "第00号表")
    assert lies(book_set, at)
    assert lies(book_set, at + 1)
    assert shown(book_set)[at - 1]


def test_a_wide_table_stands_under_the_last_text_not_at_the_foot(
    two: DraftStyle, table: FontTable
) -> None:
    for before in range(4, 20):
        book_set = laid(section(*entries(before), *waiting("w12 60")), two, table)
        title = find(book_set, "第00号表")
        sets = book_set.body[page_of(book_set, "第00号表")][1]
        lowest = max((each.bottom for each in sets if each.top < title.top - 1), default=0.0)
        assert title.top - lowest < 3 * book_set.frame.line


@pytest.mark.parametrize("columns", ["one", "two"])
@pytest.mark.parametrize("first", ["w20", "half"])
def test_text_goes_on_where_a_long_table_waits_behind_another(
    columns: str,
    first: str,
    images: dict[str, Path],
    table: FontTable,
    request: pytest.FixtureRequest,
) -> None:
    style: DraftStyle = request.getfixturevalue(columns)
    for before in range(3, 14):
        blocks = (*entries(before), *waiting(f"{first} 60"), *entries(30, first=50))
        book_set = laid(section(*blocks, images=images), style, table)
        for page in range(1, page_of(book_set, "第01号表")):
            assert blank(book_set, page) < 0.15


def test_a_wide_table_without_text_stands_under_its_heading(
    two: DraftStyle, table: FontTable
) -> None:
    parts = [
        Part(id=f"c/{n}", level=2, title=f"第{n}分目", blocks=(wide_table(4 + n, f"第{n}号表"),))
        for n in range(1, 9)
    ]
    book_set = laid(book(Part(id="c", level=1, title="篇目"), *parts), two, table)
    for n in range(1, 9):
        head, title = find(book_set, f"第{n}分目"), find(book_set, f"第{n}号表")
        assert page_of(book_set, f"第{n}分目") == page_of(book_set, f"第{n}号表")
        assert 0 <= title.top - head.bottom < 3 * book_set.frame.line


def test_no_blank_page_follows_a_long_wide_table(two: DraftStyle, table: FontTable) -> None:
    for rows in range(60, 80):
        book_set = laid(section(*entries(2), wide_table(rows)), two, table)
        assert all(sets for _, sets in book_set.body)


@pytest.mark.parametrize("columns", ["one", "two"])
def test_no_blank_page_follows_long_notes(
    columns: str, table: FontTable, request: pytest.FixtureRequest
) -> None:
    noted = Paragraph(runs=(*runs(prose(1)), mark("注"), *runs(prose(1))))
    for length in range(22, 31):
        for rows in (3, 6):
            note = Note(label="注", runs=runs(prose(length)))
            whole = section(noted, small_table(rows), note)
            book_set = laid(whole, request.getfixturevalue(columns), table)
            assert all(sets for _, sets in book_set.body)


@pytest.mark.parametrize("sentences", range(3, 11))
def test_a_note_called_at_the_very_end_does_not_unlevel_the_columns(sentences: int) -> None:
    """The white between short columns and the foot is room for it."""
    note = Note(label="1", runs=runs(prose(3)))
    last = Entry(title="末条", runs=(*runs(prose(sentences)), mark("1")))
    done = laid(section(*entries(2), last, note), style_of("final"), faces())
    _, sets = done.body[-1]
    text = [each for each in sets if each.role == "P"]
    middle = done.frame.measure / 2
    ends = [max(each.bottom for each in text if (each.x > middle) == right) for right in (0, 1)]
    assert abs(ends[0] - ends[1]) <= 1.5 * done.frame.line


@pytest.mark.parametrize("style", ["review", "final"])
@pytest.mark.parametrize("first", [False, True])
def test_a_lying_table_before_a_long_one_and_no_text_come_to_an_end(
    style: str, first: bool
) -> None:
    parts = [Part(id="c", level=1, title="科技创新")]
    if first:
        parts.append(Part(id="c/s", level=2, title="甲", blocks=tuple(entries(4))))
    blocks = (lying_table(), small_table(60))
    whole = book(*parts, Part(id="c/t", level=2, title="乙", blocks=blocks))
    done = laid(whole, style_of(style), faces())
    assert not letters(source(whole)) - set_letters(done)


def test_a_table_that_turns_the_page_under_its_heading_is_not_lost() -> None:
    def lying(rows: int) -> Table:
        heads = tuple(cell(f"统计指标{n}") for n in range(20))
        body = (tuple(cell(f"{row}{n}345.6") for n in range(20)) for row in range(rows))
        return Table(title="卧表", rows=(heads, *body))

    notes = (
        Note(label=f"n{n}", runs=runs("注" + "示例说明文字" * length + "。"))
        for n, length in enumerate((80, 30, 8, 8, 80, 1, 80, 1, 8, 80))
    )
    whole = book(
        Part(id="c", level=1, title="科技创新"),
        Part(id="c/s", level=2, title="甲", blocks=(lying(3), lying(12), *notes)),
        Part(id="c/t", level=2, title="乙", blocks=(wide_table(10), small_table(3))),
    )
    done = laid(whole, bare(), faces())
    assert not letters(source(whole)) - set_letters(done)


@pytest.mark.parametrize("before", range(1, 5))
def test_notes_of_a_table_above_keep_off_the_figure_at_the_foot(
    images: dict[str, Path], before: int
) -> None:
    cells = ((cell("项目"), cell("数")), *((noted(n), cell(f"{n}.5")) for n in range(3)))
    notes = [Note(label=f"t{n}", runs=runs("表注" + "示例说明文字" * 8 + "。")) for n in range(3)]
    for after in range(1, 6):
        blocks = (
            *(*entries(before), Figure(src="wide", title="宽图题" * 8)),
            Entry(title="有注", runs=(*runs(prose(2)), mark("x"), *runs(prose(1)))),
            *(*entries(after, first=20), Table(title="窄表", rows=cells), *entries(8, first=50)),
            *(Note(label="x", runs=runs("文注。")), *notes),
        )
        done = laid(section(*blocks, images=images), bare(), faces())
        assert not [found for _, sets in done.body for found in collisions(sets)]


def bare() -> DraftStyle:
    """Two columns, and no pages but those of the text."""
    return replace(style_of("final"), dividers=False, recto=False)


def noted(number: int) -> Cell:
    return Cell(runs=(*runs(f"项{number}"), mark(f"t{number}")))
