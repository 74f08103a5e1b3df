"""回执: a form to print and fill in by hand; the DOCX has the same as blanks to type in."""

from __future__ import annotations

from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from editorial.model.sheet import AnswerForm, Tick
from editorial.render.pdf.annex import HAIRLINE
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.letter_rows import BODY, FLUSH, PITCH, ROW, WIDTH, line_of
from editorial.render.pdf.paragraph import compose_text
from editorial.render.pdf.typeset import TypeCase

ASK = "现回复如下："
SEALED = "（单位盖章）"
BOX = 0.72 * PITCH
GAP_ROWS = 1.25  # between the sentences, room to write
LABEL_EMS, FIELD = 5.5, 12 * MM
NOTE = replace(FLUSH, size=12, leading=20)


def draw_form(canvas: Canvas, case: TypeCase, form: AnswerForm, left: float, top: float) -> float:
    """Draw from `top` down at `left`, in points; returns the lower edge."""
    y = top
    head = ((f"{form.to}：", FLUSH), (form.matter, BODY), (ASK, BODY))
    for lines in [compose_text(case, text, look, WIDTH) for text, look in head]:
        lines.draw(canvas, left, y)
        y -= lines.height
    for tick in form.ticks:
        _tick(canvas, case, tick, left + 2 * PITCH, y, left + WIDTH)
        y -= GAP_ROWS * ROW * MM
    y = _fields(canvas, case, form, left, y - ROW * MM / 2)
    sealed = line_of(case, SEALED)
    y -= 1.5 * ROW * MM
    sealed.draw(canvas, left + WIDTH - 4 * PITCH - sealed.width_of(0), y)
    y -= 2 * ROW * MM
    note = compose_text(case, f"注：{form.note}", NOTE, WIDTH)
    note.draw(canvas, left, y)
    return y - note.height


def _tick(canvas: Canvas, case: TypeCase, tick: Tick, x: float, top: float, right: float) -> None:
    """A box, the sentence, and a line to write on up to the edge of the type area."""
    middle = top - ROW * MM / 2
    canvas.setLineWidth(2 * HAIRLINE)
    canvas.rect(x, middle - BOX / 2, BOX, BOX)
    x += 1.5 * PITCH
    words = line_of(case, tick.before)
    words.draw(canvas, x, top)
    if tick.blank:
        start, foot = x + words.width_of(0) + PITCH / 4, middle - 0.55 * PITCH
        canvas.setLineWidth(HAIRLINE)
        canvas.line(start, foot, right - PITCH, foot)


def _fields(canvas: Canvas, case: TypeCase, form: AnswerForm, left: float, top: float) -> float:
    """Two to a row: the label, and a cell to write in."""
    half, label = WIDTH / 2, LABEL_EMS * PITCH
    canvas.setLineWidth(HAIRLINE)
    names = [line_of(case, name) for _, name in form.blanks]
    for number, words in enumerate(names):
        x, y = left + number % 2 * half, top - (number // 2 + 1) * FIELD
        canvas.rect(x, y, label, FIELD)
        canvas.rect(x + label, y, half - label, FIELD)
        words.draw(canvas, x + (label - words.width_of(0)) / 2, y + (FIELD + ROW * MM) / 2)
    return top - (len(form.blanks) + 1) // 2 * FIELD
