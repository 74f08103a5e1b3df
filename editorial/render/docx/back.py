"""What follows the text: 主题索引 and 评议意见表, each with the section it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from editorial.model.book import Book, Pages
from editorial.model.style import DraftStyle
from editorial.render.docx.contents import INDEX_MARK, INDEX_TITLE
from editorial.render.docx.form import form_page, opinion_form
from editorial.render.docx.galley import Bookmark, Galley, bookmarked
from editorial.render.docx.heads import Heads
from editorial.render.docx.sections import Page, closed, section_xml, whole
from editorial.render.docx.wordml import paragraph, run, val


def set_index(book: Book, galley: Galley, heads: Heads, pages: Pages) -> Iterator[str]:
    """Its title across the page, its entries in columns below."""
    from editorial.render.docx.index import subject_index  # 拼音 are read for it alone

    mark = Bookmark(number=next(galley.ids), name=INDEX_MARK)
    title = paragraph(bookmarked(mark, run(INDEX_TITLE)), "FrontTitle", outlineLvl=val(0))
    yield from closed([title], section_xml(whole(galley.page), heads.named(INDEX_TITLE)))
    yield from subject_index(book, galley, pages)


def set_form(book: Book, style: DraftStyle, page: Page, plain: str) -> Iterator[str]:
    """A leaf of its own, to be torn out; the last section of the file."""
    yield from opinion_form(book, style, page)
    yield section_xml(form_page(page), plain, "oddPage")
