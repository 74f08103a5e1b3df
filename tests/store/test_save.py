"""An act is one commit of exactly its paths, or nothing at all."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from editorial.errors import Conflict, EditorialError
from editorial.store import git as store_git
from editorial.store.files import blob_id, disk_refusal
from editorial.store.history import content, past
from editorial.store.journal import begin, pending, repair
from editorial.store.lock import lock
from editorial.store.save import Message, Writes, save
from editorial.store.workspace import Workspace, identity, open_workspace

Git = Callable[..., str]
A = "volumes/xiao-2019/chapters/01-keji/01-gaikuang.yaml"
B = "volumes/xiao-2019/chapters/02-jichu/02-jichang.yaml"
NEW = "volumes/xiao-2019/letters/0001/letter.yaml"
MESSAGE = Message(subject="推进：概况", act="move", by="linqing", body="说明")


@pytest.fixture
def ws(workspace: Path) -> Workspace:
    return open_workspace(workspace)


def put(ws: Workspace, *paths: str, data: bytes | None = b"title: X\n") -> str:
    return save(ws, Writes(files=dict.fromkeys(paths, data), expected={}), MESSAGE)


def hook(ws: Workspace, name: str, script: str) -> None:
    path = ws.git_dir / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def whole(ws: Workspace, git: Git) -> bool:
    """Nothing half done: no journal, no lock, no leftovers, and git is content."""
    git("fsck", "--strict")
    odd = [*ws.root.glob("volumes/**/.*.tmp"), *ws.git_dir.glob("**/*.lock")]
    return pending(ws) is None and not odd


def test_what_somebody_saves_at_the_last_moment_is_not_written_over(
    ws: Workspace, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the first look at the files and the writing; what was written before goes back."""
    before, tracked = (ws.root / B).read_bytes(), store_git.tracked
    expected = {A: blob_id((ws.root / A).read_bytes()), B: blob_id(before)}

    def meanwhile(root: Path, paths: tuple[str, ...]) -> frozenset[str]:
        (ws.root / A).write_text("title: 手写\n", "utf-8")
        return tracked(root, paths)

    monkeypatch.setattr(store_git, "tracked", meanwhile)
    with pytest.raises(Conflict, match="刚被别人改过"):
        save(ws, Writes(files=dict.fromkeys((B, A), b"title: X\n"), expected=expected), MESSAGE)
    assert (ws.root / A).read_text("utf-8") == "title: 手写\n"
    assert ((ws.root / B).read_bytes(), whole(ws, git)) == (before, True)


def test_an_act_is_one_commit_of_exactly_its_paths(ws: Workspace, git: Git) -> None:
    before = git("rev-parse", "HEAD")
    commit = put(ws, A, NEW)
    assert git("rev-parse", "HEAD", "HEAD^") == f"{commit}\n{before}"
    assert git("show", "--format=", "--name-only").splitlines() == [A, NEW]
    assert git("status", "--porcelain") == ""


def test_the_message_has_a_chinese_subject_and_trailers(ws: Workspace, git: Git) -> None:
    put(ws, A)
    assert git("log", "-1", "--format=%B").strip() == (
        "推进：概况\n\n说明\n\nEditorial-Act: move\nEditorial-By: linqing"
    )


def test_a_subject_that_begins_with_a_hash_is_kept(ws: Workspace, git: Git) -> None:
    save(ws, Writes(files={A: b"x"}, expected={}), Message(subject="#1 号", act="a", by="b"))
    assert git("log", "-1", "--format=%s") == "#1 号"


def test_what_the_user_staged_stays_staged_and_uncommitted(
    ws: Workspace, git: Git, workspace: Path
) -> None:
    (workspace / B).write_text("title: 改\n", encoding="utf-8")
    git("add", B)
    put(ws, A)
    assert git("status", "--porcelain") == f"M  {B}"


def test_what_the_user_edited_elsewhere_stays_as_it_is(
    ws: Workspace, git: Git, workspace: Path
) -> None:
    (workspace / B).write_text("title: 改\n", encoding="utf-8")
    (workspace / "草稿.txt").write_text("草", encoding="utf-8")
    put(ws, A)
    assert git("-c", "core.quotePath=false", "status", "--porcelain") == f" M {B}\n?? 草稿.txt"


def test_a_path_with_odd_characters_is_committed(ws: Workspace, git: Git) -> None:
    odd = "volumes/xiao-2019/chapters/03-[a] 金*融/概 况.yaml"
    put(ws, odd)
    assert git("show", "--format=", "--name-only", "-z").strip("\0") == odd


