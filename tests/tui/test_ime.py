"""Chinese typed with an input method, in a terminal of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.tui.screened import Screened
from tests.tui.seen import Play

KITTY_ON = b"\x1b[>25u"


@pytest.fixture
def screened(workspace: Path, tmp_path: Path) -> Iterator[Screened]:
    terminal = Screened(workspace, env={"XDG_STATE_HOME": str(tmp_path / "state")})
    assert terminal.shows("基础设施")
    yield terminal
    terminal.close()


def test_the_kitty_protocol_is_asked_for(screened: Screened) -> None:
    assert KITTY_ON in screened.sent


@pytest.mark.parametrize(
    "committed",
    ["中文输入".encode(), b"\x1b[0;;20013:25991:36755:20837u"],
    ids=["in one write", "as the kitty protocol tells it"],
)
def test_a_word_committed_at_once_arrives_whole(screened: Screened, committed: bytes) -> None:
    screened.feed(b"/")
    assert screened.shows("筛选：名称")
    screened.feed(committed)
    assert screened.shows("筛选“中文输入”")


def test_the_cursor_stands_where_the_next_character_goes(screened: Screened) -> None:
    screened.feed(b"/")
    assert screened.shows("筛选：名称")
    screened.feed("机场".encode())
    assert screened.shows("筛选“机场”")
    assert screened.until(lambda: _row_of_cursor(screened).strip() == "机场")
    assert screened.screen.cursor.x == len(" ") + cell_len("机场")


def test_the_first_character_goes_where_the_line_is(screened: Screened) -> None:
    """An input method opens its window at the cursor before anything is typed."""
    screened.feed(b"/")
    assert screened.shows("筛选：名称")
    assert screened.until(lambda: "筛选：名称" in _row_of_cursor(screened))


def _row_of_cursor(screened: Screened) -> str:
    return screened.text.split("\n")[screened.screen.cursor.y]


@pytest.mark.parametrize(
    ("pressed", "shown"), [("？", "按键"), ("／", "筛选：名称"), ("、", "筛选：")]
)
def test_full_width_keys_do_what_half_width_ones_do(play: Play, pressed: str, shown: str) -> None:
    assert shown in play(pressed).text


def test_a_full_width_blank_marks(play: Play) -> None:
    assert "已标记1行" in play("enter", "　").text


def test_a_full_width_letter_is_a_command(play: Play) -> None:
    assert play("ｈ").screen == "HistoryScreen"


def test_full_width_figures_turn_the_pages(play: Play) -> None:
    assert "[2经过" in play("enter", "enter", "２").text


def test_full_width_characters_are_text_where_one_writes(play: Play) -> None:
    assert "筛选“？２”" in play("/", "？", "２").text


@pytest.mark.parametrize(
    ("terminal", "switch"),
    [({"TERM_PROGRAM": "iTerm.app"}, "True"), ({"LC_TERMINAL": "iTerm2"}, "True"), ({}, "False")],
)
def test_iterm_gets_no_kitty_protocol(terminal: dict[str, str], switch: str) -> None:
    plain = {k: v for k, v in os.environ.items() if k not in ("TERM_PROGRAM", "LC_TERMINAL")}
    code = "import editorial.tui.app, textual.constants as c; print(c.DISABLE_KITTY_KEY)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=plain | terminal,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == switch


def test_shift_f3_is_known_where_it_looks_like_the_place_of_the_cursor(screened: Screened) -> None:
    """ESC[1;2R, as tmux and xterm send it."""
    screened.feed(b"\r")
    assert screened.shows("创新平台")
    screened.feed(b"\r")
    assert screened.shows("改正文")
    screened.feed(b"\x1b[1;2R")
    assert screened.shows("第1行第1字")
