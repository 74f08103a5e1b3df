"""What stands around the text of every page: heads, folio, line numbers, notes in the margin.

It depends on the number of the page, so it is a content stream of its own, drawn before
the body; its last act is to move the origin to the upper left corner of the type area.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from editorial.model.style import Align, DraftStyle
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.labels import Labels
from editorial.render.pdf.laid import LaidPage
from editorial.render.pdf.pages import ASIDE_GAP, Frame, left_edge
from editorial.render.pdf.paragraph import Lines

HEAD_ABOVE = 10 * MM
FOLIO_BELOW = 9 * MM
RULER_GAP = 3 * MM
BAR_GAP, BAR = 2.2 * MM, 1.1


@dataclass(slots=True)
class Furniture:
    """`title` is what runs above pages where the style says "book"; `used` gathers the
    characters by the name of their face."""

    style: DraftStyle
    frame: Frame
    labels: Labels
    title: str
    pages: int
    used: dict[str, set[str]] = field(default_factory=dict)
    rulers: dict[bool, str] = field(default_factory=dict)

    def prepare(self, pages: Sequence[LaidPage]) -> None:
        """Ask for all words before any is read."""
        for number, page in enumerate(pages, 1):
            if not page.plain:
                self.labels.ask(self._folio(number), "folio", "left")
                self.labels.ask(self._head(page, number), "running_head", "left")
        for line in self._ruled_lines():
            self.labels.ask(str(line), "line_number", "right")
        self.labels.settle()

    def operators(self, page: LaidPage, number: int, *, ruled: bool) -> str:
        """`ruled`: the page has numbers beside its lines."""
        parts: list[str] = []
        left, top = left_edge(self.frame, number), self.frame.height - self.frame.top
        if not page.plain:
            parts += self._running(page, number, left, top)
            if ruled and self.style.line_numbers:
                parts.append(self._ruler(number, left, top))
        for column, start, stop in () if page.plain else page.bars:
            parts.append(self._bar(column, left, top + start, top + stop, number))
        for drawn, width in page.asides:
            outer = self.frame.measure + ASIDE_GAP if number % 2 else -ASIDE_GAP - width
            parts.append(f"q 1 0 0 1 {left + outer:.2f} {top:.2f} cm\n{drawn} Q")
        shown = "\n".join(parts)
        artifact = f"/Artifact<</Type/Pagination>>BDC\n{shown}\nEMC\n" if shown else ""
        return f"{artifact}1 0 0 1 {left:.2f} {top:.2f} cm"

    def _bar(self, column: int, left: float, top: float, bottom: float, number: int) -> str:
        """A stroke in the outer margin, of two columns beside its own, by changed lines."""
        right = bool(column) if self.style.columns > 1 else bool(number % 2)
        x = left + (self.frame.measure + BAR_GAP if right else -BAR_GAP)
        return f"q 0 G {BAR:g} w {x:.2f} {top:.2f} m {x:.2f} {bottom:.2f} l S Q"

    def _folio(self, number: int) -> str:
        return self.style.folio.replace("{pages}", str(self.pages)).replace("{page}", str(number))

    def _head(self, page: LaidPage, number: int) -> str:
        says = self.style.heads.right if number % 2 else self.style.heads.left
        said = {"book": self.title, "chapter": page.chapter, "section": page.section}
        return (said.get(says) or page.chapter) if says else ""

    def _running(self, page: LaidPage, number: int, left: float, top: float) -> list[str]:
        outer: Align = "right" if number % 2 else "left"
        folio = self._line(self._folio(number), "folio", outer)
        under = top - self.frame.depth - FOLIO_BELOW + folio.leading
        parts = [folio.operators(left, under)]
        text = self._head(page, number)
        if self.style.running_head and text:
            head = self._line(text, "running_head", outer)
            y, right = top + HEAD_ABOVE, left + self.frame.measure
            parts.append(head.operators(left, y))
            rule = y - head.leading - 1
            parts.append(f"q 0 G 0.4 w {left:.2f} {rule:.2f} m {right:.2f} {rule:.2f} l S Q")
        return parts

    def _line(self, text: str, role: str, align: Align) -> Lines:
        line = self.labels.set(text, role, align)
        for face, characters in line.characters():
            self.used.setdefault(line.copy.case.resource(face), set()).update(characters)
        return line

    def _ruled_lines(self) -> range:
        step = self.style.line_numbers
        lines = round(self.frame.depth / self.frame.line)
        return range(step, lines + 1, step) if step else range(0)

    def _ruler(self, number: int, left: float, top: float) -> str:
        """Every n-th line of the grid numbered in the inner margin."""
        odd = bool(number % 2)
        if odd not in self.rulers:
            parts = []
            for line in self._ruled_lines():
                label = self._line(str(line), "line_number", "right" if odd else "left")
                inner = -RULER_GAP - label.width if odd else self.frame.measure + RULER_GAP
                x = left + inner
                middle = top - (line - 0.5) * self.frame.line
                parts.append(label.operators(x, middle + label.leading / 2))
            self.rulers[odd] = "\n".join(parts)
        return self.rulers[odd]
