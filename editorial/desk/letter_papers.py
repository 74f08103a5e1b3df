"""The papers of a letter: 公函 in PDF and DOCX, the unit's own extract, the message."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from editorial.desk.assemble import assemble
from editorial.desk.compose import compose, mail_body
from editorial.desk.fonts import font_labels, font_table
from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.model.book import Imprint, MissingGlyph
from editorial.model.letters import Letter, Paper, sections_of
from editorial.model.people import contact_on
from editorial.model.volume import Volume, book_title
from editorial.store.history import last_change, uncommitted
from editorial.store.looks import load_draft_style, load_fonts, load_letter_style
from editorial.store.registers import load_drafts


def print_papers(
    desk: Desk, volume: Volume, letter: Letter
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """公函.pdf, 公函.docx and the unit's own extract; remarks on fonts that stood in."""
    from editorial.render.docx.letter import letter_docx
    from editorial.render.pdf.letter import letter_pdf

    files = desk.workspace.files
    config = load_fonts(files)
    style = load_letter_style(files, letter.kind.value)
    sheet = compose(volume, letter, style, draft_name(desk))
    pdf = letter_pdf(sheet, font_table(desk, config))
    papers = {"公函.pdf": pdf.data, "公函.docx": letter_docx(sheet, config).data}
    nodes = _own_sections(volume, letter)
    if nodes:
        papers["稿件摘录.docx"] = _extract(desk, volume, letter, nodes)
    remarks = tuple(f"缺{label}字体，已用代替字体" for label in font_labels(desk, pdf.substituted))
    return papers, (*remarks, *_glyph_remarks(pdf.missing))


def _glyph_remarks(missing: tuple[MissingGlyph, ...]) -> tuple[str, ...]:
    return tuple(
        f"“{each.char}”（U+{ord(each.char):04X}）字体里没有，"
        + (f"取自{each.drawn}" if each.drawn else "印作〓")
        for each in missing
    )


def _own_sections(volume: Volume, letter: Letter) -> tuple[str, ...]:
    """Those sections of the letter that the unit itself supplies; no other's text goes out."""
    asked = sections_of(letter)
    return tuple(s.id for s in volume.sections if s.id in asked and letter.unit in s.units)


def _extract(desk: Desk, volume: Volume, letter: Letter, nodes: tuple[str, ...]) -> bytes:
    """Only this unit's sections, as a Word file to write in."""
    from editorial.render.docx.book import book_docx

    files = desk.workspace.files
    style = replace(load_draft_style(files, volume.info.draft_style), show_marks=False)
    assert letter.signed is not None
    chapters = f"volumes/{desk.volume_id}/chapters"
    imprint = Imprint(
        title=book_title(volume),
        label=f"{unit_name(volume, letter.unit)}稿件摘录",
        edition=1,
        date=letter.signed,
        office=volume.info.office.name,
        commit=last_change(desk.workspace, (chapters,)),
        dirty=bool(uncommitted(desk.workspace, (chapters,))),
        notice=style.notice,
        sample=volume.info.sample,
    )
    book, _ = assemble(desk, volume, style, imprint, nodes)
    return book_docx(replace(book, editorial_notes=()), style, load_fonts(files)).data


def message_of(
    desk: Desk, volume: Volume, letter: Letter, papers: dict[str, bytes], at: datetime
) -> bytes:
    from editorial.post.outbox import build_message

    style = load_letter_style(desk.workspace.files, letter.kind.value)
    sheet = compose(volume, letter, style, draft_name(desk))
    office = volume.info.office
    token = f"{desk.volume_id}/{letter.id}"
    return build_message(
        sender=office.mail or "office@example.org",
        to=mail_of(volume, letter, at),
        subject=f"{letter.title}（{letter.number}）[{token}]",
        body=mail_body(sheet, letter.due),
        attachments=tuple(papers.items()),
        date=at,
        message_id=f"<{desk.volume_id}.{letter.id}.{letter.papers[0].sha256[:16]}@editorial.invalid>",
        headers={"X-Editorial-Letter": token},
    )


def mail_of(volume: Volume, letter: Letter, at: datetime) -> str:
    """Address of the unit's contact of that day, "" when it has none."""
    unit = next(each for each in volume.units if each.id == letter.unit)
    contact = contact_on(unit, at.date())
    return contact.mail if contact else ""


def draft_name(desk: Desk) -> str:
    """评议稿第N稿 as last registered, or 初稿 before there is one."""
    drafts = load_drafts(desk.workspace.files, desk.volume_id)
    if not drafts:
        return "初稿"
    last = drafts[-1]
    return f"{load_draft_style(desk.workspace.files, last.style).label}第{last.edition}稿"


def unit_name(volume: Volume, unit_id: str) -> str:
    return next((u.short or u.name for u in volume.units if u.id == unit_id), unit_id)


def paper_of(name: str, data: bytes) -> Paper:
    return Paper(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def unchanged(folder: Path, paper: Paper) -> bytes:
    try:
        data = (folder / paper.name).read_bytes()
    except OSError:
        raise EditorialError("签发的文件不见了，不能发出", where=str(folder / paper.name)) from None
    if paper_of(paper.name, data) != paper:
        raise EditorialError(
            "签发之后文件被改过，不能发出",
            where=str(folder / paper.name),
            hint="用 git checkout 恢复该文件；确要改动，请作废本函另拟",
        )
    return data
