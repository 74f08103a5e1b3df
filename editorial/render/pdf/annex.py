"""附件 of a letter: a table over as many pages as it needs, its header on each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from editorial.model.sheet import Annex
from editorial.model.style import TextRole
from editorial.render.columns import SHORT, shared, texts_of, wish
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.paragraph import Lines, compose_text
from editorial.render.pdf.typeset import TypeCase
from editorial.values import dataclass

PADDING = 1.2 * MM
HAIRLINE = 0.5
CELL = TextRole(font="song", size=10.5, leading=15, align="left")
HEAD = TextRole(font="hei", size=10.5, leading=15, align="center")
SMALL = 9 / 10.5
MANY_COLUMNS = 6
JUSTIFIED = 12.0  # ems; narrower columns stay ragged


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where a table stands: points, `top` above `bottom`; `page` is the height of a whole page."""

    left: float
    width: float
    top: float
    bottom: float
    page: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its columns' widths in points and the looks of their cells."""

    annex: Annex
    widths: tuple[float, ...]
    looks: tuple[TextRole, ...]
    head: TextRole


Row = tuple[Lines, ...]


def draw_table(
    canvas: Canvas, case: TypeCase, annex: Annex, area: Area, turn: Callable[[], float]
) -> float:
    """Draw from `area.top` down; `turn` begins a page and gives its top. Returns the lower edge.

    A row stays whole unless it is taller than a page.
    """
    grid = _grid(case, annex, area.width)
    head = tuple(_cells(case, annex.columns, grid.widths, [grid.head] * len(grid.widths)))
    rows = [tuple(_cells(case, texts, grid.widths, grid.looks)) for texts in annex.rows]
    y = _draw_row(canvas, grid, area, head, area.top)
    whole = area.page - height(head)
    for row in rows:
        for start, stop in _portions(row, y - area.bottom, whole):
            if height(row, start, stop) > y - area.bottom + 0.01:
                y = _draw_row(canvas, grid, area, head, turn())
            y = _draw_row(canvas, grid, area, row, y, start, stop)
    return y


def height(row: Row, start: int = 0, stop: int | None = None) -> float:
    """Of lines [start, stop) of its cells with the padding."""
    lines = max((lines.count for lines in row), default=0)
    shown = max(1, min(lines, lines if stop is None else stop) - start)
    return shown * row[0].leading + 2 * PADDING


def _portions(row: Row, left: float, page: float) -> Iterator[tuple[int, int]]:
    """The row as a whole, or cut into pieces that fill what is left and then pages."""
    count = max((lines.count for lines in row), default=0)
    if height(row) <= page:
        yield 0, max(count, 1)
        return
    start = 0
    room = left if left > 4 * row[0].leading else page
    while start < count:
        stop = min(count, max(start + 1, start + int((room - 2 * PADDING) / row[0].leading)))
        yield start, stop
        start, room = stop, page


def _draw_row(
    canvas: Canvas,
    grid: Grid,
    area: Area,
    row: Row,
    top: float,
    start: int = 0,
    stop: int | None = None,
) -> float:
    tall = height(row, start, stop)
    canvas.setLineWidth(HAIRLINE)
    x = area.left
    for lines, width in zip(row, grid.widths, strict=True):
        canvas.rect(x, top - tall, width, tall)
        last = min(lines.count, lines.count if stop is None else stop)
        inner = (last - start) * lines.leading
        lines.draw(canvas, x + PADDING, top - (tall - inner) / 2, min(start, last), last)
        x += width
    return top - tall


def _cells(
    case: TypeCase, texts: Sequence[str], widths: Sequence[float], looks: Sequence[TextRole]
) -> Iterator[Lines]:
    for text, width, look in zip(texts, widths, looks, strict=True):
        yield compose_text(case, text, look, width - 2 * PADDING)


def _grid(case: TypeCase, annex: Annex, width: float) -> Grid:
    scale = SMALL if len(annex.columns) > MANY_COLUMNS else 1.0
    cell, head = (
        replace(look, size=look.size * scale, leading=look.leading * scale) for look in (CELL, HEAD)
    )
    columns = range(len(annex.columns))
    composed = [
        [compose_text(case, text, cell, 100_000) for text in texts_of(annex, column)]
        for column in columns
    ]
    wishes = [_wish(annex, column, cell, composed[column]) for column in columns]
    widths = tuple(em * cell.size + 2 * PADDING for em in shared(wishes, _ems(width, wishes, cell)))
    looks = tuple(_look(cell, wish, each) for wish, each in zip(wishes, widths, strict=True))
    return Grid(annex, widths, looks, head)


def _ems(width: float, wishes: Sequence[float], cell: TextRole) -> float:
    return (width - 2 * PADDING * len(wishes)) / cell.size


def _look(cell: TextRole, wish: float, width: float) -> TextRole:
    if wish <= SHORT:
        return replace(cell, align="center")
    return replace(cell, align="justify") if width / cell.size >= JUSTIFIED else cell


def _wish(annex: Annex, column: int, cell: TextRole, composed: Sequence[Lines]) -> float:
    widest = max((lines.width_of(0) for lines in composed if lines.count), default=0.0)
    return wish(annex, column, widest / cell.size)
