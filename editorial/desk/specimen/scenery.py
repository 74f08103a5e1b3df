"""Quiet flat landscapes: bay, bridge, city, harbour, hills, fields. One seed, one picture."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import TypeAlias

from PIL import Image, ImageDraw

Color: TypeAlias = tuple[int, int, int]
Painter: TypeAlias = Callable[[ImageDraw.ImageDraw, int, int, Random], None]

SKIES: tuple[tuple[Color, Color], ...] = (
    ((118, 170, 212), (232, 240, 243)),
    ((98, 150, 196), (250, 226, 196)),
    ((140, 176, 196), (246, 238, 222)),
    ((84, 122, 168), (243, 203, 176)),
)
WATERS: tuple[Color, ...] = ((92, 146, 178), (84, 136, 160), (110, 158, 176))
HILLS: tuple[Color, ...] = ((126, 160, 150), (98, 138, 118), (74, 116, 92))
TOWERS: tuple[Color, ...] = ((96, 118, 142), (118, 138, 158), (142, 158, 172), (84, 104, 130))


def scene(seed: int, width: int, height: int, subject: str = "") -> Image.Image:
    """A landscape of `width` × `height` pixels; `subject` picks the motif (see `MOTIFS`)."""
    chance = Random(seed)
    motif = subject if subject in MOTIFS else chance.choice(sorted(MOTIFS))
    image = _sky(width, height, *chance.choice(SKIES))
    draw = ImageDraw.Draw(image)
    _sun(draw, width, height, chance)
    for paint in MOTIFS[motif]:
        paint(draw, width, height, chance)
    return image


def motif_of(title: str) -> str:
    """The motif a caption speaks of, in the order of `WORDS`; empty when there is none."""
    return next((motif for motif, words in WORDS.items() if any(w in title for w in words)), "")


def _sky(width: int, height: int, top: Color, bottom: Color) -> Image.Image:
    column = Image.new("RGB", (1, height))
    for y in range(height):
        column.putpixel((0, y), _mix(top, bottom, min(1.0, y / (height * 0.62))))
    return column.resize((width, height))


def _mix(one: Color, two: Color, share: float) -> Color:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, two, strict=True))
    return red, green, blue


def _sun(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    x, y = chance.uniform(0.15, 0.85) * width, chance.uniform(0.14, 0.3) * height
    for radius, color in ((0.062, (255, 244, 220)), (0.046, (255, 250, 236))):
        r = radius * height
        draw.ellipse((x - r, y - r, x + r, y + r), fill=color)


def _ridge(width: int, base: float, swing: float, chance: Random) -> list[tuple[float, float]]:
    waves = [(chance.uniform(1, 7), chance.uniform(0, 6.3), chance.uniform(0.2, 1)) for _ in "123"]
    return [
        (x, base - swing * sum(a * math.sin(x / width * f + p) for f, p, a in waves) / 2)
        for x in range(0, width + 13, 12)
    ]


def _hills(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    for depth, color in enumerate(HILLS):
        ridge = _ridge(width, height * (0.5 + 0.05 * depth), height * 0.075, chance)
        draw.polygon([(0, height), *ridge, (width, height)], fill=_mix(color, SKIES[0][1], 0.3))


def _far_hills(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    ridge = _ridge(width, height * 0.55, height * 0.05, chance)
    draw.polygon([(0, height), *ridge, (width, height)], fill=(160, 184, 188))


def _woods(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    """Rows of round crowns, nearer rows larger and darker."""
    for row in range(5):
        y, r = height * (0.66 + 0.075 * row), height * (0.03 + 0.011 * row)
        x = -r
        while x < width + r:
            size = r * chance.uniform(0.7, 1.25)
            shade = _mix((108, 150, 104), (48, 92, 66), row / 4 * chance.uniform(0.75, 1))
            draw.ellipse((x - size, y - size, x + size, y + size * 1.6), fill=shade)
            x += size * 1.15
        draw.rectangle(
            (0, min(y + r, height), width, height), fill=_mix((96, 136, 92), (48, 92, 66), row / 4)
        )


def _water(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    near = chance.choice(WATERS)
    top = round(height * 0.64)
    for y in range(top, height):
        draw.line((0, y, width, y), fill=_mix((196, 216, 222), near, (y - top) / (height - top)))
    for _ in range(90):
        y = top + (height - top) * chance.random() ** 1.6
        length = width * chance.uniform(0.01, 0.05) * (0.4 + (y - top) / (height - top))
        x = chance.uniform(0, width)
        draw.line((x, y, x + length, y), fill=(214, 228, 232), width=max(1, height // 400))


def _city(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    for row, (reach, pale) in enumerate(((0.34, 0.55), (0.27, 0.28), (0.17, 0.0))):
        x = -chance.uniform(0, 0.03) * width
        while x < width:
            wide = width * chance.uniform(0.028, 0.07)
            tall = height * reach * chance.uniform(0.35, 1)
            color = _mix(chance.choice(TOWERS), (214, 222, 228), pale)
            _tower(draw, (x, height * 0.645 - tall, wide, tall), color, windows=row > 0)
            x += wide * chance.uniform(1.0, 1.35)


def _tower(
    draw: ImageDraw.ImageDraw,
    box: tuple[float, float, float, float],
    color: Color,
    *,
    windows: bool,
) -> None:
    x, y, wide, tall = box
    draw.rectangle((x, y, x + wide, y + tall), fill=color)
    draw.rectangle((x, y, x + wide * 0.24, y + tall), fill=_mix(color, (30, 50, 70), 0.16))
    if not windows:
        return
    pane, light = wide / 7, _mix(color, (250, 244, 224), 0.5)
    rows = int(tall / (pane * 2)) - 1
    for i in range(rows):
        top = y + pane * (1 + 2 * i)
        draw.line((x + pane * 2.4, top, x + wide - pane, top), fill=light, width=max(1, int(pane)))


def _bridge(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    """Cable-stayed, two towers, deck over the whole width."""
    deck, thick = height * chance.uniform(0.66, 0.7), max(2, height // 90)
    white, grey = (240, 243, 244), (120, 132, 142)
    for centre in (0.3, 0.72):
        x, top = width * centre, height * 0.25
        for k in range(1, 12):
            reach = width * 0.0165 * k
            high = top + height * 0.016 * k
            draw.line((x, high, x - reach, deck), fill=white, width=max(1, height // 420))
            draw.line((x, high, x + reach, deck), fill=white, width=max(1, height // 420))
        foot = height * 0.8
        draw.polygon(
            [(x - thick, top), (x + thick, top), (x + 2 * thick, foot), (x - 2 * thick, foot)],
            fill=grey,
        )
    draw.rectangle((0, deck, width, deck + thick), fill=white)
    draw.rectangle((0, deck + thick, width, deck + 2 * thick), fill=grey)
    for k in range(1, 20):
        x = width * k / 20
        draw.rectangle((x - thick / 2, deck + thick, x + thick / 2, height * 0.78), fill=grey)


def _port(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    quay = height * 0.72
    draw.rectangle((0, quay, width * 0.62, height), fill=(138, 140, 138))
    for row in range(3):
        for k in range(11):
            if chance.random() < 0.82:
                x, y = width * 0.053 * k, quay - height * 0.042 * row
                color = chance.choice(BOXES)
                draw.rectangle((x, y - height * 0.038, x + width * 0.049, y), fill=color)
    for k in range(4):
        _crane(draw, width * (0.09 + 0.15 * k), quay, height)
    _ship(draw, width * 0.68, height * 0.8, width * 0.3, chance)


BOXES: tuple[Color, ...] = (
    (178, 78, 64),
    (64, 112, 156),
    (206, 150, 72),
    (92, 138, 108),
    (126, 126, 130),
)


def _crane(draw: ImageDraw.ImageDraw, x: float, base: float, height: int) -> None:
    red, line = (186, 84, 66), max(2, height // 110)
    top = base - height * 0.3
    draw.line((x, base, x, top), fill=red, width=line)
    draw.line((x + height * 0.09, base, x + height * 0.09, top), fill=red, width=line)
    draw.line((x - height * 0.06, top, x + height * 0.24, top), fill=red, width=line)
    draw.line((x, top + height * 0.1, x + height * 0.09, top + height * 0.1), fill=red, width=line)
    draw.line((x, top - height * 0.07, x + height * 0.24, top), fill=red, width=max(1, line // 2))
    draw.line((x, top, x, top - height * 0.07), fill=red, width=line)


def _ship(draw: ImageDraw.ImageDraw, x: float, y: float, long: float, chance: Random) -> None:
    hull = [
        (x, y),
        (x + long, y),
        (x + long * 0.92, y + long * 0.12),
        (x + long * 0.06, y + long * 0.12),
    ]
    for k in range(7):
        left, rise = x + long * (0.2 + 0.1 * k), long * chance.uniform(0.05, 0.12)
        draw.rectangle((left, y - rise, left + long * 0.09, y), fill=chance.choice(BOXES))
    draw.rectangle((x + long * 0.06, y - long * 0.18, x + long * 0.17, y), fill=(236, 238, 236))
    draw.polygon(hull, fill=(62, 84, 108))


def _fields(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    """Strips running to one vanishing point, with a row of houses on the far edge."""
    horizon, vanish = height * 0.62, width * chance.uniform(0.35, 0.65)
    edges = sorted(chance.uniform(-1.2, 2.2) for _ in range(15))
    draw.rectangle((0, horizon, width, height), fill=(150, 172, 96))
    for left, right in pairwise(edges):
        color = chance.choice(((172, 186, 104), (138, 166, 92), (206, 190, 106), (120, 152, 92)))
        far = (vanish + (left - 0.5) * width * 0.16, vanish + (right - 0.5) * width * 0.16)
        draw.polygon(
            [(far[0], horizon), (far[1], horizon), (right * width, height), (left * width, height)],
            fill=color,
        )
    for _ in range(9):
        x, wide = chance.uniform(0, width), width * 0.04
        draw.rectangle((x, horizon - wide * 0.55, x + wide, horizon + 2), fill=(240, 238, 230))
        draw.polygon(
            [
                (x - 4, horizon - wide * 0.55),
                (x + wide + 4, horizon - wide * 0.55),
                (x + wide / 2, horizon - wide),
            ],
            fill=(122, 110, 104),
        )


def _watchtowers(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    """Village towers: a plain shaft, a gallery that juts out, a domed top."""
    for x, size in ((0.2, 1.0), (0.34, 0.7), (0.74, 0.85)):
        wide, foot = width * 0.075 * size, height * 0.72
        left, top = width * x, foot - height * 0.4 * size
        _tower(draw, (left, top, wide, foot - top), (198, 188, 166), windows=True)
        gallery = (left - wide * 0.12, top - wide * 0.3, left + wide * 1.12, top)
        draw.rectangle(gallery, fill=(220, 212, 192))
        dome = (left + wide * 0.22, top - wide * 0.7, left + wide * 0.78, top + wide * 0.1)
        draw.pieslice(dome, 180, 360, fill=(150, 138, 120))


def _track(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    """A train on a viaduct, left to right."""
    top, thick = height * 0.66, height * 0.028
    for k in range(9):
        x = width * (0.02 + k * 0.12)
        draw.rectangle((x, top, x + width * 0.022, height * 0.9), fill=(176, 180, 180))
    draw.rectangle((0, top, width, top + thick), fill=(200, 204, 204))
    start, long = width * chance.uniform(0.08, 0.2), width * 0.6
    nose = start + long
    body = [
        (start, top),
        (start, top - thick * 2.1),
        (nose - width * 0.05, top - thick * 2.1),
        (nose, top - thick * 0.5),
        (nose, top),
    ]
    draw.polygon(body, fill=(244, 246, 247))
    draw.line(
        (start, top - thick * 0.5, nose, top - thick * 0.5),
        fill=(46, 102, 158),
        width=max(2, height // 120),
    )
    for k in range(22):
        x = start + width * (0.012 + k * 0.0245)
        draw.rectangle(
            (x, top - thick * 1.7, x + width * 0.015, top - thick * 1.05), fill=(72, 96, 118)
        )


def _hall(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    """A long hall with a swung roof on columns, seen across a forecourt."""
    ground, eave = height * 0.76, height * 0.46
    draw.rectangle((0, ground, width, height), fill=(190, 192, 188))
    for k in range(7):
        x = width * (0.5 + (k - 3) * 0.09)
        spread = width * (0.5 + (k - 3) * 0.24)
        draw.line((x, ground, spread, height), fill=(214, 215, 210), width=max(2, height // 160))
    draw.rectangle((width * 0.14, eave, width * 0.86, ground), fill=(150, 178, 198))
    for k in range(25):
        x = width * (0.14 + 0.03 * k)
        wide = width * (0.008 if k % 3 == 0 else 0.002)
        draw.rectangle((x, eave, x + wide, ground), fill=(232, 235, 236))
    roof = [(x / 40, 0.44 - 0.1 * math.sin(math.pi * (x - 3) / 34)) for x in range(3, 38)]
    upper = [(x * width, y * height) for x, y in roof]
    lower = [(x, min(eave, y + height * 0.045)) for x, y in reversed(upper)]
    draw.polygon([*upper, *lower], fill=(108, 128, 146))


def _street(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    """Arcaded houses in rows of plaster colours along a paved street."""
    foot = height * 0.82
    draw.rectangle((0, foot, width, height), fill=(196, 188, 172))
    for k in range(12):
        y = foot + (height - foot) * (k / 12) ** 1.4
        draw.line((0, y, width, y), fill=(178, 170, 154), width=max(1, height // 300))
    x = -width * 0.02
    while x < width:
        wide, top = width * chance.uniform(0.1, 0.14), height * chance.uniform(0.26, 0.4)
        _house(draw, (x, top, x + wide, foot), chance.choice(PLASTER))
        x += wide


PLASTER = ((226, 204, 150), (214, 172, 148), (186, 204, 190), (232, 222, 200), (176, 196, 212))


def _house(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], wall: Color) -> None:
    left, top, right, foot = box
    wide, trim = right - left, _mix(wall, (255, 255, 255), 0.55)
    floor = (foot - top) / 4
    draw.rectangle(box, fill=wall)
    draw.rectangle((left, top, right, top + floor * 0.12), fill=trim)
    gable = [
        (left + wide * 0.3, top),
        (left + wide * 0.7, top),
        (left + wide / 2, top - floor * 0.3),
    ]
    draw.polygon(gable, fill=trim)
    for row in range(3):
        y = top + floor * (row + 0.3)
        for k in range(3):
            x = left + wide * (0.12 + 0.28 * k)
            draw.rectangle((x, y, x + wide * 0.2, y + floor * 0.55), fill=trim)
            pane = (x + wide * 0.03, y + floor * 0.05, x + wide * 0.17, y + floor * 0.5)
            draw.rectangle(pane, fill=(92, 112, 118))
    arch = (left + wide * 0.14, foot - floor * 0.8, right - wide * 0.14, foot + floor * 0.5)
    draw.rectangle((left, foot - floor * 0.9, right, foot - floor * 0.86), fill=trim)
    draw.pieslice(arch, 180, 360, fill=_mix(wall, (60, 52, 48), 0.62))


def _mangrove(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    """Bushes on stilts at the water's edge, and a boardwalk in front."""
    for row in range(3):
        y, r = height * (0.64 + 0.05 * row), height * (0.03 + 0.012 * row)
        shade = _mix((120, 158, 112), (66, 110, 78), row / 2)
        x = width * (0.3 - 0.15 * row)
        while x < width * (1 - 0.12 * row):
            size = r * chance.uniform(0.8, 1.3)
            for leg in (-0.6, 0.0, 0.6):
                foot = (x + leg * size * 1.5, y + size * 1.7)
                draw.line((x, y, *foot), fill=(104, 92, 78), width=max(2, height // 260))
            draw.ellipse((x - size * 1.3, y - size, x + size * 1.3, y + size * 0.8), fill=shade)
            x += size * 1.9
    deck = height * 0.87
    draw.rectangle((0, deck, width, deck + height * 0.028), fill=(170, 142, 106))
    for k in range(30):
        x = width * k / 29
        draw.line(
            (x, deck - height * 0.055, x, height), fill=(140, 114, 84), width=max(2, height // 200)
        )
    draw.line(
        (0, deck - height * 0.055, width, deck - height * 0.055),
        fill=(140, 114, 84),
        width=max(3, height // 150),
    )


def _birds(draw: ImageDraw.ImageDraw, width: int, height: int, chance: Random) -> None:
    for _ in range(16):
        x, y = width * chance.uniform(0.2, 0.85), height * chance.uniform(0.12, 0.45)
        wing = width * chance.uniform(0.008, 0.018)
        rise = y - wing * chance.uniform(0.3, 0.7)
        way = (x - wing, rise, x, y, x + wing, rise)
        draw.line(way, fill=(70, 84, 96), width=max(2, height // 260))


MOTIFS: dict[str, tuple[Painter, ...]] = {
    "bridge": (_far_hills, _water, _bridge),
    "city": (_far_hills, _city, _water),
    "fields": (_hills, _fields),
    "hall": (_far_hills, _city, _hall),
    "hills": (_hills, _water),
    "port": (_far_hills, _water, _port),
    "rail": (_hills, _track),
    "street": (_street,),
    "towers": (_hills, _fields, _watchtowers),
    "wetland": (_far_hills, _water, _mangrove, _birds),
    "woods": (_hills, _woods),
}
WORDS: dict[str, tuple[str, ...]] = {
    "port": ("港口", "码头", "集装箱", "航运", "岸桥"),
    "bridge": ("桥",),
    "rail": ("铁路", "城际", "轨道"),
    "hall": ("口岸", "场馆", "车站", "大厅", "实验"),
    "towers": ("碉楼",),
    "street": ("街", "骑楼"),
    "wetland": ("湿地", "红树林", "候鸟"),
    "woods": ("森林", "绿道"),
    "fields": ("农", "村", "稻"),
    "hills": ("水库", "湖", "山"),
    "city": ("城", "园区", "新区"),
}
