"""项目 and 篇目 × 城市."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

from editorial.desk.office import Desk, open_desk
from editorial.desk.opinions import add_opinion
from editorial.desk.rounds import open_round
from editorial.tui.acts import now
from tests.tui.seen import Play

PROJECTS = ("ctrl+g", "1")
NINE = ("广州", "深圳", "珠海", "佛山", "中山", "东莞", "惠州", "江门", "肇庆")
SHOWN = (*NINE, "香港", "澳门", "广东")


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("keys", [PROJECTS, ("v",), ("v", "6")])
def test_no_line_is_wider_than_the_terminal(
    play: Play, sample: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    lines = play(*keys, size=size, at=open_desk(sample)).lines
    assert {cell_len(line) for line in lines} == {size[0]}


def test_a_volume_has_one_line(play: Play) -> None:
    assert play(*PROJECTS).lines[3].split()[:2] == ["*", "小年鉴2019"]


def test_enter_opens_another_volume(play: Play, two_volumes: Path) -> None:
    seen = play(*PROJECTS, "down", "enter", at=open_desk(two_volumes))
    assert (seen.screen, seen.lines[0].split()[0]) == ("BoardScreen", "小年鉴2020")


def test_a_damaged_volume_says_so_and_hides_none(play: Play, two_volumes: Path) -> None:
    (two_volumes / "volumes/xiao-2020/volume.yaml").write_text("title: [\n", encoding="utf-8")
    text = play(*PROJECTS, "down", at=open_desk(two_volumes)).text
    assert ("小年鉴2019" in text, "读不了" in text, "volume.yaml" in text) == (True, True, True)


def test_volumes_are_filtered(play: Play, two_volumes: Path) -> None:
    seen = play(*PROJECTS, "slash", "=书名:2020", "enter", at=open_desk(two_volumes))
    assert [line.split()[0] for line in seen.lines[3:6] if line.split()] == ["小年鉴2020"]


def test_the_stage_of_another_volume_is_moved_from_here(play: Play, two_volumes: Path) -> None:
    seen = play(*PROJECTS, "down", "f2", at=open_desk(two_volumes))
    assert (seen.screen, "推进全书：小年鉴2020" in seen.text) == ("MoveDialog", True)


# 篇目 × 城市


def test_eleven_cities_fit_a_hundred_columns(play: Play, sample: Path) -> None:
    heads = play("v", size=(100, 30), at=open_desk(sample)).lines[3].split()
    assert heads == ["篇目", *SHOWN]


@pytest.mark.parametrize("city", ["广州", "深圳", "澳门"])
def test_cities_stand_straight(play: Play, sample: Path, city: str) -> None:
    lines = play("v", size=(100, 30), at=open_desk(sample)).lines
    start = cell_len(lines[3].split(city)[0])
    rows = [line for line in lines[4:17] if line.strip()]
    assert {set_cell_size(line, start)[-1] for line in rows} == {" "}


def test_a_cell_says_what_is_there(play: Play) -> None:
    seen = play("v", "right", "right")
    assert "科技创新 · 深圳　供稿" in seen.lines[-2]


def test_another_line_of_work_is_shown(play: Play) -> None:
    assert "[2编审]" in play("v", "tab").lines[2]


def test_a_cell_is_marked_only_for_what_is_late_on_the_line_shown(play: Play, desk: Desk) -> None:
    open_round(desk, "评议会", at=now())
    add_opinion(desk, "01", "01-keji/02-pingtai", "甲", at=now(), by="专家甲（示例）")
    edited, said = (play("v", turn, size=(100, 24)).lines[4] for turn in ("2", "4"))
    assert ("!" in edited, "0/1" in said, "!" in said) == (True, True, False)


def test_turning_keeps_the_cell(play: Play) -> None:
    assert "科技创新 · 深圳" in play("v", "right", "right", "3").lines[-2]


def test_a_cell_opens_its_sections(play: Play) -> None:
    seen = play("v", "right", "right", "enter")
    assert (seen.screen, "筛选“城市:深圳”" in seen.lines[1]) == ("ChapterScreen", True)


def test_the_last_line_filters_the_board(play: Play) -> None:
    seen = play("v", "right", "right", "end", "ctrl+end", "left", "enter")
    assert (seen.screen, "筛选“城市:" in seen.lines[1]) == ("BoardScreen", True)


def test_the_same_key_goes_back(play: Play) -> None:
    assert play("v", "v").screen == "BoardScreen"
