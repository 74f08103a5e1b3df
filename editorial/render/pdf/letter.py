"""An official letter, 信函格式 of GB/T 9704-2012, clause 10.1, as PDF.

Measures are millimetres from the page's top unless a name says points. The text stands on
the standard's grid of 22 lines of 28 characters, so a page is a list of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from math import ceil

from editorial.model.book import Printed
from editorial.model.sheet import Sheet
from editorial.model.style import Align, TextRole
from editorial.render.fonts import FontTable
from editorial.render.pdf.annex import Area, draw_table
from editorial.render.pdf.canvas import MM, PlainCanvas, open_canvas
from editorial.render.pdf.case import TypeCase
from editorial.render.pdf.paragraph import MIDDLE, Lines, Piece, compose
from editorial.render.titles import title_lines

PAPER = (210.0, 297.0)
LEFT, TOP, TYPE_WIDTH, TYPE_HEIGHT = 28.0, 37.0, 156.0, 225.0
BOTTOM = TOP + TYPE_HEIGHT
WIDTH = TYPE_WIDTH * MM  # points
ROWS, CHARACTERS = 22, 28
ROW = TYPE_HEIGHT / ROWS

MARK_TOP, RULE_BELOW_MARK, RULE_WIDTH = 30.0, 4.0, 170.0
LOWER_RULE = PAPER[1] - 20.0
# The standard gives the rules no weight; these are printers' habit.
THICK, BETWEEN, THIN = 1.0, 0.5, 0.35
LARGEST_MARK = 44.0
THIRD = 16.0  # 三号, points
UNDER_RULE = 7 / 8 * THIRD / MM
FOLIO_BELOW = 7.0

RED, GREY = "ff0000", "808080"
# 28 characters of 16 pt are wider than 156 mm: the type is set at the pitch of the grid.
PITCH = WIDTH / CHARACTERS
BODY = TextRole(font="fang", size=PITCH, leading=ROW * MM, indent=2)
FLUSH = replace(BODY, indent=0)
LEVELS = {1: "hei", 2: "kai"}
TITLE = TextRole(font="xbs", size=22, leading=34, align="center")
FOURTH = TextRole(font="fang", size=14, leading=21)
FOLIO = TextRole(font="song", size=14, leading=14, align="left")
NO_NUMBER, NO_DATE = "（签发时编号）", "（签发时填写日期）"
SEAL_ROWS = 2


@dataclass(slots=True)
class Paper:
    """The pages of one letter while they are drawn."""

    canvas: PlainCanvas
    case: TypeCase
    page: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """Line `index` of `lines`, `x` points right of the type area's left edge."""

    lines: Lines
    index: int = 0
    x: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the grid; without cells it is blank. `glued` rows stay with the next."""

    cells: tuple[Cell, ...] = ()
    glued: bool = False


def letter_pdf(sheet: Sheet, table: FontTable) -> Printed:
    """Set a letter. No seal is drawn; the room for one is left over name and date."""
    stream = BytesIO()
    canvas = open_canvas(stream, PAPER, title=sheet.title, author=sheet.issuer)
    canvas.setKeywords("，".join(sheet.keywords))
    paper = Paper(canvas, TypeCase(table))
    first_row = _open(paper, sheet)
    y = _draw_rows(paper, _rows(paper.case, sheet), first_row)
    for number in range(len(sheet.annexes)):
        y = _annex(paper, sheet, number)
    _copies(paper, sheet, y)
    _close_page(paper)
    canvas.save()
    return Printed(
        data=stream.getvalue(),
        pages=paper.page,
        missing=paper.case.missing,
        substituted=paper.case.substituted,
    )


def _up(millimetres: float) -> float:
    """From the page's top down in millimetres → from its bottom up in points."""
    return (PAPER[1] - millimetres) * MM


def _em_box(paper: Paper, lines: Lines, x: float, top: float) -> None:
    """Draw one line with the upper edge of its em box `top` millimetres down."""
    above = (lines.leading - lines.look.size) / 2
    lines.draw(paper.canvas, x * MM, _up(top) + above)


def _open(paper: Paper, sheet: Sheet) -> int:
    """Everything over the text of the first page; the grid row the text begins on."""
    rule = _mark(paper, sheet.letterhead) + RULE_BELOW_MARK
    _double_rule(paper, rule, (THICK, THIN))
    _double_rule(paper, LOWER_RULE - THICK - BETWEEN - THIN, (THIN, THICK))
    number_top = rule + THICK + BETWEEN + THIN + UNDER_RULE
    placeholder = Piece(sheet.number) if sheet.number else Piece(NO_NUMBER, color=GREY)
    number = compose(paper.case, [placeholder], replace(FLUSH, align="right"), WIDTH)
    _em_box(paper, number, LEFT, number_top)
    end = _title(paper, sheet.title, number_top + PITCH / MM + 2 * ROW)
    return ceil((end - TOP) / ROW) + 1


