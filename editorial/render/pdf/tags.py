"""What the things on the pages are: the logical structure, grown while pages fill.

Standard structure types of ISO 32000-1, 14.8.4: Sect, H1 to H6, P, Caption, TOC, TOCI,
Table, TR, TH, TD, Figure, Note.
"""

from __future__ import annotations

from dataclasses import field

from editorial.render.pdf.structure import NOTE, Element
from editorial.values import dataclass

ARTIFACT = -1


@dataclass(slots=True)
class Tags:
    """Elements in reading order; what is made next goes under the innermost open one."""

    elements: list[Element] = field(default_factory=list)
    open: list[int] = field(default_factory=list)

    def add(self, role: str, *, alt: str = "", attributes: str = "") -> int:
        """A new element under the innermost open one; its number. `attributes` is the inside
        of an attribute dictionary, such as /O/Table/ColSpan 2."""
        parent = self.open[-1] if self.open else -1
        described = f"<<{attributes}>>" if attributes else ""
        self.elements.append(Element(role, parent, alt, described))
        return len(self.elements) - 1

    def note(self) -> int:
        """An element for a note called here; out of a table, which holds rows alone."""
        roles = [self.elements[each].role for each in self.open]
        depth = roles.index("Table") if "Table" in roles else len(roles)
        self.elements.append(Element(NOTE, self.open[depth - 1] if depth else -1))
        return len(self.elements) - 1

    def inside(self, role: str, *, alt: str = "", attributes: str = "") -> Inside:
        """Open an element for what is made within the block."""
        return Inside(self, self.add(role, alt=alt, attributes=attributes))


class Inside:
    """An element open for the length of a block; a generator would take three times as long."""

    __slots__ = ("number", "tags")

    def __init__(self, tags: Tags, number: int) -> None:
        self.tags, self.number = tags, number

    def __enter__(self) -> int:
        self.tags.open.append(self.number)
        return self.number

    def __exit__(self, *failed: object) -> None:
        self.tags.open.pop()
