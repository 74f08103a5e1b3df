"""Marks of Markdown and HTML are told; what only looks a little like them is not."""

from __future__ import annotations

import pytest

from editorial.read.markup import read_markup


def told(text: str) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in read_markup(text)[1]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("文\n- 甲\n- 乙", ("M20", 2)),
        ("* 甲\n\n* 乙\n文", ("M20", 1)),
        ("甲<br>乙", ("M21", 1)),
        ("文\n<center>甲</center>", ("M21", 2)),
        ('<font color="red">甲', ("M21", 1)),
        ("![图](a.png)", ("M22", 1)),
        ("甲\\\n乙", ("M23", 1)),
        ("甲\r\n乙\\", ("M23", 2)),
        (">白云", ("M24", 1)),
        ("文\n>“白云”", ("M24", 2)),
        ("> 甲\n>乙", ("M24", 2)),
    ],
)
def test_a_mark_is_told_at_its_line(text: str, found: tuple[str, int]) -> None:
    assert told(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "- 甲\n乙",
        "-5 ℃\n-6 ℃",
        "a<b且c>d",
        ">500米",
        "> 白云",
        ">\u3000白云\n>\n> 黄鹤",
        "\\>白云",
        "＞白云",
        "%% >白云",
        "甲>乙",
        ":::table{}\n| 甲 | 乙 |\n---\n| >丙 | 1 |\n:::",
        "\\<br>",
        "%% <br>",
        "甲\\\\\n乙",
        "甲\\　\n乙",
        "文！[见图](#a)",
        ":::table{}\n| 甲 | < |\n---\n| - 乙 | 1 |\n| - 丙 | 1 |\n:::",
    ],
)
def test_other_signs_are_text(text: str) -> None:
    assert told(text) == []


def test_a_kind_is_told_once() -> None:
    (found,) = read_markup("甲<br>\n乙<br>\n丙")[1]
    assert "共2行" in found.message
