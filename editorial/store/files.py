"""Files of a workspace: read from disk or from a commit, written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
from contextlib import suppress
from fnmatch import fnmatchcase
from math import inf
from pathlib import Path
from typing import Any, Protocol

from editorial.errors import EditorialError, is_folder, no_entry
from editorial.store.in_use import (
    come_into_place,
    give_up,
    insist,
    not_permitted,
    remove,
    too_long,
)
from editorial.store.parsed import Parsed

# What file managers and open Word or WPS files leave beside the texts; git's patterns.
STRAY = (".DS_Store", "Thumbs.db", "desktop.ini", "~$*", ".~*")

LEFT = 86400.0  # seconds after which nobody is still at a file, be it the first of many
BESIDE = ".editorial-{}.tmp"


def is_stray(path: str) -> bool:
    """Is it a file of the system's, and nobody's text?"""
    name = path.rpartition("/")[2]
    return any(fnmatchcase(name, pattern) for pattern in STRAY)


class Files(Protocol):
    """Paths are relative to the workspace root, with `/` between their parts."""

    parsed: Parsed

    def read(self, path: str) -> bytes | None: ...

    def names(self, folder: str) -> tuple[str, ...]: ...


class DiskFiles:
    """Files of the work tree, with whatever has not been committed yet."""

    def __init__(self, root: Path, parsed: Parsed) -> None:
        self.root = root
        self.parsed = parsed

    def read(self, path: str) -> bytes | None:
        try:
            return insist((self.root / path).read_bytes)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _unreadable(error, self.root, path) from error

    def names(self, folder: str) -> tuple[str, ...]:
        try:
            found = [each.name for each in (self.root / folder).iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            hint = "请检查目录权限，或磁盘是否完好"
            shut = _shut(error, self.root, folder)
            raise shut or EditorialError("读不了目录", where=folder, hint=hint) from error
        return tuple(sorted(name for name in found if name[0] != "."))


def _unreadable(error: OSError, root: Path, path: str) -> EditorialError:
    if shut := _shut(error, root, path):
        return shut
    if is_folder(root / path):
        hint = "请写到文件名为止，如 readers.yaml"
        return EditorialError("读不了文件：这是目录，不是文件", where=path, hint=hint)
    if error.errno == errno.ENAMETOOLONG:
        return EditorialError("读不了文件：文件名太长", where=path, hint="请检查文件名")
    return EditorialError("读不了文件", where=path, hint="请检查文件权限，或磁盘是否完好")


def _shut(error: OSError, root: Path, path: str) -> EditorialError | None:
    """A refusal by a folder on the way, named as it stands in the workspace."""
    shut = no_entry(root / path) if isinstance(error, PermissionError) else None
    if shut and root in Path(shut.where).parents:
        shut.where = Path(shut.where).relative_to(root).as_posix()
    return shut


class CommitFiles:
    """Files as one commit holds them."""

    def __init__(self, tree: Any, parsed: Parsed) -> None:
        self.tree = tree
        self.parsed = parsed
        self._folders: dict[str, dict[str, Any]] = {"": {each.name: each for each in tree}}

    def _find(self, path: str) -> Any:
        folder, _, name = path.rpartition("/")
        return self._inside(folder).get(name)

    def _inside(self, folder: str) -> dict[str, Any]:
        """What a folder holds by name, read once."""
        if folder not in self._folders:
            found = self._find(folder)
            held = found if found is not None and found.type == "tree" else ()
            self._folders[folder] = {each.name: each for each in held}
        return self._folders[folder]

    def read(self, path: str) -> bytes | None:
        found = self._find(path)
        if found is None or found.type != "blob":
            return None
        data: bytes = found.data_stream.read()
        return data

    def blob(self, path: str) -> str:
        """The blob id of a file, "" when it is not there; nothing is read."""
        found = self._find(path)
        return "" if found is None or found.type != "blob" else str(found.hexsha)

    def names(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted(self._inside(folder)))


def blob_id(data: bytes) -> str:
    """The SHA-1 git gives these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def put(path: Path, data: bytes | None) -> None:
    """All of the bytes or none of them, and on the disk when this returns. None deletes. What
    others left beside that were killed goes along."""
    swap(path, data)
    sync_folder(path.parent)
    drop_beside(path.parent, before=time.time() - LEFT)


def swap(path: Path, data: bytes | None) -> None:
    """As `put`, but that the name stands for these bytes is safe only after `sync_folder`:
    of many files in one folder that is done once.

    Nobody else writes beside under the same name, so that of two at once the last one stays.
    """
    if data is None:
        remove(path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = beside_name(path)
    try:
        with beside.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileNotFoundError):
            shutil.copymode(path, beside)
        come_into_place(beside, path)
    except BaseException:
        give_up(beside)
        raise


def beside_name(path: Path) -> Path:
    """Where a file lies till it comes into place, under a name nobody else takes."""
    return path.with_name(BESIDE.format(os.urandom(4).hex()))


def drop_beside(folder: Path, before: float = inf) -> None:
    """Remove what a `put` that was killed left in a folder, of that before a moment (seconds of
    the clock): what is newer somebody may be writing."""
    with suppress(OSError):
        for left in folder.glob(BESIDE.format("[0-9a-f]" * 8)):
            with suppress(FileNotFoundError):  # somebody else was quicker
                if left.stat().st_mtime < before:
                    give_up(left)


def drop_empty(folder: Path, root: Path) -> None:
    """Remove folders that git would not keep, up to `root`; one that somebody stands in stays."""
    with suppress(OSError):
        while folder != root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows cannot open folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def disk_refusal(error: OSError, path: Path | None = None) -> EditorialError:
    """A refusal of the disk in words."""
    where = str(path or error.filename or "")
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EditorialError("磁盘已满，没有写入任何内容", where=where, hint="请腾出空间后重试")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return not_permitted(where)
    if long := too_long(where):
        return long
    if error.errno == errno.ENAMETOOLONG:
        return EditorialError("文件名太长，没有写入任何内容", where=where, hint="请换短一些的名称")
    if error.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOENT):
        message = "写不进去：这里建不了目录或文件，没有写入任何内容"
        hint = "请看路径上有没有同名的文件，或换一个目录"
        return EditorialError(message, where=where, hint=hint)
    message = "写不进去：磁盘不让写，没有写入任何内容"
    return EditorialError(message, where=where, hint="请换一个目录，或检查磁盘后重试")
