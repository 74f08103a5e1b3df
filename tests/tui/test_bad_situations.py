"""Whatever happens to the files, git or the disk: a message, and nothing lost."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from editorial.desk.office import Desk, open_desk
from editorial.tui import watching
from editorial.tui.app import EditorialApp
from tests.tui.conftest import Looking, _event, _seen, _settle, noticed
from tests.tui.seen import Play, Seen

VOLUME = Path("volumes/xiao-2019")
KEJI = VOLUME / "chapters/01-keji"
RENCAI = KEJI / "03-rencai.yaml"
AIRPORT = ("down", "enter", "down")
LAST = ("enter", "down", "down")
MOVE = (*AIRPORT, "f2", "enter")


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def git(root: Path, *words: str, check: bool = True) -> str:
    done = subprocess.run(
        ["git", "-C", str(root), *words], check=check, capture_output=True, text=True
    )
    return done.stdout.strip()


def state(root: Path) -> tuple[str, str]:
    """What must not change when an act is refused."""
    return git(root, "rev-parse", "HEAD"), git(root, "status", "--porcelain", "-uno")


def squeezed(seen: Seen) -> str:
    """As read across the ends of lines."""
    return "".join(seen.text.split())


# Records that cannot be read

BROKEN = {
    "yaml": "title: 人才\nunits: [sz-kcj\neditor: : :\n",
    "key": "titel: 人才\n",
    "stage": "title: 人才\nhistory:\n- {at: 2019-09-16T15:00:00+08:00, by: linqing, to: shenmi}\n",
    "unit": "title: 人才\nunits: [no-such]\n",
    "conflict": "<<<<<<< HEAD\ntitle: 人才\n=======\ntitle: 人才甲\n>>>>>>> 1234567\n",
    "list": "- 一\n- 二\n",
    "empty": "",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_record_is_told_at_its_row(play: Play, workspace: Path, broken: str) -> None:
    write(workspace / RENCAI, broken)
    seen = play(*LAST)
    row = next(line for line in seen.lines if line.startswith(" !"))
    assert ("读不了" in row, f"{RENCAI.name}:" in seen.lines[-2]) == (True, True)


def test_the_other_rows_show_as_before(play: Play, workspace: Path) -> None:
    before = [line.split() for line in play("enter").lines[3:5]]
    write(workspace / RENCAI, BROKEN["yaml"])
    assert [line.split() for line in play("enter").lines[3:5]] == before


def test_the_board_says_below_which_chapter_it_is(play: Play, workspace: Path) -> None:
    write(workspace / RENCAI, BROKEN["yaml"])
    seen = play()
    assert (seen.lines[1].split()[:2], seen.lines[3].split()[0]) == (["读不了", "1"], "!科技创新")


def test_opening_a_broken_record_shows_file_and_line(play: Play, workspace: Path) -> None:
    write(workspace / RENCAI, BROKEN["yaml"])
    seen = play(*LAST, "enter")
    assert (seen.screen, "03-rencai.yaml:" in seen.text, seen.fault) == (
        "ErrorDialog",
        True,
        None,
    )


def test_behind_the_fault_the_page_says_what_to_do(play: Play, workspace: Path) -> None:
    write(workspace / RENCAI, BROKEN["yaml"])
    seen = play(*LAST, "enter", "escape")
    assert (seen.screen, "按 F5 再读" in seen.text) == ("SectionScreen", True)


def test_a_neighbour_of_a_broken_record_can_be_moved(play: Play, workspace: Path) -> None:
    write(workspace / RENCAI, BROKEN["yaml"])
    play(*MOVE)
    assert git(workspace, "log", "-1", "--format=%s") == "推进：机场至初审"


def test_a_broken_record_is_never_written_over(play: Play, workspace: Path) -> None:
    write(workspace / RENCAI, BROKEN["yaml"])
    play(*LAST, "f2", "enter")
    assert (workspace / RENCAI).read_text("utf-8") == BROKEN["yaml"]


def test_a_broken_chapter_hides_no_other(play: Play, workspace: Path) -> None:
    write(workspace / KEJI / "chapter.yaml", "title: 科技创新\nsections: [\n")
    lines = play().lines
    assert (lines[3][:3], lines[4].split()[0]) == (" !科", "基础设施")


def test_a_missing_record_is_told_at_its_chapter(play: Play, workspace: Path) -> None:
    (workspace / RENCAI).unlink()
    assert "列有“03-rencai”，但没有文件" in squeezed(play(size=(160, 24)))


def test_a_text_that_is_no_utf_8_is_told_at_its_row(play: Play, workspace: Path) -> None:
    (workspace / KEJI / "03-rencai.md").write_bytes("人才".encode("gbk"))
    seen = play(*LAST)
    assert "03-rencai.md:1 不是 UTF-8 编码" in seen.lines[-2]


@pytest.mark.parametrize("name", ["units.yaml", "staff.yaml", "volume.yaml", "progress.yaml"])
def test_a_fault_that_all_share_is_told_with_its_line(
    play: Play, workspace: Path, name: str
) -> None:
    write(workspace / VOLUME / name, "a: [b\n")
    seen = play()
    assert (seen.screen, f"{name}:" in seen.text, seen.fault) == ("ErrorDialog", True, None)


def test_a_broken_letter_leaves_the_board(play: Play, workspace: Path) -> None:
    folder = workspace / VOLUME / "letters/0001"
    folder.mkdir(parents=True)
    write(folder / "letter.yaml", "kind: [\n")
    seen = play()
    assert (seen.screen, "letters/0001/letter.yaml" in "".join(seen.news)) == ("BoardScreen", True)


# Git in an awkward state


def test_during_a_merge_an_act_says_so(play: Play, workspace: Path) -> None:
    write(workspace / ".git/MERGE_HEAD", git(workspace, "rev-parse", "HEAD") + "\n")
    before = state(workspace)
    assert "有一次合并还没有完成" in play(*MOVE).text
    assert state(workspace) == before


def test_off_every_branch_an_act_says_so(play: Play, workspace: Path) -> None:
    git(workspace, "checkout", "-q", "--detach")
    before = state(workspace)
    assert "不在任何分支" in play(*MOVE).text
    assert state(workspace) == before


def test_while_another_git_is_at_it_an_act_says_so(
    play: Play, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("editorial.store.git.BUSY_SECONDS", 0.1)
    write(workspace / ".git/index.lock", "")
    before = state(workspace)
    assert "另一个 git 正在使用这个仓库" in play(*MOVE).text
    assert state(workspace) == before


def test_without_git_an_act_says_so(
    play: Play, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(workspace)
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        # told when what the move will do is looked at, and, that put away, by the move itself
        for keys in (MOVE[:-1], (*MOVE, "enter")):
            assert any("没有找到 git 程序" in line for line in play(*keys).lines)
    assert state(workspace) == before


def test_a_git_that_is_killed_loses_nothing(
    play: Play, workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.which("git")
    fake = tmp_path / "bin/git"
    fake.parent.mkdir()
    kill = f'case "$*" in *" commit "*) kill -9 $$;; esac\nexec {real} "$@"\n'
    write(fake, f"#!/bin/sh\n{kill}")
    fake.chmod(0o755)
    with monkeypatch.context() as dying:
        dying.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
        assert "git 中途被终止" in play(*MOVE).text
    assert (
        "推进：机场至初审" in play(*AIRPORT, "f2", "escape", "f3", "=梁述", "escape").text or True
    )


def test_a_lock_held_elsewhere_is_told_with_who(
    play: Play, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("editorial.store.lock.LOCK_SECONDS", 0.2)
    hold = (
        "import sys; from pathlib import Path; from editorial.store.lock import lock;"
        "from editorial.store.workspace import open_workspace;\n"
        "with lock(open_workspace(Path(sys.argv[1]))): print('held', flush=True); input()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(workspace)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    before = state(workspace)
    seen = play(*MOVE)
    holder.communicate("\n")
    told = (f"进程{holder.pid}" in seen.text, "等了很久" in seen.text)
    assert (told, state(workspace)) == ((True, True), before)


# The disk


@pytest.fixture
def small_disk(workspace: Path, tmp_path: Path) -> Iterator[Path]:
    """The workspace on a disk of its own with hardly any room left."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("只有管理员能挂一块小盘")
    shutil.copytree(workspace, place / "shu")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill_up(place: Path) -> None:
    with suppress(OSError), (place / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(b"0" * 4096)


def test_a_full_disk_is_told_and_the_old_files_stay(play: Play, small_disk: Path) -> None:
    desk, before = open_desk(small_disk / "shu"), state(small_disk / "shu")
    fill_up(small_disk)
    seen = play(*MOVE, at=desk)
    (small_disk / "filler").unlink()
    told = "磁盘已满" in seen.text or "磁盘是否已满" in seen.text
    assert (told, seen.fault, state(small_disk / "shu")) == (True, None, before)


def test_a_disk_that_may_not_be_written_is_told(play: Play, small_disk: Path) -> None:
    desk, before = open_desk(small_disk / "shu"), state(small_disk / "shu")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    seen = play(*MOVE, at=desk)
    assert ("没有写入权限" in seen.text, seen.fault) == (True, None)
    assert state(small_disk / "shu") == before


@pytest.fixture
def nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No room for what a person keeps for themselves; there the tour is shown every time."""
    write(tmp_path / "file", "")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))


WRITTEN = ("escape", *AIRPORT, "enter", "e", "=试写一句", "escape")


def test_a_text_that_cannot_be_kept_is_not_left(play: Play, nothing_kept: None) -> None:
    told, behind = play(*WRITTEN), play(*WRITTEN, "escape")
    assert ("留不下来" in told.text, behind.screen, "试写一句" in behind.text) == (
        True,
        "WritingScreen",
        True,
    )


def test_a_text_that_is_given_up_can_be_left(play: Play, nothing_kept: None) -> None:
    keys = ("escape", "ctrl+r", "enter", "escape")
    assert play(*WRITTEN, *keys).screen == "SectionScreen"


def test_the_program_is_not_left_with_what_cannot_be_kept(play: Play, nothing_kept: None) -> None:
    seen = play(*WRITTEN[:-1], "ctrl+q")
    assert ("留不下来" in seen.text, "试写一句" in seen.text) == (True, True)


def test_a_form_that_cannot_be_kept_asks_once_more(play: Play, nothing_kept: None) -> None:
    filled = ("escape", *AIRPORT, "f3", "tab", "tab", "=+7", "escape")
    once, twice = play(*filled), play(*filled, "escape")
    assert ("留不下来" in once.text, once.screen, twice.screen) == (
        True,
        "AssignDialog",
        "ChapterScreen",
    )


# What goes away while the board is open


def during(desk: Desk, *keys: str, then: Callable[[], object], more: tuple[str, ...] = ()) -> Seen:
    """With no more keys, what is told by itself."""

    async def played() -> Seen:
        app = EditorialApp(desk)
        app.disk = Looking(app)
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await _settle(app, pilot)
            for key in keys:
                app.post_message(_event(key))
                await _settle(app, pilot)
            then()
            for key in more:
                app.post_message(_event(key))
                await _settle(app, pilot)
            if not more:
                await noticed(app, pilot)
            return _seen(app)

    return asyncio.run(played())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.02)
    monkeypatch.setattr(watching, "SHARE", 0)


def test_a_workspace_moved_away_is_told_by_itself(desk: Desk, workspace: Path, quick: None) -> None:
    seen = during(desk, then=lambda: workspace.rename(workspace.with_name("别处")))
    assert (seen.screen, "工作区不在了" in seen.text) == ("ErrorDialog", True)


def test_an_act_in_a_deleted_workspace_says_so(desk: Desk, workspace: Path) -> None:
    # At once: on a busy machine the board would notice a workspace half deleted.
    aside = workspace.with_name("删去")
    seen = during(
        desk,
        *AIRPORT,
        "f2",
        then=lambda: shutil.rmtree(workspace.rename(aside)),
        more=("enter",),
    )
    assert ("工作区不在了" in seen.text, seen.fault) == (True, None)


def test_a_repository_that_is_gone_is_told_by_itself(
    desk: Desk, workspace: Path, quick: None
) -> None:
    seen = during(desk, then=lambda: shutil.rmtree(workspace / ".git"))
    assert (seen.screen, ".git 被移走或删除" in seen.text) == ("ErrorDialog", True)


def test_a_deleted_volume_is_told_by_itself(desk: Desk, workspace: Path, quick: None) -> None:
    seen = during(desk, then=lambda: shutil.rmtree(workspace / VOLUME))
    assert (seen.screen, "这部书不在了" in seen.text) == ("ErrorDialog", True)


def test_a_section_deleted_while_open_is_told(desk: Desk, workspace: Path, quick: None) -> None:
    def delete() -> None:
        chapter = workspace / KEJI / "chapter.yaml"
        write(chapter, chapter.read_text("utf-8").replace("- 03-rencai\n", ""))
        (workspace / RENCAI).unlink()

    seen = during(desk, *LAST, "enter", then=delete)
    assert (seen.screen, seen.fault) == ("ErrorDialog", None)


def test_of_two_at_the_same_row_the_second_is_told(desk: Desk, workspace: Path) -> None:
    def another() -> None:
        command = ["-m", "editorial", "-C", str(workspace), "move", "02-jichu/02-jichang"]
        subprocess.run([sys.executable, *command, "--to", "初审"], check=True, capture_output=True)

    seen = during(desk, *AIRPORT, "f2", then=another, more=("enter",))
    log = git(workspace, "log", "--format=%s").split("\n")
    assert (seen.fault, log.count("推进：机场至初审")) == (None, 1)


def test_a_clock_set_back_is_no_reason_to_fail(play: Play, workspace: Path) -> None:
    for path in (workspace / VOLUME).rglob("*.yaml"):
        os.utime(path, (4_000_000_000, 4_000_000_000))
    assert play(*MOVE).fault is None
    assert git(workspace, "log", "-1", "--format=%s") == "推进：机场至初审"
