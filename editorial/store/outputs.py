"""Rendered files that belong together (none is committed): all come into place, or none."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from editorial.store.files import beside_name, disk_refusal, put
from editorial.store.in_use import come_into_place, give_up
from editorial.store.save import refuse_inside
from editorial.store.workspace import Workspace

Put = Callable[[Path, bytes], None]


@contextmanager
def outputs(workspace: Workspace) -> Iterator[Put]:
    """What is put meanwhile lies beside its name, and comes into place when all has gone well."""
    beside: dict[Path, Path] = {}

    def put_beside(path: Path, data: bytes) -> None:
        refuse_inside(path, workspace)
        beside[path] = beside_name(path)
        with _refusals(path):
            put(beside[path], data)
            _try_place(path, beside[path])

    try:
        yield put_beside
        for path, written in beside.items():
            with _refusals(path):
                come_into_place(written, path)
    finally:
        for written in beside.values():
            give_up(written)


def _try_place(path: Path, written: Path) -> None:
    """Whatever would stop the file from coming into place stops it now."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists():
        come_into_place(path, path)  # Windows refuses while Word has it open
        shutil.copymode(path, written)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise disk_refusal(error, path) from error
