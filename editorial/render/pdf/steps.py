"""A 篇目 before it meets a page: what is to be set, in order."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from editorial.model.book import Part
from editorial.model.finding import Finding
from editorial.render.pdf.figures import PlannedFigure
from editorial.render.pdf.floats import Movable
from editorial.render.pdf.flow import Head, Passage
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.tables import PlannedTable
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An entry or paragraph, and the signature that closes it; `title` is the length of the
    run-in title in characters. So many points as `tail` must fit below its last line."""

    text: Passage
    tail: float = 0
    signed: Passage | None = None
    anchor: str = ""
    title: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A heading; that of a part opens it, inside `depth` parts that stay open."""

    head: Head
    depth: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """A picture with the text that follows beside it, `measure` wide, or `alone` where none
    can."""

    figure: PlannedFigure
    alone: Movable
    measure: float


class Beginning(NamedTuple):
    """So many `lines` of a text as stand beside a picture."""

    text: Passage
    lines: int
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A picture and what stands at its left, so many `lines` high. The rest of the last text is
    a step of its own."""

    figure: PlannedFigure
    texts: tuple[Beginning, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank line."""


@dataclass(frozen=True, slots=True)
class End:
    """Of a 分目, where its tables and figures should have their places."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A table on pages of its own, which come after the one being filled."""

    table: PlannedTable


Step: TypeAlias = Words | Title | Movable | Portrait | Beside | Lying | Gap | End


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A 篇目 ready to be poured. `sections` are the titles of its 分目, for the divider."""

    setting: Setting
    part: Part
    number: int
    sections: tuple[str, ...]
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
