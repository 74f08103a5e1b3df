"""花脸稿: one book holding its old text and its new, every difference with its author.

The merged `Book` has the blocks of both in reading order; what is deleted stands where it stood.
Reading only what is not deleted gives the new book, only what is not inserted the old one
(`editorial.model.settling.accepted` and `rejected`). In the merged book

- `runs` (of blocks and of cells) hold old and new words both: one run for each stretch of the
  field, in order; a field no stretches are given for is the same in both;
- titles, units, credits, signatures, titles of parts and `numbers` are the new ones (the old ones
  of what was taken out); their stretches say what they were;
- ids of parts and blocks, levels and labels of notes are the new ones: see `Before`;
- `places` of a part that differs are those of the blocks that are not deleted, in their order;
- notes stand last in a part that differs, and comments, which never print, are not in it.

A stretch without a change of its own, in a block that has one, changed with its block. So a block
put in by one and worked over by another tells both, and either end of a moved paragraph tells what
was rewritten on the way: at the old place words that were not carried over are deletes without a
`move`, at the new place words that were added are inserts without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Literal, TypeAlias

from editorial.model.document import Block, Run
from editorial.values import dataclass

Ink: TypeAlias = Literal["red", "blue", "green", "violet"]


REVIEWS: Mapping[Ink, str] = {"red": "初审", "blue": "复审", "green": "终审", "violet": "其他"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Words put in or taken out, by whom and when.

    `ink` is the colour of the review it was made in: 初审 red, 复审 blue, 终审 green, others
    violet (DOMAIN 7.5). `move` pairs the two ends of a paragraph that was moved; empty otherwise.
    """

    kind: Literal["insert", "delete"]
    author: str
    at: datetime
    ink: Ink = "violet"
    move: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A run of the merged text; without a change both texts have it."""

    run: Run
    change: Change | None = None


Stretches: TypeAlias = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What no reader sees, as the old book had it: the id of a part or block, the level of a
    part, and the labels of its notes (label in the merged part → the old one). None: the same.

    `heading`: by it that of a part came into print, or went out of it (无题小序).
    """

    id: str | None = None
    level: int | None = None
    heading: Change | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockChange:
    """How one block of the merged book differs, or the heading of a part.

    `change`: the whole block was put in, taken out or moved. `texts` hold what changed inside
    a block both books have, by field: `title`, `runs`, `text`, `unit`, `credit`, `number`, or
    `ROW,COLUMN` of a table's cell (from 0). `rows`: table rows put in or taken out.
    """

    change: Change | None = None
    texts: Mapping[str, Stretches] = field(default_factory=dict)
    rows: Mapping[int, Change] = field(default_factory=dict)
    before: Before | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redline:
    """Differences by (part id, index of block in the merged part), and of headings by part id.

    `since` says what the book is compared with (第1稿, a round's name, a date). A part put in,
    taken out or moved tells so in `parts`, and every block of it in `blocks`.
    """

    since: str
    blocks: Mapping[tuple[str, int], BlockChange] = field(default_factory=dict)
    parts: Mapping[str, BlockChange] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who changed something, when, and in the ink of which review."""

    author: str
    at: datetime
    ink: Ink = "violet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A section's text as one act left it.

    `key` names the text, `bases` the texts it was made from; one that is not known stands for
    the text of the old book.
    """

    key: str
    bases: tuple[str, ...] = ()
    hand: Hand
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Who made the new book out of the old one.

    `texts`: the versions of a part by its id (the old id of a part taken out), oldest first, the
    last being the text of the new book. `headings`: who put in, took out, moved or retitled a
    part. `last` answers for whatever nobody else does.
    """

    last: Hand
    texts: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    headings: Mapping[str, Hand] = field(default_factory=dict)


def within(whole: Change | None, words: Stretches) -> Stretches:
    """Words of what is changed as a whole: those without a change of their own share its."""
    if whole is None:
        return words
    return tuple(each if each.change else replace(each, change=whole) for each in words)


def heading_change(found: BlockChange) -> Change | None:
    """By what the heading of a part came or went: with the part, or by itself when all its words
    did."""
    words = [each.change for each in found.texts.get("title", ())]
    alone = len({each and each.kind for each in words}) == 1
    return found.change or (words[0] if alone else None)


def changes_of(redline: Redline) -> Iterator[Change]:
    """Every change there is, block by block."""
    for each in (*redline.parts.values(), *redline.blocks.values()):
        stretches = [stretch.change for text in each.texts.values() for stretch in text]
        yield from filter(None, (each.change, *stretches, *each.rows.values()))
