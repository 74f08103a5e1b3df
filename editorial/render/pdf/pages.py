"""The pages of a book while they fill: columns of text, headings, notes at the foot.

Nothing is drawn here, so page numbers may be asked for before the page they name exists.
"""

from __future__ import annotations

from math import isinf

from editorial.render.pdf.flow import (
    Float,
    Flow,
    Head,
    Page,
    Passage,
    firsts,
    fresh,
    heads_height,
    is_behind,
    is_long,
    on_grid,
    room,
    set_anchor,
    skip,
    snap,
    take,
)
from editorial.render.pdf.footnotes import (
    add_note,
    begun_notes,
    lay_note,
    least_notes,
    number_calls,
)
from editorial.render.pdf.frame import HAIR
from editorial.render.pdf.items import Aside, Text
from editorial.render.pdf.notes import foot_height, laid_foot

SPILL_LEAVES = 3
# Floats leave text a third of a column, or are so many that hardly any would follow.
FLOATS_MOST, FLOATS_ALL = 0.7, 0.78
# What is not left blank of a column for the sake of long notes.
NOTES_HOLE = 1 / 3


# Columns and pages


def turn(flow: Flow, *, plain: bool = False, floats: bool = True) -> Page:
    """Go on in the next column or on a new page, where the rest of long notes and `floats`
    that wait come first. A plain page is always a new one."""
    if flow.pages:
        close_column(flow)
    if flow.pages and not plain and flow.column + 1 < len(flow.columns.lefts):
        flow.column += 1
        flow.y = flow.top
    else:
        _open_page(flow, plain, every=not floats)
    rest, flow.spill = flow.spill, []
    for note in rest:
        lay_note(flow, note, flow.y + SPILL_LEAVES * flow.frame.line)
    while floats and flow.floats and (item := _with_place(flow)):
        set_float(flow, take(flow, item))
    if flow.watch:
        flow.watch(flow)
    return flow.pages[-1]


def _open_page(flow: Flow, plain: bool, *, every: bool) -> None:
    _bind_leaves(flow, every=every)
    page = Page(head=flow.head, group=flow.group, section=flow.section, plain=plain)
    flow.pages.append(page)
    flow.column = 0
    flow.below, flow.over = (), False
    flow.y = flow.top = flow.filled = flow.lowest = flow.noted = 0.0
    flow.limit = flow.bottom = flow.frame.depth


def _bind_leaves(flow: Flow, *, every: bool) -> None:
    """Finished pages whose turn it is come before the next one, or `every` one that no table
    stands before."""
    while item := _lying(flow, every=every):
        for leaf in take(flow, item).leaves:
            leaf.head = flow.head
            flow.pages.append(leaf)


def _lying(flow: Flow, *, every: bool) -> Float | None:
    waiting = firsts(flow) if every else flow.floats[:1]
    return next((item for item in waiting if item.leaves and not is_behind(flow, item)), None)


def close_column(flow: Flow) -> None:
    """The notes of the column into their places; how far down it came."""
    flow.over = flow.over or room(flow) < -HAIR
    flow.filled += flow.y - flow.top
    flow.pages[-1].spread = _spread(flow)
    flow.lowest = max(flow.lowest, flow.y)
    flow.pages[-1].reached = max(flow.pages[-1].reached, flow.y)
    if flow.foot:
        height = foot_height(flow.foot)
        top = flow.bottom - height
        flow.pages[-1].items += laid_foot(flow.foot, flow.left, flow.measure, top)
        flow.noted = max(flow.noted, height)
        flow.foot = []


def _spread(flow: Flow) -> float:
    """How far down the page comes with its columns levelled."""
    count, known = len(flow.columns.lefts), flow.pages[-1].spread
    if count > 1:
        return flow.top + flow.filled / count
    return known if known and flow.y <= flow.lowest + flow.frame.line else flow.y


def finish(flow: Flow) -> None:
    """Place headings nothing followed, floats that still wait, and what is left of notes."""
    settle(flow, 0)
    while flow.spill or not all(item.leaves for item in flow.floats):
        turn(flow)
    if flow.pages:
        close_column(flow)
    _bind_leaves(flow, every=True)


