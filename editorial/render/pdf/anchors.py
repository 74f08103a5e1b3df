"""What links and lists call the places of a book: its parts, tables and figures, blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from editorial.model.book import Part
from editorial.model.document import Figure, Table
from editorial.render.chapters import ids_of


def part_anchor(name: str) -> str:
    return name or "#"


def block_anchor(name: str, place: int) -> str:
    """Of the block at `place` of the part `name`."""
    return f"{name}#{place}"


def anchors_of(parts: Sequence[Part]) -> dict[str, str]:
    """Where links to an id lead: the first part, table or figure that bears it."""
    found: dict[str, str] = {}
    for part in parts:
        for name in ids_of(part):
            found.setdefault(name, part_anchor(part.id))
        for name, anchor in anchors_in(part):
            found.setdefault(name, anchor)
    return found


def anchors_in(part: Part) -> Iterator[tuple[str, str]]:
    return (
        (block.id, block_anchor(part.id, place))
        for place, block in enumerate(part.blocks)
        if isinstance(block, Table | Figure) and block.id
    )
