"""稿次: a registered draft. The same commit and style give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from editorial.model.letters import Paper
from editorial.model.volume import Source, from_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`nodes` empty: the whole book. `papers` carry hashes of what was printed."""

    id: str = field(default="", metadata={"stored": False})
    style: str
    edition: int
    date: date
    by: str
    commit: str
    dirty: bool = False
    nodes: tuple[str, ...] = field(default=(), metadata={"flow": True})
    papers: tuple[Paper, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()
