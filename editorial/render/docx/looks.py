"""Named styles, settings and the font table of a Word file, from the same looks as the PDF."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from editorial.errors import EditorialError
from editorial.model.style import HEADINGS, DraftStyle, FontConfig, TextRole, heading_of, role_of
from editorial.render.docx.wordml import (
    NAMESPACES,
    OFF,
    ON,
    TWIPS,
    escape,
    ppr,
    properties,
    rpr,
    val,
)
from editorial.values import dataclass

SERIF, SANS = "Times New Roman", "Arial"
JUSTIFY = {"justify": "both", "left": "left", "right": "right", "center": "center"}
# Other names Word may know a face by, when the named one is not installed.
ALSO = {
    "宋体": "SimSun",
    "黑体": "SimHei",
    "仿宋": "FangSong",
    "仿宋_GB2312": "仿宋",
    "楷体": "KaiTi",
    "楷体_GB2312": "楷体",
    "方正小标宋简体": "华文中宋",
    "方正小标宋_GBK": "华文中宋",
}
# 避头尾 on, marks squeezed at a line's start, none hung beyond its end (CLREQ 3.1.6).
CHINESE_LINES = {
    "kinsoku": ON,
    "wordWrap": ON,
    "overflowPunct": OFF,
    "topLinePunct": ON,
    "autoSpaceDE": ON,
    "autoSpaceDN": ON,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WordStyle:
    """One entry of styles.xml. English names are Word's own, which it shows in Chinese."""

    id: str
    name: str
    kind: Literal["paragraph", "character", "table"] = "paragraph"
    alias: str = ""
    based: str = ""
    following: str = ""
    hidden: bool = False
    look: str = ""


def look_of(style: DraftStyle, role: str) -> TextRole:
    """A text role of the draft style. Raises EditorialError when the style lacks it."""
    try:
        return (
            heading_of(style, HEADINGS.index(role) + 1)
            if role in HEADINGS
            else role_of(style, role)
        )
    except KeyError as lacking:
        raise EditorialError(
            f"稿样“{style.title}”没有规定“{role}”怎样排",
            hint=f"在 roles 中补上 {role}",
            where=f"styles/drafts/{style.id or 'review'}.yaml",
        ) from lacking


def face_name(fonts: FontConfig, role: str) -> str:
    """The name Word knows the face of a font role by."""
    if role in fonts.roles:
        return fonts.roles[role].word
    known = "、".join(fonts.roles)
    raise EditorialError(
        f"没有名为“{role}”的字体角色", hint=f"可用：{known}", where="styles/fonts.yaml"
    )


def faces(fonts: FontConfig, role: str) -> str:
    """rFonts attributes filling all four slots."""
    east, latin = escape(face_name(fonts, role)), SANS if role == "hei" else SERIF
    return (
        f'w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"'
    )


def is_thickened(fonts: FontConfig, role: str) -> bool:
    """Whether Word must embolden: the bold Song goes by the name of the plain one."""
    return role == "song_bold" and face_name(fonts, role) == face_name(fonts, "song")


def run_look(fonts: FontConfig, look: TextRole, **children: str) -> str:
    size = val(round(look.size * 2))
    children |= {"rFonts": faces(fonts, look.font), "sz": size, "szCs": size}
    if is_thickened(fonts, look.font):
        children["b"] = ON
    if look.color.strip("0"):
        children["color"] = val(look.color)
    return rpr(**children)


def paragraph_look(look: TextRole, **children: str) -> str:
    """Leading as a least height: a picture pasted into the line is still seen whole."""
    before, after = round(look.before * TWIPS), round(look.after * TWIPS)
    line = round(look.leading * TWIPS)
    spacing = f'w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="atLeast"'
    own = {"spacing": spacing, "ind": indent(look), "jc": val(JUSTIFY[look.align])}
    return ppr(**CHINESE_LINES | own | children)


def indent(look: TextRole) -> str:
    """Ems from the edge the text starts at: the first line, or the whole at right."""
    ems, lengths = round(look.indent * 100), round(look.indent * look.size * TWIPS)
    if look.align == "right":
        return f'w:rightChars="{ems}" w:right="{lengths}"'
    return f'w:firstLineChars="{ems}" w:firstLine="{lengths}"'


def style_xml(style: WordStyle) -> str:
    own = not style.name.isascii()
    first = style.name in ("Normal", "Default Paragraph Font", "Normal Table")
    flags = (' w:default="1"' if first else "") + (' w:customStyle="1"' if own else "")
    return (
        f'<w:style w:type="{style.kind}"{flags} w:styleId="{style.id}">'
        f"<w:name {val(style.name)}/>"
        + (f"<w:aliases {val(style.alias)}/>" if style.alias else "")
        + (f"<w:basedOn {val(style.based)}/>" if style.based else "")
        + (f"<w:next {val(style.following)}/>" if style.following else "")
        + f"<w:uiPriority {val(99 if style.hidden else 1)}/>"
        + ("<w:semiHidden/><w:unhideWhenUsed/>" if style.hidden else "<w:qFormat/>")
        + f"{style.look}</w:style>"
    )


def styles_xml(styles: Iterable[WordStyle], defaults: str) -> str:
    """styles.xml; `defaults` are the rPr of text without any style."""
    quiet = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
        ' w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
    )
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault>{defaults}</w:rPrDefault>"
        f"<w:pPrDefault>{ppr(**CHINESE_LINES)}</w:pPrDefault></w:docDefaults>{quiet}"
        f"{''.join(map(style_xml, styles))}</w:styles>"
    )


LANGUAGE = 'w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"'
CIRCLED = '<w:numFmt w:val="decimalEnclosedCircleChinese"/><w:numRestart w:val="eachPage"/>'
BASIC = (
    WordStyle(
        id="DefaultParagraphFont", name="Default Paragraph Font", kind="character", hidden=True
    ),
    WordStyle(
        id="TableNormal",
        name="Normal Table",
        kind="table",
        hidden=True,
        look=properties("tblPr", ("tblInd", 'w:w="0" w:type="dxa"')),
    ),
)


def settings_xml(*, facing: bool, notes: bool, tracked: bool = False) -> str:
    """settings.xml; `facing`: odd and even pages differ; `notes`: footnotes.xml is there;
    `tracked`: what the next reader changes is tracked too."""
    separators = '<w:footnote w:id="-1"/><w:footnote w:id="0"/>' if notes else ""
    version = 'w:uri="http://schemas.microsoft.com/office/word" w:val'
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/>'
        + ("<w:mirrorMargins/>" if facing else "")
        + ("<w:trackRevisions/>" if tracked else "")
        + '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        + (f"<w:footnotePr>{CIRCLED}{separators}</w:footnotePr>" if notes else "")
        + "<w:compat><w:useFELayout/>"
        f'<w:compatSetting w:name="compatibilityMode" {version}="15"/>'
        f'<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" {version}="1"/>'
        f'<w:compatSetting w:name="enableOpenTypeFeatures" {version}="1"/>'
        f'<w:compatSetting w:name="doNotFlipMirrorIndents" {version}="1"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table_xml(fonts: FontConfig) -> str:
    """fontTable.xml: what to take when a named face is missing on the reader's machine."""
    names = sorted({role.word for role in fonts.roles.values()})
    listed = "".join(_font_xml(name) for name in names)
    return f"<w:fonts {NAMESPACES}>{listed}</w:fonts>"


def _font_xml(name: str) -> str:
    also = f"<w:altName {val(ALSO[name])}/>" if name in ALSO else ""
    family = "swiss" if "黑" in name else "roman"
    return (
        f'<w:font w:name="{escape(name)}">{also}<w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
    )
