"""记录: the acts of a workspace, newest first, as git keeps them."""

from __future__ import annotations

from datetime import datetime

from editorial.desk.office import Desk, loaded_beside
from editorial.model.nodes import find_node
from editorial.store.history import Past, past
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLine:
    """One commit. `kind` is the act's name, empty for commits made by hand."""

    at: datetime
    by: str
    subject: str
    commit: str
    kind: str
    note: str = ""


def history(desk: Desk, node: str = "", limit: int = 100) -> tuple[ActLine, ...]:
    """Acts on a node (default: on this volume), newest first."""
    folder = f"volumes/{desk.volume_id}"
    paths = _paths(desk, folder, node) if node else (folder,)
    return tuple(_line(each) for each in past(desk.workspace, paths, limit))


def _paths(desk: Desk, folder: str, node: str) -> tuple[str, ...]:
    found = find_node(loaded_beside(desk, ()).volume, node)
    if found.kind == "volume":
        return (folder,)
    base = f"{folder}/chapters/{found.id}"
    return (base,) if found.kind == "chapter" else (f"{base}.yaml", f"{base}.md")


def _line(each: Past) -> ActLine:
    return ActLine(
        at=each.at,
        by=each.by,
        subject=each.subject,
        commit=each.commit,
        kind=each.act,
        note=each.note,
    )
