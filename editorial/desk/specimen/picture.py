"""Statistical charts and plain scenes as small picture files: bar, line, pie, map, scene.

Drawn at twice the size and reduced, then put on a palette; the same data and
font give the same bytes. The title is not drawn (the book sets it below the
figure) but goes into the file as its text description.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import cast, get_args
from zlib import crc32

from PIL import Image, ImageChops, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from editorial.desk.specimen.charts import DRAWN, SCALE, Face, Kind, Pen, Picture
from editorial.desk.specimen.scenery import motif_of, scene
from editorial.errors import EditorialError

WIDTH, HEIGHT = 1200, 760
# White left above and below a chart: more would stand between it and its caption.
MARGIN = 14


def picture_of(raw: Mapping[str, object], where: str = "") -> Picture:
    """One value of data.yaml. Raises EditorialError when kind or numbers do not fit."""
    kind = str(raw.get("kind", ""))
    if kind not in get_args(Kind):
        hint = f"可用：{'、'.join(get_args(Kind))}"
        raise EditorialError(f"不认识的图种类“{kind}”", hint=hint, where=where)
    labels = tuple(str(label) for label in cast("list[object]", raw.get("labels") or []))
    series = _series(raw, where)
    for name, values in series:
        if len(values) != len(labels):
            message = f"“{name or '数值'}”有{len(values)}个数，图上有{len(labels)}项"
            raise EditorialError(message, hint="labels 与数值须一一对应", where=where)
    if not series and kind in ("bar", "line", "pie"):
        raise EditorialError("图没有数据", hint="请写 values 或 series", where=where)
    pairs = cast("list[list[object]]", raw.get("lines") or [])
    return Picture(
        kind=cast("Kind", kind),
        title=str(raw.get("title") or ""),
        unit=str(raw.get("unit") or ""),
        labels=labels,
        series=series,
        lines=tuple((str(pair[0]), str(pair[-1])) for pair in pairs),
    )


def _series(raw: Mapping[str, object], where: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    named = cast("Mapping[str, list[object]]", raw.get("series") or {})
    alone = cast("list[object]", raw.get("values") or [])
    rows = named or ({"": alone} if alone else {})
    try:
        found = tuple((str(k), tuple(float(str(v)) for v in vs)) for k, vs in rows.items())
    except ValueError as fault:
        raise EditorialError("图的数据里有不是数的值", where=where) from fault
    lowest = 0.0 if raw.get("kind") in ("pie", "map") else -math.inf
    if not all(lowest <= v < math.inf and v > -math.inf for _, vs in found for v in vs):
        raise EditorialError("图的数据里有画不出的数", hint="饼图和示意图不能有负数", where=where)
    return found


def picture_png(picture: Picture, font: Path, index: int = 0, weight: int = 0) -> bytes:
    """A PNG of 1200 × at most 760 pixels on a palette, under 60 kB. `weight` pins a variable
    face."""
    if picture.kind == "scene":
        seed = crc32(picture.title.encode())
        motif = motif_of(picture.title + "".join(picture.labels))
        image = scene(seed, WIDTH * SCALE, HEIGHT * SCALE, motif)
        return _packed(image, picture.title, colors=160)
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), (255, 255, 255))
    pen = Pen(
        draw=ImageDraw.Draw(image),
        face=_face(font, index, weight, 30 * SCALE),
        small=_face(font, index, weight, 25 * SCALE),
        width=image.width,
        height=image.height,
    )
    DRAWN[picture.kind](pen, picture)
    return _packed(_trimmed(image), picture.title, colors=96)


def scene_jpeg(seed: int, width: int = 960, height: int = 640, subject: str = "") -> bytes:
    """A scene with the grain of a camera; the same seed gives the same bytes."""
    image = scene(seed, width, height, subject)
    half = (width // 2, height // 2)
    grain = Image.frombytes("L", half, Random(seed).randbytes(half[0] * half[1]))
    file = io.BytesIO()
    film = grain.resize((width, height)).convert("RGB")
    Image.blend(image, film, 0.05).save(file, "JPEG", quality=66)
    return file.getvalue()


def _face(font: Path, index: int, weight: int, size: int) -> Face:
    face = ImageFont.truetype(str(font), size, index=index)
    if weight:
        face.set_variation_by_axes([weight])
    return face


def _trimmed(image: Image.Image) -> Image.Image:
    """As wide as before, what is drawn in the middle, little white above and below."""
    drawn = ImageChops.invert(image).getbbox()
    if drawn is None:
        return image
    left, top, right, bottom = drawn
    edge = MARGIN * SCALE
    high = min(image.height, bottom - top + 2 * edge)
    whole = Image.new("RGB", (image.width, high - high % SCALE), (255, 255, 255))
    whole.paste(image.crop(drawn), ((image.width - right + left) // 2, (high - bottom + top) // 2))
    return whole


def _packed(image: Image.Image, title: str, colors: int) -> bytes:
    size = image.width // SCALE, image.height // SCALE
    small = image.resize(size, Image.Resampling.LANCZOS)
    flat = small.quantize(colors, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    info = PngInfo()
    if title:
        info.add_itxt("Title", title, lang="zh-CN")
    file = io.BytesIO()
    flat.save(file, "PNG", optimize=True, pnginfo=info)
    return file.getvalue()
