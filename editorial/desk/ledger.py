"""Records with a life of their own (letters, rounds, proofs): numbering and saving them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from editorial.desk.office import Act, Desk, record
from editorial.errors import Conflict
from editorial.model.volume import Source
from editorial.store.records import written
from editorial.store.save import Message, Tag

TRIES = 10
P = ParamSpec("P")
T = TypeVar("T")


def next_id(taken: tuple[str, ...], width: int = 2) -> str:
    """The folder name after the highest one taken: 01, 02 …"""
    return str(max((int(each) for each in taken if each.isdecimal()), default=0) + 1).zfill(width)


def taking_a_number(act: Callable[P, T]) -> Callable[P, T]:
    """An act that makes a new record tries again when another took its number meanwhile."""

    @wraps(act)
    def again(*args: P.args, **named: P.kwargs) -> T:
        for _ in range(TRIES):
            with suppress(Conflict):
                return act(*args, **named)
        return act(*args, **named)

    return again


def save_record(
    desk: Desk,
    value: Any,
    path: str,
    message: Message,
    *,
    nodes: tuple[str, ...] = (),
    papers: dict[str, bytes] | None = None,
    tag: Tag | None = None,
) -> Act:
    """Write one record, with papers beside it, as one commit."""
    source: Source | None = value.source
    files: dict[str, bytes | None] = {path: written(desk.workspace.files, path, value)}
    expected = {path: source.blob if source else ""}
    folder = path.rsplit("/", 1)[0]
    for name, data in (papers or {}).items():
        files[f"{folder}/{name}"] = data
    return record(desk, files, expected=expected, message=message, nodes=nodes, tag=tag)
