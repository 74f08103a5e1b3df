"""What can stand on a page, in points from the upper left corner of the type area.

`tag` is the element of the logical structure a thing belongs to, ARTIFACT for what is
none of the text; rules are always artifacts.
"""

from __future__ import annotations

from typing import TypeAlias

from editorial.render.pdf.images import Image
from editorial.render.pdf.paragraph import Lines
from editorial.render.pdf.tags import ARTIFACT
from editorial.values import dataclass

Stroke: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    lines: Lines
    x: float
    top: float
    start: int = 0
    stop: int | None = None
    tag: int = ARTIFACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Text in the outer margin beside `top`."""

    lines: Lines
    top: float
    tag: int = ARTIFACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Straight strokes x0, y0, x1, y1 of one weight (points) and grey (0 black)."""

    strokes: tuple[Stroke, ...]
    weight: float
    grey: float = 0
    color: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    image: Image
    x: float
    top: float
    width: float
    height: float
    tag: int = ARTIFACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A place links lead to; `column` counts from 0."""

    name: str
    top: float
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A box that leads to an anchor."""

    name: str
    x: float
    top: float
    width: float
    height: float
    tag: int = ARTIFACT


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOf:
    """The number of the page an anchor stands on, flush at `right`, with dots from `start`.

    `size` is that of the largest numbers in its list, 0 that of its own.
    """

    name: str
    start: float
    right: float
    top: float
    role: str
    size: float = 0
    tag: int = ARTIFACT


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesOf:
    """`places` flush at `right`, each as it is said and the anchor it leads to, with dots from
    `start`, if there is room: `12a、35b`, or `12、35` in books of one column. `more`: they go
    on in the next line."""

    places: tuple[tuple[str, str], ...]
    start: float
    right: float
    top: float
    role: str
    more: bool = False
    tag: int = ARTIFACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """Things turned a quarter to the left: their own left edge is the lower edge of a box of
    `height` by `width` points, whose upper left corner is at `left`, `top`. No anchors."""

    items: tuple[Item, ...]
    width: float
    height: float
    left: float = 0
    top: float = 0


Item: TypeAlias = Text | Aside | Rules | Picture | Anchor | Jump | PageOf | PagesOf | Turned
