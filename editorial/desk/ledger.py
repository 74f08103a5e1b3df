"""Records with a life of their own (letters, rounds, proofs): numbering and saving them."""

from __future__ import annotations

from typing import Any

from editorial.desk.office import Act, Desk, record
from editorial.model.volume import Source
from editorial.store.records import written
from editorial.store.save import Message


def next_id(taken: tuple[str, ...], width: int = 2) -> str:
    """The folder name after the highest one taken: 01, 02 …"""
    return str(max((int(each) for each in taken if each.isdecimal()), default=0) + 1).zfill(width)


def save_record(
    desk: Desk,
    value: Any,
    path: str,
    message: Message,
    *,
    nodes: tuple[str, ...] = (),
    papers: dict[str, bytes] | None = None,
) -> Act:
    """Write one record, with papers beside it, as one commit."""
    source: Source | None = value.source
    files: dict[str, bytes | None] = {path: written(desk.workspace.files, path, value)}
    expected = {path: source.blob if source else ""}
    folder = path.rsplit("/", 1)[0]
    for name, data in (papers or {}).items():
        files[f"{folder}/{name}"] = data
    return record(desk, files, expected=expected, message=message, nodes=nodes)
