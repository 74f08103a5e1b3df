"""Figures in the flow: the picture to scale, its caption below; a frame where one is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from editorial.model.book import Part
from editorial.model.document import Figure
from editorial.render.pdf.images import Image, read_image
from editorial.render.pdf.inline import MARK_COLOR, Setting, plain_passage
from editorial.render.pdf.items import Anchor, Item, Picture, Rules, Text
from editorial.render.pdf.pages import Flow, Passage, heads_height, pour, room, settle, skip, snap
from editorial.render.pdf.paragraph import Lines

TALLEST = 0.55
SHRINKS = 0.75
PLACEHOLDER, EMPTY_HEIGHT = 0.6, 90.0
ABOVE = 8.0


def set_figure(
    flow: Flow, setting: Setting, part: Part, figure: Figure, number: str, anchor: str = ""
) -> None:
    """Picture and caption together on one page, a little smaller if only that fits."""
    look = setting.style.roles["figure_title"]
    caption = plain_passage(setting, _caption(figure, number), look, flow.frame.measure)
    under = look.before + min(caption.lines.height, flow.frame.depth / 4)
    path = part.images.get(figure.src)
    image = _image(flow, path) if path else None
    lack = None if image else _lack(flow, setting, figure, path)
    size = _size(flow, image, lack)
    left = room(flow) - ABOVE - under - heads_height(flow.waiting)
    if image and SHRINKS * size[1] <= left < size[1]:
        size = (size[0] * left / size[1], left)
    settle(flow, ABOVE + size[1] + under)
    skip(flow, ABOVE)
    page, x = flow.pages[-1], (flow.frame.measure - size[0]) / 2
    if anchor:
        page.items.append(Anchor(name=anchor, top=flow.y))
    if image:
        page.items.append(Picture(image=image, x=x, top=flow.y, width=size[0], height=size[1]))
    if lack:
        page.items.extend(_placeholder(lack.lines, x, flow.y, size))
    flow.y += size[1] + look.before
    pour(flow, caption)
    skip(flow, look.after)
    snap(flow)


def _caption(figure: Figure, number: str) -> str:
    title = "　".join(part for part in (number, figure.title) if part)
    return f"{title}（{figure.credit}）" if figure.credit else title


def _image(flow: Flow, path: Path) -> Image | None:
    if path not in flow.images:
        flow.images[path] = read_image(path, flow.frame.measure)
    return flow.images[path]


def _size(flow: Flow, image: Image | None, lack: Passage | None) -> tuple[float, float]:
    """Never above its natural size, the measure, or a good half of the page."""
    frame = flow.frame
    if image:
        scale = min(1.0, frame.measure / image.width, TALLEST * frame.depth / image.height)
        return image.width * scale, image.height * scale
    text = lack.lines.height if lack else 0
    return PLACEHOLDER * frame.measure, max(EMPTY_HEIGHT, text + 2 * ABOVE)


def _lack(flow: Flow, setting: Setting, figure: Figure, path: Path | None) -> Passage:
    """What is printed for a picture that is not there, or cannot be read."""
    reason = "图片无法读取" if path and path.exists() else "缺图"
    name = PurePosixPath(figure.src.replace("\\", "/")).name or "未写文件名"
    look = setting.style.roles["figure_title"]
    color = MARK_COLOR if setting.style.show_marks else look.color
    framed = replace(look, align="center", color=color)
    width = PLACEHOLDER * flow.frame.measure - 2 * ABOVE
    return plain_passage(setting, f"【{reason}：{name}】", framed, width)


def _placeholder(lines: Lines, x: float, top: float, size: tuple[float, float]) -> list[Item]:
    right, bottom = x + size[0], top + size[1]
    strokes = (
        (x, top, right, top),
        (right, top, right, bottom),
        (right, bottom, x, bottom),
        (x, bottom, x, top),
    )
    text = Text(lines=lines, x=x + ABOVE, top=top + (size[1] - lines.height) / 2, stop=lines.count)
    return [Rules(strokes=strokes, weight=0.6, grey=0.4), text]
