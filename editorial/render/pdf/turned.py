"""Tables that lie: wider than the page is, they stand on it turned a quarter to the left.

顶左底右 (CY/T 170-2019): the head of the table is at the left side of left and right pages,
so that the book is turned clockwise to read it.
"""

from __future__ import annotations

from dataclasses import replace

from editorial.render.pdf.flow import Page
from editorial.render.pdf.frame import Frame
from editorial.render.pdf.items import Turned


def lying(frame: Frame) -> Frame:
    """The type area as it is when the page is turned."""
    return replace(frame, measure=frame.depth, depth=frame.measure)


def turned(page: Page, frame: Frame) -> Page:
    """A page set in a lying frame, as it goes into the book."""
    items = tuple(page.items)
    page.items[:] = [Turned(items=items, width=frame.measure, height=frame.depth)]
    page.reached = 0
    return page
