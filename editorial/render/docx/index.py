"""主题索引: a field Word can renew from hidden marks at the headings, entries and captions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from editorial.model.book import Book, Pages
from editorial.model.style import DraftStyle, role_of
from editorial.render.docx.galley import Galley
from editorial.render.docx.marks import BEGIN, code
from editorial.render.docx.sections import Page, closed, section_xml, whole
from editorial.render.docx.wordml import TWIPS, field_end, paragraph, run, tab, twips
from editorial.render.subject_index import IndexEntry, IndexGroup

COLUMN_EMS, MOST_COLUMNS = 17, 3
CHINESE = 2052  # the language in whose order Word sorts
SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
# Letters over their entries, pages at the right edge and parted by 、. The columns are those of
# the section; LibreOffice knows them only from here.
BEFORE, AFTER = ' INDEX \\e "', '" \\l "、" \\h "A" \\c "{}" \\z "{}" '


def subject_index(book: Book, galley: Galley, pages: Pages) -> list[str]:
    """Entries in the order of pinyin with their pages, in columns: a section by itself.

    In a 花脸稿 it is plain text, as nothing in the text is marked for it.
    """
    page = index_page(galley.style, galley.page)
    section = section_xml(page, "", "continuous")
    set_ = [line for group in galley.index for line in _group(group, pages)]
    if set_ and book.redline is None:
        after = AFTER.format(page.columns, CHINESE)
        begin = f"{BEGIN}{code(BEFORE)}{tab()}{code(after)}{SEPARATE}"
        set_[0] = set_[0].replace("</w:pPr>", f"</w:pPr>{begin}", 1)
        set_[-1] = f"{set_[-1].removesuffix('</w:p>')}{field_end()}</w:p>"
    return closed(set_, section)


def index_page(style: DraftStyle, page: Page) -> Page:
    """As many columns as leave each some 17 characters, three at most."""
    across, gap = whole(page), twips(style.column_gap)
    size = role_of(style, "index_entry").size * TWIPS
    wanted = int((across.measure + gap) / (COLUMN_EMS * size + gap))
    count = max(1, min(wanted, MOST_COLUMNS))
    measure = (across.measure - (count - 1) * gap) // count
    return replace(across, columns=count, gap=gap, measure=measure)


def _group(group: IndexGroup, pages: Pages) -> Iterator[str]:
    yield paragraph(run(group.letter), "IndexHeading")
    for entry in group.entries:
        yield paragraph(_words(entry, pages), "Index1")


def _words(entry: IndexEntry, pages: Pages) -> str:
    """Title and pages, each page once."""
    known = dict.fromkeys(pages[anchor] for anchor in entry.anchors if anchor in pages)
    places = "、".join(known)
    return run(entry.title) + (tab() + run(places) if places else "")
