"""Tables told by the lines drawn about their cells."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from editorial.model.page_margins import set_apart
from editorial.model.page_order import Read, reading_orders
from editorial.model.proof_page import Rule, TypedPage, TypeRun
from tests.model.test_page_order import SIZE, column, page, run


def ruled(*runs: TypeRun, levels: tuple[float, ...], uprights: tuple[float, ...]) -> TypedPage:
    """A page with a table from the first line to the last of either kind, drawn cell by cell."""
    across = tuple(Rule(y, x, x2) for y in levels for x, x2 in pairwise(uprights))
    down = tuple(Rule(x, y, y2) for x in uprights for y, y2 in pairwise(levels))
    return replace(page(*runs), levels=across, uprights=down)


def told(each: TypedPage) -> Read:
    return reading_orders([each], SIZE)[0]


def words(runs: tuple[TypeRun, ...]) -> list[str]:
    return [each.text for each in runs]


def test_cells_with_lines_as_close_as_those_of_the_text_are_read_one_by_one() -> None:
    wrapped = [
        run(62, 312, "甲甲甲甲"),
        run(62, 326, "甲"),
        run(112, 319, "12"),
        run(162, 319, "—"),
    ]
    below = [
        run(62, 342, "乙乙"),
        run(112, 342, "34"),
        run(162, 335, "丙丙丙丙"),
        run(162, 349, "丙"),
    ]
    each = ruled(*wrapped, *below, levels=(300, 329, 352), uprights=(60, 110, 160, 210))
    assert words(told(each).body) == ["甲甲甲甲", "甲", "12", "—", "乙乙", "34", "丙丙丙丙", "丙"]


def test_type_that_runs_over_a_line_between_two_cells_is_of_both() -> None:
    close = run(62, 312, "甲甲甲甲一二")
    rest = [run(62, 327, "乙"), run(102, 327, "丙")]
    each = ruled(close, *rest, levels=(300, 315, 330), uprights=(60, 102, 160))
    assert words(told(each).body) == ["甲甲甲甲", "一二", "乙", "丙"]


def test_lines_of_a_table_in_one_column_are_not_those_of_the_other() -> None:
    left = ruled(*column(50, "甲", lines=12), levels=(), uprights=())
    table = ruled(
        run(222, 212, "一"), run(262, 212, "二"), run(222, 227, "三"), run(262, 227, "四"),
        levels=(200.6, 215.6, 230.6), uprights=(220, 260, 300),
    )  # fmt: skip
    frame = (Rule(200, 50, 200), Rule(215, 50, 200))
    both = replace(
        left,
        runs=(*left.runs, *table.runs, *column(220, "乙", 245, 9)),
        levels=(*frame, *table.levels),
        uprights=table.uprights,
    )
    assert "".join(words(told(both).body)).endswith("甲一二三四" + "乙" * 135)


def test_a_table_across_columns_with_its_caption_does_not_cut_the_text() -> None:
    upper = [*column(50, "甲"), *column(220, "乙")]
    lower = [*column(50, "丙", 400), *column(220, "丁", 400)]
    caption = run(150, 316, "表5示例情况表" * 2)
    cells = [run(62, 332, "一"), run(222, 332, "二"), run(62, 347, "三"), run(222, 347, "四")]
    each = ruled(*upper, *lower, caption, *cells, levels=(320, 335, 350), uprights=(60, 205, 360))
    read = told(each)
    assert "".join(text[0] for text in words(read.body)) == "".join(
        5 * letter for letter in "甲乙丙丁"
    )
    assert words(read.floats) == [caption.text, "一", "二", "三", "四"]


def test_captions_of_tables_at_the_heads_of_pages_are_no_running_heads() -> None:
    pages = [
        replace(page(run(120, 60, f"表{n}示例情况表"), *column(50, "甲", 120)), sheet=n)
        for n in range(1, 6)
    ]
    inner, running = set_apart(pages)
    assert not running
    assert all(each.runs[0].text.startswith("表") for each in inner)


def test_first_lines_of_columns_alike_by_chance_are_no_running_heads() -> None:
    first = ("全年总值12亿元", "全年总值15亿元", "甲", "全年总值9亿元", "乙", "丙")
    others = ("丁", "戊", "全年总值3亿元", "己", "全年总值7亿元", "全年总值8亿元")
    pages = [
        replace(
            page(
                run(120, 60, "示例年鉴"),
                *(run(50, 100, left), *column(50, "子", 115)),
                *(run(220, 100, right), *column(220, "丑", 115)),
            ),
            sheet=n,
        )
        for n, (left, right) in enumerate(zip(first, others, strict=True), 1)
    ]
    assert {head.text for head in set_apart(pages)[1]} == {"示例年鉴"}
