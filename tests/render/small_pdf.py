"""A whole small book as PDF, tagged, with faces of its own making: squares of known width."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfbase.pdfdoc import PDFDocument

from editorial.render.pdf.canvas import document_of, open_canvas
from editorial.render.pdf.file import Gathered, Stream, bulk, collect, deflated, set_catalog
from editorial.render.pdf.metadata import Metadata, Placed, set_metadata
from editorial.render.pdf.navigation import (
    Leaf,
    destination,
    link_annotation,
    resources,
    set_outline,
    set_pages,
)
from editorial.render.pdf.structure import Element, Section, Tie, add_structure

PAPER = (595.28, 841.89)
ALPHABET = "示例年鉴目录正文续表注图说明0123456789"
METADATA = Metadata(
    title="示例年鉴2019（评议稿）", author="示例市地方志办公室", date=date(2020, 3, 3)
)
CONTENTS, LINE, REFERENCE, LINK = 2, 3, 4, 5
TABLE, HEAD, ROW, LAST_ROW, FIGURE = 8, 9, 12, 14, 16
ELEMENTS = (
    Element("H1"),
    Element("H2"),
    Element("TOC"),
    Element("TOCI", CONTENTS),
    Element("Reference", LINE),
    Element("Link", REFERENCE),
    Element("P"),
    Element("Note"),
    Element("Table"),
    Element("TR", TABLE),
    Element("TH", HEAD, attributes="<</O/Table/Scope/Column/RowSpan 2>>"),
    Element("TH", HEAD, attributes="<</O/Table/Scope/Column>>"),
    Element("TR", TABLE),
    Element("TD", ROW),
    Element("TR", TABLE),
    Element("TD", LAST_ROW, attributes="<</O/Table/ColSpan 2>>"),
    Element("Figure", alt="示例：一个灰色方块"),
    Element("Sect"),
)
# Page by page the element of each mark; the paragraph (6) goes on over the leaf.
MARKS = ((0, 5, 1, 6), (6, 7, 10, 11, 13, 15, 16))


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    document: PDFDocument
    placed: Placed
    mark: int
    pages: tuple[int, ...]


def squares(*, compact: bool = False, alphabet: str = ALPHABET) -> bytes:
    """A face of one square for each character, digits half an em wide."""
    order = [".notdef", *(f"g{ord(char):04X}" for char in alphabet)]
    wide = {name: 500 if name[1:3] == "00" else 1000 for name in order}
    builder = FontBuilder(1000, isTTF=not compact)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(char): f"g{ord(char):04X}" for char in alphabet})
    pens = {n: T2CharStringPen(wide[n], None) if compact else TTGlyphPen(None) for n in order}
    for name, pen in pens.items():
        pen.moveTo((50, 0))
        for x, y in ((wide[name] - 50, 0), (wide[name] - 50, 800), (50, 800)):
            pen.lineTo((x, y))
        pen.closePath()
    if compact:
        outlines = {name: pen.getCharString() for name, pen in pens.items()}
        builder.setupCFF("Squares", {}, outlines, {})
    else:
        builder.setupGlyf({name: pen.glyph() for name, pen in pens.items()})
    builder.setupHorizontalMetrics({name: (wide[name], 50) for name in order})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Squares", "psName": "Squares"})
    builder.setupPost()
    out = BytesIO()
    builder.font.recalcTimestamp = False
    builder.save(out)
    return builder.font.getTableData("CFF ") if compact else out.getvalue()


@cache
def _program(compact: bool) -> bytes:
    return squares(compact=compact)


def put_face(document: PDFDocument, name: str, *, compact: bool = False) -> None:
    """Embed the squares as a Type 0 font; a code is a place in ALPHABET, from 1."""
    raw, program = bulk(document), _program(compact)
    kind = "/Subtype/CIDFontType0C" if compact else f"/Length1 {len(program)}"
    file = raw.add(deflated(program, kind))
    widths = " ".join("500" if char.isdigit() else "1000" for char in ALPHABET)
    lines = "\n".join(f"<{n:04X}> <{ord(char):04X}>" for n, char in enumerate(ALPHABET, 1))
    text = raw.add(deflated(f"{len(ALPHABET)} beginbfchar\n{lines}\nendbfchar".encode()))
    key = "FontFile3" if compact else "FontFile2"
    descriptor = raw.add(
        f"<</Type/FontDescriptor/FontName/AAAAAA+Squares/Flags 4/FontBBox[0 0 1000 800]"
        f"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 800/StemV 80/{key} {file} 0 R>>".encode()
    )
    map_ = "" if compact else "/CIDToGIDMap/Identity"
    descendant = raw.add(
        f"<</Type/Font/Subtype/CIDFontType{0 if compact else 2}/BaseFont/AAAAAA+Squares"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/DW 1000/W[1[{widths}]]{map_}>>".encode()
    )
    font = raw.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Squares/Encoding/Identity-H"
        f"/DescendantFonts[{descendant} 0 R]/ToUnicode {text} 0 R>>".encode()
    )
    held: Any = document
    held.idToObject["BasicFonts"].dict[name] = f"{font} 0 R"


def shown(text: str, x: float, y: float, font: str = "F1") -> str:
    codes = "".join(f"{ALPHABET.index(char) + 1:04X}" for char in text)
    return f"BT /{font} 12 Tf {x} {y} Td <{codes}> Tj ET"


def tagged(role: str, mcid: int, operators: str) -> str:
    return f"/{role} <</MCID {mcid}>> BDC {operators} EMC"


def artifact(operators: str) -> str:
    return f"/Artifact <</Type/Pagination>> BDC {operators} EMC"


def contents() -> tuple[str, str]:
    """Operators of the two pages, in the order of MARKS."""
    first = (
        artifact(shown("示例年鉴", 72, 800)),
        tagged("H1", 0, shown("示例年鉴2019", 72, 700)),
        tagged("Link", 1, shown("正文2", 72, 670, "F2")),
        tagged("H2", 2, shown("正文", 72, 640)),
        tagged("P", 3, shown("正文续", 72, 610)),
    )
    cells = ("表1", "表2", "12", "34")
    second = (
        artifact("0 G 72 790 m 500 790 l S"),
        tagged("P", 0, shown("续文", 72, 700)),
        tagged("Note", 1, shown("注1", 72, 100)),
        *(tagged("TD", n, shown(t, 72 + 60 * n, 500)) for n, t in enumerate(cells, 2)),
        tagged("Figure", 6, "q 100 0 0 100 72 300 cm /Im1 Do Q"),
    )
    return "\n".join(first), "\n".join(second)


def small_document(metadata: Metadata = METADATA) -> Small:
    document = document_of(open_canvas((210, 297)))
    raw = bulk(document)
    first, mark = raw.reserve(2), raw.reserve()
    raw.put_stream(mark, "", b"")
    put_face(document, "F1")
    put_face(document, "F2", compact=True)
    picture = raw.add(
        Stream(
            "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8"
            "/ColorSpace/DeviceGray/Filter/FlateDecode",
            zlib.compress(bytes((90, 160, 160, 90))),
        )
    )
    shared = raw.add(resources(document, {"Im1": picture}))
    pages = (first, first + 1)
    goal = destination(pages[1], 720)
    link = raw.add(
        link_annotation((72, 668, 130, 682), dest=goal, contents="正文，第2页", struct_parent=2)
    )
    leaves = [
        Leaf(size=PAPER, contents=(mark, raw.add(deflated(drawn.encode()))), resources=shared)
        for drawn in contents()
    ]
    leaves[0] = replace(leaves[0], annotations=(link,))
    tagged_leaves = [replace(leaf, structure=page) for page, leaf in enumerate(leaves)]
    set_pages(document, tagged_leaves, first)
    box = (72.0, 300.0, 172.0, 372.0)
    whole = Section(0, ELEMENTS, MARKS, (Tie(link, 0, LINK),), ((FIGURE, box),))
    add_structure(document, [whole], range(first, first + 2))
    set_outline(document, [(0, "示例年鉴", destination(first, 720)), (1, "正文", goal)])
    set_catalog(document, "PageLayout", "/TwoPageRight")
    placed = set_metadata(document, metadata)
    return Small(document=document, placed=placed, mark=mark, pages=pages)


def gathered(small: Small) -> Gathered:
    return collect(small.document, (small.mark, small.placed.info, small.placed.packet))
