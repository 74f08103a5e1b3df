"""并排的图: pictures of one height side by side, each with its own caption below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from editorial.model.book import Part
from editorial.model.document import Figure
from editorial.model.figure_rows import row_crosses, sizes_in_row
from editorial.model.finding import Finding
from editorial.model.open_points import as_printed
from editorial.render.pdf.anchors import block_anchor
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.figures import (
    ABOVE,
    TALLEST,
    Images,
    PlannedFigure,
    caption_of,
    faults_in,
    image_of,
    is_too_long,
    lacking_of,
    movable,
    picture_items,
    plan_figure,
)
from editorial.render.pdf.floats import Movable
from editorial.render.pdf.flow import Flow, skip, snap
from editorial.render.pdf.frame import Frame
from editorial.render.pdf.images import Image
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.items import Anchor, Text
from editorial.render.pdf.pages import settle
from editorial.values import dataclass

Planned: TypeAlias = tuple[Movable, tuple[Finding, ...]]
GAP, LOWEST, NARROWEST, UNKNOWN = 4 * MM, 40 * MM, 14 * MM, 4 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A figure of a row: where in its part, its file, the picture if that can be read."""

    place: int
    figure: Figure
    path: Path | None
    image: Image | None

    @property
    def shape(self) -> float:
        """Its width by its height; a frame for what is missing lies."""
        return self.image.width / self.image.height if self.image else UNKNOWN


def plan_figures(
    setting: Setting,
    frame: Frame,
    part: Part,
    row: Sequence[int],
    images: Images,
    numbers: Mapping[tuple[str, int], str],
) -> Iterator[Planned]:
    """The figures at the places `row` of a part, side by side where they are several; what was
    odd about them. One after the other where one would be too narrow, or its caption too long."""
    figures = [(at, block) for at in row if isinstance(block := part.blocks[at], Figure)]
    told = {at: numbers.get((part.id, at), "") for at in row}
    if len(row) > 1 and (planned := _plan_row(setting, frame, part, figures, images, told)):
        yield planned
        return
    for at, figure in figures:
        anchor = block_anchor(part.id, at)
        alone, found = plan_figure(
            setting, frame, part, figure, images, number=told[at], anchor=anchor, at=at
        )
        yield movable(alone), found


def _plan_row(
    setting: Setting,
    frame: Frame,
    part: Part,
    figures: Sequence[tuple[int, Figure]],
    images: Images,
    numbers: Mapping[int, str],
) -> Planned | None:
    row = [_placed(frame, part, at, figure, images) for at, figure in figures]
    shapes, first = [each.shape for each in row], row[0].figure.width * MM
    column = frame.columns.width
    wide = column < frame.measure and row_crosses(shapes, column, GAP, LOWEST, first)
    measure = frame.measure if wide else column
    sizes = sizes_in_row(shapes, measure, GAP, TALLEST * frame.depth, first)
    if min(width for width, _ in sizes) < NARROWEST:
        return None
    planned = tuple(
        _plan(setting, frame, part, each, size, numbers[each.place])
        for each, size in zip(row, sizes, strict=True)
    )
    if any(map(is_too_long, planned)):
        return None
    found = [
        fault
        for each, one in zip(row, planned, strict=True)
        for fault in faults_in(part, each.figure, one, each.path)
    ]
    height = partial(_height, planned)
    item = Movable(
        kind="figure",
        width=measure,
        height=height,
        least=height,
        parts=lambda _: False,
        set_here=partial(set_row, planned=planned),
    )
    return item, tuple(found)


def _placed(frame: Frame, part: Part, at: int, figure: Figure, images: Images) -> _Placed:
    path = part.images.get(figure.src)
    return _Placed(place=at, figure=figure, path=path, image=image_of(images, path, frame.measure))


def _plan(
    setting: Setting,
    frame: Frame,
    part: Part,
    each: _Placed,
    size: tuple[float, float],
    number: str,
) -> PlannedFigure:
    figure, width = each.figure, size[0]
    return PlannedFigure(
        caption=caption_of(setting, figure, number, each.place, width),
        look=setting.style.roles["figure_title"],
        measure=width,
        depth=frame.depth,
        anchor=block_anchor(part.id, each.place),
        alt=as_printed(setting.style, figure.title) or number,
        image=each.image,
        lacking=None if each.image else lacking_of(setting, figure, each.path, width),
        size=size,
        fixed=True,
    )


# Setting


def set_row(flow: Flow, planned: Sequence[PlannedFigure]) -> None:
    """All of a row, in the middle of the column; captions begin at one depth."""
    look = planned[0].look
    settle(flow, _height(planned))
    skip(flow, ABOVE)
    page, top = flow.pages[-1], flow.y
    across = sum(each.size[0] for each in planned) + GAP * (len(planned) - 1)
    x = flow.left + (flow.measure - across) / 2
    below = top + planned[0].size[1] + look.before
    for each in planned:
        page.items.append(Anchor(name=each.anchor, top=top, column=flow.column))
        with flow.tags.inside("Figure", alt=each.alt) as tag:
            page.items.extend(picture_items(each, x, top, each.size, tag))
            if count := each.caption.lines.count:
                with flow.tags.inside("Caption") as under:
                    lines = each.caption.lines
                    page.items.append(Text(lines=lines, x=x, top=below, stop=count, tag=under))
        x += each.size[0] + GAP
    flow.y = below + _captions(planned)
    skip(flow, look.after)
    snap(flow)


def _captions(planned: Sequence[PlannedFigure]) -> float:
    return max(each.caption.lines.height for each in planned)


def _height(planned: Sequence[PlannedFigure]) -> float:
    look = planned[0].look
    return ABOVE + planned[0].size[1] + look.before + _captions(planned) + look.after
