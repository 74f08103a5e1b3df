"""Pages and columns: what stands where, read from the layout and from the finished file."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings

from editorial.model.book import Book, Part
from editorial.model.document import (
    Block,
    Entry,
    Heading,
    Note,
    Paragraph,
    Signature,
)
from editorial.model.style import DraftStyle
from editorial.render.fonts import FontTable
from editorial.render.pdf.book import book_pdf
from editorial.render.pdf.items import Anchor
from tests.render.books import (
    BOOKS,
    book,
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

# Two columns


def test_columns_fill_from_left_to_right(two: DraftStyle, table: FontTable) -> None:
    book_set = laid(section(*entries(60)), two, table)
    order = re.findall(r"【条目(\d{3})】", "".join(said(sets) for _, sets in book_set.body))
    assert order == [f"{n:03d}" for n in range(60)]


def easy(sentences: int) -> list[Block]:
    """Text that may be broken after nearly every line."""
    return [Paragraph(runs=runs(prose(sentences)))]


@pytest.mark.parametrize("sentences", range(30, 260, 27))
def test_columns_of_the_last_page_end_level(
    sentences: int, two: DraftStyle, table: FontTable
) -> None:
    book_set = laid(section(*easy(sentences)), two, table)
    left, right = feet(book_set.frame, book_set.body[-1][1])
    line = book_set.frame.line
    assert abs(left - right) <= line + 0.1 or left + right < 3.5 * line  # those are not parted


def test_all_pages_before_are_full(two: DraftStyle, table: FontTable) -> None:
    book_set = laid(section(*entries(80)), two, table)
    frame = book_set.frame
    deep = [foot for _, sets in book_set.body[:-1] for foot in feet(frame, sets)]
    assert len(deep) > 8
    assert min(deep) >= frame.depth - frame.line - 0.1


@pytest.mark.parametrize("columns", ["one", "two"])
def test_the_last_page_of_a_chapter_is_a_quarter_full(
    columns: str, request: pytest.FixtureRequest, table: FontTable
) -> None:
    style = request.getfixturevalue(columns)
    for sentences in range(300, 420, 7):
        book_set = laid(section(*easy(sentences)), style, table)
        assert len(book_set.body) > 5
        deepest = max(feet(book_set.frame, book_set.body[-1][1]))
        assert deepest >= 0.25 * book_set.frame.depth - 0.1


@pytest.mark.parametrize("sentences", [295, 300, 345, 355, 400])
def test_no_table_stands_alone_in_one_column_of_the_last_page(
    sentences: int, two: DraftStyle, table: FontTable
) -> None:
    book_set = laid(section(*easy(sentences), small_table(16)), two, table)
    depths = [0.0, 0.0]
    for each in book_set.body[-1][1]:
        right = each.x >= book_set.frame.columns.lefts[1] - 1
        depths[right] = max(depths[right], each.bottom)
    assert sum(depths) / 2 >= 0.25 * book_set.frame.depth - 0.1


def test_text_fills_the_page_above_a_long_wide_table_that_cannot_begin_there(
    two: DraftStyle, table: FontTable
) -> None:
    for sentences in range(38, 48):
        book_set = laid(section(*easy(sentences), wide_table(60), *easy(40)), two, table)
        at = page_of(book_set, "宽表")
        if at:
            deep = feet(book_set.frame, book_set.body[at - 1][1])
            assert min(deep) >= book_set.frame.depth - book_set.frame.line - 0.1


def test_lines_of_both_columns_stand_on_one_grid(two: DraftStyle, table: FontTable) -> None:
    blocks = [*entries(20), Heading(runs=runs("次分目")), small_table(), *entries(30)]
    book_set = laid(section(*blocks), two, table)
    line = book_set.frame.line
    tops = [
        each.top / line
        for _, sets in book_set.body
        for each in sets
        if each.role == "P" and each.lines.leading == line
    ]
    assert len(tops) > 50
    assert tops == pytest.approx([round(top) for top in tops], abs=0.01)


def test_columns_above_a_long_wide_table_end_level(two: DraftStyle, table: FontTable) -> None:
    book_set = laid(section(*easy(41), wide_table(60), *easy(20)), two, table)
    frame, title = book_set.frame, find(book_set, "宽表")
    above = [
        each
        for each in book_set.body[page_of(book_set, "宽表")][1]
        if each.bottom <= title.top + 0.1
    ]
    left, right = feet(frame, above)
    assert abs(left - right) <= frame.line + 0.1
    assert 0 <= title.top - max(left, right) <= 2 * frame.line


def test_text_goes_on_in_columns_below_a_long_wide_table(two: DraftStyle, table: FontTable) -> None:
    book_set = laid(section(*entries(12), wide_table(60), *entries(2, first=50)), two, table)
    last = find(book_set, "590345.6")
    after = find(book_set, "【条目050】")
    assert page_of(book_set, "【条目050】") == page_of(book_set, "590345.6")
    assert after.top >= last.bottom


def test_a_long_title_stays_together_with_a_line_of_its_text(
    two: DraftStyle, table: FontTable
) -> None:
    title = "示例市先进制造业高质量发展工作联席会议第二次全体会议召开并签署智能制造协议"
    long = Entry(title=title, runs=runs(prose(3)))
    for short in range(6, 12):
        before = [*easy(13), *[Paragraph(runs=runs("示例。"))] * short]
        book_set = laid(section(*before, long, *easy(60)), two, table)
        first = find(book_set, "【")
        assert "】" in first.text
        assert not first.text.endswith("】")


@pytest.mark.external("pdftotext")
def test_poppler_reads_one_column_after_the_other(
    two: DraftStyle, table: FontTable, tmp_path: Path
) -> None:
    """It takes lines further apart than one and a half times their size for blocks."""
    works = [f"第{n}段记述第{n}项示例工程的立项、施工和验收情况，" for n in range(60)]
    told = [f"{3 * each}2018年完成投资12.5亿元，比上年增长3.2%。" for each in works]
    blocks = [Paragraph(runs=runs(each)) for each in told]
    file = tmp_path / "a.pdf"
    file.write_bytes(book_pdf(section(*blocks), two, table).data)
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True, text=True)
    read = re.sub(r"\s", "", done.stdout)
    assert sum(each in read for each in told) > 50


def test_chapter_title_stands_in_the_middle_of_both_columns(
    two: DraftStyle, table: FontTable
) -> None:
    book_set = laid(section(*entries(3)), two, table)
    assert sum(find(book_set, "科技创新").ink) / 2 == pytest.approx(book_set.frame.measure / 2)


def test_levelling_leaves_nothing_twice(two: DraftStyle, table: FontTable) -> None:
    """The last page is set again and again; only the last time may remain."""
    whole = section(*entries(17), Signature(text="示例局"))
    book_set = laid(whole, two, table)
    body = letters("".join(said(sets) for _, sets in book_set.body))
    assert body == letters(source(replace(whole, editorial_notes=())))


def test_two_lines_at_least_stand_in_either_column(two: DraftStyle, table: FontTable) -> None:
    book_set = laid(section(*entries(90)), two, table)
    parts = [
        (each.stop - each.start, each.lines.count) for _, sets in book_set.body for each in sets
    ]
    assert len([part for part in parts if part[0] < part[1]]) > 10
    assert [part for part in parts if part[0] == 1 < part[1]] == []


def test_headings_keep_two_lines_of_text_in_their_column(two: DraftStyle, table: FontTable) -> None:
    blocks = [
        block
        for n in range(60)
        for block in (Heading(runs=runs(f"标题{n}")), Paragraph(runs=runs(prose(1 + n % 5))))
    ]
    book_set = laid(section(*blocks), two, table)
    frame = book_set.frame
    for _, sets in book_set.body:
        for head in (each for each in sets if each.text.startswith("标题")):
            below = [each for each in sets if each.x == head.x and each.top > head.top]
            assert below
            next_text = min(below, key=lambda each: each.top)
            assert next_text.role == "P"
            assert next_text.stop - next_text.start >= min(2, next_text.lines.count)
            assert head.bottom <= next_text.top < head.bottom + 2 * frame.line


# Notes


def noted(count: int) -> Book:
    blocks: list[Block] = []
    for n in range(count):
        words = Paragraph(runs=(*runs(f"甲{n:03d}乙"), mark(f"注{n}"), *runs(prose(3))))
        blocks += [words, Note(label=f"注{n}", runs=runs(f"丙{n:03d}丁" + prose(1 + n % 3)))]
    return section(*blocks)


def test_notes_stand_in_the_column_of_their_mark(two: DraftStyle, table: FontTable) -> None:
    with pdfplumber.open(BytesIO(book_pdf(noted(40), two, table).data)) as pdf:
        halves = [
            "".join((page.crop(box).extract_text() or "").split())
            for page in pdf.pages
            for box in ((0, 0, page.width / 2, page.height), (page.width / 2, 0, *page.bbox[2:]))
        ]
    marks = {k: n for n, half in enumerate(halves) for k in re.findall(r"甲(\d{3})乙", half)}
    notes = {k: n for n, half in enumerate(halves) for k in re.findall(r"丙(\d{3})丁", half)}
    assert len(marks) == 40
    assert notes == marks


def test_numbers_of_notes_run_through_both_columns(two: DraftStyle, table: FontTable) -> None:
    book_set = laid(noted(40), two, table)
    numbers = [list(page.numbers.values()) for page, _ in book_set.body]
    assert max(map(len, numbers)) > 4
    assert numbers == [[chr(0x2460 + n) for n in range(len(page))] for page in numbers]


def test_notes_end_at_the_foot_of_the_page(two: DraftStyle, table: FontTable) -> None:
    book_set = laid(noted(40), two, table)
    for _, sets in book_set.body:
        foot = Counter(
            round(max(each.bottom for each in sets if each.role == "Note" and each.x == x), 1)
            for x in {each.x for each in sets if each.role == "Note"}
        )
        assert set(foot) == {round(book_set.frame.depth, 1)}


# What a page knows


def test_pages_know_the_sections_on_them(one: DraftStyle, table: FontTable) -> None:
    parts = [
        Part(id=f"c/{n}", level=2, title=f"分目{n}", blocks=tuple(entries(3 + 12 * (n == 1))))
        for n in range(4)
    ]
    book_set = laid(book(Part(id="c", level=1, title="篇目"), *parts), one, table)
    for page, sets in book_set.body:
        heads = [each.text for each in sets if each.role == "H2"]
        assert page.head == "篇目"
        assert (page.first, page.section) == (
            (heads[0], heads[-1]) if heads else ("", page.section)
        )
    runs_on = [page.section for page, sets in book_set.body if not said(sets).count("分目")]
    assert runs_on == ["分目1"] * len(runs_on) != []


def test_anchors_know_their_column(two: DraftStyle, table: FontTable) -> None:
    book_set = laid(section(*entries(60)), two, table)
    left, right = book_set.frame.columns.lefts
    for page, sets in book_set.body:
        for anchor in (item for item in page.items if isinstance(item, Anchor)):
            if "#" in anchor.name:
                place = anchor.name.partition("#")[2]
                entry = next(each for each in sets if f"【条目{int(place):03d}】" in each.text)
                assert entry.x == (left, right)[anchor.column]
                assert entry.top == anchor.top


def test_chapter_is_the_same_whatever_stands_before_it(two: DraftStyle, table: FontTable) -> None:
    last = (
        Part(id="z", level=1, title="末篇"),
        Part(id="z/1", level=2, title="分目", blocks=tuple(entries(30))),
    )
    first = (Part(id="a", level=1, title="首篇", blocks=tuple(entries(11))),)
    alone = laid(book(*last), two, table).body
    after = laid(book(*first, *last), two, table).body[-len(alone) :]
    assert [said(sets) for _, sets in after] == [said(sets) for _, sets in alone]


# Faults


def test_empty_parts_are_told(one: DraftStyle, table: FontTable) -> None:
    hollow = book(
        Part(id="a", level=1, title="空篇"),
        Part(id="b", level=1, title="实篇"),
        Part(id="b/1", level=2, title="空目"),
        Part(id="b/2", level=2, title="实目", blocks=tuple(entries(1))),
    )
    assert laid(hollow, one, table).codes() == [("L01", "a"), ("L02", "b/1")]


def test_titles_and_numbers_without_end_are_told_and_set(two: DraftStyle, table: FontTable) -> None:
    odd = section(Entry(title="长" * 80, runs=runs("共" + "1234567890" * 4 + "元。")))
    book_set = laid(odd, two, table)
    assert book_set.codes() == [("L03", "c/s"), ("L04", "c/s")]
    assert letters(source(odd)) - set_letters(book_set) == Counter()


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(any_book=BOOKS)
def test_nothing_is_lost_and_nothing_collides_in_columns(
    any_book: Book, two: DraftStyle, table: FontTable
) -> None:
    book_set = laid(any_book, two, table)
    assert letters(source(any_book)) - set_letters(book_set) == Counter()
    for _, sets in book_set.body:
        assert collisions(sets) == []
        assert max((each.bottom for each in sets), default=0) <= book_set.frame.depth + 1.5
