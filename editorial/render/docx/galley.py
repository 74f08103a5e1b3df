"""What a book collects while it is set: bookmarks, footnotes, links and pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from editorial.model.book import Book, Part, numbered
from editorial.model.document import Figure, Note, Table
from editorial.model.open_points import open_points
from editorial.model.style import DraftStyle
from editorial.render.docx.package import Relations
from editorial.render.docx.pictures import PRINT_DPI, Pictures
from editorial.render.docx.sections import Page
from editorial.render.docx.wordml import escape

NAME_LENGTH = 40
UNNAMEABLE = re.compile(r"[^0-9A-Za-z_\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A place a link can lead to; Word allows letters, digits and _ in its name."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """Bookmarks by part id, and by (part id, block id); `first` by block id alone."""

    parts: Mapping[str, Bookmark]
    blocks: Mapping[tuple[str, str], Bookmark]
    first: Mapping[str, Bookmark]


@dataclass(slots=True)
class Footnotes:
    """Notes in the order of their marks; ids count from 1, as Word wants."""

    set: list[str] = field(default_factory=list)
    relations: Relations = field(default_factory=Relations)

    def add(self, content: str) -> int:
        self.set.append(content)
        return len(self.set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Galley:
    """A book being set."""

    style: DraftStyle
    page: Page
    numbers: Mapping[tuple[str, int], str]
    anchors: Anchors
    marks: re.Pattern[str] | None
    notes: Footnotes
    pictures: Pictures
    relations: Relations


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One part being set: its notes by label, and the relationships links go to."""

    galley: Galley
    part: Part
    notes: Mapping[str, Note]
    relations: Relations
    in_note: bool = False


def anchors_of(book: Book) -> Anchors:
    """Every part, table and figure with an id, named once."""
    numbers, taken = count(1), set[str]()
    parts = {
        part.id: Bookmark(number=next(numbers), name=f"_Toc{place:08d}")
        for place, part in enumerate(book.parts, 1)
    }
    blocks: dict[tuple[str, str], Bookmark] = {}
    first: dict[str, Bookmark] = {}
    for part in book.parts:
        for block in part.blocks:
            if isinstance(block, Table | Figure) and block.id and (part.id, block.id) not in blocks:
                mark = Bookmark(number=next(numbers), name=_bookmark_name(block.id, taken))
                blocks[part.id, block.id] = mark
                first.setdefault(block.id, mark)
    return Anchors(parts=parts, blocks=blocks, first=first)


def _bookmark_name(wanted: str, taken: set[str]) -> str:
    stem = UNNAMEABLE.sub("_", wanted)
    stem = (stem if stem[:1].isalpha() else f"m_{stem}")[: NAME_LENGTH - 5]
    names = chain((stem,), (f"{stem}_{again}" for again in count(2)))
    name = next(name for name in names if name.lower() not in taken)
    taken.add(name.lower())
    return name


def target(scope: Scope, anchor: str) -> Bookmark | None:
    """Where `#anchor` leads: in the same part, else the first of that name, else a part."""
    anchors = scope.galley.anchors
    return (
        anchors.blocks.get((scope.part.id, anchor))
        or anchors.first.get(anchor)
        or anchors.parts.get(anchor)
    )


def bookmarked(mark: Bookmark | None, content: str) -> str:
    if mark is None:
        return content
    return (
        f'<w:bookmarkStart w:id="{mark.number}" w:name="{escape(mark.name)}"/>'
        f'{content}<w:bookmarkEnd w:id="{mark.number}"/>'
    )


def scope_of(galley: Galley, part: Part) -> Scope:
    listed = [block for block in part.blocks if isinstance(block, Note)]
    notes = {note.label: note for note in reversed(listed)}  # of equal labels the first counts
    return Scope(galley=galley, part=part, notes=notes, relations=galley.relations)


def galley_for(book: Book, style: DraftStyle, page: Page) -> Galley:
    return Galley(
        style=style,
        page=page,
        numbers=book.numbers or numbered(book.parts),
        anchors=anchors_of(book),
        marks=open_points(style.mark_words) if style.show_marks else None,
        notes=Footnotes(),
        pictures=Pictures(round(page.measure / 1440 * PRINT_DPI)),
        relations=Relations(),
    )
