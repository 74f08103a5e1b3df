"""make bench: the board against a bare Textual program, and keys while a draft is being made.

    python bench/tui.py [--chars 1100000] [--rounds 5] [--volumes 200]

Prints medians (least-most), processes run interleaved; nothing is asserted.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pyte
from ground import at_home
from measure import interleaved, run, spread

EDITORIAL = [sys.executable, "-m", "editorial"]
BARE = [sys.executable, str(Path(__file__).with_name("bare.py"))]
LIMIT = 60.0
SIZE = (120, 40)
DOWN = b"\x1b[B"
UP = b"\x1b[A"
GO, FIRST = b"\x07", b"1"  # 去往, 项目
F10 = b"\x1b[21~"
KEYS = 20


class Terminal:
    """A pseudo-terminal with a program on it, and what it shows."""

    def __init__(self, command: list[str]) -> None:
        self.screen = pyte.Screen(*SIZE)
        self._stream = pyte.ByteStream(self.screen)
        self._fd, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        told = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
        self.begun = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=child,
            stdout=child,
            stderr=child,
            start_new_session=True,
            env=os.environ | told,
        )
        os.close(child)

    def press(self, keys: bytes) -> None:
        os.write(self._fd, keys)

    def until(self, met: Callable[[], bool]) -> float:
        """The moment that is so; the program is given up when it never is."""
        end = time.perf_counter() + LIMIT
        while not met():
            if time.perf_counter() > end:
                shown = "\n".join(self.screen.display)
                self.close()
                sys.exit(f"没有出现：\n{shown}")
            self.draw(0.02)
        return time.perf_counter()

    def draw(self, seconds: float) -> bool:
        if not select.select([self._fd], [], [], seconds)[0]:
            return False
        drawn = os.read(self._fd, 65536)
        for sign in (b"\x1b[>25u", b"\x1b[<u"):  # obeyed by terminals, drawn by pyte
            drawn = drawn.replace(sign, b"")
        self._stream.feed(drawn)
        return True

    def shows(self, word: str) -> bool:
        return any(word in "".join(line.split()) for line in self.screen.display)

    def settle(self) -> None:
        """Until it has been quiet for a while."""
        while self.draw(0.3):
            pass

    def close(self) -> None:
        """The program and the draft it has begun."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._fd)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--chars", type=int, default=1_100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--volumes", type=int, default=200)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        at_home(Path(folder))
        root = Path(folder) / "w"
        run([*EDITORIAL, "init", str(root), "--chars", str(args.chars)])
        opening(root, args.rounds)
        keys(root)
        projects(Path(folder) / "many", args.volumes)


def opening(root: Path, rounds: int) -> None:
    """First rows of the board against the bare program."""
    word = min(root.glob("volumes/*/chapters/*/chapter.yaml")).read_text("utf-8")
    title = word.splitlines()[0].partition(": ")[2][:6]
    times = interleaved(
        {"bare": lambda: paint(BARE, "分目0"), "board": lambda: paint(board(root), title)}, rounds
    )
    bare = statistics.median(times["bare"])
    print(f"bare Textual table, first paint:  {spread(times['bare'])}")
    print(f"board, rows painted:              {spread(times['board'])}")
    print(f"allowed, 1.5 × bare + 0.3 s:      {1.5 * bare + 0.3:.3f} s")


def board(root: Path) -> list[str]:
    return [*EDITORIAL, "-C", str(root)]


def paint(command: list[str], word: str) -> float:
    terminal = Terminal(command)
    seconds = terminal.until(lambda: terminal.shows(word)) - terminal.begun
    terminal.close()
    return seconds


def keys(root: Path) -> None:
    """From a key to what it paints, at rest and while a child makes the draft."""
    terminal = Terminal(board(root))
    terminal.until(lambda: terminal.shows("帮助"))
    terminal.settle()
    print(f"key to paint, at rest:            {milliseconds(strokes(terminal))}")
    terminal.press(b"D")
    terminal.until(lambda: terminal.shows("F10出稿"))
    terminal.press(F10)
    terminal.until(lambda: terminal.shows("Ctrl+X取消"))
    print(f"key to paint, draft being made:   {milliseconds(strokes(terminal))}")
    if not terminal.shows("Ctrl+X取消"):
        print("  the draft was done before the last key: take more characters")
    terminal.close()


def strokes(terminal: Terminal) -> list[float]:
    """Down and up in turn, until the line tells of the other row: both titles are known."""
    times = []
    for number in range(KEYS):
        line = _told(terminal)
        start = time.perf_counter()
        terminal.press(UP if number % 2 else DOWN)
        times.append(terminal.until(lambda seen=line: _told(terminal) != seen) - start)
        terminal.draw(0.05)
    return times


def _told(terminal: Terminal) -> str:
    """The line on the row under the cursor, which stands above progress and keys."""
    lines = [line for line in terminal.screen.display if "截稿" in line]
    return lines[-1] if lines else ""


def milliseconds(values: list[float]) -> str:
    ranked = sorted(values)
    late = ranked[round(0.95 * (len(ranked) - 1))]
    return f"{statistics.median(values) * 1000:.0f} ms (95 in 100 within {late * 1000:.0f} ms)"


def projects(root: Path, volumes: int) -> None:
    """项目 of many volumes: first rows, and all of them read, cold and as known."""
    many(root, volumes)
    for what in ("never read:", "known:"):
        rows, whole = shown(root, volumes)
        print(f"项目, {volumes} volumes, {what:12} first rows {rows:.3f} s, all {whole:.3f} s")


def shown(root: Path, volumes: int) -> tuple[float, float]:
    """Seconds from the key to the first rows, and to the last of them."""
    terminal = Terminal(board(root))
    terminal.until(lambda: terminal.shows("帮助"))
    terminal.settle()
    start = time.perf_counter()
    terminal.press(GO + FIRST)
    rows = terminal.until(lambda: terminal.shows(f"{volumes}部书")) - start
    whole = terminal.until(lambda: not terminal.shows("正在读")) - start
    terminal.settle()
    terminal.close()
    return rows, whole


def many(root: Path, volumes: int) -> None:
    """One volume of the sample's size, copied."""
    run([*EDITORIAL, "init", str(root), "--chars", "30000"])
    (first,) = (root / "volumes").iterdir()
    told = (first / "volume.yaml").read_text("utf-8")
    for number in range(1, volumes):
        copy = first.with_name(f"{first.name}-{number:03d}")
        shutil.copytree(first, copy)
        (copy / "volume.yaml").write_text(told, "utf-8")
    git = ["git", "-C", str(root), "-c", "user.name=测速", "-c", "user.email=bench@example.org"]
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "各卷"], check=True)


if __name__ == "__main__":
    main()
