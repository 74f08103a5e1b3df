"""Where the papers of this desk come from, as they carry it unseen."""

from __future__ import annotations

from dataclasses import replace

from editorial.desk.office import Desk
from editorial.model.drafts import Draft
from editorial.model.letters import Letter
from editorial.model.origin import Origin
from editorial.store.history import first_commit, last_change, uncommitted


def draft_origin(desk: Desk, draft: Draft) -> Origin:
    return Origin(
        workspace=first_commit(desk.workspace),
        volume=desk.volume_id,
        draft=draft.id,
        edition=str(draft.edition),
        commit=draft.commit,
        dirty=draft.dirty,
        style=draft.style,
    )


def text_origin(desk: Desk) -> Origin:
    """The text as it stands: what all letters signed at one time speak of."""
    chapters = (f"volumes/{desk.volume_id}/chapters",)
    return Origin(
        workspace=first_commit(desk.workspace),
        volume=desk.volume_id,
        commit=last_change(desk.workspace, chapters),
        dirty=bool(uncommitted(desk.workspace, chapters)),
    )


def letter_origin(text: Origin, letter: Letter) -> Origin:
    return replace(text, letter=letter.id, style=letter.kind.value)
