"""Another act holds the workspace: one is told so, and Esc truly gives up."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from editorial.desk.office import Desk
from editorial.tui.app import EditorialApp
from tests.tui.conftest import LIMIT, _event, _lines, _settle

Git = Callable[..., str]
Held = Callable[[Path], AbstractContextManager[None]]
MOVE = ("down", "enter", "down", "f2")
REDO = ("down", "enter", "down", "f2", "enter", "f8", "enter", "ctrl+y")


@contextmanager
def another_act(workspace: Path) -> Iterator[None]:
    """As a process that was stopped in the middle of an act."""
    folder = workspace / ".git/editorial"
    folder.mkdir(exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    (folder / "holder").write_text("进程77，方敏，09:30:00起", "utf-8")
    yield
    os.close(handle)


@contextmanager
def another_git(workspace: Path) -> Iterator[None]:
    lock = workspace / ".git/index.lock"
    lock.touch()
    yield
    lock.unlink()


HELD = {
    "另一个操作（进程77，方敏，09:30:00起）正在进行": another_act,
    "另一个 git 正在使用这个仓库": another_git,
}


async def _until(app: EditorialApp, pilot: Pilot[int], met: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT):
        while not met():
            await pilot.pause(0.02)


def _shown(app: EditorialApp) -> str:
    return "".join("".join(_lines(app)).split())


@pytest.mark.parametrize(("told", "held"), HELD.items(), ids=["lock", "index.lock"])
@pytest.mark.parametrize("keys", [MOVE, REDO], ids=["in a dialog", "on a page"])
def test_what_is_waited_for_is_told_and_escape_gives_it_up(
    desk: Desk, workspace: Path, git: Git, told: str, held: Held, keys: tuple[str, ...]
) -> None:
    async def play() -> None:
        app = EditorialApp(desk)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _settle(app, pilot)
            for key in keys:
                app.post_message(_event(key))
                await _settle(app, pilot)
            before, at = git("log", "-1", "--format=%s"), type(app.screen).__name__
            with held(workspace):
                app.post_message(_event("enter"))
                await _until(app, pilot, lambda: "".join(told.split()) in _shown(app))
                assert "Esc不等了" in _shown(app)
                app.post_message(_event("escape"))
                await _until(app, pilot, lambda: not app.busy)
            await _settle(app, pilot)
            assert git("log", "-1", "--format=%s") == before
            assert (at, type(app.screen).__name__) == (at, "ChapterScreen")
            assert "没有写入任何内容" in "".join(note.message for note in app._notifications)
            assert "不等了" not in "".join(_lines(app)).replace("不再等了", "")

    asyncio.run(play())


def test_who_waits_patiently_is_served(desk: Desk, workspace: Path, git: Git) -> None:
    async def play() -> None:
        app = EditorialApp(desk)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _settle(app, pilot)
            for key in MOVE:
                app.post_message(_event(key))
                await _settle(app, pilot)
            with another_act(workspace):
                app.post_message(_event("enter"))
                await _until(app, pilot, lambda: "正在进行" in _shown(app))
            await _until(app, pilot, lambda: not app.busy)
            await _settle(app, pilot)

    asyncio.run(play())
    assert git("log", "-1", "--format=%s") == "推进：机场至初审"


def test_saving_a_text_is_given_up_too(desk: Desk, workspace: Path, git: Git) -> None:
    async def play() -> None:
        app = EditorialApp(desk)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _settle(app, pilot)
            for key in ("down", "enter", "down", "enter", "e", "=好"):
                app.post_message(_event(key))
                await _settle(app, pilot)
            with another_act(workspace):
                app.post_message(_event("f10"))
                await _until(app, pilot, lambda: "正在进行" in _shown(app))
                app.post_message(_event("escape"))
                await _until(app, pilot, lambda: not app.busy)
            await _settle(app, pilot)

    asyncio.run(play())
    assert git("log", "-1", "--format=%s") == "开始"
