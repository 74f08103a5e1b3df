"""One visitor: a process of the dashboard, and the socket its keys and pictures go through."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from editorial.apart import apart
from editorial.tui.web import driver

if TYPE_CHECKING:
    from editorial.desk.office import Desk
    from editorial.tui.web.gate import Pass

LEAVING = 10.0  # seconds for an act on its way to be finished
# What page.js tells apart.
ENDED, GOING_AWAY, FAILED, FULL, CUT_SHORT = 1000, 1001, 4000, 4001, 4002
LARGEST = 1000  # cells either way


class Sitting(AppService):
    """Textual-serve's process, started without a shell and surely ended."""

    def __init__(self, command: list[str], websocket: web.WebSocketResponse) -> None:
        super().__init__(
            " ".join(command),
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=self._ended,
            download_manager=DownloadManager(),
        )
        self._words, self._websocket = command, websocket
        self._over = False
        self._code = ENDED
        self._fault = FAILED

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        plain = super()._build_environment(width, height)
        return {**plain, "TEXTUAL_DRIVER": driver.NAME, "PYTHONUTF8": "1"}

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Apart: Ctrl-C is for the server, which ends us in order."""
        self._process = process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width, height),
            **apart(),
        )
        self._stdin = process.stdin
        return process

    async def run(self) -> None:
        await super().run()
        if not self._over and not self._websocket.closed:
            await self._websocket.close(code=self._fault)

    async def on_data(self, payload: bytes) -> None:
        self._fault = CUT_SHORT  # from the first picture on it has been open
        await super().on_data(payload)

    async def _ended(self) -> None:
        self._over = True
        await self._websocket.close(code=self._code)

    async def dismiss(self, seconds: float) -> None:
        """The server is being stopped, not the visitor."""
        self._code = GOING_AWAY
        await self.leave(seconds)

    async def leave(self, seconds: float = LEAVING) -> None:
        """Ask it to go; one that does not is ended. The journal puts right what that cuts short."""
        going = asyncio.ensure_future(self.stop())
        await asyncio.wait({going}, timeout=seconds)  # not cut off: textual-serve would lose it
        if self._process is not None and not going.done():
            with suppress(ProcessLookupError):
                self._process.kill()
        await going
        if self._process is not None:
            await self._process.wait()


def command(desk: Desk, who: Pass) -> list[str]:
    """`editorial` with nothing after it, for one visitor."""
    by = ["--as", who.by] if who.by else []
    look = ["--read-only"] if who.read_only else []
    place = ["-C", str(desk.root), "--volume", desk.volume_id]
    return [sys.executable, "-m", "editorial", *place, *by, *look]


async def converse(websocket: web.WebSocketResponse, sitting: Sitting) -> None:
    """Pass on what the page sends until it closes; what is not in its language is left aside."""
    async for message in websocket:
        if message.type == WSMsgType.TEXT:
            with suppress(ValueError, TypeError, KeyError, IndexError):
                word, *rest = json.loads(message.data)
                await _pass_on(websocket, sitting, word, rest[0] if rest else None)


async def _pass_on(
    websocket: web.WebSocketResponse, sitting: Sitting, word: str, what: Any
) -> None:
    if word == "stdin":
        await sitting.send_bytes(str(what).encode("utf-8", "replace"))
    elif word == "resize":
        await sitting.set_terminal_size(cells(what["width"], 80), cells(what["height"], 24))
    elif word == "ping":
        await websocket.send_json(["pong", what])
    elif word == "focus":
        await sitting.focus()
    elif word == "blur":
        await sitting.blur()


def cells(asked: object, usual: int) -> int:
    """A width or height as a page may ask for it."""
    text = str(asked)
    return min(max(int(text), 1), LARGEST) if text.isdecimal() and len(text) < 6 else usual
