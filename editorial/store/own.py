"""The program's own folder, .git/editorial: lock, journal and caches; never part of the book."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from editorial.errors import EditorialError
from editorial.store.files import disk_refusal
from editorial.store.workspace import Workspace, refuse_read_only

NAME = "editorial"
TAKEN = frozenset({errno.EEXIST, errno.ENOTDIR, errno.EISDIR})


def own_folder(workspace: Workspace) -> Path:
    return workspace.git_dir / NAME


def make_room(workspace: Workspace) -> str:
    """Make the folder where there is none. A file in its place, which none of ours can be, is set
    aside and told of; "" when there is nothing to tell. EditorialError when it cannot be made."""
    refuse_read_only(workspace)
    folder = own_folder(workspace)
    with own_refusals(folder):
        aside = _set_aside(folder) if _is_file(folder) else ""
        folder.mkdir(exist_ok=True)
    if not aside:
        return ""
    return f".git/{NAME} 应是目录，却是一个文件：已改名为 .git/{aside}，看过没有用的删去"


@contextmanager
def own_refusals(path: Path) -> Iterator[None]:
    """The disk's refusals as EditorialErrors: where another thing lies under the name, that says
    so, for nobody but this program has any business there."""
    try:
        yield
    except OSError as error:
        if error.errno not in TAKEN:
            raise disk_refusal(error, Path(error.filename or path)) from error
        raise EditorialError(
            "程序自己用的这个位置被别的文件或目录占了，没有写入任何内容",
            where=str(error.filename or path),
            hint="这里只放程序的锁和办事记录，与书稿无关：把占着的改名或移走，再办一次",
        ) from error


def _is_file(path: Path) -> bool:
    return (path.exists() or path.is_symlink()) and not path.is_dir()


def _set_aside(path: Path) -> str:
    """The name the file has now, "" when another process was faster. Neither linking nor removing
    touches a folder, should one have been made meanwhile."""
    for number in count(1):
        aside = path.with_name(f"{NAME}-{number}.old")
        try:
            os.link(path, aside)
        except FileExistsError:
            continue
        except OSError:
            if not _is_file(path):
                return ""
            raise
        break
    with suppress(OSError):
        path.unlink()
    return aside.name
