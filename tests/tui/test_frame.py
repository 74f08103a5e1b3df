"""The bar of places, the ways between them, and the palette."""

from __future__ import annotations

from importlib import import_module

import pytest
from rich.cells import cell_len
from textual.binding import Binding

from editorial.tui.bar import bar
from editorial.tui.page import COMMON
from editorial.tui.places import PLACES, Place, find_place
from tests.tui.seen import Play

GO = "ctrl+g"
BOOK = "粤港澳大湾区城市群年鉴2019"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
def test_every_place_has_its_screen(place: Place) -> None:
    module, _, kind = place.screen.partition(":")
    assert hasattr(import_module(f"editorial.tui.{module}"), kind)


def test_no_two_places_share_a_number() -> None:
    assert len({place.digit for place in PLACES}) == len(PLACES)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.id)
def test_a_number_leads_to_its_place_from_anywhere(play: Play, place: Place) -> None:
    seen = play("enter", "enter", GO, place.digit)
    assert (seen.screen, f"[{place.word}]" in seen.lines[0]) == (place.kind, True)


def test_a_full_width_number_leads_there_too(play: Play) -> None:
    assert play(GO, "４").screen == "LettersScreen"


def test_the_old_keys_of_places_work_still(play: Play) -> None:
    assert [play(key).screen for key in ("f4", "L", "f10", "T", "f11", "U")] == [
        *["LettersScreen"] * 2,
        *["TodayScreen"] * 2,
        *["UnitsScreen"] * 2,
    ]


def test_the_list_of_places_tells_their_keys(play: Play) -> None:
    assert "（F11/U）" in play(GO).text


def test_a_place_still_open_is_gone_back_to(play: Play) -> None:
    seen = play("f11", "slash", "=深圳", "enter", "enter", GO, "3")
    assert (seen.screen, "筛选“深圳”" in seen.lines[1]) == ("UnitsScreen", True)


def test_a_word_of_the_bar_can_be_clicked(play: Play) -> None:
    at = cell_len(play().lines[0].split("单位")[0])
    assert play(f"@{at},0").screen == "UnitsScreen"


def test_one_key_goes_from_every_screen() -> None:
    assert "ctrl+g" in {each.key for each in COMMON if isinstance(each, Binding)}


@pytest.mark.parametrize("width", [24, 40, 60, 80, 120, 200])
@pytest.mark.parametrize(
    "caption", ["", "总览", "粤港澳大湾区城市群年鉴2019 / 科技创新", "长" * 300]
)
def test_the_bar_is_as_wide_as_the_screen(caption: str, width: int) -> None:
    assert cell_len(bar(caption, find_place("board"), width).plain) == width


def test_where_there_is_room_all_places_show() -> None:
    shown = bar("总览", find_place("units"), 80).plain
    assert [place.word for place in PLACES if place.word not in shown] == []


def test_a_narrow_bar_says_where_one_is() -> None:
    assert bar("单位登记", find_place("units"), 40).plain.split() == ["单位登记", "[单位]"]


def test_of_a_long_caption_the_end_stays() -> None:
    assert bar(f"{BOOK} / 科技创新", None, 72).plain.startswith("科技创新")


# The palette


def test_the_palette_groups_what_can_be_done(play: Play) -> None:
    text = play("ctrl+p", size=(120, 60)).text
    at = [text.index(f"  {group}  ") for group in ("办事", "去往", "通用")]
    assert at == sorted(at)


def test_the_palette_shows_the_key_of_an_act(play: Play) -> None:
    (line,) = [line for line in play("ctrl+p", "=分派").lines if "F3/a" in line]
    assert line.split()[:2] == ["F3/a", "分派"]


def test_the_palette_finds_an_act_by_pinyin(play: Play) -> None:
    assert play("ctrl+p", "=fp", "enter").screen == "AssignDialog"


def test_the_palette_goes_to_a_section(play: Play) -> None:
    seen = play("ctrl+p", "=cxpt", "enter")
    assert "创新平台" in seen.lines[0]


def test_nothing_found_is_said(play: Play) -> None:
    assert "没有相符的" in play("ctrl+p", "=没有这个").text


def test_escape_drops_what_is_typed_and_then_the_dialog(play: Play) -> None:
    typed = ("ctrl+p", "=没有这个", "escape")
    assert (play(*typed).screen, play(*typed, "escape").screen) == ("FindDialog", "BoardScreen")
