"""The styles of whole tables: with rules as yearbooks have them, and without any."""

from __future__ import annotations

from editorial.render.docx.looks import WordStyle
from editorial.render.docx.wordml import properties


def table_styles() -> tuple[WordStyle, ...]:
    plain = WordStyle(id="PlainTable", name="名单", kind="table", based="TableNormal")
    return (_table(), _ruled_table(), plain)


def _table() -> WordStyle:
    """Open at both sides, heavier above and below, as yearbooks set them."""
    edges = (
        ("top", 8, "auto"),
        ("bottom", 8, "auto"),
        ("insideV", 2, "7F7F7F"),
    )
    borders = "".join(
        f'<w:{name} w:val="single" w:sz="{weight}" w:space="0" w:color="{color}"/>'
        for name, weight, color in edges
    )
    margins = "".join(
        f'<w:{name} w:w="{width}" w:type="dxa"/>'
        for name, width in (("top", 30), ("left", 60), ("bottom", 30), ("right", 60))
    )
    look = properties(
        "tblPr",
        ("tblInd", 'w:w="0" w:type="dxa"'),
        ("tblBorders", f"<w:tblBorders>{borders}</w:tblBorders>"),
        ("tblCellMar", f"<w:tblCellMar>{margins}</w:tblCellMar>"),
    )
    return WordStyle(id="BookTable", name="年鉴表", kind="table", based="TableNormal", look=look)


def _ruled_table() -> WordStyle:
    """The same with a fine rule under every row: where rows take several lines, or go over."""
    rule = '<w:insideH w:val="single" w:sz="2" w:space="0" w:color="7F7F7F"/>'
    look = properties("tblPr", ("tblBorders", f"<w:tblBorders>{rule}</w:tblBorders>"))
    name = "年鉴表（行线）"
    return WordStyle(id="RuledTable", name=name, kind="table", based="BookTable", look=look)
