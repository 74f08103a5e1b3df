"""Words drawn as their outlines: to be seen, but neither searched for nor copied with the text."""

from __future__ import annotations

from collections.abc import Sequence

import uharfbuzz as hb

from editorial.render.pdf.fount import Fount, Sorts

MIDDLE = 0.38  # of an em, from the base line of Chinese characters up to their middle


class Path:
    """Operators of an outline, in `scale` points a unit of the face, `x` points to the right."""

    def __init__(self, x: float, scale: float) -> None:
        self.parts: list[str] = []
        self.x, self.scale = x, scale

    def put(self, operator: str, *at: float) -> None:
        """`at` are x and y by turns, in units of the face."""
        points = zip(at[::2], at[1::2], strict=True)
        said = [f"{self.x + self.scale * x:.2f} {self.scale * y:.2f}" for x, y in points]
        self.parts.append(" ".join([*said, operator]))


def _operators() -> hb.DrawFuncs:
    """HarfBuzz itself makes cubic curves, the only ones of PDF, of quadratic ones."""
    made = hb.DrawFuncs()
    made.set_move_to_func(lambda x, y, path: path.put("m", x, y))
    made.set_line_to_func(lambda x, y, path: path.put("l", x, y))
    made.set_cubic_to_func(lambda a, b, c, d, x, y, path: path.put("c", a, b, c, d, x, y))
    made.set_close_path_func(lambda path: path.put("h"))
    return made


def length_of(sorts: Sequence[Sorts]) -> float:
    """In ems."""
    return sum(each.face.widths[char] for each in sorts for char in each.text) / 1000


def outlined(fount: Fount, role: str, text: str, room: float, largest: float) -> str:
    """The paths of `text` on one line, filled, with the middle of its length and of its Chinese
    characters at 0, 0; `room` points long at most, in type of `largest` points at most."""
    sorts, operators = fount.sorts(role, text), _operators()
    size = min(largest, room / max(length_of(sorts), 1))
    x, parts = 0.0, list[str]()
    for each in sorts:
        font = each.face.font
        for char in each.text:
            path = Path(x, size / font.face.upem)
            font.draw_glyph(font.get_nominal_glyph(ord(char)) or 0, operators, path)
            parts += path.parts
            x += size * each.face.widths[char] / 1000
    begin = f"1 0 0 1 {-x / 2:.2f} {-MIDDLE * size:.2f} cm"
    return "\n".join([begin, *parts, "f"])
