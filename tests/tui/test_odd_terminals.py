"""Terminals too small, resized all the time or gone, and words that would steer them."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.tui.screened import Screened
from tests.tui.seen import Play

KEJI = Path("volumes/xiao-2019/chapters/01-keji")
LAST = ("enter", "down", "down")
MOVE = ("down", "enter", "down", "f2", "enter")
NASTY = {
    "long": "长" * 300,
    "emoji": "科技👨‍👩‍👧🇨🇳☎️创新",
    "right to left": "科技 שלום مرحبا\u202e创新",
    "no width": "科\u200b技\u200d创\ufeff新e\u0301",
    "tab": "科技\t创新",
    "escape": "科技\x1b[2J\x1b[31m红\x9b41m\x1b]0;改标题\x07",
    "bell": "科\x07技\x08\x7f",
}


@pytest.mark.parametrize("size", [(40, 10), (20, 5), (10, 3), (3, 1)])
@pytest.mark.parametrize("keys", [(), ("enter", "enter"), ("f1",), ("f2",), ("ctrl+p",), ("f10",)])
def test_no_terminal_is_too_small(play: Play, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    assert play(*keys, size=size).fault is None


def test_at_40_by_10_one_can_work(play: Play, git: Callable[..., str]) -> None:
    play(*MOVE, size=(40, 10))
    assert git("log", "-1", "--format=%s") == "推进：机场至初审"


@pytest.mark.parametrize("title", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("keys", [(), ("enter",), (*LAST, "enter"), (*LAST, "f2")])
def test_no_title_moves_a_column_or_steers_the_terminal(
    play: Play, workspace: Path, title: str, keys: tuple[str, ...]
) -> None:
    named = f"title: {json.dumps(title, ensure_ascii=True)}\n"
    (workspace / KEJI / "03-rencai.yaml").write_text(named, "utf-8")
    lines = play(*keys).lines
    assert {cell_len(line) for line in lines} == {80}
    assert not {char for line in lines for char in line if ord(char) < 32 or char in "\x7f\x9b"}


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_no_text_steers_the_terminal(play: Play, workspace: Path, nasty: str) -> None:
    (workspace / KEJI / "03-rencai.md").write_text(f"【人才】　{nasty}\n" * 3, "utf-8")
    lines = play(*LAST, "enter").lines
    assert {cell_len(line) for line in lines} == {80}
    assert not {char for line in lines for char in line if ord(char) < 32 or char in "\x7f\x9b"}


@pytest.fixture
def screened(workspace: Path, tmp_path: Path) -> Iterator[Screened]:
    terminal = Screened(workspace, env={"XDG_STATE_HOME": str(tmp_path / "state")})
    assert terminal.shows("基础设施")
    yield terminal
    terminal.close()


def test_a_storm_of_sizes_ends_in_a_whole_screen(screened: Screened) -> None:
    for width, height in [(120, 40), (20, 5), (200, 60), (40, 10), (81, 25), (1, 1)] * 5:
        screened.resize(width, height)
        screened.feed(b"\x1b[B")
    screened.resize(90, 20)
    assert screened.shows("基础设施")
    assert screened.leave() == 0


def test_a_terminal_that_hangs_up_ends_the_program(screened: Screened) -> None:
    os.kill(screened._process.pid, signal.SIGHUP)
    assert screened.until(lambda: screened._process.poll() is not None)
