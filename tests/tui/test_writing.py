"""改正文: what is typed is not lost by one key, and help is at hand."""

from __future__ import annotations

from pathlib import Path

from tests.tui.seen import Play

TEXT = ("down", "enter", "down", "enter", "e")  # of 机场


def test_unsaved_text_is_not_dropped_without_a_question(play: Play) -> None:
    seen = play(*TEXT, "=多写的", "ctrl+r", size=(80, 24))
    assert (seen.screen, "没有存入的改动都不要了" in seen.text) == ("ConfirmDialog", True)


def test_who_does_not_agree_has_it_still(play: Play) -> None:
    assert "多写的" in play(*TEXT, "=多写的", "ctrl+r", "escape").text


def test_who_agrees_has_the_text_as_it_was(play: Play) -> None:
    seen = play(*TEXT, "=多写的", "ctrl+r", "enter")
    assert (seen.screen, "多写的" in seen.text) == ("WritingScreen", False)


def test_nothing_is_asked_where_nothing_would_be_lost(play: Play) -> None:
    assert play(*TEXT, "ctrl+r").screen == "WritingScreen"


def test_help_is_at_hand(play: Play) -> None:
    seen = play(*TEXT, "f1")
    assert (seen.screen, "换回原文" in seen.text, "【待补】" in seen.text) == (
        "HelpDialog",
        True,
        True,
    )


PASTED = "【机场】　示例。\n指标\t2024年\t2025年\n人口\t1\t2\n"


def test_a_pasted_table_is_made_one(play: Play, workspace: Path) -> None:
    (workspace / "volumes/xiao-2019/chapters/02-jichu/02-jichang.md").write_text(PASTED, "utf-8")
    seen = play(*TEXT, "down", "f8")
    rows = [
        ':::table{title="待补"}',
        "| 指标 | 2024年 | 2025年 |",
        "---",
        "| 人口 | 1 | 2 |",
        ":::",
    ]
    assert [each for each in rows if each not in seen.text] == []
    assert "指标\t" not in seen.text


def test_rows_that_are_selected_are_made_one(play: Play, workspace: Path) -> None:
    text = "甲 | 乙\n丙 | 丁\n其余。\n"
    (workspace / "volumes/xiao-2019/chapters/02-jichu/02-jichang.md").write_text(text, "utf-8")
    seen = play(*TEXT, "shift+down", "shift+down", "f8")
    assert ("| 丙 | 丁 |" in seen.text, "| 其余" in seen.text) == (True, False)


def test_prose_is_made_no_table(play: Play) -> None:
    seen = play(*TEXT, "f8")
    assert (":::table" in seen.text, "光标不在粘贴来的表格上" in seen.text) == (False, True)
