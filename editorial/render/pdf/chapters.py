"""A 篇目 poured into pages of its own: no page of it depends on another 篇目."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from math import ceil, inf

from editorial.render.pdf.columns import set_columns
from editorial.render.pdf.divider import set_divider
from editorial.render.pdf.floats import (
    Ahead,
    Movable,
    clear_way,
    end_section,
    leaves_wait,
    place_rest,
    set_movable,
)
from editorial.render.pdf.flow import (
    Float,
    Flow,
    FootNote,
    Passage,
    heads_height,
    is_long,
    skip,
)
from editorial.render.pdf.frame import HAIR
from editorial.render.pdf.items import Text
from editorial.render.pdf.notes import NOTE_GAP, foot_height
from editorial.render.pdf.pages import finish, pour, set_passage, settle, turn
from editorial.render.pdf.rest import place_all
from editorial.render.pdf.steps import End, Gap, Lying, Planned, Step, Title, Words
from editorial.render.pdf.tables import PlannedTable, turned_pages

SIGNATURE_GAP = 2.0
# Shorter titles never fill a line; longer openings would leave holes.
SHORT_TITLE, LONG_OPENING = 8, 4
# How much of the last page of a 篇目 there should be; how many lines each page gives up for it.
LEAST_LAST, FEWER = 0.25, 2


def set_chapter(begin: Callable[[int], Flow], planned: Planned) -> Flow:
    """Pages of their own for a 篇目. When but a few lines would stand on the last one, all give
    it a line or two, if that helps; `begin` opens pages with so many lines fewer."""
    first = begin(0)
    _set_chapter(first, planned)
    lacking = _lacking(first)
    least = ceil(lacking / max(len(first.pages) - 1, 1))
    for fewer in range(least, FEWER + 1) if lacking else ():
        flow = begin(fewer)
        _set_chapter(flow, planned)
        if len(flow.pages) == len(first.pages) and not _lacking(flow):
            return flow
    return first


def _lacking(flow: Flow) -> int:
    """How many lines more there should be on the last page; 0 where it lies, or is the only
    one."""
    page, line = flow.pages[-1], flow.frame.line
    if len(flow.pages) == 1 or page.reached < HAIR:
        return 0
    return max(0, ceil(LEAST_LAST * flow.frame.depth / line) - round(page.spread / line))


def _set_chapter(flow: Flow, planned: Planned) -> None:
    """A divider if the style has them, its title, its text."""
    steps, part = planned.steps, planned.part
    flow.findings += planned.findings
    flow.head = part.title
    if planned.setting.style.dividers and part.level == 1:
        set_divider(flow, planned.setting, part, number=planned.number, sections=planned.sections)
    turn(flow)
    flow.y = HAIR  # the title stands lower than other text may begin
    first = 0
    if part.level == 1:
        _set_step(flow, steps, 0, 0)
        settle(flow, 0)
        first = 1
    _pour_steps(flow, steps, first)
    finish(flow)


def _pour_steps(flow: Flow, steps: Sequence[Step], first: int) -> None:
    """In columns, but what is long and wide goes across them all, and what is wide with nothing
    but headings before and after it."""

    def set_step(index: int, line: int) -> None:
        _set_step(flow, steps, index, line)

    def breaks(index: int) -> bool:
        step = steps[index]
        if not isinstance(step, Movable) or step.width <= flow.measure + HAIR:
            return False
        if leaves_wait(flow):
            return False
        least = 2 * flow.frame.line
        if flow.waiting and _following(steps, index, least) < least:
            return True
        return is_long(flow, step.height()) and _begins(flow, step)

    while not all(isinstance(step, End) for step in steps[first:]):
        first = set_columns(flow, flow.frame.columns, first, len(steps), set_step, breaks=breaks)
        place_all(flow)
        if first < len(steps):
            clear_way(flow)
            set_step(first, 0)
            first += 1
    place_all(flow)


def _begins(flow: Flow, item: Movable) -> bool:
    """Whether it can begin below the columns and what waits: else text goes on, and it comes
    overleaf."""
    line, count = flow.frame.line, len(flow.columns.lefts)
    filled = ceil((flow.filled + flow.y - flow.top + heads_height(flow)) / count / line) * line
    notes = max(flow.noted, foot_height(flow.foot))
    space = flow.frame.depth - flow.top - filled - notes - line
    return filled < HAIR or item.parts(space - sum(each.height for each in flow.floats))


def _set_step(flow: Flow, steps: Sequence[Step], index: int, line: int) -> None:
    """`line` is not 0 when a text is taken up again."""
    match steps[index]:
        case Words() as words:
            _set_words(flow, words, line)
        case Title() as title:
            _open(flow, title)
        case Movable() as item:
            set_movable(flow, item, _ahead(steps, index))
        case Lying(table=table):
            flow.floats.append(_leaves(flow, table))
        case Gap():
            skip(flow, flow.frame.line)
        case End() if index + 1 < len(steps):
            end_section(flow)
        case End():
            place_rest(flow)


def _leaves(flow: Flow, table: PlannedTable) -> Float:
    pages = tuple(turned_pages(flow, table))
    behind = flow.waiting[-1][1] if flow.waiting else -1
    return Float(kind="table", width=inf, height=inf, set_here=finish, leaves=pages, behind=behind)


def _open(flow: Flow, title: Title) -> None:
    tags = flow.tags
    if title.depth >= 0:
        del tags.open[title.depth :]
        tags.open.append(tags.add("Sect"))
    flow.waiting.append((title.head, tags.add(title.head.role)))


def _ahead(steps: Sequence[Step], index: int) -> Ahead:
    return Ahead(
        here=partial(_following, steps, index),
        beyond=partial(_following, steps, index, whole=True),
        notes=partial(_notes, steps, index),
    )


def _following(steps: Sequence[Step], index: int, most: float, *, whole: bool = False) -> float:
    """Points of text between a step and the end of its part, or of the `whole` 篇目; enough
    when above `most`."""
    height = 0.0
    for place in range(index + 1, len(steps)):
        match steps[place]:
            case Words(text=text):
                height += text.lines.height
            case Title(head=head, depth=-1):
                height += head.passage.lines.height
            case End() if not whole:
                break
        if height > most:
            break
    return height


def _notes(steps: Sequence[Step], index: int, points: float) -> float:
    """Height of the notes that so much text after a step calls for."""
    called: dict[str, FootNote] = {}
    inside = 0.0
    for step in islice(steps, index + 1, None):
        if isinstance(step, Movable):  # it may stand there, with notes of its own
            inside += step.notes()
            points -= step.height()
        text = step.text if isinstance(step, Words) else None
        text = step.head.passage if isinstance(step, Title) else text
        if text:
            lines = text.lines
            called |= {note.key: note for at, note in text.calls if at * lines.leading < points}
            points -= lines.height
        if points < 0:
            break
    height = inside + sum(note.lines.height for note in called.values())
    return NOTE_GAP * bool(height) + height


def _set_words(flow: Flow, words: Words, line: int) -> None:
    """A text, and its signature on the last line if there is room for it."""
    text, signed = words.text, words.signed
    beside = signed is not None and _beside(flow, text, signed)
    tail = signed.lines.height if signed and not beside else 0
    if line:
        pour(flow, text, tail=tail, start=line)
        flow.tags.open.pop()
    else:
        opening = text.lines.line_at(words.title) + 2 if words.title > SHORT_TITLE else 2
        set_passage(flow, text, tail=tail, anchor=words.anchor, opening=min(opening, LONG_OPENING))
    if not signed:
        return
    if not beside:
        set_passage(flow, signed)
        return
    top = flow.y - (text.lines.leading + signed.lines.leading) / 2
    tag = flow.tags.add("P")
    flow.pages[-1].items.append(Text(lines=signed.lines, x=flow.left, top=top, stop=1, tag=tag))


def _beside(flow: Flow, text: Passage, signed: Passage) -> bool:
    """Whether the last line leaves room for the signature at its right end."""
    count, look = text.lines.count, text.lines.look
    if not count or signed.lines.count != 1:
        return False
    if look.align not in ("justify", "left") or signed.lines.look.align != "right":
        return False
    indent = look.indent if count == 1 else 0
    taken = text.lines.width_of(count - 1) + (indent + SIGNATURE_GAP) * look.size
    return taken + signed.lines.width_of(0) <= flow.measure
