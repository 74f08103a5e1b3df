"""An official letter, 信函格式 of GB/T 9704-2012, clause 10.1, as PDF.

Measures are millimetres from the page's top unless a name says points. The text stands on
the standard's grid of 22 lines of 28 characters, so a page is a list of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import floor

from editorial.model.book import Printed
from editorial.model.dates import day_written
from editorial.model.sheet import Annex, AnswerForm, Sheet
from editorial.model.style import A4, Align, TextRole
from editorial.render.fonts import FontTable
from editorial.render.pdf.annex import Area, draw_table
from editorial.render.pdf.answer_form import draw_form
from editorial.render.pdf.canvas import MM, PlainCanvas, open_canvas, printed
from editorial.render.pdf.letter_rows import (
    BOTTOM,
    FLUSH,
    GREY,
    LEFT,
    PITCH,
    ROW,
    ROWS,
    TOP,
    TYPE_HEIGHT,
    TYPE_WIDTH,
    WIDTH,
    Row,
    fitting,
    rows_of,
)
from editorial.render.pdf.metadata import Metadata
from editorial.render.pdf.paragraph import MIDDLE, Lines, Piece, compose, compose_text
from editorial.render.pdf.typeset import TypeCase
from editorial.render.signing import BELOW_DATE
from editorial.render.titles import title_lines
from editorial.values import dataclass

MARK_TOP, RULE_BELOW_MARK, RULE_WIDTH = 30.0, 4.0, 170.0
LOWER_RULE = A4[1] - 20.0
# The standard gives the rules no weight; these are printers' habit.
THICK, BETWEEN, THIN = 1.0, 0.5, 0.35
LARGEST_MARK = 44.0
THIRD = 16.0  # 三号, points
UNDER_RULE = 7 / 8 * THIRD / MM
FOLIO_BELOW = 7.0

RED = "ff0000"
TITLE = TextRole(font="xbs", size=22, leading=34, align="center")
FOURTH = TextRole(font="fang", size=14, leading=21)
FOLIO = TextRole(font="song", size=14, leading=14, align="left")
NO_NUMBER = "（签发时编号）"


@dataclass(slots=True)
class Paper:
    """The pages of one letter while they are drawn; a `lying` page is turned for its table."""

    canvas: PlainCanvas
    case: TypeCase
    page: int = 1
    lying: bool = False


def letter_pdf(sheet: Sheet, table: FontTable) -> Printed:
    """Set a letter. No seal is drawn; the room for one is left over name and date."""
    paper = Paper(open_canvas(A4), TypeCase(table))
    first_row = _open(paper, sheet)
    copies = _copies(paper, sheet)
    annexed = [n for n, each in enumerate(sheet.annexes) if not _apart(each)]
    y = _draw_rows(paper, rows_of(paper.case, sheet), first_row, None if annexed else copies)
    for number in annexed:
        y = _annex(paper, sheet, number)
    if copies:
        _draw_copies(paper, copies, y)
    return _finished(paper, sheet, sheet.title)


def _apart(annex: Annex | AnswerForm) -> bool:
    return isinstance(annex, AnswerForm) and annex.apart


def form_pdf(sheet: Sheet, table: FontTable, number: int) -> Printed:
    """The annex of that place when it is a form lying apart: a paper of its own."""
    form = sheet.annexes[number]
    assert isinstance(form, AnswerForm)
    paper = Paper(open_canvas(A4), TypeCase(table))
    _form(paper, form, _label(sheet, number))
    return _finished(paper, sheet, f"{form.title}（{sheet.title}）")


def _finished(paper: Paper, sheet: Sheet, title: str) -> Printed:
    _close_page(paper)
    metadata = Metadata(
        title=title,
        author=sheet.issuer,
        date=day_written(sheet.date),
        keywords="，".join(sheet.keywords),
    )
    return printed(paper.canvas, paper.case, paper.page, metadata)


def _up(millimetres: float) -> float:
    """From the page's top down in millimetres → from its bottom up in points."""
    return (A4[1] - millimetres) * MM


def _em_box(paper: Paper, lines: Lines, top: float) -> None:
    """Draw one line with the upper edge of its em box `top` millimetres down."""
    above = (lines.leading - lines.look.size) / 2
    lines.draw(paper.canvas, LEFT * MM, _up(top) + above)