def test_a_file_can_be_deleted(ws: Workspace, git: Git) -> None:
    put(ws, A, data=None)
    assert git("show", "--format=", "--name-status") == f"D\t{A}"


def test_writing_what_is_there_already_is_refused(ws: Workspace) -> None:
    with pytest.raises(EditorialError, match="没有要改的内容"):
        put(ws, A, data=(ws.root / A).read_bytes())


def test_a_file_keeps_its_mode(ws: Workspace) -> None:
    (ws.root / A).chmod(0o664)
    put(ws, A)
    assert (ws.root / A).stat().st_mode & 0o777 == 0o664


def test_a_file_changed_since_it_was_read_is_not_overwritten(ws: Workspace, git: Git) -> None:
    before = git("rev-parse", "HEAD")
    read = blob_id((ws.root / A).read_bytes())
    (ws.root / A).write_text("title: 别人改的\n", encoding="utf-8")
    with pytest.raises(Conflict, match="被别人改过") as refused:
        save(ws, Writes(files={A: b"mine", B: b"mine"}, expected={A: read}), MESSAGE)
    assert refused.value.where == A
    assert (ws.root / A).read_text("utf-8") == "title: 别人改的\n"
    assert (git("rev-parse", "HEAD"), git("status", "--porcelain")) == (before, f" M {A}")


def test_a_file_that_must_be_new_is_not_overwritten(ws: Workspace) -> None:
    with pytest.raises(Conflict):
        save(ws, Writes(files={A: b"mine"}, expected={A: ""}), MESSAGE)


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "prepare-commit-msg"])
def test_a_hook_that_refuses_leaves_everything_as_it_was(
    ws: Workspace, git: Git, name: str
) -> None:
    hook(ws, name, "echo 钩子不同意 >&2; exit 1")
    before = (ws.root / A).read_bytes()
    with pytest.raises(EditorialError, match="钩子不同意"):
        put(ws, A, NEW)
    assert (ws.root / A).read_bytes() == before
    assert not (ws.root / "volumes/xiao-2019/letters").exists()
    assert (git("status", "--porcelain"), whole(ws, git)) == ("", True)


def test_a_hook_that_reformats_and_refuses_leaves_the_old_file(ws: Workspace, git: Git) -> None:
    hook(ws, "pre-commit", f"echo changed >> {A}; exit 1")
    before = (ws.root / A).read_bytes()
    with pytest.raises(EditorialError):
        put(ws, A)
    assert ((ws.root / A).read_bytes(), git("status", "--porcelain")) == (before, "")


def test_hooks_run_and_see_the_message(ws: Workspace) -> None:
    hook(ws, "commit-msg", 'cp "$1" .git/seen')
    put(ws, A)
    assert (ws.git_dir / "seen").read_text("utf-8").startswith("推进：概况\n")


def test_a_signature_asked_for_and_not_made_refuses_the_act(ws: Workspace, git: Git) -> None:
    git("config", "commit.gpgSign", "true")
    git("config", "gpg.program", "false")
    with pytest.raises(EditorialError, match="签名"):
        put(ws, A)
    assert (git("status", "--porcelain"), whole(ws, git)) == ("", True)


