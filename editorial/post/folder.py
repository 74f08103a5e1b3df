"""A folder into which people put what they got by chat, on a stick or by mail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from editorial.errors import EditorialError

# Half-written or none of ours: Word's own, browsers' and WeChat's unfinished downloads.
PASSING = (".tmp", ".part", ".partial", ".crdownload", ".download", ".lnk")
NOISE = frozenset({"thumbs.db", "desktop.ini"})


def dropped(place: Path) -> tuple[Path, ...]:
    """Files in the folder and below, the oldest first; a file is itself. Links are not
    followed: they may lead anywhere."""
    if place.is_file():
        return (place,)
    if not place.is_dir():
        raise EditorialError("没有这个文件或目录", where=str(place), hint="请检查写法")
    found = [path for path in _files(place) if not _passing(path.name)]
    return tuple(sorted(found, key=lambda path: (path.stat().st_mtime_ns, str(path))))


def _files(place: Path) -> Iterator[Path]:
    for folder, inner, names in os.walk(place):
        inner[:] = sorted(each for each in inner if not each.startswith((".", "__MACOSX")))
        for name in names:
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _passing(name: str) -> bool:
    small = name.casefold()
    return name.startswith((".", "~$")) or small in NOISE or small.endswith(PASSING)
