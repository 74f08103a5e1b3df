"""Cover, 编辑说明, 目录 and the colophon of a draft."""

from __future__ import annotations

from collections.abc import Mapping

from editorial.model.book import Book, Imprint, edition_name
from editorial.model.style import DraftStyle
from editorial.render.docx.galley import Anchors, Bookmark
from editorial.render.docx.sections import Page, label_of
from editorial.render.docx.wordml import (
    field,
    field_end,
    field_start,
    frame,
    paragraph,
    run,
    tab,
    val,
)

COLOPHON_AT = 0.5
NO_PAGES = "（页码待更新：在 Word 中点目录，按 F9）"
CONTENTS_KIND = (
    '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
    "<w:docPartUnique/></w:docPartObj></w:sdtPr>"
)


def cover(imprint: Imprint, style: DraftStyle, page: Page) -> list[str]:
    """Notice and 示例 above, title and 稿名 in the middle, office and date at the foot."""
    edge = {"tabs": f'<w:tabs><w:tab w:val="right" w:pos="{page.measure}"/></w:tabs>'}
    notice = run(imprint.notice or style.notice)
    if imprint.sample:
        notice += tab() + run(" 示　例 ", rStyle=val("Stamp"))
    foot = frame(page.measure, vAnchor="margin", hAnchor="margin", xAlign="center", yAlign="bottom")
    return [
        paragraph(notice, "CoverNotice", **edge),
        paragraph(run(imprint.title), "BookTitle"),
        paragraph(run(f"（{label_of(imprint, style)}）"), "DraftTitle"),
        paragraph(run(edition_name(imprint)), "CoverLine"),
        paragraph(run(imprint.office), "CoverOffice", framePr=foot),
        paragraph(run(chinese_date(imprint)), "CoverLine", framePr=foot),
        paragraph(""),
    ]


def chinese_date(imprint: Imprint) -> str:
    day = imprint.date
    return f"{day.year}年{day.month}月{day.day}日"


def editorial_notes(book: Book) -> list[str]:
    if not book.editorial_notes:
        return []
    title = paragraph(run(book.notes_title), "FrontTitle")
    return [title, *(paragraph(run(words)) for words in book.editorial_notes)]


def contents(book: Book, anchors: Anchors, pages: Mapping[str, int] | None) -> list[str]:
    """A TOC field holding titles and page numbers as they stand in `pages`."""
    levels = max((part.level for part in book.parts), default=1)
    entries = [
        _entry(part.title, part.level, anchors.parts[part.id], (pages or {}).get(part.id))
        for part in book.parts
    ]
    begin = field_start(f'TOC \\o "1-{levels}" \\h \\z \\u')
    if entries:
        entries[0] = entries[0].replace("</w:pPr>", f"</w:pPr>{begin}", 1)
        entries.append(paragraph(field_end()))
    else:
        entries.append(paragraph(begin + field_end()))
    title = paragraph(run("目　录"), "FrontTitle")
    hint = [] if pages or not book.parts else [paragraph(run(NO_PAGES), "CoverNotice")]
    inside = "".join([title, *hint, *entries])
    return [f"<w:sdt>{CONTENTS_KIND}<w:sdtContent>{inside}</w:sdtContent></w:sdt>"]


def _entry(title: str, level: int, mark: Bookmark, page: int | None) -> str:
    number = field(f"PAGEREF {mark.name} \\h", "" if page is None else str(page))
    words = f"{run(title)}{tab()}{number}"
    link = f'<w:hyperlink w:anchor="{mark.name}" w:history="1">{words}</w:hyperlink>'
    return paragraph(link, f"TOC{min(level, 3)}")


def colophon(imprint: Imprint, style: DraftStyle, depth: int) -> list[str]:
    """What this paper is, down to the text version it was set from; low on a page of its own."""
    version = imprint.commit[:10] + ("（含未提交的修改）" if imprint.dirty else "")
    lines = [
        ("书　　名", imprint.title),
        ("稿　　次", f"{label_of(imprint, style)}　{edition_name(imprint)}"),
        ("编印单位", imprint.office),
        ("编印日期", chinese_date(imprint)),
        ("文稿版本", version),
        ("排版样式", style.title),
    ]
    if imprint.sample:
        lines.append(("说　　明", "本稿为示例，所涉单位、人员与数据均为虚构。"))
    texts = [
        run(name, rStyle=val("EntryTitle")) + run(f"　　{words}") for name, words in lines if words
    ]
    return [
        paragraph(texts[0], "Colophon", spacing=f'w:before="{round(depth * COLOPHON_AT)}"'),
        *(paragraph(words, "Colophon") for words in texts[1:]),
    ]
