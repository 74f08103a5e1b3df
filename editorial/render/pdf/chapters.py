"""A 篇目 poured into pages of its own: no page of it depends on another 篇目."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil, inf

from editorial.render.chapters import has_divider
from editorial.render.pdf.ahead import ahead_of, fellows_of, following, has_text
from editorial.render.pdf.columns import set_columns
from editorial.render.pdf.divider import set_divider
from editorial.render.pdf.floats import (
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
    Passage,
    heads_height,
    is_long,
    skip,
)
from editorial.render.pdf.frame import HAIR
from editorial.render.pdf.items import Text
from editorial.render.pdf.last_page import ended_well
from editorial.render.pdf.notes import foot_height
from editorial.render.pdf.pages import finish, pour, set_passage, settle, turn
from editorial.render.pdf.portraits import set_beside, with_text_beside
from editorial.render.pdf.rest import place_all
from editorial.render.pdf.steps import Beside, End, Gap, Lying, Planned, Step, Title, Words
from editorial.render.pdf.tables import PlannedTable, turned_pages

SIGNATURE_GAP = 2.0
# Shorter titles never fill a line; longer openings would leave holes.
SHORT_TITLE, LONG_OPENING = 8, 4


def set_chapter(begin: Callable[[int], Flow], planned: Planned) -> Flow:
    """Pages of their own for a 篇目; `begin` opens some with so many lines fewer."""

    def set_all(planned: Planned, fewer: int) -> Flow:
        flow = begin(fewer)
        _set_chapter(flow, planned)
        return flow

    return ended_well(set_all, replace(planned, steps=with_text_beside(planned.steps)))


def _set_chapter(flow: Flow, planned: Planned) -> None:
    """A divider if the style has them, its title, its text."""
    steps, part = planned.steps, planned.part
    flow.findings += planned.findings
    flow.head = part.title
    if has_divider(planned.setting.style, part):
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
        if flow.waiting and following(steps, index, least) < least:
            return True
        return is_long(flow, step.height()) and _begins(flow, step)

    def ends(index: int) -> bool:
        step = steps[index]
        return not has_text(steps[index + 1 :]) or (
            isinstance(step, Movable) and step.height() > _below(flow)
        )

    columns = flow.frame.columns
    while not all(isinstance(step, End) for step in steps[first:]):
        first = set_columns(flow, columns, first, len(steps), set_step, breaks=breaks, ends=ends)
        place_all(flow)
        if first < len(steps):
            clear_way(flow)
            set_step(first, 0)
            first += 1
    place_all(flow)


def _begins(flow: Flow, item: Movable) -> bool:
    """Whether it can begin below the columns and what waits: else text goes on, and it comes
    overleaf."""
    return _filled(flow) < HAIR or item.parts(_below(flow))


def _filled(flow: Flow) -> float:
    """How deep the columns are once they are levelled."""
    line, count = flow.frame.line, len(flow.columns.lefts)
    return ceil((flow.filled + flow.y - flow.top + heads_height(flow)) / count / line) * line


def _below(flow: Flow) -> float:
    """Points left below levelled columns and what waits."""
    notes = max(flow.noted, foot_height(flow.foot))
    space = flow.frame.depth - flow.top - _filled(flow) - notes - flow.frame.line
    return space - sum(each.height for each in flow.floats)


def _set_step(flow: Flow, steps: Sequence[Step], index: int, line: int) -> None:
    """`line` is not 0 when a text is taken up again."""
    match steps[index]:
        case Words() as words:
            _set_words(flow, words, line, fellows_of(steps, index) if flow.waiting else 0.0)
        case Title() as title:
            _open(flow, title)
        case Movable() as item:
            set_movable(flow, item, ahead_of(steps, index))
        case Beside() as beside:
            set_beside(flow, beside)
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
    heads = [head for head, _ in flow.waiting]
    titles = [flow.section, *(head.title for head in heads if head.title)]
    groups = [flow.group, *(head.group for head in heads if head.group is not None)]
    for page in pages:
        page.group, page.section = groups[-1], titles[-1]
    behind = flow.waiting[-1][1] if flow.waiting else -1
    return Float(kind="table", width=inf, height=inf, set_here=finish, leaves=pages, behind=behind)


def _open(flow: Flow, title: Title) -> None:
    tags = flow.tags
    if title.depth >= 0:
        del tags.open[title.depth :]
        tags.open.append(tags.add("Sect"))
    flow.waiting.append((title.head, tags.add(title.head.role)))


def _set_words(flow: Flow, words: Words, line: int, fellows: float) -> None:
    """A text, and its signature on the last line if there is room for it."""
    text, signed = words.text, words.signed
    beside = signed is not None and _beside(flow, text, signed)
    tail = words.tail + (signed.lines.height if signed and not beside else 0)
    if line:
        pour(flow, text, tail=tail, start=line)
        flow.tags.open.pop()
    else:
        opening = text.lines.line_at(words.title) + 2 if words.title > SHORT_TITLE else 2
        opening = min(opening, LONG_OPENING)
        set_passage(flow, text, tail=tail, fellows=fellows, anchor=words.anchor, opening=opening)
    if not signed:
        return
    if not beside:
        set_passage(flow, signed)
        return
    top = flow.y - (text.lines.leading + signed.lines.leading) / 2
    tag = flow.tags.add("P")
    flow.pages[-1].items.append(Text(lines=signed.lines, x=flow.left, top=top, tag=tag))


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
