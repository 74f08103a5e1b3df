"""A draft as one PDF: cover, 编辑说明, 目录, the 篇目, index, form, colophon.

Laid out once. Every 篇目 is set by itself and knows neither its page numbers nor its side,
so a finished one can be kept and bound again; what prints page numbers (contents, lists,
index, heads and folios) is set or painted when all pages are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from editorial.memory import uncollected
from editorial.model.book import (
    Book,
    CopyMark,
    Imprint,
    MissingGlyph,
    Part,
    Printed,
    edition_name,
)
from editorial.model.document import Heading, plain
from editorial.model.settling import standing
from editorial.model.style import DraftStyle
from editorial.render.chapters import by_chapter, has_index, ids_of, opened
from editorial.render.fonts import FontTable
from editorial.render.opinion import title_of
from editorial.render.pdf.anchors import block_anchor, part_anchor
from editorial.render.pdf.bind import Sheets, bind
from editorial.render.pdf.cover import label_of, scope_named, set_colophon
from editorial.render.pdf.flow import Flow
from editorial.render.pdf.front import CONTENTS, NOTES, begin_page, front_matter
from editorial.render.pdf.furniture import Furniture, roles_around
from editorial.render.pdf.kept import surroundings
from editorial.render.pdf.laid import Laid, LaidPage
from editorial.render.pdf.metadata import Metadata
from editorial.render.pdf.opinion import OPINION_FORM, set_opinion_form
from editorial.render.pdf.pages import finish
from editorial.render.pdf.paint import Place, paint, places, waiting_places
from editorial.render.pdf.press import lay_chapters
from editorial.render.pdf.shelf import Shelf
from editorial.render.pdf.watermark import copy_drawing
from editorial.render.pdf.work import INDEX, INDEX_TITLE, Work, begin
from editorial.render.titles import running_title, with_titles

if TYPE_CHECKING:
    from editorial.render.subject_index import IndexGroup

BLANK = LaidPage(body=b"x\x9c\x03\x00\x00\x00\x00\x01", plain=True)


def book_pdf(
    book: Book,
    style: DraftStyle,
    table: FontTable,
    progress: Callable[[str], None] | None = None,
    *,
    marks: Sequence[CopyMark] = (),
    shelf: Shelf | None = None,
) -> Printed:
    """Set a draft. The same book, style and faces give the same bytes.

    `progress` is told in Chinese what is being done; `marks` are those of numbered copies;
    `shelf` keeps finished 篇目 for the next build, which comes out the same with or without.
    Pictures that cannot be read and characters no face has never stop it: they are in
    `Printed.findings` and `Printed.missing`. Raises EditorialError when the page has no
    room for text or a face cannot be found.
    """
    tell = progress or (lambda _: None)
    with uncollected():
        return _made(book, style, table, tell, tuple(marks), shelf)


def _made(
    book: Book,
    style: DraftStyle,
    table: FontTable,
    tell: Callable[[str], None],
    marks: tuple[CopyMark, ...],
    shelf: Shelf | None,
) -> Printed:
    work = begin(with_titles(book), style, table, shelf)
    ends: list[Flow] = []
    groups: list[IndexGroup] = []

    def set_ends() -> None:
        ends.extend((*front_matter(work), form(work)))
        groups.extend(index_of(work))

    chapters, keep_chapters = lay_chapters(work, tell, set_ends)
    tell("正在编目录、页码，写出全书")
    *front, leaf = ends
    sheets, matter = gathered(work, chapters, front, leaf, groups)
    case = work.setting.case
    blank, sample = style.copy_number, book.imprint.sample
    drawn = [copy_drawing(case, work.frame, each, blank=blank, sample=sample) for each in marks]
    missing = {lent for each in matter for lent in each.missing}
    missing |= sheets.missing | {lent for each in drawn for lent in each.missing}
    borrowed = {role for laid in matter for role in laid.borrowed}
    borrowed |= {role for role in roles_around(style) if case.borrows(role)}
    metadata = _metadata(book.imprint, style)
    data, copies = bind(sheets, case, metadata, drawn, shelf, keep_chapters)
    return Printed(
        data=data,
        pages=len(sheets.pages),
        starts=tuple(_starts_of(work.book.parts, sheets.where)),
        missing=tuple(sorted(missing, key=_by_role)),
        substituted=tuple(sorted(borrowed)),
        findings=tuple(finding for laid in matter for finding in laid.findings),
        copies=copies if marks else None,
    )


def _starts_of(parts: Sequence[Part], where: Mapping[str, Place]) -> Iterator[tuple[str, int]]:
    for part in parts:
        page = where[part_anchor(part.id)].page
        yield from ((name, page) for name in ids_of(part))


def _by_role(missing: MissingGlyph) -> tuple[str, str]:
    return missing.role, missing.char


# What stands before and after


def index_of(work: Work) -> tuple[IndexGroup, ...]:
    """What the index lists; nothing where there is none."""
    if not has_index(work.style, work.book.parts):
        return ()
    from editorial.render.subject_index import subject_index  # few styles have one

    return subject_index(standing(work.book), work.book.readings)


def back_matter(work: Work, groups: Sequence[IndexGroup], where: Mapping[str, Place]) -> Flow:
    """Index and colophon, as the style has them. `where` are the places of what is listed."""
    flow, book = work.flow(), work.book
    if has_index(work.style, book.parts):
        from editorial.render.pdf.index import set_index  # few styles have one

        begin_page(flow, work.setting, INDEX_TITLE, INDEX)
        set_index(flow, work.setting, groups, where)
    if work.style.colophon:
        set_colophon(flow, work.setting, book.imprint)
    if flow.pages:
        finish(flow)
    return flow


def form(work: Work) -> Flow:
    """评议意见表: a leaf of its apart, empty where the style has none."""
    flow = work.flow()
    if work.style.opinion_form:
        set_opinion_form(flow, work.setting, work.book.imprint)
    return flow


# All together


def gathered(
    work: Work,
    chapters: Sequence[Laid],
    front: Sequence[Flow],
    leaf: Flow,
    groups: Sequence[IndexGroup],
) -> tuple[Sheets, list[Laid]]:
    """Every page in its place, and what stands around it; the index is set now. 卷首 that open
    the book stand behind the first of the `front`."""
    first = len(by_chapter(opened(work.book.parts)[0]))
    before: list[Flow | Laid] = [front[0], *chapters[:first], *front[1:], *chapters[first:]]
    starts, where = _starts(before, work.style, first + len(front)), dict[str, Place]()
    apart = starts[first + len(front)] - 1 if chapters and work.style.text_from_one else 0
    for each, start in zip(before, starts, strict=False):
        if isinstance(each, Flow):
            where |= waiting_places(each, start, apart)
        else:
            where |= places(each, start, apart)
    text = frozenset(_text_pages(before, starts))
    back = back_matter(work, groups, where)
    after = starts[-1] + len(back.pages)
    starts.append(after + (after % 2 == 0))  # the form is a leaf to be torn out
    where |= waiting_places(back, starts[-2], apart) | waiting_places(leaf, starts[-1], apart)
    matter = [
        paint(each, work.labels, where, often=True) if isinstance(each, Flow) else each
        for each in (*before, back, leaf)
    ]
    pages: list[LaidPage] = []
    sections: list[tuple[int, Laid]] = []
    for laid, start in zip(matter, starts, strict=True):
        blank = start - 1 - len(pages) if laid.pages else 0
        pages += [BLANK] * blank + [*laid.pages]
        sections.append((start - 1, laid))
    furniture = _furniture(work, pages, apart, matter, where)
    shown = furniture.drawn(pages, text)
    return Sheets(
        frame=work.frame,
        pages=pages,
        front=apart,
        furniture=shown,
        sections=sections,
        used=furniture.used,
        missing=furniture.missing,
        pictures={key: image for laid in matter for key, image in laid.pictures.items()},
        bookmarks=tuple(_bookmarks(work, where)),
        where=where,
    ), matter


def _starts(before: Sequence[Flow | Laid], style: DraftStyle, text: int) -> list[int]:
    """First pages of front matter and 篇目, as they stand, and of the back matter; `text` is
    the place of the first 篇目 behind the contents."""
    starts, page = list[int](), 1
    for place, each in enumerate(before):
        right = style.recto or (style.text_from_one and place == text)
        page += isinstance(each, Laid) and right and page % 2 == 0
        starts.append(page)
        page += len(each.pages)
    return [*starts, page]


def _text_pages(before: Sequence[Flow | Laid], starts: Sequence[int]) -> Iterator[int]:
    """Those of the 篇目."""
    for each, start in zip(before, starts, strict=False):
        if isinstance(each, Laid):
            yield from range(start, start + len(each.pages))


def _furniture(
    work: Work,
    pages: Sequence[LaidPage],
    front: int,
    matter: Sequence[Laid],
    where: Mapping[str, Place],
) -> Furniture:
    return Furniture(
        style=work.style,
        frame=work.frame,
        labels=work.labels,
        title=running_title(work.book.imprint, work.style),
        pages=len(pages),
        front=front,
        around=surroundings(work.style, work.table, {}) if work.shelf else "",
        openings=frozenset(_openings(work, where)),
        used=_used(matter),
    )


def _openings(work: Work, where: Mapping[str, Place]) -> Iterator[int]:
    """Pages that begin with the title of a 篇目, or of what stands before and after."""
    chapters = (part_anchor(part.id) for part in work.book.parts if part.level == 1)
    lists = (anchor for _, anchor, _ in work.lists)
    for anchor in (NOTES, CONTENTS, *lists, *chapters, INDEX):
        if anchor in where:
            yield where[anchor].page


def _used(matter: Sequence[Laid]) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for laid in matter:
        for resource, characters in laid.used.items():
            used.setdefault(resource, set()).update(characters)
    return used


def _metadata(imprint: Imprint, style: DraftStyle) -> Metadata:
    """The title in the window tells parts of a book apart, the subject the looks of a draft."""
    named = "　".join(filter(None, (imprint.title, scope_named(imprint.scope))))
    return Metadata(
        title=f"{named}（{label_of(imprint, style)}）{edition_name(imprint)}",
        author=imprint.office,
        date=imprint.date,
        subject=style.title,
    )


def _bookmarks(work: Work, where: Mapping[str, Place]) -> Iterator[tuple[int, str, str]]:
    """Every heading in order, whether the contents list it or not."""
    book = standing(work.book)
    before, after = opened(book.parts)
    yield from _headings(before)
    for title, anchor in ((book.notes_title, NOTES), ("目录", CONTENTS)):
        if anchor in where:
            yield 0, title, anchor
    for title, anchor, _ in work.lists:
        yield 0, title, anchor
    yield from _headings(after)
    for title, anchor in ((INDEX_TITLE, INDEX), (title_of(work.style.label), OPINION_FORM)):
        if anchor in where:
            yield 0, title, anchor


def _headings(parts: Sequence[Part]) -> Iterator[tuple[int, str, str]]:
    for part in parts:
        yield part.level - 1, part.title, part_anchor(part.id)
        for place, block in enumerate(part.blocks):
            if isinstance(block, Heading):
                yield part.level + block.level - 1, plain(block.runs), block_anchor(part.id, place)
