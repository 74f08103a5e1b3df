"""A paragraph: pieces of text in, lines that can be measured and drawn out.

Nothing is set when it is asked for. The first time anything is read of any lines, all that
were asked for so far are set together: a book at once costs a tenth of its paragraphs one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from reportlab.pdfgen.canvas import Canvas

from editorial.model.book import MissingGlyph
from editorial.model.style import TextRole
from editorial.render.pdf.breaking import WAYS, Asked, Broken, break_lines, natural_width
from editorial.render.pdf.canvas import document_of, emit
from editorial.render.pdf.case import TypeCase
from editorial.render.pdf.classes import EM, Floats
from editorial.render.pdf.embedding import embedding
from editorial.render.pdf.emission import Dress, emit_lines, fill
from editorial.render.pdf.face import Face
from editorial.render.pdf.matter import (
    RISES,
    SHIFT_SCALE,
    Matter,
    Piece,
    Strip,
    Typed,
    prepare,
    typed,
)
from editorial.render.pdf.spacing import Spaced, space
from editorial.values import dataclass

__all__ = ["Copy", "Lines", "Piece", "compose"]

# From the baseline to the middle of the em box, which is centred in the line's slot.
MIDDLE = 0.38
# Strokes for changed words, below that middle.
UNDER, THROUGH = 0.56, 0.02
NO_NUMBERS: Mapping[str, str] = {}
BLACK = "000000"
# Characters made ready in one row; more at once would only cost memory.
MOST_AT_ONCE = 200_000


def compose(case: TypeCase, pieces: Sequence[Piece], look: TextRole, width: float) -> Lines:
    """`pieces` in lines of `width` points, set as `look`.

    Lines keep the prohibitions and adjustments of CLREQ and GB/T 15834-2011; anything a
    string can hold is set somehow. Text without a visible character gives no lines.
    """
    return Copy(case, pieces, look.font, flush=look.indent > 0).lines(look, width)


class Copy:
    """Text of one role before it has a place: it can be measured, and set to any width."""

    __slots__ = ("case", "matter", "role", "start", "typed")

    def __init__(
        self,
        case: TypeCase,
        pieces: Sequence[Piece],
        role: str,
        *,
        flush: bool = False,
        tabular: bool = False,
    ) -> None:
        self.case, self.role = case, role
        self.typed: Typed = typed(case, pieces, role, flush=flush)
        if tabular:
            self.typed = self.typed._replace(tabular=True)
        self.matter: Matter | None = None
        self.start = 0
        case.copies.append(self)

    @property
    def stop(self) -> int:
        """Where the text ends in its matter, once it is ready."""
        return self.start + len(self.typed.text)

    @property
    def text(self) -> str:
        """What will be set: without invisible characters and typed gaps."""
        return self.typed.text

    def length(self, size: float, upto: int | None = None) -> float:
        """Points on one line at `size`; of the first `upto` characters, if that is given."""
        matter = _ready(self)
        if not self.typed.text or upto == 0:
            return 0.0
        if upto is None:
            start, stop = np.array([self.start]), np.array([self.stop])
            return float(natural_width(matter, start, stop)[0]) * size / EM
        reached = matter.reach[self.start + upto] - matter.reach[self.start]
        return float(reached - matter.gaps[self.start]) * size / EM

    def lines(self, look: TextRole, width: float) -> Lines:
        """To be set in lines of `width` points, when they are first asked about."""
        return Lines(self, look, width)


def _ready(copy: Copy) -> Matter:
    if copy.matter is None:
        _prepare(copy.case)
    assert copy.matter is not None
    return copy.matter


def _prepare(case: TypeCase) -> None:
    """Make ready all copy that waits, in rows of a bearable length."""
    waiting, case.copies = case.copies, []
    while waiting:
        room, count = MOST_AT_ONCE, 0
        for each in waiting:
            room -= len(each.typed.text)
            if room < 0 and count:
                break
            count += 1
        batch, waiting = waiting[:count], waiting[count:]
        matter = prepare([each.typed for each in batch], case.ruling)
        for each, start in zip(batch, matter.starts.tolist(), strict=False):
            each.matter, each.start = matter, start


@dataclass(frozen=True, slots=True)
class PieceBox:
    """A link, or words with a stroke, on one line: from and to in points from the left edge
    of the measure."""

    line: int
    left: float
    right: float
    piece: Piece


@dataclass(frozen=True, slots=True)
class Stroke:
    """A level stroke under words put in or through words taken out; points, y upward. `top`
    and `bottom` are those of its line's slot."""

    left: float
    right: float
    y: float
    color: str
    top: float
    bottom: float


