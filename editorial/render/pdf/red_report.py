"""核红 report on paper: A4, the old proof beside the new, what must be seen to first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import zip_longest
from typing import TypeAlias

from reportlab.lib.utils import ImageReader

from editorial.model.book import Printed
from editorial.model.red_report import STANDINGS, Crop, RedItem, RedReport, Standing, counts_words
from editorial.model.style import A4, TextRole
from editorial.render.fonts import FontTable
from editorial.render.pdf.canvas import MM, PlainCanvas, open_canvas, printed
from editorial.render.pdf.colors import rgb
from editorial.render.pdf.metadata import Metadata
from editorial.render.pdf.paragraph import Lines, compose_text
from editorial.render.pdf.typeset import TypeCase
from editorial.values import dataclass

LEFT, TOP, FOOT = 16.0 * MM, 18.0 * MM, 17.0 * MM
WIDTH = A4[0] * MM - 2 * LEFT
GAP, BETWEEN = 10.0, 9.0
HALF = (WIDTH - GAP) / 2
PAGE = A4[1] * MM - TOP - FOOT  # points of a page that are printed on
GROW = 1.2
TITLE = TextRole(font="hei", size=16, leading=24, align="left")
UNDER = TextRole(font="song", size=9.5, leading=15, align="left")
LEAD = TextRole(font="hei", size=9.5, leading=14, align="left")
TEXT = TextRole(font="song", size=9, leading=13, align="left")
SMALL = TextRole(font="song", size=7.5, leading=10, align="left", color="666666")
FOLIO = TextRole(font="song", size=8.5, leading=10, align="center")
INKS: dict[Standing, str] = {
    "wrong": "B3261E",
    "undone": "B25C00",
    "unasked": "6B2FA0",
    "eye": "1A5FB4",
    "accepted": "5F6368",
    "done": "1E7A34",
}


# Where the pictures of each proof stand, its name, and the pictures, PNG by crop.
Sides: TypeAlias = Sequence[tuple[float, str, Mapping[Crop, bytes]]]


@dataclass(frozen=True, slots=True)
class _Block:
    """An item set: its lines over the width, pictures side by side under them."""

    item: RedItem
    lines: tuple[Lines, ...]
    old: tuple[Crop, ...]
    new: tuple[Crop, ...]

    @property
    def rows(self) -> Iterator[tuple[Crop | None, Crop | None]]:
        """Pictures that stand beside each other."""
        return zip_longest(self.old, self.new)

    @property
    def height(self) -> float:
        words = sum(each.height for each in self.lines)
        return words + sum(map(_depth, self.rows)) + BETWEEN


@dataclass(slots=True)
class _Pen:
    canvas: PlainCanvas
    case: TypeCase
    y: float
    page: int = 1

    def turn(self, name: str) -> None:
        _folio(self, name)
        self.canvas.showPage()
        self.page += 1
        self.y = A4[1] * MM - TOP


def red_report_pdf(
    report: RedReport,
    old: Mapping[Crop, bytes],
    new: Mapping[Crop, bytes],
    table: FontTable,
) -> Printed:
    """`old` and `new` are the pictures, PNG by crop. Items without pictures have their words."""
    canvas, case = open_canvas(A4), TypeCase(table)
    pen = _Pen(canvas, case, A4[1] * MM - TOP)
    for text, look in _head(report):
        _write(pen, text, look)
    pen.y -= BETWEEN
    sides = ((LEFT, "旧样", old), (LEFT + HALF + GAP, "新样", new))
    for item in report.items:
        block = _block(case, item, old, new)
        if pen.y - block.height < FOOT and block.height <= PAGE:
            pen.turn(report.title)
        _draw(pen, block, sides, report.title)
    _folio(pen, report.title)
    canvas.showPage()
    metadata = Metadata(title=report.title, author="", date=None)
    return printed(canvas, case, pen.page, metadata)


def _head(report: RedReport) -> Sequence[tuple[str, TextRole]]:
    names = f"旧样：{report.old_name}　　新样：{report.new_name}"
    told = ((each, UNDER) for each in report.remarks)
    return ((report.title, TITLE), (names, UNDER), (counts_words(report), UNDER), *told)


def _write(pen: _Pen, text: str, look: TextRole) -> None:
    lines = compose_text(pen.case, text, look, WIDTH)
    lines.draw(pen.canvas, LEFT, pen.y)
    pen.y -= lines.height


def _block(
    case: TypeCase, item: RedItem, old: Mapping[Crop, bytes], new: Mapping[Crop, bytes]
) -> _Block:
    lead = replace(LEAD, color=INKS[item.standing])
    head = f"{item.label}　{STANDINGS[item.standing]}　{item.place}"
    asked = f"应{item.asked}" if item.asked else ""
    note = f"理由：{item.note}" if item.note else ""
    told = "　".join(each for each in (asked, item.stands, note, f"…{item.around}…") if each)
    return _Block(
        item,
        (compose_text(case, head, lead, WIDTH), compose_text(case, told, TEXT, WIDTH)),
        tuple(crop for crop in item.old if crop in old),
        tuple(crop for crop in item.new if crop in new),
    )


def _depth(row: Iterable[Crop | None]) -> float:
    return max(crop.height * _scale(crop) + SMALL.leading + 2 for crop in row if crop)


def _scale(crop: Crop) -> float:
    """At which it fits half the width and the height of a page."""
    return min(1.0, HALF / crop.width, (PAGE - SMALL.leading - 2) / crop.height)


def _draw(pen: _Pen, block: _Block, sides: Sides, name: str) -> None:
    """From `pen.y` on; an item higher than a page goes on over pages, lines and pictures whole."""
    for lines in block.lines:
        _write_on(pen, lines, name)
    for row in block.rows:
        if pen.y - _depth(row) < FOOT:
            pen.turn(name)
        for (x, side, pictures), crop in zip(sides, row, strict=True):
            if crop:
                _picture(pen, x, side, crop, pictures[crop], INKS[block.item.standing])
        pen.y -= _depth(row)
    pen.y -= BETWEEN
    pen.canvas.setStrokeColorRGB(0.8, 0.8, 0.8)
    pen.canvas.setLineWidth(0.4)
    pen.canvas.line(LEFT, pen.y + BETWEEN / 2, LEFT + WIDTH, pen.y + BETWEEN / 2)


def _write_on(pen: _Pen, lines: Lines, name: str) -> None:
    start = 0
    while start < lines.count:
        stop = min(lines.count, start + int((pen.y - FOOT) / lines.leading))
        lines.draw(pen.canvas, LEFT, pen.y, start, stop)
        pen.y -= (stop - start) * lines.leading
        if stop < lines.count:
            pen.turn(name)
        start = stop


def _picture(pen: _Pen, x: float, side: str, crop: Crop, picture: bytes, ink: str) -> None:
    canvas, top = pen.canvas, pen.y
    said = compose_text(pen.case, f"{side}第{crop.sheet}面", SMALL, HALF)
    said.draw(canvas, x, top)
    top -= SMALL.leading
    scale = _scale(crop)
    wide, high = crop.width * scale, crop.height * scale
    canvas.drawImage(ImageReader(BytesIO(picture)), x, top - high, wide, high)
    canvas.setLineWidth(0.3)
    canvas.setStrokeColorRGB(0.7, 0.7, 0.7)
    canvas.rect(x, top - high, wide, high)
    _marks(canvas, crop, x, top, scale, ink)


def _marks(canvas: PlainCanvas, crop: Crop, x: float, top: float, scale: float, ink: str) -> None:
    canvas.setStrokeColorRGB(*rgb(ink))
    canvas.setLineWidth(0.8)
    for box in crop.marks:
        left = x + (box.x - crop.left - GROW) * scale
        low = top - (box.y - crop.top + box.height + GROW) * scale
        wide, high = (box.width + 2 * GROW) * scale, (box.height + 2 * GROW) * scale
        canvas.rect(left, low, wide, high)


def _folio(pen: _Pen, name: str) -> None:
    lines = compose_text(pen.case, f"{name}　— {pen.page} —", FOLIO, WIDTH)
    lines.draw(pen.canvas, LEFT, FOOT - 4)
