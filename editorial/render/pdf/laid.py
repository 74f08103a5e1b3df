"""Finished pages that do not know their place in the book yet, and may be kept for the next.

x counts from the left edge of the type area and y upward from its top, so that the same
page serves as a left or a right one, whatever its number.
"""

from __future__ import annotations

from dataclasses import field

from editorial.model.book import MissingGlyph
from editorial.model.finding import Finding
from editorial.render.pdf.images import Image
from editorial.render.pdf.structure import Box, Element
from editorial.values import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """`target` is an address, or # and the name of an anchor; `element` is the number of the
    element it belongs to."""

    box: Box
    target: str
    element: int


@dataclass(frozen=True, slots=True)
class LaidPage:
    """`body` is a deflated content stream; mark n of it belongs to element `marks[n]`.

    `anchors` are name, points below the top, column. `asides` stand in the outer margin:
    operators from the margin's near edge, width. `bars` stand beside changed lines: column,
    y from and to; `figures` are boxes by element. `chapter`, `group` and `section` are for its
    heads, `reached` is how far down its text comes.
    """

    body: bytes
    marks: tuple[int, ...] = ()
    anchors: tuple[tuple[str, float, int], ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[str, ...] = ()
    asides: tuple[tuple[str, float], ...] = ()
    bars: tuple[tuple[int, float, float], ...] = ()
    figures: tuple[tuple[int, Box], ...] = ()
    chapter: str = ""
    group: str = ""
    section: str = ""
    plain: bool = False
    reached: float = 0


@dataclass(frozen=True, slots=True)
class Laid:
    """Pages that follow one another, with all they are made of: characters by the name of
    their face on the page, pictures by key; `borrowed` are the roles that had to borrow their
    face."""

    pages: tuple[LaidPage, ...]
    elements: tuple[Element, ...] = ()
    used: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, Image] = field(default_factory=dict)
    missing: tuple[MissingGlyph, ...] = ()
    findings: tuple[Finding, ...] = ()
    borrowed: tuple[str, ...] = ()