class SetLines(NamedTuple):
    """Lines as they are drawn: operators, x of the first character's box, natural width, and
    where each begins in the text; lengths in points."""

    shown: Sequence[str]
    lefts: Sequence[float]
    widths: Sequence[float]
    begins: Sequence[int]
    boxes: tuple[PieceBox, ...] = ()


class Lines:
    """A broken paragraph. `width` in points is the measure it was broken to."""

    __slots__ = ("_set", "copy", "look", "width")

    def __init__(self, copy: Copy, look: TextRole, width: float) -> None:
        self.copy, self.look, self.width = copy, look, width
        self._set: SetLines | None = None
        copy.case.asked.append(self)

    @property
    def as_set(self) -> SetLines:
        if self._set is None:
            set_asked(self.copy.case)
        assert self._set is not None
        return self._set

    def take(self, done: SetLines) -> None:
        """Called once, when the batch is set."""
        self._set = done

    @property
    def count(self) -> int:
        return len((self._set or self.as_set).shown)

    @property
    def leading(self) -> float:
        return self.look.leading

    @property
    def height(self) -> float:
        return self.count * self.look.leading

    def width_of(self, line: int) -> float:
        """Points; the natural width of a line without its indent, edges trimmed."""
        return self.as_set.widths[line]

    def text_of(self, line: int) -> str:
        begins = (*self.as_set.begins, len(self.copy.text))
        return self.copy.text[begins[line] : begins[line + 1]]

    @property
    def calls(self) -> tuple[tuple[int, str], ...]:
        """The note marks in their order: line, key of the note."""
        if not self.copy.typed.noted:
            return ()
        return tuple(
            (self._line_at(strip.start), strip.piece.note)
            for strip in self.copy.typed.strips
            if strip.piece.note
        )

    def _line_at(self, index: int) -> int:
        return sum(begin <= index for begin in self.as_set.begins) - 1

    def operators(
        self,
        x: float,
        top: float,
        start: int = 0,
        stop: int | None = None,
        numbers: Mapping[str, str] = NO_NUMBERS,
    ) -> str:
        """A text object with lines [start, stop). `top` is the upper edge of the first one's
        slot; `numbers` are those of the notes on this page, by key."""
        done, look, typed = self._set or self.as_set, self.look, self.copy.typed
        last = len(done.shown) if stop is None else stop
        if start >= last:
            return ""
        own = typed.strips[typed.own]
        opening, closing = _dressed(
            self.copy.case.resource(own.face),
            look.size,
            own.piece.shift,
            own.piece.color or look.color,
        )
        lefts, shown = done.lefts, done.shown
        before = lefts[start]
        y = top - look.leading / 2 - MIDDLE * look.size
        drawn = f"{opening} {x + before:.2f} {y:.2f} Td\n{shown[start]}"
        if last - start > 1:
            parts, down = [drawn], f"{-look.leading:g} Td\n"
            for line in range(start + 1, last):
                left = lefts[line]
                # Rounded first: what is left of a difference may be 2e-15, which PDF cannot say.
                moved = f"{round(left - before, 3):g}" if left != before else "0"
                parts.append(f"{moved} {down}{shown[line]}")
                before = left
            drawn = "\n".join(parts)
        drawn += closing
        return self._numbered(drawn, numbers) if typed.noted else drawn

    def _numbered(self, operators: str, numbers: Mapping[str, str]) -> str:
        """The numbers of notes put in, where a mark was left open."""
        for strip in self.copy.typed.strips:
            if key := strip.piece.note:
                number = self.number_in(strip, numbers)
                operators = operators.replace(f"«{key}»", strip.face.hex(number))
                code = number.encode("utf-16-be").hex()
                operators = operators.replace(f"‹{key}›", code)
        return operators

    def number_in(self, strip: Strip, numbers: Mapping[str, str]) -> str:
        """The number of a note as its face can show it."""
        number = numbers.get(strip.piece.note) or self.copy.text[strip.start : strip.stop]
        return number if strip.face.has(number) else "*"

    def characters(self, numbers: Mapping[str, str] = NO_NUMBERS) -> Iterator[tuple[Face, str]]:
        """What is drawn from which face."""
        text = self.copy.text
        for strip in self.copy.typed.strips:
            if strip.piece.note:
                yield strip.face, self.number_in(strip, numbers)
            else:
                yield strip.face, text[strip.start : strip.stop]

    def lent(self) -> Iterator[MissingGlyph]:
        """The characters not drawn from the face of their role."""
        if not self.copy.typed.lent:
            return
        for strip in self.copy.typed.strips:
            role = strip.piece.role or self.copy.role
            if strip.typed:
                yield MissingGlyph(role=role, char=strip.typed)
            elif strip.face is not self.copy.case.face(role):
                for char in sorted(set(self.copy.text[strip.start : strip.stop])):
                    yield MissingGlyph(role=role, char=char, drawn=strip.face.name)

    def boxes(
        self, x: float, top: float, start: int = 0, stop: int | None = None
    ) -> Iterator[tuple[tuple[float, float, float, float], str]]:
        """The links in lines [start, stop) drawn at x, top: rectangle and target."""
        size, leading = self.look.size, self.look.leading
        last = self.count if stop is None else stop
        for box in self.as_set.boxes:
            if box.piece.link and start <= box.line < last:
                y = top - (box.line - start + 0.5) * leading - MIDDLE * size
                rectangle = (x + box.left, y - 0.15 * size, x + box.right, y + 0.9 * size)
                yield rectangle, box.piece.link

    def strokes(
        self, x: float, top: float, start: int = 0, stop: int | None = None
    ) -> Iterator[Stroke]:
        """The strokes of lines [start, stop) drawn at x, top."""
        size, leading = self.look.size, self.look.leading
        last = self.count if stop is None else stop
        for box in self.as_set.boxes:
            if box.piece.stroke and start <= box.line < last:
                slot = top - (box.line - start) * leading
                depth = UNDER if box.piece.stroke == "under" else THROUGH
                yield Stroke(
                    x + box.left,
                    x + box.right,
                    slot - leading / 2 - depth * size,
                    box.piece.color or self.look.color,
                    slot,
                    slot - leading,
                )

    def draw(
        self,
        canvas: Canvas,
        x: float,
        top: float,
        start: int = 0,
        stop: int | None = None,
        numbers: Mapping[str, str] = NO_NUMBERS,
    ) -> None:
        """Draw lines [start, stop) on a canvas, in PDF coordinates."""
        drawn = self.operators(x, top, start, stop, numbers)
        if not drawn:
            return
        document = document_of(canvas)
        for face, characters in self.characters(numbers):
            embedding(document, face, self.copy.case.resource(face)).used.update(characters)
        emit(canvas, drawn)
        for box, target in self.boxes(x, top, start, stop):
            if target.startswith("#"):
                canvas.linkRect("", target[1:], box, relative=1, thickness=0)
            else:
                canvas.linkURL(target, box, relative=1, thickness=0)