def _mark(paper: Paper, name: str) -> float:
    """The issuer's name, its ink beginning 30 mm down; gives where the ink ends."""
    size = min(LARGEST_MARK, WIDTH / max(len(name), 1))
    look = TextRole(font="xbs", size=size, leading=size, align="center", color=RED)
    lines = compose(paper.case, [Piece(name)], look, WIDTH)
    inks = [
        sorts.face.ink(char)
        for sorts in paper.case.sorts("xbs", name)
        for char in sorts.text
        if char.strip()
    ]
    top = max((ink[3] for ink in inks), default=880) * size / 1000
    bottom = min((ink[1] for ink in inks), default=-120) * size / 1000
    baseline = _up(MARK_TOP) - top
    centred = (PAPER[0] - TYPE_WIDTH) / 2
    lines.draw(paper.canvas, centred * MM, baseline + size / 2 + MIDDLE * size)
    return MARK_TOP + (top - bottom) / MM


def _double_rule(paper: Paper, top: float, weights: tuple[float, float]) -> None:
    canvas, x = paper.canvas, (PAPER[0] - RULE_WIDTH) / 2
    canvas.saveState()
    canvas.setFillColorRGB(1, 0, 0)
    for weight in weights:
        canvas.rect(x * MM, _up(top + weight), RULE_WIDTH * MM, weight * MM, stroke=0, fill=1)
        top += weight + BETWEEN
    canvas.restoreState()


def _title(paper: Paper, text: str, top: float) -> float:
    """Centred, the em box of its first line `top` down; gives where that of the last ends."""
    slot = (TITLE.leading - TITLE.size) / 2 / MM
    top -= slot
    for line in title_lines(text, WIDTH / TITLE.size):
        lines = compose(paper.case, [Piece(line)], TITLE, WIDTH)
        lines.draw(paper.canvas, LEFT * MM, _up(top))
        top += lines.height / MM
    return top - slot


def _rows(case: TypeCase, sheet: Sheet) -> list[Row]:
    """From the addressee to the remark. Name and date never stand on a page without text."""
    text = list(_text(case, sheet))
    end = [*_annex_names(case, sheet), *_signature(case, sheet), *_remark(case, sheet)]
    return [*text[:-2], *(replace(row, glued=True) for row in text[-2:]), *end]


def _text(case: TypeCase, sheet: Sheet) -> Iterator[Row]:
    addressee = Piece(sheet.addressee.rstrip("：:") + "：")
    yield from _paragraph(compose(case, [addressee], FLUSH, WIDTH), keep=True)
    for level, text in sheet.body:
        pieces = _headed(level, text)
        alone = level > 0 and not pieces[-1].text
        yield from _paragraph(compose(case, pieces, BODY, WIDTH), keep=alone)


def _headed(level: int, text: str) -> list[Piece]:
    """一、 and （一） up to their first full stop are set in their own face."""
    if level not in LEVELS:
        return [Piece(text)]
    head, stop, rest = text.partition("。")
    return [Piece(head + stop, role=LEVELS[level]), Piece(rest)]


def _paragraph(lines: Lines, *, keep: bool) -> Iterator[Row]:
    """No line of a paragraph stands alone on a page; `keep` holds it to what follows."""
    last = lines.count - 1
    for index in range(lines.count):
        split_badly = last > 0 and index in (0, last - 1)
        yield Row((Cell(lines, index),), glued=split_badly or (keep and index == last))


def _annex_names(case: TypeCase, sheet: Sheet) -> Iterator[Row]:
    """附件：1.… the names one under the other, without end punctuation (7.3.4)."""
    if sheet.annexes:
        yield Row(glued=True)
    label = _line(case, "附件：")
    several = len(sheet.annexes) > 1
    for number, annex in enumerate(sheet.annexes, 1):
        before = [Cell(label, x=2 * PITCH)] if number == 1 else []
        x = (5 + several * (len(f"{number}") / 2 + 0.5)) * PITCH
        if several:
            before.append(Cell(_line(case, f"{number}."), x=5 * PITCH))
        name = compose(case, [Piece(annex.title)], FLUSH, WIDTH - x)
        for index in range(name.count):
            yield Row((*before, Cell(name, index, x)), glued=True)
            before = []


def _line(case: TypeCase, text: str, color: str = "") -> Lines:
    return compose(case, [Piece(text, color=color)], replace(FLUSH, align="left"), WIDTH)


