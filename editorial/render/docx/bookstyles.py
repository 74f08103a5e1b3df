"""The styles of a 评议稿, named as an editor would name them."""

from __future__ import annotations

from dataclasses import replace

from editorial.model.style import DraftStyle, FontConfig, TextRole
from editorial.render.docx.looks import (
    BASIC,
    LANGUAGE,
    WordStyle,
    faces,
    is_thickened,
    look_of,
    paragraph_look,
    run_look,
)
from editorial.render.docx.sections import Page
from editorial.render.docx.wordml import MM, ON, TWIPS, ppr, properties, rpr, val

MARGIN_NOTE_GAP = 4  # mm between text and a note in the margin
COVER_SHARE = 0.24  # of the depth above the title
FRAME = 'w:val="single" w:sz="8" w:space="0" w:color="C00000"'
STEP = 1.5  # ems a level of the 目录 stands further in


def book_styles(
    style: DraftStyle, fonts: FontConfig, page: Page
) -> tuple[tuple[WordStyle, ...], str]:
    """All styles, and the run properties of unstyled text."""
    body = look_of(style, "body")
    defaults = run_look(fonts, body, lang=LANGUAGE)
    return (
        *BASIC,
        *_text(style, fonts),
        *_headings(style, fonts),
        *_small(style, fonts),
        *_cover(style, fonts, page),
        *_contents(style, fonts, page),
        *_furniture(style, fonts, page),
        *_characters(style, fonts),
        _table(),
    ), defaults


def _styled(
    fonts: FontConfig,
    look: TextRole,
    style_id: str,
    name: str,
    *,
    alias: str = "",
    based: str = "",
    following: str = "",
    **children: str,
) -> WordStyle:
    return WordStyle(
        id=style_id,
        name=name,
        alias=alias,
        based=based,
        following=following,
        look=paragraph_look(look, **children) + run_look(fonts, look),
    )


def _text(style: DraftStyle, fonts: FontConfig) -> tuple[WordStyle, ...]:
    note, signature = look_of(style, "note"), look_of(style, "signature")
    return (
        _styled(fonts, look_of(style, "body"), "Normal", "Normal"),
        _styled(fonts, signature, "Signature", "供稿人", following="Normal"),
        _styled(fonts, note, "FootnoteText", "footnote text", alias="脚注"),
    )


def _headings(style: DraftStyle, fonts: FontConfig) -> tuple[WordStyle, ...]:
    """Based on Word's own headings, so that other programs see headings too."""
    named = (
        ("Chapter", "篇目", "chapter", 1),
        ("Group", "章", "group", 2),
        ("Section", "分目", "section", 3),
        ("Subheading", "次分目", "heading", 4),
    )
    bare = tuple(
        WordStyle(id=f"Heading{level}", name=f"heading {level}", hidden=True, look=_level(level))
        for _, _, _, level in named
    )
    own = tuple(
        _styled(
            fonts,
            look_of(style, role),
            style_id,
            name,
            based=f"Heading{level}",
            following="Normal",
            keepNext=ON,
            keepLines=ON,
            outlineLvl=val(level - 1),
        )
        for style_id, name, role, level in named
    )
    return bare + own


def _level(level: int) -> str:
    return ppr(keepNext=ON, outlineLvl=val(level - 1))


def _small(style: DraftStyle, fonts: FontConfig) -> tuple[WordStyle, ...]:
    """What belongs to tables and figures; titles stay with what they name."""
    table, cell = look_of(style, "table_title"), look_of(style, "table_cell")
    figure = look_of(style, "figure_title")
    unit = replace(cell, align="right", indent=0)
    head = replace(cell, align="center", indent=0, font=table.font)
    end = replace(cell, leading=8, indent=0)
    picture = replace(figure, indent=0, before=6, after=0)
    return (
        _styled(fonts, table, "TableTitle", "表题", keepNext=ON, keepLines=ON),
        _styled(fonts, unit, "TableUnit", "表单位", keepNext=ON),
        _styled(fonts, cell, "TableText", "表格"),
        _styled(fonts, head, "TableHead", "表头"),
        _styled(fonts, end, "TableEnd", "表后", spacing=_exactly(8)),
        _styled(fonts, figure, "FigureTitle", "图题", keepLines=ON),
        _styled(fonts, picture, "Picture", "图", keepNext=ON, spacing=_natural(picture)),
    )


def _exactly(points: float) -> str:
    return f'w:before="0" w:after="0" w:line="{round(points * TWIPS)}" w:lineRule="exact"'


