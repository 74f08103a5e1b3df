"""Only to look: every act is refused at the desk, and no screen gets round it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.pilot import Pilot

from editorial.desk.office import Desk, open_desk
from editorial.errors import EditorialError
from editorial.store.sendlog import sending
from editorial.tui.app import EditorialApp
from editorial.tui.page import Page
from editorial.tui.places import PLACES
from tests.conftest import Said
from tests.tui.conftest import _lines, _settle
from tests.tui.seen import Play

REFUSED = "现在是只看，不能办事"
NODE = "02-jichu/02-jichang"

ACTS = {
    "move": ("move", NODE, "--to", "编辑加工", "--note", "补数字"),
    "assign": ("assign", NODE, "--editor", "苏静"),
    "undo": ("undo",),
    "keep": ("keep", "-m", "改字"),
    "letter": ("letter", "new", "--unit", "省发改", "--item", f"{NODE}=补数字", "--due", "+7"),
    "unit": ("unit", "confirm", "sz-kcj"),
    "draft": ("draft", "--format", "docx"),
    "repair": ("verify", "--repair"),
}


@pytest.fixture
def reader(workspace: Path) -> Desk:
    return open_desk(workspace, read_only=True)


def state(workspace: Path, git: Callable[..., str]) -> tuple[str, str, list[Path]]:
    """The last commit, what is changed, and every file outside git's own folder."""
    files = [each for each in workspace.rglob("*") if ".git" not in each.parts]
    return git("rev-parse", "HEAD"), git("status", "--porcelain"), sorted(files)


@pytest.mark.parametrize("words", ACTS.values(), ids=ACTS)
def test_a_command_that_writes_is_refused_and_leaves_all_as_it_was(
    editorial: Callable[..., Said],
    workspace: Path,
    git: Callable[..., str],
    words: tuple[str, ...],
) -> None:
    assert editorial("move", NODE, "--to", "初审").code == 0
    (workspace / "volumes/xiao-2019/chapters/02-jichu/02-jichang.md").write_text("改\n", "utf-8")
    before = state(workspace, git)
    said = editorial("--read-only", *words)
    assert (said.code, REFUSED in said.err, state(workspace, git) == before) == (2, True, True)


@pytest.mark.parametrize("words", ACTS.values(), ids=ACTS)
def test_the_same_command_is_let_through_without_it(
    editorial: Callable[..., Said], workspace: Path, words: tuple[str, ...]
) -> None:
    assert editorial("move", NODE, "--to", "初审").code == 0
    (workspace / "volumes/xiao-2019/chapters/02-jichu/02-jichang.md").write_text("改\n", "utf-8")
    assert editorial(*words).code in (0, 1)


def test_looking_is_allowed(editorial: Callable[..., Said]) -> None:
    assert editorial("status", "--read-only").code == 0


def test_nothing_is_sent(reader: Desk) -> None:
    with (
        pytest.raises(EditorialError, match=REFUSED),
        sending(reader.workspace, reader.volume_id),
    ):
        pass


@pytest.mark.parametrize("key", ["f2", "f3", "f6", "f7", "f8", "D"])
def test_on_the_board_an_act_is_refused_before_it_asks(
    play: Play, reader: Desk, workspace: Path, git: Callable[..., str], key: str
) -> None:
    before = state(workspace, git)
    seen = play(key, at=reader)
    assert (REFUSED in "".join(seen.lines), state(workspace, git) == before) == (True, True)


@pytest.mark.parametrize("key", ["f9", "f4", "f10", "f11", "slash", "f1"])
def test_on_the_board_looking_is_not_refused(play: Play, reader: Desk, key: str) -> None:
    assert REFUSED not in "".join(play(key, at=reader).lines)


def test_every_screen_says_that_one_only_looks(play: Play, reader: Desk) -> None:
    assert "[只看]" in play("enter", "f4", at=reader).lines[-1]


async def offered(desk: Desk, place: str) -> tuple[list[str], list[str]]:
    """What help and palette offer on a page, and what of it is refused; the keys at its foot."""
    app = EditorialApp(desk)
    refused = []
    async with app.run_test(size=(200, 40), notifications=True) as pilot:
        await _settle(app, pilot)
        for action in [each.action for each in await _gone_to(app, pilot, place)]:
            if not action.endswith("quit"):
                await _gone_to(app, pilot, place)
                await app.screen.run_action(action)
                await _settle(app, pilot)
                refused += [action] if REFUSED in "".join(_lines(app)) else []
        offers = [each.action for each in await _gone_to(app, pilot, place)]
    return offers, refused


async def _gone_to(app: EditorialApp, pilot: Pilot[int], place: str) -> list[Binding]:
    app.back_to_board()
    app.action_visit(place)
    await _settle(app, pilot)
    assert isinstance(app.screen, Page)
    return app.screen.described()


@pytest.mark.parametrize("place", [place.id for place in PLACES])
def test_nothing_is_offered_that_is_refused(reader: Desk, place: str) -> None:
    offers, refused = asyncio.run(offered(reader, place))
    assert (refused, {"help", "app.go", "reload"} <= set(offers)) == ([], True)


@pytest.mark.parametrize("size", [(80, 24), (200, 40)])
def test_the_foot_offers_no_act(play: Play, reader: Desk, size: tuple[int, int]) -> None:
    foot = play(at=reader, size=size).lines[-1]
    assert ("F9" in foot, "推进" in foot, "撤销" in foot) == (True, False, False)


def test_help_says_that_one_only_looks(play: Play, reader: Desk) -> None:
    seen = play("f1", at=reader)
    assert ("现在是只看" in seen.text, "推进到另一阶段" in seen.text) == (True, False)


def test_another_volume_is_opened_to_look_at_too(
    play: Play, reader: Desk, workspace: Path, git: Callable[..., str]
) -> None:
    shutil.copytree(workspace / "volumes/xiao-2019", workspace / "volumes/yi-2019")
    git("add", "-A")
    git("commit", "-q", "-m", "另一部")
    seen = play("f12", "down", "enter", "f2", at=reader)
    assert REFUSED in "".join(seen.lines)


def test_whoever_is_refused_is_told_how_to_act(play: Play, reader: Desk) -> None:
    """At a terminal as well as in a browser; read, it is closed with the key at hand."""
    seen = play("f2", at=reader)
    assert ("退出以后照常打开" in seen.text, "在浏览器里" in seen.text) == (True, True)
    assert play("f2", "enter", at=reader).screen == "BoardScreen"
