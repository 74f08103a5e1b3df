"""The first commit of a new workspace, all of it or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from editorial.errors import EditorialError
from editorial.store import git
from editorial.store.files import DiskFiles, Files, disk_refusal
from editorial.store.in_use import drop_tree
from editorial.store.parsed import Parsed
from editorial.store.save import Message

HERE = Path(__file__).resolve().parents[1]


def ground(folder: str) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of shipped data: inside an installed wheel, or in the checkout."""
    base = _base(folder)
    for path in sorted((base / folder).rglob("*")):
        inside = path.relative_to(base).as_posix()
        if path.is_file() and "/out/" not in inside and "__pycache__" not in inside:
            yield inside, path.read_bytes()


def _base(folder: str) -> Path:
    base = next((b for b in (HERE / "_ground", HERE.parent) if (b / folder).is_dir()), None)
    if base is None:
        raise EditorialError(f"程序缺少自带的 {folder}", hint="请重新安装本程序")
    return base


def shipped() -> Files:
    """The data that come with the program, for work outside any workspace."""
    return DiskFiles(_base("styles"), Parsed())


def begin(root: Path, files: Iterable[tuple[str, bytes]], subject: str) -> str:
    """Write the files, make the repository, commit; on failure leave no trace."""
    existed = root.exists()
    try:
        for path, data in files:
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return _commit_all(root, subject)
    except OSError as error:
        _clear(root, existed)
        raise disk_refusal(error, root) from error
    except BaseException:
        _clear(root, existed)
        raise


def _clear(root: Path, existed: bool) -> None:
    drop_tree(root)
    if existed:
        root.mkdir(exist_ok=True)


def _commit_all(root: Path, subject: str) -> str:
    """Committed in the user's name if git knows one, else in the program's own."""
    git.run(root, "init", "-q", "-b", "main")
    git.run(root, "-c", "core.autocrlf=false", "add", "-A", "-f")
    known = git.ask(root, "config", "user.name") or os.environ.get("GIT_AUTHOR_NAME")
    name = () if known else ("-c", "user.name=editorial", "-c", "user.email=editorial@localhost")
    message = str(Message(subject=subject, act="init", by=known or "editorial"))
    git.run(
        root,
        *name,
        "-c",
        "i18n.commitEncoding=UTF-8",
        "commit",
        "-q",
        "--no-gpg-sign",
        "--cleanup=verbatim",
        "-F",
        "-",
        stdin=message.encode(),
    )
    return git.head(root)
