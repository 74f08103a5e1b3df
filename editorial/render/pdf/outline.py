"""Words drawn as their outlines: to be seen, but neither searched for nor copied with the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from editorial.render.pdf.fount import Fount, Sorts

Point: TypeAlias = tuple[float, float]
MIDDLE = 0.38  # of an em, from the base line of Chinese characters up to their middle


class Pen:
    """Writes paths as PDF operators, in `scale` points a unit of the face, moved `x` points to
    the right. Called by HarfBuzz as fontTools names it."""

    def __init__(self, x: float, scale: float) -> None:
        self.parts: list[str] = []
        self.x, self.scale = x, scale
        self.at: Point = (0.0, 0.0)

    def _put(self, operator: str, *points: Point) -> None:
        said = [f"{self.x + self.scale * x:.2f} {self.scale * y:.2f}" for x, y in points]
        self.parts.append(" ".join([*said, operator]))
        self.at = points[-1] if points else self.at

    def moveTo(self, to: Point) -> None:  # noqa: N802  fontTools' names, here and below
        self._put("m", to)

    def lineTo(self, to: Point) -> None:  # noqa: N802
        self._put("l", to)

    def curveTo(self, *points: Point) -> None:  # noqa: N802
        self._put("c", *points)

    def qCurveTo(self, middle: Point, to: Point) -> None:  # noqa: N802
        """A curve of one control point, which PDF does not have."""
        self._put("c", _between(self.at, middle), _between(to, middle), to)

    def closePath(self) -> None:  # noqa: N802
        self._put("h")


def _between(end: Point, middle: Point) -> Point:
    return end[0] + (middle[0] - end[0]) * 2 / 3, end[1] + (middle[1] - end[1]) * 2 / 3


def length_of(sorts: Sequence[Sorts]) -> float:
    """In ems."""
    return sum(each.face.widths[char] for each in sorts for char in each.text) / 1000


def outlined(fount: Fount, role: str, text: str, room: float, largest: float) -> str:
    """The paths of `text` on one line, filled, with the middle of its length and of its Chinese
    characters at 0, 0; `room` points long at most, in type of `largest` points at most."""
    sorts = fount.sorts(role, text)
    size = min(largest, room / max(length_of(sorts), 1))
    x, parts = 0.0, []
    for each in sorts:
        font = each.face.font
        for char in each.text:
            pen = Pen(x, size / font.face.upem)
            font.draw_glyph_with_pen(font.get_nominal_glyph(ord(char)) or 0, pen)
            parts += pen.parts
            x += size * each.face.widths[char] / 1000
    begin = f"1 0 0 1 {-x / 2:.2f} {-MIDDLE * size:.2f} cm"
    return "\n".join([begin, *parts, "f"])