def _with_place(flow: Flow) -> Float | None:
    """The next float that has its place at the top of a column."""
    return next((item for item in firsts(flow) if _has_place(flow, item)), None)


def _has_place(flow: Flow, item: Float) -> bool:
    """Whether it fits; the first one always does on a page of its own."""
    if item.width > flow.measure + HAIR and (flow.column or flow.y > flow.top):
        return False
    if item.kind in flow.below or is_behind(flow, item):
        return False
    if fresh(flow):
        return True
    if is_long(flow, item.height) and item.parts(room(flow)):
        return True
    filled = (flow.y + item.height) / flow.limit
    return item.height <= room(flow) and not FLOATS_MOST < filled < FLOATS_ALL


def set_float(flow: Flow, item: Float) -> None:
    """Set a float at the depth reached; text goes on below it in all columns it crosses."""
    columns, inside, heads = flow.columns, flow.tags.open, flow.waiting
    flow.tags.open, flow.waiting = list(item.inside), []
    if item.width > columns.width + HAIR:
        flow.columns = flow.frame.whole
    item.set_here(flow)
    snap(flow)
    if flow.columns is not columns:
        flow.columns, flow.top = columns, flow.y
    flow.tags.open, flow.waiting = inside, heads


# Headings


def settle(flow: Flow, following: float) -> None:
    """Place the waiting headings, on a new page if `following` points do not fit under them."""
    if not flow.waiting:
        while following > max(room(flow) + HAIR, 0.0) and not fresh(flow):
            turn(flow)
        return
    while not fresh(flow) and needed(flow, following) > room(flow) + HAIR:
        turn(flow)
    height = heads_height(flow)
    spare = _spare(flow, height)
    kept = flow.y + height + spare + following
    at_top = flow.y <= flow.top
    heads, flow.waiting = flow.waiting, []
    for index, (head, tag) in enumerate(heads):
        above = head.before if index or not at_top else 0.0
        # All the grid leaves over stands above the first: the others are equally far everywhere.
        _set_head(flow, head, tag, above if index else above + spare, kept)
    snap(flow)


def needed(flow: Flow, following: float) -> float:
    """Points the waiting headings take, with their notes and so many under them."""
    height = heads_height(flow)
    return height + _spare(flow, height) + following + _heads_notes(flow)


def _spare(flow: Flow, height: float) -> float:
    """What `height` points from here lack to the next line of the grid."""
    return on_grid(flow, flow.y + height) - flow.y - height


def _heads_notes(flow: Flow) -> float:
    return sum(
        least_notes(flow, head.passage, 0, head.passage.lines.count) for head, _ in flow.waiting
    )


def _set_head(flow: Flow, head: Head, tag: int, above: float, kept: float) -> None:
    """A heading below so much white; its notes leave the depth down to `kept` to what must
    follow it."""
    flow.y = max(flow.y, min(flow.y + above, flow.limit))
    lines = head.passage.lines
    whole, flow.whole = flow.whole, True
    if lines.height > room(flow) and not fresh(flow):
        turn(flow)
    page, top = flow.pages[-1], flow.y
    set_anchor(flow, head.anchor)
    if head.title:
        flow.section = page.section = head.title
        page.first = page.first or head.title
    if head.group is not None:
        flow.group = page.group = head.group
    for aside in head.aside:
        page.items.append(Aside(lines=aside, top=top, tag=tag))
        top += aside.height
    flow.tags.open.append(tag)
    x = (flow.measure - lines.width) / 2 if lines.look.align == "center" else 0
    pour(flow, head.passage, x=x, kept=kept)
    flow.tags.open.pop()
    flow.whole = whole
    skip(flow, head.after)


# Text


