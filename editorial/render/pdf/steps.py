"""A 篇目 before it meets a page: what is to be set, in order."""

from __future__ import annotations

from typing import TypeAlias

from editorial.model.book import Part
from editorial.model.finding import Finding
from editorial.render.pdf.floats import Movable
from editorial.render.pdf.flow import Head, Passage
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.tables import PlannedTable
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """An entry or paragraph, and the signature that closes it; `title` is the length of the
    run-in title in characters."""

    text: Passage
    signed: Passage | None = None
    anchor: str = ""
    title: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A heading; that of a part opens it, inside `depth` parts that stay open."""

    head: Head
    depth: int = -1


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


Step: TypeAlias = Words | Title | Movable | Lying | Gap | End


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A 篇目 ready to be poured. `sections` are the titles of its 分目, for the divider."""

    setting: Setting
    part: Part
    number: int
    sections: tuple[str, ...]
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
