"""Who wrote what: a section's versions one after another, every word followed through them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from editorial.model.compare import aligned, steps
from editorial.model.document import Block, Table
from editorial.model.likeness import Fields, Token, fields_of, frame_of, likeness
from editorial.model.redline import Hand, Version
from editorial.model.settling import settled_blocks
from editorial.values import dataclass

Known: TypeAlias = Mapping[str, Sequence[Hand | None]]
# A word of old block k is k * WIDE and its place in it; one that act n (from 1) put in is -n.
# A block nobody touched since is not told word by word: its marks are only the k of the old one.
Marks: TypeAlias = int | list[int]
WIDE = 1 << 24
HEAD = ""
NOBODY: Known = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A version read: marks of its words by block, and the acts that took old words out."""

    blocks: tuple[Block, ...]
    marks: tuple[Marks, ...]
    killed: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Authors:
    """Whoever put in each word of the new blocks and took out each of the old ones."""

    old: tuple[Block, ...]
    text: _Text
    hands: tuple[Hand | None, ...]

    def come(self, block: int) -> Known:
        """By field of a new block; `HEAD` is the block itself, `ROW,` a row. None: not known."""
        marks = self.text.marks[block]
        if isinstance(marks, int):
            return NOBODY
        hands = [self.hands[-mark] if mark < 0 else None for mark in marks]
        return _by_field(self.text.blocks[block], hands)

    def gone(self, block: int) -> Known:
        """By field of an old block, likewise."""
        words = _all(self.old[block], block)
        hands = [self.hands[self.text.killed.get(word, 0)] for word in words]
        return _by_field(self.old[block], hands)


def authors_of(
    old: tuple[Block, ...], new: tuple[Block, ...], versions: Sequence[Version]
) -> Authors:
    """Follow the words of `old` through the versions to `new`, the text of the last of them."""
    start = _Text(blocks=old, marks=tuple(range(len(old))), killed={})
    known: dict[str, _Text] = {}
    text = start
    for act, version in enumerate(versions, 1):
        bases = [known.get(base, start) for base in version.bases] or [text]
        text = known[version.key] = _next(bases, settled_blocks(version.blocks), act)
    if text.blocks != new:
        text = _next([text], new, len(versions) + 1)
    hands = (None, *(version.hand for version in versions), None)
    return Authors(old=old, text=text, hands=hands)


def _next(bases: Sequence[_Text], blocks: tuple[Block, ...], act: int) -> _Text:
    """The text an act made out of one base, or of several that it merged."""
    carried = [_carried(base, blocks, act) for base in bases]
    marks, killed = carried[0]
    for other, killed2 in carried[1:]:
        both = zip(marks, other, strict=True)
        marks = tuple(_either(one, two, act) for one, two in both)
        killed = {
            word: killed[word] if killed[word] != act else killed2[word]
            for word in killed.keys() & killed2.keys()
        }
    return _Text(blocks=blocks, marks=marks, killed=killed)


def _either(one: Marks, two: Marks, act: int) -> Marks:
    if isinstance(one, int) or isinstance(two, int):
        return one if isinstance(one, int) else two
    return [b if a == -act else a for a, b in zip(one, two, strict=True)]


def _carried(
    base: _Text, blocks: tuple[Block, ...], act: int
) -> tuple[tuple[Marks, ...], dict[int, int]]:
    """Marks of the new blocks, and all old words that are gone by now."""
    marks: list[Marks | None] = [None] * len(blocks)
    killed = dict(base.killed)
    left = set(range(len(base.blocks)))
    for i, j in aligned(base.blocks, blocks, likeness(base.blocks, blocks)):
        left.discard(i)
        if base.blocks[i] == blocks[j]:
            marks[j] = base.marks[i]
        else:
            marks[j] = own = _words(base, i, blocks[j], act)
            killed |= _lost(set(_expanded(base, i)) - set(own), act)
    for i in left:
        killed |= _lost(set(_expanded(base, i)), act)
    return tuple(
        [-act] * len(_flat(block)) if own is None else own
        for block, own in zip(blocks, marks, strict=True)
    ), killed


def _lost(words: set[int], act: int) -> dict[int, int]:
    return {word: act for word in words if word >= 0}


def _words(base: _Text, i: int, block: Block, act: int) -> list[int]:
    before, marks = _expanded(base, i), list[int]()
    for step in steps(_flat(base.blocks[i]), _flat(block)):
        marks += before[step.i : step.i2] if step.same else [-act] * (step.j2 - step.j)
    return marks


def _expanded(text: _Text, i: int) -> list[int]:
    marks = text.marks[i]
    return _all(text.blocks[i], marks) if isinstance(marks, int) else marks


def _all(block: Block, k: int) -> list[int]:
    return list(range(k * WIDE, k * WIDE + len(_flat(block))))


def _flat(block: Block) -> list[Token]:
    return [token for field in _all_fields(block).values() for token in field]


def _all_fields(block: Block) -> Fields:
    """With a token for the block and one for each row of a table."""
    head: Fields = {HEAD: [("note", repr(frame_of(block)), "")]}
    if not isinstance(block, Table):
        return head | fields_of(block)
    fields = fields_of(block)
    found = head | {"title": fields["title"], "unit": fields["unit"]}
    for at, row in enumerate(block.rows):
        found[f"{at},"] = [("note", "row", "")]
        found |= {f"{at},{n}": fields[f"{at},{n}"] for n, cell in enumerate(row) if cell}
    return found


def _by_field(block: Block, hands: Sequence[Hand | None]) -> Known:
    found: dict[str, Sequence[Hand | None]] = {}
    at = 0
    for name, field in _all_fields(block).items():
        found[name] = hands[at : at + len(field)]
        at += len(field)
    return found
