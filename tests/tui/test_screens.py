"""Every screen there is, as it looks on the sample, and its help. A new place of the frame and a
new kind of node are covered by themselves; any other new screen has to be led to in `WAYS`.

`python -m tests.tui.test_screens` takes the pictures anew: look at what has changed.
"""

from __future__ import annotations

import asyncio
import os
import pkgutil
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size
from textual.screen import Screen

import editorial.tui
from editorial.desk.init import init
from editorial.desk.office import open_desk
from editorial.desk.tour import FILE
from editorial.store.personal import write_own
from editorial.tui.app import EditorialApp
from editorial.tui.dialogs.base import Dialog
from editorial.tui.frame import Shown
from editorial.tui.places import NODES, PLACES
from tests.tui.conftest import _event, _lines, _settle

PICTURES = Path(__file__).with_name("pictures") / "screens"
SIZES = ((80, 24), (120, 40))
SECTION = "03-keji-chuangxin/02-pingtai"
CHAPTER = SECTION.split("/")[0]
SHOWN = {
    "letters": "letters/0003",
    "units": "units/sz-kcj",
    "returns": "returns/0001",
    "rounds": "rounds/01",
    "opinions": "opinions/01/001",
    "proofs": "proofs/01",
}
# Name of the picture: the node that is gone to, none for the board, and the keys pressed there.
WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    **{f"node-{first}": (SHOWN[first], ()) for first in NODES},
    "node-chapter": (CHAPTER, ()),
    **{f"node-section-{page}": (SECTION, (str(page),)) for page in range(1, 7)},
    "board-cities": ("", ("v",)),
    "board-filtered": ("", ("slash", "=逾期 shz")),
    "rounds-gates": ("", ("ctrl+g", "5", "f11")),
    "section-history": (SECTION, ("f9",)),
    "section-writing": (SECTION, ("e",)),
    "help": ("", ("f1",)),
    "go": ("", ("ctrl+g",)),
    "palette": ("", ("ctrl+p",)),
    "ask-move": (CHAPTER, ("down", "ctrl+a", "f2")),
    "ask-blocked": (CHAPTER, ("down", "f2", "end", "enter")),
    "ask-assign": (CHAPTER, ("down", "f3")),
    "ask-draft": (CHAPTER, ("down", "f6")),
    "ask-letter": (CHAPTER, ("down", "f7")),
    "ask-undo": ("", ("f8",)),
    "ask-letters": ("", ("f4", "n")),
    "ask-letter-edit": ("", ("f4", "down", "m")),
    "ask-send": ("", ("f4", *["down"] * 3, "f4")),
    "ask-reply": ("", ("f4", *["down"] * 4, "f6")),
    "ask-round": ("", ("ctrl+g", "5", "f2")),
    "ask-close": ("", ("ctrl+g", "5", "f9")),
    "ask-papers": ("", ("ctrl+g", "5", "f6")),
    "ask-meeting": ("", ("ctrl+g", "5", "f10", "enter")),
    "ask-decide": ("opinions/02/002", ("2",)),
    "ask-proof": ("", ("ctrl+g", "6", "f2")),
    "ask-gate": ("", ("ctrl+g", "5", "f11", "f2")),
    "ask-contact": ("", ("f11", "f2")),
    "ask-unit": ("", ("f11", "f9")),
    "ask-call": ("", ("f10", "f6")),
    "ask-volume": ("", ("f12",)),
    "tour": ("", ("shift+f1",)),
}
NAMES = sorted({*(f"place-{place.id}" for place in PLACES), *WAYS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """What was on the screen, which it was, and what its help said at the end of scrolling."""

    kind: str
    lines: tuple[str, ...]


async def _shot(folder: Path, name: str, size: tuple[int, int], *more: str) -> Shot:
    app = EditorialApp(open_desk(folder))
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        await _settle(app, pilot)
        node, keys = WAYS.get(name, ("", ()))
        if name.startswith("place-"):
            app.action_visit(name.removeprefix("place-"))
        elif node:
            app.go_to(node)
        await _settle(app, pilot)
        for key in (*keys, *more):
            app.post_message(_event(key))
            await _settle(app, pilot)
        return Shot(kind=type(app.screen).__name__, lines=_lines(app))


def shot(folder: Path, name: str, size: tuple[int, int], *more: str) -> Shot:
    return asyncio.run(_shot(folder, name, size, *more))


def steady(lines: tuple[str, ...]) -> str:
    """Without what is another on another day: each of its figures becomes a nought."""
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    day = date.today()
    long = f"{day.year}年{day.month}月{day.day}日　星期."
    due = r"\d{4}-\d\d-\d\d 星期. "  # understood from +14
    passing = rf"{long}|{due}|{day}( \d\d:\d\d)?|\b{day:%m-%d}\b( \d\d:\d\d)?|\d+天"
    return re.sub(passing, lambda found: re.sub(r"[0-9a-f]|(?<=星期).", "0", found[0]), text)


def file_of(name: str, size: tuple[int, int]) -> Path:
    return PICTURES / f"{name}-{size[0]}x{size[1]}.txt"


def kinds() -> Iterator[str]:
    """Every full screen of the program that is shown itself."""
    for module in pkgutil.walk_packages(editorial.tui.__path__, "editorial.tui."):
        import_module(module.name)
    waiting: list[type] = [Screen]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        below = [each for each in kind.__subclasses__() if each.__module__ != kind.__module__]
        ours = kind.__module__.startswith("editorial.") and not issubclass(kind, Dialog)
        if ours and not (below and issubclass(kind, Shown)):
            yield kind.__name__


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, _apart: None) -> Path:
    """One of its own: the list of what can be undone shows what others do in the shared one."""
    return init(tmp_path_factory.mktemp("screens") / "gba", samples=("gba-2019",))[0]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", NAMES)
def test_a_screen_is_its_picture(sample: Path, name: str, size: tuple[int, int]) -> None:
    seen = steady(shot(sample, name, size).lines)
    assert seen == file_of(name, size).read_text(encoding="utf-8")


def test_no_screen_is_without_a_picture(sample: Path) -> None:
    seen = {shot(sample, name, (80, 24)).kind for name in NAMES}
    assert set(kinds()) - seen == set()


def test_no_picture_is_without_a_screen() -> None:
    wanted = {file_of(name, size) for name in NAMES for size in SIZES}
    assert set(PICTURES.iterdir()) == wanted


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(("place-", "node-"))])
def test_help_is_read_to_its_end_on_a_small_screen(sample: Path, name: str) -> None:
    seen = shot(sample, name, (80, 24), "f1", "end", "end")
    inside = (set_cell_size(line, 76)[len(set_cell_size(line, 4)) :] for line in seen.lines)
    told = "".join(line.strip() for line in inside)
    assert (seen.kind, "点两下即打开" in told) == ("HelpDialog", True)
    assert {cell_len(line) for line in seen.lines} == {80}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "gitconfig"
        config.write_text("[user]\n\tname = 测试\n\temail = ceshi@example.org\n", "utf-8")
        os.environ |= {"XDG_STATE_HOME": folder, "GIT_CONFIG_GLOBAL": str(config)}
        write_own(FILE, [""])
        root = init(Path(folder) / "gba", samples=("gba-2019",))[0]
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            for size in SIZES:
                file_of(name, size).write_text(steady(shot(root, name, size).lines), "utf-8")


if __name__ == "__main__":
    main()
