"""Where tables and figures go: here, to the foot of the page, or to the top of the next column.

They never come before the text they follow, keep their order, and leave no great hole:
text goes on in their place. A 分目 ends with its own, unless that would cost more than
`HOLE` lines; then they head the very next column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import floor, inf

from editorial.render.pdf.flow import (
    Float,
    Flow,
    firsts,
    fresh,
    heads_height,
    is_behind,
    is_long,
    on_grid,
    room,
    skip,
    take,
)
from editorial.render.pdf.frame import HAIR
from editorial.render.pdf.notes import NOTE_GAP, foot_height, laid_foot
from editorial.render.pdf.pages import needed, set_float, settle, turn
from editorial.values import dataclass

HOLE = 6
TEXT_ABOVE = 4
# A table not higher than this share of a page waits, rather than being parted.
PARTED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Movable:
    """A planned table or figure: its `kind`, `width`, `height` whole with its `notes`, and the
    `least` it can be squeezed into. `parts(room)`: it may begin in so much room and go on
    overleaf. `set_here` sets it at the depth reached, or as soon as it can begin."""

    kind: str
    width: float
    height: Callable[[], float]
    least: Callable[[], float]
    set_here: Callable[[Flow], None]
    parts: Callable[[float], bool] = lambda _: False
    notes: Callable[[], float] = lambda: 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What comes after a table or figure: points of text up to the end of the 分目, and of the
    篇目, enough when above what is asked for; the height of notes that the text from so many
    points on up to so many calls for."""

    here: Callable[[float], float]
    beyond: Callable[[float], float]
    notes: Callable[[float, float], float]


def set_movable(flow: Flow, item: Movable, ahead: Ahead) -> None:
    """Set `item`, or let it wait."""
    if item.width > flow.measure + HAIR:
        _set_across(flow, item, ahead)
    elif is_long(flow, item.height()) and _lets_text_on(flow, item, ahead.here):
        flow.floats.append(_waiting(flow, item))
    elif _stays(flow, item, ahead.here):
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
    if (free and item.least() <= space + HAIR) or is_long(flow, item.height()):
        return True
    text = following(space)
    if flow.waiting and text < 2 * flow.frame.line:
        return True
    hole = text + HOLE * flow.frame.line < space
    return free and hole and item.height() > PARTED * flow.frame.depth and item.parts(space)


def _set_here(flow: Flow, item: Movable) -> None:
    """In the flow, with half of what the line grid leaves over above it."""
    height = item.height()
    if height <= room(flow) - heads_height(flow):
        settle(flow, height)
        spare = on_grid(flow, flow.y + height) - flow.y - height
        skip(flow, max(0.0, min(spare / 2, room(flow) - height)))
    item.set_here(flow)


def _lets_text_on(flow: Flow, item: Movable, following: Callable[[float], float]) -> bool:
    """A long one waits where it would leave a hole: it cannot begin under what waits before."""
    if leaves_wait(flow):
        return True
    line, space = flow.frame.line, room(flow) - heads_height(flow)
    if flow.waiting and following(space) < 2 * line:
        return False
    if not flow.floats:
        return item.kind in flow.below
    stays = any(each.width > flow.measure + HAIR or each.kind in flow.below for each in flow.floats)
    return stays or not item.parts(space - sum(each.height for each in flow.floats))


def leaves_wait(flow: Flow) -> bool:
    """Lying pages come after this one: text is to fill it first."""
    return any(item.leaves for item in flow.floats)


