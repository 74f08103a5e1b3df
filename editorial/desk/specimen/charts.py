"""Bar, line, pie and map, drawn on a surface of their own size.

One series is one colour; numbers of one picture have the same decimals.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias, cast

from PIL import ImageDraw, ImageFont

from editorial.desk.specimen.scenery import Color
from editorial.values import dataclass

Kind: TypeAlias = Literal["bar", "line", "pie", "map", "scene"]
Box: TypeAlias = tuple[float, float, float, float]
Face: TypeAlias = ImageFont.FreeTypeFont

SCALE = 2  # drawn twice as large as it will be
INK: Color = (58, 64, 72)
PALE: Color = (222, 226, 230)
PALETTE: tuple[Color, ...] = (
    (52, 108, 162),
    (214, 132, 58),
    (86, 152, 108),
    (178, 76, 68),
    (124, 108, 168),
    (70, 158, 166),
    (196, 160, 62),
    (120, 132, 146),
    (152, 106, 84),
    (166, 186, 96),
    (98, 132, 196),
)
CITIES: dict[str, tuple[float, float]] = {
    "肇庆": (0.13, 0.24),
    "佛山": (0.34, 0.36),
    "广州": (0.49, 0.21),
    "东莞": (0.65, 0.36),
    "惠州": (0.86, 0.22),
    "深圳": (0.78, 0.57),
    "香港": (0.84, 0.80),
    "中山": (0.42, 0.58),
    "江门": (0.22, 0.66),
    "珠海": (0.41, 0.82),
    "澳门": (0.52, 0.93),
}
PLATFORMS: dict[str, tuple[float, float]] = {
    "南沙": (0.49, 0.45),
    "前海": (0.69, 0.57),
    "横琴": (0.44, 0.90),
    "三龙湾": (0.36, 0.27),
    "翠亨": (0.44, 0.66),
    "滨海湾": (0.66, 0.41),
    "潼湖": (0.82, 0.28),
    "银湖湾": (0.20, 0.80),
    "肇庆新区": (0.14, 0.22),
    "河套": (0.80, 0.66),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What to draw. Every series has one value for each label; `lines` join places of a map."""

    kind: Kind
    title: str = ""
    unit: str = ""
    labels: tuple[str, ...] = ()
    series: tuple[tuple[str, tuple[float, ...]], ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """A drawing surface with the face to letter it; lengths are in its own pixels."""

    draw: ImageDraw.ImageDraw
    face: Face
    small: Face
    width: int
    height: int


def _text(pen: Pen, at: tuple[float, float], text: str, anchor: str = "mm", **look: object) -> None:
    face = cast("Face", look.get("face", pen.small))
    fill = cast("Color", look.get("fill", INK))
    pen.draw.text(at, text, font=face, anchor=anchor, fill=fill)


def _number(value: float) -> str:
    return f"{value:.10g}"


def _alike(values: Iterable[float]) -> Callable[[float], str]:
    """How to write them with the same number of decimals, as one column of a table."""
    places = max((len(_number(v).partition(".")[2]) for v in values), default=0)
    return f"{{:.{places}f}}".format


def _ticks(low: float, high: float) -> tuple[float, ...]:
    """Four to seven round values that cover low…high."""
    reach = (high - low) or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(reach / 5))
    step = next(power * k for k in (1, 2, 2.5, 5, 10) if reach / (power * k) <= 6)
    first = math.floor(low / step)
    last = max(first + 1, math.ceil(high / step))
    return tuple(round(step * k, 10) for k in range(first, last + 1))


def _legend(pen: Pen, names: tuple[str, ...]) -> None:
    if len(names) < 2:
        return
    gap, chip = 28 * SCALE, 22 * SCALE
    wide = [chip + 10 * SCALE + pen.small.getlength(name) + gap for name in names]
    x, y = pen.width - sum(wide), 48 * SCALE
    for k, (name, step) in enumerate(zip(names, wide, strict=True)):
        pen.draw.rectangle((x, y - chip / 2, x + chip, y + chip / 2), fill=_color(k))
        _text(pen, (x + chip + 10 * SCALE, y), name, "lm")
        x += step


def _color(number: int) -> Color:
    return PALETTE[number % len(PALETTE)]


