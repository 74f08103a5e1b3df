"""The program in a real terminal, as an editor starts it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

pytestmark = pytest.mark.external("tmux")
LIMIT = 20.0


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

    def press(self, key: str) -> None:
        self._run("send-keys", key)

    def wait_for(self, word: str) -> list[str]:
        """The lines on screen once `word` is among them, or when time is up."""
        end = time.monotonic() + LIMIT
        while True:
            shown = self._run("capture-pane", "-p")
            if word in shown or time.monotonic() > end:
                return shown.split("\n")
            time.sleep(0.05)

    def close(self) -> None:
        self._run("kill-server")


@pytest.fixture
def terminal(sample: Path, tmp_path: Path) -> Iterator[Terminal]:
    program = shlex.join([sys.executable, "-m", "editorial", "-C", str(sample)])
    terminal = Terminal(tmp_path / "tmux", f"{program}; echo 已退出 $?; sleep 60", 80, 24)
    yield terminal
    terminal.close()


def test_columns_stand_straight_in_a_terminal(terminal: Terminal) -> None:
    lines = terminal.wait_for("附录")
    start = cell_len(lines[2].split("逾期")[0])
    assert {set_cell_size(line, start)[-1] for line in lines[3:15]} == {" "}


def test_leaving_gives_the_terminal_back(terminal: Terminal) -> None:
    terminal.wait_for("附录")
    terminal.press("q")
    assert "已退出 0" in terminal.wait_for("已退出")
