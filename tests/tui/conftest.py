"""Plays keys to the real application over a real workspace and shows what is then on screen."""

from __future__ import annotations

import asyncio
import re
from io import StringIO

import pytest
from rich.console import Console
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot

from editorial.desk.office import Desk
from editorial.tui.app import EditorialApp
from tests.tui.seen import Play, Seen

LIMIT = 20.0


@pytest.fixture
def play(desk: Desk) -> Play:
    """`play("down", "enter", "=好", size=(80, 24))`: keys, text after `=`, a click after `@`."""

    def call(*keys: str, size: tuple[int, int] = (80, 24), at: Desk | None = None) -> Seen:
        return asyncio.run(_played(EditorialApp(at or desk), keys, size))

    return call


async def _played(app: EditorialApp, keys: tuple[str, ...], size: tuple[int, int]) -> Seen:
    async with app.run_test(size=size, notifications=True) as pilot:
        await _settle(app, pilot)
        for key in keys:
            if key.startswith("@"):
                x, y = key[1:].split(",")
                await pilot.click(offset=(int(x), int(y)))
            else:
                app.post_message(_event(key))
            await _settle(app, pilot)
        return _seen(app)


def _event(key: str) -> Key | Paste:
    """A key as the terminal sends it; text after `=`, which an input method sends at once."""
    if key.startswith("="):
        return Paste(key[1:])
    single = len(key) == 1
    return Key(_character_to_key(key) if single else key, key if single else None)


async def _settle(app: EditorialApp, pilot: Pilot[int]) -> None:
    """Until nothing is read, done or drafted any more."""
    async with asyncio.timeout(LIMIT):
        quiet = 0
        while quiet < 3:
            await pilot.pause(0.005)
            quiet = 0 if app.busy or app.running else quiet + 1


def _seen(app: EditorialApp) -> Seen:
    return Seen(
        lines=_lines(app),
        screen=type(app.screen).__name__,
        news=tuple(note.message for note in app._notifications),
        fault=app.fault,
    )


def _lines(app: EditorialApp) -> tuple[str, ...]:
    width, height = app.size
    page = StringIO()
    console = Console(
        width=width, height=height, file=page, force_terminal=True, legacy_windows=False
    )
    console.print(app.screen._compositor.render_update(full=True))
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", page.getvalue())
    return tuple(plain.split("\n"))
