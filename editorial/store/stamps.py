"""When the files of a volume were last written: cheap enough to be asked every second."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from editorial.errors import EditorialError, no_entry
from editorial.store.git import refuse_damaged
from editorial.store.workspace import Workspace

Stamps = dict[str, tuple[int, ...]]
HEAD = "HEAD"  # stands for whatever git's last commit is
MADE = "out"  # what the program itself prints


def stamps_of(workspace: Workspace, volume_id: str) -> Stamps:
    """Time, size and number of every file of the volume and the styles by path, and the state
    of git. EditorialError when the workspace or the volume is not there any more."""
    refuse_gone(workspace, volume_id)
    root = workspace.root
    folder = root / "volumes" / volume_id
    found = {HEAD: _head(workspace.git_dir), "volumes": _stamp(root / "volumes")}
    for place in (folder, root / "styles"):
        found |= {inside(path, str(root)): stamp for path, stamp in _below(str(place))}
    return found


def inside(path: str, root: str, sep: str = os.sep) -> str:
    """A path below the root as it is written in a workspace, whatever the system writes."""
    return path[len(root) :].replace(sep, "/").lstrip("/")


def refuse_gone(workspace: Workspace, volume_id: str) -> None:
    """EditorialError when the workspace, its repository or the volume is not there any more."""
    root = workspace.root
    folder = root / "volumes" / volume_id
    for place in (workspace.git_dir, folder):
        if shut := no_entry(place / "HEAD"):
            raise shut
    if not (root / "volumes").is_dir():
        hint = "移走了就移回来；要换地方，请退出后在新的目录里再打开。没有写入任何内容"
        raise EditorialError("工作区不在了：目录被移走、改名或删除", where=str(root), hint=hint)
    if not (workspace.git_dir / "HEAD").is_file():
        hint = "移走了就移回来，或用备份恢复；正文都在，没有写入任何内容"
        raise EditorialError("仓库不在了：.git 被移走或删除", where=str(root), hint=hint)
    refuse_damaged(root)
    if not (folder / "volume.yaml").is_file():
        hint = "可按 F12 换另一部书；误删的，用 git checkout 恢复"
        raise EditorialError("这部书不在了：目录被移走或删除", where=str(folder), hint=hint)


def _below(folder: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Files under a folder; hidden ones, and those of an open Word (~$…), are nobody's text."""
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name[0] in ".~" or entry.name.endswith((".tmp", "~")):
                    continue
                if not entry.is_dir(follow_symlinks=False):
                    with suppress(OSError):
                        yield entry.path, _told(entry.stat())
                elif entry.name != MADE:
                    waiting.append(entry.path)


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        return _told(path.stat())
    except OSError:
        return ()


def _told(stat: os.stat_result) -> tuple[int, ...]:
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _head(git_dir: Path) -> tuple[int, ...]:
    """What moves with every commit, switch, pull or merge."""
    signs = (git_dir / "HEAD", git_dir / "logs" / "HEAD", git_dir / "MERGE_HEAD")
    return tuple(number for sign in signs for number in (*_stamp(sign), -1))
