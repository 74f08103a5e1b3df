"""Reading and acting go on in threads: nothing is lost when the page is left, when a book is
changed for another, or when somebody writes while one reads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from textual.pilot import Pilot

from editorial.desk import city_board, move, office
from editorial.desk.office import Desk, open_desk
from editorial.tui import watching
from editorial.tui.app import EditorialApp
from editorial.tui.frame import Frame
from tests.held import hold_git
from tests.tui.conftest import LIMIT, _event, _seen, _settle
from tests.tui.seen import Play, Seen

MOVED = ("down", "enter", "down", "f2", "enter")
UNITS = "volumes/xiao-2019/units.yaml"  # shared by all: nothing is read without it


async def _until(true: Callable[[], bool], pilot: Pilot[int]) -> None:
    async with asyncio.timeout(LIMIT):
        while not true():
            await pilot.pause(0.01)


def test_an_act_is_told_though_its_page_is_left(desk: Desk, workspace: Path) -> None:
    """Redone with Enter, and Esc pressed before git is through."""
    app = EditorialApp(desk)

    async def played() -> Seen:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _settle(app, pilot)
            for key in (*MOVED, "f8", "enter", "ctrl+y"):
                app.post_message(_event(key))
                await _settle(app, pilot)
            held = hold_git(workspace)
            app.post_message(_event("enter"))
            await _until(lambda: held.begun, pilot)
            app.post_message(_event("escape"))
            await _until(lambda: type(app.screen).__name__ == "BoardScreen", pilot)
            held.let_go()
            await _until(lambda: not app.at_work, pilot)
            await _settle(app, pilot)
            return _seen(app)

    assert asyncio.run(played()).news[-1] == "重做：推进：机场至初审"


def test_another_book_does_not_take_the_names_of_the_first(
    two_volumes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The names of the first are still being read when the second is opened."""
    units = two_volumes / "volumes/xiao-2020/units.yaml"
    units.write_text(units.read_text("utf-8").replace("深圳科创局", "深圳创新局"), "utf-8")
    app = EditorialApp(open_desk(two_volumes, volume="xiao-2019"))
    asked, go, real = Event(), Event(), office.people

    def slowly(desk: Desk) -> object:
        found = real(desk)
        if desk.volume_id == "xiao-2019":
            asked.set()
            go.wait(LIMIT)
        return found

    monkeypatch.setattr(office, "people", slowly)

    async def played() -> Seen:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _until(asked.is_set, pilot)
            app.take(open_desk(two_volumes, volume="xiao-2020"))
            go.set()
            await _settle(app, pilot)
            app.post_message(_event("enter"))
            await _settle(app, pilot)
            return _seen(app)

    seen = asyncio.run(played())
    assert ("小年鉴2020" in seen.text, "深圳创新局" in seen.text) == (True, True)


def test_the_stage_of_another_book_is_asked_though_the_page_has_gone(
    two_volumes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F2 in 项目 opens that book first; its stages come later than 项目 takes to close."""
    app = EditorialApp(open_desk(two_volumes, volume="xiao-2019"))
    real = move.targets

    async def played() -> Seen:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _settle(app, pilot)
            for key in ("ctrl+g", "1", "down"):
                app.post_message(_event(key))
                await _settle(app, pilot)
            page = app.screen

            def late(*given: Any) -> object:
                end = monotonic() + LIMIT
                while page.parent is not None and monotonic() < end:
                    sleep(0.01)
                return real(*given)

            monkeypatch.setattr(move, "targets", late)
            app.post_message(_event("f2"))
            await _settle(app, pilot)
            return _seen(app)

    seen = asyncio.run(played())
    assert (seen.screen, "推进全书：小年鉴2020" in seen.text) == ("MoveDialog", True)


def test_what_is_half_written_is_read_again(
    play: Play, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pull is under way while 篇目 × 城市 is read: no fault is told that nobody can mend."""
    record, times, real = workspace / UNITS, [0], city_board.city_board
    monkeypatch.setattr(watching, "SETTLING", 0.01)

    def meanwhile(*given: Any, **named: Any) -> object:
        times[0] += 1
        if times[0] > 1:
            return real(*given, **named)
        whole = record.read_bytes()
        record.write_bytes(whole[:9])
        try:
            return real(*given, **named)
        finally:
            record.write_bytes(whole)

    monkeypatch.setattr(city_board, "city_board", meanwhile)
    seen = play("v")
    assert (times[0] > 1, seen.screen) == (True, "CitiesScreen")


@pytest.mark.parametrize(
    ("before", "opened", "screen"),
    [
        ((), "ctrl+g", "FindDialog"),
        (("enter", "down"), "f2", "MoveDialog"),
        ((*MOVED,), "ctrl+z", "UndoDialog"),
        ((), "enter", "ChapterScreen"),
        ((), "f11", "UnitsScreen"),
        ((), "shift+f5", "CitiesScreen"),
    ],
)
def test_what_is_read_when_its_screen_is_taken_down_is_let_go(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    before: tuple[str, ...],
    opened: str,
    screen: str,
) -> None:
    """The answer comes between the end of what is on the screen and that of the screen."""
    app, real, late = EditorialApp(desk), Frame.fetch, [False]

    async def comes_late(self: Frame, read: Callable[[], Any]) -> Any:
        got, front = await real(self, read), self.screen
        if type(front).__name__ == screen:
            late[0] = True
            while front.query("*"):
                await asyncio.sleep(0)
        return got

    async def played() -> Seen:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _settle(app, pilot)
            for key in before:
                app.post_message(_event(key))
                await _settle(app, pilot)
            monkeypatch.setattr(Frame, "fetch", comes_late)
            app.post_message(_event(opened))
            await _until(lambda: late[0], pilot)
            app.post_message(_event("escape"))
            await _settle(app, pilot)
            return _seen(app)

    seen = asyncio.run(played())
    assert (seen.fault, seen.screen == screen) == (None, False)


def test_forcing_when_the_form_has_been_left_is_said_to_be_in_vain(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter, Esc before the answer is there, and F10 when it is a refusal."""
    app, asked, go, real = EditorialApp(desk), Event(), Event(), move.move

    def slowly(*given: Any, **named: Any) -> object:
        asked.set()
        go.wait(LIMIT)
        return real(*given, **named)

    monkeypatch.setattr(move, "move", slowly)

    async def played() -> Seen:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _settle(app, pilot)
            for key in ("enter", "ctrl+a", "f2", "end"):
                app.post_message(_event(key))
                await _settle(app, pilot)
            app.post_message(_event("enter"))
            await _until(asked.is_set, pilot)
            form = app.screen
            app.post_message(_event("escape"))
            await _until(lambda: not form.is_attached, pilot)
            go.set()
            await _until(lambda: type(app.screen).__name__ == "BlockedDialog", pilot)
            await _settle(app, pilot)
            app.post_message(_event("f10"))
            await _settle(app, pilot)
            return _seen(app)

    seen = asyncio.run(played())
    assert (seen.screen, "没有办，请再来一次" in seen.news[-1]) == ("ChapterScreen", True)
