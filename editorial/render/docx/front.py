"""Cover, 编辑说明 and the colophon of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from editorial.model.book import Book, CopyMark, Imprint, edition_name
from editorial.model.style import DraftStyle, TextRole
from editorial.render.docx.looks import look_of
from editorial.render.docx.sections import Page, label_of
from editorial.render.docx.wordml import ON, TWIPS, frame, paragraph, run, tab, val
from editorial.render.titles import title_lines, width_of
from editorial.values import dataclass

COLOPHON_AT = 0.56
TITLE_AT, FOOT_AT = 0.24, 0.80
TITLE_SHARE, SCOPE_SHARE = 0.4, 0.12
SMALLEST, SMALLER = 14.0, 0.85
SCOPE_GAP = 22.0
SCOPE_MOST = 3
CORNER_ROWS, CORNER_LEADING = 3, 24.0
COPY_BLANK = 3
UNRULED = '<w:pBdr><w:top w:val="nil"/><w:bottom w:val="nil"/></w:pBdr>'
BREAK = "<w:r><w:br/></w:r>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A title in lines, at the size its place allows."""

    lines: tuple[str, ...]
    size: float
    leading: float


def fitted(title: str, look: TextRole, width: float, highest: float) -> Fitted:
    """A title as large as its place allows, broken by meaning; lengths in points."""
    size, leading = look.size, look.leading
    while True:
        lines = title_lines(title, width / size) or ("",)
        rows = sum(max(1, ceil(width_of(line) * size / width)) for line in lines)
        if rows * leading <= highest or size <= SMALLEST:
            return Fitted(lines=lines, size=size, leading=leading)
        size, leading = size * SMALLER, leading * SMALLER


def set_fitted(title: Fitted, look: TextRole, style: str, before: float) -> str:
    """Its paragraph; a size of its own where the style's was too large."""
    own = {} if title.size == look.size else {"sz": val(2 * round(title.size))}
    words = BREAK.join(
        run(line, **own, **({"szCs": own["sz"]} if own else {})) for line in title.lines
    )
    line = f'w:line="{round(title.leading * TWIPS)}" w:lineRule="exact"'
    return paragraph(words, style, spacing=f'w:before="{round(before * TWIPS)}" w:after="0" {line}')


def cover(
    imprint: Imprint, style: DraftStyle, page: Page, mark: CopyMark | None = None
) -> list[str]:
    """Notice, copy number and 示例 above, title and 稿名 in the upper half, office and date at
    the foot. `page` is that of a cover; `mark` fills the blank for the number."""
    look = look_of(style, "cover_title")
    width, height = page.measure / TWIPS, page.height / TWIPS
    share = TITLE_SHARE - SCOPE_SHARE if imprint.scope else TITLE_SHARE
    above = TITLE_AT * height - page.top / TWIPS - CORNER_ROWS * CORNER_LEADING
    title = fitted(imprint.title, look, width, share * height)
    place = {"vAnchor": "page", "hAnchor": "margin", "xAlign": "center"}
    foot = frame(page.measure, **place, y=str(round(FOOT_AT * page.height)))
    return [
        *_corners(imprint, style, page, mark),
        set_fitted(title, look, "BookTitle", max(0.0, above)),
        *_scope(imprint.scope, style, width, SCOPE_SHARE * height),
        *(_edition(imprint, style) if style.edition else ()),
        paragraph(run(imprint.office), "CoverOffice", framePr=foot),
        paragraph(run(chinese_date(imprint)), "CoverLine", framePr=foot),
        paragraph(""),
    ]


def _edition(imprint: Imprint, style: DraftStyle) -> tuple[str, str]:
    """（评议稿）, 第1稿"""
    label = paragraph(run(f"（{label_of(imprint, style)}）"), "DraftTitle")
    return label, paragraph(run(edition_name(imprint)), "EditionLine")


def _corners(
    imprint: Imprint, style: DraftStyle, page: Page, mark: CopyMark | None
) -> Iterator[str]:
    """Three rows, filled from the top at right, so that the title stands still."""
    edge = {"tabs": f'<w:tabs><w:tab w:val="right" w:pos="{page.measure}"/></w:tabs>'}
    right = [_copy_number(mark)] if style.copy_number or mark else []
    if mark:
        right.append(run(mark.named))
    if imprint.sample:
        right.append(run(" 示　例 ", rStyle=val("Stamp")))
    notice = run(imprint.notice or style.notice)
    for row in range(CORNER_ROWS):
        words = tab() + right[row] if row < len(right) else ""
        yield paragraph((notice if not row else "") + words, "CoverNotice", **edge)


def _copy_number(mark: CopyMark | None) -> str:
    """第　　　号, a line under the blank."""
    number = mark.number if mark else ""
    room = max(0, 2 * COPY_BLANK - len(number))  # in half ems
    half, odd = divmod(room // 2, 2)
    side = "　" * half + " " * odd
    blank = side + number + side + " " * (room % 2) if mark else "　" * COPY_BLANK
    return run("第") + run(blank, u=val("single")) + run("号")


def _scope(scope: Sequence[str], style: DraftStyle, width: float, highest: float) -> Iterator[str]:
    """What a 分册 holds: up to three titles, and how many in all when there are more."""
    if not scope:
        return
    text = "　".join(scope[:SCOPE_MOST])
    if len(scope) > SCOPE_MOST:
        text += f"等{len(scope)}篇"
    look = look_of(style, "cover_label")
    yield set_fitted(fitted(text, look, width, highest), look, "ScopeTitle", SCOPE_GAP)


def chinese_date(imprint: Imprint) -> str:
    day = imprint.date
    return f"{day.year}年{day.month}月{day.day}日"


def front_title(title: str) -> str:
    return paragraph(run(title), "FrontTitle")


def editorial_notes(book: Book) -> list[str]:
    if not book.editorial_notes:
        return []
    notes = (paragraph(run(words), suppressLineNumbers=ON) for words in book.editorial_notes)
    return [front_title(book.notes_title), *notes]


def colophon(imprint: Imprint, style: DraftStyle, depth: int) -> list[str]:
    """What this paper is, down to the text version it was set from; low on a page of its own."""
    texts = [
        run(name, rStyle=val("EntryTitle")) + run(f"　　{words}")
        for name, words in _colophon(imprint, style)
        if words
    ]
    # A high line, for space above may fall away at the head of a page.
    above = f'w:before="0" w:after="0" w:line="{round(depth * COLOPHON_AT)}" w:lineRule="exact"'
    return [
        paragraph("", "Colophon", spacing=above, pBdr=UNRULED),
        *(paragraph(words, "Colophon", keepLines=ON) for words in texts),
    ]


def _colophon(imprint: Imprint, style: DraftStyle) -> tuple[tuple[str, str], ...]:
    dirty = "（含未提交的修改）" if imprint.dirty else ""
    return (
        ("书　　名", imprint.title),
        ("所收篇目", "、".join(imprint.scope)),
        ("稿　　次", f"{label_of(imprint, style)}　{edition_name(imprint)}"),
        ("编印单位", imprint.office),
        ("编印日期", chinese_date(imprint)),
        ("文稿版本", imprint.commit[:10] + dirty),
        ("排版样式", style.title),
        ("说　　明", "本稿为示例，所涉单位、人员与数据均为虚构。" if imprint.sample else ""),
    )
