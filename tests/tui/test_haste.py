"""Keys held down, pressed too fast or too soon: one question at a time, where it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from editorial.desk.office import Desk
from editorial.tui.app import EditorialApp
from editorial.tui.dialogs.told import ToldDialog
from tests.tui.conftest import _event, _settle
from tests.tui.seen import Play

Stack = Callable[..., tuple[str, ...]]


@pytest.fixture
def stack(desk: Desk) -> Stack:
    """`stack(*keys, then=…)`: the screens one upon another after all keys were sent at once."""

    def call(*keys: str, then: tuple[str, ...] = ()) -> tuple[str, ...]:
        return asyncio.run(_hasty(EditorialApp(desk), keys, then))

    return call


async def _hasty(
    app: EditorialApp, keys: tuple[str, ...], then: tuple[str, ...]
) -> tuple[str, ...]:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await _settle(app, pilot)
        for key in keys:
            app.post_message(_event(key))
        await _settle(app, pilot)
        for key in then:
            app.post_message(_event(key))
            await _settle(app, pilot)
        assert app.fault is None
        return tuple(type(screen).__name__ for screen in app.screen_stack)


@pytest.mark.parametrize(
    ("key", "dialog"),
    [
        ("f2", "MoveDialog"),
        ("f3", "AssignDialog"),
        ("f6", "AskDialog"),
        ("f7", "LetterDialog"),
        ("shift+f2", "MoveDialog"),
        ("f12", "ChooseDialog"),
        ("f1", "HelpDialog"),
        ("f9", "HistoryScreen"),
        ("ctrl+g", "FindDialog"),
        ("ctrl+p", "FindDialog"),
    ],
)
def test_a_key_held_down_asks_once(stack: Stack, key: str, dialog: str) -> None:
    assert stack(*[key] * 40) == ("BoardScreen", dialog)


def test_another_key_at_once_is_not_asked_upon_the_first(stack: Stack) -> None:
    assert len(stack("f2", "f7", "f3")) == 2


def test_who_has_gone_on_is_not_asked_there(stack: Stack) -> None:
    assert stack("f2", "f9") == ("BoardScreen", "HistoryScreen")


def test_the_same_key_asks_again_afterwards(stack: Stack) -> None:
    again = ("escape", "f2", "escape", "f7")
    assert stack("f2", "f9", then=("escape", *again)) == ("BoardScreen", "LetterDialog")


def test_whatever_lies_upon_what_is_drawn(desk: Desk) -> None:
    app = EditorialApp(desk)

    async def pile() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _settle(app, pilot)
            for number in range(60):
                await app.push_screen(ToldDialog(f"第{number}次", ["话"]))
            app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
            await _settle(app, pilot)
            assert len(app._background_screens) < 6

    asyncio.run(pile())
    assert (app.fault, app._exception) == (None, None)


# A click upon a stage of 推进 (80×24: 初审 stands in line 6, 复审 in line 7)


def test_a_click_only_shows_what_would_happen(play: Play, git: Callable[..., str]) -> None:
    seen = play("down", "enter", "down", "f2", "@6,7")
    assert (seen.screen, git("log", "-1", "--format=%s")) == ("MoveDialog", "开始")


def test_a_second_click_carries_it_out(play: Play, git: Callable[..., str]) -> None:
    play("down", "enter", "down", "f2", "@6,6", "@6,6")
    assert git("log", "-1", "--format=%s") == "推进：机场至初审"
