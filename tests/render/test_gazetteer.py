"""编, 章 and 节 of a gazetteer: numbers their titles say, 无题小序, 章 without 节."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from editorial.model.book import Book, Part, chapter_numbers, numbered, out_of_order
from editorial.model.document import Block, Figure, Table
from editorial.model.redline import BlockChange, Change, Redline
from editorial.render.chapters import divider_numbers, folded
from editorial.render.pdf.book import book_pdf
from editorial.render.pdf.contents import listed
from editorial.render.titles import with_titles
from tests.render.books import book, faces, pages, style_of
from tests.render.test_matter import said, table, words

FINAL, CONSULT = style_of("final"), style_of("consult")


def volume(*titles: str) -> tuple[Part, ...]:
    """A table and a figure in the only 分目 of each."""
    blocks: tuple[Block, ...] = (table("产值表"), Figure(title="厂房图"))
    return tuple(
        part
        for at, title in enumerate(titles)
        for part in (
            Part(id=f"{at:02}", level=1, title=title),
            Part(id=f"{at:02}/01", level=2, title="第一节　概况", blocks=blocks),
        )
    )


def shown(*titles: str) -> list[str]:
    return list(numbered(volume(*titles)).values())


def test_tables_go_by_the_numbers_the_titles_say() -> None:
    assert shown("总述", "第一编　政区", "第三编　农业", "附录") == [
        *("表1", "图1"),
        *("表1-1", "图1-1"),
        *("表3-1", "图3-1"),
        *("表2", "图2"),
    ]
    assert shown("第十二篇 文化", "第二十一篇 人物")[::2] == ["表12-1", "表21-1"]


def test_numbers_that_do_not_count_up_are_not_followed() -> None:
    for titles in (
        ("概况", "工业"),
        ("第一编　政区", "第一编　农业"),
        ("第二编　甲", "第一编　乙"),
    ):
        assert shown(*titles)[::2] == ["表1-1", "表2-1"]
    for title in ("第三卷烟厂", "第三编辑部", "第三部队", "第三章程"):  # say no number
        assert shown(title, "工业")[::2] == ["表1-1", "表2-1"]


def test_a_number_is_read_without_a_blank_behind_it() -> None:
    assert shown("第二编农业", "第三编：工业")[::2] == ["表2-1", "表3-1"]


def test_the_first_number_that_does_not_rise_is_known() -> None:
    assert out_of_order(volume("总述", "第一编　政区", "第三编　农业", "附录")) == ""
    assert out_of_order(volume("第一编　政区", "第一编　农业", "第一编　林业")) == "01"
    assert out_of_order(volume("总述", "第二编　甲", "第一编　乙")) == "02"


def test_a_divider_repeats_no_number_and_keeps_that_of_the_whole_book() -> None:
    parts = volume("总述", "第一编　政区")
    assert divider_numbers(book(*parts)) == {}
    plain = volume("概况", "工业", "农业")
    assert divider_numbers(book(*plain)) == {"00": 1, "01": 2, "02": 3}
    last = replace(book(*plain[4:]), chapters=chapter_numbers(plain))
    assert divider_numbers(last) == {"02": 3}
    assert "3农业第一节概况" in pages(book_pdf(last, FINAL, faces()))
    assert ("隔页序号", "3") in said(last)
    opening = pages(book_pdf(book(*parts), FINAL, faces()))
    assert "第一编政区第一节概况" in opening
    assert [text for name, text in said(book(*parts)) if name == "隔页序号"] == ["", ""]


def gazetteer() -> Book:
    """A 编 and a 章 with 小序, a 章 that is its own 节."""
    return book(
        Part(id="1", level=1, title="第一编 农业"),
        Part(id="1/xu", level=2, title="编下小序", blocks=(words("编前的话。"),), untitled=True),
        Part(id="1/g1", level=2, title="第一章 种植业"),
        Part(id="1/zx", level=3, title="章下小序", blocks=(words("章前的话。"),), untitled=True),
        Part(id="1/01", level=3, title="第一节 耕地", blocks=(words("示例。"), Table())),
        Part(id="1/g2", level=2, title="第二章 人物"),
        Part(id="1/02", level=3, title="第二章　人物", blocks=(words("人物。"),)),
    )


def test_words_before_the_sections_have_no_title_of_their_own() -> None:
    parts = folded(gazetteer()).parts
    assert [(part.id, part.level, part.title) for part in parts] == [
        ("1/xu", 1, "第一编 农业"),
        ("1/zx", 2, "第一章 种植业"),
        ("1/01", 3, "第一节 耕地"),
        ("1/02", 2, "第二章 人物"),
    ]
    assert [part.stands_for for part in parts] == ["1", "1/g1", "", "1/g2"]


def test_what_became_of_them_alone_is_not_told_of_their_chapter() -> None:
    gone = BlockChange(
        change=Change(kind="delete", author="罗欣", at=datetime(2026, 3, 1, tzinfo=UTC))
    )
    of_one = replace(gazetteer(), redline=Redline(since="第1稿", parts={"1/xu": gone}))
    of_both = replace(of_one, redline=Redline(since="第1稿", parts={"1/xu": gone, "1": gone}))
    heads = [[part.id for part in folded(each).parts][:2] for each in (of_one, of_both)]
    assert heads == [["1/xu", "1/zx"], ["1/xu", "1/zx"]]
    told = [each.redline and dict(each.redline.parts) for each in map(folded, (of_one, of_both))]
    assert told == [{}, {"1/xu": gone}]


def test_they_are_printed_under_what_they_begin() -> None:
    whole = gazetteer()
    printed = book_pdf(whole, CONSULT, faces())
    text = "".join(pages(printed))
    assert "小序" not in text
    order = ("第一编农业", "编前的话。", "第一章种植业", "章前的话。", "第一节耕地", "示例。")
    assert re.search(r"\d*".join(order), text)  # between them numbers of lines
    assert text.count("第二章人物") == 2  # in the contents, and over its text
    assert dict(printed.starts)["1"] == dict(printed.starts)["1/xu"]
    lines = listed(with_titles(whole), FINAL)
    assert [(line.depth, line.title) for line in lines] == [
        (0, "第一编　农业"),
        (1, "第一章　种植业"),
        (2, "第一节　耕地"),
        (1, "第二章　人物"),
    ]
    assert [each for each in said(whole) if each[0] in ("篇目", "章", "分目")] == [
        ("篇目", "第一编　农业"),
        ("章", "第一章　种植业"),
        ("分目", "第一节　耕地"),
        ("章", "第二章　人物"),
    ]
    assert "小序" not in "".join(text for _, text in said(whole))
