"""Figures: the picture to scale, its caption below; a frame where one is missing."""

from __future__ import annotations

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
from editorial.render.pdf.floats import Movable
from editorial.render.pdf.flow import Flow, Passage, heads_height, room, skip, snap
from editorial.render.pdf.frame import Frame
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
from editorial.render.pdf.items import Anchor, Item, Picture, Rules, Text
from editorial.render.pdf.pages import pour, settle
from editorial.render.pdf.paragraph import Lines, compose
from editorial.render.titles import printed_credit
from editorial.values import dataclass

TALLEST, TALLEST_CAPTION = 0.55, 0.25
SHRINKS = 0.75
PANORAMA = 1.75
PLACEHOLDER, EMPTY_HEIGHT = 0.6, 90.0
ABOVE = 8.0

Images: TypeAlias = dict[Path, Image | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFigure:
    """A picture of `width` by `height` points, or a frame that says what is `lacking`, in a
    place `measure` wide."""

    caption: Passage
    look: TextRole
    measure: float
    depth: float
    anchor: str
    alt: str
    image: Image | None
    lacking: Passage | None
    size: tuple[float, float]


def plan_figure(
    setting: Setting,
    frame: Frame,
    part: Part,
    figure: Figure,
    images: Images,
    *,
    number: str = "",
    anchor: str = "",
    at: int = -1,
) -> tuple[Movable, tuple[Finding, ...]]:
    """Read the picture and compose what is said about it; what was odd about it."""
    path = part.images.get(figure.src)
    image = _image(images, path, frame.measure) if path else None
    wide = image is not None and _is_wide(image, frame)
    measure = frame.measure if wide else frame.columns.width
    look = setting.style.roles["figure_title"]
    planned = PlannedFigure(
        caption=_caption(setting, figure, number, at, look, measure),
        look=look,
        measure=measure,
        depth=frame.depth,
        anchor=anchor,
        alt=as_printed(setting.style, figure.title) or number,
        image=image,
        lacking=None if image else _lacking(setting, figure, path, measure),
        size=_scaled(image, measure, TALLEST * frame.depth) if image else (0.0, 0.0),
    )
    item = Movable(
        kind="figure",
        width=measure,
        height=partial(_height, planned, 1.0),
        least=partial(_height, planned, SHRINKS if image else 1.0),
        parts=lambda _: False,
        set_here=partial(set_figure, planned=planned),
    )
    return item, _faults(part, figure, planned, path)


def _image(images: Images, path: Path, widest: float) -> Image | None:
    if path not in images:
        from editorial.render.pdf.image_files import read_image  # kept pages need no Pillow

        images[path] = read_image(path, widest)
    return images[path]


def _is_wide(image: Image, frame: Frame) -> bool:
    """A panorama that would be too low in one column of several."""
    width = frame.columns.width
    return width < frame.measure and image.width > width and image.width > PANORAMA * image.height


def _caption(
    setting: Setting, figure: Figure, number: str, at: int, look: TextRole, width: float
) -> Passage:
    """图3-1　示例走廊（某某　摄）, who took the picture in the face of notes."""
    title = captioned(setting, at, number, title_of(figure))
    credit = pieces_of(setting, _credit(setting, figure, at), setting.style.roles["note"].font)
    pieces = [*pieces_of(setting, title), *credit]
    lines = compose(setting.case, pieces, look, width)
    return Passage(lines=lines, notes=notes_of(setting, title))


def _credit(setting: Setting, figure: Figure, at: int) -> Wording:
    words = printed_credit(figure.credit)
    if not words:
        return ()
    credit = changed(setting, at, "credit", (Run(text=words),))
    return (Run(text="（"), *credit, Run(text="）"))


def _lacking(setting: Setting, figure: Figure, path: Path | None, measure: float) -> Passage:
    """What is printed for a picture that is not there, or cannot be read."""
    reason = "图片无法读取" if path and path.exists() else "缺图"
    name = PurePosixPath(figure.src.replace("\\", "/")).name or "未写文件名"
    style = setting.style
    look = style.roles["figure_title"]
    color = style.mark_color if style.show_marks else look.color
    framed = replace(look, align="center", color=color)
    return plain_passage(
        setting, f"【{reason}：{name}】", framed, PLACEHOLDER * measure - 2 * ABOVE
    )


def _scaled(image: Image, widest: float, tallest: float) -> tuple[float, float]:
    """Never above its natural size."""
    scale = min(1.0, widest / image.width, tallest / image.height)
    return image.width * scale, image.height * scale


def _faults(
    part: Part, figure: Figure, planned: PlannedFigure, path: Path | None
) -> tuple[Finding, ...]:
    image = planned.image
    if image is None and path:
        from editorial.render.raster import unreadable

        return (unreadable_figure(part.id, figure, unreadable(path)),)
    if image is None:
        return ()
    dots = image.natural[0] / (planned.size[0] / 72)
    return tuple(figure_faults(part.id, figure, image.converted, dots))


# Setting


def set_figure(flow: Flow, planned: PlannedFigure) -> None:
    """Picture and caption together, a little smaller if only that fits."""
    size, under = _size(planned), _under(planned)
    left = room(flow) - ABOVE - under - heads_height(flow)
    if planned.image and SHRINKS * size[1] <= left < size[1]:
        size = (size[0] * left / size[1], left)
    settle(flow, ABOVE + size[1] + under)
    skip(flow, ABOVE)
    page, x = flow.pages[-1], flow.left + (flow.measure - size[0]) / 2
    if planned.anchor:
        page.items.append(Anchor(name=planned.anchor, top=flow.y, column=flow.column))
    with flow.tags.inside("Figure", alt=planned.alt) as tag:
        page.items.extend(_picture(planned, x, flow.y, size, tag))
        flow.y += size[1] + planned.look.before
        with flow.tags.inside("Caption"):
            pour(flow, planned.caption, x=(flow.measure - planned.measure) / 2)
    skip(flow, planned.look.after)
    snap(flow)


def _height(planned: PlannedFigure, scale: float) -> float:
    return ABOVE + scale * _size(planned)[1] + _under(planned) + planned.look.after


def _size(planned: PlannedFigure) -> tuple[float, float]:
    if not planned.lacking:
        return planned.size
    text = planned.lacking.lines.height
    return PLACEHOLDER * planned.measure, max(EMPTY_HEIGHT, text + 2 * ABOVE)


def _under(planned: PlannedFigure) -> float:
    """The caption as far as it is not too long to be kept with its picture."""
    return planned.look.before + min(planned.caption.lines.height, TALLEST_CAPTION * planned.depth)


def _picture(
    planned: PlannedFigure, x: float, top: float, size: tuple[float, float], tag: int
) -> list[Item]:
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
    text = Text(lines=lines, x=x + ABOVE, top=middle, stop=lines.count, tag=tag)
    return [Rules(strokes=strokes, weight=0.6, grey=0.4), text]
