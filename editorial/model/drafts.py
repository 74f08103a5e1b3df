"""稿次: a registered draft. The same commit and style give the same bytes."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from editorial.model.letters import Paper
from editorial.model.selection import Selection
from editorial.model.volume import SCHEMA, Source, from_file
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who gets a numbered copy; without a `number` the next free one is given."""

    name: str
    unit: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadersFile:
    """readers.yaml, written by people. Nothing more personal than name and unit belongs in it."""

    schema: int = SCHEMA
    readers: tuple[Reader, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """编号本: the copy of a draft one reader got; SHA-256 and size in bytes of its `file`."""

    number: int
    reader: str
    unit: str = ""
    file: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`nodes` empty: the whole book; of a `selection` they are the sections it chose that day.
    `review` is the title of the round it was made for, which every page of it bears.
    `dirty` text is not kept in `commit` alone: `changes` is the hash of what was changed since.
    `papers` and `copies` carry hashes of what was printed."""

    id: str = field(default="", metadata={"stored": False})
    style: str
    edition: int
    date: date
    by: str
    commit: str
    dirty: bool = False
    changes: str = ""
    nodes: tuple[str, ...] = field(default=(), metadata={"flow": True})
    selection: Selection = field(default=Selection(), metadata={"flow": True})
    review: str = ""
    papers: tuple[Paper, ...] = field(default=(), metadata={"flow": True})
    copies: tuple[Copy, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


def copy_number(number: int) -> str:
    """01, 02 … as printed on the copy."""
    return f"{number:02}"


def numbered_readers(
    readers: tuple[Reader, ...], given: tuple[Copy, ...]
) -> tuple[tuple[int, Reader], ...]:
    """Every reader with a number: the one held already, the one asked for, or the next free."""
    held = {(copy.reader, copy.unit): copy.number for copy in given}
    asked = [held.get((each.name, each.unit), each.number) for each in readers]
    taken = {copy.number for copy in given} | {number for number in asked if number is not None}
    free = (number for number in range(1, len(taken) + len(readers) + 1) if number not in taken)
    return tuple(
        (next(free) if number is None else number, reader)
        for number, reader in zip(asked, readers, strict=True)
    )
