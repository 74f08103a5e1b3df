"""读校目录 on layouts that have misled it: what is contents, what is a heading, what runs above."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from editorial.desk.toc_check import toc_check

FACE = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
LEFT, SECOND, RIGHT, TOP, STEP = 60.0, 310.0, 535.0, 90.0, 18.0
TEXT = "示例市本年新建示例道路十二条比上年增加三条"
LONG = (
    "示例地区协同推进重大基础设施与公共服务",
    "共建共享若干具体措施的组织实施情况和成",
    "效考核",
)


class Line(NamedTuple):
    """`x` is the right edge of a page number, set `apart` from its title."""

    x: float
    y: float
    text: str
    size: float = 10.5
    apart: bool = False


def listed(rows: list[tuple[str, str]], x: float = LEFT, edge: float = RIGHT) -> Iterator[Line]:
    """Titles with their numbers, from the top of a column down; no number: it goes on below."""
    for index, (title, number) in enumerate(rows):
        y = TOP + STEP * index
        yield Line(x, y, title)
        if number:
            yield Line(edge, y, number, apart=True)


def column(lines: list[str], x: float = LEFT, sizes: dict[int, float] | None = None) -> list[Line]:
    return [
        Line(x, TOP + STEP * n, text, (sizes or {}).get(n, 10.5)) for n, text in enumerate(lines)
    ]


def printed(
    path: Path, contents: list[list[Line]], pages: list[list[Line]], *, folio: bool = True
) -> Path:
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for number, lines in enumerate((*contents, *pages), 1 - len(contents)):
        if contents and number == 1 - len(contents):
            lines = [Line(270, 60, "目　录", 18), *lines]
        if number > 0 and folio:
            lines = [*lines, Line(300, 810, str(number), 9)]
        for line in lines:
            canvas.setFont(FACE, line.size)
            draw = canvas.drawRightString if line.apart else canvas.drawString
            draw(line.x, HEIGHT - line.y, line.text)
        canvas.showPage()
    canvas.save()
    return path


def messages(path: Path) -> list[str]:
    return [finding.message for finding in toc_check(path).findings]


def body(number: int, count: int = 30) -> list[str]:
    return [f"{TEXT}示例{number}之{line}处" for line in range(count)]


def chapter(number: int, title: str, x: float = LEFT) -> list[Line]:
    """A page that begins with its heading."""
    return column([title, *body(number)], x, {0: 16})


TITLES = [f"示例{each}" for each in ("概况", "交通", "教育", "金融", "卫生", "财政")]
ROWS = [(title, str(number)) for number, title in enumerate(TITLES, 1)]
PAGES = [chapter(number, title) for number, title in enumerate(TITLES, 1)]


def test_text_that_often_ends_in_a_figure_is_no_contents(tmp_path: Path) -> None:
    """The page after the contents, where every fourth line ends in a figure."""
    turned = [TEXT[n % 7 :] + TEXT[: n % 7] for n in range(30)]
    lines = [f"{text} {3 + n % 5}" if n % 4 == 3 else text for n, text in enumerate(turned)]
    first = column([TITLES[0], *lines], sizes={0: 16})
    path = printed(tmp_path / "书.pdf", [list(listed(ROWS))], [first, *PAGES[1:]])
    assert messages(path) == []


def test_a_page_of_wrong_numbers_is_still_contents(tmp_path: Path) -> None:
    last = list(zip(TITLES[3:], ("6", "5", "4"), strict=True))
    contents = [list(listed(ROWS[:3])), list(listed(last))]
    found = messages(printed(tmp_path / "书.pdf", contents, PAGES))
    assert found == ["目录“示例金融”作第6页，标题在第4页", "目录“示例财政”作第4页，标题在第6页"]


def test_a_last_column_of_one_line_is_read(tmp_path: Path) -> None:
    titles = [f"示例事务之{number}号" for number in range(1, 13)]
    rows = [(title, str(number)) for number, title in enumerate(titles, 1)]
    one = [*listed(rows[:11], edge=280), *listed(rows[11:], SECOND)]
    pages = [chapter(number, title) for number, title in enumerate(titles, 1)]
    assert messages(printed(tmp_path / "书.pdf", [one], pages)) == []


def long_book(path: Path, title: tuple[str, ...], size: float, number: str = "2") -> Path:
    """The second heading turned over three lines, the contents' `title` over three likewise."""
    turned = [(title[0], ""), (title[1], ""), (title[2], number)]
    rows = [ROWS[0], *turned, *ROWS[2:]]
    contents = list(listed(rows, edge=300))
    second = column([*body(7, 5), *LONG, *body(2)], sizes=dict.fromkeys((5, 6, 7), size))
    return printed(path, [contents], [PAGES[0], second, *PAGES[2:]])


