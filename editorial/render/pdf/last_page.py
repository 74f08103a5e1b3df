"""The last page of a 篇目: it should not be begun for a few lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil
from typing import TypeAlias

from editorial.render.pdf.floats import Movable
from editorial.render.pdf.flow import Flow, is_long
from editorial.render.pdf.frame import HAIR
from editorial.render.pdf.steps import Planned, Step, Title

# Sets a 篇目 on pages with so many lines fewer.
SetAll: TypeAlias = Callable[[Planned, int], Flow]

# How much of the last page of a 篇目 there should be; how many lines each page gives up for it.
LEAST_LAST, FEWER = 0.25, 2
# How many lines the title of a 篇目 may be raised for it, and what may be lacking below it then.
RAISED, CROWDED = 2, 1.0


def ended_well(set_all: SetAll, planned: Planned) -> Flow:
    """Its pages. When but a few lines would stand on the last one, the title makes room for them,
    or all pages give it a line or two, if that helps."""
    first = set_all(planned, 0)
    if not (lacking := _lacking(first)):
        return first
    return _drawn_in(set_all, planned, first) or _evened(set_all, planned, first, lacking) or first


def _drawn_in(set_all: SetAll, planned: Planned, first: Flow) -> Flow | None:
    """With less white above the title, a page fewer."""
    line = first.frame.line
    least = max(ceil(first.pages[-1].spread / line - HAIR), 1)
    for raised in range(least, RAISED + 1):
        if not (title := _raised(planned.steps[0], line, raised)):
            return None
        flow = set_all(replace(planned, steps=(title, *planned.steps[1:])), 0)
        if len(flow.pages) < len(first.pages):
            return flow
    return None


def _raised(title: Step, line: float, raised: int) -> Title | None:
    """A title that takes so many lines of the grid less; None where there is not so much white
    above it."""
    if not isinstance(title, Title):
        return None
    head = title.head
    height = head.before + head.passage.lines.height + head.after
    cut = height - (ceil(height / line - HAIR) - raised) * line
    if cut > head.before + CROWDED:
        return None
    before, after = max(0.0, head.before - cut), head.after - max(0.0, cut - head.before)
    return replace(title, head=replace(head, before=before, after=after))


def _evened(set_all: SetAll, planned: Planned, first: Flow, lacking: int) -> Flow | None:
    """With pages of a line or two fewer, so that more come on the last one. Pages a table runs
    through stay full."""
    if any(isinstance(each, Movable) and is_long(first, each.height()) for each in planned.steps):
        return None
    for fewer in range(ceil(lacking / max(len(first.pages) - 1, 1)), FEWER + 1):
        if not _may_do_with(first, fewer):
            return None
        flow = set_all(planned, fewer)
        if len(flow.pages) == len(first.pages) and not _lacking(flow):
            return flow
    return None


def _may_do_with(flow: Flow, fewer: int) -> bool:
    """Whether as many pages, each so many lines shorter, may hold what stands on these."""
    depth = flow.frame.depth - fewer * flow.frame.line
    return sum(page.spread for page in flow.pages) <= len(flow.pages) * depth + HAIR


def _lacking(flow: Flow) -> int:
    """How many lines more there should be on the last page; 0 where it lies, or is the only
    one."""
    page, line = flow.pages[-1], flow.frame.line
    if len(flow.pages) == 1 or page.reached < HAIR:
        return 0
    return max(0, ceil(LEAST_LAST * flow.frame.depth / line) - round(page.spread / line))
