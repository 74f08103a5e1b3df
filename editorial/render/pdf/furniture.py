"""What stands around the text of every page: heads, folio, line numbers, notes in the margin.

It depends on the number of the page, so it is a content stream of its own, drawn before
the body; its last act is to move the origin to the upper left corner of the type area.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import field
from typing import NamedTuple, TypeAlias

from editorial.model.book import MissingGlyph
from editorial.model.numerals import folio
from editorial.model.style import Align, DraftStyle, role_of
from editorial.render.pdf.caches import LruCache
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.frame import ASIDE_GAP, Frame, left_edge
from editorial.render.pdf.labels import Labels
from editorial.render.pdf.laid import LaidPage
from editorial.render.pdf.paragraph import Lines
from editorial.values import dataclass

HEAD_ABOVE = 10 * MM
FOLIO_BELOW = 9 * MM
RULER_GAP = 3 * MM
BAR_GAP, BAR = 2.2 * MM, 1.1

# Characters by the name of their face on the page.
Word: TypeAlias = tuple[str, str]
_Key: TypeAlias = tuple[str, int, int, int, str, tuple[object, ...]]


class Drawn(NamedTuple):
    """What is written, the characters in it, and those of them not drawn from their role's
    face."""

    operators: str
    words: tuple[Word, ...]
    lent: tuple[MissingGlyph, ...]


# Those of one large book: most pages of a draft made again keep theirs.
_DRAWN = LruCache[_Key, Drawn](4096)


def roles_around(style: DraftStyle) -> set[str]:
    """The faces of heads, folios and the numbers of lines, as far as there are any."""
    wanted = {"folio": style.folio, "running_head": style.running_head}
    wanted |= {"line_number": style.line_numbers}
    return {role_of(style, name).font for name, printed in wanted.items() if printed}


@dataclass(slots=True)
class Furniture:
    """`title` is what runs above pages where the style says "book"; `used` gathers the
    characters by the name of their face, `missing` those lent by another; `around` tells
    faces and style, if what is drawn may be remembered for the next build. `openings` are
    pages under whose heads a title would say the same again; the `front` ones are numbered by
    themselves."""

    style: DraftStyle
    frame: Frame
    labels: Labels
    title: str
    pages: int
    front: int = 0
    around: str = ""
    openings: frozenset[int] = frozenset()
    used: dict[str, set[str]] = field(default_factory=dict)
    missing: set[MissingGlyph] = field(default_factory=set)
    rulers: dict[tuple[bool, range], Drawn] = field(default_factory=dict)

    def drawn(self, pages: Sequence[LaidPage], text: Container[int]) -> list[str]:
        """The operators of every page; those of the `text` may have numbers beside their lines."""
        keys = [self._key(page, number, text) for number, page in enumerate(pages, 1)]
        known = [_DRAWN.get(key) if self.around else None for key in keys]
        lacking = [place for place, each in enumerate(known) if each is None]
        self._ask(pages, lacking)
        for place in lacking:
            number = place + 1
            known[place] = made = self._drawn(pages[place], number, ruled=number in text)
            if self.around:
                _DRAWN.put(keys[place], made)
        shown = [each for each in known if each is not None]
        for resource, characters in {word for each in shown for word in each.words}:
            self.used.setdefault(resource, set()).update(characters)
        self.missing.update(glyph for each in shown for glyph in each.lent)
        return [each.operators for each in shown]

    def _key(self, page: LaidPage, number: int, text: Container[int]) -> _Key:
        said = "" if page.plain else self._head(page, number)
        own = (page.plain, number in text, page.reached, page.bars, page.asides)
        return self.around, self.pages, self.front, number, said, own

    def _ask(self, pages: Sequence[LaidPage], places: Sequence[int]) -> None:
        """Ask for all words before any is read."""
        for place in places:
            if not pages[place].plain:
                self.labels.ask(self._folio(place + 1), "folio")
                self.labels.ask(self._head(pages[place], place + 1), "running_head")
        for line in self._ruled_lines(self.frame.depth) if places else ():
            self.labels.ask(str(line), "line_number")
        self.labels.settle()

    def _drawn(self, page: LaidPage, number: int, *, ruled: bool) -> Drawn:
        lines: list[Lines] = []
        parts: list[str] = []
        running, ruler = "", Drawn("", (), ())
        left, top = left_edge(self.frame, number), self.frame.height - self.frame.top
        if not page.plain:
            running = self._running(lines, page, number, left, top)
            if ruled and self.style.line_numbers:
                ruler = self._ruler(self._ruled_lines(page.reached), number, left, top)
                parts.append(ruler.operators)
        for column, start, stop in () if page.plain else page.bars:
            parts.append(self._bar(column, left, top + start, top + stop, number))
        for drawn, width in page.asides:
            outer = self.frame.measure + ASIDE_GAP if number % 2 else -ASIDE_GAP - width
            parts.append(f"q 1 0 0 1 {left + outer:.2f} {top:.2f} cm\n{drawn} Q")
        beside = _artifact("", parts)
        made = _drawn(f"{running}{beside}1 0 0 1 {left:.2f} {top:.2f} cm", lines)
        return Drawn(made.operators, made.words + ruler.words, made.lent + ruler.lent)

    def _bar(self, column: int, left: float, top: float, bottom: float, number: int) -> str:
        """A stroke in the outer margin, of two columns beside its own, by changed lines."""
        right = bool(column) if self.style.columns > 1 else bool(number % 2)
        x = left + (self.frame.measure + BAR_GAP if right else -BAR_GAP)
        return f"q 0 G {BAR:g} w {x:.2f} {top:.2f} m {x:.2f} {bottom:.2f} l S Q"

    def _folio(self, number: int) -> str:
        shown = self.style.folio.replace("{pages}", str(self.pages))
        return shown.replace("{page}", folio(number, self.front))

    def _head(self, page: LaidPage, number: int) -> str:
        if number in self.openings:
            return ""
        says = self.style.heads.right if number % 2 else self.style.heads.left
        said = {"book": self.title, "group": page.group, "section": page.section}
        return (said.get(says) or page.chapter) if says else ""

    def _running(
        self, lines: list[Lines], page: LaidPage, number: int, left: float, top: float
    ) -> str:
        """Folio and head, each an artifact of its kind (ISO 14289-1, 7.8)."""
        outer: Align = "right" if number % 2 else "left"
        foot = self._line(lines, self._folio(number), "folio", outer)
        under = top - self.frame.depth - FOLIO_BELOW + foot.leading
        below, above = [foot.operators(left, under)], []
        text = self._head(page, number)
        if self.style.running_head and text:
            head = self._line(lines, text, "running_head", outer)
            y, right = top + HEAD_ABOVE, left + self.frame.measure
            above.append(head.operators(left, y))
            rule = y - head.leading - 1
            above.append(f"q 0 G 0.4 w {left:.2f} {rule:.2f} m {right:.2f} {rule:.2f} l S Q")
        return _artifact("/Subtype/Footer", below) + _artifact("/Subtype/Header", above)

    def _line(self, lines: list[Lines], text: str, role: str, align: Align) -> Lines:
        """A line set, and put to the others."""
        lines.append(self.labels.set(text, role, align))
        return lines[-1]

    def _ruled_lines(self, depth: float) -> range:
        """Those of the lines down to `depth`: none stands beside white, or a page that lies."""
        step, lines = self.style.line_numbers, round(depth / self.frame.line)
        return range(step, lines + 1, step) if step else range(0)

    def _ruler(self, numbers: range, number: int, left: float, top: float) -> Drawn:
        """Every n-th line of the grid numbered in the inner margin, as far as there is text."""
        odd = bool(number % 2)
        if (odd, numbers) not in self.rulers:
            parts: list[str] = []
            lines: list[Lines] = []
            for line in numbers:
                label = self._line(lines, str(line), "line_number", "right" if odd else "left")
                inner = -RULER_GAP - label.width if odd else self.frame.measure + RULER_GAP
                x = left + inner
                middle = top - (line - 0.5) * self.frame.line
                parts.append(label.operators(x, middle + label.leading / 2))
            self.rulers[odd, numbers] = _drawn("\n".join(parts), lines)
        return self.rulers[odd, numbers]


def _artifact(kind: str, parts: Sequence[str]) -> str:
    shown = "\n".join(filter(None, parts))
    return f"/Artifact<</Type/Pagination{kind}>>BDC\n{shown}\nEMC\n" if shown else ""


def _drawn(operators: str, lines: Sequence[Lines]) -> Drawn:
    words = (
        (line.copy.case.resource(face), characters)
        for line in lines
        for face, characters in line.characters()
    )
    return Drawn(operators, tuple(words), tuple(glyph for line in lines for glyph in line.lent()))
