"""A paragraph: pieces of text in, lines that can be measured and drawn out.

Nothing is set when it is asked for. The first time anything is read of any lines, all that
were asked for so far are set together: a book at once costs a tenth of its paragraphs one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from reportlab.pdfgen.canvas import Canvas

from editorial.model.book import MissingGlyph
from editorial.model.style import TextRole
from editorial.render.pdf.breaking import natural_width
from editorial.render.pdf.canvas import document_of, emit
from editorial.render.pdf.classes import EM
from editorial.render.pdf.embedding import embedding
from editorial.render.pdf.emission import dressed
from editorial.render.pdf.face import Face
from editorial.render.pdf.fount import GETA
from editorial.render.pdf.typed import Piece, Strip, typed
from editorial.render.pdf.typeset import PendingCopy, PendingLines, TypeCase
from editorial.values import dataclass

__all__ = ["Copy", "Lines", "Piece", "compose", "compose_text"]

# From the baseline to the middle of the em box, which is centred in the line's slot.
MIDDLE = 0.38
# Strokes for changed words, below that middle.
UNDER, THROUGH = 0.56, 0.02
NO_NUMBERS: Mapping[str, str] = {}


def compose(case: TypeCase, pieces: Sequence[Piece], look: TextRole, width: float) -> Lines:
    """`pieces` in lines of `width` points, set as `look`.

    Lines keep the prohibitions and adjustments of CLREQ and GB/T 15834-2011; anything a
    string can hold is set somehow. Text without a visible character gives no lines.
    """
    return Copy(case, pieces, look.font, flush=look.indent > 0).lines(look, width)


def compose_text(case: TypeCase, text: str, look: TextRole, width: float) -> Lines:
    """As `compose`, of one look throughout."""
    return compose(case, [Piece(text)], look, width)


class Copy(PendingCopy):
    """Text of one role before it has a place: it can be measured, and set to any width."""

    __slots__ = ("role",)

    def __init__(
        self,
        case: TypeCase,
        pieces: Sequence[Piece],
        role: str,
        *,
        flush: bool = False,
        tabular: bool = False,
    ) -> None:
        self.role = role
        super().__init__(case, typed(case, pieces, role, flush=flush, tabular=tabular))

    @property
    def text(self) -> str:
        """What will be set: without invisible characters and typed gaps."""
        return self.typed.text

    def length(self, size: float, upto: int | None = None) -> float:
        """Points on one line at `size`; of the first `upto` characters, if that is given."""
        matter = self.matter
        if not self.typed.text or upto == 0:
            return 0.0
        if upto is None:
            start, stop = np.array([self.start]), np.array([self.stop])
            return float(natural_width(matter, start, stop)[0]) * size / EM
        reached = matter.reach[self.start + upto] - matter.reach[self.start]
        return float(reached - matter.gaps[self.start]) * size / EM

    def lines(self, look: TextRole, width: float, *, short: bool = False, first: int = 0) -> Lines:
        """To be set in lines of `width` points, when they are first asked about. `short`: a text
        that is not justified in as few of them as may be, with words torn apart if need be.
        `first`: the character they begin with; what is before stands elsewhere."""
        return Lines(self, look, width, short=short, first=first)


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


class Lines(PendingLines):
    """A broken paragraph."""

    __slots__ = ()

    copy: Copy

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
            (self.line_at(strip.start), strip.piece.note)
            for strip in self.copy.typed.strips
            if strip.piece.note and strip.start >= self.first
        )

    @property
    def begins(self) -> Sequence[int]:
        """The first character of each line."""
        return self.as_set.begins

    def line_at(self, index: int) -> int:
        """The line a character stands in."""
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
        opening, closing = dressed(
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
            if strip.typed and self.copy.text[strip.start] == GETA:
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
        self, canvas: Canvas, x: float, top: float, start: int = 0, stop: int | None = None
    ) -> None:
        """Draw lines [start, stop) on a canvas, in PDF coordinates; no paper so drawn has links or
        notes."""
        drawn = self.operators(x, top, start, stop)
        if not drawn:
            return
        document = document_of(canvas)
        for face, characters in self.characters():
            embedding(document, face, self.copy.case.resource(face)).used.update(characters)
        emit(canvas, drawn)
