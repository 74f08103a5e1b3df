"""The three looks: kept for the person, and none needs colour to be understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from editorial.desk.look import keep_look, kept_look
from editorial.desk.office import Desk, open_desk
from editorial.tui.app import EditorialApp
from editorial.tui.theme import (
    CONTRAST,
    DARK,
    LIGHT,
    LOOKS,
    Colourless,
    Steady,
    first_look,
    next_look,
)
from tests.tui.screened import Screened
from tests.tui.seen import Play
from tests.tui.test_theme import GROUNDS, colour, contrast

COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")
REVERSED = re.compile(rb"\x1b\[(?:\d+;)*7(?:;\d+)*m")


@pytest.fixture
def colourless(workspace: Path, tmp_path: Path) -> Iterator[Screened]:
    own = {"XDG_STATE_HOME": str(tmp_path / "state"), "NO_COLOR": "1"}
    terminal = Screened(workspace, env=own)
    assert terminal.shows("基础设施")
    yield terminal
    terminal.close()


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["foreground"])
def test_black_and_white_keeps_a_high_contrast(ground: str, ink: str) -> None:
    assert contrast(colour(CONTRAST, ink), colour(CONTRAST, ground)) >= 7


@pytest.mark.parametrize("bar", ["primary", "secondary", "warning", "error", "alarm", "faint"])
def test_bars_of_black_and_white_keep_a_high_contrast(bar: str) -> None:
    assert contrast(colour(CONTRAST, bar), colour(CONTRAST, "background")) >= 7


def test_the_looks_come_in_turn() -> None:
    assert [next_look(look.name) for look in (LIGHT, DARK, CONTRAST)] == [DARK, CONTRAST, LIGHT]


def test_the_look_is_kept_for_the_next_time(play: Play, desk: Desk) -> None:
    keep_look(desk, LIGHT.name)
    play("ctrl+t", "ctrl+t")
    assert EditorialApp(desk).theme == CONTRAST.name


def test_a_reader_keeps_no_look(workspace: Path) -> None:
    desk = open_desk(workspace, read_only=True)
    keep_look(desk, DARK.name)
    assert kept_look(desk) == ""


def test_a_damaged_look_is_no_reason_not_to_open(desk: Desk, tmp_path: Path) -> None:
    keep_look(desk, DARK.name)
    (tmp_path / "state/editorial/look.json").write_text("{", "utf-8")
    assert kept_look(desk) == ""


@pytest.mark.parametrize(
    ("kept", "colours", "look"),
    [("", "truecolor", LIGHT), ("", "standard", CONTRAST), (DARK.name, "standard", DARK)],
)
def test_a_terminal_of_few_colours_begins_in_black_and_white(
    kept: str, colours: str, look: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert first_look(kept, colours) == look


def test_without_colour_no_colour_is_sent(colourless: Screened) -> None:
    assert COLOUR.findall(colourless.sent) == []


def test_without_colour_the_cursor_is_seen_all_the_same(colourless: Screened) -> None:
    assert REVERSED.search(colourless.sent)


def test_without_colour_the_line_of_the_cursor_has_no_holes(colourless: Screened) -> None:
    """Where a cell has a tint else."""

    def turned() -> set[int]:
        rows = colourless.screen.buffer
        return {sum(rows[y][x].reverse for x in range(79)) for y in range(3, 23)}

    assert colourless.until(lambda: turned() == {0, 79}), turned()


@pytest.mark.parametrize("look", [(), ("ctrl+t",), ("ctrl+t", "ctrl+t")])
def test_every_look_says_the_same(play: Play, look: tuple[str, ...]) -> None:
    keys = ("enter", "space")
    assert play(*look, *keys).lines == play(*keys).lines


def test_what_stands_on_colour_is_reversed() -> None:
    (bar,) = Colourless().apply([Segment("甲", Style(bgcolor="#ffe14d"))], Color(0, 0, 0))
    assert bar.style == Style(reverse=True)


@pytest.mark.parametrize("nasty", ["甲\x1b[2J", "\u202e甲", "甲\u200d", "☎\ufe0f", "🇨🇳"])
def test_a_line_keeps_its_width_without_what_steers(nasty: str) -> None:
    before = Segment(nasty, Style())
    (after,) = Steady().apply([before], Color(0, 0, 0))
    assert (after.cell_length, after.text.isprintable()) == (before.cell_length, True)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_what_lies_under_a_dialog_is_never_the_lighter(look: Theme) -> None:
    page, veil = Color.parse(look.background or ""), Color.parse(look.variables["veil"])
    assert page.blend(veil, veil.a, 1).brightness <= page.brightness
