"""Portraits: a small picture at the right edge of a column, beside the text that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from math import ceil, floor

from editorial.model.book import Part
from editorial.model.document import Figure
from editorial.model.finding import Finding
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.figures import (
    Images,
    PlannedFigure,
    caption_of,
    caption_room,
    faults_in,
    is_too_long,
    locate_figure,
    movable,
    plan_figure,
    set_captioned,
    size_of,
)
from editorial.render.pdf.flow import Flow, Passage, set_anchor
from editorial.render.pdf.footnotes import least_notes
from editorial.render.pdf.frame import HAIR, Frame
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.pages import put, settle
from editorial.render.pdf.steps import Beginning, Beside, Portrait, Step, Words
from editorial.values import dataclass

WIDTH, LEAST = 25.0, 15.0  # millimetres
GAP, LEAST_EMS = 4 * MM, 10  # points; of the text beside it


def plan_portrait(
    setting: Setting, frame: Frame, part: Part, place: int, figure: Figure, images: Images
) -> tuple[Portrait, tuple[Finding, ...]]:
    """A picture that leaves room for text at its left; what was odd about it."""
    em, column = setting.style.roles["body"].size, frame.columns.width
    most = (column - GAP - LEAST_EMS * em) / MM
    narrow = replace(figure, width=max(min(figure.width or WIDTH, most), LEAST))
    located = locate_figure(frame, part, place, narrow, images)
    planned = plan_figure(setting, frame, located)
    width = planned.size[0]
    beside = replace(planned, caption=caption_of(setting, located, width), measure=width)
    measure = floor((column - width - GAP) / em + HAIR) * em
    portrait = Portrait(figure=beside, alone=movable(planned), measure=measure)
    return portrait, tuple(faults_in(setting, located, planned))


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
        set_anchor(flow, anchor)
        with flow.tags.inside("P"):
            put(flow, text, 0, lines, kept=top + height)
    flow.y = top + height


def _set_picture(flow: Flow, figure: PlannedFigure) -> None:
    """At the right edge; its upper edge level with the first line beside it."""
    size, body = size_of(figure), flow.style.roles["body"]
    x, top = flow.left + flow.measure - size[0], flow.y + (body.leading - body.size) / 2
    set_captioned(flow, figure, x, top, size)
