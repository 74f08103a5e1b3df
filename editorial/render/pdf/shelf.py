"""A shelf where finished things lie by key, and how keys are made."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from secrets import token_hex
from typing import Protocol, TypeVar

import numpy
import PIL
import reportlab
import uharfbuzz

from editorial import STARTED

T = TypeVar("T")

LIBRARIES = (reportlab, uharfbuzz, numpy, PIL)


class Shelf(Protocol):
    """Where bytes are kept by key; what is damaged counts as not there."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, data: bytes) -> None: ...


def restored(data: bytes | None, kind: type[T]) -> T | None:
    """What was pickled, if it is one of `kind`."""
    if not data:
        return None
    try:
        found = pickle.loads(data)
    except Exception:  # whatever a foreign or half-written file makes pickle raise
        return None
    return found if isinstance(found, kind) else None


def digest(*parts: bytes) -> str:
    """A key; each part is told apart from its neighbours by its length."""
    made = blake2b(digest_size=20)
    for part in parts:
        made.update(len(part).to_bytes(8))
        made.update(part)
    return made.hexdigest()


def stamp(path: Path) -> tuple[int, int, int]:
    """Size and times of change, by which a font file is known: what is copied over it may bear
    its own old time."""
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


@cache
def program() -> str:
    """The program as it is: an editor may have brought it up to date since. Its sources are
    known by size and times of change, as the faces are. If that was while this process ran, it
    is neither the old one nor the new: nothing of it is kept for others."""
    sources = sorted(_sources(Path(__file__).parent.parent.parent))
    versions = [sys.version, *(library.__version__ for library in LIBRARIES)]
    mixed = token_hex() if any(max(changed) > STARTED for _, _, *changed in sources) else ""
    return digest(repr((sources, versions, mixed)).encode())


def _sources(folder: Path | str) -> Iterator[tuple[str, int, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _sources(entry.path)
            elif entry.name.endswith((".py", ".txt")):
                seen = entry.stat()
                yield entry.path, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns
