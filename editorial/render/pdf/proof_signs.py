"""The signs of GB/T 14706-1993 as strokes about the words, never over them.

Coordinates in points from the left and top of the page; the canvas is turned to that.
"""

from __future__ import annotations

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from editorial.model.proof_drawing import DrawnMark, MarkStrip
from editorial.model.proof_signs import Sign

ROUND = 2.2  # radius of a loop's corners
OUT = 0.7  # of a loop above and below the characters
FOOT = 2.4
ARM = 2.2
FAR = 3.4  # from the words to the line they are to reach


def draw_sign(canvas: Canvas, mark: DrawnMark) -> None:
    """The strokes at the words; leads and margin are drawn by others."""
    if mark.strips:
        DRAWN.get(mark.sign, _looped)(canvas, mark)


def _looped(canvas: Canvas, mark: DrawnMark) -> None:
    for strip in mark.strips:
        if strip.right - strip.left < ROUND:
            _insertion(canvas, strip)
        else:
            canvas.roundRect(
                strip.left,
                strip.top - OUT,
                strip.right - strip.left,
                strip.bottom - strip.top + 2 * OUT,
                min(ROUND, (strip.right - strip.left) / 2),
            )


def _inserted(canvas: Canvas, mark: DrawnMark) -> None:
    _insertion(canvas, mark.strips[0])


def _insertion(canvas: Canvas, strip: MarkStrip) -> None:
    """A stem between two characters on a small fork below the line."""
    x = (strip.left + strip.right) / 2
    canvas.line(x, strip.top - OUT, x, strip.bottom)
    canvas.line(x, strip.bottom, x - ARM, strip.bottom + ARM)
    canvas.line(x, strip.bottom, x + ARM, strip.bottom + ARM)


def _swapped(canvas: Canvas, mark: DrawnMark) -> None:
    """A wave over the first words and under the second."""
    strip = mark.strips[0]
    middle = mark.split or (strip.left + strip.right) / 2
    top, bottom = strip.top - OUT, strip.bottom + OUT
    path = canvas.beginPath()
    path.moveTo(strip.left, bottom - FOOT)
    path.lineTo(strip.left, top + ROUND)
    path.curveTo(strip.left, top, strip.left, top, strip.left + ROUND, top)
    path.lineTo(middle - ROUND, top)
    path.curveTo(middle, top, middle, top, middle, top + ROUND)
    path.lineTo(middle, bottom - ROUND)
    path.curveTo(middle, bottom, middle, bottom, middle + ROUND, bottom)
    path.lineTo(strip.right - ROUND, bottom)
    path.curveTo(strip.right, bottom, strip.right, bottom, strip.right, bottom - ROUND)
    path.lineTo(strip.right, top + FOOT)
    canvas.drawPath(path)


def _kept(canvas: Canvas, mark: DrawnMark) -> None:
    """Small triangles under the words."""
    for strip in mark.strips:
        count = max(1, round((strip.right - strip.left) / (strip.bottom - strip.top)))
        for place in range(count):
            x = strip.left + (strip.right - strip.left) * (place + 0.5) / count
            path = canvas.beginPath()
            path.moveTo(x, strip.bottom + 0.4)
            path.lineTo(x - ARM / 1.4, strip.bottom + 0.4 + ARM)
            path.lineTo(x + ARM / 1.4, strip.bottom + 0.4 + ARM)
            path.close()
            canvas.drawPath(path)
        canvas.line(strip.left, strip.top - OUT, strip.right, strip.top - OUT)


def _paragraph(canvas: Canvas, mark: DrawnMark) -> None:
    """An angle before the words that are to begin a line."""
    strip = mark.strips[0]
    canvas.line(strip.left, strip.top - OUT, strip.left, strip.bottom + OUT)
    canvas.line(strip.left, strip.top - OUT, _middle(strip), strip.top - OUT)
    canvas.line(strip.left, strip.bottom + OUT, strip.left + 2 * FOOT, strip.bottom + OUT)


def _run_on(canvas: Canvas, mark: DrawnMark) -> None:
    """A bow under the words that are to follow on."""
    strip = mark.strips[0]
    path = canvas.beginPath()
    path.moveTo(strip.left, strip.top - OUT)
    path.lineTo(strip.left, strip.bottom)
    low = strip.bottom + 2 * OUT
    path.curveTo(strip.left, low, strip.left, low, strip.left + ROUND, low)
    path.lineTo(strip.right, low)
    canvas.drawPath(path)
    canvas.line(strip.left, strip.top - OUT, _middle(strip), strip.top - OUT)