def _frame(pen: Pen, picture: Picture, ticks: tuple[float, ...]) -> Box:
    """Grid lines, their numbers and the unit; returns the plot area."""
    numbers = list(map(_alike(ticks), ticks))
    left = 50 * SCALE + max(pen.small.getlength(number) for number in numbers)
    plot = (left, 110 * SCALE, pen.width - 40 * SCALE, pen.height - 110 * SCALE)
    for tick, number in zip(ticks, numbers, strict=True):
        y = _height(plot, ticks, tick)
        color = (150, 158, 166) if tick == 0 or tick == ticks[0] else PALE
        pen.draw.line((plot[0], y, plot[2], y), fill=color, width=2 * SCALE)
        _text(pen, (plot[0] - 14 * SCALE, y), number, "rm")
    if picture.unit:
        _text(pen, (24 * SCALE, 48 * SCALE), f"单位：{picture.unit}", "lm")
    _legend(pen, tuple(name for name, _ in picture.series))
    return plot


def _height(plot: Box, ticks: tuple[float, ...], value: float) -> float:
    return plot[3] - (value - ticks[0]) / (ticks[-1] - ticks[0]) * (plot[3] - plot[1])


def _under(pen: Pen, plot: Box, labels: tuple[str, ...]) -> None:
    """Labels below the axis, on two lines where one would not do."""
    slot = (plot[2] - plot[0]) / len(labels)
    for i, label in enumerate(labels):
        x, y = plot[0] + slot * (i + 0.5), plot[3] + 34 * SCALE
        if pen.small.getlength(label) <= slot * 0.96:
            _text(pen, (x, y), label)
            continue
        half = (len(label) + 1) // 2
        for part in (label[:half], label[half:]):
            _text(pen, (x, y), part)
            y += 34 * SCALE


def _bars(pen: Pen, picture: Picture) -> None:
    values = [value for _, row in picture.series for value in row]
    ticks = _ticks(min(0, *values), max(0, *values))
    plot = _frame(pen, picture, ticks)
    slot = (plot[2] - plot[0]) / len(picture.labels)
    wide = min(slot * 0.8 / len(picture.series), 96 * SCALE)
    zero, number = _height(plot, ticks, 0), _alike(values)
    widest = max(pen.small.getlength(number(value)) for value in values)
    numbered = widest <= wide * (1.4 if len(picture.series) == 1 else 1.02)
    for k, (_, row) in enumerate(picture.series):
        for i, value in enumerate(row):
            x = plot[0] + slot * (i + 0.5) + wide * (k - len(picture.series) / 2)
            y = _height(plot, ticks, value)
            pen.draw.rectangle((x, min(y, zero), x + wide * 0.94, max(y, zero)), fill=_color(k))
            if numbered:
                _text(pen, (x + wide * 0.47, min(y, zero) - 18 * SCALE), number(value))
    _under(pen, plot, picture.labels)


def _lines(pen: Pen, picture: Picture) -> None:
    values = [value for _, row in picture.series for value in row]
    low, high = min(values), max(values)
    ticks = _ticks(0 if 0 <= low < high / 2 else low - (high - low) * 0.2, high)
    plot = _frame(pen, picture, ticks)
    slot, number = (plot[2] - plot[0]) / len(picture.labels), _alike(values)
    for k, (_, row) in enumerate(picture.series):
        way = [(plot[0] + slot * (i + 0.5), _height(plot, ticks, v)) for i, v in enumerate(row)]
        pen.draw.line(way, fill=_color(k), width=6 * SCALE, joint="curve")
        for i, ((x, y), value) in enumerate(zip(way, row, strict=True)):
            r = 9 * SCALE
            box = (x - r, y - r, x + r, y + r)
            pen.draw.ellipse(box, fill=_color(k), outline="white", width=6)
            if len(picture.series) == 1 or len(row) <= 8:
                anchor, down = _clear_of(row[max(0, i - 1)], value, row[min(i + 1, len(row) - 1)])
                _text(pen, (x, y + down * SCALE), number(value), anchor)
    _under(pen, plot, picture.labels)


def _clear_of(before: float, value: float, after: float) -> tuple[str, int]:
    """Where a number stands free of the line through its point: anchor, pixels down."""
    if before > value < after:
        return "mm", 30
    if before <= value < after:
        return "rm", -26
    return ("lm", -26) if before > value >= after else ("mm", -28)


