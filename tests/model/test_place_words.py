"""页行 in whatever way it is written; changes asked for in so many words."""

from __future__ import annotations

import pytest

from editorial.model.asked_change import AskedChange, asked_change, changed_words
from editorial.model.place_words import PlaceWords, read_place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("第21页第15行", PlaceWords(page=21, line=15)),
        ("21-15", PlaceWords(page=21, line=15)),
        ("P21", PlaceWords(page=21)),
        ("２１页１５行", PlaceWords(page=21, line=15)),
        ("第二十一页倒数第3行", PlaceWords(page=21, line=-3)),
        ("第12—13页", PlaceWords(page=12)),
        ("第三篇科技创新 条目“研发投入”", PlaceWords(chapter=3, entry="研发投入")),
        ("表3-1", PlaceWords(plate="表3-1")),
        ("条目【机场】第2段", PlaceWords(entry="机场")),
        ("科技创新", PlaceWords()),
    ],
)
def test_where(text: str, place: PlaceWords) -> None:
    assert read_place(text) == place


def test_page_and_line_in_columns_of_their_own() -> None:
    assert read_place("", "第21页", "倒3") == PlaceWords(page=21, line=-3)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("“甲局”应为“乙局”", AskedChange(old="甲局", new="乙局")),
        ("建议将“的”改为“地”", AskedChange(old="的", new="地")),
        ("删去“等”", AskedChange(old="等", new="")),
        ("“港口”后增加“（含内河）”", AskedChange(old="港口", new="港口（含内河）")),
        ("应改为“2019年”。", AskedChange(old="", new="2019年")),
        ("“甲”与“乙”不一致，请核实", None),
        ("“甲”应为“乙”，“丙”应为“丁”", None),
    ],
)
def test_a_change_asked_for(text: str, change: AskedChange | None) -> None:
    assert asked_change(text) == change


def test_the_quoted_words_as_they_are_wanted() -> None:
    assert changed_words("甲局召开会议", "“甲局”应为“乙局”") == "乙局召开会议"
    assert changed_words("甲局与甲局", "“甲局”应为“乙局”") is None
