"""The program on a terminal of its own, which a test feeds bytes and reads as a person would."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte

LIMIT = 20.0


class Screened:
    """A pseudo-terminal and what stands on it."""

    def __init__(
        self, folder: Path, *, size: tuple[int, int] = (80, 24), env: Mapping[str, str] = {}
    ) -> None:
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        self._fd, child = pty.openpty()
        self._resize(child, size)
        plain = {k: v for k, v in os.environ.items() if k not in ("TMUX", "NO_COLOR")}
        told = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "editorial", "-C", str(folder)],
            stdin=child,
            stdout=child,
            stderr=child,
            start_new_session=True,
            preexec_fn=_hears_hangups,
            env=plain | told | dict(env),
        )
        os.close(child)

    def _resize(self, fd: int, size: tuple[int, int]) -> None:
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def resize(self, width: int, height: int) -> None:
        self._resize(self._fd, (width, height))
        self.screen.resize(height, width)
        os.kill(self._process.pid, signal.SIGWINCH)

    def feed(self, data: bytes) -> None:
        os.write(self._fd, data)

    def until(self, met: Callable[[], bool]) -> bool:
        """Read what the program draws until that is so; False when it never is."""
        end = time.monotonic() + LIMIT
        while not met():
            if time.monotonic() > end:
                return False
            if not self._draw(0.1):
                time.sleep(0.05)  # it has closed its end and is about to leave
        return True

    def _draw(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if ready:
            try:
                drawn = os.read(self._fd, 65536)
            except OSError:
                return False
            self.sent += drawn
            self._stream.feed(_spoken(drawn))
        return True

    def shows(self, words: str) -> bool:
        return self.until(lambda: words in self.text)

    @property
    def text(self) -> str:
        """As it stands; pyte keeps an empty cell behind each wide character."""
        return "\n".join(
            "".join(row[x].data for x in range(self.screen.columns))
            for row in (self.screen.buffer[y] for y in range(self.screen.lines))
        )

    def leave(self) -> int:
        """Ctrl+Q; the exit code."""
        self.feed(b"\x11")
        self.until(lambda: self._process.poll() is not None)
        return self._process.wait(LIMIT)

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._fd)


def _hears_hangups() -> None:
    """Also where the tests themselves were started deaf to them, by nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def _spoken(data: bytes) -> bytes:
    """Without what pyte would draw though terminals obey it: the kitty protocol."""
    for sign in (b"\x1b[>25u", b"\x1b[<u"):
        data = data.replace(sign, b"")
    return data
