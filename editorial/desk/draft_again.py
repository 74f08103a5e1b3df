"""A registered draft again: the file where it still lies, else its book from its commit."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from editorial.desk.assemble import assemble
from editorial.desk.office import Desk
from editorial.desk.origins import draft_origin
from editorial.model.book import Book, Imprint
from editorial.model.drafts import Draft
from editorial.model.style import DraftStyle
from editorial.model.volume import book_title
from editorial.store.load import load_volume
from editorial.store.looks import load_draft_style
from editorial.store.workspace import files_at


def registered_file(desk: Desk, draft: Draft, ending: str) -> Path | None:
    """The printed draft, or any numbered copy of it, unless it was changed since."""
    folder = desk.root / "volumes" / desk.volume_id / "out"
    papers = [(paper.name, paper.sha256) for paper in draft.papers]
    copies = [(copy.file, copy.sha256) for copy in draft.copies]
    for name, sha256 in (*papers, *copies):
        path = folder / name
        lies = name.endswith(ending) and path.is_file()
        if lies and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            return path
    return None


def book_again(desk: Desk, draft: Draft) -> tuple[Book, DraftStyle]:
    """EditorialError or BadData when that text is kept no more."""
    files = files_at(desk.workspace, draft.commit)
    volume = load_volume(files, desk.volume_id).volume
    style = load_draft_style(files, draft.style or volume.info.draft_style)
    imprint = Imprint(
        title=book_title(volume),
        label=style.label,
        edition=draft.edition,
        date=draft.date,
        office=volume.info.office.name,
        commit=draft.commit,
        notice=style.notice,
        sample=volume.info.sample,
    )
    book, _ = assemble(desk, volume, style, imprint, draft.nodes, files=files)
    return replace(book, origin=draft_origin(desk, draft)), style