def _pie(pen: Pen, picture: Picture) -> None:
    """A ring, clockwise from twelve, with a legend that gives value and share."""
    values = picture.series[0][1]
    whole = sum(values) or 1.0
    x, y, r = pen.width * 0.3, pen.height * 0.5, pen.height * 0.4
    angle = -90.0
    for k, value in enumerate(values):
        end = angle + 360 * value / whole
        pen.draw.pieslice(
            (x - r, y - r, x + r, y + r), angle, end, fill=_color(k), outline="white", width=6
        )
        angle = end
    hole = r * 0.52
    pen.draw.ellipse((x - hole, y - hole, x + hole, y + hole), fill="white")
    _text(pen, (x, y - 22 * SCALE), "合计", face=pen.face)
    _text(pen, (x, y + 22 * SCALE), f"{_number(round(sum(values), 6))}{picture.unit}")
    _pie_legend(pen, picture, whole)


def _pie_legend(pen: Pen, picture: Picture, whole: float) -> None:
    values = picture.series[0][1]
    step = min(62 * SCALE, pen.height * 0.86 / len(values))
    y = pen.height / 2 - step * (len(values) - 1) / 2
    left, chip, number = pen.width * 0.6, 22 * SCALE, _alike(values)
    for k, (label, value) in enumerate(zip(picture.labels, values, strict=True)):
        pen.draw.rectangle((left, y - chip / 2, left + chip, y + chip / 2), fill=_color(k))
        amount = "" if picture.unit == "%" else f"{number(value)}　"
        text = f"{label}　{amount}{value / whole:.1%}"
        _text(pen, (left + chip + 16 * SCALE, y), text, "lm")
        y += step


def _map(pen: Pen, picture: Picture) -> None:
    """Places round the bay as circles whose area follows the value; a sketch, not a map."""
    values = dict(zip(picture.labels, picture.series[0][1], strict=True)) if picture.series else {}
    spots = _spots(pen, picture.labels or tuple(CITIES))
    biggest = max(values.values(), default=1.0) or 1.0
    _bay(pen)
    for ends in picture.lines:
        if spots.keys() >= set(ends):
            way = (*spots[ends[0]], *spots[ends[1]])
            pen.draw.line(way, fill=(150, 168, 180), width=5 * SCALE)
    for i, (place, (x, y)) in enumerate(spots.items()):
        r = (30 + 40 * math.sqrt(max(0.0, values.get(place, biggest / 2) / biggest))) * SCALE
        box = (x - r, y - r, x + r, y + r)
        pen.draw.ellipse(box, fill=_color(i), outline="white", width=8)
        number = _number(values[place]) if picture.unit and values.get(place) else ""
        _place_label(pen, (x, y, r), place, number)
    if picture.unit:
        corner = (24 * SCALE, pen.height - 40 * SCALE)
        _text(pen, corner, f"单位：{picture.unit}（示意图）", "lm")


def _spots(pen: Pen, names: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """Where each name stands; one that is on neither list stands in a row at the top."""
    known = CITIES | PLATFORMS
    unknown = [name for name in names if name not in known]
    row = {name: ((i + 0.5) / len(unknown), 0.06) for i, name in enumerate(unknown)}
    places = {name: known.get(name) or row[name] for name in names}
    return {n: (x * pen.width, (0.06 + y * 0.88) * pen.height) for n, (x, y) in places.items()}


def _place_label(pen: Pen, spot: tuple[float, float, float], place: str, number: str) -> None:
    x, y, r = spot
    inside = pen.face.getlength(place) < r * 1.75
    _text(pen, (x, y), place if inside else "", fill=(255, 255, 255), face=pen.face)
    beside = number if inside else f"{place} {number}".strip()
    _text(pen, (x + r + 10 * SCALE, y), beside, "lm")


def _bay(pen: Pen) -> None:
    """Land above, sea below, and the estuary between them, all by straight strokes."""
    wide, high = pen.width, pen.height
    pen.draw.rectangle((0, 0, wide, high), fill=(244, 242, 234))
    shore = (
        (0.0, 0.93),
        (0.12, 0.9),
        (0.26, 0.93),
        (0.36, 0.96),
        (0.45, 0.99),
        (0.53, 0.92),
        (0.52, 0.8),
        (0.54, 0.66),
        (0.53, 0.52),
        (0.56, 0.42),
        (0.58, 0.42),
        (0.63, 0.54),
        (0.68, 0.66),
        (0.74, 0.72),
        (0.78, 0.86),
        (0.86, 0.94),
        (0.93, 0.8),
        (1.0, 0.72),
        (1.0, 1.0),
        (0.0, 1.0),
    )
    pen.draw.polygon([(x * wide, y * high) for x, y in shore], fill=(206, 224, 234))


DRAWN = {"bar": _bars, "line": _lines, "pie": _pie, "map": _map}
