"""Plays keys to the real application over a real workspace and shows what is then on screen."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot

from editorial.desk.office import Desk
from editorial.desk.tour import FILE
from editorial.store.personal import write_own
from editorial.tui.app import EditorialApp
from editorial.tui.watching import Watch
from tests.tui.seen import Play, Seen

LIMIT = 20.0
TURNS = 20


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person keeps for themselves lies apart for every test. Nobody is there the first
    time but where a test says so."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    write_own(FILE, ["", "林清"])


@pytest.fixture
def two_volumes(workspace: Path, git: Callable[..., str]) -> Path:
    """The workspace with the volume of the next year beside that of this."""
    first, second = (workspace / "volumes" / f"xiao-{year}" for year in (2019, 2020))
    shutil.copytree(first, second)
    told = (second / "volume.yaml").read_text(encoding="utf-8")
    (second / "volume.yaml").write_text(told.replace('"2019"', '"2020"'), encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "第二部书")
    return workspace


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
    """Until nothing is read, done, drafted, told or drawn any more.

    A key passes through several queues, one turn of the loop each: on a busy machine a whole
    sleep may take no more than one turn, so turns are counted and queues looked at. A screen is
    laid out anew when a timer of its own comes round, however late, and not when it is asked."""
    async with asyncio.timeout(LIMIT):
        quiet = 0
        while quiet < 3:
            await pilot.pause(0.005)
            await pilot.wait_for_animation()  # a form glides to the field one has gone to
            for _ in range(TURNS):
                await asyncio.sleep(0)
            stirs = app.busy or app.running or _told(app) or _undrawn(app)
            quiet = 0 if stirs else quiet + 1


class Looking(Watch):
    """Counts its looks at the disk."""

    made = 0

    def _look(self) -> bool:
        try:
            return super()._look()
        finally:
            self.made += 1


async def noticed(app: EditorialApp, pilot: Pilot[int]) -> None:
    """Until what is new on disk has been seen and shown, or left alone: one look may have begun
    before it, the next one sees it, the third that no more has come; then all that is over."""
    watch, age = app.disk, app.age
    assert isinstance(watch, Looking)
    before = watch.made
    async with asyncio.timeout(LIMIT):
        while app.age == age and watch.made < before + 4:
            await pilot.pause(0.01)
    await _settle(app, pilot)


def _told(app: EditorialApp) -> bool:
    """Whether a message still waits for the application, a screen or what stands on it."""
    pumps = (app, *app.screen_stack, *app.screen.walk_children())
    return any(pump.message_queue_size or pump._next_callbacks for pump in pumps)


def _undrawn(app: EditorialApp) -> bool:
    """Whether the screen on top is still to be laid out or drawn, or what waits for that to run."""
    screen = app.screen
    waits = (
        screen._layout_required,
        screen._scroll_required,
        screen._repaint_required,
        screen._recompose_required,
        screen._dirty_widgets,
        screen._callbacks,
    )
    return not screen._compositor.size or any(waits)


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
