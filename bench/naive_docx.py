"""The transcribed book as an ordinary programmer sets it with python-docx.

    python bench/naive_docx.py FOLDER OUT

One call for each paragraph, run and cell, as the library's own guide has it. It writes no
footnotes: a note stands where it was typed, as 〔mark〕 and text.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from editorial.model import document as text
from editorial.model.book import Book, Part, edition_name
from editorial.model.style import DraftStyle, TextRole

WORDS = {"song": "宋体", "song_bold": "宋体", "hei": "黑体", "kai": "楷体", "fang": "仿宋"}
STYLES = {
    "Normal": "body",
    "Title": "cover_title",
    "Subtitle": "cover_line",
    "Heading 1": "chapter",
    "Heading 2": "section",
    "Heading 3": "heading",
    "Caption": "table_title",
}
ALIGNED = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}


def main() -> None:
    folder, out = Path(sys.argv[1]), sys.argv[2]
    book, style = pickle.loads((folder / "book.pickle").read_bytes())
    document = docx.Document()
    set_page(document, book, style)
    for name, role in STYLES.items():
        set_style(document.styles[name], style.roles[role])
    set_front(document, book)
    for part in book.parts:
        set_part(document, part, book, style)
    document.save(out)


def set_page(document: Document, book: Book, style: DraftStyle) -> None:
    section, margins = document.sections[0], style.margins
    section.page_width, section.page_height = Mm(style.paper[0]), Mm(style.paper[1])
    section.left_margin, section.right_margin = Mm(margins.inner), Mm(margins.outer)
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.header.paragraphs[0].text = book.imprint.title
    add_field(section.footer.paragraphs[0], "PAGE")


def set_style(style: ParagraphStyle, role: TextRole) -> None:
    word = WORDS.get(role.font, "宋体")
    style.font.name, style.font.size = word, Pt(role.size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), word)
    space = style.paragraph_format
    space.alignment = ALIGNED[role.align]
    space.line_spacing = Pt(role.leading)
    space.space_before, space.space_after = Pt(role.before), Pt(role.after)
    space.first_line_indent = Pt(role.indent * role.size)


def set_front(document: Document, book: Book) -> None:
    imprint = book.imprint
    document.add_paragraph(imprint.title, style="Title")
    for line in (imprint.notice, imprint.label, edition_name(imprint), imprint.office):
        document.add_paragraph(line, style="Subtitle")
    document.add_page_break()
    document.add_heading(book.notes_title, 1)
    for note in book.editorial_notes:
        document.add_paragraph(note)
    document.add_page_break()
    document.add_heading("目　录", 1)
    add_field(document.add_paragraph(), 'TOC \\o "1-3" \\h')


def add_field(paragraph: Paragraph, code: str) -> None:
    """python-docx has no fields: everybody pastes these lines."""
    run = paragraph.add_run()
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def set_part(document: Document, part: Part, book: Book, style: DraftStyle) -> None:
    if part.level == 1:
        document.add_page_break()
    document.add_heading(part.title, part.level)
    for at, block in enumerate(part.blocks):
        set_block(document, block, part, book.numbers.get((part.id, at), ""), style)


def set_block(
    document: Document, block: text.Block, part: Part, number: str, style: DraftStyle
) -> None:
    match block:
        case text.Heading(runs=runs):
            add_runs(document.add_heading(level=3), runs)
        case text.Entry(title=title, runs=runs):
            paragraph = document.add_paragraph()
            paragraph.add_run(f"【{title}】　").bold = True
            add_runs(paragraph, runs)
        case text.Paragraph(runs=runs):
            add_runs(document.add_paragraph(), runs)
        case text.Table(title=title, unit=unit):
            document.add_paragraph(f"{number}　{title}　单位：{unit}", style="Caption")
            set_table(document, block, style)
        case text.Figure(src=src, title=title, credit=credit):
            if path := part.images.get(src):
                document.add_picture(str(path), width=Mm(120))
            document.add_paragraph(f"{number}　{title}（{credit}）", style="Caption")
        case text.Note(label=label, runs=runs):
            add_runs(document.add_paragraph(f"〔{label}〕"), runs)
        case text.Signature(text=words):
            document.add_paragraph(f"（{words}）").alignment = WD_ALIGN_PARAGRAPH.RIGHT
        case text.Break():
            document.add_paragraph()


def add_runs(paragraph: Paragraph, runs: text.Runs) -> None:
    for each in runs:
        run = paragraph.add_run(f"〔{each.target}〕" if each.kind == "note" else each.text)
        if each.kind == "emphasis":
            run.bold = True
        elif each.kind in ("superscript", "note"):
            run.font.superscript = True
        elif each.kind == "subscript":
            run.font.subscript = True


def set_table(document: Document, block: text.Table, style: DraftStyle) -> None:
    columns = max(len(row) for row in block.rows)
    table = document.add_table(len(block.rows), columns, style="Table Grid")
    for i, row in enumerate(block.rows):
        for j, cell in enumerate(row):
            if cell:
                set_cell(table, (i, j), cell, style.roles["table_cell"])


def set_cell(table: Table, at: tuple[int, int], cell: text.Cell, role: TextRole) -> None:
    i, j = at
    place = table.cell(i, j)
    if (cell.across, cell.down) != (1, 1):
        place = place.merge(table.cell(i + cell.down - 1, j + cell.across - 1))
    paragraph = place.paragraphs[0]
    add_runs(paragraph, cell.runs)
    paragraph.alignment = ALIGNED[role.align]
    for run in paragraph.runs:
        run.font.size = Pt(role.size)


if __name__ == "__main__":
    main()