@lru_cache(maxsize=1024)
def _dressed(resource: str, size: float, shift: str, color: str) -> tuple[str, str]:
    """What opens and what closes a text object set mostly from this face."""
    scale = SHIFT_SCALE if shift else 1.0
    opening, closing = f"BT {resource} {size * scale:.6g} Tf", "\nET"
    if shift:
        opening += f" {RISES[shift] * size:.3f} Ts"
    if color != BLACK:
        opening, closing = f"{opening} {fill(color)}", "\nET 0 g"
    return opening, f"{closing}\n0 Ts" if shift else closing


# Setting


def set_asked(case: TypeCase) -> None:
    """Set all lines asked for so far."""
    _prepare(case)
    asked, case.asked = case.asked, []
    batches: dict[int, list[Lines]] = {}
    for lines in asked:
        batches.setdefault(id(lines.copy.matter), []).append(lines)
    for batch in batches.values():
        _set(batch)


def _set(batch: list[Lines]) -> None:
    matter = _ready(batch[0].copy)
    asked = _asked(batch)
    broken = break_lines(matter, asked)
    spaced = space(matter, broken)
    sizes = np.array([lines.look.size for lines in batch]) / EM
    dresses = {
        number: _dress(lines)
        for number, lines in enumerate(batch)
        if len(lines.copy.typed.strips) > 1
    }
    shown = emit_lines(matter, broken, spaced, sizes, dresses)
    widths = natural_width(matter, broken.start, broken.stop) * sizes[broken.of]
    lefts = _lefts(batch, asked, broken, widths) - matter.left[broken.start] * sizes[broken.of]
    bounds = np.searchsorted(broken.of, np.arange(len(batch) + 1)).tolist()
    begins = (broken.start - asked.start[broken.of]).tolist()
    all_widths, all_lefts = widths.tolist(), lefts.tolist()
    for number, lines in enumerate(batch):
        part = slice(bounds[number], bounds[number + 1])
        boxes: tuple[PieceBox, ...] = ()
        if lines.copy.typed.boxed:
            boxes = tuple(_boxes(lines, part, matter, spaced, all_lefts))
        lines.take(SetLines(shown[part], all_lefts[part], all_widths[part], begins[part], boxes))