def _signature(case: TypeCase, sheet: Sheet) -> Iterator[Row]:
    """Name centred over the date, which stands four characters in (7.3.5.1); a name too long
    for that stands two in, the date centred under it."""
    date = _line(case, sheet.date) if sheet.date else _line(case, NO_DATE, GREY)
    name = _line(case, sheet.issuer)
    half = max((name.width_of(index) for index in range(name.count)), default=0.0) / 2
    centre = min(WIDTH - 4 * PITCH - date.width_of(0) / 2, WIDTH - 2 * PITCH - half)
    yield from [Row(glued=True)] * SEAL_ROWS
    for index in range(name.count):
        yield Row((Cell(name, index, centre - name.width_of(index) / 2),), glued=True)
    yield Row((Cell(date, 0, centre - date.width_of(0) / 2),), glued=bool(sheet.remark))


def _remark(case: TypeCase, sheet: Sheet) -> Iterator[Row]:
    if sheet.remark:
        yield from _paragraph(
            compose(case, [Piece(f"（{sheet.remark}）")], BODY, WIDTH), keep=False
        )


def _draw_rows(paper: Paper, rows: list[Row], first: int) -> float:
    """Rows over as many pages as they need; gives where the last one ends."""
    while rows:
        if rows[0].cells == ():
            rows = rows[1:]
            continue
        here = _fitting(rows, max(ROWS - first, 1))
        for number, row in enumerate(rows[:here], first):
            for cell in row.cells:
                x, top = LEFT * MM + cell.x, _up(TOP + number * ROW)
                cell.lines.draw(paper.canvas, x, top, cell.index, cell.index + 1)
        end = TOP + (first + here) * ROW
        rows, first = rows[here:], 0
        if rows:
            _turn(paper)
    return end


def _fitting(rows: Sequence[Row], capacity: int) -> int:
    """How many rows this page takes: as many as it can without parting glued ones."""
    if len(rows) <= capacity:
        return len(rows)
    return next((count for count in range(capacity, 0, -1) if not rows[count - 1].glued), capacity)


def _annex(paper: Paper, sheet: Sheet, number: int) -> float:
    """One 附件 from a new page on; gives where its table ends."""
    _turn(paper)
    annex = sheet.annexes[number]
    label = Piece(f"附件{number + 1}" if len(sheet.annexes) > 1 else "附件", role="hei")
    compose(paper.case, [label], FLUSH, WIDTH).draw(paper.canvas, LEFT * MM, _up(TOP))
    end = _title(paper, annex.title, TOP + 2 * ROW)
    area = Area(
        left=LEFT * MM,
        width=WIDTH,
        top=_up(end + ROW / 2),
        bottom=_up(BOTTOM),
        page=TYPE_HEIGHT * MM,
    )

    def turn() -> float:
        _turn(paper)
        return area.bottom + area.page

    return PAPER[1] - draw_table(paper.canvas, paper.case, annex, area, turn) / MM


def _copies(paper: Paper, sheet: Sheet, end: float) -> None:
    """抄送 on the last lines of the last page, a character in from both sides (10.1)."""
    if not sheet.cc:
        return
    label = compose(paper.case, [Piece("抄送：")], FOURTH, WIDTH)
    inner = WIDTH - 2 * FOURTH.size - label.width_of(0) - FOURTH.size / 2
    names = compose(paper.case, [Piece("，".join(sheet.cc) + "。")], FOURTH, inner)
    if end + names.height / MM > BOTTOM:
        _turn(paper)
    top = _up(BOTTOM) + names.height
    x = LEFT * MM + FOURTH.size
    label.draw(paper.canvas, x, top)
    names.draw(paper.canvas, x + label.width_of(0) + FOURTH.size / 2, top)


def _turn(paper: Paper) -> None:
    _close_page(paper)
    paper.page += 1


def _close_page(paper: Paper) -> None:
    """The folio: none on page 1, outside on the others, its dashes 7 mm under the type area."""
    if paper.page > 1:
        align: Align = "right" if paper.page % 2 else "left"
        look = replace(FOLIO, align=align)
        inner = WIDTH - 2 * look.size
        lines = compose(paper.case, [Piece(f"— {paper.page} —")], look, inner)
        _, low, _, high = paper.case.face(look.font).ink("—")
        baseline = _up(BOTTOM + FOLIO_BELOW) - (low + high) / 2 * look.size / 1000
        top = baseline + look.leading / 2 + MIDDLE * look.size
        lines.draw(paper.canvas, LEFT * MM + look.size, top)
    paper.canvas.showPage()
