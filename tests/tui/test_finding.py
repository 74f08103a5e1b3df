"""The filter line and its saved filters, and going to a node by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from editorial.desk.destinations import rank_names
from editorial.desk.office import open_desk
from editorial.desk.saved_filters import SavedFilter, save_filter, saved_filters
from tests.tui.seen import Play, Seen

GO = "ctrl+g"
LATE = SavedFilter(number=2, name="逾期的", text="逾期")


def titles(seen: Seen) -> list[str]:
    """The first words of the lines of the table."""
    return [line.split()[0] for line in seen.lines[3:16] if line.split()]


# Filters


@pytest.mark.parametrize(
    "typed", ["机场", "jc", "名称:机场", "mc:jc", "-科技 机场", "状态:编辑 机场"]
)
def test_a_section_is_found_by_chinese_or_initials(play: Play, typed: str) -> None:
    seen = play("slash", f"={typed}", "enter")
    assert "机场" in titles(seen)


def test_units_are_found_by_initials(play: Play) -> None:
    assert titles(play("f11", "slash", "=szkcj", "enter")) == ["深圳科创局"]


def test_units_are_found_by_keyed_terms(play: Play) -> None:
    assert titles(play("f11", "slash", "=城市:深圳、广州 -无联络员", "enter")) == ["深圳科创局"]


@pytest.mark.parametrize("typed", ["状态:", "没有:这项", "-", "：", "状态:、", "单位:、 状态:"])
def test_an_unfinished_term_leaves_all_lines_and_says_so(play: Play, typed: str) -> None:
    seen = play("slash", f"={typed}")
    assert (titles(seen)[:2], "还没写完：" in seen.text) == (["科技创新", "基础设施"], True)


def test_what_is_finished_counts_already(play: Play) -> None:
    assert titles(play("slash", "=机场 状态:"))[:2] == ["基础设施", "机场"]


def test_sections_are_counted_apart_from_the_chapters_above_them(play: Play) -> None:
    first = play("slash", "=机场", "enter").lines[1]
    assert "筛选“机场”：分目1个，连篇目2行，Esc 清除" in first


def test_what_is_not_finished_has_no_count_of_sections(play: Play) -> None:
    assert "筛选“状态:”：2行，Esc 清除" in play("slash", "=状态:", "enter").lines[1]


def test_in_a_chapter_every_line_is_a_section(play: Play) -> None:
    assert "筛选“概况”：1行，Esc 清除" in play("enter", "slash", "=概况", "enter").lines[1]


@pytest.mark.parametrize(
    ("escapes", "typing", "marked", "screen"),
    [
        (0, "概况", True, "ChapterScreen"),
        (1, "筛选：名称", True, "ChapterScreen"),
        (2, "已标记1行", True, "ChapterScreen"),
        (3, "分目", False, "ChapterScreen"),
        (4, "篇目", False, "BoardScreen"),
    ],
)
def test_escape_goes_back_layer_by_layer(
    play: Play, escapes: int, typing: str, marked: bool, screen: str
) -> None:
    seen = play("enter", "space", "slash", "=概况", *["escape"] * escapes)
    assert (typing in seen.text, "已标记" in seen.text, seen.screen) == (True, marked, screen)


# Saved filters


def test_a_filter_is_saved_for_the_person(play: Play, git: Callable[..., str]) -> None:
    seen = play("slash", "=状态:撰稿", "ctrl+s", "=写着的", "f10")
    assert ("1写着的" in seen.text or "写着的" in seen.text, git("status", "--porcelain")) == (
        True,
        "",
    )


def test_a_digit_takes_the_saved_filter(play: Play, workspace: Path) -> None:
    save_filter(open_desk(workspace), "分目", LATE)
    assert "筛选“逾期”" in play("slash", "2", "enter").lines[1]


def test_the_filter_line_names_the_saved_filters(play: Play, workspace: Path) -> None:
    save_filter(open_desk(workspace), "分目", LATE)
    assert "2逾期的" in play("slash").text


def test_a_digit_without_a_saved_filter_is_typed(play: Play, workspace: Path) -> None:
    save_filter(open_desk(workspace), "分目", LATE)
    assert "筛选“3”" in play("slash", "3").text


def test_the_palette_offers_the_saved_filters(play: Play, workspace: Path) -> None:
    save_filter(open_desk(workspace), "分目", LATE)
    assert "筛选“逾期”" in play("ctrl+p", "=逾期的", "enter").lines[1]


def test_lists_have_their_own_filters(play: Play, workspace: Path) -> None:
    save_filter(open_desk(workspace), "分目", LATE)
    assert "2逾期的" not in play("f11", "slash").text


def test_people_have_their_own_filters(workspace: Path) -> None:
    save_filter(open_desk(workspace, by="林清"), "分目", LATE)
    mine = saved_filters(open_desk(workspace, by="林清"), "分目")
    assert (mine, saved_filters(open_desk(workspace), "分目")) == ((LATE,), ())


def test_a_saved_filter_is_taken_away(play: Play, workspace: Path) -> None:
    save_filter(open_desk(workspace), "分目", LATE)
    play("slash", "2", "ctrl+s", "f8")
    assert saved_filters(open_desk(workspace), "分目") == ()


def test_who_only_looks_saves_nothing(play: Play, workspace: Path) -> None:
    seen = play("slash", "=逾期", "ctrl+s", "f10", at=open_desk(workspace, read_only=True))
    assert ("只看" in seen.text, saved_filters(open_desk(workspace), "分目")) == (True, ())


def test_a_damaged_file_of_filters_is_told(play: Play, tmp_path: Path) -> None:
    folder = tmp_path / "state" / "editorial"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "filters.json").write_text("{", encoding="utf-8")
    seen = play("slash", "=机场")
    assert ("个人设置读不懂" in " ".join(seen.news), "机场" in titles(seen)) == (True, True)


# Going to a node


@pytest.mark.parametrize(
    ("typed", "screen"),
    [
        ("创新平台", "SectionScreen"),
        ("cxpt", "SectionScreen"),
        ("kjcx", "ChapterScreen"),
        ("szkcj", "UnitScreen"),
        ("深圳市科技创新局", "UnitScreen"),
    ],
)
def test_a_name_leads_to_its_screen(play: Play, typed: str, screen: str) -> None:
    assert play(GO, f"={typed}", "enter").screen == screen


def test_a_letter_is_found_by_its_unit(play: Play) -> None:
    letter = ("enter", "f7", *["tab"] * 6, "=请核实", "f10", "escape")
    assert play(*letter, GO, "=0001 深圳科创局", "enter").screen == "LettersScreen"


def test_the_best_answer_comes_first() -> None:
    names = ["科技创新成果", "科技创新", "国际科技创新中心", "广深科创走廊"]
    ranked = sorted(names, key=lambda name: rank_names("科技创新", (name,)))
    assert ranked == ["广深科创走廊", "科技创新", "科技创新成果", "国际科技创新中心"]


def test_the_title_counts_before_other_names() -> None:
    assert rank_names("kjj", ("科技局",)) < rank_names("kjj", ("广州", "科技局"))
