"""What can stand on a page, in points from the upper left corner of the type area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from editorial.render.pdf.images import Image
from editorial.render.pdf.paragraph import Lines

Stroke: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    lines: Lines
    x: float
    top: float
    start: int = 0
    stop: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Text in the outer margin beside `top`."""

    lines: Lines
    top: float


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    name: str
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A box that leads to an anchor."""

    name: str
    x: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOf:
    """The number of the page an anchor stands on, flush at `right`, with dots from `start`."""

    name: str
    start: float
    right: float
    top: float
    role: str


Item: TypeAlias = Text | Aside | Rules | Picture | Anchor | Jump | PageOf
