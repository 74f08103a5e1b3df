"""The 评议稿 for Word and WPS, set from the same values as the PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from editorial.model.book import Book, CopyMark, Pages, Printed
from editorial.model.style import DraftStyle, FontConfig
from editorial.render.chapters import has_index, opened
from editorial.render.docx.back import set_form, set_index
from editorial.render.docx.bookstyles import book_styles
from editorial.render.docx.chapters import set_chapters
from editorial.render.docx.comments import comments_parts
from editorial.render.docx.contents import TITLE as CONTENTS
from editorial.render.docx.contents import (
    contents_lines,
    list_lines,
    places_named,
    set_contents,
    set_list,
)
from editorial.render.docx.copies import Plate, copier
from editorial.render.docx.front import colophon, cover, editorial_notes, front_title
from editorial.render.docx.galley import Footnotes, Galley, galley_for
from editorial.render.docx.heads import Heads, around_parts, heads_for
from editorial.render.docx.looks import font_table_xml, settings_xml, styles_xml
from editorial.render.docx.package import (
    DECLARATION,
    WORD_TYPE,
    FilePart,
    Properties,
    packed,
    word_part,
)
from editorial.render.docx.reckoning import measures_of, reckoned
from editorial.render.docx.sections import (
    Page,
    closed,
    cover_page,
    numbered_anew,
    numbered_apart,
    page_of,
    section_xml,
    thin,
    whole,
)
from editorial.render.docx.tracked import parted
from editorial.render.docx.wordml import NAMESPACES
from editorial.render.faults import book_faults
from editorial.render.listings import listed_figures, listed_tables
from editorial.render.titles import with_titles

LISTED = 2  # an extract of one section needs no 目录
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
    "</w:r></w:p></w:footnote>"
)
HEAD = f"{DECLARATION}<w:document {NAMESPACES}><w:body>"


def book_docx(
    book: Book, style: DraftStyle, fonts: FontConfig, marks: Sequence[CopyMark] = ()
) -> Printed:
    """A .docx of the draft; the same book gives the same bytes.

    The pages in 目录, lists and index are reckoned; Word works them out on F9.
    Footnotes are real, numbered anew on each page. Figures that cannot be read leave a
    visible 【缺图】. `marks` are those of numbered copies, which `Printed.copies` makes.
    Raises EditorialError when style or fonts lack a role.
    """
    book = with_titles(book)
    page = page_of(replace(style, columns=1) if book.beside else style)
    galley = galley_for(book, style, page)
    heads = heads_for(galley, book.imprint)
    looks, defaults = book_styles(style, fonts, page)
    first = _cover(book, style, page, heads.plain())
    before, text = (
        set_chapters(replace(book, parts=parts), galley, heads) for parts in opened(book.parts)
    )

    def whole_book(pages: Pages) -> list[str]:
        front, back = (list(made(book, galley, heads, pages)) for made in (_front, _back))
        if style.text_from_one and text:
            front = [numbered_apart(block) for block in (*before, *front)]
            return [*front, *numbered_anew(text), *back]
        return [*before, *front, *text, *back]

    measures = measures_of(looks)
    named, count = reckoned([first(None), *whole_book({})], galley.notes.set, measures)
    sections = whole_book(places_named(book, galley, named))
    body = parted("".join(sections)) if book.redline else "".join(sections)
    opening = first(None)
    document = _document(opening, body)
    properties = _properties(book)
    styles = styles_xml(looks, defaults)
    data = packed(_parts(book, styles, fonts, galley, heads, document), properties)
    plate = Plate(
        data=data,
        document=document.data,
        opening=len(opening.encode()),
        cover=first,
        heads=heads,
        page=page,
        fonts=fonts,
        properties=properties,
    )
    return Printed(
        data=data,
        pages=count,
        findings=(*book_faults(book.parts, style, word=True), *galley.findings),
        copies=copier(plate, marks) if marks else None,
    )


def _document(opening: str, body: str) -> FilePart:
    return FilePart(
        name="word/document.xml",
        type=f"{WORD_TYPE}.document.main+xml",
        data=f"{opening}{body}</w:body></w:document>".encode(),
    )


def _cover(
    book: Book, style: DraftStyle, page: Page, plain: str
) -> Callable[[CopyMark | None], str]:
    """Makes the document down to the end of its cover, for one copy or without a number."""
    outside = cover_page(page)
    section = section_xml(outside, plain)
    return lambda mark: HEAD + "".join(closed(cover(book.imprint, style, outside, mark), section))


def _front(book: Book, galley: Galley, heads: Heads, pages: Pages) -> Iterator[str]:
    """编辑说明, 目录, 表目录 and 图目录, each on pages of its own."""
    page, style = whole(galley.page), galley.style
    if notes := editorial_notes(book):
        yield from closed(notes, section_xml(page, heads.named(book.notes_title)))
    if len(book.parts) < LISTED or not style.contents:
        return
    lines = contents_lines(book, style, galley, pages)
    set_, running = set_contents(lines, style), heads.named("目录")
    title = front_title(CONTENTS)
    if galley.page.columns == 1:
        yield from closed([title, *set_], section_xml(page, running))
    else:
        yield from closed([title], section_xml(page, running))
        yield from closed(set_, section_xml(galley.page, "", "continuous"))
    yield from _lists(book, galley, heads, pages)


def _lists(book: Book, galley: Galley, heads: Heads, pages: Pages) -> Iterator[str]:
    if not galley.style.lists:
        return
    page = whole(galley.page)
    for title, caption, found in (
        ("表目录", "表题", listed_tables(book)),
        ("图目录", "图题", listed_figures(book)),
    ):
        if lines := list(list_lines(book, found, galley, pages)):
            blocks = [front_title(title), *set_list(lines, caption)]
            yield from closed(blocks, section_xml(page, heads.named(title)))


def _back(book: Book, galley: Galley, heads: Heads, pages: Pages) -> Iterator[str]:
    """Index, colophon and form; the sectPr of the last stands after its blocks."""
    style, page = galley.style, whole(galley.page)
    plain = heads.plain()
    if has_index(style, book.parts):
        yield from set_index(book, galley, heads, pages)
    last = colophon(book.imprint, style, page.depth) if style.colophon else []
    if style.opinion_form:
        yield from closed(last, section_xml(page, plain)) if last else ()
        yield from set_form(book, style, page, plain)
    elif last:
        yield from (*last, section_xml(page, plain))
    else:  # a file ends with a section of its own; this one takes no page
        yield from (thin(), section_xml(page, "", "continuous"))


def _parts(
    book: Book,
    styles: str,
    fonts: FontConfig,
    galley: Galley,
    heads: Heads,
    document: FilePart,
) -> list[FilePart]:
    relations = galley.relations
    tracked = book.tracked or book.redline is not None
    settings = settings_xml(facing=True, notes=True, tracked=tracked)
    parts = [
        word_part("styles", "styles", styles),
        word_part("settings", "settings", settings),
        word_part("fontTable", "fontTable", font_table_xml(fonts)),
        _footnotes(galley.notes),
        *comments_parts(galley.comments),
    ]
    for part in parts:
        name = part.name.removeprefix("word/")
        relations.add(name.removesuffix(".xml"), name)
    main = replace(document, relations=tuple(relations.listed))
    return [main, *parts, *around_parts(heads), *galley.pictures.parts]


def _footnotes(notes: Footnotes) -> FilePart:
    listed = "".join(
        f'<w:footnote w:id="{number}">{content}</w:footnote>'
        for number, content in enumerate(notes.set, 1)
    )
    xml = f"<w:footnotes {NAMESPACES}>{SEPARATORS}{listed}</w:footnotes>"
    return word_part("footnotes", "footnotes", xml, notes.relations.listed)


def _properties(book: Book) -> Properties:
    imprint = book.imprint
    return Properties(
        title=f"{imprint.title}（{imprint.label}）",
        author=imprint.office,
        day=imprint.date,
        subject=imprint.label,
        description=f"文本版本 {imprint.commit}" if imprint.commit else "",
        origin=book.origin,
    )
