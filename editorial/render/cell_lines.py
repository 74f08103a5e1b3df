"""How many lines the texts of cells take, told without setting them, and columns with which they
take the fewest. Figures stay with their units and words whole, which leaves room at the ends of
lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, permutations
from math import ceil
from typing import Generic

from editorial.render.grid import Cells, W

# Ems at the end of a line that nothing fits into, on the average of texts without figures.
LOST = 0.4
FIGURE = re.compile(r"[0-9]")
# What no line ends within: a figure and its unit, a foreign word, a character, each with the
# marks beside it.
_UNIT = r"[十百千万亿多余]*(?:平方|立方|标准)?[千兆吉公分厘毫微纳海小]?[\u4e00-\u9fff]"
WHOLE = re.compile(
    rf"[（《“〔]*(?:[!-~\u00a0×～]*[0-9](?:{_UNIT}(?:/{_UNIT})?)?|[!-~\u00a0]+|.)[，。、；：）》”〕]*"
)
LATIN_EM, MARK_EM = 0.55, 0.5
MARKS = tuple("，。、；：）》”〕")
KEPT = 2000
# Ems by which columns are made wider or narrower, and how many rows of a long table are asked.
MOVES, ASKED, HAIR = (6, 4, 2, 1), 60, 0.01


def lines_in(text: str, length: float, room: float) -> int:
    """Of a `text` that is `length` ems long on one line, in lines of `room` ems."""
    if not FIGURE.search(text):
        return ceil(length / max(room - LOST, 1.0))
    parts = _parts(text)
    scale = sum(ems for ems, _ in parts) / length
    lines, used, room = 1, 0.0, room * scale
    for ems, inked in parts:
        if used and used + inked > room:
            lines, used = lines + 1, 0.0
        used += ems
    return lines


@lru_cache(KEPT)
def _parts(text: str) -> tuple[tuple[float, float], ...]:
    """Ems of each part no line ends within, and of it at the end of a line, about."""
    parts = WHOLE.findall(text)
    lengths = (sum(LATIN_EM if sign.isascii() else 1.0 for sign in part) for part in parts)
    return tuple(
        (ems, ems - MARK_EM * part.endswith(MARKS))
        for part, ems in zip(parts, lengths, strict=True)
    )


class Heights(Generic[W]):
    """Lines of the rows of a table by the widths of its columns, in points: `size` is that of
    its type, `pads` the space beside the text of a cell, `lengths` ems of each on one line."""

    def __init__(self, cells: Cells[W], lengths: Sequence[float], size: float, pads: float) -> None:
        step = 1 + cells.rows // ASKED
        self.rows, self.size, self.pads = ceil(cells.rows / step), size, pads
        self.known: dict[tuple[int, int], list[int]] = {}
        self.texts: list[list[tuple[int, str, float]]] = [[] for _ in range(cells.columns)]
        for box, length in zip(cells.boxes, lengths, strict=True):
            if box.copy and box.across == box.down == 1 and not box.row % step:
                self.texts[box.column].append((box.row // step, box.copy.text, length))

    def total(self, widths: Sequence[float]) -> int:
        """Of all rows that are asked."""
        return sum(map(max, zip(*map(self._lines, range(len(widths)), widths), strict=True)))

    def is_high(self, column: int, width: float) -> bool:
        """Whether a text of the column takes several lines."""
        return max(self._lines(column, width)) > 1

    def _lines(self, column: int, width: float) -> list[int]:
        key = column, round(width * 10)
        if key not in self.known:
            lines, room = [1] * self.rows, (width - self.pads) / self.size
            for row, text, length in self.texts[column]:
                if length > room + HAIR:
                    lines[row] = lines_in(text, length, room)
            self.known[key] = lines
        return self.known[key]


def lowered(
    heights: Heights[W], leasts: Sequence[float], edges: Sequence[float], texts: Sequence[int]
) -> Sequence[float]:
    """Widths of the columns between `edges`, none made less than its least, with some moved from
    one to another of the columns of `texts` while that makes rows lower."""
    widths: Sequence[float] = [right - left for left, right in pairwise(edges)]
    best = heights.total(widths)
    for move in (ems * heights.size for ems in MOVES):
        while True:
            moved = min(
                _moved(heights, leasts, widths, texts, move), key=heights.total, default=widths
            )
            if (total := heights.total(moved)) >= best:
                break
            widths, best = moved, total
    return widths


def _moved(
    heights: Heights[W],
    leasts: Sequence[float],
    widths: Sequence[float],
    texts: Sequence[int],
    move: float,
) -> Iterator[list[float]]:
    """Each column with high texts wider, at the cost of each other."""
    for taker, giver in permutations(texts, 2):
        if heights.is_high(taker, widths[taker]) and widths[giver] - move >= leasts[giver] - HAIR:
            moved = list(widths)
            moved[giver] -= move
            moved[taker] += move
            yield moved
