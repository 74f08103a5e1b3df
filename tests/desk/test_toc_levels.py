"""读校目录: a title listed at the level of another kind of heading is told, whichever way it is
wrong and however the contents show levels; what a book may do on purpose is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.desk.test_toc_layouts import HEIGHT, LEFT, RIGHT, STEP, TOP, WIDTH, body, messages

TEXT, BOLD = "STSong-Light", "HeiseiKakuGo-W5"
PART, SECTION = 20.0, 14.0
HEAD, LEADING = 40.0, 25.0


class Title(NamedTuple):
    """A heading of this size on a page, and the level the contents list it at."""

    text: str
    page: int
    size: float = SECTION
    level: int = 1


class Look(NamedTuple):
    """How the contents set a title."""

    indent: float = 0.0
    size: float = 10.5
    face: str = TEXT


LOOKS: dict[str, tuple[Look, Look]] = {
    "indent": (Look(), Look(indent=20)),
    "size": (Look(size=14), Look()),
    "face": (Look(face=BOLD), Look()),
    "all of them": (Look(size=12, face=BOLD), Look(indent=20)),
}
looks = pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)


def part(number: int, sections: int, pages: int = 1) -> list[Title]:
    name, first = "甲乙丙丁戊己"[number - 1], pages * (number - 1) + 1
    own = (f"{name}类{kind}业" for kind in "农林牧渔副工"[:sections])
    listed = [Title(text, first + min(n, pages - 1)) for n, text in enumerate(own)]
    return [Title(f"示例{name}编", first, PART, 0), *listed]


def book(parts: int, sections: int, pages: int = 1) -> list[Title]:
    return [title for number in range(1, parts + 1) for title in part(number, sections, pages)]


def listed_as(titles: Sequence[Title], *levels: tuple[str, int]) -> list[Title]:
    wrong = dict(levels)
    return [title._replace(level=wrong.get(title.text, title.level)) for title in titles]


def printed(
    path: Path,
    titles: Sequence[Title],
    look: tuple[Look, Look] = LOOKS["indent"],
    heads: Callable[[int], str] | None = None,
) -> Path:
    for face in (TEXT, BOLD):
        pdfmetrics.registerFont(UnicodeCIDFont(face))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)

    def put(x: float, y: float, text: str, size: float = 10.5, face: str = TEXT) -> None:
        canvas.setFont(face, size)
        canvas.drawString(x, HEIGHT - y, text)

    put(270, 60, "目　录", 18)
    for index, title in enumerate(titles):
        y, (indent, size, face) = TOP + STEP * index, look[title.level]
        put(LEFT + indent, y, title.text, size, face)
        put(RIGHT, y, str(title.page))
    canvas.showPage()
    for number in range(1, titles[-1].page + 1):
        here = [title for title in titles if title.page == number]
        lines = [
            *((title.text, title.size) for title in here),
            *((x, 10.5) for x in body(number, 15)),
        ]
        for index, (text, size) in enumerate(lines):
            put(LEFT, TOP + LEADING * index, text, size)
        if heads:
            put(LEFT, HEAD, heads(number), 9)
        put(300, 810, str(number), 9)
        canvas.showPage()
    canvas.save()
    return path


def told(title: str, page: int, like: str, kin: str) -> list[str]:
    return [f"目录“{title}”（第{page}页）与“{like}”排成一级，书中标题与“{kin}”同级"]


IN = told("示例丙编", 3, "甲类农业", "示例甲编")
OUT = told("乙类林业", 2, "示例甲编", "甲类农业")


@looks
def test_one_part_of_six_listed_among_the_sections_is_told(
    tmp_path: Path, look: tuple[Look, Look]
) -> None:
    assert messages(printed(tmp_path / "好.pdf", book(6, 4), look)) == []
    wrong = listed_as(book(6, 4), ("示例丙编", 1))
    assert messages(printed(tmp_path / "错.pdf", wrong, look)) == IN


@looks
@pytest.mark.parametrize(
    ("wrong", "message"), [(("示例丙编", 1), IN), (("乙类林业", 0), OUT)], ids=["in", "out"]
)
def test_a_small_book_is_enough(
    tmp_path: Path, look: tuple[Look, Look], wrong: tuple[str, int], message: list[str]
) -> None:
    """Three parts, and two or three sections in each."""
    titles = listed_as([*part(1, 2), *part(2, 3), *part(3, 2)], wrong)
    assert messages(printed(tmp_path / "书.pdf", titles, look)) == message


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (("示例乙编", 1), told("示例乙编", 4, "甲类农业", "示例甲编")),
        (("乙类林业", 0), told("乙类林业", 5, "示例甲编", "甲类农业")),
    ],
    ids=["in", "out"],
)
def test_running_heads_follow_the_headings_then(
    tmp_path: Path, wrong: tuple[str, int], message: list[str]
) -> None:
    """No part ends where a section of it is listed too far out, nor goes on over the next."""
    titles = listed_as(book(3, 2, pages=3), wrong)

    def head(number: int) -> str:
        return f"示例{'甲乙丙'[(number - 1) // 3]}编"

    assert messages(printed(tmp_path / "书.pdf", titles, heads=head)) == message


def test_running_heads_where_only_the_face_tells_parts_from_sections(tmp_path: Path) -> None:
    path = printed(
        tmp_path / "书.pdf",
        book(3, 2, pages=3),
        LOOKS["face"],
        lambda number: f"示例{'甲乙丙'[(number - 1) // 3]}编",
    )
    assert messages(path) == []


def test_several_listed_too_far_out_are_told_each(tmp_path: Path) -> None:
    titles = listed_as(book(6, 4), ("乙类林业", 0), ("丁类渔业", 0))
    other = told("丁类渔业", 4, "示例甲编", "甲类农业")
    assert messages(printed(tmp_path / "书.pdf", titles)) == OUT + other


def shifted(titles: Sequence[Title], pages: int) -> list[Title]:
    return [title._replace(page=title.page + pages) for title in titles]


FRONT = [Title("示例凡例", 1, SECTION, 0)]
BACK = [Title("示例后记", 7, SECTION, 0)]
PAPERS = [Title("示例特载", 1, PART, 0), *(Title(f"示例讲话{n}", n, PART) for n in (2, 3, 4))]
KEPT = {
    "what comes before the parts, with a heading no larger than of a section": [
        *FRONT,
        *shifted(book(6, 4), 1),
    ],
    "what comes behind them": [*book(6, 4), *BACK],
    "both": [*FRONT, *shifted([*book(6, 4), *BACK], 1)],
    "papers with headings as large as of a part": [*PAPERS, *shifted(book(6, 4), 4)],
    "one paper": [*PAPERS[:2], *shifted(book(6, 4), 2)],
    "sections listed like parts": [title._replace(level=0) for title in book(6, 4)],
    "sections half of which are listed like parts": listed_as(
        book(6, 2), *((f"{name}类农业", 0) for name in "甲乙丙丁戊己")
    ),
}


@looks
@pytest.mark.parametrize("titles", KEPT.values(), ids=KEPT)
def test_what_may_be_meant_is_not_told(
    tmp_path: Path, titles: list[Title], look: tuple[Look, Look]
) -> None:
    assert messages(printed(tmp_path / "书.pdf", titles, look)) == []