def _open(paper: Paper, sheet: Sheet) -> float:
    """Everything over the text of the first page; how many rows down the text begins, one
    blank line under the title (7.3.2), which is set on lines of its own."""
    rule = _mark(paper, sheet.letterhead) + RULE_BELOW_MARK
    _double_rule(paper, rule, (THICK, THIN))
    _double_rule(paper, LOWER_RULE - THICK - BETWEEN - THIN, (THIN, THICK))
    top = rule + THICK + BETWEEN + THIN + UNDER_RULE
    placeholder = Piece(sheet.number) if sheet.number else Piece(NO_NUMBER, color=GREY)
    number = compose(paper.case, [placeholder], replace(FLUSH, align="right"), WIDTH)
    _em_box(paper, number, top)
    for row, mark in enumerate(sheet.marks):
        lines = compose(paper.case, [Piece(mark, role="hei")], FLUSH, WIDTH)
        _em_box(paper, lines, top + row * ROW)
    last = top + max(len(sheet.marks) - 1, 0) * ROW
    end = _title(paper, sheet.title, last + PITCH / MM + 2 * ROW)
    return (end - TOP) / ROW + 1


def _mark(paper: Paper, name: str) -> float:
    """The issuer's name, its ink beginning 30 mm down; gives where the ink ends."""
    size = min(LARGEST_MARK, WIDTH / max(len(name), 1))
    look = TextRole(font="xbs", size=size, leading=size, align="center", color=RED)
    lines = compose_text(paper.case, name, look, WIDTH)
    above, below = _ink(paper.case, name)
    top, bottom = above * size, -below * size
    baseline = _up(MARK_TOP) - top
    centred = (A4[0] - TYPE_WIDTH) / 2
    lines.draw(paper.canvas, centred * MM, baseline + size / 2 + MIDDLE * size)
    return MARK_TOP + (top - bottom) / MM


def mark_ink(table: FontTable, name: str) -> tuple[float, float]:
    """How far the letters of a letterhead reach over and under their baseline, in ems."""
    return _ink(TypeCase(table), name)


def _ink(case: TypeCase, name: str) -> tuple[float, float]:
    inks = [
        sorts.face.ink(char)
        for sorts in case.sorts("xbs", name)
        for char in sorts.text
        if char.strip()
    ]
    top, bottom = (
        max((ink[3] for ink in inks), default=880),
        min((ink[1] for ink in inks), default=-120),
    )
    return top / 1000, -bottom / 1000


def _double_rule(paper: Paper, top: float, weights: tuple[float, float]) -> None:
    canvas, x = paper.canvas, (A4[0] - RULE_WIDTH) / 2
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
        lines = compose_text(paper.case, line, TITLE, WIDTH)
        lines.draw(paper.canvas, LEFT * MM, _up(top))
        top += lines.height / MM
    return top - slot


def _draw_rows(paper: Paper, rows: list[Row], first: float, copies: Copies | None) -> float:
    """Rows over as many pages as they need; gives where the last one, or its seal, ends. The
    `copies` that are to stand below them take the last rows along rather than a page alone."""
    end = TOP
    while rows:
        if rows[0].cells == ():
            rows = rows[1:]
            continue
        room = ROWS - first
        here = fitting(rows, max(floor(room), 1))
        if copies and here == len(rows):
            kept = fitting(rows, max(floor(room - copies.rows_under(rows)), 1))
            here = here if kept < len(rows) and rows[kept - 1].glued else kept
        for number, row in enumerate(rows[:here]):
            y = TOP + (first + number) * ROW
            for cell in row.cells:
                x = LEFT * MM + cell.x
                cell.lines.draw(paper.canvas, x, _up(y), cell.index, cell.index + 1)
            under_seal = BELOW_DATE if copies and copies.is_under(row) else 0.0
            end = max(end, y + (1 + under_seal) * ROW)
        rows, first = rows[here:], 0
        if rows:
            _turn(paper)
            end = TOP
    return end


def _annex(paper: Paper, sheet: Sheet, number: int) -> float:
    """One 附件 from a new page on; gives where it ends."""
    annex, label = sheet.annexes[number], _label(sheet, number)
    if isinstance(annex, AnswerForm):
        _turn(paper)
        return _form(paper, annex, label)
    if annex.wide:
        return _lying(paper, annex, label)
    _turn(paper)
    end = _heading(paper, label, annex.title)
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

    return A4[1] - draw_table(paper.canvas, paper.case, annex, area, turn) / MM


def _label(sheet: Sheet, number: int) -> str:
    """附件 and its place; one that lies apart bears the number of its letter (7.3.7)."""
    annex = sheet.annexes[number]
    apart = isinstance(annex, AnswerForm) and annex.apart
    place = f"附件{number + 1}" if len(sheet.annexes) > 1 else "附件"
    return f"{sheet.number}{place}" if apart else place


def _form(paper: Paper, form: AnswerForm, label: str) -> float:
    end = _heading(paper, label, form.title)
    bottom = draw_form(paper.canvas, paper.case, form, LEFT * MM, _up(end + ROW))
    return A4[1] - bottom / MM


