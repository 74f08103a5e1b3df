"""Portraits: a small picture at the right edge of a column, beside the text that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from math import ceil, floor

from editorial.model.book import Part
from editorial.model.document import Figure
from editorial.model.finding import Finding
from editorial.render.pdf.called import least_notes
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.figures import (
    Images,
    PlannedFigure,
    caption_of,
    caption_room,
    is_too_long,
    movable,
    picture_items,
    plan_figure,
    size_of,
)
from editorial.render.pdf.flow import Flow, Passage
from editorial.render.pdf.frame import HAIR, Frame
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.items import Anchor, Text
from editorial.render.pdf.pages import put, settle
from editorial.render.pdf.steps import Beginning, Beside, Portrait, Step, Words
from editorial.values import dataclass

WIDTH, LEAST = 25.0, 15.0  # millimetres
GAP, LEAST_EMS = 4 * MM, 10  # points; of the text beside it


def plan_portrait(
    setting: Setting,
    frame: Frame,
    part: Part,
    figure: Figure,
    images: Images,
    *,
    number: str,
    anchor: str,
    at: int,
) -> tuple[Portrait, tuple[Finding, ...]]:
    """A picture that leaves room for text at its left; what was odd about it."""
    em, column = setting.style.roles["body"].size, frame.columns.width
    most = (column - GAP - LEAST_EMS * em) / MM
    narrow = replace(figure, width=max(min(figure.width or WIDTH, most), LEAST))
    planned, found = plan_figure(
        setting, frame, part, narrow, images, number=number, anchor=anchor, at=at
    )
    width = planned.size[0]
    caption = caption_of(setting, figure, number, at, width)
    beside = replace(planned, caption=caption, measure=width)
    measure = floor((column - width - GAP) / em + HAIR) * em
    return Portrait(figure=beside, alone=movable(planned), measure=measure), found


# The text beside them


@dataclass(slots=True)
class _Taken:
    """Texts taken to stand beside a picture, and what remains to be set below it; so many lines
    are `left` free."""

    left: int
    texts: list[Beginning] = field(default_factory=list)
    rest: list[Step] = field(default_factory=list)


def with_text_beside(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps with the first lines of what follows a portrait taken to its side; one whose
    caption is too long for that stands alone."""
    made: list[Step] = []
    index = 0
    while index < len(steps):
        step = steps[index]
        index += 1
        if not isinstance(step, Portrait):
            made.append(step)
            continue
        if is_too_long(step.figure):
            made.append(step.alone)
            continue
        taken, index = _taken(step, steps, index)
        made += _placed(step, taken), *taken.rest
    return tuple(made)


def _placed(portrait: Portrait, taken: _Taken) -> Step:
    if not taken.texts:
        return portrait.alone
    lines = taken.left + sum(each.lines for each in taken.texts)
    return Beside(figure=portrait.figure, texts=tuple(taken.texts), lines=lines)


def _taken(portrait: Portrait, steps: Sequence[Step], index: int) -> tuple[_Taken, int]:
    """What the lines beside it hold; and the step after what was taken."""
    taken = _Taken(left=0)
    while index < len(steps):
        step = steps[index]
        if not isinstance(step, Words) or step.text.inset or taken.rest:
            break
        leading = step.text.lines.leading
        if not taken.texts:
            taken.left = ceil(_depth(portrait.figure) / leading - HAIR)
        if not taken.left or step.text.lines.look.align != "justify":
            break
        _take(taken, step, portrait.measure)
        index += 1
    return taken, index


def _take(taken: _Taken, words: Words, measure: float) -> None:
    """A text in lines of `measure`, as many as there is room for; what is more is set as wide as
    it was to be, and so is a signature that closes it."""
    wide, notes = words.text.lines, words.text.notes
    lines = wide.copy.lines(wide.look, measure)
    if not lines.count:
        return
    here = min(lines.count, taken.left)
    taken.texts.append(Beginning(Passage(lines=lines, notes=notes), here, words.anchor))
    taken.left -= here
    if here < lines.count:
        flush = replace(wide.look, indent=0)
        more = wide.copy.lines(flush, wide.width, first=lines.begins[here])
        taken.rest.append(replace(words, text=Passage(lines=more, notes=notes), anchor="", title=0))
    elif words.signed:
        taken.rest.append(Words(text=words.signed, tail=words.tail))


def _depth(figure: PlannedFigure) -> float:
    return size_of(figure)[1] + caption_room(figure) + figure.look.after


# Setting


def set_beside(flow: Flow, beside: Beside) -> None:
    """Picture and text on one page, in lines of the grid."""
    height = beside.lines * flow.frame.line
    called = sum(least_notes(flow, each.text, 0, each.lines) for each in beside.texts)
    settle(flow, height + called)
    top = flow.y
    _set_picture(flow, beside.figure)
    for text, lines, anchor in beside.texts:
        if anchor:
            flow.pages[-1].items.append(Anchor(name=anchor, top=flow.y, column=flow.column))
        with flow.tags.inside("P"):
            put(flow, text, 0, lines, kept=top + height)
    flow.y = top + height


def _set_picture(flow: Flow, figure: PlannedFigure) -> None:
    """At the right edge; its upper edge level with the first line beside it."""
    page, size = flow.pages[-1], size_of(figure)
    body = flow.style.roles["body"]
    x, top = flow.left + flow.measure - size[0], flow.y + (body.leading - body.size) / 2
    page.items.append(Anchor(name=figure.anchor, top=flow.y, column=flow.column))
    with flow.tags.inside("Figure", alt=figure.alt) as tag:
        page.items.extend(picture_items(figure, x, top, size, tag))
        lines = figure.caption.lines
        if lines.count:
            below = top + size[1] + figure.look.before
            with flow.tags.inside("Caption") as under:
                page.items.append(Text(lines=lines, x=x, top=below, stop=lines.count, tag=under))
