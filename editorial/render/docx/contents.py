"""目录, 表目录, 图目录: fields that hold titles and pages as they stand in the PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from editorial.model.book import INDEX_PLACE, Book, Pages, Part
from editorial.model.document import Entry, Heading, plain
from editorial.model.origin import HEADING, mark_name
from editorial.model.redline import heading_change
from editorial.model.style import DraftStyle
from editorial.render.chapters import has_index
from editorial.render.docx.galley import Galley, places_of
from editorial.render.docx.marks import BEGIN, PLAIN, code, content_of
from editorial.render.docx.sections import thin
from editorial.render.docx.sides import NEW, change_at, field_stretches, has, on_side, part_change
from editorial.render.docx.wordml import field, field_end, field_start, paragraph, run, tab
from editorial.render.listings import Listed
from editorial.render.titles import listed_level
from editorial.values import dataclass

TITLE, UNTITLED = "目　录", "（无题）"
INDEX_TITLE, INDEX_MARK = "主题索引", "_TocIndex"
ALL_LEVELS = 3  # what `toc_levels` says when the 条目 are wanted
DEEPEST = 6  # styles TOC1 to TOC6
ENTRIES = "c"  # names the TC fields of 条目
CONTENTS_KIND = (
    '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
    "<w:docPartUnique/></w:docPartObj></w:sdtPr>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a list: `mark` is the bookmark it leads to, `page` empty while not known."""

    level: int
    title: str
    mark: str
    page: str


def lists_entries(galley: Galley) -> bool:
    """Whether the 目录 lists 条目 too, and Word can: of a 花脸稿 it would list the old ones."""
    return galley.style.toc_levels >= ALL_LEVELS and galley.redline is None


def listed_entry(title: str, level: int, piece: str) -> str:
    """A paragraph with a TC field, from which Word makes a line of the 目录 anew."""
    at = content_of(piece)
    if at < 0:
        return piece
    words = code(f' TC "{title.translate(PLAIN)}" \\f {ENTRIES} \\l {level} ')
    return f"{piece[:at]}{BEGIN}{words}{field_end()}{piece[at:]}"


def places_named(book: Book, galley: Galley, named: Mapping[str, str]) -> Pages:
    """The page of each part, block and of the index from that of its bookmark."""
    found = {INDEX_PLACE: named[INDEX_MARK]} if INDEX_MARK in named else {}
    for part in book.parts:
        marks = {HEADING: galley.anchors.parts[part.id].name}
        for index, place in enumerate(places_of(part, galley.redline)):
            if place is not None:
                marks[index] = mark_name(part.id, place)
        found |= {(part.id, at): named[mark] for at, mark in marks.items() if mark in named}
    return found


def contents_lines(book: Book, style: DraftStyle, galley: Galley, pages: Pages) -> tuple[Line, ...]:
    """篇目 and 分目 always, 次分目 and 条目 when `toc_levels` reaches 3; the index last."""
    lines = [
        line
        for part in book.parts
        if has(part_change(galley.redline, part.id).change, NEW)
        for line in _lines(part, style, galley, pages)
    ]
    if lines and has_index(style, book.parts):
        page = pages.get(INDEX_PLACE, "")
        lines.append(Line(level=1, title=INDEX_TITLE, mark=INDEX_MARK, page=page))
    return tuple(lines)


def _lines(part: Part, style: DraftStyle, galley: Galley, pages: Pages) -> Iterator[Line]:
    mark = galley.anchors.parts[part.id].name
    page = pages.get((part.id, HEADING), "")
    if has(heading_change(part_change(galley.redline, part.id)), NEW):
        yield Line(level=part.level, title=part.title, mark=mark, page=page)
    if style.toc_levels < ALL_LEVELS:
        return
    places = places_of(part, galley.redline)
    for index, (block, place) in enumerate(zip(part.blocks, places, strict=True)):
        if isinstance(block, Entry | Heading) and place is not None:
            title = block.title if isinstance(block, Entry) else _new_words(galley, part, index)
            yield Line(
                level=listed_level(part, index),
                title=title,
                mark=mark_name(part.id, place),
                page=pages.get((part.id, index), ""),
            )


def _new_words(galley: Galley, part: Part, index: int) -> str:
    """Of a 次分目; in a 花脸稿 its runs hold the old words too."""
    block = part.blocks[index]
    runs = block.runs if isinstance(block, Heading) else ()
    change = change_at(galley.redline, part.id, index) if galley.redline else None
    return plain(on_side(field_stretches(change, "runs", runs), NEW) if change else runs)


def list_lines(
    book: Book, listed: Iterable[Listed], galley: Galley, pages: Pages
) -> Iterator[Line]:
    """The lines of 表目录 or 图目录: the captions as they stand at table or figure."""
    places = {part.id: places_of(part, galley.redline) for part in book.parts}
    for each in listed:
        name, index = each.anchor
        place = places[name][index]
        if place is not None:
            title = "　".join(filter(None, (galley.numbers.get(each.anchor), each.title)))
            mark = mark_name(name, place)
            yield Line(level=1, title=title, mark=mark, page=pages.get(each.anchor, ""))


def set_contents(lines: Sequence[Line], style: DraftStyle) -> list[str]:
    """The 目录 as one field in the control by which Word offers to update it."""
    deepest = max((line.level for line in lines), default=1)
    entries = f" \\f {ENTRIES}" if style.toc_levels >= ALL_LEVELS else ""
    set_ = _field(f'TOC \\o "1-{deepest}" \\h \\z \\u{entries}', lines, _toc_style)
    return [f"<w:sdt>{CONTENTS_KIND}<w:sdtContent>{''.join(set_)}</w:sdtContent></w:sdt>"]


def set_list(lines: Sequence[Line], caption: str) -> list[str]:
    """A list of all paragraphs in the style `caption`, 表题 or 图题."""
    return _field(f'TOC \\h \\z \\t "{caption},1"', lines, lambda _: "TableofFigures")


def _toc_style(line: Line) -> str:
    return f"TOC{min(line.level, DEEPEST)}"


def _field(instruction: str, lines: Sequence[Line], style: Callable[[Line], str]) -> list[str]:
    """Entries between the beginning and the end of a field; the end in a paragraph of its
    own, which is as Word has it."""
    begin = field_start(instruction)
    entries = [_entry(line, style(line)) for line in lines]
    if entries:
        entries[0] = entries[0].replace("</w:pPr>", f"</w:pPr>{begin}", 1)
        begin = ""
    return [*entries, thin().replace("</w:pPr>", f"</w:pPr>{begin}{field_end()}")]


def _entry(line: Line, style: str) -> str:
    title = run(line.title if line.title.strip() else UNTITLED)
    words = f"{title}{tab()}" + field(f"PAGEREF {line.mark} \\h", line.page)
    link = f'<w:hyperlink w:anchor="{line.mark}" w:history="1">{words}</w:hyperlink>'
    return paragraph(link, style)