def _heading(paper: Paper, label: str, title: str) -> float:
    """附件 on line 1, the title on line 3 (7.3.7); gives where the title ends."""
    name = compose(paper.case, [Piece(label, role="hei")], FLUSH, WIDTH)
    name.draw(paper.canvas, LEFT * MM, _up(TOP))
    return _title(paper, title, TOP + 2 * ROW)


def _lying(paper: Paper, annex: Annex, label: str) -> float:
    """A table on pages that lie, its head at the left edge of the standing page, the folios
    where they are on the others (clause 11); nothing has room below it."""
    left, top = (A4[1] - BOTTOM) * MM, (A4[0] - LEFT) * MM
    bottom, width = (A4[0] - LEFT - TYPE_WIDTH) * MM, TYPE_HEIGHT * MM
    _lay(paper)
    name = compose(paper.case, [Piece(label, role="hei")], FLUSH, width)
    name.draw(paper.canvas, left, top)
    slot = (TITLE.leading - TITLE.size) / 2
    y = top - ROW * MM + slot
    for line in title_lines(annex.title, width / TITLE.size):
        lines = compose_text(paper.case, line, TITLE, width)
        lines.draw(paper.canvas, left, y)
        y -= lines.height
    area = Area(left=left, width=width, top=y - ROW * MM / 4, bottom=bottom, page=top - bottom)

    def turn() -> float:
        _lay(paper)
        return top

    draw_table(paper.canvas, paper.case, annex, area, turn)
    return A4[1]


def _lay(paper: Paper) -> None:
    _turn(paper)
    paper.lying = True
    paper.canvas.setPageRotation(90)
    paper.canvas.setPageSize((A4[1] * MM, A4[0] * MM))  # as it is read: it turns the box
    paper.canvas.saveState()
    paper.canvas.translate(A4[0] * MM, 0)
    paper.canvas.rotate(90)


@dataclass(frozen=True, slots=True)
class Copies:
    """抄送, composed: points and millimetres."""

    label: Lines
    names: Lines

    @property
    def height(self) -> float:
        return self.names.height / MM

    @property
    def reach(self) -> float:
        """How far right it comes, in points from the left edge of the type area."""
        wide = max(map(self.names.width_of, range(self.names.count)), default=0.0)
        return self.names_at + wide

    @property
    def names_at(self) -> float:
        return FOURTH.size * 1.5 + self.label.width_of(0)

    def rows_under(self, rows: Sequence[Row]) -> float:
        """How many rows it needs below these."""
        seals = [BELOW_DATE - n for n, row in enumerate(reversed(rows)) if self.is_under(row)]
        return max([0.0, *seals]) + self.height / ROW

    def is_under(self, row: Row) -> bool:
        """Whether it would come under the seal on this row."""
        return row.sealed < self.reach


def _copies(paper: Paper, sheet: Sheet) -> Copies | None:
    """抄送 a character in from both sides (10.1)."""
    if not sheet.cc:
        return None
    label = compose_text(paper.case, "抄送：", FOURTH, WIDTH)
    inner = WIDTH - 2 * FOURTH.size - label.width_of(0) - FOURTH.size / 2
    return Copies(label, compose_text(paper.case, "，".join(sheet.cc) + "。", FOURTH, inner))


def _draw_copies(paper: Paper, copies: Copies, end: float) -> None:
    """On the last lines of the last page."""
    if end + copies.height > BOTTOM:
        _turn(paper)
    top = _up(BOTTOM) + copies.names.height
    copies.label.draw(paper.canvas, LEFT * MM + FOURTH.size, top)
    copies.names.draw(paper.canvas, LEFT * MM + copies.names_at, top)


def _turn(paper: Paper) -> None:
    _close_page(paper)
    paper.page += 1


def _close_page(paper: Paper) -> None:
    """The folio: none on page 1, outside on the others, its dashes 7 mm under the type area."""
    if paper.lying:
        paper.canvas.restoreState()
        paper.lying = False
    if paper.page > 1:
        align: Align = "right" if paper.page % 2 else "left"
        look = replace(FOLIO, align=align)
        inner = WIDTH - 2 * look.size
        lines = compose_text(paper.case, f"— {paper.page} —", look, inner)
        _, low, _, high = paper.case.face(look.font).ink("—")
        baseline = _up(BOTTOM + FOLIO_BELOW) - (low + high) / 2 * look.size / 1000
        top = baseline + look.leading / 2 + MIDDLE * look.size
        lines.draw(paper.canvas, LEFT * MM + look.size, top)
    paper.canvas.showPage()
    paper.canvas.setPageRotation(0)
    paper.canvas.setPageSize((A4[0] * MM, A4[1] * MM))
