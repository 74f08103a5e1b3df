from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

from editorial.desk.office import open_desk
from tests.tui.seen import Play


def test_the_board_lists_every_chapter(play: Play) -> None:
    assert [line.split()[0] for line in play().lines[3:5]] == ["科技创新", "基础设施"]


def test_the_summary_counts_the_volume(play: Play) -> None:
    assert play().lines[1].split()[:4] == ["供稿", "2/3", "编审", "0/5"]


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 50)])
def test_no_line_is_wider_than_the_terminal(
    play: Play, sample: Path, size: tuple[int, int]
) -> None:
    lines = play(size=size, at=open_desk(sample)).lines
    assert {cell_len(line) for line in lines} == {size[0]}


@pytest.mark.parametrize("heading", ["供稿", "编审", "函件", "意见", "校对", "逾期"])
@pytest.mark.parametrize("keys", [(), ("down", "down", "enter")])
def test_columns_stand_straight_at_80_by_24(
    play: Play, sample: Path, heading: str, keys: tuple[str, ...]
) -> None:
    lines = play(*keys, at=open_desk(sample)).lines
    rows = [line for line in lines[3:15] if line.strip()]
    start = cell_len(lines[2].split(heading)[0])
    assert {set_cell_size(row, start)[-1] for row in rows} == {" "}


@pytest.mark.parametrize("heading", ["字数", "责任编辑", "截稿"])
def test_a_wide_terminal_shows_more_columns(play: Play, heading: str) -> None:
    assert heading in play(size=(120, 40)).lines[2]


def test_enter_opens_the_chapter(play: Play) -> None:
    seen = play("enter")
    assert [line.split()[0] for line in seen.lines[3:6]] == ["概况", "创新平台", "人才"]


def test_enter_twice_opens_the_text(play: Play) -> None:
    assert "【概况】　2018年，示例区有研发机构120个" in play("enter", "enter").text


def test_a_filter_finds_sections_from_the_board(play: Play) -> None:
    seen = play("slash", "=机场", "enter")
    assert [line.split()[0] for line in seen.lines[3:5]] == ["基础设施", "机场"]


def test_the_filter_key_of_a_chinese_keyboard_works_too(play: Play) -> None:
    assert "筛选：名称" in play("、").text


def test_escape_drops_the_filter(play: Play) -> None:
    assert "科技创新" in play("slash", "=机场", "enter", "escape").lines[3]


def test_marks_are_seen_and_counted(play: Play) -> None:
    seen = play("enter", "space", "space")
    assert ("已标记2行" in seen.lines[1], seen.lines[3][0], seen.lines[5][0]) == (True, "*", " ")


def test_escape_goes_back_to_the_board(play: Play) -> None:
    assert play("enter", "enter", "escape", "escape").screen == "BoardScreen"


def test_a_changed_width_lays_the_table_out_anew(play: Play) -> None:
    assert "逾期" in play("enter", "escape", size=(96, 24)).lines[2]


def test_history_lists_the_acts_of_the_volume(play: Play) -> None:
    assert "开始" in play("f9", "h").text


def test_help_tells_every_key(play: Play) -> None:
    assert "推进到另一阶段，也可退回" in next(x for x in play("f1").lines if "F2/m" in x)


def test_the_palette_does_what_the_keys_do(play: Play) -> None:
    assert play("ctrl+p", "=函件登记", "enter").screen == "LettersScreen"


def test_the_dark_look_shows_the_same(play: Play) -> None:
    assert play("ctrl+t").lines == play().lines


def test_broken_data_is_told_in_words(play: Play, workspace: Path) -> None:
    (workspace / "volumes/xiao-2019/chapters/01-keji/03-rencai.yaml").write_text(
        "titel: 人才\n", encoding="utf-8"
    )
    seen = play("enter", "down", "down")
    assert (seen.screen, "03-rencai.yaml:1" in seen.text) == ("ChapterScreen", True)


def test_a_mended_file_is_read_again(play: Play, workspace: Path) -> None:
    (workspace / "volumes/xiao-2019/chapters/01-keji/03-rencai.yaml").write_text(
        "title: 人才与教育\n", encoding="utf-8"
    )
    assert "人才与教育" in play("f5", "enter").text


def test_a_word_at_the_foot_can_be_clicked(play: Play) -> None:
    at = cell_len(play().lines[-1].split("撤销")[0])
    assert play(f"@{at},23").news == ("没有可撤销的操作",)


def test_a_row_opens_on_the_second_click(play: Play) -> None:
    assert play("@4,4", "@4,4").lines[0].split()[:3] == ["小年鉴2019", "/", "基础设施"]


@pytest.mark.parametrize("size", [(40, 10), (24, 6)])
def test_a_tiny_terminal_is_no_reason_to_fail(play: Play, size: tuple[int, int]) -> None:
    assert play("enter", "enter", "f7", size=size).fault is None


def test_titles_are_told_apart_on_a_small_terminal(play: Play, sample: Path) -> None:
    told = "\n".join(play(size=(40, 10), at=open_desk(sample)).lines)
    names = ("国际科技创新", "基础设施互联互通", "现代产业体系构建")
    assert [name in told for name in names] == [True] * 3
