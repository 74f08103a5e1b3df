"""What it takes to take an act back, kept under .git until its commit is made.

Each old file is linked, so that going back needs no free space. Git inherits a lock of
the journal: whoever repairs after a kill can wait until that git, too, has ended.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, field
from pathlib import Path

from editorial.store import git
from editorial.store.files import blob_id, disk_refusal, drop_beside, drop_empty, put
from editorial.store.in_use import come_into_place, drop_tree, insist, remove
from editorial.store.lock import held, let_go, wait_for
from editorial.store.own import own_folder, own_refusals
from editorial.store.workspace import Workspace
from editorial.values import dataclass

GIT_SECONDS = 20.0
LIVELY_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`old` maps paths to kept files, `new` to the blob ids meant for them (None: deleted).

    `head` is the commit before; `fresh` are the paths git did not know; `tags` maps tags made
    with the act to the commits they name, `untag` are those that go with it.
    """

    message: str
    head: str
    old: dict[str, str]
    new: dict[str, str | None]
    fresh: list[str]
    tags: dict[str, str] = field(default_factory=dict)
    untag: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """An open journal; `handle` is the lock that git inherits."""

    record: Record
    handle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """`committed`: git had made the commit. `kept`: files somebody changed since, let alone."""

    committed: bool
    kept: tuple[str, ...] = ()


def folder_of(workspace: Workspace) -> Path:
    return own_folder(workspace) / "journal"


def begin(
    workspace: Workspace,
    files: Mapping[str, bytes | None],
    fresh: Sequence[str],
    message: str,
    *,
    tags: Mapping[str, str] | None = None,
    untag: Sequence[str] = (),
) -> Journal:
    """Keep the old files and note what is meant; on failure nothing is left behind."""
    folder = folder_of(workspace)
    close(workspace)
    try:
        with own_refusals(folder):
            folder.mkdir(parents=True)
        present = [path for path in files if (workspace.root / path).exists()]
        old = {path: f"{number}.old" for number, path in enumerate(present)}
        for path, name in old.items():
            _keep(workspace.root / path, folder / name)
        new = {path: None if data is None else blob_id(data) for path, data in files.items()}
        before = git.head(workspace.root)
        record = Record(
            message=message,
            head=before,
            old=old,
            new=new,
            fresh=list(fresh),
            tags=dict(tags or {}),
            untag=list(untag),
        )
        handle = held(folder / "git")
        try:
            put(folder / "journal.json", json.dumps(asdict(record), ensure_ascii=False).encode())
        except BaseException:
            let_go(handle)
            raise
    except BaseException:
        close(workspace)
        raise
    return Journal(record=record, handle=handle)


def _keep(source: Path, target: Path) -> None:
    """Not linked to what is read only: dropping the journal would make that writable."""
    with suppress(OSError):
        if os.access(source, os.W_OK):
            os.link(source, target)
            return
    shutil.copy2(source, target)


def close(workspace: Workspace) -> None:
    """The record goes first, so that no half journal is ever taken for a whole one."""
    folder = folder_of(workspace)
    with suppress(OSError):
        remove(folder / "journal.json")
    drop_tree(folder)


def pending(workspace: Workspace) -> Record | None:
    """What an interrupted act left behind, if any."""
    try:
        raw = json.loads((folder_of(workspace) / "journal.json").read_text("utf-8"))
        return Record(**raw)
    except (OSError, ValueError, TypeError):
        return None


def repair(workspace: Workspace) -> str:
    """Finish or undo an interrupted act; says in Chinese what was done, "" when nothing.

    Must be called under the lock. When git did make the commit only the journal is left
    to remove; otherwise the old files come back.
    """
    record = pending(workspace)
    if record is None:
        close(workspace)
        return ""
    _await_git(workspace)
    _drop_dead_locks(workspace)
    try:
        settled = settle(workspace, record)
    except OSError as error:
        raise disk_refusal(error) from error
    subject = record.message.splitlines()[0]
    if settled.committed:
        return f"上次操作已经完成，清除了它的记录：{subject}"
    kept = f"；之后又改过的文件保持原样：{'、'.join(settled.kept)}" if settled.kept else ""
    return f"上次操作中断，已退回到操作之前：{subject}{kept}"


