"""Measures and styles of a letter, GB/T 9704-2012 clause 10.1 (信函格式). Lengths in twips."""

from __future__ import annotations

from editorial.model.style import A4, FontConfig
from editorial.render.docx.looks import BASIC, CHINESE_LINES, LANGUAGE, WordStyle, faces
from editorial.render.docx.plain import ruled
from editorial.render.docx.wordml import ON, TWIPS, ppr, rpr, twips, val

RED, GREY = "FF0000", "808080"
WIDTH, HEIGHT = map(twips, A4)
TOP, LEFT, BOTTOM = twips(37), twips(28), twips(35)
CHARS, LINES = 28, 22
BODY, TITLE, SMALL, CELL = 16.0, 22.0, 14.0, 10.5
CROWDED = 9.0  # size of cells where there are many columns
# 28 characters of 16 pt are 158 mm, the line 156: each stands 0.2 pt closer.
TRACKING = -4
PITCH = round(BODY * TWIPS) + TRACKING
MEASURE = CHARS * PITCH
RIGHT = WIDTH - LEFT - MEASURE
DEPTH = HEIGHT - TOP - BOTTOM  # the width of a table that lies
# Rounded down: with 580 the 22nd line would not fit into 225 mm.
LEADING = (HEIGHT - TOP - BOTTOM) // LINES
TITLE_LEADING, CELL_LEADING = 680, 300
# In a line of exact height programs put the baseline at 0.8 of it; an em box reaches 0.88 above.
BASELINE, ABOVE = 0.8, 0.88


def over(size: float, line: float) -> int:
    """What a line has above the em box of its letters; below zero where the box sticks out."""
    return round(BASELINE * line - ABOVE * size * TWIPS)


def under(size: float, line: float) -> int:
    return round(line - size * TWIPS) - over(size, line)


NUMBER_LINE = 340
GAP = round(BODY * TWIPS * 7 / 8) - over(BODY, NUMBER_LINE)  # from the rule to the number
TITLE_GAP = 2 * LEADING - under(BODY, NUMBER_LINE) - over(TITLE, TITLE_LEADING)
UNDER_TITLE = LEADING - under(TITLE, TITLE_LEADING)  # a blank line from the em box of the title
MARK_TOP, LARGEST_MARK = twips(30), 44.0
RULE_LENGTH, RULE_OVER_EDGE = twips(170), twips(20)
RULE_UNDER_MARK = twips(4)
# Ink of full Han letters over and under their baseline in ems, where no face can be asked.
INK = (0.85, 0.08)
THICK, THIN = 2.875, 1.0  # points, 1 and 0.35 mm; the standard gives no weights
RULE_GAP = twips(0.5)
RULE_HEIGHT = round((THICK + THIN) * TWIPS) + RULE_GAP
EDGE = twips(10)
FOLIO_LINE = round(SMALL * TWIPS)
# The dashes, 0.27 em over the baseline, are 7 mm under the type area.
FOLIO_GAP = twips(7) - round((BASELINE - 0.27) * FOLIO_LINE)


def indented(*, first: float = 0, left: float = 0, right: float = 0, hanging: float = 0) -> str:
    """`w:ind` in characters of the body, and in lengths for programs that ask those."""
    wished = {"left": left, "right": right, "hanging": hanging}
    # A first line is always stated: left out, some programs take that of the plain text.
    wished |= {} if hanging else {"firstLine": first}
    return " ".join(
        f'w:{side}Chars="{round(chars * 100)}" w:{side}="{round(chars * PITCH)}"'
        for side, chars in wished.items()
        if chars or side == "firstLine"
    )


def letter_styles(fonts: FontConfig) -> tuple[tuple[WordStyle, ...], str]:
    """All styles of a letter, and the run properties of unstyled text."""
    styles = (
        *BASIC,
        *_head(fonts),
        *_heading(fonts),
        *_body(fonts),
        *_close(fonts),
        *_annex(fonts),
        ruled("AnnexTable", "清单表", (68, 68, 68, 68)),
    )
    return styles, _face(fonts, "fang", BODY, lang=LANGUAGE)


def _face(fonts: FontConfig, font: str, size: float, **children: str) -> str:
    half_points = val(round(size * 2))
    children |= {"rFonts": faces(fonts, font), "sz": half_points, "szCs": half_points}
    if size == BODY:
        children["spacing"] = val(TRACKING)
    return rpr(**children)


def _style(
    fonts: FontConfig,
    style_id: str,
    name: str,
    font: str = "fang",
    size: float = BODY,
    *,
    line: int = LEADING,
    before: int = 0,
    after: int = 0,
    color: str = "",
    **children: str,
) -> WordStyle:
    spacing = f'w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="exact"'
    ink = {"color": val(color)} if color else {}
    look = ppr(**CHINESE_LINES | {"spacing": spacing, "jc": val("both")} | children)
    return WordStyle(id=style_id, name=name, look=look + _face(fonts, font, size, **ink))


def outward() -> tuple[int, int]:
    """How far the 170 mm rule, centred on the page, reaches beyond the text at each side."""
    left = (WIDTH - RULE_LENGTH) // 2 - LEFT
    return left, MEASURE - RULE_LENGTH - left