def _natural(look: TextRole) -> str:
    """A line as high as the picture in it."""
    return f'w:before="{round(look.before * TWIPS)}" w:after="0" w:line="240" w:lineRule="auto"'


def _cover(style: DraftStyle, fonts: FontConfig, page: Page) -> tuple[WordStyle, ...]:
    line, title = look_of(style, "cover_line"), look_of(style, "cover_title")
    label = look_of(style, "cover_label")
    notice = replace(line, align="left", indent=0, size=look_of(style, "body").size, before=0)
    above = page.depth / TWIPS * COVER_SHARE
    return (
        _styled(fonts, notice, "CoverNotice", "封面提示"),
        _styled(fonts, replace(title, before=above), "BookTitle", "书名"),
        _styled(fonts, replace(label, before=label.before or 18), "DraftTitle", "稿名"),
        _styled(fonts, line, "CoverLine", "封面题署"),
        _styled(fonts, replace(line, font="hei"), "CoverOffice", "封面单位"),
        _styled(
            fonts,
            look_of(style, "front_title"),
            "FrontTitle",
            "前置标题",
            following="Normal",
            keepNext=ON,
        ),
    )


def _contents(style: DraftStyle, fonts: FontConfig, page: Page) -> tuple[WordStyle, ...]:
    """目录1–3: page number at the right edge after a dot leader."""
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{page.measure}"/></w:tabs>'
    chapter, section = look_of(style, "toc_chapter"), look_of(style, "toc_section")
    deeper = replace(section, indent=section.indent + STEP)
    looks = enumerate((chapter, section, deeper), 1)
    return tuple(_entry(fonts, look, level, tabs) for level, look in looks)


def _entry(fonts: FontConfig, look: TextRole, level: int, tabs: str) -> WordStyle:
    names = f"TOC{level}", f"toc {level}"
    return _styled(fonts, look, *names, alias=f"目录{level}", tabs=tabs, ind=_in(look))


def _in(look: TextRole) -> str:
    """The whole entry stands in. No right indent: some programs hide the number beyond it."""
    left = round(look.indent * look.size * TWIPS)
    return f'w:leftChars="{round(look.indent * 100)}" w:left="{left}"'


def _furniture(style: DraftStyle, fonts: FontConfig, page: Page) -> tuple[WordStyle, ...]:
    head, foot = look_of(style, "running_head"), look_of(style, "folio")
    plain = replace(look_of(style, "body"), indent=0, align="left")
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="auto"/></w:pBdr>'
    margin = replace(look_of(style, "note"), align="left", indent=0, font="hei", color="C00000")
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="6" w:color="auto"/>'
        for side in ("top", "bottom")
    )
    gap = round(MARGIN_NOTE_GAP * MM)
    return (
        _styled(fonts, replace(head, indent=0), "Header", "header", alias="页眉", pBdr=rule),
        _styled(fonts, replace(foot, align="center", indent=0), "Footer", "footer", alias="页脚"),
        _styled(fonts, plain, "Colophon", "版本记录", pBdr=f"<w:pBdr>{rules}</w:pBdr>"),
        _styled(fonts, margin, "Pending", "函询提示", ind=f'w:left="{gap}" w:right="{gap}"'),
    )


def _characters(style: DraftStyle, fonts: FontConfig) -> tuple[WordStyle, ...]:
    entry = look_of(style, "entry")
    bold = {"b": ON} if is_thickened(fonts, entry.font) else {}
    raised = rpr(vertAlign=val("superscript"))
    looks = (
        ("EntryTitle", "条目标题", "", rpr(rFonts=faces(fonts, entry.font), **bold)),
        ("Emphasis", "Emphasis", "强调", rpr(rFonts=faces(fonts, "hei"))),
        ("FootnoteReference", "footnote reference", "脚注号", raised),
        ("NoteNumber", "脚注序号", "", rpr(rFonts=faces(fonts, "song"))),
        ("Stamp", "示例标记", "", rpr(rFonts=faces(fonts, "hei"), color=val("C00000"), bdr=FRAME)),
        ("Hyperlink", "Hyperlink", "", rpr(color=val("0563C1"), u=val("single"))),
    )
    return tuple(
        WordStyle(id=style_id, name=name, alias=alias, kind="character", look=look)
        for style_id, name, alias, look in looks
    )


def _table() -> WordStyle:
    """Open at both sides, heavier above and below, as yearbooks set them."""
    edges = (
        ("top", 8, "auto"),
        ("bottom", 8, "auto"),
        ("insideH", 2, "7F7F7F"),
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