def _await_git(workspace: Workspace) -> None:
    """A git that outlived its editorial may still be making the commit."""
    with suppress(OSError):
        handle = os.open(folder_of(workspace) / "git", os.O_RDWR)
        try:
            wait_for(handle, GIT_SECONDS)
        finally:
            let_go(handle)


def _drop_dead_locks(workspace: Workspace) -> None:
    """Remove lock files of a git that died inside our act.

    They were made after the journal began, and nobody touches them while we look.
    """
    with suppress(OSError):
        begun = (folder_of(workspace) / "git").stat().st_mtime
        branch = git.ask(workspace.root, "symbolic-ref", "-q", "HEAD")
        names = ("index", "HEAD", "packed-refs", *((branch,) if branch else ()), *_tags(workspace))
        dead = _locks(workspace, names, begun)
        if dead:
            time.sleep(LIVELY_SECONDS)
        for path in dead & _locks(workspace, names, begun):
            path[0].unlink(missing_ok=True)


def _tags(workspace: Workspace) -> tuple[str, ...]:
    record = pending(workspace)
    return tuple(git.tag_ref(name) for name in (*record.tags, *record.untag)) if record else ()


def _locks(
    workspace: Workspace, names: Sequence[str], begun: float
) -> frozenset[tuple[Path, float]]:
    """Lock files with the time they were made, of those no older than the journal."""
    paths = [*workspace.git_dir.glob("next-index-*.lock")]
    for name in names:
        answer = git.ask(workspace.root, "rev-parse", "--git-path", f"{name}.lock")
        paths.append(workspace.root / (answer or f".git/{name}.lock"))
    found = set()
    for path in paths:
        with suppress(OSError):
            found.add((path, path.stat().st_mtime))
    return frozenset(each for each in found if begun - 1 <= each[1] <= begun + GIT_SECONDS)


def settle(workspace: Workspace, record: Record, *, ours: bool = False) -> Settled:
    """Take the act back unless git has committed it; then the journal is gone.

    What others changed since is left alone, except when the files are still `ours` (a
    hook that reformats and then refuses, say).
    """
    kept: tuple[str, ...] = ()
    committed = _committed(workspace, record)
    if committed:
        git.ask(workspace.root, "--literal-pathspecs", "reset", "-q", "--", *record.new)
        git.untag(workspace.root, record.untag)
    else:
        kept = tuple(path for path in record.new if not _restored(workspace, record, path, ours))
        git.unstage(workspace.root, record.fresh)
        ours_only = [n for n, to in record.tags.items() if git.tagged(workspace.root, n) == to]
        git.untag(workspace.root, ours_only)
    close(workspace)
    return Settled(committed=committed, kept=kept)


def _committed(workspace: Workspace, record: Record) -> bool:
    """Whether HEAD moved on and holds what the act meant (as git's filters store it)."""
    root = workspace.root
    if git.head(root) == record.head:
        return False
    for path, blob in record.new.items():
        committed = git.ask(root, "rev-parse", "--verify", "-q", f"HEAD:{path}")
        if committed != blob and (
            committed is None or committed != git.ask(root, "hash-object", "--", path)
        ):
            return False
    return True


def _restored(workspace: Workspace, record: Record, path: str, ours: bool) -> bool:
    """Put the old file back; False when somebody changed the new one meanwhile."""
    target = workspace.root / path
    old = folder_of(workspace) / record.old[path] if path in record.old else None
    if old is not None and not old.exists():  # a repair cut short has put it back
        return True
    now, before = _blob(target), _blob(old)
    drop_beside(target.parent)  # or its folder would not be empty
    if not (ours or now in (record.new[path], before)):
        return False
    if old is None:
        _withdraw(target, workspace.root)
    elif now is None or now != before:  # who kept it from being written keeps it from going back
        target.parent.mkdir(parents=True, exist_ok=True)
        come_into_place(old, target)
    return True


def _withdraw(target: Path, root: Path) -> None:
    """A new file is gone: one that stayed would be taken for a record of the book."""
    try:
        remove(target)
    except OSError:
        if target.is_file():
            raise
    drop_empty(target.parent, root)


def _blob(path: Path | None) -> str | None:
    try:
        return None if path is None else blob_id(insist(path.read_bytes))
    except OSError:
        return None