def _head(fonts: FontConfig) -> tuple[WordStyle, ...]:
    left, right = outward()
    beyond, middle = f'w:left="{left}" w:right="{right}"', val("center")
    first, last = _double_rule(THICK, THIN), _double_rule(THIN, THICK)
    return (
        _style(
            fonts,
            "Mark",
            "发文机关标志",
            "xbs",
            LARGEST_MARK,
            line=round(LARGEST_MARK * TWIPS),
            color=RED,
            ind=beyond,
            jc=middle,
        ),
        _style(
            fonts,
            "RuleAbove",
            "首页上双线",
            "song",
            1,
            line=RULE_GAP,
            ind=beyond,
            pBdr=first,
        ),
        _style(fonts, "RuleBelow", "首页下双线", "song", 1, line=RULE_GAP, pBdr=last),
    )


def _heading(fonts: FontConfig) -> tuple[WordStyle, ...]:
    middle = val("center")
    return (
        _style(fonts, "Number", "发文字号", line=NUMBER_LINE, before=GAP, jc=val("right")),
        _style(
            fonts,
            "Secrecy",
            "密级和紧急程度",
            "hei",
            line=NUMBER_LINE,
            before=LEADING - NUMBER_LINE,
            jc=val("left"),
        ),
        _style(
            fonts,
            "Title",
            "函件标题",
            "xbs",
            TITLE,
            line=TITLE_LEADING,
            before=TITLE_GAP,
            jc=middle,
        ),
        _style(fonts, "Addressee", "主送机关", before=UNDER_TITLE),
    )


def _double_rule(above: float, below: float) -> str:
    """Two plain lines: programs differ in which of a thick-thin pair they put above."""
    return f"<w:pBdr>{_edge('top', above, RED)}{_edge('bottom', below, RED)}</w:pBdr>"


def _edge(side: str, points: float, color: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{round(points * 8)}" w:space="0" w:color="{color}"/>'


def _body(fonts: FontConfig) -> tuple[WordStyle, ...]:
    """Levels of the text: 一、 in 黑体, （一） in 楷体, the rest in 仿宋."""
    first = indented(first=2)
    return (
        _style(fonts, "Normal", "Normal", ind=first),
        _style(fonts, "Level1", "一级标题", "hei", ind=first, keepNext=ON, outlineLvl=val(0)),
        _style(fonts, "Level2", "二级标题", "kai", ind=first, keepNext=ON, outlineLvl=val(1)),
        _style(fonts, "AnnexNote", "附件说明", keepNext=ON),
    )


def _close(fonts: FontConfig) -> tuple[WordStyle, ...]:
    middle, em = val("center"), FOLIO_LINE
    return (
        _style(fonts, "Issuer", "署名", keepNext=ON, jc=middle),
        _style(fonts, "Date", "成文日期", jc=middle),
        _style(fonts, "Remark", "附注", ind=indented(first=2), jc=val("left")),
        _style(fonts, "Copies", "抄送", "fang", SMALL, line=420, ind=_turned_over(em)),
        _style(
            fonts,
            "Footer",
            "footer",
            "song",
            SMALL,
            line=FOLIO_LINE,
            ind=f'w:left="{em}" w:right="{em}"',
        ),
    )


def _turned_over(em: int) -> str:
    """抄送： one character in, further lines under the first name."""
    return f'w:left="{4 * em}" w:hanging="{3 * em}" w:right="{em}"'


def _annex(fonts: FontConfig) -> tuple[WordStyle, ...]:
    middle, line = val("center"), CELL_LEADING
    small = round(CELL_LEADING * CROWDED / CELL)
    return (
        _style(fonts, "AnnexMark", "附件标识", "hei", keepNext=ON, pageBreakBefore=ON),
        _style(
            fonts,
            "AnnexTitle",
            "附件标题",
            "xbs",
            TITLE,
            line=TITLE_LEADING,
            before=LEADING,
            after=160,
            keepNext=ON,
            jc=middle,
        ),
        _style(fonts, "FormField", "回执栏目", ind=indented(first=0), jc=middle),
        _style(fonts, "FormNote", "回执说明", size=12.0, line=400, before=LEADING, jc=val("left")),
        _style(fonts, "TableHead", "表头", "hei", CELL, line=line, jc=middle),
        _style(fonts, "TableText", "表格", "song", CELL, line=line, jc=val("left")),
        _style(fonts, "SmallHead", "小表头", "hei", CROWDED, line=small, jc=middle),
        _style(fonts, "SmallText", "小表格", "song", CROWDED, line=small, jc=val("left")),
        _lettering(fonts, "Level1Words", "一级标题字", "hei"),
        _lettering(fonts, "Level2Words", "二级标题字", "kai"),
        _lettering(fonts, "SecrecyWords", "密级字", "hei"),
        WordStyle(id="Blank", name="待填", kind="character", look=rpr(color=val(GREY))),
    )


def _lettering(fonts: FontConfig, style_id: str, name: str, font: str) -> WordStyle:
    """The face of a heading the text runs on from."""
    return WordStyle(id=style_id, name=name, kind="character", look=rpr(rFonts=faces(fonts, font)))
