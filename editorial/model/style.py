"""Looks as data: styles/drafts/*.yaml, styles/letters/*.yaml, styles/fonts.yaml.

Lengths on the page are millimetres, type sizes and leading are points.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field, replace
from math import ceil
from typing import Any, Literal, TypeAlias

from editorial.model.document import UNPRINTABLE
from editorial.values import dataclass

Align: TypeAlias = Literal["justify", "left", "right", "center"]
Running: TypeAlias = Literal["book", "chapter", "group", "section", ""]
Punctuation: TypeAlias = Literal["gb", "kaiming", "full"]
StyleFault: TypeAlias = tuple[tuple[str | int, ...], str]

A4 = (210.0, 297.0)  # width and height in millimetres


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    top: float
    bottom: float
    inner: float
    outer: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRole:
    """How one kind of text is set. `indent` in ems; spaces in points."""

    font: str = "song"
    size: float
    leading: float
    indent: float = 0
    align: Align = "justify"
    before: float = 0
    after: float = 0
    color: str = "000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """What runs above left (even) and right (odd) pages; empty: nothing."""

    left: Running = "book"
    right: Running = "chapter"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStyle:
    """One look of a draft. Roles: see `ROLES` and `role_of`; `notice` prints on the cover.

    Margins are mirrored: `inner` is the binding side, left on odd pages. `column_gap` in
    millimetres. `recto`: a 篇目 begins on a right-hand page. `text_from_one`: so does the text, as
    page 1, and what stands before it is numbered i, ii, iii. `line_numbers` n: every n-th
    line of the page grid is numbered in the inner margin, 0 none. `folio` holds {page}
    and {pages}. `strict`: no line begins with —— or ……. `emphasis` is a font role. Without
    `edition` the cover does not say which draft it is; `colophon` is the last page, which does.
    """

    id: str = field(default="", metadata={"stored": False})
    schema: int = 1
    title: str
    label: str
    paper: tuple[float, ...]
    margins: Margins
    roles: dict[str, TextRole]
    notice: str = ""
    copy_number: bool = False
    columns: int = 1
    column_gap: float = 8
    recto: bool = False
    text_from_one: bool = False
    dividers: bool = False
    contents: bool = True
    toc_levels: int = 2
    lists: bool = False
    index: bool = False
    opinion_form: bool = False
    edition: bool = True
    colophon: bool = True
    running_head: bool = True
    heads: Heads = Heads()
    folio: str = "第{page}页　共{pages}页"
    line_numbers: int = 0
    show_marks: bool = True
    mark_words: tuple[str, ...] = ("待补", "存疑")
    mark_color: str = "C00000"
    emphasis: str = "hei"
    punctuation: Punctuation = "gb"
    strict: bool = False


ROLES = (
    "cover_title",
    "cover_label",
    "cover_line",
    "front_title",
    "toc_chapter",
    "toc_section",
    "chapter",
    "group",
    "section",
    "heading",
    "entry",
    "body",
    "signature",
    "table_title",
    "table_cell",
    "figure_title",
    "note",
    "running_head",
    "folio",
)

HEADINGS = ("heading", "heading2", "heading3", "heading4")  # 次分目 by their level

# Roles a style may leave out: the one each is made from, its scale, what else changes.
DERIVED: Mapping[str, tuple[str, float, Mapping[str, Any]]] = {
    "heading2": ("heading", 1, {}),
    "heading3": ("heading2", 1, {}),
    "heading4": ("heading3", 1, {}),
    "divider": ("chapter", 1.4, {"before": 0, "after": 0}),
    "divider_section": ("toc_section", 1.15, {"indent": 0, "align": "center"}),
    "toc_entry": ("toc_section", 0.92, {}),
    "list_entry": ("toc_section", 1, {"indent": 0}),
    "index_letter": ("toc_chapter", 1, {}),
    "index_entry": ("note", 1, {"indent": 0, "align": "left"}),
    "line_number": ("folio", 0.75, {"color": "7F7F7F"}),
    "quote": ("body", 1, {"font": "kai", "indent": 2}),
    "plain_cell": ("body", 1, {"indent": 0, "align": "left"}),
    "form_cell": ("body", 1, {"indent": 0, "align": "center"}),
}


def role_of(style: DraftStyle, name: str) -> TextRole:
    """A role as the style sets it, or made from another one. KeyError: no such role."""
    if name in style.roles or name not in DERIVED:
        return style.roles[name]
    base, scale, changes = DERIVED[name]
    role = role_of(style, base)
    sized = replace(role, size=round(role.size * scale, 1), leading=round(role.leading * scale, 1))
    return replace(sized, **changes)


def heading_of(style: DraftStyle, level: int) -> TextRole:
    """次分目 of a level inside its 分目, 1 the highest: each below those the style sets is half a
    point smaller, none smaller than the text."""
    reached = reversed(HEADINGS[:level])
    name = next((name for name in reached if name in style.roles), HEADINGS[0])
    role, below = style.roles[name], level - 1 - HEADINGS.index(name)
    return replace(role, size=max(role.size - below * 0.5, style.roles["body"].size))


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFile:
    """One candidate face: a file name to look for, the index in a collection, axes to pin."""

    file: str
    index: int = 0
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FontRole:
    """`faces` in order of preference; the rest are fallbacks. `word` names it in DOCX."""

    label: str
    word: str
    faces: tuple[FontFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FontConfig:
    """styles/fonts.yaml: extra folders, and what file serves each role.

    Roles: song, song_bold, hei, kai, fang, xbs (小标宋), latin is taken from the role's own face.
    """

    schema: int = 1
    folders: tuple[str, ...] = ()
    roles: dict[str, FontRole]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterStyle:
    """styles/letters/KIND.yaml beside KIND.md, the wording with {placeholders}.

    `attachment` and `receipt` are the titles of the list of items and of the reply form, empty
    for none; `remark` is the 附注 under the date. Up to `in_body` short items stand in the text
    of KIND.short.md (`brief`) and need no list; without that file there is always one.
    """

    id: str = field(default="", metadata={"stored": False})
    schema: int = 1
    title: str
    closing: str
    attachment: str = "修改补充事项清单"
    receipt: str = "回执"
    remark: str = "联系人：{联系人}，电话：{电话}"
    required: tuple[str, ...] = ("due", "contact", "items")
    in_body: int = 3
    wording: str = field(default="", metadata={"stored": False})
    brief: str = field(default="", metadata={"stored": False})


LEAST_EMS = LEAST_LINES = 10
LEAST_OF_ALL = 3  # lines of whatever kind a page must hold
LEAST_INDENTED = 2  # ems of a line after its indent
SIDES = (50, 2000)
LEAST_COVER = (105, 148)
# How far beyond the text its head begins and its folio ends, and a line number stands beside it.
HEAD_ABOVE, FOLIO_BELOW, NUMBER_BESIDE = 10, 9, 3
HEAD_RULE = 1  # points from a head to its rule
FIGURE_EM = 0.6
GAPS = (2, 60)
INDENTED: Collection[Align] = ("justify", "left")
_MM = 72 / 25.4
_COLOR = re.compile("[0-9A-Fa-f]{6}")
_PLACEHOLDER = re.compile("{(page|pages)}")


def style_faults(style: DraftStyle, fonts: Collection[str] = ()) -> tuple[StyleFault, ...]:
    """What makes a style impossible to set: (key path, what is wrong in Chinese).

    `fonts` are the font roles there are; none given: font roles are not judged.
    """
    return (
        *_page_faults(style),
        *_print_faults(style),
        *_word_faults(style),
        *(fault for name, role in style.roles.items() for fault in _role_faults(name, role)),
        *_missing_roles(style),
        *(_font_faults(style, fonts) if fonts else ()),
    )


def _page_faults(style: DraftStyle) -> Iterator[StyleFault]:
    low, high = SIDES
    if style.columns not in (1, 2):
        yield ("columns",), f"栏数应为 1 或 2，现为 {style.columns}"
    elif not GAPS[0] <= style.column_gap <= GAPS[1]:
        yield ("column_gap",), f"栏间距应在 {GAPS[0]} 至 {GAPS[1]} 毫米之间"
    elif len(style.paper) != 2 or not all(low <= side <= high for side in style.paper):
        yield ("paper",), f"应为 [宽, 高] 两个数，单位毫米，各在 {low} 至 {high} 之间"
    elif any(side < least for side, least in zip(style.paper, LEAST_COVER, strict=True)):
        yield (
            ("paper",),
            f"纸太小，封面排不下：至少 {LEAST_COVER[0]}×{LEAST_COVER[1]} 毫米（宽×高）",
        )
    else:
        yield from _margin_faults(style)


def _margin_faults(style: DraftStyle) -> Iterator[StyleFault]:
    margins, (width, height) = style.margins, style.paper
    if min(margins.inner, margins.outer, margins.top, margins.bottom) < 0:
        yield ("margins",), "页边不能是负数"
        return
    body = style.roles.get("body")
    if body is None or _role_faults("body", body):
        return
    yield from _beside_faults(style)
    gaps = (style.columns - 1) * style.column_gap
    column = (width - margins.inner - margins.outer - gaps) / style.columns * _MM
    depth = (height - margins.top - margins.bottom) * _MM
    if column < LEAST_EMS * body.size:
        room = max(column / body.size, 0)
        yield (
            ("margins",),
            f"版心太窄：每栏每行只排得下 {room:.1f} 个正文字，至少要 {LEAST_EMS} 个，"
            "请减小 inner、outer 或栏间距",
        )
    if depth < LEAST_LINES * body.leading:
        room = max(depth / body.leading, 0)
        yield (
            ("margins",),
            f"版心太矮：每页只排得下 {room:.1f} 行正文，至少要 {LEAST_LINES} 行，"
            "请减小 top、bottom",
        )
    else:
        yield from _large_roles(style.roles, column, depth)


def _large_roles(
    roles: Mapping[str, TextRole], column: float, depth: float
) -> Iterator[StyleFault]:
    """Of a page that has room for the body, what it has none for."""
    for name, role in roles.items():
        if role.leading > depth / LEAST_OF_ALL:
            most = int(depth / LEAST_OF_ALL)
            message = f"行距太大：一页至少要排得下 {LEAST_OF_ALL} 行，这里最多 {most} 磅"
            yield ("roles", name, "leading"), message
        if role.size > column:
            yield ("roles", name, "size"), f"字号太大：一栏宽 {int(column)} 磅，排不下一个字"
        taken = (role.indent + LEAST_INDENTED) * role.size
        if role.align in INDENTED and role.indent > 0 and taken > column:
            ems = max(int(column / role.size) - LEAST_INDENTED, 0)
            message = (
                f"缩进太大：一栏宽 {int(column)} 磅，缩进之后至少要留 {LEAST_INDENTED} 个字，"
                f"这里最多缩 {ems} 字"
            )
            yield ("roles", name, "indent"), message


def _beside_faults(style: DraftStyle) -> Iterator[StyleFault]:
    """Where heads, folios and line numbers would leave the paper, or lie on the text."""
    roles, margins = style.roles, style.margins
    if style.running_head and (style.heads.left or style.heads.right):
        room = HEAD_ABOVE * _MM - HEAD_RULE
        yield from _outside("top", margins.top, HEAD_ABOVE, "页眉在版心之上")
        yield from _on_text("running_head", roles, room, "版心之上", HEAD_ABOVE)
    if style.folio:
        yield from _outside("bottom", margins.bottom, FOLIO_BELOW, "页码在版心之下")
        yield from _on_text("folio", roles, FOLIO_BELOW * _MM, "版心之下", FOLIO_BELOW)
    if style.line_numbers and {"folio", "line_number"} & set(roles):
        size = role_of(style, "line_number").size
        lines = int((style.paper[1] - margins.top - margins.bottom) * _MM / roles["body"].leading)
        figures = len(str(max(lines, 1)))
        least = ceil(NUMBER_BESIDE + figures * FIGURE_EM * size / _MM)
        yield from _outside("inner", margins.inner, least, "行号在订口一侧")


def _outside(side: str, margin: float, least: float, what: str) -> Iterator[StyleFault]:
    if margin < least:
        yield ("margins", side), f"{what}，会印到纸外：{side} 至少要 {least} 毫米，现为 {margin:g}"


def _on_text(
    name: str, roles: Mapping[str, TextRole], room: float, where: str, millimetres: float
) -> Iterator[StyleFault]:
    role = roles.get(name)
    if role and not _role_faults(name, role) and role.leading > room:
        key = "size" if role.size > room else "leading"
        what = "字号" if role.size > room else "行距"
        message = f"{what}太大，会压着正文：{where}只有 {millimetres} 毫米，最多 {int(room)} 磅"
        yield ("roles", name, key), message


def _word_faults(style: DraftStyle) -> Iterator[StyleFault]:
    words = {"title": style.title, "label": style.label, "notice": style.notice}
    for key, text in {**words, "folio": style.folio}.items():
        if UNPRINTABLE.search(text):
            yield (key,), "里面有控制字符，印不出来，请删去"
    for index, word in enumerate(style.mark_words):
        if UNPRINTABLE.search(word):
            yield ("mark_words", index), "里面有控制字符，印不出来，请删去"


def _print_faults(style: DraftStyle) -> Iterator[StyleFault]:
    if not 1 <= style.toc_levels <= 3:
        yield ("toc_levels",), f"目录收到第几级标题，应为 1、2 或 3，现为 {style.toc_levels}"
    if not 0 <= style.line_numbers <= 100:
        yield ("line_numbers",), "应在 0 至 100 之间：5 是每 5 行标一个行号，0 是不标"
    if not _COLOR.fullmatch(style.mark_color):
        yield ("mark_color",), "颜色应为六位十六进制数，如 C00000"
    rest = _PLACEHOLDER.sub("", style.folio)
    if "{" in rest or "}" in rest:
        yield ("folio",), "页码里可用的空位只有 {page}（本页）和 {pages}（总页数）"
    elif style.folio and "{page}" not in style.folio:
        yield ("folio",), "页码里没有 {page}，各页都会印成一样；不印页码就留空"
    elif style.text_from_one and "{pages}" in style.folio:
        yield ("folio",), "正文另起页码（text_from_one）时没有总页数，请删去 {pages}"


def _role_faults(name: str, role: TextRole) -> list[StyleFault]:
    faults: list[StyleFault] = []
    if name not in ROLES and name not in DERIVED:
        return [(("roles", name), f"没有“{name}”这种文字，可用：{'、'.join((*ROLES, *DERIVED))}")]
    if not 3 <= role.size <= 200:
        faults.append((("roles", name, "size"), "字号应在 3 至 200 磅之间"))
    if not role.size <= role.leading <= 400:
        faults.append((("roles", name, "leading"), "行距应不小于字号，且不大于 400 磅"))
    if not 0 <= role.indent <= 20:
        faults.append((("roles", name, "indent"), "缩进应在 0 至 20 字之间"))
    for key, space in (("before", role.before), ("after", role.after)):
        if not 0 <= space <= 400:
            faults.append((("roles", name, key), "段前、段后应在 0 至 400 磅之间"))
    if not _COLOR.fullmatch(role.color):
        faults.append((("roles", name, "color"), "颜色应为六位十六进制数，如 C00000"))
    return faults


def _missing_roles(style: DraftStyle) -> Iterator[StyleFault]:
    missing = [name for name in ROLES if name not in style.roles]
    if missing:
        yield ("roles",), f"缺少{'、'.join(missing)}，请照自带的 review.yaml 补上"


def _font_faults(style: DraftStyle, fonts: Collection[str]) -> Iterator[StyleFault]:
    known = f"可用：{'、'.join(fonts)}"
    for name, role in style.roles.items():
        if role.font not in fonts:
            yield ("roles", name, "font"), f"fonts.yaml 里没有“{role.font}”这种字体，{known}"
    if style.emphasis not in fonts:
        yield ("emphasis",), f"fonts.yaml 里没有“{style.emphasis}”这种字体，{known}"
