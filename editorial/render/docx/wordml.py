"""WordprocessingML as strings: text made safe, properties in the order the schema wants.

Word refuses or ignores children that stand in another order than ECMA-376 part 1,
so every `w:…Pr` is built by `properties`, which sorts them.
"""

from __future__ import annotations

import re
from functools import lru_cache

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{MAIN}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
TWIPS = 20
MM = 1440 / 25.4

ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike "
    "outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern "
    "position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize "
    "tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption",
    "trPr": "cnfStyle gridBefore gridAfter cantSplit trHeight tblHeader tblCellSpacing jc ins del",
    "tcPr": "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
    "vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid",
}
PLACES = {
    tag: {name: place for place, name in enumerate(order.split())} for tag, order in ORDERS.items()
}

# Controls, surrogates and non-characters cannot stand in XML 1.0 at all.
UNSAFE = re.compile('[&<>"\x00-\x1f\ufffe\uffff\ud800-\udfff]')
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": " ", "\n": " "}
# Signs both scripts use: without a hint Word takes “ ” … — · from the Latin face.
SHARED = re.compile("[\u00a1-\u02ff\u0370-\u04ff\u2010-\u2bff]")
HINT = '<w:rFonts w:hint="eastAsia"/>'


def escape(text: str) -> str:
    """Text for XML content or an attribute; what XML cannot hold is left out."""
    return UNSAFE.sub(lambda found: ENTITIES.get(found[0], ""), text)


def val(value: object) -> str:
    """The attribute most properties consist of."""
    return f'w:val="{value}"'


ON, OFF = "", val(0)


@lru_cache(maxsize=4096)
def properties(tag: str, *children: tuple[str, str]) -> str:
    """`<w:TAG>` with its children sorted; each is a name with its attributes or whole element."""
    places = PLACES[tag]
    ordered = sorted(children, key=lambda child: places[child[0]])
    inner = "".join(_element(name, content) for name, content in ordered)
    return f"<w:{tag}>{inner}</w:{tag}>" if inner else ""


def _element(name: str, content: str) -> str:
    if content.startswith("<"):
        return content
    return f"<w:{name} {content}/>" if content else f"<w:{name}/>"


def ppr(**children: str) -> str:
    return properties("pPr", *children.items())


def rpr(**children: str) -> str:
    return properties("rPr", *children.items())


def paragraph(content: str, style: str = "", **children: str) -> str:
    """One `w:p`; `children` are direct properties beside the style."""
    if style:
        children["pStyle"] = val(style)
    return f"<w:p>{ppr(**children)}{content}</w:p>"


def run(text: str, **children: str) -> str:
    """One `w:r`; empty text gives nothing. Text is escaped here."""
    if not text:
        return ""
    if "rFonts" not in children and SHARED.search(text):
        children["rFonts"] = HINT
    props = rpr(**children) if children else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tab(**children: str) -> str:
    return f"<w:r>{rpr(**children)}<w:tab/></w:r>"


def field(instruction: str, cached: str = "1", **children: str) -> str:
    """A complex field with the result shown until Word works it out again."""
    return field_start(instruction) + run(cached, **children) + field_end()


def field_start(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end() -> str:
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def twips(millimetres: float) -> int:
    return round(millimetres * MM)


def frame(width: int, **place: str) -> str:
    """framePr attributes of a paragraph set apart from the text; width in twips."""
    spots = " ".join(f'w:{name}="{value}"' for name, value in place.items())
    return f'w:w="{width}" w:hSpace="0" w:wrap="notBeside" {spots}'
