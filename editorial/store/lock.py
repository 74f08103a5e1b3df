"""One act at a time in a workspace, whatever process it comes from."""

from __future__ import annotations

import getpass
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from editorial.errors import EditorialError
from editorial.store.own import make_room, own_folder, own_refusals
from editorial.store.waiting import until
from editorial.store.workspace import Workspace

LOCK_SECONDS = 20.0


@contextmanager
def lock(workspace: Workspace, seconds: float | None = None) -> Iterator[None]:
    """One act at a time; waits for the other, EditorialError after so many seconds (by itself
    `LOCK_SECONDS`), GivenUp when whoever looks on does not want to wait.

    Whatever is committed passes here, so nothing is when the workspace is read only.
    """
    make_room(workspace)
    folder = own_folder(workspace)
    with own_refusals(folder / "lock"):
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        most = LOCK_SECONDS if seconds is None else seconds
        if not until(lambda: _try_lock(handle), most, lambda: _busy(folder)):
            message = f"{_busy(folder)}，等了很久还没有结束"
            raise EditorialError(message, hint="请等它办完，或把卡住的那个程序关掉，再试")
        _sign(folder)
        yield
    finally:
        let_go(handle)


def _sign(folder: Path) -> None:
    """Who holds the lock, for whoever waits: a word only, so failing to write it is no fault."""
    with suppress(OSError, KeyError, ImportError):  # the last two: a user without a name
        words = f"进程{os.getpid()}，{getpass.getuser()}，{time.strftime('%H:%M:%S')}起"
        (folder / "holder").write_text(words, "utf-8")


def _busy(folder: Path) -> str:
    return f"另一个操作{_holder(folder)}正在进行"


def _holder(folder: Path) -> str:
    try:
        return f"（{(folder / 'holder').read_text('utf-8')}）"
    except (OSError, UnicodeDecodeError):
        return ""


def held(path: Path) -> int:
    """A new file, locked; whoever inherits the handle keeps it locked."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    _try_lock(handle)
    return handle


def wait_for(handle: int, seconds: float) -> bool:
    """Lock an open file once nobody else does; False when that takes too long."""
    deadline = time.monotonic() + seconds
    while not _try_lock(handle):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def let_go(handle: int) -> None:
    """Close a file that may be locked. Who inherited it keeps the lock; Windows, where nobody
    does, may take its time to free what is only closed."""
    if sys.platform == "win32":
        import msvcrt

        with suppress(OSError):  # it was not ours
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
    os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
