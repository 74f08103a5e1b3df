"""Figures: the picture to scale, its caption below; a frame where one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from editorial.model.book import Part
from editorial.model.document import Figure, Run, title_of
from editorial.model.finding import Finding
from editorial.model.open_points import as_printed
from editorial.model.style import TextRole
from editorial.render.faults import figure_faults, unreadable_figure
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.floats import Movable
from editorial.render.pdf.flow import Flow, Passage, heads_height, room, set_anchor, skip, snap
from editorial.render.pdf.frame import HAIR, Frame
from editorial.render.pdf.images import Image
from editorial.render.pdf.inline import (
    Setting,
    Wording,
    captioned,
    changed,
    notes_of,
    pieces_of,
    plain_passage,
)
from editorial.render.pdf.items import Item, Picture, Rules, Text
from editorial.render.pdf.pages import pour, settle
from editorial.render.pdf.paragraph import Lines, compose
from editorial.render.titles import printed_credit
from editorial.values import dataclass

TALLEST, TALLEST_CAPTION = 0.55, 0.25
SHRINKS = 0.75
NEARLY = 0.97
PANORAMA = 1.75
PLACEHOLDER, EMPTY_HEIGHT, NARROWEST = 0.6, 90.0, 24.0
ABOVE = 8.0

Images: TypeAlias = dict[Path, Image | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFigure:
    """A picture of `size` points, or a frame so wide that says what is `lacking`, in a place
    `measure` wide. `fixed`: it is made no smaller to fit a page."""

    caption: Passage
    look: TextRole
    measure: float
    depth: float
    anchor: str
    alt: str
    image: Image | None
    lacking: Passage | None
    size: tuple[float, float]
    fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedFigure:
    """A figure at its `place` in a part: its file, and the picture if that can be read."""

    place: int
    figure: Figure
    path: Path | None
    image: Image | None


def locate_figure(
    frame: Frame, part: Part, place: int, figure: Figure, images: Images
) -> LocatedFigure:
    """`images` are those read before for this 篇目; no page shows one wider than the frame."""
    path = part.images.get(figure.src)
    return LocatedFigure(
        place=place, figure=figure, path=path, image=_image_of(images, path, frame.measure)
    )


def plan_figure(setting: Setting, frame: Frame, located: LocatedFigure) -> PlannedFigure:
    """One that stands by itself: in its column, or across all."""
    image, wanted = located.image, located.figure.width * MM
    measure = frame.measure if _is_wide(image, frame, wanted) else frame.columns.width
    empty = min(wanted or PLACEHOLDER * measure, measure)
    size = _scaled(image, measure, TALLEST * frame.depth, wanted) if image else (empty, 0.0)
    return composed(setting, frame, located, measure, size, fixed=bool(wanted))


def composed(
    setting: Setting,
    frame: Frame,
    located: LocatedFigure,
    measure: float,
    size: tuple[float, float],
    *,
    fixed: bool,
) -> PlannedFigure:
    """The picture, `size` points large, with what is said about it in a place so wide."""
    figure, number = located.figure, setting.number(located.place)
    return PlannedFigure(
        caption=caption_of(setting, located, measure),
        look=setting.style.roles["figure_title"],
        measure=measure,
        depth=frame.depth,
        anchor=setting.anchor(located.place),
        alt=as_printed(setting.style, figure.title) or number,
        image=located.image,
        lacking=None if located.image else _lacking_of(setting, located, size[0]),
        size=size,
        fixed=fixed,
    )


def movable(planned: PlannedFigure) -> Movable:
    """It stands where there is room."""
    shrinks = planned.image and not planned.fixed
    return Movable(
        kind="figure",
        width=planned.measure,
        height=partial(_height, planned, 1.0),
        least=partial(_height, planned, SHRINKS if shrinks else 1.0),
        set_here=partial(set_figure, planned=planned),
    )


def _image_of(images: Images, path: Path | None, widest: float) -> Image | None:
    """None where there is no file, or none that can be read."""
    if path is None:
        return None
    if path not in images:
        from editorial.render.pdf.image_files import read_image  # kept pages need no Pillow

        images[path] = read_image(path, widest)
    return images[path]


def _is_wide(image: Image | None, frame: Frame, wanted: float) -> bool:
    """Wider than one column of several: as `wanted`, or a panorama that would be too low in it."""
    width = frame.columns.width
    if wanted or image is None:
        return wanted > width + HAIR
    return width < frame.measure and image.width > width and image.width > PANORAMA * image.height


def caption_of(setting: Setting, located: LocatedFigure, width: float) -> Passage:
    """图3-1　示例走廊（某某　摄）, who took the picture in the face of notes."""
    place, look = located.place, setting.style.roles["figure_title"]
    title = captioned(setting, place, setting.number(place), title_of(located.figure))
    credit = _credit(setting, located.figure, place)
    pieces = [
        *pieces_of(setting, title),
        *pieces_of(setting, credit, setting.style.roles["note"].font),
    ]
    lines = compose(setting.case, pieces, look, width)
    return Passage(lines=lines, notes=notes_of(setting, title))


def _credit(setting: Setting, figure: Figure, at: int) -> Wording:
    words = printed_credit(figure.credit)
    if not words:
        return ()
    credit = changed(setting, at, "credit", (Run(text=words),))
    return (Run(text="（"), *credit, Run(text="）"))


def _lacking_of(setting: Setting, located: LocatedFigure, width: float) -> Passage:
    """What is printed in a frame of `width` for a picture that is not there, or cannot be read."""
    figure, path = located.figure, located.path
    reason = "图片无法读取" if path and path.exists() else "缺图"
    name = PurePosixPath(figure.src.replace("\\", "/")).name or "未写文件名"
    style = setting.style
    look = style.roles["figure_title"]
    color = style.mark_color if style.show_marks else look.color
    framed = replace(look, align="center", color=color)
    inside = max(width - 2 * ABOVE, NARROWEST)
    return plain_passage(setting, f"【{reason}：{name}】", framed, inside)


def _scaled(image: Image, widest: float, tallest: float, wanted: float = 0) -> tuple[float, float]:
    """As wide as `wanted`, else never above its natural size, but as wide as its place where
    little is lacking."""
    most = wanted / image.width if wanted else 1.0
    scale = min(most, widest / image.width, tallest / image.height)
    if not wanted and scale * image.width >= NEARLY * widest:
        scale = widest / image.width
    return image.width * scale, image.height * scale


def faults_in(
    setting: Setting, located: LocatedFigure, planned: PlannedFigure
) -> Iterator[Finding]:
    """What is odd about a picture, as it is printed."""
    image, part = located.image, setting.part
    if image:
        dots = image.natural[0] / (planned.size[0] / 72)
        yield from figure_faults(part, located.figure, image.converted, dots)
    elif located.path:
        from editorial.render.raster import unreadable  # kept pages need no Pillow

        yield unreadable_figure(part, located.figure, unreadable(located.path))


# Setting


def set_figure(flow: Flow, planned: PlannedFigure) -> None:
    """Picture and caption together, a little smaller if only that fits."""
    size, under = size_of(planned), caption_room(planned)
    left = room(flow) - ABOVE - under - heads_height(flow)
    if planned.image and not planned.fixed and SHRINKS * size[1] <= left < size[1]:
        size = (size[0] * left / size[1], left)
    settle(flow, ABOVE + size[1] + under)
    skip(flow, ABOVE)
    page, x = flow.pages[-1], flow.left + (flow.measure - size[0]) / 2
    set_anchor(flow, planned.anchor)
    with flow.tags.inside("Figure", alt=planned.alt) as tag:
        page.items.extend(_picture_items(planned, x, flow.y, size, tag))
        flow.y += size[1] + planned.look.before
        with flow.tags.inside("Caption"):
            pour(flow, planned.caption, x=(flow.measure - planned.measure) / 2)
    skip(flow, planned.look.after)
    snap(flow)


def set_captioned(
    flow: Flow, planned: PlannedFigure, x: float, top: float, size: tuple[float, float]
) -> None:
    """Picture and caption at `x`, `top`, beside what else stands there; none moves the flow."""
    page, lines = flow.pages[-1], planned.caption.lines
    set_anchor(flow, planned.anchor)
    with flow.tags.inside("Figure", alt=planned.alt) as tag:
        page.items.extend(_picture_items(planned, x, top, size, tag))
        if lines.count:
            below = top + size[1] + planned.look.before
            with flow.tags.inside("Caption") as under:
                page.items.append(Text(lines=lines, x=x, top=below, tag=under))


def _height(planned: PlannedFigure, scale: float) -> float:
    return ABOVE + scale * size_of(planned)[1] + caption_room(planned) + planned.look.after


def size_of(planned: PlannedFigure) -> tuple[float, float]:
    """Of the picture, or of the frame in its place."""
    if not planned.lacking:
        return planned.size
    text = planned.lacking.lines.height
    return planned.size[0], max(EMPTY_HEIGHT, text + 2 * ABOVE)


def is_too_long(planned: PlannedFigure) -> bool:
    """Whether the caption is too long to be kept with its picture."""
    return planned.caption.lines.height > TALLEST_CAPTION * planned.depth


def caption_room(planned: PlannedFigure) -> float:
    """The caption as far as it is not too long to be kept with its picture."""
    return planned.look.before + min(planned.caption.lines.height, TALLEST_CAPTION * planned.depth)


def _picture_items(
    planned: PlannedFigure, x: float, top: float, size: tuple[float, float], tag: int
) -> list[Item]:
    """The picture, or its frame, with its upper left corner at `x`, `top`."""
    width, height = size
    if planned.image:
        return [Picture(image=planned.image, x=x, top=top, width=width, height=height, tag=tag)]
    if planned.lacking:
        return _placeholder(planned.lacking.lines, x, top, size, tag)
    return []


def _placeholder(
    lines: Lines, x: float, top: float, size: tuple[float, float], tag: int
) -> list[Item]:
    right, bottom = x + size[0], top + size[1]
    strokes = (
        (x, top, right, top),
        (right, top, right, bottom),
        (right, bottom, x, bottom),
        (x, bottom, x, top),
    )
    middle = top + (size[1] - lines.height) / 2
    text = Text(lines=lines, x=x + ABOVE, top=middle, tag=tag)
    return [Rules(strokes=strokes, weight=0.6, grey=0.4), text]
