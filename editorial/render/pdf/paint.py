"""Finished pages onto a canvas: the only place where depths become paper coordinates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import ceil
from typing import TypeAlias

from reportlab.pdfgen.canvas import Canvas

from editorial.model.style import Align, DraftStyle, TextRole
from editorial.render.pdf.canvas import MM, emit
from editorial.render.pdf.case import TypeCase
from editorial.render.pdf.images import place_image
from editorial.render.pdf.items import Anchor, Aside, Item, Jump, PageOf, Picture, Rules, Text
from editorial.render.pdf.pages import ASIDE_GAP, Flow, Frame, Page, foot_height, left_edge
from editorial.render.pdf.paragraph import Lines, Piece, compose

HEAD_ABOVE = 10 * MM
FOLIO_BELOW = 9 * MM
RULE_SHARE = 0.25
DOT, DOT_PITCH = 0.9, 5.0
LEADER_GAP, LEADER_BASE = 3.0, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Where one page lies on paper: number from 1, left edge and top of its type area."""

    number: int
    left: float
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What every page says beside its text. `even` is the head of left pages."""

    even: str
    total: int
    places: Mapping[str, int]


def places(pages: Sequence[Page]) -> dict[str, int]:
    """Anchor → number of the page it stands on."""
    return {
        item.name: number
        for number, page in enumerate(pages, 1)
        for item in page.items
        if isinstance(item, Anchor)
    }


def paint_pages(
    canvas: Canvas, flow: Flow, running: Running, on_page: Callable[[int], None]
) -> None:
    """Draw all pages in order, letting go of each once it is drawn."""
    frame, style, case = flow.frame, flow.style, flow.case

    @cache
    def line(text: str, role: str, align: Align) -> Lines:
        return one_line(
            case, text, replace(style.roles[role], align=align, indent=0), frame.measure
        )

    for number, page in enumerate(flow.pages, 1):
        sheet = Sheet(number=number, left=left_edge(frame, number), top=frame.height - frame.top)
        for item in page.items:
            _paint(canvas, frame, sheet, item, running, line)
        _paint_foot(canvas, frame, sheet, page)
        if not page.plain:
            _paint_running(canvas, style, frame, sheet, page, running, line)
        canvas.showPage()
        page.items.clear()
        page.foot.clear()
        on_page(number)


def one_line(case: TypeCase, text: str, text_look: TextRole, width: float) -> Lines:
    """Text on one line, its end given up for … where there is no room."""
    lines = compose(case, [Piece(text=text)], text_look, width)
    kept = len(text)
    while lines.count > 1 and kept > 1:
        kept = min(kept - 1, int(kept / (lines.count - 0.5)))
        lines = compose(case, [Piece(text=text[:kept] + "…")], text_look, width)
    return lines


OneLine: TypeAlias = Callable[[str, str, Align], Lines]


def _paint(
    canvas: Canvas, frame: Frame, sheet: Sheet, item: Item, running: Running, line: OneLine
) -> None:
    left, top = sheet.left, sheet.top
    match item:
        case Text(lines=lines, x=x, top=depth, start=start, stop=stop):
            lines.draw(canvas, left + x, top - depth, start, stop)
        case Rules():
            emit(canvas, _strokes(item, left, top))
        case PageOf():
            number = line(str(running.places[item.name]), item.role, "right")
            number.draw(canvas, left + item.right - frame.measure, top - item.top)
            emit(canvas, _leader(item, number, left, top))
        case Picture(image=image, x=x, top=depth, width=width, height=height):
            place_image(canvas, image, left + x, top - depth - height, width, height)
        case Anchor(name=name, top=depth):
            canvas.bookmarkPage(name, fit="XYZ", left=0, top=round(top - depth + 12, 1), zoom=0)
        case Jump(name=name, x=x, top=depth, width=width, height=height):
            lower = top - depth - height
            box = (left + x, lower, left + x + width, lower + height)
            canvas.linkRect("", name, box, relative=0, thickness=0)
        case Aside(lines=lines, top=depth):
            x = left + frame.measure + ASIDE_GAP
            if sheet.number % 2 == 0:
                x = left - ASIDE_GAP - lines.width
            lines.draw(canvas, x, top - depth)


def _strokes(rules: Rules, left: float, top: float) -> str:
    color = f"{rgb(rules.color)} RG" if rules.color else f"{rules.grey:g} G"
    lines = " ".join(
        f"{left + x0:.2f} {top - y0:.2f} m {left + x1:.2f} {top - y1:.2f} l"
        for x0, y0, x1, y1 in rules.strokes
    )
    return f"q {color} {rules.weight:g} w {lines} S Q"


def rgb(color: str) -> str:
    """`C00000` as the operands of rg or RG."""
    return " ".join(f"{int(color[i : i + 2], 16) / 255:.3g}" for i in (0, 2, 4))


def _leader(item: PageOf, number: Lines, left: float, top: float) -> str:
    """Round dots counted from the right edge, so that those of all lines align."""
    skipped = ceil((number.width_of(0) + LEADER_GAP) / DOT_PITCH)
    count = int((item.right - item.start) / DOT_PITCH) - skipped
    if count < 2:
        return ""
    stop = left + item.right - skipped * DOT_PITCH
    y = top - item.top - number.leading * LEADER_BASE
    return (
        f"q 1 J {DOT:g} w [0 {DOT_PITCH:g}] 0 d "
        f"{stop:.2f} {y:.2f} m {stop - count * DOT_PITCH:.2f} {y:.2f} l S Q"
    )


def _paint_foot(canvas: Canvas, frame: Frame, sheet: Sheet, page: Page) -> None:
    """Notes stand on the lower edge of the type area, a short rule above them."""
    if not page.foot:
        return
    top = sheet.top - frame.depth + foot_height(page)
    rule_end = sheet.left + frame.measure * RULE_SHARE
    emit(
        canvas,
        f"q 0 G 0.4 w {sheet.left:.2f} {top - 8:.2f} m {rule_end:.2f} {top - 8:.2f} l S Q",
    )
    y = sheet.top - frame.depth + sum((b - a) * lines.leading for lines, a, b in page.foot)
    for lines, start, stop in page.foot:
        lines.draw(canvas, sheet.left, y, start, stop)
        y -= (stop - start) * lines.leading


def _paint_running(
    canvas: Canvas,
    style: DraftStyle,
    frame: Frame,
    sheet: Sheet,
    page: Page,
    running: Running,
    line: OneLine,
) -> None:
    outer: Align = "right" if sheet.number % 2 else "left"
    bottom = sheet.top - frame.depth
    folio = line(f"第{sheet.number}页　共{running.total}页", "folio", outer)
    folio.draw(canvas, sheet.left, bottom - FOLIO_BELOW + folio.leading)
    if not style.running_head or not page.head:
        return
    text = page.head if sheet.number % 2 else running.even
    head = line(text, "running_head", outer)
    y = sheet.top + HEAD_ABOVE - head.leading
    head.draw(canvas, sheet.left, y + head.leading)
    right = sheet.left + frame.measure
    emit(canvas, f"q 0 G 0.4 w {sheet.left:.2f} {y - 1:.2f} m {right:.2f} {y - 1:.2f} l S Q")


def outline(canvas: Canvas, entries: Iterable[tuple[int, str, str]]) -> None:
    """Bookmarks as (depth from 0, title, anchor); a skipped depth is closed up."""
    last = -1
    for depth, title, anchor in entries:
        last = min(depth, last + 1)
        canvas.addOutlineEntry(title, anchor, level=last, closed=last == 0)
    if last >= 0:
        canvas.showOutline()
