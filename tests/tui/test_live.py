"""What others change on disk shows by itself, and nothing is lost by it."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from editorial.cli.main import main
from editorial.desk.office import Desk, open_desk
from editorial.tui import watching
from editorial.tui.app import EditorialApp
from editorial.tui.nodes import NodesPage
from tests.tui.conftest import Looking, _event, _seen, _settle, noticed
from tests.tui.seen import Play, Seen

CHAPTERS = Path("volumes/xiao-2019/chapters")
RENCAI = CHAPTERS / "01-keji/03-rencai.yaml"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.02)
    monkeypatch.setattr(watching, "SETTLING", 0.01)
    monkeypatch.setattr(watching, "SHARE", 0)


async def _while_open(
    app: EditorialApp, keys: tuple[str, ...], change: Callable[[], object]
) -> tuple[Seen, Seen]:
    app.disk = Looking(app)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await _settle(app, pilot)
        for key in keys:
            app.post_message(_event(key))
            await _settle(app, pilot)
        before = _seen(app)
        await asyncio.to_thread(change)
        await noticed(app, pilot)
        return before, _seen(app)


def opened(desk: Desk, *keys: str, then: Callable[[], object]) -> tuple[Seen, Seen]:
    return asyncio.run(_while_open(EditorialApp(desk), keys, then))


def rename(workspace: Path, title: str) -> None:
    text = (workspace / RENCAI).read_text("utf-8")
    (workspace / RENCAI).write_text(text.replace("title: 人才", f"title: {title}"), "utf-8")


def test_an_edit_elsewhere_shows_by_itself(desk: Desk, workspace: Path) -> None:
    _, after = opened(desk, "enter", then=lambda: rename(workspace, "人才与教育"))
    assert "人才与教育" in after.text


def test_it_is_told_in_brief(desk: Desk, workspace: Path) -> None:
    _, after = opened(desk, then=lambda: rename(workspace, "人才与教育"))
    assert after.lines[-1].startswith(" [1处更新：人才] F2 推进")


def test_a_command_in_another_terminal_shows(desk: Desk, workspace: Path) -> None:
    move = ["-C", str(workspace), "assign", "01-keji/01-gaikuang", "--editor", "梁述"]
    before, after = opened(desk, "enter", then=lambda: main(move))
    assert ("梁述" in before.text, "梁述" in after.text) == (False, True)


def test_a_pull_of_many_files_is_told_once(desk: Desk, workspace: Path) -> None:
    def pull() -> None:
        for path in sorted((workspace / CHAPTERS / "01-keji").glob("*.md")):
            path.write_text(path.read_text("utf-8") + "\n新的一段。\n", "utf-8")

    _, after = opened(desk, then=pull)
    assert "[3处更新：概况、创新平台、人才]" in after.lines[-1]


def test_place_filter_and_marks_are_kept(desk: Desk, workspace: Path) -> None:
    keys = ("enter", "down", "space", "up")
    before, after = opened(desk, *keys, then=lambda: rename(workspace, "人才甲"))
    marked = [line for line in after.lines if line.startswith("*")]
    assert (before.lines[1], len(marked)) == (after.lines[1], 1)


def test_the_cursor_stays_on_its_line(sample: Path, tmp_path: Path) -> None:
    root = Path(copytree(sample, tmp_path / "gba"))
    desk = open_desk(root)
    chapter = next(p for p in sorted((root / "volumes").glob("*/chapters/*")) if p.is_dir())
    app = EditorialApp(desk)
    app.disk = Looking(app)

    async def played() -> tuple[str, float, str, float]:
        async with app.run_test(size=(80, 12), notifications=True) as pilot:
            await _settle(app, pilot)
            for _ in range(11):
                app.post_message(_event("down"))
            await _settle(app, pilot)
            page = app.screen
            assert isinstance(page, NodesPage)
            before, top = page.here, page.table.scroll_y
            (chapter / "chapter.yaml").write_text(
                (chapter / "chapter.yaml").read_text("utf-8").replace("title: ", "title: 新", 1),
                "utf-8",
            )
            await noticed(app, pilot)
            return before, top, page.here, page.table.scroll_y

    before, top, after, still = asyncio.run(played())
    assert (before, top, top > 0) == (after, still, True)


def test_what_is_being_typed_is_kept(desk: Desk, workspace: Path) -> None:
    keys = ("enter", "slash", "=人才")
    _, after = opened(desk, *keys, then=lambda: rename(workspace, "人才与教育"))
    assert ("人才与教育" in after.text, after.lines[-4].strip()) == (True, "人才")


def test_an_own_act_is_no_news(play: Play) -> None:
    seen = play("down", "enter", "down", "f2", "enter")
    assert (seen.news, "处更新" in seen.text) == (("推进：机场至初审",), False)


def test_what_the_program_prints_is_no_news(desk: Desk, workspace: Path) -> None:
    def prints() -> None:
        out = workspace / "volumes/xiao-2019/out"
        out.mkdir(exist_ok=True)
        (out / "稿.pdf").write_bytes(b"%PDF")

    _, after = opened(desk, then=prints)
    assert "处更新" not in after.text


def test_a_commit_alone_refreshes_without_a_word(desk: Desk, workspace: Path) -> None:
    rename(workspace, "人才与教育")

    def commits() -> None:
        git = ["git", "-C", str(workspace), "commit", "-qam", "手工改名"]
        subprocess.run(git, check=True, capture_output=True)

    _, after = opened(desk, "f9", then=commits)
    assert ("手工改名" in after.text, "处更新" in after.text) == (True, False)


def test_a_new_name_of_a_unit_shows_too(desk: Desk, workspace: Path) -> None:
    units = workspace / "volumes/xiao-2019/units.yaml"

    def renames() -> None:
        units.write_text(units.read_text("utf-8").replace("深圳科创局", "深圳创新局"), "utf-8")

    before, after = opened(desk, "enter", "down", then=renames)
    assert ("科创局" in before.text, "创新局" in after.text) == (True, True)
