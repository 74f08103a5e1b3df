"""The styles of a 评议稿, named as an editor would name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from editorial.model.style import DraftStyle, FontConfig, TextRole, role_of
from editorial.render.docx.cells import cell_styles
from editorial.render.docx.contents import DEEPEST
from editorial.render.docx.divider import GAP, NUMBER_SHARE
from editorial.render.docx.front import CORNER_LEADING
from editorial.render.docx.index import index_page
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
from editorial.render.docx.sections import Page, whole
from editorial.render.docx.tablestyles import table_styles
from editorial.render.docx.wordml import MM, OFF, ON, TWIPS, ppr, properties, rpr, val
from editorial.render.forms import QUOTE_INSET, quote_look
from editorial.render.grid import REMARK_INDENT
from editorial.render.widths import sizes_of

NUMBER_COLOR = "7F7F7F"
# Ems. Where a hang ends is a tab stop, and behind a title of one character the tab must not stop.
HANG = 0.9
MARGIN_NOTE_GAP = 4  # mm between text and a note in the margin
CORNER_SIZE = 12.0
LABEL_GAP, EDITION_GAP = 26.0, 14.0  # points above 稿名 and 稿次 on the cover
FRAME = 'w:val="single" w:sz="8" w:space="0" w:color="C00000"'
# What has the leading of the page's lines.
ON_GRID = (
    *("Normal", "Signature"),
    *("Quote", "Verse", "TitleNote", "MiddleHead", "Salutation", "Closing"),
    *("RightLine", "MiddleLine"),
)
# What has no line numbers beside it: all but the text, for LibreOffice numbers every section.
UNCOUNTED = (
    *("Cover", "Book", "Scope", "Draft", "Edition", "Front", "TOC", "Divider"),
    *("Table", "Picture", "FigureTitle", "Pending", "Index", "Colophon", "Form"),
)


def book_styles(
    style: DraftStyle, fonts: FontConfig, page: Page
) -> tuple[tuple[WordStyle, ...], str]:
    """All styles, and the run properties of unstyled text."""
    body = look_of(style, "body")
    defaults = run_look(fonts, body, lang=LANGUAGE)
    return (
        *BASIC,
        *_text(style, fonts),
        *_forms(style, fonts),
        *_headings(style, fonts),
        *_small(style, fonts),
        *_cover(style, fonts),
        *_divider(style, fonts),
        *_contents(style, fonts, page),
        *_furniture(style, fonts, page),
        *_characters(style, fonts),
        *table_styles(),
        *_index(style, fonts, page),
        *(_form(style, fonts) if style.opinion_form else ()),
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
    if style_id not in ON_GRID:
        children.setdefault("snapToGrid", OFF)
    if style_id.startswith(UNCOUNTED):
        children["suppressLineNumbers"] = ON
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
    remark = replace(note, align="left", indent=0)
    return (
        _styled(fonts, look_of(style, "body"), "Normal", "Normal"),
        _styled(fonts, signature, "Signature", "供稿人", following="Normal"),
        _styled(fonts, note, "FootnoteText", "footnote text", alias="脚注"),
        _styled(fonts, remark, "CommentText", "annotation text", alias="批注"),
    )


def _forms(style: DraftStyle, fonts: FontConfig) -> tuple[WordStyle, ...]:
    """引文, 诗文, what stands under the title of a 公文 and what closes it."""
    body, quote = replace(look_of(style, "body"), indent=0), quote_look(style, fonts.roles)
    aside = replace(quote, indent=0, align="center")
    head = replace(body, font=style.emphasis, align="center", before=body.leading / 2)
    em = quote.size * TWIPS
    stands = f'w:left="{round(QUOTE_INSET * em)}" w:firstLine="{round(quote.indent * em)}"'
    kept = {"keepNext": ON, "keepLines": ON}
    closing = replace(body, align="right")
    return (
        _styled(fonts, quote, "Quote", "Quote", alias="引文", ind=stands),
        _styled(fonts, replace(quote, indent=0, align="left"), "Verse", "诗文"),
        _styled(fonts, aside, "TitleNote", "题下说明", following="Normal", **kept),
        _styled(fonts, head, "MiddleHead", "居中标题", following="Normal", **kept),
        _styled(fonts, body, "Salutation", "Salutation", alias="称呼", following="Normal"),
        _styled(fonts, closing, "Closing", "Closing", alias="落款"),
        _styled(fonts, closing, "RightLine", "居右"),
        _styled(fonts, replace(body, align="center"), "MiddleLine", "居中"),
    )


def _headings(style: DraftStyle, fonts: FontConfig) -> tuple[WordStyle, ...]:
    """Based on Word's own headings, so that other programs see headings too."""
    named = (
        ("Chapter", "篇目", "chapter", 1),
        ("Group", "章", "group", 2),
        ("Section", "分目", "section", 3),
        ("Subheading", "次分目", "heading", 4),
        ("Subheading2", "二级次分目", "heading2", 4),
        ("Subheading3", "三级次分目", "heading3", 4),
        ("Subheading4", "四级次分目", "heading4", 4),
    )
    bare = tuple(
        WordStyle(id=f"Heading{level}", name=f"heading {level}", hidden=True, look=_level(level))
        for level in dict.fromkeys(level for *_, level in named)
    )
    line = look_of(style, "body").leading
    own = tuple(
        _styled(
            fonts,
            _in_lines(look_of(style, role), line),
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


def _in_lines(look: TextRole, line: float) -> TextRole:
    """Space above so that a heading takes whole lines of the page, as in the PDF."""
    taken = look.before + look.leading + look.after
    return replace(look, before=look.before + ceil(taken / line - 0.01) * line - taken)


def _level(level: int) -> str:
    return ppr(keepNext=ON, outlineLvl=val(level - 1))


def _small(style: DraftStyle, fonts: FontConfig) -> tuple[WordStyle, ...]:
    """What belongs to tables and figures; titles stay with what they name. Those without a number
    have styles of their own, which 表目录 and 图目录 do not gather."""
    table, cell = look_of(style, "table_title"), look_of(style, "table_cell")
    figure = look_of(style, "figure_title")
    unit = replace(cell, align="right", indent=0)
    head = replace(cell, align="center", indent=0)
    remark = replace(cell, align="justify", indent=REMARK_INDENT)
    end = replace(cell, leading=8, indent=0)
    picture = replace(figure, indent=0, before=6, after=0)
    return (
        _styled(fonts, table, "TableTitle", "表题", keepNext=ON, keepLines=ON),
        _styled(fonts, table, "TableTitleLoose", "表题（不编号）", keepNext=ON, keepLines=ON),
        _styled(fonts, unit, "TableUnit", "表单位", keepNext=ON),
        *_cells(fonts, cell, head),
        *_plain_cells(fonts, look_of(style, "plain_cell")),
        _styled(fonts, remark, "TableNote", "表注"),
        _styled(fonts, end, "TableEnd", "表后", spacing=_exactly(8)),
        _styled(fonts, figure, "FigureTitle", "图题", keepLines=ON),
        _styled(fonts, figure, "FigureTitleLoose", "图题（不编号）", keepLines=ON),
        _styled(fonts, picture, "Picture", "图", keepNext=ON, spacing=_natural(picture)),
    )


def _plain_cells(fonts: FontConfig, cell: TextRole) -> Iterator[WordStyle]:
    """名单文字, for tables without rules, likewise."""
    for size in sizes_of(cell.size):
        said = "" if size == cell.size else f"（{size:g}磅）"
        sized = replace(cell, size=size, leading=cell.leading * size / cell.size)
        style_id, _ = cell_styles(size, cell.size, plain=True)
        yield _styled(fonts, sized, style_id, f"名单文字{said}")


def _cells(fonts: FontConfig, cell: TextRole, head: TextRole) -> tuple[WordStyle, ...]:
    """表格 and 表头, in their own size and in the smaller ones a crowded table takes."""
    styles: list[WordStyle] = []
    for size in sizes_of(cell.size):
        said = "" if size == cell.size else f"（{size:g}磅）"
        leading = cell.leading * size / cell.size
        for look, style_id, name in zip(
            (head, cell), cell_styles(size, cell.size), ("表头", "表格文字"), strict=True
        ):
            sized = replace(look, size=size, leading=leading)
            styles.append(_styled(fonts, sized, style_id, name + said))
    return tuple(styles)


def _exactly(points: float) -> str:
    return f'w:before="0" w:after="0" w:line="{round(points * TWIPS)}" w:lineRule="exact"'


def _natural(look: TextRole) -> str:
    """A line as high as the picture in it."""
    return f'w:before="{round(look.before * TWIPS)}" w:after="0" w:line="240" w:lineRule="auto"'


def _cover(style: DraftStyle, fonts: FontConfig) -> tuple[WordStyle, ...]:
    """`CoverNotice` are the rows at the upper edge, of one height whatever stands in them."""
    line, title = look_of(style, "cover_line"), look_of(style, "cover_title")
    label, front = look_of(style, "cover_label"), look_of(style, "front_title")
    notice = replace(line, font="hei", align="left", size=CORNER_SIZE, leading=CORNER_LEADING)
    rows = _exactly(CORNER_LEADING)
    return (
        _styled(fonts, replace(notice, indent=0), "CoverNotice", "封面提示", spacing=rows),
        _styled(fonts, title, "BookTitle", "书名"),
        _styled(fonts, replace(label, font="hei"), "ScopeTitle", "分册名"),
        _styled(fonts, replace(label, before=LABEL_GAP), "DraftTitle", "稿名"),
        _styled(fonts, replace(line, before=EDITION_GAP), "EditionLine", "稿次"),
        _styled(fonts, line, "CoverLine", "封面题署"),
        _styled(fonts, replace(line, font="hei"), "CoverOffice", "封面单位"),
        _styled(fonts, front, "FrontTitle", "前置标题", following="Normal", keepNext=ON),
    )


def _divider(style: DraftStyle, fonts: FontConfig) -> tuple[WordStyle, ...]:
    look, listed = look_of(style, "divider"), look_of(style, "divider_section")
    half = look.size * NUMBER_SHARE, look.leading * NUMBER_SHARE
    number = replace(look, size=half[0], leading=half[1], color=NUMBER_COLOR)
    stroke = '<w:pBdr><w:bottom w:val="single" w:sz="5" w:space="0" w:color="auto"/></w:pBdr>'
    gap = round(GAP * MM)
    below = f'w:before="0" w:after="{gap}" w:line="{gap}" w:lineRule="exact"'
    return (
        _styled(fonts, number, "DividerNumber", "隔页序号"),
        _styled(fonts, look, "DividerTitle", "隔页标题"),
        _styled(fonts, look, "DividerStroke", "隔页线", spacing=below, pBdr=stroke),
        _styled(fonts, listed, "DividerSection", "隔页分目"),
    )


def _contents(style: DraftStyle, fonts: FontConfig, page: Page) -> tuple[WordStyle, ...]:
    """目录1–4 and the lists: page number at the right edge after a dot leader."""
    chapter, section = look_of(style, "toc_chapter"), look_of(style, "toc_section")
    listed = replace(look_of(style, "list_entry"), indent=0)
    deeper = (replace(section, indent=section.indent * depth) for depth in range(1, DEEPEST))
    looks = (chapter, *deeper)
    return (
        *(
            _entry(fonts, look, f"TOC{level}", f"toc {level}", f"目录{level}", page)
            for level, look in enumerate(looks, 1)
        ),
        _entry(fonts, listed, "TableofFigures", "table of figures", "表图目录", whole(page)),
    )


def _entry(
    fonts: FontConfig, look: TextRole, style_id: str, name: str, alias: str, page: Page
) -> WordStyle:
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{page.measure}"/></w:tabs>'
    return _styled(fonts, look, style_id, name, alias=alias, tabs=tabs, ind=_hung(look))


def _hung(look: TextRole) -> str:
    """The whole entry stands in, and what it turns over a little more. No right indent: some
    programs hide the number beyond it."""
    em = look.size * TWIPS
    left, hang = round((look.indent + HANG) * em), round(HANG * em)
    return f'w:left="{left}" w:hanging="{hang}"'


def _index(style: DraftStyle, fonts: FontConfig, page: Page) -> tuple[WordStyle, ...]:
    """Word's own styles of an index; pages at the right edge of a column."""
    letter, entry = (role_of(style, name) for name in ("index_letter", "index_entry"))
    measure = index_page(style, page).measure
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{measure}"/></w:tabs>'
    named = _styled(fonts, letter, "IndexHeading", "index heading", alias="索引字母", keepNext=ON)
    hung = _hung(replace(entry, indent=0))
    listed = _styled(fonts, entry, "Index1", "index 1", alias="索引条目", tabs=tabs, ind=hung)
    return named, listed


def _form(style: DraftStyle, fonts: FontConfig) -> tuple[WordStyle, ...]:
    """评议意见表: labels, what is written beside them, how to fill it in."""
    cell, note = role_of(style, "form_cell"), look_of(style, "note")
    title = replace(look_of(style, "front_title"), indent=0, align="center", before=0, after=4)
    small = replace(note, indent=0, align="left")
    sign = replace(cell, align="right", before=18)
    named = (
        ("FormTitle", "表单标题", title),
        ("FormCell", "表单", cell),
        ("FormText", "表单填写", replace(cell, align="left")),
        ("FormLabel", "表单栏目", replace(cell, font="hei")),
        ("FormNote", "表单说明", small),
        ("FormSign", "表单签名", sign),
    )
    styles = (_styled(fonts, look, style_id, name) for style_id, name, look in named)
    return *styles, _form_table()


def _form_table() -> WordStyle:
    """Ruled all round, the frame heavier."""
    frame = (("top", 8), ("left", 8), ("bottom", 8), ("right", 8), ("insideH", 4), ("insideV", 4))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{weight}" w:space="0" w:color="auto"/>'
        for side, weight in frame
    )
    margins = "".join(f'<w:{side} w:w="70" w:type="dxa"/>' for side in ("left", "right"))
    look = properties(
        "tblPr",
        ("tblInd", 'w:w="0" w:type="dxa"'),
        ("tblBorders", f"<w:tblBorders>{borders}</w:tblBorders>"),
        ("tblCellMar", f"<w:tblCellMar>{margins}</w:tblCellMar>"),
    )
    return WordStyle(id="FormTable", name="表单表格", kind="table", based="TableNormal", look=look)


def _furniture(style: DraftStyle, fonts: FontConfig, page: Page) -> tuple[WordStyle, ...]:
    head, foot = look_of(style, "running_head"), look_of(style, "folio")
    plain = replace(look_of(style, "body"), indent=0, align="left")
    stands = round(plain.size * TWIPS)
    hang = f'w:left="{7 * stands}" w:hanging="{6 * stands}"'
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="auto"/></w:pBdr>'
    margin = replace(look_of(style, "note"), align="left", indent=0, font="hei", color="C00000")
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="6" w:color="auto"/>'
        for side in ("top", "bottom")
    )
    gap = round(MARGIN_NOTE_GAP * MM)
    return (
        _styled(fonts, replace(head, indent=0), "Header", "header", alias="书眉,页眉", pBdr=rule),
        _styled(
            fonts, replace(foot, align="center", indent=0), "Footer", "footer", alias="页码,页脚"
        ),
        _styled(fonts, plain, "Colophon", "版本记录", pBdr=f"<w:pBdr>{rules}</w:pBdr>", ind=hang),
        _styled(fonts, margin, "Pending", "函询提示", ind=f'w:left="{gap}" w:right="{gap}"'),
    )


