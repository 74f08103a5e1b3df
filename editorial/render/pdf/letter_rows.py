"""The text of a letter as rows of the standard's grid: 22 lines of 28 characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from editorial.model.sheet import Sheet
from editorial.model.style import TextRole
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.paragraph import Lines, Piece, compose, compose_text
from editorial.render.pdf.typeset import TypeCase
from editorial.render.signing import (
    OVER_FIRST,
    OVER_NEXT,
    Place,
    name_lines,
    rows_to_remark,
    seal_from,
    signature_of,
)
from editorial.values import dataclass

LEFT, TOP, TYPE_WIDTH, TYPE_HEIGHT = 28.0, 37.0, 156.0, 225.0
BOTTOM = TOP + TYPE_HEIGHT
WIDTH = TYPE_WIDTH * MM  # points
ROWS, CHARACTERS = 22, 28
ROW = TYPE_HEIGHT / ROWS
GREY = "808080"
# 28 characters of 16 pt are wider than 156 mm: the type is set at the pitch of the grid.
PITCH = WIDTH / CHARACTERS
BODY = TextRole(font="fang", size=PITCH, leading=ROW * MM, indent=2)
FLUSH = replace(BODY, indent=0)
LEVELS = {1: "hei", 2: "kai"}
NO_DATE = "（签发时填写日期）"


@dataclass(frozen=True, slots=True)
class Cell:
    """Line `index` of `lines`, `x` points right of the type area's left edge."""

    lines: Lines
    index: int = 0
    x: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the grid; without cells it is blank. `glued` rows stay with the next. A seal
    on this line begins `sealed` points from the left and reaches into the rows below."""

    cells: tuple[Cell, ...] = ()
    glued: bool = False
    sealed: float = WIDTH


def rows_of(case: TypeCase, sheet: Sheet) -> list[Row]:
    """From the addressee to the remark. Name and date never stand on a page without text; the
    names of a joint letter are not parted where they all fit on a page."""
    text = list(_text(case, sheet))
    end = [*_annex_names(case, sheet), *_signature(case, sheet)]
    if len(text[-1:]) + len(end) <= ROWS:
        end = [*_glued(end[:-1]), *end[-1:]]
    return [*text[:-1], *_glued(text[-1:]), *end]


def _glued(rows: Sequence[Row]) -> Iterator[Row]:
    return (replace(row, glued=True) for row in rows)


def _text(case: TypeCase, sheet: Sheet) -> Iterator[Row]:
    """All is composed before any is asked for its lines: it is set at one go."""
    addressee = Piece(sheet.addressee.rstrip("：:") + "：")
    composed = [(compose(case, [addressee], FLUSH, WIDTH), True)]
    for level, text in sheet.body:
        pieces = _headed(level, text)
        alone = level > 0 and not pieces[-1].text
        composed.append((compose(case, pieces, BODY, WIDTH), alone))
    for lines, keep in composed:
        yield from _paragraph(lines, keep=keep)


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
    label = line_of(case, "附件：")
    several = len(sheet.annexes) > 1
    for number, annex in enumerate(sheet.annexes, 1):
        before = [Cell(label, x=2 * PITCH)] if number == 1 else []
        x = (5 + several * (len(f"{number}") / 2 + 0.5)) * PITCH
        if several:
            before.append(Cell(line_of(case, f"{number}."), x=5 * PITCH))
        name = compose_text(case, annex.title, FLUSH, WIDTH - x)
        for index in range(name.count):
            yield Row((*before, Cell(name, index, x)), glued=True)
            before = []


def line_of(case: TypeCase, text: str, color: str = "") -> Lines:
    return compose(case, [Piece(text, color=color)], replace(FLUSH, align="left"), WIDTH)


def _signature(case: TypeCase, sheet: Sheet) -> Iterator[Row]:
    """The names with room for their seals, the date under the last, then the remark."""
    names = [name_lines(name) for name in (sheet.issuer, *sheet.partners)]
    set_ = [[line_of(case, line) for line in name] for name in names]
    date = line_of(case, sheet.date) if sheet.date else line_of(case, NO_DATE, GREY)
    widths = [max(map(_wide, lines)) / PITCH for lines in (*set_, [date])]
    signed = signature_of(names, sheet.date, widths)
    left = iter(set_)
    for number, places in enumerate(signed.names):
        yield from [Row(glued=True)] * (OVER_NEXT if number else OVER_FIRST)
        last = number == len(signed.names) - 1
        yield from _abreast([(next(left), place) for place in places], glued=last)
    remark = list(_remark(case, sheet))
    sealed = seal_from(signed.date) * PITCH
    yield Row(_centred(date, signed.date), glued=bool(remark), sealed=sealed)
    if remark and rows_to_remark(signed.date, _end_of(remark[0])):
        yield Row(glued=True)
    yield from remark


def _wide(line: Lines) -> float:
    return line.width_of(0) if line.count else 0.0


def _abreast(names: Sequence[tuple[Sequence[Lines], Place]], *, glued: bool) -> Iterator[Row]:
    """Names side by side, over the same last row."""
    count = max(len(lines) for lines, _ in names)
    for index in range(-count, 0):
        shown = [_centred(x[index], place) for x, place in names if -index <= len(x)]
        yield Row(tuple(chain(*shown)), glued=glued or index < -1)


def _centred(line: Lines, place: Place) -> tuple[Cell, ...]:
    if not line.count:
        return ()
    return (Cell(line, x=place.middle * PITCH - line.width_of(0) / 2),)


def _remark(case: TypeCase, sheet: Sheet) -> Iterator[Row]:
    if sheet.remark:
        yield from _paragraph(compose_text(case, f"（{sheet.remark}）", BODY, WIDTH), keep=False)


def _end_of(row: Row) -> float:
    """Ems from the left to where the first line of an indented paragraph ends."""
    (cell,) = row.cells
    return 2 + cell.lines.width_of(0) / PITCH


def fitting(rows: Sequence[Row], capacity: int) -> int:
    """How many rows this page takes: as many as it can without parting glued ones."""
    if len(rows) <= capacity:
        return len(rows)
    return next((count for count in range(capacity, 0, -1) if not rows[count - 1].glued), capacity)
