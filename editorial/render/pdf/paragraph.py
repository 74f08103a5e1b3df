"""A paragraph: pieces of text in, lines that can be measured and drawn out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from reportlab.pdfgen.canvas import Canvas

from editorial.model.style import Align, TextRole
from editorial.render.pdf.breaking import Line, left_trim, natural_width, settle, total_fit
from editorial.render.pdf.canvas import document_of, emit
from editorial.render.pdf.case import TypeCase
from editorial.render.pdf.classes import EM
from editorial.render.pdf.face import embedding
from editorial.render.pdf.matter import RISES, Matter, Piece, Strip, prepare

__all__ = ["Lines", "Piece", "compose"]

# From the baseline to the middle of the em box, which is centred in the line's slot.
MIDDLE = 0.38


def compose(case: TypeCase, pieces: Sequence[Piece], look: TextRole, width: float) -> Lines:
    """Break `pieces` into lines of `width` points, set as `look`.

    Lines keep the prohibitions and adjustments of CLREQ and GB/T 15834-2011; anything a
    string can hold is set somehow. Text without a visible character gives no lines.
    """
    matter = prepare(case, pieces, look.font, flush=look.indent > 0)
    per_em = EM / look.size
    indent = look.indent * EM if look.align in ("justify", "left") else 0.0
    broken = total_fit(matter, width * per_em, indent, look.align)
    return Lines(matter=matter, broken=broken, look=look, width=width)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A broken paragraph. `width` in points is the measure it was broken to."""

    matter: Matter = field(repr=False)
    broken: tuple[Line, ...] = field(repr=False)
    look: TextRole
    width: float

    @property
    def count(self) -> int:
        return len(self.broken)

    @property
    def leading(self) -> float:
        return self.look.leading

    @property
    def height(self) -> float:
        return self.count * self.look.leading

    def width_of(self, line: int) -> float:
        """Points; the natural width of a line without its indent, edges trimmed."""
        start, stop, _ = self.broken[line]
        return natural_width(self.matter, start, stop) * self.look.size / EM

    def text_of(self, line: int) -> str:
        start, stop, _ = self.broken[line]
        return self.matter.text[start:stop]

    def line_of(self, piece: int) -> int:
        """The line on which the piece of that number begins; -1 if nothing of it is set."""
        for strip in self.matter.strips:
            if strip.number == piece:
                return next(at for at, line in enumerate(self.broken) if strip.start < line.stop)
        return -1

    def draw(
        self, canvas: Canvas, x: float, top: float, start: int = 0, stop: int | None = None
    ) -> None:
        """Draw lines [start, stop). `top` is the upper edge of the first drawn line's slot."""
        drawn = range(start, self.count if stop is None else stop)
        if not drawn:
            return
        stocks = _stocks(canvas, self)
        operators = ["q BT"]
        pen = _Pen()
        baseline = top - self.look.leading / 2 - MIDDLE * self.look.size
        for number, line in enumerate(drawn):
            placed = _place(self, line, x, baseline - number * self.look.leading)
            operators.extend(_line_operators(self, placed, stocks, pen))
            _link(canvas, self, placed)
        operators.append("ET Q")
        emit(canvas, "\n".join(operators))


@dataclass(frozen=True, slots=True)
class _Stock:
    """One strip as it goes into the page: hexadecimal codes and the font's resource name."""

    strip: Strip
    codes: str
    font: str
    color: str


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with its final gaps, and where its first character's box begins, in points."""

    line: Line
    opened: float
    gaps: dict[int, float]
    x: float
    y: float


@dataclass(slots=True)
class _Pen:
    """The text state as the page has it, so that only changes are written."""

    x: float = 0.0
    y: float = 0.0
    font: str = ""
    rise: float = 0.0
    color: str = ""
    opened: float = 0.0


def _stocks(canvas: Canvas, lines: Lines) -> list[_Stock]:
    document, text = document_of(canvas), lines.matter.text
    stocks = []
    for strip in lines.matter.strips:
        chars = text[strip.start : strip.stop]
        embedded = embedding(document, strip.face)
        embedded.used.update(chars)
        font = f"{embedded.resource} {lines.look.size * strip.scale:.3f} Tf"
        color = fill(strip.piece.color or lines.look.color)
        stocks.append(_Stock(strip, strip.face.hex(chars), font, color))
    return stocks


