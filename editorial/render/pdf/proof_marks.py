"""Corrections drawn for the pages of a proof: signs on the words, words in the margin, and each
as a remark that PDF programs list. `read.proof_overlay` lays them over the file."""

from __future__ import annotations

from collections.abc import Sequence

from editorial.model.proof_drawing import DrawnMark, MarkedProof, MarkedSheet, Overlay, Remark
from editorial.model.proof_signs import Sign
from editorial.model.style import A4, TextRole
from editorial.render.fonts import FontTable
from editorial.render.pdf.canvas import PlainCanvas, finished, open_canvas
from editorial.render.pdf.colors import rgb
from editorial.render.pdf.metadata import Metadata
from editorial.render.pdf.paragraph import compose_text
from editorial.render.pdf.proof_lanes import (
    LANE,
    NUMBER,
    TOUCH,
    Label,
    Side,
    sides_of,
    stem,
)
from editorial.render.pdf.proof_signs import OUT, draw_deletion, draw_sign
from editorial.render.pdf.typeset import TypeCase

# Of the first pass, the second, the third: red, blue, green (DOMAIN 7.5).
INKS = ("D0021B", "1237C8", "0B7A2F")
STROKE, LEAD = 0.7, 0.45
RING = 5.2
STRUCK = frozenset({Sign.DELETE, Sign.CORRECT})


def drawn_marks(sheets: Sequence[MarkedSheet], table: FontTable, ink: int) -> MarkedProof:
    """What goes over each of `sheets` that has marks. Pages grow by a lane where their margins
    are too narrow for the words; `ink` counts passes from 0."""
    color = INKS[ink % len(INKS)]
    case = TypeCase(table)
    marked = [sheet for sheet in sheets if sheet.marks]
    sides = [sides_of(case, sheet, color) for sheet in marked]
    overlays = tuple(
        _over(sheet, _beyond(own), color) for sheet, own in zip(marked, sides, strict=True)
    )
    drawings = _drawings(case, marked, sides, color) if marked else b""
    lacking = {each.char for each in case.missing if not each.drawn}
    return MarkedProof(overlays=overlays, drawings=drawings, lacking=tuple(sorted(lacking)))


def _over(sheet: MarkedSheet, beyond: tuple[float, float], color: str) -> Overlay:
    remarks = tuple(_remark(mark, sheet, color) for mark in sheet.marks)
    return Overlay(
        sheet=sheet.sheet, left=beyond[0], right=beyond[1], remarks=remarks, turn=sheet.turn
    )


def _beyond(sides: Sequence[Side]) -> tuple[float, float]:
    left = next((side.beyond for side in sides if side.leftward), 0.0)
    return left, next((side.beyond for side in sides if not side.leftward), 0.0)


def _drawings(
    case: TypeCase, sheets: Sequence[MarkedSheet], sides: Sequence[Sequence[Side]], color: str
) -> bytes:
    """A page for each sheet, as large as that will be."""
    canvas = open_canvas(A4)
    for sheet, own in zip(sheets, sides, strict=True):
        left, right = _beyond(own)
        canvas.setPageSize((left + sheet.width + right, sheet.height))
        canvas.saveState()
        canvas.translate(left, 0)
        _page(canvas, case, sheet, own, color)
        canvas.restoreState()
        canvas.showPage()
    return finished(canvas, Metadata(title="", author="", date=None))


def _page(
    canvas: PlainCanvas, case: TypeCase, sheet: MarkedSheet, sides: Sequence[Side], color: str
) -> None:
    red, green, blue = rgb(color)
    canvas.setStrokeColorRGB(red, green, blue)
    canvas.setFillColorRGB(red, green, blue)
    canvas.saveState()
    canvas.translate(0, sheet.height)
    canvas.scale(1, -1)
    canvas.setLineCap(1)
    canvas.setLineWidth(STROKE)
    for mark in sheet.marks:
        draw_sign(canvas, mark)
    canvas.setLineWidth(LEAD)
    for side in sides:
        for label in side.labels:
            _lead(canvas, side, label)
    canvas.restoreState()
    for side in sides:
        for label in side.labels:
            _words(canvas, case, sheet, side, label, color)


def _lead(canvas: PlainCanvas, side: Side, label: Label) -> None:
    """Up from the words into the room between the lines, along it, and over to the margin."""
    mark = label.mark
    near = side.edge - TOUCH if side.leftward else side.edge + TOUCH
    far = side.start + LANE + TOUCH if side.leftward else side.start - TOUCH
    if mark.strips:
        x = stem(mark)
        path = canvas.beginPath()
        path.moveTo(x, mark.strips[0].top - OUT)
        path.lineTo(x, label.lead)
        path.lineTo(near, label.lead)
        path.lineTo(far, label.middle)
        canvas.drawPath(path)
    if mark.sign is Sign.DELETE:
        size = label.lines.look.size * 0.9
        at = side.start + LANE - NUMBER - 1.5 * size if side.leftward else side.start + NUMBER
        draw_deletion(canvas, at, label.middle, size)


def _words(
    canvas: PlainCanvas,
    case: TypeCase,
    sheet: MarkedSheet,
    side: Side,
    label: Label,
    color: str,
) -> None:
    """The number in a ring at the lead's end, the words beyond it."""
    top = sheet.height - label.top
    ring = side.start + LANE - NUMBER / 2 if side.leftward else side.start + NUMBER / 2 - 1
    middle = sheet.height - label.middle
    scale = min(1.0, label.lines.leading / (2 * RING))
    size = 6.5 * scale * min(1.0, 2.4 / len(str(label.mark.number)))
    look = TextRole(font="song", size=size, leading=size, align="center", color=color)
    number = compose_text(case, str(label.mark.number), look, NUMBER)
    canvas.setLineWidth(LEAD)
    canvas.circle(ring, middle, RING * scale, stroke=1, fill=0)
    number.draw(canvas, ring - NUMBER / 2, middle + size / 2)
    x = side.start + NUMBER
    if side.leftward:
        widest = max((label.lines.width_of(n) for n in range(label.lines.count)), default=0.0)
        x = side.start + max(0.0, LANE - NUMBER - 2 * TOUCH - widest)
    label.lines.draw(canvas, x, top)


def _remark(mark: DrawnMark, sheet: MarkedSheet, color: str) -> Remark:
    words = tuple((s.left, s.top, s.right, s.bottom) for s in mark.strips if s.right > s.left)
    edges = (
        min((s.left for s in mark.strips), default=sheet.width - 2),
        min((s.top for s in mark.strips), default=mark.y),
        max((s.right for s in mark.strips), default=sheet.width) + 0.1,
        max((s.bottom for s in mark.strips), default=mark.y + 2),
    )
    return Remark(
        kind=_kind(mark, bool(words)),
        edges=edges,
        words=words,
        text=mark.text,
        by=mark.by,
        name=f"editorial-{mark.number}",
        color=rgb(color),
    )


def _kind(mark: DrawnMark, of_words: bool) -> str:
    if not mark.strips:
        return "Text"
    if not of_words:
        return "Caret"
    return "StrikeOut" if mark.sign in STRUCK else "Underline"
