"""Tables and figures: where they go when they find no room, alone and beside text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from editorial.model.book import Book, Part
from editorial.model.document import (
    Block,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Signature,
    Table,
)
from editorial.model.style import DraftStyle
from editorial.render.fonts import FontTable
from editorial.render.pdf.items import Picture, Turned
from tests.render.books import (
    LaidOut,
    Set,
    book,
    cell,
    collisions,
    entries,
    feet,
    find,
    laid,
    letters,
    mark,
    page_of,
    prose,
    runs,
    said,
    section,
    set_letters,
    small_table,
    source,
    wide_table,
)


def test_text_goes_on_where_a_table_finds_no_room(one: DraftStyle, table: FontTable) -> None:
    """Pages may give two lines to a short last one."""
    for before in range(4, 12):
        tabled = [*entries(before), small_table(20), *entries(12, first=50)]
        book_set = laid(section(*tabled), one, table)
        deep = [foot for _, sets in book_set.body[:-1] for foot in feet(book_set.frame, sets)]
        assert min(deep) >= book_set.frame.depth - 4 * book_set.frame.line


def test_table_without_room_heads_the_next_page(one: DraftStyle, table: FontTable) -> None:
    book_set = laid(section(*entries(8), small_table(24), *entries(9, first=50)), one, table)
    at = page_of(book_set, "小表")
    assert at > page_of(book_set, "【条目007】")
    assert book_set.body[at][1][0].text.endswith("小表")


def test_tables_keep_their_order_and_follow_their_text(two: DraftStyle, table: FontTable) -> None:
    kinds = (small_table, wide_table)
    blocks = [
        block
        for n in range(24)
        for block in (*entries(1, first=n), kinds[n % 3 == 1](4 + n % 9, title=f"第{n:02d}号表"))
    ]
    book_set = laid(section(*blocks), two, table)
    places = [(page_of(book_set, f"第{n:02d}号表"), n) for n in range(24)]
    assert places == sorted(places)
    assert all(page >= page_of(book_set, f"【条目{n:03d}】") for page, n in places)


@pytest.mark.parametrize("before", range(2, 14))
def test_tables_end_with_their_section_or_head_the_next_page(
    before: int, one: DraftStyle, table: FontTable
) -> None:
    """The latter only where ending the page would leave a hole in it."""
    book_set = laid(_two_sections(entries(before), small_table(24)), one, table)
    here, then = page_of(book_set, "小表"), page_of(book_set, "第二分目")
    title, head = find(book_set, "小表"), find(book_set, "第二分目")
    if (here, title.top) > (then, head.top):
        assert (here, title.top) == (then + 1, 0)
        assert head.top < book_set.frame.depth - 6 * book_set.frame.line


def _two_sections(first: list[Block], *more: Block) -> Book:
    return book(
        Part(id="c", level=1, title="篇目"),
        Part(id="c/1", level=2, title="第一分目", blocks=(*first, *more)),
        Part(id="c/2", level=2, title="第二分目", blocks=tuple(entries(9, first=50))),
    )


def test_table_ending_a_section_fills_the_page_with_its_first_rows(
    one: DraftStyle, table: FontTable
) -> None:
    book_set = laid(_two_sections(entries(7), small_table(26)), one, table)
    assert "续表1-1" in said(book_set.body[page_of(book_set, "第二分目")][1])
    assert page_of(book_set, "第0行") == page_of(book_set, "【条目006】")


def test_wide_tables_cross_both_columns_at_top_or_foot(two: DraftStyle, table: FontTable) -> None:
    for before in range(2, 30, 3):
        book_set = laid(
            section(*entries(before), wide_table(9), *entries(30, first=50)), two, table
        )
        title = find(book_set, "宽表")
        sets = book_set.body[page_of(book_set, "宽表")][1]
        rest = [each for each in sets if each.role == "P"]
        last = max(each.bottom for each in sets if each.role in ("TD", "TH"))
        above = all(each.bottom <= title.top + 0.1 for each in rest)
        below = all(each.top >= last - 0.1 for each in rest)
        assert above or below
        assert sum(title.ink) / 2 == pytest.approx(book_set.frame.measure / 2)


@pytest.mark.parametrize("before", range(1, 7))
def test_notes_stand_below_a_wide_table_at_the_foot(
    before: int, two: DraftStyle, table: FontTable
) -> None:
    noted: list[Block] = []
    for n in range(9):
        noted += [Paragraph(runs=(*runs(prose(4)), mark(f"注{n}"), *runs(prose(3))))]
        noted += [Note(label=f"注{n}", runs=runs(prose(n % 3)))]
    blocks = (Paragraph(runs=runs(prose(before))), wide_table(9), *noted, *entries(20, first=50))
    book_set = laid(section(*blocks), two, table)
    sets = book_set.body[page_of(book_set, "宽表")][1]
    title = find(book_set, "宽表")
    last = max(each.bottom for each in sets if each.role == "TD")
    assert title.top > 200
    assert all(each.top >= last for each in sets if each.role == "Note")
    assert all(each.bottom <= title.top + 0.1 for each in sets if each.role == "P")
    assert collisions(sets) == []


def test_a_lying_table_comes_after_the_page_a_wide_one_heads(
    two: DraftStyle, table: FontTable
) -> None:
    blocks = (*entries(6), wide_table(20), lying_table(), *entries(30, first=50))
    book_set = laid(section(*blocks), two, table)
    assert find(book_set, "宽表").top == 0
    assert page_of(book_set, "卧表") == page_of(book_set, "宽表") + 1


def test_no_two_wide_tables_stand_at_the_foot_though_notes_come(
    two: DraftStyle, table: FontTable
) -> None:
    noted = (Paragraph(runs=(*runs(prose(4)), mark("注"))), Note(label="注", runs=runs("示例注。")))
    blocks = (*entries(1), wide_table(4), wide_table(6, title="又一宽表"), *noted, *entries(20))
    book_set = laid(section(*blocks), two, table)
    assert page_of(book_set, "又一宽表") == page_of(book_set, "宽表") + 1
    assert find(book_set, "又一宽表").top == 0
    assert all(collisions(sets) == [] for _, sets in book_set.body)


def test_narrow_tables_after_the_text_stand_side_by_side(two: DraftStyle, table: FontTable) -> None:
    tables = (wide_table(9), small_table(24, title="左表"), small_table(24, title="右表"))
    book_set = laid(section(*entries(8), wide_table(), *tables), two, table)
    left, right = find(book_set, "左表"), find(book_set, "右表")
    assert page_of(book_set, "左表") == page_of(book_set, "右表")
    assert (left.x, right.x) == book_set.frame.columns.lefts
    assert left.top == right.top


def test_narrow_tables_stand_in_one_column(two: DraftStyle, table: FontTable) -> None:
    book_set = laid(section(*entries(30), small_table(), *entries(9)), two, table)
    frame, title = book_set.frame, find(book_set, "小表")
    assert title.lines.width == pytest.approx(frame.columns.width)
    assert title.x in frame.columns.lefts


def test_table_wider_than_the_page_lies_on_the_next(one: DraftStyle, table: FontTable) -> None:
    whole = section(*entries(5), lying_table(), *entries(30, first=50))
    book_set = laid(whole, one, table)
    at = page_of(book_set, "卧表")
    assert [type(item) for item in book_set.body[at][0].items][:1] == [Turned]
    assert at == page_of(book_set, "【条目004】") + 1
    assert feet(book_set.frame, book_set.body[at - 1][1])[0] > 0.9 * book_set.frame.depth
    assert letters(source(whole)) - set_letters(book_set) == Counter()


def lying_table() -> Table:
    heads = tuple(cell(f"统计指标{n:02d}") for n in range(16))
    body = tuple(tuple(cell(f"{n}{k}345.6") for k in range(16)) for n in range(9))
    return Table(title="卧表", rows=(heads, *body))


@pytest.mark.parametrize("long_table", [small_table, wide_table])
def test_text_fills_the_page_before_a_lying_table_though_a_long_one_follows(
    long_table: Callable[[int, str], Table], two: DraftStyle, table: FontTable
) -> None:
    after = (long_table(70, "长表"), *entries(30, first=50))
    whole = section(*entries(4), lying_table(), *entries(2, first=20), *after)
    book_set = laid(whole, two, table)
    at = page_of(book_set, "卧表")
    deep = feet(book_set.frame, book_set.body[at - 1][1])
    assert min(deep) >= book_set.frame.depth - 3 * book_set.frame.line - 0.1
    assert page_of(book_set, "【条目050】") < at < page_of(book_set, "长表") <= at + 2
    assert letters(source(whole)) - set_letters(book_set) == Counter()


def test_text_and_a_narrow_table_stand_side_by_side_above_a_long_wide_one(
    two: DraftStyle, table: FontTable
) -> None:
    note = Note(label="注", runs=runs("示例注。"))
    noted = Paragraph(runs=(*runs(prose(4)), mark("注")))
    blocks = (noted, note, small_table(14), *entries(1), wide_table(60))
    book_set = laid(section(*blocks), two, table)
    frame, below = book_set.frame, find(book_set, "宽表").top
    above = [each for each in book_set.body[0][1] if each.top < below - 1]
    assert find(book_set, "小表").x == frame.columns.lefts[1]
    middle = frame.columns.lefts[1] - 1
    left = max(each.bottom for each in above if each.x < middle and each.role != "Note")
    right = max(each.bottom for each in above if each.x > middle)
    assert abs(left - right) < 4 * frame.line
    assert below < 0.6 * frame.depth


def picture(path: Path, size: tuple[int, int], mode: str = "RGB") -> Path:
    Image.new(mode, size).save(path)
    return path


def pictures(book_set: LaidOut) -> list[Picture]:
    return [item for page, _ in book_set.body for item in page.items if isinstance(item, Picture)]


@pytest.mark.parametrize("size", [(6000, 200), (200, 6000), (5000, 5000), (30, 20)])
@pytest.mark.parametrize("columns", ["one", "two"])
def test_pictures_stay_on_the_page(
    size: tuple[int, int],
    columns: str,
    tmp_path: Path,
    table: FontTable,
    request: pytest.FixtureRequest,
) -> None:
    file = picture(tmp_path / "a.png", size)
    style: DraftStyle = request.getfixturevalue(columns)
    whole = section(*entries(7), Figure(src="a", title="某图"), *entries(9), images={"a": file})
    book_set = laid(whole, style, table)
    (shown,) = pictures(book_set)
    assert shown.x >= 0
    assert shown.x + shown.width <= book_set.frame.measure + 0.1
    assert shown.top + shown.height <= book_set.frame.depth
    assert shown.width / shown.height == pytest.approx(size[0] / size[1], rel=0.02)


def test_pictures_that_wait_share_a_page(tmp_path: Path, one: DraftStyle, table: FontTable) -> None:
    file = picture(tmp_path / "a.png", (900, 560))
    figures = [Figure(src="a", title=f"图{n}") for n in range(4)]
    for before in range(3, 10):
        blocks = [*entries(before), *figures, *entries(20, first=40)]
        book_set = laid(section(*blocks, images={"a": file}), one, table)
        shown = [sum(isinstance(i, Picture) for i in page.items) for page, _ in book_set.body]
        assert sum(number > 0 for number in shown) <= 3


def test_caption_stands_under_its_picture(
    tmp_path: Path, two: DraftStyle, table: FontTable
) -> None:
    file = picture(tmp_path / "a.png", (900, 600))
    for before in range(3, 14):
        figure = Figure(src="a", title="某图")
        whole = section(*entries(before), figure, *entries(9), images={"a": file})
        book_set = laid(whole, two, table)
        page = next(page for page, _ in book_set.body if _shown(page.items))
        (shown,) = _shown(page.items)
        caption = find(book_set, "某图")
        assert book_set.body[page_of(book_set, "某图")][0] is page
        assert 0 <= caption.top - shown.top - shown.height < 10
        assert sum(caption.ink) / 2 == pytest.approx(shown.x + shown.width / 2, abs=0.5)


def test_no_signature_stands_under_a_picture(
    tmp_path: Path, two: DraftStyle, table: FontTable
) -> None:
    """There it would read as who took it."""
    figure = Figure(src="a", title="某图")
    blocks = (*entries(2), figure, Signature(text="示例局　示例"))
    images = {"a": picture(tmp_path / "a.png", (900, 600))}
    book_set = laid(section(*blocks, images=images), two, table)
    signed = find(book_set, "（示例局")
    last = [each for each in book_set.body[0][1] if each.text.endswith("示例完。")][-1]
    assert signed.x == last.x
    assert abs(signed.bottom - last.bottom) <= book_set.frame.line


def _shown(items: Iterable[object]) -> list[Picture]:
    return [item for item in items if isinstance(item, Picture)]


def test_pictures_print_would_spoil_are_told(
    tmp_path: Path, one: DraftStyle, table: FontTable
) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff no picture")
    images = {
        "broken": broken,
        "colours": picture(tmp_path / "c.jpg", (3000, 2000), "CMYK"),
        "small": picture(tmp_path / "s.png", (300, 200)),
        "good": picture(tmp_path / "g.png", (3000, 2000)),
    }
    figures = [Figure(src=src, title=src) for src in images]
    book_set = laid(section(*figures, images=images), one, table)
    assert [code for code, _ in book_set.codes()] == ["L05", "L06", "L07"]
    assert len(pictures(book_set)) == 3


# Everything at once


def mixed(random: Random, images: dict[str, Path]) -> Book:
    """Two 篇目 of text, notes, tables and figures of all sizes in any order."""
    parts = []
    for chapter in range(2):
        parts.append(Part(id=f"c{chapter}", level=1, title="篇目"))
        for number in range(3):
            name, first = f"c{chapter}/{number}", 100 * (3 * chapter + number)
            blocks = [
                block for n in range(12) for block in any_blocks(random, first + n, list(images))
            ]
            parts.append(
                Part(
                    id=name,
                    level=2,
                    title=f"分目{first // 100}",
                    blocks=tuple(blocks),
                    images=images,
                )
            )
    return book(*parts)


def any_blocks(random: Random, number: int, sources: list[str]) -> list[Block]:
    words = runs(prose(random.randrange(9)))
    note = Note(label=f"注{number}", runs=runs(prose(random.choice([1, 1, 2, 30]))))
    rows = random.choice([3, 6, 12, 25, 60])
    title = f"第{number:03d}号表"
    return random.choice(
        [
            [Entry(title=f"条目{number:03d}", runs=words)],
            [Entry(title=f"条目{number:03d}", runs=words)],
            [Paragraph(runs=(*words, mark(note.label), *words)), note],
            [Heading(runs=runs("次分目"))],
            [small_table(rows, title=title)],
            [wide_table(rows, title=title)],
            [replace(small_table(4, title=title), unit="万元"), Signature(text="示例局")],
            [Figure(src=random.choice(sources), title="某图" * random.choice([1, 1, 20]))],
        ]
    )


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("columns", ["one", "two"])
def test_mixed_pages_keep_all_rules(
    seed: int, columns: str, tmp_path: Path, table: FontTable, request: pytest.FixtureRequest
) -> None:
    sizes = {"photo": (900, 600), "wide": (3000, 700), "tall": (300, 900)}
    images = {name: picture(tmp_path / f"{name}.png", size) for name, size in sizes.items()}
    whole = mixed(Random(seed), images)
    book_set = laid(whole, request.getfixturevalue(columns), table)
    assert letters(source(whole)) - set_letters(book_set) == Counter()
    for _, sets in book_set.body:
        assert collisions(sets) == []
        assert max((each.bottom for each in sets), default=0) <= book_set.frame.depth + 0.5
        assert [each.text for each in sets if each.role == "P" and is_lone(each)] == []
    order = [re.findall(r"第(\d{3})号表", said(sets)) for _, sets in book_set.body]
    first = list(dict.fromkeys(name for page in order for name in sorted(page)))
    assert first == sorted(first)
    for name in first:
        assert page_of(book_set, f"分目{name[0]}") <= page_of(book_set, f"第{name}号表")


def is_lone(each: Set) -> bool:
    """One line of several."""
    return each.stop - each.start == 1 < each.lines.count
