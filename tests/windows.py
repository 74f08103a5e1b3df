"""A disk as Windows has it, for this process alone: what is open or mapped nobody replaces or
removes, nor what is read only; a folder one stands in stays, and none can be opened."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def windows_disk(patch: pytest.MonkeyPatch) -> None:
    """From now on, and until `patch` is undone."""
    unlink, rmdir, open_ = os.unlink, os.rmdir, os.open

    def guarded(act: Callable[..., None]) -> Callable[..., None]:
        def moved(source: Any, target: Any, **options: Any) -> None:
            _refuse(source, read_only=False)
            _refuse(target)
            act(source, target, **options)

        return moved

    def removed(path: Any, **options: Any) -> None:
        _refuse(path)
        unlink(path, **options)

    def folder_removed(path: Any, **options: Any) -> None:
        if Path.cwd() == Path(path).resolve():
            raise PermissionError(errno.EACCES, "in use", str(path))
        rmdir(path, **options)

    def opened(path: Any, *args: Any, **options: Any) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "a folder", str(path))
        return open_(path, *args, **options)

    patch.setattr(shutil, "_use_fd_functions", False)  # there are none on Windows
    patch.setattr(os, "unlink", removed)
    patch.setattr(os, "remove", removed)
    patch.setattr(os, "rmdir", folder_removed)
    patch.setattr(os, "open", opened)
    patch.setattr(os, "replace", guarded(os.replace))
    patch.setattr(os, "rename", guarded(os.rename))


def _refuse(path: Any, *, read_only: bool = True) -> None:
    try:
        found = os.lstat(path)
    except OSError:
        return
    if not stat.S_ISREG(found.st_mode):
        return
    kept = read_only and not found.st_mode & stat.S_IWUSR
    if kept or _open(found) or _mapped(Path(path)):
        raise PermissionError(errno.EACCES, "in use or read only", str(path))


def _open(file: os.stat_result) -> bool:
    for number in Path("/proc/self/fd").iterdir():
        try:
            held = number.stat()
        except OSError:
            continue
        if (held.st_dev, held.st_ino) == (file.st_dev, file.st_ino):
            return True
    return False


def _mapped(path: Path) -> bool:
    maps = Path("/proc/self/maps").read_text("utf-8", "replace")
    return f" {path.resolve()}\n" in maps
