"""Papers of an office as PDF: forms, tables with their head on every page, plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from itertools import pairwise, repeat

from editorial.model.book import Printed
from editorial.model.office_paper import Block, Box, Form, Grid, Line, OfficePaper, Words
from editorial.model.style import TextRole
from editorial.render.fonts import FontTable
from editorial.render.office_paper import (
    BANNER,
    BOTTOM,
    CELL,
    FOLIO,
    FOOT,
    HEAD,
    LABEL,
    LOOKS,
    PAD,
    RULE,
    TINT,
    TITLE,
    TOP,
    UNDER,
    VALUE,
    WHOLE,
    bundles,
    edges_of,
    shared_in,
    side_of,
    size_of,
    width_of,
)
from editorial.render.pdf.canvas import MM, PlainCanvas, open_canvas, printed
from editorial.render.pdf.colors import rgb
from editorial.render.pdf.metadata import Metadata
from editorial.render.pdf.paragraph import Lines, compose_text
from editorial.render.pdf.typeset import TypeCase
from editorial.values import dataclass

LEAST = 3  # lines of a broken row on either page


@dataclass(frozen=True, slots=True)
class Text:
    """Lines [start, stop) from `y` down, points from the lower left corner of the page."""

    lines: Lines
    x: float
    y: float
    start: int = 0
    stop: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    x: float
    y: float
    width: float
    height: float
    tint: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    lines: Lines
    x: float
    width: float
    tint: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side, `least` points high; `free` are the places of cells drawn apart."""

    cells: tuple[Cell, ...]
    least: float = 0.0
    free: tuple[int, ...] = ()


@dataclass(slots=True)
class Press:
    """One paper while it is laid out: its pages, and `y` where the next thing begins."""

    case: TypeCase
    paper: OfficePaper
    pages: list[list[Text | Frame]] = field(default_factory=list)
    y: float = 0.0

    @property
    def left(self) -> float:
        return side_of(self.paper) * MM

    @property
    def width(self) -> float:
        return width_of(self.paper) * MM

    @property
    def room(self) -> float:
        return self.y - BOTTOM * MM

    @property
    def page(self) -> float:
        """The height of what goes on a whole page."""
        return (size_of(self.paper)[1] - TOP - BOTTOM) * MM


def office_pdf(papers: Sequence[OfficePaper], table: FontTable, author: str) -> Printed:
    """One file, every paper from a page of its own and with its own page numbers."""
    canvas, case, pages = open_canvas(size_of(papers[0])), TypeCase(table), 0
    for paper in papers:
        press = _laid(case, paper)
        width, height = size_of(paper)
        canvas.setPageSize((width * MM, height * MM))
        for marks in press.pages:
            for mark in marks:
                _draw(canvas, mark)
            canvas.showPage()
        pages += len(press.pages)
    title = "、".join(dict.fromkeys(paper.title for paper in papers))
    return printed(canvas, case, pages, Metadata(title=title, author=author, date=None))


def _laid(case: TypeCase, paper: OfficePaper) -> Press:
    press = Press(case, paper)
    _turn(press)
    _head(press)
    for place, block in enumerate(paper.blocks):
        _set(press, block, _needed(paper.blocks[place + 1 :]))
    _folios(press)
    return press


def _turn(press: Press) -> None:
    press.pages.append([])
    press.y = (size_of(press.paper)[1] - TOP) * MM


def _compose(press: Press, text: str, look: TextRole, width: float) -> Lines:
    return compose_text(press.case, text, look, width)


def _head(press: Press) -> None:
    """The mark above, the title, what stands under it at either side."""
    paper = press.paper
    if paper.mark:
        mark = _compose(press, paper.mark, replace(FOOT, align="right"), press.width)
        press.pages[-1].append(Text(mark, press.left, press.y + 8 * MM))
    title = _compose(press, paper.title, TITLE, press.width)
    press.pages[-1].append(Text(title, press.left, press.y))
    press.y -= title.height + TITLE.after
    if any(paper.under):
        _under(press, paper.under)


