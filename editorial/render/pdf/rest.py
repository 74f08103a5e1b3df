"""What still waits where the text of a 篇目 ends, or where a long wide table breaks it.

Of each kind it keeps its order; a figure may stand before a table that came first where that
one has no room. Narrow ones stand side by side, one that is alone in the middle.
"""

from __future__ import annotations

from editorial.render.pdf.columns import LEAST_LINES, set_columns
from editorial.render.pdf.floats import begins, fits, goes_on, place_first, place_next, place_rest
from editorial.render.pdf.flow import Float, Flow, firsts, fresh, is_behind, room
from editorial.render.pdf.frame import HAIR
from editorial.render.pdf.pages import settle, turn

# A table is parted rather than this much of a page left blank.
BLANK = 0.35


def place_all(flow: Flow) -> None:
    """Across the page what is wide or alone, narrow tables and figures side by side. Lying
    tables may be left, if the pages end with them."""
    while not all(item.leaves for item in flow.floats):
        if not (_place_beside(flow) or place_next(flow) or _place_part(flow)):
            _go_on(flow)


def _place_beside(flow: Flow) -> bool:
    """Several narrow ones in columns that end level, or a long one through them."""
    if room(flow) < LEAST_LINES * flow.frame.line:
        return False
    item = _next(flow)
    if item is None or not _is_narrow(flow, item):
        return False
    return (goes_on(flow, item) or _company(flow) > 1) and _in_columns(flow)


def _next(flow: Flow) -> Float | None:
    return next((each for each in firsts(flow) if fits(flow, each) or goes_on(flow, each)), None)


def _company(flow: Flow) -> int:
    """How many narrow ones have room here, up to the first of each kind that has not."""
    count, ended = 0, set[str]()
    for item in flow.floats:
        if not _is_narrow(flow, item) or item.least > room(flow):
            ended.add(item.kind)
        count += item.kind not in ended
    return count


def _is_narrow(flow: Flow, item: Float) -> bool:
    return item.width <= flow.frame.columns.width + HAIR < flow.measure


def _in_columns(flow: Flow, *, parted: bool = False) -> bool:
    waiting = len(flow.floats)
    columns = flow.frame.columns
    set_columns(flow, columns, 0, 1, lambda *_: place_rest(flow, parted=parted))
    return len(flow.floats) < waiting


def _place_part(flow: Flow) -> bool:
    """Begin one that does not fit where else much of the page would be blank."""
    if room(flow) < BLANK * flow.frame.depth:
        return False
    item = next((each for each in firsts(flow) if begins(flow, each)), None)
    if item and _is_narrow(flow, item):
        return _in_columns(flow, parted=True)
    return place_first(flow, begins)


def _go_on(flow: Flow) -> None:
    """To a new page; what has no room even there is set for all that."""
    if fresh(flow) and place_first(flow, lambda _, item: not item.leaves):
        return
    if any(item.leaves and is_behind(flow, item) for item in firsts(flow)):
        settle(flow, 0)  # a lying table is bound only after its headings
    turn(flow, floats=False)
