"""A Word file without notes, pictures or facing pages: letters, papers, registers, digests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from editorial.model.style import FontConfig, TextRole
from editorial.render.docx.looks import (
    CHINESE_LINES,
    JUSTIFY,
    WordStyle,
    font_table_xml,
    indent,
    run_look,
    settings_xml,
    styles_xml,
)
from editorial.render.docx.package import FilePart, Properties, Relations, packed, word_part
from editorial.render.docx.wordml import NAMESPACES, TWIPS, ppr, properties, val

EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
LINE = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'


def plain_docx(
    body: str,
    styles: Iterable[WordStyle],
    default: str,
    fonts: FontConfig,
    told: Properties,
    *,
    relations: Relations,
    outside: Iterable[FilePart],
    spaces: str = "",
) -> bytes:
    """The file of what stands in `body`; `default` is the look of a run without style, `outside`
    are its headers and footers, already among `relations`, `spaces` further namespaces."""
    parts = [
        word_part("styles", "styles", styles_xml(tuple(styles), default)),
        word_part("settings", "settings", settings_xml(facing=False, notes=False)),
        word_part("fontTable", "fontTable", font_table_xml(fonts)),
    ]
    for part in parts:
        name = part.name.removeprefix("word/")
        relations.add(name.removesuffix(".xml"), name)
    xml = f"<w:document {NAMESPACES}{spaces}><w:body>{body}</w:body></w:document>"
    document = word_part("document", "document.main", xml, relations.listed)
    return packed([document, *parts, *outside], told)


def exact_look(
    role: TextRole, fonts: FontConfig, *, before: float, after: float, **more: str
) -> str:
    """Lines of exact height; `before` and `after` in points."""
    above, below, line = (round(points * TWIPS) for points in (before, after, role.leading))
    spacing = f'w:before="{above}" w:after="{below}" w:line="{line}" w:lineRule="exact"'
    own = {"spacing": spacing, "ind": indent(role), "jc": val(JUSTIFY[role.align])}
    return ppr(**CHINESE_LINES | own | more) + run_look(fonts, role)


def ruled(style_id: str, name: str, pads: Sequence[int] = ()) -> WordStyle:
    """The style of a table with a thin rule on every side of every cell; `pads` in twips, above,
    left, below and right of the text."""
    rules = "".join(f"<w:{side} {LINE}/>" for side in EDGES)
    room = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in zip(EDGES[: len(pads)], pads, strict=True)
    )
    look = properties(
        "tblPr",
        ("tblInd", 'w:w="0" w:type="dxa"'),
        ("tblBorders", f"<w:tblBorders>{rules}</w:tblBorders>"),
        *([("tblCellMar", f"<w:tblCellMar>{room}</w:tblCellMar>")] if pads else []),
    )
    return WordStyle(id=style_id, name=name, kind="table", based="TableNormal", look=look)