def _under(press: Press, words: tuple[str, str]) -> None:
    """On one line; on two where both are too long for that."""
    looks = UNDER, replace(UNDER, align="right")
    left, right = (
        _compose(press, each, look, press.width) for each, look in zip(words, looks, strict=True)
    )
    press.pages[-1].append(Text(left, press.left, press.y))
    single = left.count <= 1 and right.count <= 1
    widths = sum(lines.width_of(0) for lines in (left, right) if lines.count)
    if not single or widths + UNDER.size > press.width:
        press.y -= left.height
    press.pages[-1].append(Text(right, press.left, press.y))
    press.y -= max(right.height, UNDER.leading) + 2


def _needed(after: Sequence[Block]) -> float:
    """What a heading must have below it on its page."""
    return 18 * MM if after and not isinstance(after[0], Words) else LOOKS["text"].leading


def _set(press: Press, block: Block, below: float) -> None:
    match block:
        case Words(look="gap"):
            press.y -= LOOKS["gap"].leading
        case Words():
            _words(press, block, below if block.look in ("head", "lead") else 0.0)
        case Form():
            _form(press, block)
        case Grid():
            _grid(press, block)


def _words(press: Press, words: Words, below: float) -> None:
    look = LOOKS[words.look]
    lines = _compose(press, words.text, look, press.width)
    press.y -= look.before
    if press.room < min(lines.count, 2) * look.leading + below:
        _turn(press)
    for index in range(lines.count):
        if press.room < look.leading:
            _turn(press)
        press.pages[-1].append(Text(lines, press.left, press.y, index, index + 1))
        press.y -= look.leading
    press.y -= look.after


def _form(press: Press, form: Form) -> None:
    """On one page where one can hold it."""
    rows = [_form_row(press, row.boxes, row.height) for row in form.rows]
    if press.room < sum(map(_height, rows)) <= press.page:
        _turn(press)
    for row in rows:
        _row(press, row, None)


def _form_row(press: Press, boxes: Sequence[Box], height: float) -> Row:
    edges = edges_of([box.share for box in boxes], press.width)
    looks = [LABEL if box.label else VALUE for box in boxes]
    row = _cells(press, edges, [box.text for box in boxes], looks, [box.label for box in boxes])
    return replace(row, least=height * MM)


def _grid(press: Press, grid: Grid) -> None:
    edges = edges_of([column.share for column in grid.columns], press.width)
    looks = [replace(CELL, align=column.side) for column in grid.columns]
    titles = [column.title for column in grid.columns]
    head = _cells(press, edges, titles, [HEAD] * len(titles), repeat(True))
    if press.room < _height(head) + 12 * MM:
        _turn(press)
    _row(press, head, None)
    for bundle in bundles(grid.lines):
        rows = [_line(press, edges, line, looks) for line in bundle]
        _bundle(press, grid, bundle, rows, head)


def _line(press: Press, edges: Sequence[float], line: Line, looks: Sequence[TextRole]) -> Row:
    if line.banner:
        return _cells(press, [edges[0], edges[-1]], line.cells[:1], [BANNER], [True])
    row = _cells(press, edges, line.cells, looks, repeat(False))
    return replace(row, least=line.height * MM)


def _cells(
    press: Press,
    edges: Sequence[float],
    texts: Sequence[str],
    looks: Sequence[TextRole],
    tints: Iterable[bool],
) -> Row:
    """Texts side by side between `edges`, points from the left of what is set."""
    places = zip(texts, looks, pairwise(edges), strict=True)
    return Row(
        tuple(
            Cell(
                _compose(press, text, look, stop - start - 2 * PAD * MM),
                press.left + start,
                stop - start,
                tint,
            )
            for (text, look, (start, stop)), tint in zip(places, tints, strict=False)
        )
    )


def _bundle(
    press: Press, grid: Grid, bundle: Sequence[Line], rows: Sequence[Row], head: Row
) -> None:
    """Rows that stay together where a page can hold them, the shared cells as one."""
    joined = _joined(bundle, rows, shared_in(bundle, grid.shared))
    need = sum(map(_height, joined))
    if need > press.room and need <= press.page - _height(head):
        _turn(press)
        _row(press, head, None)
    if need > press.room:
        for row in rows:
            _row(press, row, head)
        return
    top = press.y
    for line, row in zip(bundle, joined, strict=True):
        _row(press, row, None)
        top = press.y if line.banner else top
    first = next((row for row in joined if row.free), None)
    if first is not None:
        for place in first.free:
            _cell(press, first.cells[place], top, top - press.y)


