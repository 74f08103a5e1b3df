"""Saving: every act writes all its files and makes one commit of exactly those, or nothing.

Order of events under one lock: journal → write beside → rename → commit → journal gone.
A kill at any instant leaves a journal that the next act, or `verify --repair`, puts right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from editorial.errors import Conflict, EditorialError
from editorial.store import git, journal
from editorial.store.files import blob_id, disk_refusal, drop_empty, put, swap, sync_folder
from editorial.store.lock import let_go, lock
from editorial.store.workspace import Workspace, identity, refuse_read_only
from editorial.values import dataclass

AGAIN = "请重新打开（看板按 F5）看过新内容后再做一次"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A commit message: Chinese subject for people, trailers for machines."""

    subject: str
    act: str
    by: str
    body: str = ""
    trailers: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        lines = [("Editorial-Act", self.act), ("Editorial-By", self.by), *self.trailers]
        tail = "\n".join(f"{key}: {value}" for key, value in lines)
        return "\n\n".join(part for part in (self.subject, self.body, tail) if part) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """An annotated git tag on `commit`, which is there already."""

    name: str
    commit: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Writes:
    """What an act puts on disk: path → bytes, None to delete.

    `expected` maps paths to the blob id they were read with, "" for "must not exist yet".
    `tag` is made with the act or not at all; `untag` are tags that go with it.
    """

    files: Mapping[str, bytes | None]
    expected: Mapping[str, str]
    tag: Tag | None = None
    untag: tuple[str, ...] = ()


def save(workspace: Workspace, writes: Writes, message: Message) -> str:
    """Write and commit; returns the commit id. On any failure the old files are back."""
    refuse_read_only(workspace)  # before who it is: a reader need not be known to git
    identity(workspace)
    with lock(workspace):
        mended = journal.repair(workspace)
        try:
            return save_locked(workspace, writes, message)
        except Conflict as error:
            if not mended:
                raise
            raise Conflict(f"{mended}。这一次没有写入", where=error.where, hint=AGAIN) from error


def save_locked(workspace: Workspace, writes: Writes, message: Message) -> str:
    """`save` for one who already holds the lock (to take a number and write it, say)."""
    git.refuse_busy(workspace.root, workspace.git_dir)
    _refuse_changed(workspace, writes.expected)
    changed = _really_changed(workspace, writes.files)
    if not changed:
        raise EditorialError("没有要改的内容", hint="现状已是如此")
    return _commit(workspace, replace(writes, files=changed), message, write=True)


def keep_locked(workspace: Workspace, paths: tuple[str, ...], message: Message) -> str:
    """Commit files as they lie on disk, for one who holds the lock."""
    git.refuse_busy(workspace.root, workspace.git_dir)
    files = {path: workspace.files.read(path) for path in paths}
    return _commit(workspace, Writes(files=files, expected={}), message, write=False)


def _commit(workspace: Workspace, writes: Writes, message: Message, *, write: bool) -> str:
    files, tag, untag = writes.files, writes.tag, writes.untag
    _refuse_taken(workspace, tag)
    known = git.tracked(workspace.root, tuple(files))
    fresh = tuple(path for path, data in files.items() if data is not None and path not in known)
    try:
        tags = {tag.name: tag.commit} if tag else {}
        entry = journal.begin(workspace, files, fresh, str(message), tags=tags, untag=untag)
        try:
            if write:
                _put_all(workspace, writes)
            if tag:
                git.tag(workspace.root, tag.name, tag.commit, tag.message, (entry.handle,))
            theirs = tuple(path for path in files if path in known or path in fresh)
            commit = git.commit(workspace.root, theirs, str(message), fresh, (entry.handle,))
            git.untag(workspace.root, untag)
        except BaseException as error:
            ours = write and not isinstance(error, Conflict)
            return _settled(workspace, entry.record, error, ours=ours)
        finally:
            let_go(entry.handle)
    except OSError as error:
        raise disk_refusal(error) from error
    journal.close(workspace)
    return commit


def _refuse_taken(workspace: Workspace, tag: Tag | None) -> None:
    """Before the journal: a tag that was there before us must never be taken for ours."""
    if tag and git.tagged(workspace.root, tag.name):
        raise EditorialError(
            f"标签“{tag.name}”已经有了，没有写入任何内容",
            hint=f"若是误打的，用 git tag -d {tag.name} 删去再重试",
        )


def _put_all(workspace: Workspace, writes: Writes) -> None:
    """Each file is looked at once more, for somebody may have saved it just now."""
    for path, data in writes.files.items():
        if path in writes.expected:
            _refuse_changed(workspace, {path: writes.expected[path]})
        swap(workspace.root / path, data)
    folders = dict.fromkeys((workspace.root / path).parent for path in writes.files)
    for folder in folders:
        sync_folder(folder)
    for folder in folders:
        drop_empty(folder, workspace.root)


def _settled(
    workspace: Workspace, record: journal.Record, error: BaseException, *, ours: bool
) -> str:
    """After a failure: the commit if git made it all the same, else the failure again."""
    if not isinstance(error, git.DiedError):
        settled = journal.settle(workspace, record, ours=ours)
        if settled.committed and isinstance(error, EditorialError):
            return git.head(workspace.root)
    raise error


def _refuse_changed(workspace: Workspace, expected: Mapping[str, str]) -> None:
    for path, blob in expected.items():
        data = workspace.files.read(path)
        now = blob_id(data) if data is not None else ""
        if now != blob:
            raise Conflict(
                "这个文件刚被别人改过，没有写入",
                where=path,
                hint=AGAIN,
            )


def _really_changed(
    workspace: Workspace, files: Mapping[str, bytes | None]
) -> dict[str, bytes | None]:
    return {path: data for path, data in files.items() if workspace.files.read(path) != data}


def put_output(path: Path, data: bytes, workspace: Workspace | None = None) -> None:
    """Write a rendered file (not committed) whole or not at all."""
    if workspace:
        refuse_inside(path, workspace)
    try:
        put(path, data)
    except OSError as error:
        raise disk_refusal(error, path) from error


def refuse_inside(path: Path, workspace: Workspace) -> None:
    """Into a workspace that is only looked at nothing is written, out/ included; elsewhere one
    may put what one likes."""
    if workspace.read_only and path.resolve().is_relative_to(workspace.root):
        raise EditorialError(
            "现在是只看，不往工作区里写", where=path.name, hint="用 --out 放到工作区以外的目录"
        )
