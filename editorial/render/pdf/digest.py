"""《每日供稿进度情况》 as one page of A4: a red head, the numbers in a band, the parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from editorial.model.book import Printed
from editorial.model.dates import day_written
from editorial.model.digest import DigestPage, Figure, Part
from editorial.model.sheet import Annex
from editorial.model.style import A4, TextRole
from editorial.render.digest import (
    BETWEEN,
    BOOK,
    CHANGE,
    FOOT,
    GAP,
    GREY,
    HEAD,
    INK,
    ISSUE,
    LABEL,
    LEFT,
    NOTE,
    PAD,
    RED,
    RULE_GAP,
    RULES,
    SIDE,
    TEXT,
    TITLE,
    TOP,
    VALUE,
    WIDTH,
    headed,
    widths,
)
from editorial.render.fonts import FontTable
from editorial.render.pdf.annex import Area, draw_table
from editorial.render.pdf.canvas import MM, PlainCanvas, open_canvas, printed
from editorial.render.pdf.colors import rgb
from editorial.render.pdf.metadata import Metadata
from editorial.render.pdf.paragraph import Lines, compose_text
from editorial.render.pdf.typeset import TypeCase
from editorial.values import dataclass


@dataclass(slots=True)
class Sheet:
    """The page while it is drawn; `y` in points is where the next thing begins."""

    canvas: PlainCanvas
    case: TypeCase
    y: float
    pages: int = 1


def digest_pdf(page: DigestPage, table: FontTable) -> Printed:
    """Set the page. What does not fit runs on: a caller who wants one page says less."""
    canvas = open_canvas(A4)
    sheet = Sheet(canvas, TypeCase(table), _up(TOP))
    _head(sheet, page)
    _band(sheet, page.figures)
    for number, part in enumerate(page.parts):
        _part(sheet, headed(number, part), part)
    _foot(sheet, page)
    canvas.showPage()
    metadata = Metadata(
        title=f"{page.title}{page.issue}", author=page.office, date=day_written(page.date)
    )
    return printed(canvas, sheet.case, sheet.pages, metadata)


def _up(millimetres: float) -> float:
    return (A4[1] - millimetres) * MM


def _lines(sheet: Sheet, text: str, look: TextRole, width: float = WIDTH) -> Lines:
    return compose_text(sheet.case, text, look, width * MM)


def _write(sheet: Sheet, text: str, look: TextRole) -> None:
    """A paragraph over as many lines, and pages, as it needs."""
    lines = _lines(sheet, text, look)
    for index in range(lines.count):
        if sheet.y - look.leading < FOOT * MM:
            _turn(sheet)
        lines.draw(sheet.canvas, LEFT * MM, sheet.y, index, index + 1)
        sheet.y -= look.leading


def _turn(sheet: Sheet) -> float:
    sheet.canvas.showPage()
    sheet.pages += 1
    sheet.y = _up(TOP)
    return sheet.y


def _head(sheet: Sheet, page: DigestPage) -> None:
    if page.mark:
        _lines(sheet, page.mark, replace(NOTE, align="right")).draw(
            sheet.canvas, LEFT * MM, _up(TOP - 8)
        )
    _write(sheet, page.title, TITLE)
    _write(sheet, page.issue, ISSUE)
    sheet.y -= 1.5 * MM
    for text, look in ((page.office, SIDE), (page.date, replace(SIDE, align="right"))):
        _lines(sheet, text, look).draw(sheet.canvas, LEFT * MM, sheet.y)
    sheet.y -= SIDE.leading + 0.5 * MM
    _double_rule(sheet)
    sheet.y -= 2.5 * MM
    _write(sheet, page.book, BOOK)
    sheet.y -= 1.5 * MM


def _double_rule(sheet: Sheet) -> None:
    sheet.canvas.saveState()
    sheet.canvas.setFillColorRGB(*rgb(RED))
    for weight in RULES:
        sheet.y -= weight * MM
        sheet.canvas.rect(LEFT * MM, sheet.y, WIDTH * MM, weight * MM, stroke=0, fill=1)
        sheet.y -= RULE_GAP * MM
    sheet.canvas.restoreState()


def _band(sheet: Sheet, figures: tuple[Figure, ...]) -> None:
    """Boxes side by side: a label, the number, and how it changed."""
    height = LABEL.leading + VALUE.leading + CHANGE.leading + 2 * PAD * MM
    x, top = LEFT, sheet.y
    for figure, width in zip(figures, widths(len(figures)), strict=True):
        _box(sheet, x, width, top - height, height)
        y = top - PAD * MM
        look = replace(VALUE, color=RED if figure.alarm else INK)
        for text, role in (
            (figure.label, LABEL),
            (figure.value, look),
            (figure.change, CHANGE),
        ):
            _lines(sheet, text, role, width).draw(sheet.canvas, x * MM, y)
            y -= role.leading
        x += width
    sheet.y = top - height - 2.5 * MM


def _box(sheet: Sheet, x: float, width: float, bottom: float, height: float) -> None:
    sheet.canvas.saveState()
    sheet.canvas.setLineWidth(0.5)
    sheet.canvas.setStrokeColorRGB(*rgb(GREY))
    sheet.canvas.rect(x * MM, bottom, width * MM, height)
    sheet.canvas.restoreState()


def _part(sheet: Sheet, title: str, part: Part) -> None:
    if sheet.y - HEAD.leading - TEXT.leading < FOOT * MM:
        _turn(sheet)
    _write(sheet, title, HEAD)
    for line in part.lines:
        _write(sheet, line, TEXT)
    if part.tables:
        _tables(sheet, part.tables)
    sheet.y -= GAP * MM


def _tables(sheet: Sheet, tables: Sequence[Annex]) -> None:
    """Side by side; what follows stands under the longest."""
    width = (WIDTH - BETWEEN * (len(tables) - 1)) / len(tables)
    area = Area(
        left=LEFT * MM,
        width=width * MM,
        top=sheet.y - GAP * MM,
        bottom=FOOT * MM,
        page=(A4[1] - TOP - FOOT) * MM,
    )
    ends = []
    for place, annex in enumerate(tables):
        beside = replace(area, left=area.left + place * (width + BETWEEN) * MM)
        ends.append(draw_table(sheet.canvas, sheet.case, annex, beside, lambda: _turn(sheet)))
    sheet.y = min(ends) - GAP * MM


def _foot(sheet: Sheet, page: DigestPage) -> None:
    """The note stands at the foot of the last page, under a hairline."""
    lines = _lines(sheet, f"注：{page.note}", NOTE)
    top = FOOT * MM
    sheet.canvas.saveState()
    sheet.canvas.setLineWidth(0.5)
    sheet.canvas.setStrokeColorRGB(*rgb(RED))
    sheet.canvas.line(LEFT * MM, top, (LEFT + WIDTH) * MM, top)
    sheet.canvas.restoreState()
    lines.draw(sheet.canvas, LEFT * MM, top - 1 * MM)
