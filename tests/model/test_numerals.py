"""Han numerals as they are written in titles and places."""

from __future__ import annotations

import pytest

from editorial.model.book import Part, chapter_numbers
from editorial.model.numerals import number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("21", 21),
        ("两", 2),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("二十一", 21),
        ("廿", 20),
        ("廿一", 21),
        ("卅二", 32),
        ("二〇", 20),
        ("一一", 11),
        ("二一", 21),
        ("一〇三", 103),
        ("一百零三", 103),
        ("", 0),
        ("第", 0),
        ("二x", 0),
    ],
)
def test_a_numeral_is_read(text: str, number: int) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    "last", ["第二〇编", "第廿编", "第二十编", "第20编", "第 20 编", "第二十編"]
)
def test_a_chapter_has_the_number_its_title_says(last: str) -> None:
    titles = ("总述", "第十九编　对口帮扶", f"{last}　民生帮扶")
    parts = tuple(Part(id=title, level=1, title=title) for title in titles)
    assert chapter_numbers(parts) == {titles[1]: 19, titles[2]: 20}
