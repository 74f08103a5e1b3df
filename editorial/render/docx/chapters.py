"""篇目 as sections of the file: so that its title can run above its pages, and its text stand
in columns that what is wide crosses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from editorial.model.book import Book, Part
from editorial.model.document import Figure, Table
from editorial.model.origin import HEADING
from editorial.render.chapters import (
    by_chapter,
    divider_numbers,
    has_divider,
    in_columns,
    is_group,
)
from editorial.render.docx.beside import set_part
from editorial.render.docx.blocks import placed, set_heading, set_placed, uncalled
from editorial.render.docx.divider import divider
from editorial.render.docx.figure_rows import is_wide_row
from editorial.render.docx.galley import Galley, Scope, scope_of
from editorial.render.docx.heads import Heads
from editorial.render.docx.looks import look_of
from editorial.render.docx.marks import indexed, marked_heading
from editorial.render.docx.pictures import EMU_PER_TWIP
from editorial.render.docx.sections import Begins, Page, section_xml, thin, whole
from editorial.render.docx.sides import part_change
from editorial.render.docx.tables import is_wide
from editorial.render.docx.tracked import closed_apart, whole_paragraph, wrapped
from editorial.render.docx.wordml import ON, TWIPS, frame, run, twips

PANORAMA = 1.75
SECTION = "<w:sectPr>"
EARLIER = "pStyle|keepNext|keepLines|pageBreakBefore|framePr"  # properties before widowControl
LOOK = re.compile(f"<w:p>(?:<w:pPr>(?P<first>(?:<w:(?:{EARLIER})[^>]*/>)*)(?P<rest>.*?)</w:pPr>)?")
UNWIDOWED = r'<w:p><w:pPr>\g<first><w:widowControl w:val="0"/>\g<rest></w:pPr>'


class Stretch(NamedTuple):
    """Blocks set on one kind of page; `page` None: they bring their own section."""

    page: Page | None
    blocks: list[str]


def set_chapters(book: Book, galley: Galley, heads: Heads) -> list[str]:
    """All 篇目 with their dividers, every section closed."""
    style, set_, numbers = galley.style, list[str](), divider_numbers(book)
    for parts in by_chapter(book.parts):
        begins: Begins = "oddPage" if style.recto else "nextPage"
        # A 花脸稿 has none: their titles would stay when the 篇目 goes.
        if has_divider(style, parts[0]) and galley.redline is None:
            page = whole(galley.page)
            titles = [part.title for part in parts[1:] if part.level == 2]
            blocks = divider(style, page, numbers.get(parts[0].id, 0), parts[0], titles)
            set_ += _closed(galley, parts, blocks, section_xml(page, heads.plain(), begins))
            begins = "nextPage"
        across = galley if in_columns(parts[0]) else replace(galley, page=whole(galley.page))
        set_ += _chapter(across, heads, parts, begins)
    return set_


def _chapter(
    galley: Galley, heads: Heads, parts: tuple[Part, ...], begins: Begins
) -> Iterator[str]:
    styles = [
        heading_style(part, after) for part, after in zip(parts, [*parts[1:], None], strict=True)
    ]
    running = heads.chapter(parts[0].title, styles)
    galley = replace(galley, running=running)
    stretches = list(_stretches(galley, parts, styles))
    references, every = running, galley.style.line_numbers
    for page, blocks in stretches:
        if page is None:
            yield from blocks
            begins = "nextPage"
            continue
        last = _begun(blocks, begins)
        if page.columns > 1:
            blocks[-1] = _free_to_part(blocks[-1])
        yield from _closed(galley, parts, blocks, section_xml(page, references, last, every=every))
        begins, references = "continuous", ""
    if stretches[-1].page and stretches[-1].page.columns > 1:  # what follows makes them even
        yield thin(section_xml(whole(galley.page), "", "continuous"))


def _free_to_part(block: str) -> str:
    """The last paragraph before columns are made even may leave a line alone: LibreOffice goes
    to and fro for ever between that rule and a footnote."""
    start = block.rfind("<w:p>")
    if start < 0 or block.endswith("</w:tbl>"):
        return block
    return block[:start] + LOOK.sub(UNWIDOWED, block[start:], count=1)


def _begun(blocks: list[str], begins: Begins) -> Begins:
    """How the last section of the blocks begins; the first one among them begins as asked."""
    first = next((place for place, block in enumerate(blocks) if SECTION in block), None)
    if first is None:
        return begins
    asked = f'<w:type w:val="{begins}"/>'
    blocks[first] = blocks[first].replace('<w:type w:val="nextPage"/>', asked, 1)
    return "nextPage"


def _closed(galley: Galley, parts: Sequence[Part], blocks: list[str], section: str) -> list[str]:
    """The break after a chapter goes with it when it is put in or taken out as a whole."""
    changes = [part_change(galley.redline, part.id).change for part in parts]
    kinds = {change.kind if change else "" for change in changes}
    return closed_apart(galley.revisions, changes[0] if len(kinds) == 1 else None, blocks, section)


# Stretches


def _stretches(galley: Galley, parts: Sequence[Part], styles: Sequence[str]) -> Iterator[Stretch]:
    """In one column all in one; in two, what is wide by itself."""
    if galley.page.columns == 1:
        set_ = (
            piece
            for part, style in zip(parts, styles, strict=True)
            for piece in _part(part, galley, style)
        )
        yield Stretch(galley.page, list(set_))
        return
    pages = {True: whole(galley.page), False: galley.page}
    wide, blocks = False, list[str]()
    for part, style in zip(parts, styles, strict=True):
        for crosses, pieces in _crossing(part, galley, style):
            lies = any(SECTION in piece for piece in pieces)
            if blocks and (lies or crosses != wide):
                yield Stretch(pages[wide], blocks)
                blocks = []
            if lies:
                yield Stretch(None, pieces[1:])  # the text before is closed already
            else:
                wide, blocks = crosses, blocks + pieces
    if blocks:
        yield Stretch(pages[wide], blocks)


def _crossing(part: Part, galley: Galley, style: str) -> Iterator[tuple[bool, list[str]]]:
    """The pieces of a part, each with whether it goes across the columns."""
    narrow, broad = scope_of(galley, part), scope_of(replace(galley, page=whole(galley.page)), part)
    yield part.level == 1, _heading(narrow, style)
    for places in placed(narrow):
        crosses = _crosses(narrow, places)
        yield crosses, set_placed(broad if crosses else narrow, places)
    yield False, uncalled(narrow)


def _crosses(scope: Scope, places: tuple[int, ...]) -> bool:
    blocks = [scope.part.blocks[each] for each in places]
    if len(blocks) > 1:
        return is_wide_row(scope, [each for each in blocks if isinstance(each, Figure)])
    match blocks[0]:
        case Table() as table:
            return is_wide(scope, table)
        case Figure(width=width) if width:
            return twips(width) > scope.galley.page.measure
        case Figure(src=src) if path := scope.part.images.get(src):
            picture = scope.galley.pictures.take(path)
            room = scope.galley.page.measure * EMU_PER_TWIP
            return bool(
                picture and picture.width > room and picture.width > PANORAMA * picture.height
            )
        case _:
            return False


# Parts


def heading_style(part: Part, following: Part | None) -> str:
    """篇目, 章 or 分目."""
    if part.level == 1:
        return "Chapter"
    return "Group" if is_group(part, following) else "Section"


def _part(part: Part, galley: Galley, style: str) -> list[str]:
    scope = scope_of(galley, part)
    return [*_heading(scope, style), *set_part(scope)]


def _heading(scope: Scope, style: str) -> list[str]:
    subjects = scope.galley.subjects.get((scope.part.id, HEADING), ())
    title = indexed(subjects, marked_heading(scope, set_heading(scope, style)))
    return [*_pending(scope.part, scope.galley), title]


def _pending(part: Part, galley: Galley) -> list[str]:
    """Numbers of letters still out, in the outer margin beside the heading."""
    if not part.pending or not galley.style.show_marks:
        return []
    heading = look_of(galley.style, "section")
    y = str(max(1, round(heading.before * 0.6 * TWIPS)))  # level with the heading
    place = frame(galley.page.outer, vAnchor="text", hAnchor="page", xAlign="outside", y=y)
    change = part_change(galley.redline, part.id).change
    words = wrapped(galley.revisions, change, run(f"未复函件：{'、'.join(part.pending)}"))
    return [whole_paragraph(galley.revisions, change, words, "Pending", framePr=place, keepNext=ON)]
