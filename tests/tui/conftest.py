"""Plays keys to the real application over a real workspace and shows what is then on screen."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

import pytest
from rich.console import Console
from textual.pilot import Pilot

from editorial.desk.office import Desk
from editorial.tui.app import EditorialApp

LIMIT = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What an editor has before him: the lines of the terminal, the screen's name, the news."""

    lines: tuple[str, ...]
    screen: str
    news: tuple[str, ...]
    fault: Exception | None

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


Play = Callable[..., Seen]


@pytest.fixture
def play(desk: Desk) -> Play:
    """`play("down", "enter", "=好", size=(80, 24))`: keys, and after `=` typed text."""

    def call(*keys: str, size: tuple[int, int] = (80, 24), at: Desk | None = None) -> Seen:
        return asyncio.run(_played(EditorialApp(at or desk), keys, size))

    return call


async def _played(app: EditorialApp, keys: tuple[str, ...], size: tuple[int, int]) -> Seen:
    async with app.run_test(size=size, notifications=True) as pilot:
        await _settle(app, pilot)
        for key in keys:
            if key.startswith("="):
                app.screen.focused.insert_text_at_cursor(key[1:])
            else:
                await pilot.press(key)
            await _settle(app, pilot)
        seen = _seen(app)
    return seen


async def _settle(app: EditorialApp, pilot: Pilot[int]) -> None:
    """Until nothing is read, done or drafted any more."""
    async with asyncio.timeout(LIMIT):
        quiet = 0
        while quiet < 3:
            await pilot.pause()
            working = app.busy or app.running
            quiet = 0 if working else quiet + 1
            await asyncio.sleep(0.01 if working else 0)


def _seen(app: EditorialApp) -> Seen:
    return Seen(
        lines=_lines(app),
        screen=type(app.screen).__name__,
        news=tuple(note.message for note in app._notifications),
        fault=app.fault,
    )


def _lines(app: EditorialApp) -> tuple[str, ...]:
    width, height = app.size
    console = Console(
        width=width, height=height, file=StringIO(), force_terminal=True, legacy_windows=False
    )
    console.print(app.screen._compositor.render_update(full=True))
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", console.file.getvalue())
    return tuple(plain.split("\n"))
