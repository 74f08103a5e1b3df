"""What this machine knows of letters on their way, on disk before it can be lost.

One line an event, under .git/editorial. Commits carry the outcome; this file only bridges the
time between handing a letter over and committing its receipt, whatever dies in between.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from editorial.errors import EditorialError
from editorial.store.in_use import remove
from editorial.store.lock import let_go, wait_for
from editorial.store.own import make_room, own_folder, own_refusals
from editorial.store.workspace import Workspace
from editorial.values import dataclass

READY, HANDING = "ready", "handing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`attempt` names one try of one letter; `event` is READY, HANDING or how it ended."""

    attempt: str
    event: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLog:
    path: Path


@contextmanager
def sending(workspace: Workspace, volume_id: str) -> Iterator[SendLog]:
    """One sending at a time in a workspace; EditorialError when there is another."""
    make_room(workspace)
    folder = own_folder(workspace)
    with own_refusals(folder / "sending.lock"):
        handle = os.open(folder / "sending.lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not wait_for(handle, 0):
            raise EditorialError("另一处正在发函，同一封不能发两次", hint="等它发完再发")
        yield SendLog(path=folder / f"sending-{volume_id}.jsonl")
    finally:
        let_go(handle)


def note(log: SendLog, lines: Iterable[Line]) -> None:
    """Written and on the disk when this returns."""
    text = "".join(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in lines)
    with own_refusals(log.path), log.path.open("ab") as out:
        out.write(text.encode())
        out.flush()
        os.fsync(out.fileno())


def known(log: SendLog) -> dict[str, Line]:
    """The last event of every attempt. A line cut short was never acted upon."""
    if not log.path.exists():
        return {}
    with own_refusals(log.path):
        rows = log.path.read_bytes().split(b"\n")
    lines = [_line(row) for row in rows[:-1]]
    return {line.attempt: line for line in lines if line}


def _line(row: bytes) -> Line | None:
    try:
        return Line(**json.loads(row))
    except (ValueError, TypeError):
        return None


def clear(log: SendLog) -> None:
    """Once all of it is committed."""
    with own_refusals(log.path):
        remove(log.path)
