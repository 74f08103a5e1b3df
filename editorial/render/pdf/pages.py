"""The pages of a book while they fill: type area, items in place, notes at the foot.

Depths count downward in points from the top of the type area, x from its left
edge; only `paint` knows the paper. Nothing is drawn here, so page numbers may be
asked for before the page they name exists.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from pathlib import Path

from editorial.errors import EditorialError
from editorial.model.style import DraftStyle
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.case import TypeCase
from editorial.render.pdf.images import Image
from editorial.render.pdf.items import Anchor, Aside, Item, Text
from editorial.render.pdf.paragraph import Lines

HAIR = 0.01
NOTE_GAP = 13.0
ASIDE_GAP, ASIDE_EDGE = 5 * MM, 7 * MM
NOTE_SPLITS = 5
SPILL_LEAVES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Paper and type area in points; `depth` is a whole number of body lines."""

    width: float
    height: float
    measure: float
    depth: float
    top: float
    inner: float
    line: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FootNote:
    """`key` is unique in the book; `set_with(number)` composes the note behind its number."""

    key: str
    set_with: Callable[[str], Lines]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Composed text with the notes its lines call for, each as (line, note).

    `renumber(labels)` composes it again with other note numbers; the breaks stay,
    for all numbers are equally wide.
    """

    lines: Lines
    calls: tuple[tuple[int, FootNote], ...] = ()
    labels: tuple[str, ...] = ()
    renumber: Callable[[tuple[str, ...]], Passage] | None = None


@dataclass(slots=True)
class Page:
    """`head` runs above odd pages; `plain` pages carry neither head nor folio."""

    head: str = ""
    plain: bool = False
    items: list[Item] = field(default_factory=list)
    foot: list[tuple[Lines, int, int]] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A heading waiting for the text it must stay with."""

    passage: Passage
    before: float
    after: float
    anchor: str = ""
    aside: tuple[Lines, ...] = ()


@dataclass(slots=True, kw_only=True)
class Flow:
    """Pages being filled; `y` is the depth reached on the last one."""

    case: TypeCase
    style: DraftStyle
    frame: Frame
    pages: list[Page] = field(default_factory=list)
    y: float = 0
    head: str = ""
    images: dict[Path, Image | None] = field(default_factory=dict)
    waiting: list[Head] = field(default_factory=list)
    spill: list[tuple[Lines, int, int]] = field(default_factory=list)


def frame_of(style: DraftStyle) -> Frame:
    """Type area of whole ems and whole lines; what is left over goes to the inner margin."""
    body, margins = style.roles["body"], style.margins
    width, height = (length * MM for length in style.paper[:2])
    room = width - (margins.inner + margins.outer) * MM
    fall = height - (margins.top + margins.bottom) * MM
    ems, lines = floor(room / body.size + HAIR), floor(fall / body.leading + HAIR)
    if ems < 10 or lines < 10:
        raise EditorialError(
            "稿样样式的页边距过大，版心放不下文字",
            hint=f"请检查样式 {style.id or style.title} 的 paper 与 margins",
        )
    return Frame(
        width=width,
        height=height,
        measure=ems * body.size,
        depth=lines * body.leading,
        top=margins.top * MM,
        inner=width - margins.outer * MM - ems * body.size,
        line=body.leading,
    )


def left_edge(frame: Frame, number: int) -> float:
    """x of the type area on page `number`: the binding side is left on odd pages."""
    return frame.inner if number % 2 else frame.width - frame.inner - frame.measure


def turn(flow: Flow, *, plain: bool = False) -> Page:
    """Begin a page, the rest of long notes first at its foot."""
    page = Page(head=flow.head, plain=plain)
    flow.pages.append(page)
    flow.y = 0
    rest, flow.spill = flow.spill, []
    for lines, start, stop in rest:
        _lay_note(flow, page, lines, start, stop, SPILL_LEAVES * flow.frame.line)
    return page


def finish(flow: Flow) -> None:
    """Place headings nothing followed, and notes that still wait for a page."""
    settle(flow, 0)
    while flow.spill:
        turn(flow)


