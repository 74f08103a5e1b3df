"""表目录, 图目录: the titled tables and figures of a book, in reading order."""

from __future__ import annotations

from editorial.model.book import Book, counted
from editorial.model.document import Figure, Table
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """`number` is 表3-1, empty when it has none; `anchor` is (part id, index of block)."""

    number: str
    title: str
    anchor: tuple[str, int]


def listed_tables(book: Book) -> tuple[Listed, ...]:
    return _listed(book, Table)


def listed_figures(book: Book) -> tuple[Listed, ...]:
    return _listed(book, Figure)


def _listed(book: Book, kind: type[Table | Figure]) -> tuple[Listed, ...]:
    return tuple(
        Listed(
            number=book.numbers.get((part.id, index), ""),
            title=block.title,
            anchor=(part.id, index),
        )
        for part in book.parts
        for index, block in enumerate(part.blocks)
        if isinstance(block, kind) and counted(part, block) and block.title.strip()
    )