def _joined(bundle: Sequence[Line], rows: Sequence[Row], shared: tuple[int, ...]) -> list[Row]:
    """The rows without their shared cells; the last is as high as those need in all."""
    if not shared:
        return list(rows)
    made = [
        row if line.banner else replace(row, free=shared)
        for line, row in zip(bundle, rows, strict=True)
    ]
    own = [row for row in made if row.free]
    tallest = max(own[0].cells[place].lines.height for place in shared) + 2 * PAD * MM
    short = tallest - sum(map(_height, own))
    if short > 0:
        made[-1] = replace(made[-1], least=_height(made[-1]) + short)
    return made


def _height(row: Row) -> float:
    tallest = (cell.lines.height for place, cell in enumerate(row.cells) if place not in row.free)
    return max(max(tallest, default=0.0) + 2 * PAD * MM, row.least)


def _row(press: Press, row: Row, head: Row | None) -> None:
    """The row whole where it fits, else broken between its lines; `head` is set again above."""
    start, count = 0, max((cell.lines.count for cell in row.cells), default=0)
    turned = False
    while True:
        tall = _tall(row, start, count) if start else _height(row)
        stop = min(start + _fitting(row, press.room), count - LEAST)
        if tall <= press.room + 0.01:
            break
        if stop - start >= LEAST and (turned or tall > WHOLE * press.page):
            _draw_row(press, row, start, stop, _tall(row, start, stop))
            start = stop
        elif turned:
            break
        _turn(press)
        turned = True
        if head is not None:
            _row(press, head, None)
    _draw_row(press, row, start, count, tall)


def _fitting(row: Row, room: float) -> int:
    leading = max(cell.lines.leading for cell in row.cells)
    return max(0, int((room - 2 * PAD * MM) / leading))


def _tall(row: Row, start: int, stop: int) -> float:
    """Of lines [start, stop) of its cells."""
    shown = max(
        (max(0, min(stop, cell.lines.count) - start) * cell.lines.leading for cell in row.cells),
        default=0.0,
    )
    return shown + 2 * PAD * MM


def _draw_row(press: Press, row: Row, start: int, stop: int, tall: float) -> None:
    for place, cell in enumerate(row.cells):
        if place not in row.free:
            _cell(press, cell, press.y, tall, start, stop)
    press.y -= tall


def _cell(
    press: Press, cell: Cell, top: float, tall: float, start: int = 0, stop: int | None = None
) -> None:
    last = min(cell.lines.count, cell.lines.count if stop is None else stop)
    first = min(start, last)
    inner = (last - first) * cell.lines.leading
    page = press.pages[-1]
    page.append(Frame(cell.x, top - tall, cell.width, tall, cell.tint))
    whole = first == 0 and last == cell.lines.count
    y = top - (tall - inner) / 2 if whole else top - PAD * MM
    page.append(Text(cell.lines, cell.x + PAD * MM, y, first, last))


def _folios(press: Press) -> None:
    """The foot of every page: whose paper it is at the left, its number at the right."""
    y, count = FOLIO * MM + FOOT.leading, len(press.pages)
    for number, page in enumerate(press.pages, 1):
        words = (press.paper.foot, f"第{number}页　共{count}页")
        for text, look in zip(words, (FOOT, replace(FOOT, align="right")), strict=True):
            page.append(Text(_compose(press, text, look, press.width), press.left, y))


def _draw(canvas: PlainCanvas, mark: Text | Frame) -> None:
    if isinstance(mark, Text):
        mark.lines.draw(canvas, mark.x, mark.y, mark.start, mark.stop)
        return
    canvas.saveState()
    canvas.setLineWidth(RULE)
    if mark.tint:
        canvas.setFillColorRGB(*rgb(TINT))
    canvas.rect(mark.x, mark.y, mark.width, mark.height, stroke=1, fill=int(mark.tint))
    canvas.restoreState()
