"""The program in a real terminal, as an editor starts it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

from editorial.desk.init import init

pytestmark = pytest.mark.external("tmux")
LIMIT = 20.0
# A terminal catches the program between two strokes of one picture.
STILL = 0.15


class Terminal:
    """A tmux server of its own, so that nobody else's sessions are touched."""

    def __init__(self, socket: Path, command: str, width: int, height: int) -> None:
        self._tmux = ["tmux", "-u", "-S", str(socket)]
        size = ["-x", str(width), "-y", str(height)]
        self._run("-f", "/dev/null", "new-session", "-d", *size, command)

    def _run(self, *args: str) -> str:
        environment = {**os.environ, "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
        environment.pop("TMUX", None)
        done = subprocess.run(
            [*self._tmux, *args], capture_output=True, encoding="utf-8", env=environment
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """One after the other, as fingers do: an escape and a letter at once would be Alt."""
        for key in keys:
            self._run("send-keys", key)
            time.sleep(0.05)

    def wait_for(self, word: str) -> list[str]:
        """The lines on screen once `word` is among them and nothing changes, or when time is up."""
        end = time.monotonic() + LIMIT
        before = ""
        while True:
            shown = self._run("capture-pane", "-p")
            if (word in shown and shown == before) or time.monotonic() > end:
                return shown.split("\n")
            before = shown
            time.sleep(STILL)

    def close(self) -> None:
        self._run("kill-server")


@pytest.fixture
def terminal(sample: Path, tmp_path: Path) -> Iterator[Terminal]:
    program = shlex.join([sys.executable, "-m", "editorial", "-C", str(sample)])
    terminal = Terminal(tmp_path / "tmux", f"{program}; echo 已退出 $?; sleep 60", 80, 24)
    yield terminal
    terminal.close()


# What is pressed, and the word by which one sees that it has been done.
JOURNEY = (
    ("open", ("Escape",), "附录"),
    ("filter", ("/", *"stwm"), "1行"),
    ("chapter", ("Enter", "Enter"), "概况"),
    ("mark", ("Space", "Space", "Space"), "已标记3行"),
    ("ask", ("F2",), "转入“"),
    ("fill", ("Down", "Tab", "示例", "Tab", "Space"), "[x] 强行推进"),
    ("move", ("F10",), "采用     终审"),
    ("undo-ask", ("F8",), "撤销"),
    ("undo", ("Enter",), "撤销：推进"),
    ("draft-ask", ("F6",), "F10 出稿"),
    ("draft", ("Enter",), "第1稿"),
    ("letter-ask", ("F7",), "F10 拟函"),
    ("letter", (*["Tab"] * 6, "请核实", "F10"), "函件：拟稿"),
    ("leave", ("C-q",), "已退出 0"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Went:
    """What every step of the journey showed, and the workspace behind it."""

    seen: dict[str, list[str]]
    root: Path


@pytest.fixture(scope="module")
def went(tmp_path_factory: pytest.TempPathFactory, _apart: None) -> Went:
    """Somebody opens the program for the first time, does a morning's work, and leaves."""
    folder = tmp_path_factory.mktemp("journey")
    root = init(folder / "gba", samples=("gba-2019",))[0]
    program = shlex.join([sys.executable, "-m", "editorial", "-C", str(root)])
    own = f"XDG_STATE_HOME={shlex.quote(str(folder))} {program}; echo 已退出 $?; sleep 60"
    terminal = Terminal(folder / "tmux", own, 80, 24)
    seen = {"tour": terminal.wait_for("初次使用")}
    for name, keys, word in JOURNEY:
        terminal.press(*keys)
        seen[name] = terminal.wait_for(word)
    terminal.close()
    return Went(seen=seen, root=root)


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, _, word in JOURNEY])
def test_each_step_is_seen(went: Went, name: str, word: str) -> None:
    assert word in "\n".join(went.seen[name])


def test_whoever_comes_first_is_shown_round(went: Went) -> None:
    assert "1/5" in "\n".join(went.seen["tour"])


def test_the_journey_is_in_the_history(went: Went) -> None:
    log = ["git", "-C", str(went.root), "log", "--reverse", "--format=%s"]
    told = subprocess.run(log, capture_output=True, encoding="utf-8", check=True).stdout
    acts = [line.split("：")[0] for line in told.splitlines()][1:]
    assert acts == ["推进", "撤销", "出稿", "函件"]


def test_the_draft_lies_in_its_folder(went: Went) -> None:
    kinds = {path.suffix for path in went.root.glob("volumes/gba-2019/out/*第1稿*")}
    assert {".pdf", ".docx"} <= kinds


def edges(heading: str) -> list[int]:
    """The cells at which its words begin."""
    starts = (found.start() for found in re.finditer(r"\S+", heading))
    return [cell_len(heading[:at]) for at in starts]


@pytest.mark.parametrize("name", ["open", "filter", "chapter", "mark", "undo", "letter"])
def test_what_is_below_a_heading_begins_where_it_does(went: Went, name: str) -> None:
    """The cell before a column is blank on every row, whatever wide characters stand before."""
    heads = (n for n, line in enumerate(went.seen[name]) if line.strip()[:2] in ("篇目", "分目"))
    at = next(heads)
    heading = went.seen[name][at]
    rows = [line for line in went.seen[name][at + 1 : -3] if line.strip()]
    table = [line for line in rows if re.search(r"逾\d", line)]
    crooked = [
        (line, edge)
        for line in table
        for edge in edges(heading)[1:]
        if set_cell_size(line, edge)[-1] != " "
    ]
    assert (bool(table), crooked) == (True, [])


def test_no_line_is_wider_than_the_terminal(went: Went) -> None:
    assert max(cell_len(line) for lines in went.seen.values() for line in lines) <= 80


def test_columns_stand_straight_in_a_terminal(terminal: Terminal) -> None:
    lines = terminal.wait_for("附录")
    start = cell_len(lines[2].split("逾期")[0])
    assert {set_cell_size(line, start)[-1] for line in lines[3:15]} == {" "}


def test_leaving_gives_the_terminal_back(terminal: Terminal) -> None:
    terminal.wait_for("附录")
    terminal.press("q")
    assert "已退出 0" in terminal.wait_for("已退出")
