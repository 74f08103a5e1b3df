"""What is told: by names, not ids; never in the way, never lost; not before it is known."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets._toast import Toast

from editorial.desk.office import Desk
from editorial.tui.app import EditorialApp
from editorial.tui.places import find_place, page_for
from editorial.tui.spoken import named
from tests.tui.conftest import _settle
from tests.tui.seen import Play

PLATFORM = ("enter", "down")  # 科技创新 / 创新平台
MOVED = ("down", "enter", "down", "f2", "enter")  # 机场 to 初审
NAMES = {"01-keji/02-pingtai": "创新平台", "01-keji": "科技创新", "gz-kjj": "广州科技局"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("须写理由：01-keji/02-pingtai、01-keji", "须写理由：创新平台、科技创新"),
        ("单位gz-kjj没有联络员", "单位广州科技局没有联络员"),
        ("chapters/01-keji/02-pingtai.md 第3行", "chapters/01-keji/02-pingtai.md 第3行"),
        ("gz-kjj@example.org", "gz-kjj@example.org"),
        ("01-keji/99-meiyou", "01-keji/99-meiyou"),
        ("git fetch 取回 01-keji", "git fetch 取回 01-keji"),
    ],
)
def test_what_has_a_name_is_called_by_it(text: str, told: str) -> None:
    assert named(text, NAMES) == told


def test_a_fault_of_the_desk_names_sections_by_their_titles(play: Play) -> None:
    seen = play(*PLATFORM, "f2", "home", "enter")
    assert ("须写理由：创新平台" in seen.text, "02-pingtai" in seen.text) == (True, False)


def toasts(desk: Desk, *keys: str) -> int:
    async def run() -> int:
        app = EditorialApp(desk)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _settle(app, pilot)
            for key in keys:
                await pilot.press(key)
                await _settle(app, pilot)
            return len(app.screen.query(Toast))

    return asyncio.run(run())


def test_a_message_stands_on_the_page_it_is_about(desk: Desk) -> None:
    assert toasts(desk, *MOVED) == 1


@pytest.mark.parametrize("key", ["f2", "f3", "ctrl+g", "f1", "enter", "escape", "f9"])
def test_no_message_covers_what_is_opened_next(desk: Desk, key: str) -> None:
    assert toasts(desk, *MOVED, key) == 0


def test_what_was_told_can_be_read_again(play: Play) -> None:
    seen = play(*MOVED, "f9", "ctrl+l")
    assert (seen.screen, "推进：机场至初审" in seen.text) == ("ToldDialog", True)


def test_a_move_names_what_has_moved(play: Play, git: Callable[..., str]) -> None:
    play("enter", *["space"] * 2, "f2", "home", "down", "enter", "f9")
    assert git("log", "-1", "--format=%s") == "推进：概况至收稿"


# What is offered


def test_going_without_the_others_is_not_offered_when_none_can_go(play: Play) -> None:
    asked, refused = play(*PLATFORM, "f2", "end"), play(*PLATFORM, "f2", "end", "enter")
    assert ("只推进" in asked.text, "只推进" in refused.text, refused.screen) == (
        False,
        False,
        "BlockedDialog",
    )


@pytest.mark.parametrize(
    ("id", "action"),
    [
        ("letters", "carry('close')"),
        ("letters", "several('check')"),
        ("proofs", "carry('assign')"),
        ("returns", "carry('claim')"),
        ("rounds", "carry('finish')"),
        ("today", "carry('reached')"),
    ],
)
def test_what_is_not_read_yet_is_not_said_to_be_none(desk: Desk, id: str, action: str) -> None:
    async def run() -> list[str]:
        app = EditorialApp(desk)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _settle(app, pilot)
            page = page_for(find_place(id))
            await app.push_screen(page)
            assert page.data is None
            await page.run_action(action)
            await _settle(app, pilot)
            return [note.message for note in app._notifications]

    assert asyncio.run(run()) == ["正在读取，读好再按"]


# Room


def test_where_there_are_rows_a_narrow_summary_goes_on(play: Play) -> None:
    tall, low = play(size=(40, 24)), play(size=(40, 10))
    assert ("字" in "".join(tall.lines[1:4]), "字" in "".join(low.lines[1:4])) == (True, False)


def test_a_conflict_left_in_a_record_is_called_one(play: Play, workspace: Path) -> None:
    path = workspace / "volumes/xiao-2019/chapters/01-keji/02-pingtai.yaml"
    told = path.read_text(encoding="utf-8")
    path.write_text(f"{told}<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> 别人\n", encoding="utf-8")
    line = told.count("\n") + 1
    seen = play("enter", "down", size=(200, 30)).text
    assert (f"02-pingtai.yaml:{line} " in seen, "有未解决的合并冲突" in seen) == (True, True)
