"""Finished 篇目 kept for the next build, by everything they depend on.

The key is made of the text, the pictures' bytes, the style, the faces and the program
itself: a page can be old but never wrong. What cannot be read back is laid out again.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from time import time_ns
from typing import NamedTuple

from editorial.model.book import Part
from editorial.model.style import DraftStyle
from editorial.render.fonts import FontTable
from editorial.render.pdf.caches import LruCache
from editorial.render.pdf.laid import Laid
from editorial.render.pdf.shelf import Shelf, digest, program, restored, stamp
from editorial.render.pdf.structure import Element

# Chapters of a book or two, held in memory for a program that stays open.
MOST_HELD = 48
# Nanoseconds in which a file can change without another time.
UNSETTLED = 2_000_000_000
_HELD = LruCache[str, Laid](MOST_HELD)


def surroundings(style: DraftStyle, table: FontTable, anchors: Mapping[str, str]) -> str:
    """What all pages of a book depend on beside their text."""
    # In their order: the first face of a role is its own, and pages call faces by number.
    faces = [
        (role, [(str(f.path), f.index, f.weight, f.wanted, *stamp(f.path)) for f in located])
        for role, located in table.located.items()
    ]
    told = (style, faces, sorted(anchors.items()), program())
    return digest(*(repr(part).encode() for part in told))


def key_of(
    around: str, number: int, parts: Sequence[Part], numbers: Mapping[tuple[str, int], str]
) -> str:
    """The key of one 篇目 of this number, 0 for none."""
    ids = {part.id for part in parts}
    own = sorted((key, value) for key, value in numbers.items() if key[0] in ids)
    told = [around, str(number), repr(own)]
    return digest(*(text.encode() for text in told), *_told(parts))


def part_key(around: str, part: Part, numbers: Mapping[tuple[str, int], str]) -> str:
    """The key of one part by itself, for this process alone."""
    return f"{pictured((part,))} {key_of(around, 0, (part,), numbers)}"


def pictured(parts: Sequence[Part]) -> tuple[tuple[int, ...], ...]:
    """The pictures as they lie there now: pages are made of what they were then as well."""
    return tuple([_seen(path) for part in parts for path in part.images.values()])


def _seen(path: Path) -> tuple[int, ...]:
    try:
        seen = path.stat()
    except OSError:
        return ()
    return seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


def _told(parts: Sequence[Part]) -> Iterator[bytes]:
    for part in parts:
        text = part.digest or repr(part.blocks)
        kind = part.level, part.matter.value, part.stands_for
        yield repr((part.id, *kind, part.title, part.pending, text)).encode()
        for source, path in sorted(part.images.items()):
            yield source.encode()
            yield _contents(path)


def _contents(path: Path) -> bytes:
    """What stands for the bytes of a picture. One just written may be written again before its
    times can tell."""
    try:
        seen = path.stat()
        times = seen.st_mtime_ns, seen.st_ctime_ns
        if time_ns() - max(times) < UNSETTLED:
            return _read(path)
        return _known(path, seen.st_ino, seen.st_size, times)
    except OSError:
        return b"?"


@lru_cache(maxsize=4096)
def _known(path: Path, _inode: int, _size: int, _times: tuple[int, int]) -> bytes:
    return _read(path)


def _read(path: Path) -> bytes:
    return digest(path.read_bytes()).encode()


def find(shelf: Shelf | None, key: str) -> Laid | None:
    """The pages kept under `key`; None where no shelf is given."""
    if shelf is None:
        return None
    laid = _HELD.get(key)
    if laid is None:
        laid = unpacked(shelf.get(key))
        if laid is not None:
            hold(key, laid)
    return laid


def keep(shelf: Shelf | None, key: str, laid: Laid) -> None:
    """Keep finished pages, where a shelf is given."""
    if shelf is not None:
        hold(key, laid)
        shelf.put(key, packed(laid))


class _Packed(NamedTuple):
    """`columns` are the elements of the pages field by field: thousands of them are written and
    read several times as fast."""

    laid: Laid
    columns: tuple[tuple[object, ...], ...]


def packed(laid: Laid) -> bytes:
    """Pages as they lie on a shelf."""
    columns = tuple(zip(*laid.elements, strict=True))
    return pickle.dumps(_Packed(replace(laid, elements=()), columns), protocol=5)


def unpacked(data: bytes | None) -> Laid | None:
    """What was packed; None for anything else."""
    found = restored(data, _Packed)
    if found is None:
        return None
    return replace(found.laid, elements=tuple(map(Element._make, zip(*found.columns, strict=True))))


def hold(key: str, laid: Laid) -> None:
    """Keep in memory what lies on the shelf."""
    _HELD.put(key, laid)
