"""并排的图: pictures of one height side by side, each with its own caption below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeAlias

from editorial.model.book import Part
from editorial.model.document import Figure
from editorial.model.figure_rows import row_crosses, sizes_in_row
from editorial.model.finding import Finding
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.figures import (
    ABOVE,
    TALLEST,
    Images,
    LocatedFigure,
    PlannedFigure,
    composed,
    faults_in,
    is_too_long,
    locate_figure,
    movable,
    plan_figure,
    set_captioned,
)
from editorial.render.pdf.floats import Movable
from editorial.render.pdf.flow import Flow, skip, snap
from editorial.render.pdf.frame import Frame
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.pages import settle

Planned: TypeAlias = tuple[Movable, tuple[Finding, ...]]
GAP, LOWEST, NARROWEST, UNKNOWN = 4 * MM, 40 * MM, 14 * MM, 4 / 3


def plan_figures(
    setting: Setting, frame: Frame, part: Part, row: Sequence[int], images: Images
) -> Iterator[Planned]:
    """The figures at the places `row` of a part, side by side where they are several; what was
    odd about them. One after the other where one would be too narrow, or its caption too long."""
    figures = [
        locate_figure(frame, part, at, block, images)
        for at in row
        if isinstance(block := part.blocks[at], Figure)
    ]
    if len(row) > 1 and (planned := _plan_row(setting, frame, figures)):
        yield planned
        return
    for each in figures:
        alone = plan_figure(setting, frame, each)
        yield movable(alone), tuple(faults_in(setting, each, alone))


def _plan_row(setting: Setting, frame: Frame, row: Sequence[LocatedFigure]) -> Planned | None:
    shapes, first = [*map(_shape, row)], row[0].figure.width * MM
    column = frame.columns.width
    wide = column < frame.measure and row_crosses(shapes, column, GAP, LOWEST, first)
    measure = frame.measure if wide else column
    sizes = sizes_in_row(shapes, measure, GAP, TALLEST * frame.depth, first)
    if min(width for width, _ in sizes) < NARROWEST:
        return None
    planned = [
        composed(setting, frame, each, size[0], size, fixed=True)
        for each, size in zip(row, sizes, strict=True)
    ]
    if any(map(is_too_long, planned)):
        return None
    height = partial(_height, planned)
    item = Movable(
        kind="figure",
        width=measure,
        height=height,
        least=height,
        set_here=partial(set_row, planned=planned),
    )
    pairs = zip(row, planned, strict=True)
    return item, tuple(fault for each, one in pairs for fault in faults_in(setting, each, one))


def _shape(located: LocatedFigure) -> float:
    """Width by height; a frame for what is missing lies."""
    return located.image.width / located.image.height if located.image else UNKNOWN


# Setting


def set_row(flow: Flow, planned: Sequence[PlannedFigure]) -> None:
    """All of a row, in the middle of the column; captions begin at one depth."""
    settle(flow, _height(planned))
    skip(flow, ABOVE)
    across = sum(each.size[0] for each in planned) + GAP * (len(planned) - 1)
    x = flow.left + (flow.measure - across) / 2
    for each in planned:
        set_captioned(flow, each, x, flow.y, each.size)
        x += each.size[0] + GAP
    look = planned[0].look
    below = flow.y + planned[0].size[1] + look.before
    flow.y = below + _captions(planned)
    skip(flow, look.after)
    snap(flow)


def _captions(planned: Sequence[PlannedFigure]) -> float:
    return max(each.caption.lines.height for each in planned)


def _height(planned: Sequence[PlannedFigure]) -> float:
    look = planned[0].look
    return ABOVE + planned[0].size[1] + look.before + _captions(planned) + look.after
