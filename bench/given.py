"""The book of a workspace, read and assembled as the program itself does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from editorial.desk.assemble import assemble
from editorial.desk.fonts import font_table
from editorial.desk.office import Desk, loaded, open_desk
from editorial.model.book import Book, Imprint
from editorial.model.style import DraftStyle
from editorial.model.volume import Volume, book_title
from editorial.render.fonts import FontTable
from editorial.store.laid import Shelf
from editorial.store.looks import load_draft_style, load_fonts


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    desk: Desk
    volume: Volume
    style: DraftStyle
    fonts: FontTable
    shelf: Shelf


def given(root: Path) -> Given:
    desk = open_desk(root)
    volume = loaded(desk).volume
    style = load_draft_style(desk.workspace.files, volume.info.draft_style)
    fonts = font_table(desk, load_fonts(desk.workspace.files))
    shelf = Shelf(desk.workspace.git_dir / "editorial" / "laid")
    return Given(desk=desk, volume=volume, style=style, fonts=fonts, shelf=shelf)


def book_of(it: Given) -> Book:
    imprint = Imprint(
        title=book_title(it.volume),
        label=it.style.label,
        edition=1,
        date=date(2025, 1, 1),
        office=it.volume.info.office.name,
        commit="",
        notice=it.style.notice,
        sample=it.volume.info.sample,
    )
    return assemble(it.desk, it.volume, it.style, imprint, ())[0]
