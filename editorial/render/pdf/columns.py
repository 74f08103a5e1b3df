"""Columns of equal height: text is set again in shorter columns until it just fits."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import fields
from functools import partial
from math import ceil
from typing import TypeAlias

from editorial.render.pdf.floats import place_rest
from editorial.render.pdf.flow import Float, Flow, Page, room, snap
from editorial.render.pdf.frame import HAIR, Columns
from editorial.render.pdf.pages import close_column, settle, turn
from editorial.values import dataclass

# Sets a step of the caller's from a line on: 0, or the one `Flow.line` named.
SetStep: TypeAlias = Callable[[int, int], None]

LEAST_LINES = 4
STATE = tuple(each.name for each in fields(Flow))


@dataclass(frozen=True, slots=True)
class Mark:
    """A flow as it was at the top of the first column of its last page."""

    flow: Flow
    page: Page
    pages: int
    elements: int
    findings: int


def set_columns(
    flow: Flow,
    columns: Columns,
    first: int,
    stop: int,
    set_step: SetStep,
    *,
    breaks: Callable[[int], bool] = lambda _: False,
    ends: Callable[[int], bool] = lambda _: False,
) -> int:
    """Steps from `first` on into columns that end level, up to one that `breaks` them;
    the number of that step, or `stop`.

    `ends`: no more columns begin on the page where they stop at this step, so that notes stand
    at its very foot, as they do below the last ones.
    """
    if len(columns.lefts) == 1:
        return _in_turn(flow, first, stop, set_step, breaks)
    _begin(flow, columns)
    watch = _Watch()

    def step(index: int, line: int) -> None:
        watch.step_begins(flow)
        set_step(index, line)

    flow.watch = watch.column_begins
    reached = _in_turn(flow, first, stop, step, breaks)
    last = reached == stop
    if last:
        settle(flow, 0)
    flow.watch = None
    at_foot = last or ends(reached)
    if watch.begun and reached > first:
        _balance(flow, watch.begun, reached, set_step, last=last, at_foot=at_foot)
    _end(flow, watch.begun, at_foot=last or (at_foot and not flow.below))
    return reached


@dataclass(slots=True)
class _Watch:
    """Remembers the top of the last page's columns, if what is set can be taken up there."""

    begun: Mark | None = None

    def column_begins(self, flow: Flow) -> None:
        known = self.begun
        if flow.column == 0 or (known and known.pages < len(flow.pages)):
            self.begun = None if flow.whole or flow.column else mark(flow)

    def step_begins(self, flow: Flow) -> None:
        if self.begun is None and flow.column == 0:
            self.begun = mark(flow)


def _in_turn(
    flow: Flow, first: int, stop: int, set_step: SetStep, breaks: Callable[[int], bool]
) -> int:
    for index in range(first, stop):
        flow.step, flow.line, flow.whole = index, 0, False
        if breaks(index):
            return index
        set_step(index, 0)
    return stop


def _begin(flow: Flow, columns: Columns) -> None:
    snap(flow)
    if room(flow) < LEAST_LINES * flow.frame.line:
        turn(flow)
    flow.columns, flow.column = columns, 0
    flow.top, flow.lowest, flow.filled, flow.noted = flow.y, flow.y, 0.0, 0.0
    flow.over = False


def _end(flow: Flow, begun: Mark | None, *, at_foot: bool) -> None:
    """Back to the whole type area, below the longest column."""
    close_column(flow)
    flow.columns, flow.column = flow.frame.whole, 0
    flow.y, flow.top = flow.lowest, 0.0
    if flow.below and not at_foot:
        flow.y = flow.frame.depth
    elif flow.noted and not at_foot:
        flow.y = min(flow.bottom + flow.frame.line, flow.frame.depth)
    snap(flow)
    if at_foot and flow.below and flow.bottom > flow.limit:
        flow.bottom = flow.limit  # notes are below what stands at the foot
    elif at_foot:
        flow.limit = flow.bottom = flow.bottom - flow.noted
    elif begun and begun.pages == len(flow.pages):
        flow.limit = flow.bottom = begun.flow.bottom