def set_passage(
    flow: Flow,
    passage: Passage,
    *,
    tail: float = 0,
    fellows: float = 0,
    anchor: str = "",
    role: str = "P",
    opening: int = 2,
) -> None:
    """Text in the flow under its headings; `tail` points must fit under its last line, and the
    `fellows` of a single line; so many lines as `opening` begin it together."""
    lines = passage.lines
    count = lines.count
    if not count:
        return
    whole = count <= opening + 1
    opening = count if whole else opening
    height = opening * lines.leading + (tail if whole else 0)
    while flow.below and isinf(least_notes(flow, passage, 0, opening)):
        turn(flow)
    under, least = _notes_under(flow, passage, opening, height)
    settle(flow, height + under + fellows)
    set_anchor(flow, anchor)
    with flow.tags.inside(role):
        pour(flow, passage, tail=tail, least=least)


def _notes_under(flow: Flow, passage: Passage, opening: int, height: float) -> tuple[float, int]:
    """What the notes need that so many first lines, `height` points, call for; and how many of
    these stand here though their notes run over: all where else the headings would stand alone
    or a hole be left for the sake of several long ones."""
    if not passage.notes:
        return 0, 0
    notes = least_notes(flow, passage, 0, opening)
    together, space, depth = needed(flow, height + notes), room(flow), flow.frame.depth
    if together <= space + HAIR or (space < NOTES_HOLE * depth and together <= depth):
        return notes, 0
    return begun_notes(flow, passage, 0, opening), opening


def pour(
    flow: Flow,
    passage: Passage,
    *,
    tail: float = 0,
    x: float = 0,
    kept: float = 0,
    start: int = 0,
    least: int = 0,
) -> None:
    """Lines from `start` over as many columns as they need, two at least on each side of a
    turn, as part of the innermost open element.

    `tail` points must fit under the last line, `x` moves the lines to the right, and
    their notes leave the depth down to `kept` free. So many lines as `least` are set here even
    if their notes have to run over.
    """
    count = passage.lines.count
    while start < count:
        taken = _fitting(flow, passage, start, count, tail, least)
        if taken:
            put(flow, passage, start, start + taken, x=x, kept=kept)
            start += taken
        if start < count:
            flow.line = start
            turn(flow)
            kept = least = 0


def _fitting(flow: Flow, passage: Passage, start: int, count: int, tail: float, least: int) -> int:
    """How many lines from `start` go into this column; never 0 on a fresh page."""
    left, space = count - start, room(flow) + HAIR
    leading = passage.lines.leading
    if not passage.notes:
        most = int(space / leading)
    else:
        most = max(least, _most_with_notes(flow, passage, start, count, space))
    if most < left:
        return _before_turn(flow, left, most)
    if not tail or leading * left + tail <= space or fresh(flow):
        return left
    return _before_turn(flow, left, left - 1)


def _before_turn(flow: Flow, left: int, most: int) -> int:
    """Widows and orphans: two lines or none on either side."""
    taken = max(0, min(most, left - 2))
    if taken < 2:
        taken = 0
    return max(1, min(most, left - 1)) if fresh(flow) and not taken else taken


def _most_with_notes(flow: Flow, passage: Passage, start: int, count: int, space: float) -> int:
    """Lines that fit with the notes they call for."""
    leading = passage.lines.leading
    taken = 0
    for line in range(start, count):
        used = (taken + 1) * leading
        if used + least_notes(flow, passage, start, line + 1) > space:
            break
        taken += 1
    return max(taken, 1) if fresh(flow) else taken


def put(
    flow: Flow, passage: Passage, start: int, stop: int, *, x: float = 0, kept: float = 0
) -> None:
    """Lines in place, and the notes they call for at the foot of the column."""
    page, opened = flow.pages[-1], flow.tags.open
    x += passage.inset() if passage.inset else 0
    page.items.append(
        Text(
            lines=passage.lines,
            x=flow.left + x,
            top=flow.y,
            start=start,
            stop=stop,
            tag=opened[-1] if opened else -1,
        )
    )
    flow.y += (stop - start) * passage.lines.leading
    if passage.notes:
        for note in number_calls(page, passage, start, stop):
            add_note(flow, note, max(flow.y, kept))