def _characters(style: DraftStyle, fonts: FontConfig) -> tuple[WordStyle, ...]:
    entry, credit = look_of(style, "entry"), look_of(style, "note")
    bold = {"b": ON} if is_thickened(fonts, entry.font) else {}
    thick = ON if is_thickened(fonts, credit.font) else OFF
    raised = rpr(vertAlign=val("superscript"))
    looks = (
        ("EntryTitle", "条目标题", "", rpr(rFonts=faces(fonts, entry.font), **bold)),
        ("FigureCredit", "图题署名", "", rpr(rFonts=faces(fonts, credit.font), b=thick)),
        ("Emphasis", "Emphasis", "强调", rpr(rFonts=faces(fonts, "hei"))),
        ("FootnoteReference", "footnote reference", "脚注号", raised),
        ("CommentReference", "annotation reference", "批注号", rpr(sz=val(16))),
        ("NoteNumber", "脚注序号", "", rpr(rFonts=faces(fonts, "song"))),
        ("LineNumber", "line number", "行号", run_look(fonts, look_of(style, "line_number"))),
        ("Stamp", "示例标记", "", rpr(rFonts=faces(fonts, "hei"), color=val("C00000"), bdr=FRAME)),
        ("Hyperlink", "Hyperlink", "", rpr(color=val("0563C1"), u=val("single"))),
    )
    return tuple(
        WordStyle(id=style_id, name=name, alias=alias, kind="character", look=look)
        for style_id, name, alias, look in looks
    )
