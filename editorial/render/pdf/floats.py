"""Where tables and figures go: here, to the foot of the page, or to the top of the next column.

They never come before the text they follow, keep their order, and leave no great hole:
text goes on in their place. A 分目 ends with its own, unless that would cost more than
`HOLE` lines; then they head the very next column.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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


def set_movable(
    flow: Flow,
    item: Movable,
    following: Callable[[float], float],
    notes: Callable[[float], float],
) -> None:
    """Set `item`, or let it wait. `following(most)`: points of text up to the end of the 分目;
    `notes(points)`: height of those that so much text to come calls for."""
    if item.width > flow.measure + HAIR:
        _set_across(flow, item, notes)
    elif is_long(flow, item) and leaves_wait(flow):
        flow.floats.append(_waiting(flow, item))
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


def leaves_wait(flow: Flow) -> bool:
    """Lying pages come after this one: text is to fill it first."""
    return any(item.leaves for item in flow.floats)


def _waiting(flow: Flow, item: Movable) -> Float:
    return Float(
        kind=item.kind,
        width=item.width,
        height=item.height(),
        set_here=partial(_set_alone, item),
        inside=tuple(flow.tags.open),
        behind=flow.waiting[-1][1] if flow.waiting else -1,
    )


def _set_alone(item: Movable, flow: Flow) -> None:
    """Nothing else that waits comes between its parts, and no columns begin amid it."""
    floats, whole = flow.floats, flow.whole
    flow.floats, flow.whole = [], True
    item.set_here(flow)
    flow.floats, flow.whole = floats, whole


# Across all columns


def _set_across(flow: Flow, item: Movable, notes: Callable[[float], float]) -> None:
    """At the top of the page if it has just begun, at its foot if the first column still has
    room above, else at the top of the next page."""
    waits = _waiting(flow, item)
    if flow.floats or flow.trial or flow.column:
        flow.floats.append(waits)
    elif flow.y <= flow.top + HAIR and not flow.waiting and waits.height <= room(flow):
        set_float(flow, waits)
    elif _foot_is_free(flow, waits.height):
        under = notes(_text_above(flow, waits.height))
        if _foot_is_free(flow, waits.height + under):
            _set_at_foot(flow, waits, under)
        else:
            flow.floats.append(waits)
    else:
        flow.floats.append(waits)


def _foot_is_free(flow: Flow, height: float) -> bool:
    if flow.below or flow.bottom < flow.frame.depth - HAIR:
        return False
    above = heads_height(flow) + TEXT_ABOVE * flow.frame.line
    return above + height <= room(flow)


def _text_above(flow: Flow, height: float) -> float:
    """Points of text to come that go above what is so high at the foot."""
    others = len(flow.columns.lefts) - 1
    return room(flow) - height + others * (flow.bottom - height - flow.top)


def _set_at_foot(flow: Flow, item: Float, under: float) -> None:
    """Both columns end above it; its own notes stand below it, and those of the text, which
    take no more than `under`."""
    line = flow.frame.line
    y, top, foot = flow.y, flow.top, flow.foot
    under += foot_height(foot)
    flow.y = upper = floor((flow.bottom - item.height - under) / line + HAIR) * line
    flow.foot = []
    set_float(flow, item)
    if not under:
        _set_own_notes(flow)
        flow.bottom = upper
    flow.y, flow.top, flow.foot = y, top, foot + flow.foot
    flow.limit = min(flow.limit, upper)
    flow.below += (item.kind,)


def _set_own_notes(flow: Flow) -> None:
    if flow.foot:
        below = flow.bottom - foot_height(flow.foot)
        flow.pages[-1].items += laid_foot(flow.foot, flow.left, flow.measure, below)
        flow.foot = []


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
        place_next(flow)


def place_next(flow: Flow) -> None:
    """The first that waits, or a column to come for it."""
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