def _balance(
    flow: Flow, begun: Mark, stop: int, set_step: SetStep, *, last: bool, at_foot: bool
) -> None:
    """Set the last page again, in the shortest columns that hold it."""
    line, count = flow.frame.line, len(flow.columns.lefts)
    filled, rest = flow.filled + flow.y - flow.top, len(_narrow(flow))
    least = max(ceil(filled / count / line) - 2, 1)
    most = int((begun.flow.limit - begun.flow.top) / line + HAIR)

    def fits(lines: int, *, below: bool) -> bool:
        restore(flow, begun)
        flow.trial, flow.limit = below, flow.top + lines * line
        if not at_foot:
            flow.bottom = flow.limit
        _again(flow, begun, stop, set_step, last=last)
        place_rest(flow)
        flow.trial = False
        if not _holds(flow, begun):
            return False
        return not _misplaces(flow) if below else len(_narrow(flow)) <= rest

    if not any(_shortest(partial(fits, below=below), least, most) for below in (True, False)):
        restore(flow, begun)
        _again(flow, begun, stop, set_step, last=last)


def _shortest(fits: Callable[[int], bool], least: int, most: int) -> bool:
    """Set so few lines a column that all of it just `fits`; even fewer than `least` where what
    floats is no part of the columns."""
    lines = next((lines for lines in range(least, most + 1) if fits(lines)), 0)
    if lines != least:
        return lines > 0
    low, high = 1, least
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle + 1, high)
    return fits(high)


def _again(flow: Flow, begun: Mark, stop: int, set_step: SetStep, *, last: bool) -> None:
    """Take up the steps where the mark was made."""
    line = begun.flow.line
    for index in range(begun.flow.step, stop):
        flow.step, flow.line, flow.whole = index, 0, False
        set_step(index, line)
        line = 0
    if last:
        settle(flow, 0)


def _holds(flow: Flow, begun: Mark) -> bool:
    """Whether all of it stands on the page."""
    fits = not flow.over and room(flow) > -HAIR
    return fits and len(flow.pages) == begun.pages and not flow.spill


def _narrow(flow: Flow) -> list[Float]:
    """Those that have their place in a column."""
    return [item for item in flow.floats if item.width <= flow.measure + HAIR]


def _misplaces(flow: Flow) -> bool:
    """Whether what floats has no room below the columns, or has its place in one of them."""
    lowest = max(flow.lowest, flow.y)
    if _narrow(flow):
        return True
    return lowest + sum(item.height for item in flow.floats if not item.leaves) > flow.frame.depth


def mark(flow: Flow) -> Mark:
    page = flow.pages[-1]
    return Mark(
        flow=_copied(flow),
        page=Page(
            head=page.head,
            group=page.group,
            first=page.first,
            section=page.section,
            plain=page.plain,
            items=page.items[:],
            numbers=dict(page.numbers),
            reached=page.reached,
            spread=page.spread,
        ),
        pages=len(flow.pages),
        elements=len(flow.tags.elements),
        findings=len(flow.findings),
    )


def _copied(flow: Flow) -> Flow:
    """With lists of its own for what comes and goes while columns fill."""
    held = copy(flow)
    held.foot, held.spill = flow.foot[:], flow.spill[:]
    held.waiting, held.floats = flow.waiting[:], flow.floats[:]
    held.tags = copy(flow.tags)
    held.tags.open = flow.tags.open[:]
    return held


def restore(flow: Flow, begun: Mark) -> None:
    """Undo what was set since `begun`."""
    tags, page = flow.tags, flow.pages[begun.pages - 1]
    held = _copied(begun.flow)
    for name in STATE:
        setattr(flow, name, getattr(held, name))
    tags.open = held.tags.open
    del tags.elements[begun.elements :], flow.pages[begun.pages :], flow.findings[begun.findings :]
    flow.tags, flow.watch = tags, None
    page.group, page.first, page.section = begun.page.group, begun.page.first, begun.page.section
    page.reached, page.spread = begun.page.reached, begun.page.spread
    page.items, page.numbers = begun.page.items[:], dict(begun.page.numbers)
