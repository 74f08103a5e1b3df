"""`editorial serve` as a process of its own, and a visitor without a browser."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyte
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType
from rich.cells import cell_len

LIMIT = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A server that runs; `addresses` by whom they are for, each with its token."""

    process: subprocess.Popen[str]
    addresses: dict[str, str]
    told: str

    @property
    def place(self) -> str:
        return next(iter(self.addresses.values())).split("/?")[0]

    def children(self) -> list[str]:
        told = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        )
        return told.stdout.split()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(LIMIT)


@contextmanager
def serving(workspace: Path, *options: str) -> Iterator[Served]:
    process = subprocess.Popen(
        [sys.executable, "-m", "editorial", "-C", str(workspace), "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert process.stdout is not None
    told = ""
    while "Ctrl-C" not in told and (line := process.stdout.readline()):
        told += line
    found = re.findall(r"^(\S+)\n  (http\S+)$", told, re.M)
    try:
        yield Served(process=process, addresses=dict(found), told=told)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(LIMIT)
        process.stdout.close()


def visitor() -> ClientSession:
    """With cookies, though the place is a number."""
    return ClientSession(cookie_jar=CookieJar(unsafe=True))


class Screen:
    """What a visitor sees: the bytes of the socket on a terminal of `width` × `height`."""

    def __init__(self, width: int = 100, height: int = 30) -> None:
        self.size = width, height
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)

    def feed(self, data: bytes) -> None:
        # pyte takes a private `CSI < u` (kitty) for a cursor restored; nobody draws by it.
        self._stream.feed(re.sub(rb"\x1b\[[<>=?][0-9;]*[uq]", b"", data))

    @property
    def lines(self) -> list[str]:
        return self._screen.display

    def has(self, word: str, beside: str = "") -> bool:
        return any(word in line and beside in line for line in self.lines)

    def find(self, word: str, *, last: bool = False) -> tuple[int, int]:
        """Column and row of the first cell of a word, where it comes first, or last, on screen."""
        rows = [number for number, line in enumerate(self.lines) if word in line]
        row = rows[-1 if last else 0]
        return cell_len(self.lines[row].split(word)[0]), row


async def shown(socket: ClientWebSocketResponse, screen: Screen, word: str) -> bool:
    """Whether a word comes on the screen before time is up."""
    try:
        async with asyncio.timeout(LIMIT):
            while not screen.has(word):
                message = await socket.receive()
                if message.type is WSMsgType.BINARY:
                    screen.feed(message.data)
                elif message.type is not WSMsgType.TEXT:
                    break
    except TimeoutError:
        pass
    return screen.has(word)


def gone(pid: str) -> bool:
    """Whether a process ends before time is up."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        told = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True)
        if told.stdout.strip()[:1] in ("", "Z"):
            return True
        time.sleep(0.05)
    return False
