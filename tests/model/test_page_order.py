"""The reading order of a page: columns, what crosses them, tables, notes, margins."""

from __future__ import annotations

from editorial.model.page_margins import set_apart
from editorial.model.page_order import reading_orders
from editorial.model.proof_page import TypedPage, TypeRun

SIZE = 10.0
TITLES = ("工业", "农业概况", "2018年商贸", "旅游", "教育")


def run(x: float, y: float, text: str, size: float = SIZE) -> TypeRun:
    lefts = tuple(x + n * size for n in range(len(text)))
    return TypeRun(
        x=x,
        right=x + len(text) * size,
        y=y,
        size=size,
        text=text,
        lefts=lefts,
        rights=tuple(left + size for left in lefts),
    )


def page(*runs: TypeRun, sheet: int = 1) -> TypedPage:
    return TypedPage(sheet=sheet, label="", width=500, height=800, runs=runs)


def column(x: float, letter: str, first: int = 200, lines: int = 5) -> list[TypeRun]:
    return [run(x, first + 15 * n, letter * 15) for n in range(lines)]


def read(*runs: TypeRun) -> str:
    """The first characters of the runs as they are read."""
    return "".join(each.text[0] for each in reading_orders([page(*runs)], SIZE)[0].body)


def test_columns_drawn_line_by_line_are_read_one_after_the_other() -> None:
    rows = zip(column(50, "甲"), column(220, "乙"), strict=True)
    assert read(*(each for row in rows for each in row)) == "甲" * 5 + "乙" * 5


def test_three_columns_are_read_in_order() -> None:
    runs = [*column(390, "丙"), *column(50, "甲"), *column(220, "乙")]
    assert read(*runs) == "甲" * 5 + "乙" * 5 + "丙" * 5


def test_a_head_over_both_columns_parts_them() -> None:
    upper = [*column(50, "甲"), *column(220, "乙")]
    lower = [*column(50, "丙", 400), *column(220, "丁", 400)]
    head = run(120, 350, "题" * 20)
    assert read(*upper, *lower, head) == "甲" * 5 + "乙" * 5 + "题" + "丙" * 5 + "丁" * 5


def test_a_line_goes_on_in_its_cell() -> None:
    rows = [
        run(60, 300, "一"), run(120, 300, "二二二"), run(200, 300, "三"),
        run(120, 314, "续"), run(60, 334, "四"), run(120, 334, "五"), run(200, 334, "六"),
    ]  # fmt: skip
    text = [run(50, 100 + 14 * n, "文" * 30) for n in range(6)]
    assert read(*text, *rows) == "文" * 6 + "一二续三四五六"


def test_smaller_lines_at_the_foot_of_a_column_are_notes() -> None:
    runs = [*column(50, "甲"), run(50, 290, "注" * 15, 8), *column(220, "乙")]
    order = reading_orders([page(*runs)], SIZE)[0]
    assert [each.text[0] for each in order.notes] == ["注"]


def test_heads_and_folios_are_set_apart_and_headings_are_not() -> None:
    pages = [
        page(run(50, 40, "示例年鉴"), run(50, 80, title), run(240, 780, f"{n}"), sheet=n)
        for n, title in enumerate(TITLES, 1)
    ]
    inner, running = set_apart(pages)
    assert [each.runs[0].text for each in inner] == list(TITLES)
    assert {each.text for each in running} == {"示例年鉴"}


def test_a_short_last_line_is_no_folio() -> None:
    pages = [
        page(*column(50, "甲", 600, 9), run(50, 735, end), run(240, 780, f"{n}"), sheet=n)
        for n, end in enumerate(("甲甲", "5070", "乙丙丁", "甲丁"), 1)
    ]
    assert [each.runs[-1].text for each in set_apart(pages)[0]][1] == "5070"
