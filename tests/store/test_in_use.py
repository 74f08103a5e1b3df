"""On a disk as Windows has it: what is open, mapped or read only is not replaced, and no act is
half done for it."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from editorial.desk.init import init
from editorial.errors import EditorialError, unreadable
from editorial.store import begin, in_use, journal
from editorial.store import git as store_git
from editorial.store import workspace as workspace_module
from editorial.store.files import disk_refusal, drop_empty, put
from editorial.store.journal import pending
from editorial.store.lock import held, let_go, lock, wait_for
from editorial.store.outputs import outputs
from editorial.store.save import Message, Writes, save
from editorial.store.stamps import inside
from editorial.store.workspace import Workspace, commit_at, open_workspace
from tests.windows import windows_disk

Git = Callable[..., str]
Editorial = Callable[..., Any]
A = "volumes/xiao-2019/chapters/01-keji/01-gaikuang.yaml"
NEW = "volumes/xiao-2019/letters/0001/letter.yaml"
MESSAGE = Message(subject="推进：概况", act="move", by="linqing")
# The disk of tests/windows.py asks Linux what this process has open or mapped.
needs_proc = pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="没有 /proc")


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> None:
    windows_disk(monkeypatch)


@pytest.fixture
def ws(workspace: Path) -> Workspace:
    return open_workspace(workspace)


def write(ws: Workspace, *paths: str, data: bytes | None = b"title: X\n") -> str:
    return save(ws, Writes(files=dict.fromkeys(paths, data), expected={}), MESSAGE)


def leftovers(ws: Workspace) -> list[Path]:
    return [*ws.root.glob("volumes/**/.*.tmp"), *ws.git_dir.glob("editorial/journal/*")]


@needs_proc
def test_acts_are_done_taken_back_and_printed(editorial: Editorial, git: Git, disk: None) -> None:
    for words in (
        ("assign", "机场", "--due", "+7"),
        ("undo",),
        ("redo",),
        (
            "letter",
            "new",
            "--unit",
            "sz-kcj",
            "--due",
            "+14",
            "--item",
            "01-keji/01-gaikuang=请核实",
        ),
        ("letter", "approve", "1", "--as", "周文"),
        ("letter", "send", "1"),
        ("letter", "send", "1", "--sent"),
        ("draft", "机场"),
        ("draft", "机场"),
        ("verify", "--repair"),
    ):
        said = editorial(*words)
        assert said.code == 0, said.err
    assert git("status", "--porcelain") == ""


@needs_proc
def test_after_a_refused_commit_the_next_act_is_done(ws: Workspace, git: Git, disk: None) -> None:
    """The journal is still open when it is to be removed."""
    hook = ws.git_dir / "hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    before = (ws.root / A).read_bytes()
    with pytest.raises(EditorialError, match="git 未能完成"):
        write(ws, A, NEW)
    assert ((ws.root / A).read_bytes(), (ws.root / NEW).exists()) == (before, False)
    hook.unlink()
    write(ws, A, NEW)
    assert (git("status", "--porcelain"), pending(ws), leftovers(ws)) == ("", None, [])


@needs_proc
def test_a_read_only_file_stays_so_and_stands_in_nobodys_way(
    ws: Workspace, git: Git, disk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also from the act after: what was kept of it can be removed."""
    monkeypatch.setattr(os, "access", lambda path, mode: bool(Path(path).stat().st_mode & 0o200))
    (ws.root / A).chmod(0o444)
    for _ in range(2):
        with pytest.raises(EditorialError, match="没有写入权限"):
            write(ws, NEW, A)
    assert ((ws.root / A).stat().st_mode & 0o777, (ws.root / NEW).exists()) == (0o444, False)
    write(ws, NEW)
    assert (git("status", "--porcelain"), leftovers(ws)) == ("", [])


@needs_proc
def test_who_only_looks_into_a_file_for_a_moment_is_waited_for(
    ws: Workspace, disk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_use, "PATIENCE", 10.0)
    scanned = (ws.root / A).open("rb")
    threading.Timer(0.3, scanned.close).start()
    write(ws, A)
    assert scanned.closed
    assert (ws.root / A).read_bytes() == b"title: X\n"


