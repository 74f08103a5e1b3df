"""供稿署名: which entries of a section a unit supplied, told by the signature lines.

A signature closes what stands before it, back to the signature before: one entry, or several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from editorial.model.document import Block, Comment, Heading, Note, Runs, Signature, Table
from editorial.model.people import Unit, all_names

_BRACKETED = re.compile(r"〔[^〕]*〕|（[^）]*）|\([^)]*\)")
_BETWEEN = re.compile(r"[\s　；;、，,：:]+")
LEAST_NAME = 3  # characters of a unit's name; shorter words are people


def blocks_of(
    blocks: Sequence[Block], wanted: AbstractSet[str], units: Sequence[Unit]
) -> tuple[int, ...]:
    """Indices of the blocks signed by a unit of `wanted`, with headings above and notes called.

    `units` are those that supply the section. When all of them are wanted everything stays,
    signed or not; else an entry nobody signed, or one that cannot be told, is left out.
    """
    if units and all(unit.id in wanted for unit in units):
        return tuple(range(len(blocks)))
    kept: set[int] = set()
    for start, stop in _signed(blocks):
        signature = blocks[stop - 1]
        assert isinstance(signature, Signature)
        if wanted & signers(signature.text, units):
            kept |= {i for i in range(start, stop) if not isinstance(blocks[i], Heading | Note)}
    kept |= _headings(blocks, kept) | _notes(blocks, kept)
    return tuple(sorted(kept))


def _signed(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Ranges of blocks, each closed by its signature."""
    start = 0
    for index, block in enumerate(blocks):
        if isinstance(block, Signature):
            yield start, index + 1
            start = index + 1


def signers(signature: str, units: Sequence[Unit]) -> frozenset[str]:
    """Ids of the units a signature names: by name or short name, whole, cut short, or with
    characters left out (市科技局). A name that fits several of them names none."""
    words = _BETWEEN.split(_BRACKETED.sub("", signature))
    found = (_named(word, units) for word in words if len(word) >= LEAST_NAME)
    return frozenset(unit for unit in found if unit)


def _named(word: str, units: Sequence[Unit]) -> str:
    for fits in (_same, _within, _scattered):
        found = [unit.id for unit in units if any(fits(word, name) for name in _names(unit))]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _names(unit: Unit) -> tuple[str, ...]:
    names = (_BRACKETED.sub("", name).strip() for name in all_names(unit))
    return tuple(name for name in names if len(name) >= LEAST_NAME)


def _same(word: str, name: str) -> bool:
    return word == name


def _within(word: str, name: str) -> bool:
    return word in name or name in word


def _scattered(word: str, name: str) -> bool:
    rest = iter(name)
    return all(char in rest for char in word)


def _headings(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Headings something kept stands under, down to the next of their level or above."""
    above: list[tuple[int, int]] = []
    wanted: set[int] = set()
    for index, block in enumerate(blocks):
        if isinstance(block, Heading):
            above = [each for each in above if each[0] < block.level]
            above.append((block.level, index))
        elif index in kept and not isinstance(block, Comment):
            wanted |= {place for _, place in above}
    return wanted


def _notes(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    called = {run.target for i in kept for run in runs_in(blocks[i]) if run.kind == "note"}
    return {
        index
        for index, block in enumerate(blocks)
        if isinstance(block, Note) and block.label in called
    }


def runs_in(block: Block) -> Runs:
    """All inline text of a block, table cells included."""
    if isinstance(block, Table):
        return tuple(run for row in block.rows for cell in row if cell for run in cell.runs)
    return getattr(block, "runs", ())
