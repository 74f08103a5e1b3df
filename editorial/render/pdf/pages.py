"""The pages of a book while they fill: columns of text, headings, notes at the foot.

Nothing is drawn here, so page numbers may be asked for before the page they name exists.
"""

from __future__ import annotations

from editorial.render.pdf.flow import (
    Float,
    Flow,
    FootNote,
    Head,
    Page,
    Passage,
    fresh,
    heads_height,
    is_behind,
    on_grid,
    room,
    skip,
    snap,
)
from editorial.render.pdf.frame import (
    ASIDE_GAP,
    HAIR,
    Frame,
    frame_of,
    left_edge,
)
from editorial.render.pdf.items import Anchor, Aside, Text
from editorial.render.pdf.notes import (
    NOTE_GAP,
    NoteLines,
    foot_height,
    laid_foot,
    least_height,
    next_number,
    parted,
)

__all__ = [
    "ASIDE_GAP",
    "HAIR",
    "Flow",
    "FootNote",
    "Frame",
    "Page",
    "Passage",
    "frame_of",
    "fresh",
    "left_edge",
    "room",
    "skip",
    "snap",
]

SPILL_LEAVES = 3
# Floats leave text a third of a column, or are so many that hardly any would follow.
FLOATS_MOST, FLOATS_ALL = 0.7, 0.78


# Columns and pages


def turn(flow: Flow, *, plain: bool = False) -> Page:
    """Go on in the next column or on a new page, where the rest of long notes and floats
    that wait come first. A plain page is always a new one."""
    if flow.pages:
        close_column(flow)
    if flow.pages and not plain and flow.column + 1 < len(flow.columns.lefts):
        flow.column += 1
        flow.y = flow.top
    else:
        _open_page(flow, plain)
    rest, flow.spill = flow.spill, []
    for note in rest:
        _lay_note(flow, note, flow.y + SPILL_LEAVES * flow.frame.line)
    if flow.floats:
        _set_floats(flow)
    if flow.watch:
        flow.watch(flow)
    return flow.pages[-1]


def _open_page(flow: Flow, plain: bool) -> None:
    _bind_leaves(flow)
    page = Page(head=flow.head, section=flow.section, plain=plain)
    flow.pages.append(page)
    flow.column = 0
    flow.below, flow.over = (), False
    flow.y = flow.top = flow.filled = flow.lowest = flow.noted = 0.0
    flow.limit = flow.bottom = flow.frame.depth


def _bind_leaves(flow: Flow) -> None:
    """Finished pages whose turn it is come before the next one."""
    while flow.floats and flow.floats[0].leaves and not is_behind(flow, flow.floats[0]):
        for leaf in flow.floats.pop(0).leaves:
            leaf.head, leaf.section = flow.head, flow.section
            flow.pages.append(leaf)


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
    _bind_leaves(flow)


def _set_floats(flow: Flow) -> None:
    """At the top of a column: all floats that have their place there, in order."""
    while flow.floats and _has_place(flow, flow.floats[0]):
        set_float(flow, flow.floats.pop(0))


def _has_place(flow: Flow, item: Float) -> bool:
    """Whether it fits; the first one always does on a page of its own."""
    if item.width > flow.measure + HAIR and (flow.column or flow.y > flow.top):
        return False
    if item.kind in flow.below or is_behind(flow, item):
        return False
    if fresh(flow):
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
        while following > room(flow) + HAIR and not fresh(flow):
            turn(flow)
        return
    while not fresh(flow):
        height = heads_height(flow)
        needed = height + _spare(flow, height) + following + _heads_notes(flow)
        if needed <= room(flow) + HAIR:
            break
        turn(flow)
    height = heads_height(flow)
    spare = _spare(flow, height)
    kept = flow.y + height + spare + following
    heads, flow.waiting = flow.waiting, []
    first = len(heads) - 1 if flow.y <= flow.top else 0
    for index, (head, tag) in enumerate(heads):
        if index == first:  # what the grid leaves over goes above, or between
            skip(flow, spare)
        _set_head(flow, head, tag, kept)
    snap(flow)


def _spare(flow: Flow, height: float) -> float:
    """What `height` points from here lack to the next line of the grid."""
    return on_grid(flow, flow.y + height) - flow.y - height