@needs_proc
def test_what_word_has_open_is_not_written_and_nothing_with_it(
    ws: Workspace, tmp_path: Path, disk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_use, "WINDOWS", True)
    pdf, docx = tmp_path / "稿.pdf", tmp_path / "稿.docx"
    pdf.write_bytes(b"old")
    docx.write_bytes(b"old")

    def printed() -> None:
        with outputs(ws) as place:
            place(pdf, b"new")
            place(docx, b"new")

    with docx.open("rb"), pytest.raises(EditorialError) as refused:
        printed()
    assert "正被别的程序打开着" in refused.value.message
    assert "WPS" in refused.value.hint
    assert sorted(each.name for each in tmp_path.iterdir()) == ["shu", "稿.docx", "稿.pdf"]
    assert pdf.read_bytes() == docx.read_bytes() == b"old"


@needs_proc
def test_a_workspace_that_could_not_be_made_leaves_nothing(
    tmp_path: Path, disk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The objects of git are read only."""

    def failing(root: Path) -> str:
        assert any((root / ".git/objects").rglob("*"))
        raise EditorialError("磁盘已满")

    monkeypatch.setattr(begin.git, "head", failing)
    with pytest.raises(EditorialError, match="磁盘已满"):
        init(tmp_path / "年鉴", chars=1000)
    assert not (tmp_path / "年鉴").exists()


@needs_proc
def test_an_empty_folder_one_stands_in_stays(
    tmp_path: Path, disk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "卷/篇"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    drop_empty(folder, tmp_path)
    assert folder.is_dir()


def test_without_patience_nobody_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_use, "PATIENCE", 0.0)
    tries: list[float] = []

    def refused() -> None:
        tries.append(time.monotonic())
        raise PermissionError

    with pytest.raises(PermissionError):
        in_use.insist(refused)
    assert len(tries) == 1


def test_a_path_too_long_for_windows_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_use, "WINDOWS", True)
    gone = FileNotFoundError(errno.ENOENT, "")
    long, short = Path("C:/Users/张三", "年鉴" * 130), Path("C:/Users/张三/年鉴")
    assert "路径太长" in disk_refusal(gone, long).message
    assert "路径太长" not in disk_refusal(gone, short).message
    monkeypatch.setattr(in_use, "WINDOWS", False)
    assert "路径太长" not in disk_refusal(gone, long).message


def test_a_folder_nobody_may_read_as_a_file_is_called_a_folder(tmp_path: Path) -> None:
    """To Windows reading a folder is not permitted, no more."""
    (tmp_path / "a.md").write_text("", "utf-8")
    refused = PermissionError(errno.EACCES, "")
    assert unreadable(refused, tmp_path).message == "这是目录，不是文件"
    assert unreadable(refused, tmp_path / "a.md").message.startswith("没有读这个文件的权限")


def test_paths_are_told_with_slashes_whatever_the_system_writes() -> None:
    book = "C:\\Users\\张三\\年鉴"
    path = f"{book}\\volumes\\gba-2019\\units.yaml"
    assert inside(path, book, "\\") == "volumes/gba-2019/units.yaml"
    assert inside("D:\\volumes\\a\\units.yaml", "D:\\", "\\") == "volumes/a/units.yaml"
    assert inside("/书/volumes/a/units.yaml", "/书", "/") == "volumes/a/units.yaml"


def test_a_lock_let_go_is_free_for_the_next(tmp_path: Path) -> None:
    first, second = held(tmp_path / "lock"), held(tmp_path / "lock")
    assert not wait_for(second, 0)
    let_go(first)
    assert wait_for(second, 0)
    let_go(second)


def test_a_user_without_a_name_may_lock(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has no list of users to look in: the module for it is not there."""

    def nobody() -> str:
        raise ModuleNotFoundError("pwd")

    monkeypatch.setattr("getpass.getuser", nobody)
    with lock(ws):
        pass


def test_a_killed_git_is_known_by_the_code_windows_gives() -> None:
    """Ctrl+C there is C000013A, what git says itself is at most 255."""
    died = [store_git._died(code) for code in (0, 1, 128, 255, -9, 0xC000013A)]
    assert died == ["", "", "", "", "信号9", "代码C000013A"]


def test_what_git_wants_said_of_a_shared_folder_is_passed_on_as_it_is() -> None:
    said = (
        "fatal: detected dubious ownership in repository at '//server/年鉴'\n"
        "To add an exception for this directory, call:\n\n"
        "\tgit config --global --add safe.directory '%(prefix)///server/年鉴'\n"
    )
    told = store_git._refusal("status", said)
    assert told.hint.endswith("git config --global --add safe.directory '%(prefix)///server/年鉴'")
    long = store_git._refusal("commit", "error: unable to create file a: Filename too long")
    assert "路径太长" in long.message


def test_a_workspace_is_begun_in_utf_8_whatever_git_is_set_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many set it on Chinese Windows; line ends too."""
    config = tmp_path / "gitconfig"
    config.write_text(
        "[user]\n\tname = 林清\n\temail = linqing@example.org\n"
        "[core]\n\tautocrlf = true\n\tsafecrlf = true\n\tquotepath = true\n"
        "[i18n]\n\tcommitEncoding = gbk\n\tlogOutputEncoding = gbk\n",
        "utf-8",
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    root, _ = init(tmp_path / "年鉴", chars=1000)
    raw = store_git.run(root, "cat-file", "commit", "HEAD")
    assert (b"\nencoding " in raw, "新建工作区" in raw.decode()) == (False, True)
    clone = tmp_path / "另一台"
    store_git.run(tmp_path, "clone", "-q", str(root), str(clone))
    texts = [path for path in clone.rglob("*.yaml") if ".git" not in path.parts]
    assert texts
    assert not [path for path in texts if b"\r" in path.read_bytes()]


@needs_proc
def test_put_leaves_nothing_beside_what_it_may_not_replace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows_disk(monkeypatch)
    (tmp_path / "a.yaml").write_bytes(b"old")
    (tmp_path / "a.yaml").chmod(0o444)
    with pytest.raises(PermissionError):
        put(tmp_path / "a.yaml", b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


@needs_proc
def test_a_folder_with_a_file_somebody_looks_into_goes_when_he_is_done(
    tmp_path: Path, disk: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next act makes the folder of the journal anew."""
    monkeypatch.setattr(in_use, "PATIENCE", 10.0)
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal/0.old").write_bytes(b"old")
    scanned = (tmp_path / "journal/0.old").open("rb")
    threading.Timer(0.3, scanned.close).start()
    in_use.drop_tree(tmp_path / "journal")
    assert scanned.closed
    assert not (tmp_path / "journal").exists()


@needs_proc
def test_what_was_not_printed_after_all_goes_though_it_is_read_only(
    ws: Workspace, tmp_path: Path, disk: None
) -> None:
    """As the file it was to replace, which became so meanwhile."""
    pdf = tmp_path / "稿.pdf"
    pdf.write_bytes(b"old")

    def printed() -> None:
        with outputs(ws) as place:
            place(pdf, b"new")
            for each in filter(Path.is_file, tmp_path.iterdir()):
                each.chmod(0o444)

    with pytest.raises(EditorialError, match="没有写入权限"):
        printed()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["shu", "稿.pdf"]


@needs_proc
def test_a_journal_that_could_not_be_written_can_be_removed(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has it open any more: on Windows it would stay, and be in the way of every act."""

    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "")

    with monkeypatch.context() as patch:
        windows_disk(patch)
        patch.setattr(journal, "put", full)
        with pytest.raises(EditorialError, match="磁盘已满"):
            write(ws, A)
        assert leftovers(ws) == []


def test_a_repair_that_is_not_let_is_refused_and_done_later(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody has open what an interrupted act had written."""
    before = (ws.root / A).read_bytes()
    entry = journal.begin(ws, {A: b"title: X\n"}, (), str(MESSAGE))
    let_go(entry.handle)
    put(ws.root / A, b"title: X\n")

    def kept_open(beside: Path, path: Path) -> None:
        raise PermissionError(errno.EACCES, "", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(journal, "come_into_place", kept_open)
        with pytest.raises(EditorialError, match="没有写入权限"):
            write(ws, NEW)
    with lock(ws):
        assert journal.repair(ws).startswith("上次操作中断，已退回")
    assert (ws.root / A).read_bytes() == before


def test_a_day_before_windows_has_time_is_refused(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        def timestamp(self) -> float:
            raise OSError(errno.EINVAL, "")

    monkeypatch.setattr(workspace_module, "datetime", Clock)
    with pytest.raises(EditorialError, match="没有 1960-01-01 那时的进度"):
        commit_at(ws, "1960-01-01")


def test_a_workspace_that_is_gone_is_called_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To Windows the folder a program is to be started in is then no folder."""

    def started(*words: object, **options: object) -> None:
        raise NotADirectoryError(errno.ENOTDIR, "")

    monkeypatch.setattr(store_git.subprocess, "Popen", started)
    with pytest.raises(EditorialError, match="工作区不在了"):
        store_git.run(tmp_path / "没有", "status")
