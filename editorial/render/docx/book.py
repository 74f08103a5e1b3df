"""The 评议稿 for Word and WPS, set from the same values as the PDF."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from editorial.model.book import Book, Part, Printed
from editorial.model.style import DraftStyle, FontConfig
from editorial.render.docx.blocks import set_blocks
from editorial.render.docx.bookstyles import book_styles
from editorial.render.docx.front import colophon, contents, cover, editorial_notes
from editorial.render.docx.galley import Footnotes, Galley, bookmarked, galley_for, scope_of
from editorial.render.docx.inline import text
from editorial.render.docx.looks import font_table_xml, look_of, settings_xml, styles_xml
from editorial.render.docx.package import FilePart, Properties, packed, word_part
from editorial.render.docx.sections import Heads, Page, closed, page_of, section_xml
from editorial.render.docx.wordml import NAMESPACES, ON, TWIPS, frame, paragraph, run, val

LISTED = 2  # an extract of one section needs no 目录
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
    "</w:r></w:p></w:footnote>"
)


def book_docx(
    book: Book, style: DraftStyle, fonts: FontConfig, pages: Mapping[str, int] | None = None
) -> Printed:
    """A .docx of the draft; the same book gives the same bytes.

    `pages` (part id → page in the PDF) fills the 目录; without it Word does so on F9.
    Footnotes are real, numbered anew on each page. Figures that cannot be read leave a
    visible 【缺图】. Raises EditorialError when style or fonts lack a role.
    """
    page = page_of(style)
    galley = galley_for(book, style, page)
    heads = Heads(relations=galley.relations, style=style, imprint=book.imprint, parts=[])
    body = [
        *closed(cover(book.imprint, style, page), section_xml(page)),
        *_front(book, galley, heads, pages),
        *_chapters(book, galley, heads, page),
        *colophon(book.imprint, style, page.depth),
        section_xml(page, heads.references(book.imprint.title)),
    ]
    return Printed(data=_file(book, style, fonts, galley, heads, "".join(body)))


def _front(book: Book, galley: Galley, heads: Heads, pages: Mapping[str, int] | None) -> list[str]:
    page = galley.page
    notes = editorial_notes(book)
    if notes:
        notes = closed(notes, section_xml(page, heads.references(book.notes_title)))
    if len(book.parts) < LISTED:
        return notes
    listed = contents(book, galley.anchors, pages)
    return [*notes, *closed(listed, section_xml(page, heads.references("目录")))]


def _chapters(book: Book, galley: Galley, heads: Heads, page: Page) -> list[str]:
    """Each 篇目 a section of its own, so that its title can run above its pages."""
    set_: list[str] = []
    for parts in by_chapter(book.parts):
        levels = [part.level for part in parts]
        styles = map(heading_style, levels, [*levels[1:], 0])
        blocks = [
            block
            for part, heading in zip(parts, styles, strict=True)
            for block in _part(part, galley, heading)
        ]
        set_ += closed(blocks, section_xml(page, heads.references(parts[0].title)))
    return set_


def by_chapter(parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    """Parts cut before each of level 1; what stands before the first is a run by itself."""
    starts = [place for place, part in enumerate(parts) if part.level == 1 or not place]
    return [parts[start:stop] for start, stop in pairwise((*starts, len(parts)))]


def heading_style(level: int, following: int) -> str:
    """篇目; 章 where parts of a deeper level follow under it; else 分目."""
    if level == 1:
        return "Chapter"
    return "Group" if following > level else "Section"


def _part(part: Part, galley: Galley, style: str) -> list[str]:
    scope = scope_of(galley, part)
    heading = bookmarked(galley.anchors.parts[part.id], text(scope, part.title))
    title = paragraph(heading, style, outlineLvl=val(part.level - 1))
    return [*_pending(part, galley), title, *set_blocks(scope)]


def _pending(part: Part, galley: Galley) -> list[str]:
    """Numbers of letters still out, in the outer margin beside the heading."""
    if not part.pending or not galley.style.show_marks:
        return []
    heading = look_of(galley.style, "section")
    y = str(max(1, round(heading.before * 0.6 * TWIPS)))  # level with the heading
    place = frame(galley.page.outer, vAnchor="text", hAnchor="page", xAlign="outside", y=y)
    words = run(f"待复：{'、'.join(part.pending)}")
    return [paragraph(words, "Pending", framePr=place, keepNext=ON)]


def _file(
    book: Book, style: DraftStyle, fonts: FontConfig, galley: Galley, heads: Heads, body: str
) -> bytes:
    relations = galley.relations
    parts = [
        word_part("styles", "styles", styles_xml(*book_styles(style, fonts, galley.page))),
        word_part("settings", "settings", settings_xml(facing=True, notes=True)),
        word_part("fontTable", "fontTable", font_table_xml(fonts)),
        _footnotes(galley.notes),
    ]
    for part in parts:
        name = part.name.removeprefix("word/")
        relations.add(name.removesuffix(".xml"), name)
    xml = f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    document = word_part("document", "document.main", xml, relations.listed)
    return packed([document, *parts, *heads.parts, *galley.pictures.parts], _properties(book))


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
    )