def test_nothing_is_written_without_a_name(
    ws: Workspace, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    with pytest.raises(EditorialError, match="没有设置姓名") as refused:
        put(ws, A)
    assert "git config --global user.name" in refused.value.hint
    assert git("status", "--porcelain") == ""


def test_nothing_is_written_without_a_mail_address(
    ws: Workspace, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("config", "user.name", "测试")
    with pytest.raises(EditorialError, match="邮箱"):
        put(ws, A)
    assert (git("status", "--porcelain"), whole(ws, git)) == ("", True)


def test_the_name_may_come_from_the_environment(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "环境")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "env@example.org")
    assert identity(ws) == ("环境", "env@example.org")


def diverge(git: Git, workspace: Path) -> None:
    """Two branches that change the same line."""
    git("switch", "-q", "-c", "other")
    (workspace / B).write_text("title: 甲\n", encoding="utf-8")
    git("commit", "-qam", "甲")
    git("switch", "-q", "main")
    (workspace / B).write_text("title: 乙\n", encoding="utf-8")
    git("commit", "-qam", "乙")


@pytest.mark.parametrize(
    ("command", "word"), [("merge", "合并"), ("cherry-pick", "拣选"), ("rebase", "变基")]
)
def test_an_unfinished_merge_is_named_and_nothing_is_written(
    ws: Workspace, git: Git, workspace: Path, command: str, word: str
) -> None:
    diverge(git, workspace)
    subprocess.run(["git", command, "other"], cwd=workspace, capture_output=True, check=False)
    before = git("status", "--porcelain")
    with pytest.raises(EditorialError, match=f"一次{word}还没有完成") as refused:
        put(ws, A)
    assert "editorial verify" in refused.value.hint
    assert command != "rebase" or "git -c core.editor=true rebase" in refused.value.hint
    assert git("status", "--porcelain") == before


def test_an_act_on_no_branch_would_be_lost_and_is_refused(ws: Workspace, git: Git) -> None:
    git("checkout", "-q", "--detach")
    with pytest.raises(EditorialError, match="不在任何分支"):
        put(ws, A)
    assert git("status", "--porcelain") == ""


def test_another_git_at_work_is_waited_for_then_named(
    ws: Workspace, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_git, "BUSY_SECONDS", 0.1)
    (ws.git_dir / "index.lock").touch()
    with pytest.raises(EditorialError, match="另一个 git 正在使用"):
        put(ws, A)
    assert (ws.git_dir / "index.lock").exists()
    (ws.git_dir / "index.lock").unlink()
    assert git("status", "--porcelain") == ""
    assert put(ws, A)


def test_another_act_at_work_is_waited_for_then_named(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("editorial.store.lock.LOCK_SECONDS", 0.1)
    with lock(ws), pytest.raises(EditorialError, match=r"另一个操作（进程.*正在进行"):
        put(ws, A)


def test_a_lock_left_in_a_ref_refuses_the_act_and_nothing_is_written(
    ws: Workspace, git: Git
) -> None:
    (ws.git_dir / "refs/heads/main.lock").touch()
    before = (ws.root / A).read_bytes()
    with pytest.raises(EditorialError):
        put(ws, A)
    assert ((ws.root / A).read_bytes(), git("status", "--porcelain")) == (before, "")


def test_an_act_in_a_linked_worktree_stays_there(ws: Workspace, git: Git, tmp_path: Path) -> None:
    git("worktree", "add", "-q", "-b", "other", str(tmp_path / "other"))
    other = open_workspace(tmp_path / "other")
    begin(ws, {A: b"x"}, (), "别处的操作")
    put(other, A)
    assert pending(ws) is not None
    assert git("diff", "--name-only", "main", "other") == A


def test_a_call_from_a_hook_of_another_repository_commits_here(
    ws: Workspace, git: Git, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "-q", tmp_path / "elsewhere"], check=True)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere/.git/index"))
    commit = put(ws, A)
    monkeypatch.undo()
    assert git("rev-parse", "HEAD") == commit


def test_another_encoding_of_messages_does_not_matter(ws: Workspace, git: Git) -> None:
    git("config", "i18n.commitEncoding", "GBK")
    git("config", "i18n.logOutputEncoding", "GBK")
    git("config", "log.showSignature", "true")
    put(ws, A)
    assert past(ws)[0].subject == "推进：概况"


def test_a_subject_with_control_characters_does_not_break_the_log(ws: Workspace, git: Git) -> None:
    git("commit", "-q", "--allow-empty", "-m", "甲\x1f乙\x1e丙")
    assert [each.subject for each in past(ws)] == ["甲\x1f乙\x1e丙", "开始"]


def test_files_with_windows_line_ends_come_back_as_they_are_checked_out(
    ws: Workspace, git: Git
) -> None:
    (ws.root / ".gitattributes").write_text("*.yaml text eol=crlf\n", encoding="utf-8")
    commit = put(ws, A, data=b"title: X\r\n")
    assert content(ws, commit, A) == b"title: X\r\n"


def journalled(ws: Workspace, path: str, data: bytes) -> None:
    """The state a kill leaves between the writing and the commit."""
    fresh = () if (ws.root / path).exists() else (path,)
    os.close(begin(ws, {path: data}, fresh, "推进：中断的操作\n").handle)
    (ws.root / path).parent.mkdir(parents=True, exist_ok=True)
    (ws.root / path).with_name(".beside").write_bytes(data)
    (ws.root / path).with_name(".beside").replace(ws.root / path)


@pytest.mark.parametrize("path", [A, NEW])
def test_an_act_killed_before_its_commit_is_taken_back(ws: Workspace, git: Git, path: str) -> None:
    journalled(ws, path, b"new")
    assert repair(ws) == "上次操作中断，已退回到操作之前：推进：中断的操作"
    assert (git("status", "--porcelain"), whole(ws, git)) == ("", True)


def test_an_act_killed_after_its_commit_is_left_as_done(ws: Workspace, git: Git) -> None:
    journalled(ws, A, b"new")
    git("commit", "-qam", "推进：中断的操作")
    assert repair(ws) == "上次操作已经完成，清除了它的记录：推进：中断的操作"
    assert ((ws.root / A).read_bytes(), git("status", "--porcelain")) == (b"new", "")


def test_a_hand_edit_made_after_a_kill_is_never_thrown_away(ws: Workspace) -> None:
    journalled(ws, A, b"new")
    (ws.root / A).write_text("title: 手工改的\n", encoding="utf-8")
    assert repair(ws).endswith(f"；之后又改过的文件保持原样：{A}")
    assert (ws.root / A).read_text("utf-8") == "title: 手工改的\n"


def test_a_new_file_written_on_after_a_kill_is_never_thrown_away(ws: Workspace) -> None:
    journalled(ws, NEW, b"new")
    (ws.root / NEW).write_bytes(b"new and more")
    repair(ws)
    assert (ws.root / NEW).read_bytes() == b"new and more"


def test_the_next_act_repairs_by_itself(ws: Workspace, git: Git) -> None:
    journalled(ws, A, b"new")
    put(ws, B)
    assert (git("show", "--format=", "--name-only"), whole(ws, git)) == (B, True)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"new": 1}', "null"])
