"""Finished 篇目 kept for the next build, by everything they depend on.

The key is made of the text, the pictures' bytes, the style, the faces and the program
itself: a page can be old but never wrong. What cannot be read back is laid out again.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy
import PIL
import reportlab
import uharfbuzz

from editorial.model.book import Part
from editorial.model.style import DraftStyle
from editorial.render.fonts import FontTable
from editorial.render.pdf.laid import Laid
from editorial.render.pdf.shelf import Shelf, digest, restored, stamp

# Chapters of a book or two, held in memory for a program that stays open.
MOST_HELD = 48
LIBRARIES = (reportlab, uharfbuzz, numpy, PIL)
_HELD: OrderedDict[str, Laid] = OrderedDict()


def surroundings(style: DraftStyle, table: FontTable, anchors: Mapping[str, str]) -> str:
    """What all pages of a book depend on beside their text."""
    faces = {face for role in table.located.values() for face in role}
    files = sorted((str(f.path), f.index, f.weight, *stamp(f.path)) for f in faces)
    told = (style, files, sorted(anchors.items()), _code())
    return digest(*(repr(part).encode() for part in told))


@cache
def _code() -> str:
    """The program as it is: an editor may have brought it up to date since."""
    package = Path(__file__).parent.parent.parent
    sources = sorted([*package.glob("render/**/*.py"), *package.glob("model/*.py")])
    libraries = [library.__version__.encode() for library in LIBRARIES]
    return digest(*(source.read_bytes() for source in sources), *libraries)


def key_of(
    around: str, number: int, parts: Sequence[Part], numbers: Mapping[tuple[str, int], str]
) -> str:
    """The key of one 篇目."""
    ids = {part.id for part in parts}
    own = sorted((key, value) for key, value in numbers.items() if key[0] in ids)
    told = [around, str(number), repr(own)]
    return digest(*(text.encode() for text in told), *_told(parts))


def part_key(around: str, part: Part, numbers: Mapping[tuple[str, int], str]) -> str:
    """The key of one part by itself."""
    return key_of(around, 0, (part,), numbers)


def _told(parts: Sequence[Part]) -> Iterator[bytes]:
    for part in parts:
        text = part.digest or repr(part.blocks)
        yield repr((part.id, part.level, part.title, part.pending, text)).encode()
        for source, path in sorted(part.images.items()):
            yield source.encode()
            yield _contents(path)


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b"?"


def find(shelf: Shelf | None, key: str) -> Laid | None:
    """The pages kept under `key`; None where no shelf is given."""
    if shelf is None:
        return None
    if key in _HELD:
        _HELD.move_to_end(key)
        return _HELD[key]
    laid = restored(shelf.get(key), Laid)
    if laid is not None:
        _hold(key, laid)
    return laid


def keep(shelf: Shelf | None, key: str, laid: Laid) -> None:
    """Keep finished pages, where a shelf is given."""
    if shelf is not None:
        _hold(key, laid)
        shelf.put(key, pickle.dumps(laid, protocol=5))


def _hold(key: str, laid: Laid) -> None:
    _HELD[key] = laid
    while len(_HELD) > MOST_HELD:
        _HELD.popitem(last=False)


def forget() -> None:
    """Let go of what is held in memory, as a new process would."""
    _HELD.clear()