def _place(lines: Lines, number: int, x: float, y: float) -> _Placed:
    line = lines.broken[number]
    opened, gaps = settle(lines.matter, line)
    x += _offset(lines, number) - left_trim(lines.matter, line.start) * lines.look.size / EM
    return _Placed(line, opened, gaps, x, y)


def _offset(lines: Lines, number: int) -> float:
    align: Align = lines.look.align
    if align == "right":
        return lines.width - lines.width_of(number)
    if align == "center":
        return (lines.width - lines.width_of(number)) / 2
    return lines.look.indent * lines.look.size if number == 0 else 0.0


def _line_operators(
    lines: Lines, placed: _Placed, stocks: list[_Stock], pen: _Pen
) -> Iterator[str]:
    yield f"{placed.x - pen.x:.3f} {placed.y - pen.y:.3f} Td"
    pen.x, pen.y = placed.x, placed.y
    opened = placed.opened * lines.look.size / EM
    if abs(opened - pen.opened) > 1e-4:
        pen.opened = opened
        yield f"{opened:.4f} Tc"
    start, stop = placed.line.start, _inked_stop(lines.matter, placed.line)
    for stock in stocks:
        if stock.strip.start < stop and stock.strip.stop > start:
            yield from _change(stock, pen, lines.look.size)
            yield _show(stock, placed, start, stop)


def _inked_stop(matter: Matter, line: Line) -> int:
    """Spaces at the line's end are not set: they would be seen in a selection."""
    start, stop, _ = line
    return start + len(matter.kinds[start:stop].rstrip("wi"))


def _change(stock: _Stock, pen: _Pen, size: float) -> Iterator[str]:
    if stock.font != pen.font:
        pen.font = stock.font
        yield stock.font
    rise = RISES[stock.strip.piece.shift] * size
    if rise != pen.rise:
        pen.rise = rise
        yield f"{rise:.3f} Ts"
    if stock.color != pen.color:
        pen.color = stock.color
        yield stock.color


def _show(stock: _Stock, placed: _Placed, start: int, stop: int) -> str:
    """The TJ of one strip within one line; gaps count in the strip's own font size."""
    strip, codes = stock.strip, stock.codes
    first, last = max(start, strip.start), min(stop, strip.stop)
    parts: list[str] = []
    at = first
    for spot, gap in placed.gaps.items():
        if first <= spot < last and gap:
            parts.append(
                f"<{codes[4 * (at - strip.start) : 4 * (spot - strip.start)]}>"
                f"{-gap / strip.scale:.4g}"
            )
            at = spot
    parts.append(f"<{codes[4 * (at - strip.start) : 4 * (last - strip.start)]}>")
    shown = f"[{''.join(parts)}]TJ"
    if strip.typed:
        typed = strip.typed.encode("utf-16-be", "replace").hex()
        return f"/Span <</ActualText <feff{typed}>>> BDC {shown} EMC"
    return shown


def _link(canvas: Canvas, lines: Lines, placed: _Placed) -> None:
    size = lines.look.size
    for strip in lines.matter.strips:
        first, last = max(strip.start, placed.line.start), min(strip.stop, placed.line.stop)
        if not strip.piece.link or first >= last:
            continue
        left, right = _x_at(lines, placed, first), _x_at(lines, placed, last)
        box = (left, placed.y - 0.15 * size, right, placed.y + 0.9 * size)
        target = strip.piece.link
        if target.startswith("#"):
            canvas.linkRect("", target[1:], box, relative=1, thickness=0)
        else:
            canvas.linkURL(target, box, relative=1, thickness=0)


def _x_at(lines: Lines, placed: _Placed, index: int) -> float:
    """Points; where the box of character `index` begins, or the one before it ends."""
    start = placed.line.start
    adjusted = sum(gap for spot, gap in placed.gaps.items() if spot < index)
    widths = sum(lines.matter.widths[start:index])
    return placed.x + (widths + adjusted + placed.opened * (index - start)) * lines.look.size / EM


@lru_cache(maxsize=256)
def fill(color: str) -> str:
    """The operator for a fill colour written rrggbb."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return f"{red:.3f} {green:.3f} {blue:.3f} rg"
