"""Rules of ISO 14289-1 (PDF/UA-1) that a machine can check, over the tag tree and the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, Name

from tests.render.pdf_evidence import Evidence, Tag, attributes

GROUPING = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
BLOCKS = "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
INLINE = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP"
STANDARD = {*GROUPING.split(), *BLOCKS.split(), *INLINE.split(), "Figure", "Formula", "Form"}
# These group other elements and hold no content of their own (ISO 32000-1, 14.8.4.2).
HOLLOW = {"Document", "Part", "Art", "Sect", "Div", "TOC", "Index"}
ROWS = {"TR", "THead", "TBody", "TFoot"}
# A blank cell has nothing in it, nor has a row that cells from above reach all across.
CELLS = {"TR", "TH", "TD"}
# What may stand in an element, and what an element may stand in (ISO 32000-1, 14.8.4.3).
KIDS = {
    "TOC": {"TOC", "TOCI", "Caption"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {*ROWS, "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
ABOVE = {
    "TOCI": {"TOC"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
}


def marked(found: Evidence) -> Iterator[str]:
    root = found.pdf.Root
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "not said to be tagged"
    if root.get("/MarkInfo", Dictionary()).get("/Suspects", False):
        yield "tags are suspect"
    if not found.tags:
        yield "no structure tree"


def titled(found: Evidence) -> Iterator[str]:
    root = found.pdf.Root
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "the window does not show the title"
    if not str(found.pdf.docinfo.get("/Title", "")):
        yield "no title"


def all_tagged(found: Evidence) -> Iterator[str]:
    for sheet in found.sheets:
        if sheet.loose:
            drawn = dict(Counter(sheet.loose))
            yield f"page {sheet.number}: {drawn} neither tagged nor artifacts"
        if sheet.crossed or sheet.unclosed:
            yield f"page {sheet.number}: marks nested or not closed"


def tied(found: Evidence) -> Iterator[str]:
    """Marks, elements and parent tree say the same (ISO 32000-1, 14.7.4.4)."""
    claimed = {mark: tag for tag in found.tags for mark in tag.marks}
    drawn = {(s.page.objgen, mcid) for s in found.sheets for mcid, _ in s.marks}
    if len(drawn) != sum(len(sheet.marks) for sheet in found.sheets):
        yield "two marks of one page have one number"
    yield from (f"mark {mark} belongs to no element" for mark in sorted(drawn - claimed.keys()))
    yield from (f"mark {mark} is not drawn" for mark in sorted(claimed.keys() - drawn))
    yield from (f"{tag.role} {tag.index}: {tag.broken}" for tag in found.tags if tag.broken)
    for sheet in found.sheets:
        held = found.parents.get(int(sheet.page.get("/StructParents", -1)), [])
        for mcid, _ in sheet.marks:
            tag = claimed.get((sheet.page.objgen, mcid))
            if mcid >= len(held) or tag is None or held[mcid].objgen != tag.element.objgen:
                yield f"page {sheet.number}: the parent tree is wrong about mark {mcid}"


def filled(found: Evidence) -> Iterator[str]:
    for tag in found.tags:
        if tag.role not in CELLS and not (tag.kids or tag.marks or tag.objects):
            yield f"{tag.role} {tag.index} is empty"


def roles(found: Evidence) -> Iterator[str]:
    yield from sorted({tag.role for tag in found.tags} - STANDARD)


def nesting(found: Evidence) -> Iterator[str]:
    for tag in found.tags:
        above = found.tags[tag.parent].role if tag.parent >= 0 else "the root"
        if above not in ABOVE.get(tag.role, {above}):
            yield f"{tag.role} {tag.index} in {above}"
        kids = [found.tags[kid].role for kid in tag.kids]
        if wrong := set(kids) - KIDS.get(tag.role, set(kids)):
            yield f"{sorted(wrong)} in {tag.role} {tag.index}"
        if tag.role in HOLLOW | KIDS.keys() and tag.marks:
            yield f"text in {tag.role} {tag.index} itself"
        if "Caption" in kids[1:-1] or kids.count("Caption") > 1:
            yield f"{tag.role} {tag.index}: caption in the middle"


def language(found: Evidence) -> Iterator[str]:
    if str(found.pdf.Root.get("/Lang", "")) != "zh-CN":
        yield "the language is not zh-CN"


def figures(found: Evidence) -> Iterator[str]:
    for tag in found.tags:
        if tag.role in ("Figure", "Formula") and not str(tag.element.get("/Alt", "")).strip():
            yield f"{tag.role} {tag.index} has no alternate text"


def boxes(found: Evidence) -> Iterator[str]:
    """Figures say where they are drawn (ISO 32000-1, 14.8.5.4.3), and that is on the page."""
    paper = {
        sheet.page.objgen: [float(each) for each in sheet.page.MediaBox] for sheet in found.sheets
    }
    for tag in found.tags:
        if tag.role != "Figure":
            continue
        box = [float(each) for each in attributes(tag.element).get("/BBox", [])]
        held = [paper[page] for page, _ in tag.marks]
        if len(box) != 4 or not all(
            page[0] <= box[0] < box[2] <= page[2] and page[1] <= box[1] < box[3] <= page[3]
            for page in held
        ):
            yield f"Figure {tag.index} has no box on its page: {box}"


def headings(found: Evidence) -> Iterator[str]:
    last = 0
    for tag in found.tags:
        if re.fullmatch("H[1-6]", tag.role):
            level = int(tag.role[1])
            if level > last + 1:
                yield f"H{level} follows H{last}" if last else f"begins with H{level}"
            last = level


def tables(found: Evidence) -> Iterator[str]:
    for tag in found.tags:
        if tag.role == "TH" and not attributes(tag.element).get("/Scope"):
            yield f"TH {tag.index} has no scope"
        if tag.role == "Table":
            columns = _columns(found, tag)
            if not columns:
                yield f"Table {tag.index} has no rows"
            elif len(set(columns)) > 1:
                yield f"Table {tag.index}: rows of {sorted(set(columns))} columns"


def _columns(found: Evidence, table: Tag) -> list[int]:
    """How many columns each row has, cells from rows above counted in."""
    rows = [found.tags[kid] for kid in table.kids]
    rows = [row for part in rows for row in _rows(found, part)]
    columns: list[int] = []
    reaching: list[Any] = []
    for row in rows:
        cells = [attributes(found.tags[kid].element) for kid in row.kids]
        width = sum(int(cell.get("/ColSpan", 1)) for cell in cells)
        columns.append(width + sum(span for span, _ in reaching))
        reaching = [(span, left - 1) for span, left in reaching if left > 1]
        spans = [(int(c.get("/ColSpan", 1)), int(c.get("/RowSpan", 1)) - 1) for c in cells]
        reaching += [(span, left) for span, left in spans if left > 0]
    return columns if not reaching else [*columns, -1]


def _rows(found: Evidence, part: Tag) -> list[Tag]:
    if part.role == "TR":
        return [part]
    return [found.tags[kid] for kid in part.kids if part.role in ROWS]


def notes(found: Evidence) -> Iterator[str]:
    names = [str(t.element.get("/ID", "")) for t in found.tags if t.role == "Note"]
    if "" in names or len(set(names)) < len(names):
        yield "notes without a name of their own"


def in_tree(found: Evidence) -> Iterator[str]:
    by_key = {tag.element.objgen: tag for tag in found.tags}
    for sheet, annotation in found.annotations():
        if annotation.Subtype == Name.Popup:
            continue
        parent = found.parents.get(int(annotation.get("/StructParent", -1)))
        tag = by_key.get(parent.objgen) if parent is not None else None
        wanted = "Link" if annotation.Subtype == Name.Link else "Annot"
        if tag is None or annotation.objgen not in tag.objects or tag.role != wanted:
            yield f"page {sheet.number}: annotation {annotation.objgen[0]} is in no tag of its kind"


def tab_order(found: Evidence) -> Iterator[str]:
    for sheet in found.sheets:
        if "/Annots" in sheet.page and sheet.page.get("/Tabs") != Name.S:
            yield f"page {sheet.number}: tab order"


def links(found: Evidence) -> Iterator[str]:
    for sheet, annotation in found.annotations():
        if annotation.Subtype == Name.Link and not str(annotation.get("/Contents", "")).strip():
            yield f"page {sheet.number}: link {annotation.objgen[0]} says nothing"
    for tag in found.tags:
        if tag.role == "Link" and not tag.objects:
            yield f"Link {tag.index} leads nowhere"


def linked(found: Evidence) -> Iterator[str]:
    """What contents and index say stands in their links (ISO 32000-1, table 338)."""
    for tag in found.tags:
        if tag.role == "Link" and not (tag.marks or tag.kids) and _listed(found, tag):
            yield f"Link {tag.index} holds no text"
        if tag.role == "TOCI" and (tag.marks or not tag.kids):
            yield f"TOCI {tag.index} is no link"


def _listed(found: Evidence, tag: Tag) -> bool:
    while tag.parent >= 0:
        tag = found.tags[tag.parent]
        if tag.role in ("TOC", "Index"):
            return True
    return False


TAGS = {
    "7.1 tagged": marked,
    "7.1 title": titled,
    "7.1 content": all_tagged,
    "7.1 structure": tied,
    "7.1 empty": filled,
    "7.1 roles": roles,
    "7.2 nesting": nesting,
    "7.2 language": language,
    "7.3": figures,
    "7.3 box": boxes,
    "7.4.2": headings,
    "7.5": tables,
    "7.9": notes,
    "7.18.1": in_tree,
    "7.18.3": tab_order,
    "7.18.5": links,
    "7.18.5 text": linked,
}
