"""A registered draft again: the file where it still lies, else its book from its commit."""

from __future__ import annotations

from pathlib import Path

from editorial.desk.draft_book import draft_book, look_of
from editorial.desk.office import Desk
from editorial.desk.papers import digest
from editorial.errors import EditorialError
from editorial.model.book import Book
from editorial.model.drafts import Draft
from editorial.model.style import DraftStyle
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
        if name.endswith(ending) and path.is_file() and digest(path.read_bytes()) == sha256:
            return path
    return None


def book_again(desk: Desk, draft: Draft) -> tuple[Book, DraftStyle]:
    """EditorialError or BadData when that text is kept no more, or never was."""
    if draft.dirty:
        raise EditorialError(
            f"第{draft.edition}稿印的是没有留存的文字，不能照样再排",
            hint=f"当时的文件还在的，放回 volumes/{desk.volume_id}/out",
        )
    files = files_at(desk.workspace, draft.commit)
    volume = load_volume(files, desk.volume_id).volume
    style = load_draft_style(files, draft.style or volume.info.draft_style)
    book, _ = draft_book(desk, volume, style, draft, files=files)
    return book, look_of(style, draft)
