"""Counting characters, and leftovers in the text."""

from __future__ import annotations

import pytest

from editorial.model.counting import leftovers, printed_chars
from editorial.model.document import Span
from editorial.model.finding import Edit, apply_edits


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("一 二\n三　四", 4),
        ("【题】　正文。", 6),
        ("*强调*^2^", 3),
        ("甲[^1]。\n[^1]: 注", 4),
        ("%% 编者注\n正", 1),
        ("[见表](#biao-1)", 2),
        ("> 白云\n>\n> 千载\n> 江水\n> 又", 7),
    ],
)
def test_printed_characters_are_counted(text: str, count: int) -> None:
    assert abs(printed_chars(text) - count) <= 1


def test_line_ends_of_windows_count_for_nothing() -> None:
    text = '【题】　正文。\n\n:::table{#b title="表"}\n| 甲 |\n---\n| 1 |\n:::\n%% 注\n[^1]: 注\n'
    assert printed_chars(text.replace("\n", "\r\n")) == printed_chars(text)


def test_leftovers_are_told_with_their_line() -> None:
    assert leftovers("甲\n【待补数据】乙××丙\n%% 待核\n存疑") == (
        "【待补数据】（第2行）",
        "××（第2行）",
        "存疑（第4行）",
    )


def test_edits_are_applied_from_the_back() -> None:
    edits = (Edit(span=Span(0, 1), replacement="甲甲"), Edit(span=Span(2, 3), replacement=""))
    assert apply_edits("abc", edits) == "甲甲b"


def test_edits_that_overlap_are_refused() -> None:
    edits = (Edit(span=Span(0, 2), replacement=""), Edit(span=Span(1, 3), replacement=""))
    with pytest.raises(ValueError, match="overlap"):
        apply_edits("abc", edits)