def _middle(strip: MarkStrip) -> float:
    return (strip.left + strip.right) / 2


def _widened(canvas: Canvas, mark: DrawnMark) -> None:
    _wedges(canvas, mark, 1)


def _narrowed(canvas: Canvas, mark: DrawnMark) -> None:
    _wedges(canvas, mark, -1)


def _wedges(canvas: Canvas, mark: DrawnMark, way: int) -> None:
    """A wedge above the place, its point inward to widen and outward to narrow."""
    strip = mark.strips[0]
    x, y = _middle(strip), strip.top - OUT
    point, arms = (y, y - ARM) if way > 0 else (y - ARM, y)
    canvas.line(x, point, x - ARM, arms)
    canvas.line(x, point, x + ARM, arms)


def _numbered(canvas: Canvas, mark: DrawnMark) -> None:
    """空1字距: a hash above the place, on the stem."""
    strip = mark.strips[0]
    x, y = _middle(strip), strip.top - OUT - ARM
    for step in (-ARM / 2, ARM / 2):
        canvas.line(x + step + ARM / 3, y - ARM, x + step - ARM / 3, y + ARM)
        canvas.line(x - ARM, y + step, x + ARM, y + step)
    canvas.line(x, y + ARM, x, strip.bottom + OUT)


def _separated(canvas: Canvas, mark: DrawnMark) -> None:
    """分开: a fork with its stem between the two."""
    strip = mark.strips[0]
    x, y = _middle(strip), strip.top - OUT
    canvas.line(x, strip.bottom + OUT, x, y)
    canvas.line(x, y, x - ARM, y - ARM)
    canvas.line(x, y, x + ARM, y - ARM)


def _turned(canvas: Canvas, mark: DrawnMark) -> None:
    """转正: a loop, and an arrow bent round over it."""
    _looped(canvas, mark)
    strip = mark.strips[0]
    x, y = _middle(strip), strip.top - OUT
    reach = min(FOOT, (strip.right - strip.left) / 2) + OUT
    path = canvas.beginPath()
    path.moveTo(x - reach, y)
    path.curveTo(x - reach, y - 2 * FOOT, x + reach, y - 2 * FOOT, x + reach, y - OUT)
    canvas.drawPath(path)
    _head(canvas, x + reach, y - OUT, 0, 1)


def _head(canvas: Canvas, x: float, y: float, right: float, down: float) -> None:
    """The point of an arrow that goes that way."""
    for way in (-1, 1):
        canvas.line(
            x,
            y,
            x - ARM * (0.8 * right + 0.5 * way * down),
            y - ARM * (0.8 * down + 0.5 * way * right),
        )


def _arrow(canvas: Canvas, x: float, y: float, x2: float, y2: float) -> None:
    length = max(abs(x2 - x), abs(y2 - y)) or 1
    canvas.line(x, y, x2, y2)
    _head(canvas, x2, y2, (x2 - x) / length, (y2 - y) / length)


def _moved(canvas: Canvas, mark: DrawnMark) -> None:
    """转移: a loop with an arrow out of it; the margin says where to."""
    _looped(canvas, mark)
    strip = mark.strips[-1]
    y = (strip.top + strip.bottom) / 2
    _arrow(canvas, strip.right, y, strip.right + 2 * (strip.bottom - strip.top) / 3, y)


def _lifted(canvas: Canvas, mark: DrawnMark) -> None:
    """上移, 下移: a bracket on that side, and an arrow to the line the words are to reach; 上下移
    has them on both sides."""
    for strip in mark.strips:
        x = _middle(strip)
        for way in _ways(mark, Sign.UP, Sign.DOWN):
            y = (strip.top if way < 0 else strip.bottom) + way * OUT
            canvas.line(strip.left, y, strip.right, y)
            canvas.line(strip.left, y, strip.left, y - way * FOOT)
            canvas.line(strip.right, y, strip.right, y - way * FOOT)
            _arrow(canvas, x, y, x, y + way * FAR)
            canvas.line(x - FOOT, y + way * FAR, x + FOOT, y + way * FAR)


