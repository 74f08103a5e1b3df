"""Finished pages bound into one file: in order, with links, bookmarks, structure and fonts.

Numbered copies are the same pages with another mark behind the text; everything else is
made once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from reportlab.pdfbase.pdfdoc import PDFDocument

from editorial.model.book import MissingGlyph
from editorial.render.pdf.canvas import document_of, open_canvas
from editorial.render.pdf.embedding import embedding, prepare_programs
from editorial.render.pdf.file import Stream, bulk, collect, deflated, write
from editorial.render.pdf.frame import Frame, left_edge
from editorial.render.pdf.images import Image
from editorial.render.pdf.laid import Laid, LaidPage, Link
from editorial.render.pdf.metadata import Metadata, copy_changes, set_metadata
from editorial.render.pdf.navigation import (
    Leaf,
    destination,
    link_annotation,
    resources,
    set_labels,
    set_outline,
    set_pages,
)
from editorial.render.pdf.paint import Place
from editorial.render.pdf.shelf import Shelf
from editorial.render.pdf.structure import Box, Section, Tie, add_structure
from editorial.render.pdf.typeset import TypeCase
from editorial.render.pdf.watermark import (
    EVERYWHERE,
    CopyDrawing,
    Stamp,
    drawn_by,
    stamp_of,
)
from editorial.values import dataclass

ABOVE = 12.0
FURNITURE_LEVEL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """All pages of a book. `sections` are what they were laid out as, with the index of the
    first page of each; the `front` pages are numbered by themselves; `bookmarks` are depth
    from 0, title, anchor; `where` the place of every anchor; `used` are the characters around
    the text by the name of their face, `missing` those lent by another."""

    frame: Frame
    pages: Sequence[LaidPage]
    front: int
    furniture: Sequence[str]
    sections: Sequence[tuple[int, Laid]]
    used: dict[str, set[str]]
    missing: Set[MissingGlyph]
    pictures: Mapping[str, Image]
    bookmarks: Sequence[tuple[int, str, str]]
    where: Mapping[str, Place]


def bind(
    sheets: Sheets,
    case: TypeCase,
    metadata: Metadata,
    copies: Sequence[CopyDrawing] = (),
    shelf: Shelf | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> tuple[bytes, Callable[[int], bytes]]:
    """The file, and a way to its numbered copy i. Equal input gives equal bytes; `shelf` keeps
    the subsets of the faces; `meanwhile` is called while those are waited for."""
    canvas = open_canvas((1, 1))
    document = document_of(canvas)
    raw = bulk(document)
    first = raw.reserve(len(sheets.pages))
    stamp = stamp_of(raw, sheets.frame, case)
    wanted = []
    for resource, characters in sorted(sheets.used.items()):
        face = case.face_of(resource)
        embedding(document, face, resource).used.update(characters)
        wanted.append((face, "".join(sorted(characters))))
    programs = prepare_programs(wanted, shelf)
    links = _links(sheets, first)
    numbers = raw.add_all([body for _, _, body in links])
    _set_leaves(document, sheets, first, stamp, numbers, links)
    set_labels(document, sheets.front)
    pages = range(first, first + len(sheets.pages))
    add_structure(document, list(_sections(sheets, links, numbers)), pages)
    outline = [(d, title, _goal(sheets, first, name)) for d, title, name in sheets.bookmarks]
    set_outline(document, outline)
    placed = set_metadata(document, metadata)
    meanwhile()
    programs()
    gathered = collect(document, (*stamp.numbers, placed.info, placed.packet))

    def copy(index: int) -> bytes:
        drawing = copies[index]
        whose = drawing.mark
        named = replace(metadata, copy=whose.number, reader=whose.named)
        return write(gathered, {**copy_changes(placed, named), **stamp.bodies(case, drawing)})

    return write(gathered), copy


def _set_leaves(
    document: PDFDocument,
    sheets: Sheets,
    first: int,
    stamp: Stamp,
    link: int,
    links: Sequence[tuple[int, Link, bytes]],
) -> None:
    """Pages in order; those with pictures name them in resources of their own."""
    raw, size = bulk(document), (sheets.frame.width, sheets.frame.height)
    behind, cover = (raw.add(deflated(drawn_by(name))) for name in stamp.forms)
    pictures = {key: raw.add(_picture(image)) for key, image in sheets.pictures.items()}
    held: list[list[int]] = [[] for _ in sheets.pages]
    for number, (on, _, _) in enumerate(links, link):
        held[on].append(number)
    shared = raw.reserve()
    everywhere = {EVERYWHERE: stamp.forms[EVERYWHERE]}
    leaves, own = [], []
    for number, page in enumerate(sheets.pages):
        around = raw.add(deflated(sheets.furniture[number].encode("ascii"), "", FURNITURE_LEVEL))
        body = raw.reserve()
        raw.put_stream(body, "/Filter/FlateDecode", page.body)
        drawn = shared
        if page.pictures or not number:
            drawn = raw.reserve()
            shown = {f"I{key}": pictures[key] for key in page.pictures}
            own.append((drawn, {**(stamp.forms if not number else everywhere), **shown}))
        leaves.append(
            Leaf(
                size=size,
                contents=(*((behind,) if number else (behind, cover)), around, body),
                resources=drawn,
                annotations=tuple(held[number]),
                structure=number if page.marks else -1,
            )
        )
    raw.put(shared, resources(document, everywhere))
    for drawn, shown in own:
        raw.put(drawn, resources(document, shown))
    set_pages(document, leaves, first)


def _picture(image: Image) -> Stream:
    return Stream(f"/Type/XObject/Subtype/Image{image.entries}", image.data)


def _links(sheets: Sheets, first: int) -> list[tuple[int, Link, bytes]]:
    """Links with the index of their page and their annotations. One to a place that is not
    printed in this draft is left out."""
    made: list[tuple[int, Link, bytes]] = []
    titles = {name: title for _, title, name in sheets.bookmarks}
    for page, laid in enumerate(sheets.pages):
        for link in laid.links:
            if (body := _link(sheets, first, page, link, len(made), titles)) is not None:
                made.append((page, link, body))
    return made


def _link(
    sheets: Sheets, first: int, page: int, link: Link, count: int, titles: Mapping[str, str]
) -> bytes | None:
    box = _on_paper(sheets.frame, page, link.box)
    parent = len(sheets.pages) + count
    if not link.target.startswith("#"):
        return link_annotation(box, uri=link.target, contents=link.target, struct_parent=parent)
    name = link.target[1:]
    if name not in sheets.where:
        return None
    said = titles.get(name, "") or f"第{sheets.where[name].page}页"
    goal = _goal(sheets, first, name)
    return link_annotation(box, dest=goal, contents=f"转到：{said}", struct_parent=parent)


def _goal(sheets: Sheets, first: int, name: str) -> str:
    place = sheets.where[name]
    top = sheets.frame.height - sheets.frame.top - place.depth
    return destination(first + place.page - 1, top + ABOVE)


def _sections(
    sheets: Sheets, links: Sequence[tuple[int, Link, bytes]], annotation: int
) -> Iterator[Section]:
    """What is said of the pages to those who do not see them. Links, numbered from
    `annotation` on, come in the order of the pages."""
    ties = deque((number, *link) for number, link in enumerate(links, annotation))
    for first, laid in sheets.sections:
        own = []
        while ties and ties[0][1] < first + len(laid.pages):
            number, page, link, _ = ties.popleft()
            own.append(Tie(number, page - first, link.element))
        marks = tuple([page.marks for page in laid.pages])
        boxes = [
            (element, _on_paper(sheets.frame, number, box))
            for number, page in enumerate(laid.pages, first)
            for element, box in page.figures
        ]
        yield Section(first, laid.elements, marks, tuple(own), tuple(boxes))


def _on_paper(frame: Frame, page: int, box: Box) -> Box:
    """A box on a page, whose index this is, from the lower left corner of the paper."""
    left, top = left_edge(frame, page + 1), frame.height - frame.top
    x0, y0, x1, y1 = box
    return left + x0, top + y0, left + x1, top + y1
