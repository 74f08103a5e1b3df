"""What a book collects while it is set: bookmarks, footnotes, comments, links and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from itertools import chain, count
from typing import TYPE_CHECKING

from editorial.model.book import Beside, Book, Part, numbered
from editorial.model.document import Block, Figure, Note, Table
from editorial.model.finding import Finding
from editorial.model.open_points import open_points
from editorial.model.origin import mark_stem
from editorial.model.queries import Queries, Query
from editorial.model.redline import BlockChange, Redline
from editorial.model.settling import standing
from editorial.model.style import DraftStyle
from editorial.render.docx.package import Relations
from editorial.render.docx.pictures import PRINT_DPI, Pictures
from editorial.render.docx.sections import Page, whole
from editorial.render.docx.sides import Sides, sides_of, stays
from editorial.render.docx.tracked import Revisions, revisions_of
from editorial.render.docx.wordml import escape
from editorial.render.forms import Group, groups_of
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.render.subject_index import IndexGroup

NAME_LENGTH = 40
# LibreOffice 7.4 takes ids of comments for ids of footnotes: these are beyond all of them.
FIRST_COMMENT = 2_000_000
UNNAMEABLE = re.compile(r"[^0-9A-Za-z_\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A place a link can lead to; Word allows letters, digits and _ in its name. `said`: what
    stands there for a field to repeat, 表3-1."""

    number: int
    name: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """Bookmarks by part id, and by (part id, block id); `first` by block id alone, `placed` by
    (part id, index of block)."""

    parts: Mapping[str, Bookmark]
    blocks: Mapping[tuple[str, str], Bookmark]
    first: Mapping[str, Bookmark]
    placed: Mapping[tuple[str, int], Bookmark] = field(default_factory=dict)


@dataclass(slots=True)
class Footnotes:
    """Notes in the order of their marks; ids count from 1, as Word wants."""

    set: list[str] = field(default_factory=list)
    relations: Relations = field(default_factory=Relations)

    def add(self, content: str) -> int:
        self.set.append(content)
        return len(self.set)


@dataclass(slots=True)
class Comments:
    """批注: what is asked, in the order it was come by."""

    asked: list[Query] = field(default_factory=list)

    def add(self, query: Query) -> int:
        self.asked.append(query)
        return FIRST_COMMENT + len(self.asked) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Galley:
    """A book being set. `ids` number what Word wants numbered through the whole file:
    bookmarks, and ranges of tracked moves. `traced`: its blocks get marks, for the
    way home or for lists to lead to. `running` are the heads and feet of the section being
    set, empty where none may end; `findings` what could not be set as it should; `subjects` of
    each place: what the `index` lists it under."""

    style: DraftStyle
    page: Page
    numbers: Mapping[tuple[str, int], str]
    anchors: Anchors
    marks: re.Pattern[str] | None
    notes: Footnotes
    pictures: Pictures
    relations: Relations
    ids: Iterator[int]
    traced: bool
    queries: Queries
    comments: Comments
    redline: Redline | None
    title: str
    beside: Beside | None
    revisions: Revisions | None = None
    running: str = ""
    index: tuple[IndexGroup, ...] = ()
    subjects: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One part being set: its notes by label, and the relationships links go to.

    `places` are those of its blocks in the text they came from, None for what is not there;
    `stem` begins the names of their marks, empty when they get none. `sides` are the notes of
    a 花脸稿 by its two texts, `change` how the block being set differs; `groups` are the lines
    that stand together.
    """

    galley: Galley
    part: Part
    notes: Mapping[str, Note]
    relations: Relations
    in_note: bool = False
    stem: str = ""
    places: tuple[int | None, ...] = ()
    sides: Sides | None = None
    change: BlockChange | None = None
    groups: Mapping[int, Group] = field(default_factory=dict)


def anchors_of(book: Book, numbers: Iterator[int]) -> Anchors:
    """Every part, table and figure with an id, named once."""
    taken, shown = set[str](), book.numbers or numbered(book.parts)
    parts = {
        part.id: Bookmark(number=next(numbers), name=f"_Toc{place:08d}")
        for place, part in enumerate(book.parts, 1)
    }
    parts |= {part.stands_for: parts[part.id] for part in book.parts if part.stands_for}
    blocks: dict[tuple[str, str], Bookmark] = {}
    placed: dict[tuple[str, int], Bookmark] = {}
    first: dict[str, Bookmark] = {}
    for part in book.parts:
        for index, block in _lasting_first(part, book.redline):
            if isinstance(block, Table | Figure) and block.id and (part.id, block.id) not in blocks:
                name, said = _bookmark_name(block.id, taken), shown.get((part.id, index), "")
                mark = Bookmark(number=next(numbers), name=name, said=said)
                blocks[part.id, block.id] = placed[part.id, index] = mark
                first.setdefault(block.id, mark)
    return Anchors(parts=parts, blocks=blocks, placed=placed, first=first)


def _lasting_first(part: Part, redline: Redline | None) -> list[tuple[int, Block]]:
    """Blocks with their indexes: of two tables with one id the one that stays gets the mark."""
    listed = list(enumerate(part.blocks))
    if redline is None:
        return listed
    return sorted(listed, key=lambda place: not stays(redline, part.id, place[0]))


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
    return Scope(
        galley=galley,
        part=part,
        notes=notes,
        relations=galley.relations,
        stem=mark_stem(part.id) if galley.traced else "",
        places=places_of(part, galley.redline),
        sides=sides_of(part, galley.redline) if galley.redline else None,
        groups=groups_of(part.blocks),
    )


def places_of(part: Part, redline: Redline | None) -> tuple[int | None, ...]:
    """Of each block its place in the section's text; None for one that only the old text has."""
    if redline is None:
        return part.places or tuple(range(len(part.blocks)))
    places: list[int | None] = []
    new = count()
    for index in range(len(part.blocks)):
        whole = redline.blocks.get((part.id, index))
        gone = whole is not None and whole.change is not None and whole.change.kind == "delete"
        place = None if gone else next(new)
        places.append(part.places[place] if place is not None and part.places else place)
    return tuple(places)


def galley_for(book: Book, style: DraftStyle, page: Page) -> Galley:
    ids, index = count(1), _index(book, style)
    return Galley(
        style=style,
        page=page,
        numbers=book.numbers or numbered(book.parts),
        anchors=anchors_of(book, ids),
        marks=open_points(style.mark_words) if style.show_marks else None,
        notes=Footnotes(),
        pictures=Pictures(round(whole(page).measure / 1440 * PRINT_DPI)),
        relations=Relations(),
        ids=ids,
        traced=book.origin is not None or style.lists or style.index or style.toc_levels > 2,
        queries=book.queries,
        comments=Comments(),
        redline=book.redline,
        title=book.imprint.title,
        beside=book.beside,
        revisions=revisions_of(book, ids),
        index=index,
        subjects={} if book.redline else subjects_of(index),
    )


def _index(book: Book, style: DraftStyle) -> tuple[IndexGroup, ...]:
    if not style.index:
        return ()
    from editorial.render.subject_index import subject_index

    return subject_index(standing(book), book.readings)


def subjects_of(index: tuple[IndexGroup, ...]) -> dict[tuple[str, int], tuple[str, ...]]:
    """What each place is listed under."""
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for group in index:
        for entry in group.entries:
            for anchor in entry.anchors:
                found[anchor] = (*found.get(anchor, ()), entry.title)
    return found
