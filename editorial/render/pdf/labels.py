"""Words of one line beside the text: heads, folios, numbers in contents and index."""

from __future__ import annotations

from dataclasses import field, replace

from editorial.model.style import Align, DraftStyle, TextRole, role_of
from editorial.render.pdf.paragraph import Copy, Lines, Piece, compose_text
from editorial.render.pdf.typeset import TypeCase
from editorial.values import dataclass

SIDES: tuple[Align, ...] = ("left", "right")


@dataclass(slots=True)
class Labels:
    """Each is set once for the whole book. Ask for many before reading one: they are set
    together. `measure` in points is the most any may take."""

    case: TypeCase
    style: DraftStyle
    measure: float
    fresh: dict[tuple[str, str], Copy] = field(default_factory=dict)
    looks: dict[tuple[str, Align], TextRole] = field(default_factory=dict)
    done: dict[tuple[str, str, Align], Lines] = field(default_factory=dict)

    def ask(self, text: str, role: str) -> None:
        """That `text` will be wanted, at either side."""
        if (text, role) not in self.fresh and (text, role, SIDES[0]) not in self.done:
            font = role_of(self.style, role).font
            self.fresh[text, role] = Copy(self.case, [Piece(text)], font)

    def settle(self) -> None:
        """Ask for the lines of all, so that reading one sets them together."""
        fresh, self.fresh = self.fresh, {}
        for (text, role), copy in fresh.items():
            look = self._look(role, "left")
            if copy.length(look.size) <= self.measure:
                for align in SIDES:
                    lines = copy.lines(self._look(role, align), self.measure)
                    self.done.setdefault((text, role, align), lines)

    def set(self, text: str, role: str, align: Align) -> Lines:
        """The line; what there is no room for gives way to …."""
        key = (text, role, align)
        if key not in self.done:
            self.done[key] = one_line(self.case, text, self._look(role, align), self.measure)
        return self.done[key]

    def _look(self, role: str, align: Align) -> TextRole:
        key = (role, align)
        if key not in self.looks:
            self.looks[key] = replace(role_of(self.style, role), align=align, indent=0)
        return self.looks[key]


def one_line(case: TypeCase, text: str, look: TextRole, width: float) -> Lines:
    """Text on one line, its end given up for … where there is no room."""
    lines = compose_text(case, text, look, width)
    kept = len(text)
    while lines.count > 1 and kept > 1:
        kept = min(kept - 1, int(kept / (lines.count - 0.5)))
        lines = compose_text(case, text[:kept] + "…", look, width)
    return lines