def test_a_damaged_journal_blocks_nothing(ws: Workspace, damage: str) -> None:
    folder = ws.git_dir / "editorial/journal"
    folder.mkdir(parents=True)
    (folder / "journal.json").write_text(damage, encoding="utf-8")
    assert put(ws, A)


def test_a_failure_while_keeping_the_old_files_touches_none(
    ws: Workspace, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A medium without links, full: the copy of the second file fails half way."""

    def link(source: Path, target: Path) -> None:
        raise OSError(1, "no links here")

    def copy(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:5])
        if target.name == "1.old":
            raise OSError(28, "full")

    monkeypatch.setattr(os, "link", link)
    monkeypatch.setattr(shutil, "copy2", copy)
    with pytest.raises(EditorialError, match="磁盘已满"):
        put(ws, A, B, NEW)
    assert (git("status", "--porcelain"), whole(ws, git)) == ("", True)


@pytest.mark.parametrize("number", [errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.EIO])
def test_a_refusal_of_the_disk_has_a_remedy_and_no_english(number: int) -> None:
    told = disk_refusal(OSError(number, os.strerror(number), "out"))
    assert re.search("[a-z]", told.message + told.hint) is None
    assert "换一个目录" in told.hint


@pytest.mark.parametrize("by_hand", [b"title: Y\n", None])
def test_putting_back_what_a_hand_had_changed_is_an_act_and_no_fault(
    ws: Workspace, git: Git, by_hand: bytes | None
) -> None:
    first = put(ws, NEW)
    (ws.root / NEW).unlink()
    if by_hand is not None:
        (ws.root / NEW).write_bytes(by_hand)
    put(ws, NEW)
    assert git("rev-parse", "HEAD^") == first
    assert git("status", "--porcelain") == ""


def test_putting_back_what_the_index_forgot_is_an_act_and_no_fault(ws: Workspace, git: Git) -> None:
    first = put(ws, NEW)
    git("rm", "-q", NEW)
    put(ws, NEW)
    assert git("rev-parse", "HEAD^") == first
    assert git("status", "--porcelain") == ""


def test_a_file_git_never_knew_can_be_deleted(ws: Workspace) -> None:
    (ws.root / NEW).parent.mkdir(parents=True)
    (ws.root / NEW).write_bytes(b"x")
    put(ws, A, NEW, data=None)
    assert not (ws.root / NEW).exists()


def test_deleting_only_what_git_never_knew_commits_nothing(ws: Workspace, git: Git) -> None:
    (ws.root / NEW).parent.mkdir(parents=True)
    (ws.root / NEW).write_bytes(b"x")
    before = git("rev-parse", "HEAD")
    assert put(ws, NEW, data=None) == before
    assert (git("status", "--porcelain"), whole(ws, git)) == ("", True)