def _asked(batch: Sequence[Lines]) -> Asked:
    looks = [lines.look for lines in batch]
    per_point = np.array([EM / look.size for look in looks])
    room = np.array([lines.width for lines in batch]) * per_point
    indents = np.array([look.indent if _indents(look) else 0.0 for look in looks]) * EM
    return Asked(
        start=np.array([lines.copy.start for lines in batch], np.int64),
        stop=np.array([lines.copy.stop for lines in batch], np.int64),
        first=np.maximum(room - indents, 1.0),
        room=np.maximum(room, 1.0),
        way=np.array([WAYS[look.align] for look in looks], np.uint8),
    )


def _indents(look: TextRole) -> bool:
    return look.align in ("justify", "left")


def _dress(lines: Lines) -> Dress:
    copy, look = lines.copy, lines.look
    strips = copy.typed.strips
    fonts = tuple(copy.case.resource(strip.face) for strip in strips)
    return Dress(copy.start, copy.typed.own, strips, fonts, look.size, look.color)


def _lefts(batch: Sequence[Lines], asked: Asked, broken: Broken, widths: Floats) -> Floats:
    """Where lines begin by alignment and indent, in points."""
    looks = [lines.look for lines in batch]
    spare = {"center": 0.5, "right": 1.0}
    shares = np.array([spare.get(look.align, 0.0) for look in looks])
    rooms = np.array([lines.width for lines in batch])
    indents = np.array([look.indent * look.size if _indents(look) else 0.0 for look in looks])
    first = broken.start == asked.start[broken.of]
    aligned = shares[broken.of] * (rooms[broken.of] - widths)
    placed: Floats = aligned + np.where(first, indents[broken.of], 0.0)
    return placed


def _boxes(
    lines: Lines, part: slice, matter: Matter, spaced: Spaced, lefts: Sequence[float]
) -> Iterator[PieceBox]:
    per_em = lines.look.size / EM
    for number in range(part.start, part.stop):
        low, high = spaced.begins[number : number + 2].tolist()
        if low == high:
            continue
        opened = float(spaced.opened[number])
        steps = matter.widths[spaced.at[low:high]] + opened
        first, last = np.searchsorted(spaced.spots, (low, high))
        steps[spaced.spots[first:last] - low] += spaced.gaps[first:last]
        ends = np.cumsum(steps)
        edges = np.concatenate([[0.0], ends]) * per_em
        offset = int(spaced.at[low]) - lines.copy.start
        for strip in lines.copy.typed.strips:
            first, stop = max(strip.start - offset, 0), min(strip.stop - offset, high - low)
            if (strip.piece.link or strip.piece.stroke) and first < stop:
                left, right = float(edges[first]), float(edges[stop])
                x = lefts[number]
                yield PieceBox(number - part.start, x + left, x + right, strip.piece)
