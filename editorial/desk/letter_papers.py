"""The papers of a letter: 公函 in PDF and DOCX, the unit's own extract, the message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.desk.assemble import assemble
from editorial.desk.compose import compose
from editorial.desk.extract import narrowed
from editorial.desk.fonts import font_table, glyph_remarks
from editorial.desk.office import Desk
from editorial.desk.origins import letter_origin
from editorial.desk.papers import EXTRACT, paper_of
from editorial.desk.questions import letter_questions
from editorial.errors import EditorialError
from editorial.model.book import Book, Imprint, Printed
from editorial.model.labels import LetterKind
from editorial.model.letters import Letter, Paper, sections_of
from editorial.model.origin import Origin
from editorial.model.sheet import AnswerForm, Sheet
from editorial.model.style import DraftStyle, FontConfig
from editorial.model.volume import Volume, book_title
from editorial.store.looks import load_draft_style, load_fonts, load_letter_style
from editorial.store.registers import load_drafts, load_letters
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.render.fonts import FontTable

FORM = "回执"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What all letters of a batch are printed with, made ready once. `text` is where the text
    of the book stands, `whole` the sections any of the letters may take an extract of."""

    desk: Desk
    volume: Volume
    text: Origin
    config: FontConfig
    table: FontTable
    style: DraftStyle
    whole: Book


def press_for(desk: Desk, volume: Volume, letters: Iterable[Letter], text: Origin) -> Press:
    files = desk.workspace.files
    config = load_fonts(files)
    style = _plain(load_draft_style(files, volume.info.draft_style))
    nodes = dict.fromkeys(node for each in letters for node in _own_sections(volume, each))
    imprint = Imprint(
        title=book_title(volume),
        label="稿件摘录",
        edition=1,
        date=date.min,  # each extract bears the day of its letter
        office=volume.info.office.name,
        commit=text.commit,
        dirty=text.dirty,
        notice=style.notice,
        sample=volume.info.sample,
    )
    none = Book(imprint=imprint)
    whole = assemble(desk, volume, style, imprint, tuple(nodes))[0] if nodes else none
    table = font_table(desk, config)
    return Press(
        desk=desk, volume=volume, text=text, config=config, table=table, style=style, whole=whole
    )


def print_papers(press: Press, letter: Letter) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """公函.pdf, 公函.docx, 回执 when it lies apart, and the unit's own extract; remarks on fonts
    that stood in."""
    from editorial.render.docx.letter import letter_docx
    from editorial.render.pdf.letter import letter_pdf, mark_ink

    config, table = press.config, press.table
    origin = letter_origin(press.text, letter)
    sheet = replace(composed(press.desk, press.volume, letter), origin=origin)
    pdf = letter_pdf(sheet, table)
    word = letter_docx(sheet, config, mark_ink(table, sheet.letterhead))
    forms = _forms(sheet, config, table)
    papers = {"公函.pdf": pdf.data, "公函.docx": word.data}
    papers |= {name: form.data for name, form in forms.items()}
    printed = (pdf, *forms.values())
    remarks = tuple(
        f"缺{table.label(role)}字体，PDF 里用{table.faces(role)[0].path.name}代替"
        for role in dict.fromkeys(role for each in printed for role in each.substituted)
    )
    remarks = (*remarks, *glyph_remarks(*printed))
    nodes = _own_sections(press.volume, letter)
    extract = _extract(press, letter, nodes, origin) if nodes else b""
    if extract:
        papers[EXTRACT] = extract
    elif nodes:
        remarks = (*remarks, "这几个分目里没有该单位署名的条目，没有附稿件摘录")
    if letter.kind is LetterKind.CONSULT and not extract:
        remarks = (*remarks, "征求意见函里没有附稿件，请把稿本另外送上")
    return papers, remarks


def _forms(sheet: Sheet, config: FontConfig, table: FontTable) -> dict[str, Printed]:
    """Forms that lie apart, to be printed and to be filled in on the screen."""
    from editorial.render.docx.letter import form_docx
    from editorial.render.pdf.letter import form_pdf

    papers: dict[str, Printed] = {}
    for number, annex in enumerate(sheet.annexes):
        if isinstance(annex, AnswerForm) and annex.apart:
            papers[f"{FORM}.pdf"] = form_pdf(sheet, table, number)
            papers[f"{FORM}.docx"] = form_docx(sheet, config, number)
    return papers


def composed(desk: Desk, volume: Volume, letter: Letter) -> Sheet:
    """The letter in the words of its kind. EditorialError when something is lacking."""
    files = desk.workspace.files
    style = load_letter_style(files, letter.kind.value)
    earlier = None
    if letter.follows:
        known = load_letters(files, desk.volume_id)
        earlier = next((each for each in known if each.id == letter.follows), None)
    return compose(volume, letter, style, draft_name(desk), earlier)


def _own_sections(volume: Volume, letter: Letter) -> tuple[str, ...]:
    """Those sections of the letter that the unit itself supplies; no other's text goes out."""
    asked = sections_of(letter)
    return tuple(s.id for s in volume.sections if s.id in asked and letter.unit in s.units)


def _plain(style: DraftStyle) -> DraftStyle:
    """The office's look for pages to write in: nothing around the text, nothing beside it."""
    bare = replace(style, show_marks=False, copy_number=False, opinion_form=False)
    return replace(bare, columns=1, recto=False, dividers=False, lists=False, index=False)


def _extract(press: Press, letter: Letter, nodes: tuple[str, ...], origin: Origin) -> bytes:
    """Only this unit's entries, as a Word file to write in, the letter's items as comments;
    empty when none is signed by it."""
    from editorial.render.docx.book import book_docx

    volume, style = press.volume, press.style
    assert letter.signed is not None
    imprint = replace(
        press.whole.imprint,
        label=f"{unit_name(volume, letter.unit)}稿件摘录",
        date=letter.signed,
    )
    others = {section.id for section in volume.sections} - set(nodes)
    parts = tuple(part for part in press.whole.parts if part.id not in others)
    whole = replace(press.whole, imprint=imprint, parts=parts)
    book, _ = narrowed(volume, whole, frozenset({letter.unit}))
    if not any(part.blocks for part in book.parts):
        return b""
    asked = letter_questions(volume, book, letter)
    book = replace(book, origin=origin, queries=asked, tracked=True)
    return book_docx(book, style, press.config).data


def draft_name(desk: Desk) -> str:
    """评议稿第N稿 as last registered, or 初稿 before there is one."""
    drafts = load_drafts(desk.workspace.files, desk.volume_id)
    if not drafts:
        return "初稿"
    last = drafts[-1]
    return f"{load_draft_style(desk.workspace.files, last.style).label}第{last.edition}稿"


def unit_name(volume: Volume, unit_id: str) -> str:
    return next((u.short or u.name for u in volume.units if u.id == unit_id), unit_id)


def unchanged(folder: Path, paper: Paper) -> bytes:
    try:
        data = (folder / paper.name).read_bytes()
    except OSError:
        raise EditorialError(
            "签发的文件不见了，不能发出",
            where=str(folder / paper.name),
            hint="用 git checkout 恢复该文件",
        ) from None
    if paper_of(paper.name, data) != paper:
        raise EditorialError(
            "签发之后文件被改过，不能发出",
            where=str(folder / paper.name),
            hint="用 git checkout 恢复该文件；确要改动，请作废本函另拟",
        )
    return data
