"""A `Book`: everything a renderer needs to set a draft, and nothing it must look up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import TypeAlias

from editorial.model.document import Block, Figure, Table
from editorial.model.finding import Finding
from editorial.model.numerals import number_of
from editorial.model.origin import Origin
from editorial.model.queries import Queries
from editorial.model.redline import Redline
from editorial.model.volume import Matter
from editorial.values import dataclass

# Page numbers by (part id, index of block), the part's own heading under index -1.
Pages: TypeAlias = Mapping[tuple[str, int], str]
INDEX_PLACE = ("#index", -1)
# A 篇目 that says its number itself; 第二编辑部, 第三卷烟厂, 第二部队 do not.
OWN_NUMBER = re.compile(
    r"\s*第\s*([〇零一二三四五六七八九十廿卅百]+|\d{1,3})\s*"
    r"(?:[编編](?![辑輯制])|篇|卷(?![烟煙])|章(?!程)|(?:部|部分)(?=[\s：:]|$))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading of level 1 (篇目), 2 or 3 with the blocks under it.

    `images` maps a figure's `src` to the file holding it. `pending` are numbers
    of letters out on this section, shown in marked drafts. `digest` names the text the
    blocks were read from; empty when they were not read from any. `places` are the places of the
    blocks in that text, when the part holds only some of them. `matter` is that of the 篇目;
    `stands_for` the id of what it is printed as one with: the only 分目 under the same title, or
    the words a 篇目 or 章 begins with. `untitled`: these, 无题小序; their own title is not printed.
    """

    id: str
    level: int
    title: str
    blocks: tuple[Block, ...] = ()
    images: Mapping[str, Path] = field(default_factory=dict)
    pending: tuple[str, ...] = ()
    digest: str = ""
    places: tuple[int, ...] = ()
    matter: Matter = Matter.TEXT
    stands_for: str = ""
    untitled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What the cover and colophon of a draft say. `edition` counts from 1; `scope` are the
    titles of what is printed when it is not the whole book; `review` is the round it is for."""

    title: str
    label: str
    edition: int
    date: date
    office: str
    commit: str
    dirty: bool = False
    notice: str = ""
    sample: bool = False
    scope: tuple[str, ...] = ()
    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """上年: parts of last year's book under the ids of this year's. Their own ids differ from all
    of this year's, and the book's `numbers` number their tables and figures too."""

    title: str
    parts: Mapping[str, Part] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Parts in reading order. Notes stand in `blocks` and belong to marks of the same part.

    `numbers` are those of tables and figures: (part id, index of block) → 表3-1; `chapters` those
    of 篇目 in the whole book, by part id, where only some are here; `readings`
    the office's own 拼音 for words of the index. `redline` makes it a 花脸稿: the parts then hold
    old and new text both. `origin` is printed unseen, for the way home; `queries` are asked
    beside the text. `tracked`: what its next reader changes is to be told from the rest.
    """

    imprint: Imprint
    notes_title: str = "编辑说明"
    editorial_notes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    numbers: Mapping[tuple[str, int], str] = field(default_factory=dict)
    chapters: Mapping[str, int] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    redline: Redline | None = None
    origin: Origin | None = None
    queries: Queries = field(default_factory=dict)
    beside: Beside | None = None
    tracked: bool = False


def edition_name(imprint: Imprint) -> str:
    """第1稿, 第2稿 …, of a draft for a review round after its title."""
    edition = f"第{imprint.edition}稿"
    return f"{imprint.review}　{edition}" if imprint.review else edition


def numbered(parts: Sequence[Part]) -> dict[tuple[str, int], str]:
    """(part id, index of block) → 表3-1 or 图3-1, counted within each level-1 part of the text;
    表1, 图1 through the book in those without a number of their own; what is not `counted` has
    none."""
    numbers: dict[tuple[str, int], str] = {}
    chapters, taken = chapter_numbers(parts), dict[tuple[int, str], int]()
    chapter = 0
    for part in parts:
        if _is_chapter(part):
            chapter = chapters.get(part.id, 0)
        for index, block in enumerate(part.blocks):
            if counted(part, block):
                kind = "表" if isinstance(block, Table) else "图"
                taken[chapter, kind] = count = taken.get((chapter, kind), 0) + 1
                numbers[part.id, index] = (
                    f"{kind}{chapter}-{count}" if chapter else f"{kind}{count}"
                )
    return numbers


def counted(part: Part, block: Block) -> bool:
    """Whether a block is a table or figure that takes a number, and stands in 表目录 or 图目录."""
    if part.matter is not Matter.TEXT or (isinstance(block, Table) and block.plain):
        return False
    if isinstance(block, Figure) and block.unnumbered:
        return False
    return isinstance(block, Table | Figure)


def chapter_numbers(parts: Sequence[Part]) -> dict[str, int]:
    """The numbers of 篇目 by part id, of those of the text: 1, 2 …

    Where titles say them (第一编), theirs: 总述, 大事记 and 附录 beside those have none.
    """
    said = _said_numbers(parts)
    if said and all(0 < a < b for a, b in pairwise((*said.values(), inf))):
        return said
    return {part.id: at for at, part in enumerate(filter(_is_chapter, parts), 1)}


def out_of_order(parts: Sequence[Part]) -> str:
    """The first 篇目 whose title says a number no greater than the one before it, by its id; ""
    where they rise, or say none."""
    said = _said_numbers(parts)
    rising = pairwise([("", 0), *said.items()])
    return next((id_ for (_, before), (id_, number) in rising if number <= before), "")


def _said_numbers(parts: Sequence[Part]) -> dict[str, int]:
    chapters = filter(_is_chapter, parts)
    return {part.id: number_of(found[1]) for part in chapters if (found := own_number(part.title))}


def own_number(title: str) -> re.Match[str] | None:
    """The 第一编 a title begins with, its number being the first group."""
    return OWN_NUMBER.match(title)


def _is_chapter(part: Part) -> bool:
    return part.level == 1 and part.matter is Matter.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingGlyph:
    """A character the first face of `role` lacks; `drawn` names the face used instead,
    empty when none of them has it."""

    role: str
    char: str
    drawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMark:
    """What sets one numbered copy apart: 01, and whose it is."""

    number: str
    reader: str
    unit: str = ""

    @property
    def named(self) -> str:
        """李乙（示例大学）"""
        return f"{self.reader}（{self.unit}）" if self.unit else self.reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A finished file. `starts` pairs part ids with the page they begin on; `substituted`
    names the roles that had to take another face than wished; `findings` are what could
    not be set as it should. `copies(i)` makes the file
    again with the mark of copy i (from 0), where copies were asked for.
    """

    data: bytes
    pages: int = 0
    starts: tuple[tuple[str, int], ...] = ()
    missing: tuple[MissingGlyph, ...] = ()
    substituted: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    copies: Callable[[int], bytes] | None = None
