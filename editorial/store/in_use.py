"""Files somebody else has open: Windows lets nobody replace or remove one meanwhile, nor remove
what is read only. A virus scanner or an indexer is done in a moment, Word is not."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from editorial.errors import EditorialError

T = TypeVar("T")

WINDOWS = os.name == "nt"
PATIENCE = 1.0 if WINDOWS else 0.0  # seconds for whoever looks into what was just written
STEP = 0.05
LONGEST = 240  # characters of a path; Windows takes 259, and names lying beside are longer


def insist(act: Callable[[], T]) -> T:
    """What `act` gives, tried again for a while where it is not permitted."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except PermissionError:
            if time.monotonic() >= deadline:
                raise
        time.sleep(STEP)


def come_into_place(beside: Path, path: Path) -> None:
    """A file under its name, over what was there."""
    insist(lambda: beside.replace(path))


def remove(path: Path) -> None:
    """A file is gone, if there was one."""
    insist(lambda: path.unlink(missing_ok=True))


def drop_tree(folder: Path) -> None:
    """A folder is gone with all that is in it, read-only files too (git's objects are); of what
    cannot be removed nothing is said."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # most often because there is nothing left
        for each in folder.rglob("*"):
            if each.is_file() and not each.is_symlink():
                each.chmod(stat.S_IMODE(each.stat().st_mode) | stat.S_IWRITE)
        insist(lambda: shutil.rmtree(folder))


def give_up(beside: Path) -> None:
    """What was to come into place is gone; as read only as what it was to stand for, Windows
    would keep it."""
    with suppress(OSError):  # somebody else's
        beside.chmod(0o600)
    with suppress(OSError):
        beside.unlink()


def not_permitted(where: str) -> EditorialError:
    """A refusal to write in words. Windows does not say why."""
    if not WINDOWS:
        hint = "请检查目录的权限"
        return EditorialError("没有写入权限，没有写入任何内容", where=where, hint=hint)
    return EditorialError(
        "写不进去：文件正被别的程序打开着，或没有写入权限，没有写入任何内容",
        where=where,
        hint="在 Word、WPS、PDF 阅读器里关掉这个文件再试；"
        "没有打开的，看它是不是“只读”，目录让不让写",
    )


def too_long(where: str) -> EditorialError | None:
    """Windows calls a path too long for it one that is not there."""
    if not WINDOWS or len(where) <= LONGEST:
        return None
    return EditorialError(
        f"路径太长（{len(where)}个字），没有写入任何内容",
        where=where,
        hint="Windows 只认约260个字的路径：把工作区移到浅一些的目录，如 D:\\nianjian，再试",
    )