def _shifted(canvas: Canvas, mark: DrawnMark) -> None:
    """左移, 右移: the same at the side."""
    for strip in mark.strips:
        y = (strip.top + strip.bottom) / 2
        for way in _ways(mark, Sign.LEFT, Sign.RIGHT):
            x = strip.left if way < 0 else strip.right
            canvas.line(x, strip.top - OUT, x, strip.bottom + OUT)
            canvas.line(x, strip.top - OUT, x - way * FOOT, strip.top - OUT)
            canvas.line(x, strip.bottom + OUT, x - way * FOOT, strip.bottom + OUT)
            _arrow(canvas, x, y, x + way * FAR, y)
            canvas.line(x + way * FAR, y - FOOT, x + way * FAR, y + FOOT)


def _ways(mark: DrawnMark, back: Sign, forth: Sign) -> tuple[int, ...]:
    return {back: (-1,), forth: (1,)}.get(mark.sign, (-1, 1))


def _aligned(canvas: Canvas, mark: DrawnMark) -> None:
    """排齐: the two lines between which the words should stand."""
    for strip in mark.strips:
        for y in (strip.top - OUT, strip.bottom + OUT):
            canvas.line(strip.left - FOOT, y, strip.right + FOOT, y)


def _stepped(canvas: Canvas, mark: DrawnMark) -> None:
    """排阶梯形: steps down along the words."""
    strip = mark.strips[0]
    steps = 3
    wide, high = (strip.right - strip.left) / steps, (strip.bottom - strip.top + 2 * OUT) / steps
    x, y = strip.left, strip.top - OUT
    path = canvas.beginPath()
    path.moveTo(x, y)
    for _ in range(steps):
        path.lineTo(x, y + high)
        path.lineTo(x + wide, y + high)
        x, y = x + wide, y + high
    canvas.drawPath(path)


def _righted(canvas: Canvas, mark: DrawnMark) -> None:
    """正图: a level line with an arrow to the side that is up."""
    strip = mark.strips[0]
    x, reach = _middle(strip), max(2 * FOOT, (strip.right - strip.left) / 2)
    canvas.line(x - reach, strip.bottom + OUT, x + reach, strip.bottom + OUT)
    _arrow(canvas, x, strip.bottom + OUT, x, strip.top - OUT - FOOT)


def _replaced(canvas: Canvas, mark: DrawnMark) -> None:
    """代替: an oval, the same about every place that is to be alike."""
    for strip in mark.strips:
        canvas.ellipse(strip.left - OUT, strip.top - 2 * OUT, strip.right + OUT, strip.bottom + OUT)


def _explained(canvas: Canvas, mark: DrawnMark) -> None:
    """说明: little rings under the words, which are not to be changed."""
    for strip in mark.strips:
        count = max(1, round((strip.right - strip.left) / (strip.bottom - strip.top)))
        for place in range(count):
            x = strip.left + (strip.right - strip.left) * (place + 0.5) / count
            canvas.circle(x, strip.bottom + OUT + ARM / 2, ARM / 2)


def draw_deletion(canvas: Canvas, x: float, y: float, size: float) -> None:
    """The curl a deletion's lead ends in."""
    path = canvas.beginPath()
    path.moveTo(x, y)
    for bend in (((0.9, -0.9), (1.1, 0.5), (0.5, 0)), ((0.2, -0.3), (0.1, 0.7), (1.2, 0.5))):
        points = [edge for right, down in bend for edge in (x + size * right, y + size * down)]
        path.curveTo(*points)
    canvas.drawPath(path)


DRAWN: dict[Sign, Callable[[Canvas, DrawnMark], None]] = {
    Sign.INSERT: _inserted,
    Sign.SWAP: _swapped,
    Sign.KEEP: _kept,
    Sign.PARAGRAPH: _paragraph,
    Sign.RUN_ON: _run_on,
    Sign.WIDEN: _widened,
    Sign.NARROW: _narrowed,
    Sign.SPACE: _numbered,
    Sign.SEPARATE: _separated,
    Sign.UPRIGHT: _turned,
    Sign.TRANSFER: _moved,
    Sign.VERTICAL: _lifted,
    Sign.UP: _lifted,
    Sign.DOWN: _lifted,
    Sign.LATERAL: _shifted,
    Sign.LEFT: _shifted,
    Sign.RIGHT: _shifted,
    Sign.ALIGN: _aligned,
    Sign.STAIRS: _stepped,
    Sign.PICTURE: _righted,
    Sign.REPLACE: _replaced,
    Sign.EXPLAIN: _explained,
}