def _waiting(flow: Flow, item: Movable) -> Float:
    return Float(
        kind=item.kind,
        width=item.width,
        height=item.height(),
        set_here=partial(_set_alone, item),
        least=item.least(),
        parts=item.parts,
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


def _set_across(flow: Flow, item: Movable, ahead: Ahead) -> None:
    """At the top of the page if it has just begun, at its foot if the first column still has
    room above and text comes to fill it, else at the top of the next page."""
    waits = _waiting(flow, item)
    if flow.floats or flow.trial or flow.column:
        flow.floats.append(waits)
    elif flow.y <= flow.top + HAIR and not flow.waiting and waits.height <= room(flow):
        set_float(flow, waits)
    elif (under := _under_foot(flow, waits.height, ahead)) is not None:
        _set_at_foot(flow, waits, under)
    else:
        flow.floats.append(waits)


def _under_foot(flow: Flow, height: float, ahead: Ahead) -> float | None:
    """Height of the notes below what has its place at the foot; None where it has none. Text
    whose notes find no room there goes overleaf."""
    spaces = _spaces_above(flow, height)
    if flow.below or not spaces or ahead.beyond(sum(spaces)) < sum(spaces):
        return None
    most = _called_for(flow, spaces, ahead)
    if not (fewer := _spaces_above(flow, height + most)):
        return None
    under = _called_for(flow, fewer, ahead)
    return under if most - under <= HOLE * flow.frame.line else most


def _spaces_above(flow: Flow, height: float) -> list[float]:
    """Points of text to come in each column above what is so high at the foot; none where too
    little of the first is left."""
    if flow.bottom < flow.frame.depth - HAIR:
        return []
    limit = min(flow.limit, _upper(flow, height))
    first = limit - flow.y - heads_height(flow)
    others = len(flow.columns.lefts) - 1
    return [first, *[limit - flow.top] * others] if first >= TEXT_ABOVE * flow.frame.line else []


def _upper(flow: Flow, height: float) -> float:
    """Where the columns end above what is so high at the foot."""
    line = flow.frame.line
    return floor((flow.bottom - height) / line + HAIR) * line


def _called_for(flow: Flow, spaces: Sequence[float], ahead: Ahead) -> float:
    """Height of the notes of the column that has most."""
    most, start = foot_height(flow.foot), 0.0
    for column, space in enumerate(spaces):
        height = ahead.notes(start, start + space)
        if column == 0 and flow.foot and height:
            height += foot_height(flow.foot) - NOTE_GAP
        most, start = max(most, height), start + space
    return most


def _set_at_foot(flow: Flow, item: Float, under: float) -> None:
    """Both columns end above it; its own notes stand below it, and those of the text, which
    take no more than `under`."""
    y, top, limit, foot = flow.y, flow.top, flow.limit, flow.foot
    flow.y = upper = _upper(flow, item.height + under)
    flow.limit, flow.foot = flow.bottom, []  # columns made shorter leave it room all the same
    set_float(flow, item)
    if not under:
        _set_own_notes(flow)
    flow.y, flow.top, flow.foot = y, top, foot + flow.foot
    flow.limit, flow.under = min(limit, upper), under + foot_height(flow.foot) - foot_height(foot)
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
        if place_next(flow):
            continue
        if not _narrow_wait(flow) or room(flow) > HOLE * flow.frame.line:
            return
        turn(flow)


def place_rest(flow: Flow, *, parted: bool = False) -> None:
    """What still waits, here or in the next columns of this page; not what is wider than these.
    `parted`: the first may begin here, however short it is."""
    while flow.floats:
        if place_next(flow) or (parted and place_first(flow, begins)):
            parted = False
        elif flow.column + 1 < len(flow.columns.lefts) and _narrow_wait(flow):
            turn(flow, floats=False)
        else:
            return


def _narrow_wait(flow: Flow) -> bool:
    return any(_may_stand(flow, item) for item in firsts(flow))


def place_next(flow: Flow) -> bool:
    """The next that has room here, or is long and can begin here; whether there is one."""
    return place_first(flow, fits) or place_first(flow, goes_on)


def place_first(flow: Flow, has_room: Callable[[Flow, Float], bool]) -> bool:
    """Set the first that has room; of each kind only the next may be, so that it keeps its
    order."""
    item = next((each for each in firsts(flow) if has_room(flow, each)), None)
    if item is None:
        return False
    take(flow, item)
    if is_behind(flow, item):
        settle(flow, item.least if fits(flow, item) else 0)
    limit = flow.limit
    flow.limit = lower = min(limit, flow.y + _share(flow, item))
    set_float(flow, item)
    if flow.limit == lower:  # else it went over to a page with one of its own
        flow.limit = limit
    return True


def _share(flow: Flow, item: Float) -> float:
    """Points a picture may take, so that both it and the next that waits have room here, each as
    much smaller as the other."""
    space = room(flow) - flow.frame.line
    for each in firsts(flow) if item.least < item.height else ():
        both = item.height + each.height
        if _may_stand(flow, each) and item.least + each.least <= space < both:
            return max(item.least, min(space * item.height / both, space - each.least))
    return inf


def fits(flow: Flow, item: Float) -> bool:
    """All of it, or a picture a little smaller, under the headings that must come first."""
    return _may_stand(flow, item) and _under(flow, item, item.least) <= room(flow) + HAIR


def begins(flow: Flow, item: Float) -> bool:
    """It can begin here and go on overleaf."""
    return _may_stand(flow, item) and item.parts(room(flow) - _under(flow, item, 0))


def goes_on(flow: Flow, item: Float) -> bool:
    """It is so long that it goes on overleaf wherever it begins."""
    return is_long(flow, item.height) and begins(flow, item)


def _may_stand(flow: Flow, item: Float) -> bool:
    return item.width <= flow.measure + HAIR and item.kind not in flow.below


def _under(flow: Flow, item: Float, height: float) -> float:
    return needed(flow, height) if is_behind(flow, item) else height


def clear_way(flow: Flow) -> None:
    """Nothing may wait any longer: what comes now must not overtake it."""
    place_rest(flow)
    while flow.floats:
        item = flow.floats[0]
        if not _set_with_heads(flow, item):
            if item.leaves and is_behind(flow, item):
                settle(flow, 0)
            turn(flow)
        place_rest(flow)


def _set_with_heads(flow: Flow, item: Float) -> bool:
    """At the top of a page, under its headings, which go across the columns with it; whether
    it was done."""
    if item.leaves or not is_behind(flow, item) or flow.column or flow.y > flow.top:
        return False
    if not fresh(flow) and needed(flow, item.least) > room(flow) + HAIR:
        return False  # in turning the page it would be neither waiting nor set
    take(flow, item)
    columns = flow.columns
    if item.width > flow.measure + HAIR:
        flow.columns = flow.frame.whole
    settle(flow, item.least)
    set_float(flow, item)
    if flow.columns is not columns:
        flow.columns, flow.top = columns, flow.y
    return True
