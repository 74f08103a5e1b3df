"""The transcribed book as an ordinary programmer sets it with reportlab's platypus.

    python bench/naive.py FOLDER OUT

Three passes, as `multiBuild` needs for the pages of the contents.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    Image,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)
from reportlab.platypus.tableofcontents import TableOfContents

from editorial.model import document as text
from editorial.model.book import Book, Part, edition_name
from editorial.model.style import DraftStyle

SONG, HEI = "naive", "hei"
ALIGNED = {"justify": TA_JUSTIFY, "left": TA_LEFT, "right": TA_RIGHT, "center": TA_CENTER}
TAGS = {"superscript": "super", "subscript": "sub"}


class Document(SimpleDocTemplate):
    """Headings go into the contents and above the pages that follow."""

    book: Book
    chapter = ""
    total = 0

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  reportlab's name
        level = getattr(flowable, "level", None)
        if level is not None:
            title = flowable.getPlainText()
            self.notify("TOCEntry", (level, title, self.page))
            self.chapter = title if level == 0 else self.chapter

    def afterPage(self) -> None:  # noqa: N802  reportlab's name
        self.total = max(self.total, self.page)
        width, height = self.pagesize
        canvas, even = self.canv, self.page % 2 == 0
        canvas.setFont(SONG, 9)
        if even:
            canvas.drawString(self.leftMargin, height - 15 * mm, self.book.imprint.title)
        else:
            canvas.drawRightString(width - self.rightMargin, height - 15 * mm, self.chapter)
        canvas.drawCentredString(width / 2, 12 * mm, f"第{self.page}页　共{self.total}页")


def main() -> None:
    folder, out = Path(sys.argv[1]), sys.argv[2]
    book, style = pickle.loads((folder / "book.pickle").read_bytes())
    pdfmetrics.registerFont(TTFont(SONG, folder / "faces/Bench Naive.ttf"))
    pdfmetrics.registerFont(TTFont(HEI, folder / "faces/Bench Hei.ttf"))
    margins = style.margins
    document = Document(
        out,
        pagesize=(style.paper[0] * mm, style.paper[1] * mm),
        leftMargin=margins.inner * mm,
        rightMargin=margins.outer * mm,
        topMargin=margins.top * mm,
        bottomMargin=margins.bottom * mm,
        title=book.imprint.title,
        author=book.imprint.office,
    )
    document.book = book
    looks = {name: look(style, name) for name in style.roles}
    document.multiBuild(list(story(book, looks, document.width, document.height)))


def look(style: DraftStyle, name: str) -> ParagraphStyle:
    role = style.roles[name]
    return ParagraphStyle(
        name,
        fontName=HEI if role.font in ("hei", "xbs", "song_bold") else SONG,
        fontSize=role.size,
        leading=role.leading,
        firstLineIndent=role.indent * role.size,
        alignment=ALIGNED[role.align],
        spaceBefore=role.before,
        spaceAfter=role.after,
        wordWrap="CJK",
    )


def story(
    book: Book, looks: dict[str, ParagraphStyle], width: float, height: float
) -> Iterator[Flowable]:
    imprint = book.imprint
    yield Spacer(1, 150)
    yield Paragraph(escape(imprint.title), looks["cover_title"])
    for line in (imprint.notice, imprint.label, edition_name(imprint), imprint.office):
        yield Paragraph(escape(line), looks["cover_line"])
    yield PageBreak()
    yield Paragraph(book.notes_title, looks["front_title"])
    yield from (Paragraph(escape(note), looks["body"]) for note in book.editorial_notes)
    yield PageBreak()
    yield Paragraph("目　录", looks["front_title"])
    contents = TableOfContents()
    contents.levelStyles = [looks["toc_chapter"], *[looks["toc_section"]] * 2]
    yield contents
    for part in book.parts:
        yield from titled(part, looks)
        for at, block in enumerate(part.blocks):
            number = book.numbers.get((part.id, at), "")
            yield from flowables(block, part, number, looks, (width, height))


def titled(part: Part, looks: dict[str, ParagraphStyle]) -> Iterator[Flowable]:
    if part.level == 1:
        yield PageBreak()
    title = Paragraph(escape(part.title), looks["chapter" if part.level == 1 else "section"])
    title.level = part.level - 1
    yield title


def flowables(
    block: text.Block,
    part: Part,
    number: str,
    looks: dict[str, ParagraphStyle],
    room: tuple[float, float],
) -> Iterator[Flowable]:
    match block:
        case text.Heading(runs=runs):
            yield Paragraph(marked(runs), looks["heading"])
        case text.Entry(title=title, runs=runs):
            lead = f'<font name="{HEI}">【{escape(title)}】</font>　'
            yield Paragraph(lead + marked(runs), looks["body"])
        case text.Paragraph(runs=runs):
            yield Paragraph(marked(runs), looks["body"])
        case text.Table(title=title, unit=unit):
            yield Paragraph(escape(f"{number}　{title}　单位：{unit}"), looks["table_title"])
            yield table(block, looks["table_cell"], room[0])
        case text.Figure(src=src, title=title, credit=credit):
            if path := part.images.get(src):
                yield Image(str(path), room[0], 0.55 * room[1], kind="proportional")
            yield Paragraph(escape(f"{number}　{title}（{credit}）"), looks["figure_title"])
        case text.Note(label=label, runs=runs):
            yield Paragraph(f"〔{escape(label)}〕{marked(runs)}", looks["note"])
        case text.Signature(text=words):
            yield Paragraph(f"（{escape(words)}）", looks["signature"])
        case text.Break():
            yield Spacer(1, looks["body"].leading)


def marked(runs: text.Runs) -> str:
    return "".join(_marked(run) for run in runs)


def _marked(run: text.Run) -> str:
    words = escape(run.text)
    if run.kind == "note":
        return f"<super>〔{escape(run.target)}〕</super>"
    if run.kind == "emphasis":
        return f'<font name="{HEI}">{words}</font>'
    tag = TAGS.get(run.kind)
    return f"<{tag}>{words}</{tag}>" if tag else words


def table(block: text.Table, look: ParagraphStyle, width: float) -> Table:
    columns = max(len(row) for row in block.rows)
    rows = [[Paragraph(marked(cell.runs), look) if cell else "" for cell in r] for r in block.rows]
    spans = [
        ("SPAN", (x, y), (x + cell.across - 1, y + cell.down - 1))
        for y, row in enumerate(block.rows)
        for x, cell in enumerate(row)
        if cell and (cell.across, cell.down) != (1, 1)
    ]
    return Table(
        rows,
        colWidths=[width / columns] * columns,
        repeatRows=block.header_rows,
        style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans],
    )


if __name__ == "__main__":
    main()