@pytest.mark.parametrize("size", [10.5, 14])
def test_a_title_of_three_lines_is_one_title(tmp_path: Path, size: float) -> None:
    """Larger than the text or not."""
    assert messages(long_book(tmp_path / "书.pdf", LONG, size)) == []
    moved = messages(long_book(tmp_path / "移.pdf", LONG, size, "4"))
    assert moved == [f"目录“{''.join(LONG)}”作第4页，标题在第2页"]


def test_a_word_changed_in_the_first_of_three_lines_is_told(tmp_path: Path) -> None:
    wrong = (LONG[0].replace("协同", "协商"), *LONG[1:])
    found = messages(long_book(tmp_path / "书.pdf", wrong, 14))
    assert found == [f"目录“{''.join(wrong)}”（第2页），书中标题作“{''.join(LONG)}”"]


def test_a_heading_of_several_lines_not_listed_is_told_once(tmp_path: Path) -> None:
    pages = [*PAGES, column([*LONG, *body(7)], sizes=dict.fromkeys((0, 1, 2), 16.0))]
    found = messages(printed(tmp_path / "书.pdf", [list(listed(ROWS))], pages))
    assert found == [f"第7页的标题“{''.join(LONG)}”目录没有列"]


def test_headings_atop_pages_without_running_heads_are_headings(tmp_path: Path) -> None:
    """They come again in the contents, and are no larger than the text."""
    pages = [column([title, *body(n)]) for n, title in enumerate(TITLES, 1)]
    assert messages(printed(tmp_path / "书.pdf", [list(listed(ROWS))], pages)) == []


def test_a_line_of_the_contents_that_later_runs_above_pages_is_listed(tmp_path: Path) -> None:
    """The last line of a page of contents, in the lower margin."""
    last = [Line(LEFT, 780, TITLES[5]), Line(RIGHT, 780, "6", apart=True)]
    pages = [[Line(RIGHT, 50, TITLES[n], 9, apart=True), *page] for n, page in enumerate(PAGES)]
    pages += [[Line(RIGHT, 50, TITLES[5], 9, apart=True), *column(body(n))] for n in (7, 8, 9)]
    assert messages(printed(tmp_path / "书.pdf", [[*listed(ROWS[:5]), *last]], pages)) == []


def test_two_lines_swapped_are_told_though_both_stand_on_one_page_of_two_columns(
    tmp_path: Path,
) -> None:
    left, right = (chapter(n, TITLES[n - 1], x) for n, x in ((1, LEFT), (2, SECOND)))
    short = [line._replace(text=line.text[:20]) for line in (*left, *right)]
    rows = [(TITLES[0], "1"), (TITLES[1], "1"), (TITLES[2], "2"), (TITLES[3], "3")]
    pages = [short, *(chapter(n, title) for n, title in enumerate(TITLES[2:4], 2))]
    assert messages(printed(tmp_path / "好.pdf", [list(listed(rows))], pages)) == []
    rows[:2] = rows[1::-1]
    found = messages(printed(tmp_path / "错.pdf", [list(listed(rows))], pages))
    assert found == ["目录“示例交通”列在最前，与书中次序不同"]