def _heads_notes(flow: Flow) -> float:
    return sum(
        least_notes(flow, head.passage, 0, head.passage.lines.count) for head, _ in flow.waiting
    )


def _set_head(flow: Flow, head: Head, tag: int, kept: float) -> None:
    """A heading; its notes leave the depth down to `kept` to what must follow it."""
    skip(flow, head.before)
    lines = head.passage.lines
    whole, flow.whole = flow.whole, True
    if lines.height > room(flow) and not fresh(flow):
        turn(flow)
    page, top = flow.pages[-1], flow.y
    if head.anchor:
        page.items.append(Anchor(name=head.anchor, top=top, column=flow.column))
    if head.title:
        flow.section = page.section = head.title
        page.first = page.first or head.title
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
    anchor: str = "",
    role: str = "P",
    opening: int = 2,
) -> None:
    """Text in the flow under its headings; `tail` points must fit under its last line, so many
    lines as `opening` begin it together."""
    lines = passage.lines
    count = lines.count
    if not count:
        return
    whole = count <= opening + 1
    opening = count if whole else opening
    height = opening * lines.leading
    if passage.notes:
        height += least_notes(flow, passage, 0, opening)
    settle(flow, height + (tail if whole else 0))
    if anchor:
        flow.pages[-1].items.append(Anchor(name=anchor, top=flow.y, column=flow.column))
    with flow.tags.inside(role):
        pour(flow, passage, tail=tail)


def pour(
    flow: Flow,
    passage: Passage,
    *,
    tail: float = 0,
    x: float = 0,
    kept: float = 0,
    start: int = 0,
) -> None:
    """Lines from `start` over as many columns as they need, two at least on each side of a
    turn, as part of the innermost open element.

    `tail` points must fit under the last line, `x` moves the lines to the right, and
    their notes leave the depth down to `kept` free.
    """
    count = passage.lines.count
    while start < count:
        taken = _fitting(flow, passage, start, count, tail)
        if taken:
            put(flow, passage, start, start + taken, x=x, kept=kept)
            start += taken
        if start < count:
            flow.line = start
            turn(flow)
            kept = 0


def _fitting(flow: Flow, passage: Passage, start: int, count: int, tail: float) -> int:
    """How many lines from `start` go into this column; never 0 on a fresh page."""
    left, space = count - start, room(flow) + HAIR
    leading = passage.lines.leading
    if not passage.notes:
        most = int(space / leading)
    else:
        most = _most_with_notes(flow, passage, start, count, space)
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


# Notes


def least_notes(flow: Flow, passage: Passage, start: int, stop: int) -> float:
    """Height the notes of these lines need: all of it, but a long last one may run over."""
    if not passage.notes:
        return 0
    return least_height(
        [note.lines for note in _new(flow.pages[-1], passage, start, stop)], flow.foot
    )


def _new(page: Page, passage: Passage, start: int, stop: int) -> list[FootNote]:
    """The notes these lines call for that are not on the page yet."""
    called = {note.key: note for line, note in passage.calls if start <= line < stop}
    return [note for key, note in called.items() if key not in page.numbers]


def number_calls(page: Page, passage: Passage, start: int, stop: int) -> tuple[FootNote, ...]:
    """Give the notes these lines call for their numbers on this page; those new to it."""
    new = tuple(_new(page, passage, start, stop))
    for note in new:
        page.numbers[note.key] = next_number(page.numbers)
    return new


def add_note(flow: Flow, note: FootNote, above: float) -> None:
    """A note at the foot of the column, as far as it fits under the depth `above`."""
    lines = note.lines
    _lay_note(flow, NoteLines(lines, 0, lines.count, flow.tags.note()), above)


def _lay_note(flow: Flow, note: NoteLines, above: float) -> None:
    """As many lines of a note as fit under `above`; the rest spills to the next column."""
    gap = 0 if flow.foot else NOTE_GAP
    free = flow.bottom - above - foot_height(flow.foot) - gap
    here, over = parted(note, 0 if flow.spill else free)
    if here:
        flow.foot.append(here)
    if over:
        flow.spill.append(over)
