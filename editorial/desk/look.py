"""浅色、深色、黑白: how the board looks, kept for the person and not in the book."""

from __future__ import annotations

from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.store.personal import read_own, write_own

FILE = "look.json"


def kept_look(desk: Desk) -> str:
    """The name of the look; empty when none is kept, or what is kept cannot be read: no reason
    not to open."""
    return _all().get(desk.by, "")


def keep_look(desk: Desk, name: str) -> None:
    """Keep it for the next time. Whoever only looks (a browser many share) keeps none."""
    if not desk.read_only:
        write_own(FILE, _all() | {desk.by: name})


def _all() -> dict[str, str]:
    try:
        data = read_own(FILE)
    except EditorialError:
        return {}
    told = data if isinstance(data, dict) else {}
    return {by: name for by, name in told.items() if isinstance(name, str)}
