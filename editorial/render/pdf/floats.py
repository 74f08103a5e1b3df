"""Where tables and figures go: here, to the foot of the page, or to the top of the next column.

They never come before the text they follow, keep their order, and leave no great hole:
text goes on in their place. A 分目 ends with its own, unless that would cost more than
`HOLE` lines; then they head the very next column.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor

from editorial.render.pdf.flow import Float, Flow, heads_height, is_behind, on_grid, room, skip
from editorial.render.pdf.frame import HAIR
from editorial.render.pdf.notes import foot_height, laid_foot
from editorial.render.pdf.pages import set_float, settle, turn
from editorial.values import dataclass

LONG = 0.7
HOLE = 6
TEXT_ABOVE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Movable:
    """A planned table or figure: its `kind`, `width`, `height` whole with its notes, and the
    `least` it can be squeezed into. `parts(room)`: it may begin in so much room and go on
    overleaf. `set_here` sets it at the depth reached, or as soon as it can begin."""

    kind: str
    width: float
    height: Callable[[], float]
    least: Callable[[], float]
    parts: Callable[[float], bool]
    set_here: Callable[[Flow], None]


def set_movable(flow: Flow, item: Movable, following: Callable[[float], float]) -> None:
    """Set `item`, or let it wait. `following(most)`: points of text up to the end of the 分目."""
    if item.width > flow.measure + HAIR:
        _set_across(flow, item)
    elif _stays(flow, item, following):
        clear_way(flow)
        while item.kind in flow.below:
            turn(flow)
        flow.whole = True
        _set_here(flow, item)
    else:
        flow.floats.append(_waiting(flow, item))


def _stays(flow: Flow, item: Movable, following: Callable[[float], float]) -> bool:
    """It fits, is too long to move, or too little text follows: headings would stand alone,
    or a hole be left that a beginning of it can fill."""
    space, free = room(flow) - heads_height(flow), not flow.floats and item.kind not in flow.below
    if (free and item.least() <= space + HAIR) or is_long(flow, item):
        return True
    text = following(space)
    if flow.waiting and text < 2 * flow.frame.line:
        return True
    return free and text + HOLE * flow.frame.line < space and item.parts(space)


def _set_here(flow: Flow, item: Movable) -> None:
    """In the flow, with half of what the line grid leaves over above it."""
    height = item.height()
    if height <= room(flow) - heads_height(flow):
        settle(flow, height)
        spare = on_grid(flow, flow.y + height) - flow.y - height
        skip(flow, max(0.0, min(spare / 2, room(flow) - height)))
    item.set_here(flow)


def is_long(flow: Flow, item: Movable) -> bool:
    """Too long to stand in one place: it goes over in the flow of the text."""
    return item.height() > LONG * flow.frame.depth


def _waiting(flow: Flow, item: Movable) -> Float:
    return Float(
        kind=item.kind,
        width=item.width,
        height=item.height(),
        set_here=item.set_here,
        inside=tuple(flow.tags.open),
        behind=flow.waiting[-1][1] if flow.waiting else -1,
    )


# Across all columns


def _set_across(flow: Flow, item: Movable) -> None:
    """At the top of the page if it has just begun, at its foot if the first column still has
    room above, else at the top of the next page."""
    waits = _waiting(flow, item)
    if flow.floats or flow.trial or flow.column:
        flow.floats.append(waits)
    elif flow.y <= flow.top + HAIR and not flow.waiting and waits.height <= room(flow):
        set_float(flow, waits)
    elif flow.bottom > flow.frame.depth - HAIR and _foot_is_free(flow, waits.height):
        _set_at_foot(flow, waits)
    else:
        flow.floats.append(waits)


def _foot_is_free(flow: Flow, height: float) -> bool:
    above = heads_height(flow) + TEXT_ABOVE * flow.frame.line
    return above + height <= room(flow)


def _set_at_foot(flow: Flow, item: Float) -> None:
    """Both columns end above it; its own notes stand below it."""
    line = flow.frame.line
    y, top, foot = flow.y, flow.top, flow.foot
    flow.y = upper = floor((flow.bottom - item.height) / line + HAIR) * line
    flow.foot = []
    set_float(flow, item)
    if flow.foot:
        below = flow.bottom - foot_height(flow.foot)
        flow.pages[-1].items += laid_foot(flow.foot, flow.left, flow.measure, below)
    flow.y, flow.top, flow.foot = y, top, foot
    flow.limit, flow.bottom = min(flow.limit, upper), upper
    flow.below += (item.kind,)


# The end of a 分目, of a 篇目


def end_section(flow: Flow) -> None:
    """Place what still waits before the next 分目, if that leaves no great hole."""
    while flow.floats:
        item = flow.floats[0]
        if item.width > flow.measure + HAIR or item.kind in flow.below:
            return
        if is_behind(flow, item):
            settle(flow, item.height)
        if item.height <= room(flow) - heads_height(flow) + HAIR:
            set_float(flow, flow.floats.pop(0))
        elif room(flow) <= HOLE * flow.frame.line:
            turn(flow)
        else:
            return


def place_rest(flow: Flow) -> None:
    """What still waits, in order, here or in columns to come; not what is wider than these."""
    while flow.floats and flow.floats[0].width <= flow.measure + HAIR:
        item = flow.floats[0]
        if is_behind(flow, item):
            settle(flow, item.height)
        if item.height <= room(flow) + HAIR and item.kind not in flow.below:
            set_float(flow, flow.floats.pop(0))
        else:
            turn(flow)


def clear_way(flow: Flow) -> None:
    """Nothing may wait any longer: what comes now must not overtake it."""
    place_rest(flow)
    while flow.floats:
        if is_behind(flow, flow.floats[0]):
            settle(flow, 0)
        turn(flow)
        place_rest(flow)
