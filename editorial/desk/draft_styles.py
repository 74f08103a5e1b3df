"""The looks a draft can have, for those who choose one."""

from __future__ import annotations

from editorial.desk.office import Desk, loaded_beside
from editorial.store.looks import draft_labels


def draft_styles(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(id, label); the book's own comes first."""
    own = loaded_beside(desk, ()).volume.info.draft_style
    return tuple(sorted(draft_labels(desk.workspace.files), key=lambda each: each[0] != own))