def foot_height(page: Page) -> float:
    if not page.foot:
        return 0
    return NOTE_GAP + sum((stop - start) * lines.leading for lines, start, stop in page.foot)


def margin_width(frame: Frame) -> float:
    """Points of the outer margin that notes beside the text may use."""
    return frame.width - frame.inner - frame.measure - ASIDE_GAP - ASIDE_EDGE


def room(flow: Flow) -> float:
    """Points between the depth reached and the notes."""
    return flow.frame.depth - flow.y - foot_height(flow.pages[-1])


def fresh(flow: Flow) -> bool:
    """Nothing is on the page: the next one has no more room."""
    return flow.y == 0 and not flow.pages[-1].foot


def snap(flow: Flow) -> None:
    """Down to the next line of the body grid, so facing lines stand level."""
    flow.y = _on_grid(flow, flow.y)


def _on_grid(flow: Flow, depth: float) -> float:
    return ceil(depth / flow.frame.line - HAIR) * flow.frame.line


def skip(flow: Flow, points: float) -> None:
    if flow.y:
        flow.y = min(flow.y + points, flow.frame.depth)


def settle(flow: Flow, following: float) -> None:
    """Place the waiting headings, on a new page if `following` points do not fit under them."""
    heads, flow.waiting = flow.waiting, []
    height = heads_height(heads)
    above = _on_grid(flow, flow.y + height) - flow.y - height if heads else 0
    needed = above + height + following
    while needed + _heads_notes(flow, heads) > room(flow) + HAIR and not fresh(flow):
        turn(flow)
    if not heads:
        return
    kept = flow.y + needed
    if flow.y:  # what the grid leaves over goes above
        skip(flow, above)
    for head in heads:
        _set_head(flow, head, kept)
    snap(flow)


def _heads_notes(flow: Flow, heads: Sequence[Head]) -> float:
    return sum(least_notes(flow, head.passage, 0, head.passage.lines.count) for head in heads)


def heads_height(heads: Sequence[Head]) -> float:
    return sum(head.before + head.passage.lines.height + head.after for head in heads)


def _set_head(flow: Flow, head: Head, kept: float) -> None:
    """A heading; its notes leave the depth down to `kept` to what must follow it."""
    skip(flow, head.before)
    if head.passage.lines.height > room(flow) and not fresh(flow):
        turn(flow)
    items = flow.pages[-1].items
    if head.anchor:
        items.append(Anchor(name=head.anchor, top=flow.y))
    top = flow.y
    for lines in head.aside:
        items.append(Aside(lines=lines, top=top))
        top += lines.height
    pour(flow, head.passage, kept=kept)
    skip(flow, head.after)


def set_passage(flow: Flow, passage: Passage, *, tail: float = 0, anchor: str = "") -> None:
    """Text in the flow under its headings; `tail` points must fit under its last line."""
    lines = passage.lines
    if not lines.count:
        return
    opening = lines.count if lines.count <= 3 else 2
    height = opening * lines.leading + least_notes(flow, passage, 0, opening)
    settle(flow, height + (tail if lines.count <= 3 else 0))
    if anchor:
        flow.pages[-1].items.append(Anchor(name=anchor, top=flow.y))
    pour(flow, passage, tail=tail)


def pour(flow: Flow, passage: Passage, *, tail: float = 0, x: float = 0, kept: float = 0) -> None:
    """Lines over as many pages as they need, two at least on each side of a page turn.

    `tail` points must fit under the last line, `x` moves the lines to the right, and
    their notes leave the depth down to `kept` free.
    """
    start, count = 0, passage.lines.count
    while start < count:
        taken = _fitting(flow, passage, start, tail)
        if taken:
            passage = put(flow, passage, start, start + taken, x=x, kept=kept)
            start += taken
        if start < count:
            turn(flow)
            kept = 0


