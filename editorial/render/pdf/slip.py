"""送文单 as one page of A4: what is handed over, and the boxes in which it is signed for."""

from __future__ import annotations

from dataclasses import replace

from editorial.model.book import Printed
from editorial.model.sheet import Annex
from editorial.model.slip import Slip
from editorial.model.style import A4, TextRole
from editorial.render.fonts import FontTable
from editorial.render.pdf.annex import CELL, HAIRLINE, HEAD, Area, draw_table
from editorial.render.pdf.canvas import MM, PlainCanvas, open_canvas, printed
from editorial.render.pdf.metadata import Metadata
from editorial.render.pdf.paragraph import compose_text
from editorial.render.pdf.typeset import TypeCase

LEFT, TOP, WIDTH, FOOT = 28.0, 30.0, 154.0, 25.0
GAP, BOX = 6.0, 16.0
TITLE = TextRole(font="xbs", size=22, leading=34, align="center")
OFFICE = TextRole(font="fang", size=12, leading=20, align="center")
NOTE = replace(CELL, leading=16)


def slip_pdf(slip: Slip, table: FontTable) -> Printed:
    """Set a slip; a long list of papers runs on over as many pages as it needs."""
    canvas, case = open_canvas(A4), TypeCase(table)
    pages = 1

    def turn() -> float:
        nonlocal pages
        pages += 1
        canvas.showPage()
        return (A4[1] - TOP) * MM

    y = (A4[1] - TOP) * MM
    for text, look in (("送　文　单", TITLE), (slip.office, OFFICE)):
        y = _write(canvas, case, text, look, y)
    for annex in _tables(slip):
        page = (A4[1] - TOP - FOOT) * MM
        area = Area(left=LEFT * MM, width=WIDTH * MM, top=y - GAP * MM, bottom=FOOT * MM, page=page)
        y = draw_table(canvas, case, annex, area, turn)
    if y - (GAP + 2 * BOX) * MM < FOOT * MM:
        y = turn()
    y = _boxes(canvas, case, slip.blanks, y - GAP * MM)
    _write(canvas, case, slip.note, NOTE, y - GAP * MM / 2)
    canvas.showPage()
    return printed(canvas, case, pages, Metadata(title="送文单", author=slip.office, date=None))


def _tables(slip: Slip) -> tuple[Annex, Annex]:
    told = Annex(title="", columns=("项目", "内容"), rows=slip.fields)
    rows = tuple((str(number), name, "1", "") for number, name in enumerate(slip.papers, 1))
    papers = Annex(title="", columns=("序号", "文件", "份数", "清点"), rows=rows)
    return told, papers


def _write(canvas: PlainCanvas, case: TypeCase, text: str, look: TextRole, top: float) -> float:
    lines = compose_text(case, text, look, WIDTH * MM)
    lines.draw(canvas, LEFT * MM, top)
    return top - lines.height


def _boxes(canvas: PlainCanvas, case: TypeCase, labels: tuple[str, ...], top: float) -> float:
    """A row of boxes, each with its label and room to write under it."""
    wide = WIDTH * MM / len(labels)
    canvas.setLineWidth(HAIRLINE)
    for column, label in enumerate(labels):
        x = LEFT * MM + column * wide
        lines = compose_text(case, label, HEAD, wide)
        canvas.rect(x, top - lines.height - 4, wide, lines.height + 4)
        lines.draw(canvas, x, top - 2)
        canvas.rect(x, top - lines.height - 4 - BOX * MM, wide, BOX * MM)
    return top - HEAD.leading - 4 - BOX * MM
