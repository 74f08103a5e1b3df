"""Widths, classes and glyph codes of characters, as tables a whole book is looked up in.

One row a face, one column a code point; a place is filled when its character is first met.
The tables are shared by all builds of a process and only ever grow.
"""

from __future__ import annotations

import sys
from functools import cache

import numpy as np
from numpy.typing import NDArray

from editorial.render.pdf.classes import BETWEEN, NUMBER_OF, Bytes, Counts, Places, Points, kind_of
from editorial.render.pdf.face import Face
from editorial.values import dataclass

# Unicode's planes 0 to 3 hold all Han; behind them come planes 15 and 16, of private signs.
# What lies between, where no character is, shares the last column before theirs.
HAN_PLANES, PRIVATE = 0x34000, 0xF0000
SHIFT = PRIVATE - HAN_PLANES
POINTS = sys.maxunicode + 1 - SHIFT


@dataclass(slots=True)
class Measures:
    """Rows in the order faces were met, after row 0 for what has no face: the line that
    stands between two texts. `kinds` is 255 where nothing is filled in yet. `widths` are kept
    so short that sums of a million of them are exact."""

    rows: dict[Face, int]
    kinds: Bytes
    widths: NDArray[np.float32]
    codes: NDArray[np.uint16]

    def row(self, face: Face) -> int:
        """The number of a face."""
        if face not in self.rows:
            number = self.rows[face] = len(self.rows) + 1
            if (number + 1) * POINTS > len(self.kinds):
                self._grow()
        return self.rows[face]

    def _grow(self) -> None:
        more = len(self.kinds)
        self.kinds = np.concatenate([self.kinds, np.full(more, 255, np.uint8)])
        self.widths = np.concatenate([self.widths, np.zeros(more, np.float32)])
        self.codes = np.concatenate([self.codes, np.zeros(more, np.uint16)])

    def places(self, faces: Counts, points: Points) -> Places:
        """Where to look up each character of a face, filled."""
        places = faces.astype(np.int64) * POINTS + _columns(points)
        empty = self.kinds[places] == 255
        if empty.any():
            self._fill(sorted(set(places[empty].tolist())))
        return places

    def _fill(self, places: list[int]) -> None:
        faces = list(self.rows)
        for place in places:
            row, column = divmod(place, POINTS)
            point = column if column < HAN_PLANES else column + SHIFT
            face, char = faces[row - 1], chr(point)
            width = face.widths[char]
            self.kinds[place] = NUMBER_OF[BETWEEN if char == BETWEEN else kind_of(char, width)]
            self.widths[place] = 0 if char == BETWEEN else width
            self.codes[place] = ord(face.codes[point])


def _columns(points: Points) -> Points:
    columns = np.minimum(points, HAN_PLANES - 1)
    private = points >= PRIVATE
    if private.any():
        columns[private] = points[private] - SHIFT
    return columns


@cache
def measures() -> Measures:
    """The tables of this process, with room for four faces as yet."""
    count = 4 * POINTS
    kinds = np.full(count, 255, np.uint8)
    kinds[ord(BETWEEN)] = NUMBER_OF[BETWEEN]
    return Measures({}, kinds, np.zeros(count, np.float32), np.zeros(count, np.uint16))