def _fitting(flow: Flow, passage: Passage, start: int, tail: float) -> int:
    """How many lines from `start` go on this page; never 0 on a fresh one."""
    left = passage.lines.count - start
    most = _room_for(flow, passage, start)
    if most >= left:
        fits = passage.lines.leading * left + tail <= room(flow) + HAIR
        return (
            left if fits or not tail or fresh(flow) else _before_turn(flow, start, left, left - 1)
        )
    return _before_turn(flow, start, left, most)


def _before_turn(flow: Flow, start: int, left: int, most: int) -> int:
    """Widows and orphans: two lines or none on either page."""
    taken = max(0, min(most, left - 2))
    if start == 0 and taken < 2:
        taken = 0
    return max(1, min(most, left - 1)) if fresh(flow) and not taken else taken


def _room_for(flow: Flow, passage: Passage, start: int) -> int:
    """Lines that fit with the notes they call for."""
    leading, space = passage.lines.leading, room(flow) + HAIR
    if not passage.calls:
        return int(space / leading)
    taken = 0
    for line in range(start, passage.lines.count):
        used = (taken + 1) * leading
        if used + least_notes(flow, passage, start, line + 1) > space:
            break
        taken += 1
    return max(taken, 1) if fresh(flow) else taken


def least_notes(flow: Flow, passage: Passage, start: int, stop: int) -> float:
    """Height the notes of these lines need: all of it, but a long last one may run over."""
    if not passage.calls:
        return 0
    page = flow.pages[-1]
    asked = {note.key: note for line, note in passage.calls if start <= line < stop}
    new = [note.set_with("①") for key, note in asked.items() if key not in page.numbers]
    if not new:
        return 0
    last = new[-1]
    running = 2 if last.count > NOTE_SPLITS else last.count
    height = sum(lines.height for lines in new[:-1]) + running * last.leading
    return height + (0 if page.foot else NOTE_GAP)


def put(
    flow: Flow, passage: Passage, start: int, stop: int, *, x: float = 0, kept: float = 0
) -> Passage:
    """Lines in place with numbers of this page on their marks, and the notes at its foot.

    Returns the passage as it now reads, for the lines that follow.
    """
    page = flow.pages[-1]
    passage, called = number_calls(page, passage, start, stop)
    page.items.append(Text(lines=passage.lines, x=x, top=flow.y, start=start, stop=stop))
    flow.y += (stop - start) * passage.lines.leading
    for note in called:
        add_note(flow, note, max(flow.y, kept))
    return passage


def number_calls(
    page: Page, passage: Passage, start: int, stop: int
) -> tuple[Passage, tuple[FootNote, ...]]:
    """The passage with this page's numbers on the marks of these lines, and the notes to add."""
    if not passage.calls or not passage.renumber:
        return passage, ()
    labels, called = list(passage.labels), []
    for index, (line, note) in enumerate(passage.calls):
        if start <= line < stop:
            if note.key not in page.numbers:
                page.numbers[note.key] = circled(len(page.numbers) + 1)
                called.append(note)
            labels[index] = page.numbers[note.key]
    if tuple(labels) != passage.labels:
        passage = passage.renumber(tuple(labels))
    return passage, tuple(called)


def add_note(flow: Flow, note: FootNote, above: float) -> None:
    """A note at the foot, as far as it fits under the depth `above`."""
    page = flow.pages[-1]
    lines = note.set_with(page.numbers[note.key])
    _lay_note(flow, page, lines, 0, lines.count, above)


def _lay_note(flow: Flow, page: Page, lines: Lines, start: int, stop: int, above: float) -> None:
    """As many lines of a note as fit under `above`; the rest spills to the next page."""
    free = flow.frame.depth - above - foot_height(page) - (0 if page.foot else NOTE_GAP)
    fits = 0 if flow.spill else max(0, floor(free / lines.leading + HAIR))
    cut = min(stop, start + fits)
    if cut > start:
        page.foot.append((lines, start, cut))
    if cut < stop:
        flow.spill.append((lines, cut, stop))


def circled(number: int) -> str:
    """① … ㊿; a page never holds more notes, yet ※ stands by."""
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(code + number - first)
    return "※"
