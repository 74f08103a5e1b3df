"""What nobody meant as text is told, and nothing that only looks a little like it."""

from __future__ import annotations

import pytest

from editorial.read.markup import read_markup

TABLE = ':::table{title="表"}\n'


def told(text: str) -> list[tuple[str, int]]:
    return [(each.code, each.line) for each in read_markup(text)[1]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("甲\n<<<<<<< HEAD\n乙\n=======\n丙\n>>>>>>> feature\n", 2),
        ("<<<<<<< HEAD\r\n乙\r\n=======\r\n>>>>>>> feature\r\n", 1),
        ("乙\n>>>>>>> feature\n", 2),
        ("<<<<<<<\n乙\n", 1),
    ],
)
def test_marks_between_two_versions_are_told_once(text: str, line: int) -> None:
    assert told(text) == [("M18", line)]


def test_marks_among_the_rows_of_a_table_are_told() -> None:
    marked = "<<<<<<< HEAD\n| 1 |\n=======\n| 2 |\n>>>>>>> feature\n"
    assert ("M18", 2) in told(f"{TABLE}{marked}:::\n")


@pytest.mark.parametrize("text", ["=======", "\\<<<<<<< 原样", "长<<<<<<<短", "<<<<<<<<", "%% <<<"])
def test_other_signs_are_text(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("指标\t2024年\t2025年\n人口\t1\t2\n", 2),
        ("指标\t2024年\n\n人口\t1\n", 2),
        ("\t2024年\t2025年\n人口\t1\t2", 2),
        ("甲\t乙\t丙", 1),
        ("| 指标 | 2024年 |\n| --- | --- |\n| 人口 | 1 |", 3),
        ("指标 | 2024年\n:--- | ---:\n人口 | 1", 3),
        (f"{TABLE}| 1 | 2 |\n:::\n| 3 | 4 |", 1),
    ],
)
def test_a_pasted_table_is_told_at_its_first_row(text: str, rows: int) -> None:
    (found,) = read_markup(text)[1]
    assert (found.code, f"（{rows}行）" in found.message) == ("M19", True)


def test_every_pasted_table_is_told() -> None:
    assert told("甲\t1\t2\n乙\t3\t4\n\n正文。\n甲\t1\t2\n") == [("M19", 1), ("M19", 5)]


@pytest.mark.parametrize(
    "text",
    [
        "1.\t甲\n2.\t乙",
        "（一）\t甲\n（二）\t乙",
        "●\t甲\n●\t乙",
        "2018年，\t示例区……",
        "标题 | 副题",
        "|x|不小于1的情形",
        "\\| 原样 | 两格 |",
        "%% 甲\t乙\t丙",
        f"{TABLE}| 甲 | 乙 |\n---\n| 1 | 2 |\n:::",
    ],
)
def test_prose_with_a_tab_or_a_bar_is_prose(text: str) -> None:
    assert told(text) == []
