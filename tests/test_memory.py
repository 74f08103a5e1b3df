"""When garbage is searched for: hardly in a command, now and then in what stays open."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from editorial.desk.office import open_desk
from editorial.memory import COMMAND, SITTING, uncollected
from editorial.tui import app
from editorial.tui.web import server

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_a_command_hardly_searches() -> None:
    code = (
        "import gc, os, sys\n"
        "os._exit = lambda code: print(*gc.get_threshold())\n"
        "sys.argv = ['editorial', 'fonts', '--help']\n"
        "from editorial.__main__ import run\n"
        "run()\n"
    )
    call = [sys.executable, "-c", code]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == " ".join(map(str, COMMAND))


def test_the_board_searches_now_and_then(monkeypatch: pytest.MonkeyPatch, workspace: Path) -> None:
    seen: list[tuple[int, int, int]] = []
    monkeypatch.setattr(app.EditorialApp, "run", lambda _: seen.append(gc.get_threshold()))
    app.run(open_desk(workspace))
    assert seen == [SITTING]
    assert gc.get_freeze_count() > 0


def test_the_served_board_searches_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int, int]] = []

    async def served(*_: object) -> None:
        seen.append(gc.get_threshold())

    monkeypatch.setattr(server, "_served", served)
    nothing: object = None
    server.serve(nothing, lambda _: None)
    assert seen == [SITTING]


def test_a_book_is_made_without_any_search() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
