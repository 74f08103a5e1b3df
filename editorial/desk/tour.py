"""Who has seen the first-run tour, kept for the person and not in the book."""

from __future__ import annotations

from contextlib import suppress

from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.store.personal import read_own, write_own

FILE = "tour.json"


def is_new(desk: Desk) -> bool:
    """Whether this person has never been shown round. Whoever only looks is not asked: a
    browser many share could not remember it."""
    return not desk.read_only and desk.by not in _shown()


def keep_shown(desk: Desk) -> None:
    """Once is enough. Where nothing can be kept it is shown again: no reason to complain."""
    if not desk.read_only:
        with suppress(EditorialError):
            write_own(FILE, sorted({*_shown(), desk.by}))


def _shown() -> set[str]:
    """What cannot be read counts as never shown: no reason not to open."""
    try:
        data = read_own(FILE)
    except EditorialError:
        return set()
    return {each for each in data if isinstance(each, str)} if isinstance(data, list) else set()
