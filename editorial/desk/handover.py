"""发稿: is the manuscript complete, clear and final (齐、清、定)? Every lack with its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from editorial.desk.assemble import assemble
from editorial.desk.fonts import font_table
from editorial.desk.office import Desk, loaded
from editorial.desk.placing import missing_glyphs, placed
from editorial.errors import Blocker
from editorial.model.book import Book, Imprint, MissingGlyph
from editorial.model.document import Document, Figure, Table, printed_text
from editorial.model.finding import Finding, Severity
from editorial.model.handover import (
    Lack,
    Virtue,
    blocker_of,
    missing_in_text,
    missing_parts,
    open_proofs,
    unsettled_in_text,
)
from editorial.model.letters import is_open, letter_state
from editorial.model.reviews import disposition, waiting
from editorial.model.style import DraftStyle
from editorial.model.volume import Volume, book_title
from editorial.store.history import uncommitted
from editorial.store.load import load_text
from editorial.store.looks import draft_labels, load_draft_style, load_fonts
from editorial.store.registers import load_letters, load_proofs, load_rounds
from editorial.values import dataclass

PRINT_STYLE = "final"
SHARP = 300  # dots an inch, as printing asks of a picture at its printed size


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The verdict: what lacks, and how much was looked at."""

    lacks: tuple[Lack, ...]
    sections: int
    characters: int
    tables: int
    figures: int

    def of(self, virtue: Virtue) -> tuple[Lack, ...]:
        return tuple(lack for lack in self.lacks if lack.virtue is virtue)


def handover_blockers(desk: Desk, today: date) -> tuple[Blocker, ...]:
    return tuple(blocker_of(lack) for lack in handover(desk, today).lacks)


def handover(desk: Desk, today: date) -> Handover:
    """Read every text, picture and record as the press will need them. BadData when the book
    itself cannot be read."""
    volume = loaded(desk).volume
    style = print_style(desk, volume)
    book, odd = assemble(desk, volume, style, _imprint(volume, style, today), ())
    texts = {
        s.id: load_text(desk.workspace.files, desk.volume_id, s.id)[0] for s in volume.sections
    }
    lacks = (
        *missing_parts(volume),
        *_from_texts(volume, book, texts),
        *_unclear(desk, book, style, odd),
        *_unsettled(desk, volume, texts),
    )
    blocks = [block for part in book.parts for block in part.blocks]
    return Handover(
        lacks=tuple(sorted(dict.fromkeys(lacks), key=lambda each: list(Virtue).index(each.virtue))),
        sections=len(texts),
        characters=sum(
            len("".join(printed_text(Document(blocks=p.blocks)).split())) for p in book.parts
        ),
        tables=sum(isinstance(block, Table) for block in blocks),
        figures=sum(isinstance(block, Figure) for block in blocks),
    )


def print_style(desk: Desk, volume: Volume) -> DraftStyle:
    """The look the book is printed in; of a workspace without it that of its drafts."""
    names = dict(draft_labels(desk.workspace.files))
    chosen = PRINT_STYLE if PRINT_STYLE in names else volume.info.draft_style
    return load_draft_style(desk.workspace.files, chosen)


def _imprint(volume: Volume, style: DraftStyle, today: date) -> Imprint:
    office = volume.info.office.name
    title = book_title(volume)
    return Imprint(title=title, label=style.label, edition=1, date=today, office=office, commit="")


def _from_texts(volume: Volume, book: Book, texts: dict[str, str]) -> Iterator[Lack]:
    parts = {part.id: part for part in book.parts}
    for section in volume.sections:
        part = parts.get(section.id)
        blocks = part.blocks if part else ()
        yield from missing_in_text(section, texts[section.id], blocks)


# 清


def _unclear(desk: Desk, book: Book, style: DraftStyle, odd: tuple[Finding, ...]) -> Iterator[Lack]:
    from editorial.render.faults import book_faults

    settled = ("L01", "L02", "L08", "M17")  # told under 齐 and 定
    told = (*odd, *book_faults(book.parts, style))
    found = [each for each in told if each.code not in settled]
    for finding in (*placed(desk, found), *_glyphs(desk, book, style)):
        if finding.severity is not Severity.INFO:
            yield _unclear_at(finding)
    yield from _pictures(book, style)


def _unclear_at(finding: Finding) -> Lack:
    virtue = Virtue.COMPLETE if finding.code in ("M09", "M10") else Virtue.CLEAR
    return Lack(
        virtue=virtue,
        node=finding.where,
        message=finding.message,
        line=finding.line,
        hint=finding.hint,
    )


def _glyphs(desk: Desk, book: Book, style: DraftStyle) -> tuple[Finding, ...]:
    """Characters no face of the text's role has, not even a borrowed one."""
    from editorial.render.fonts import open_font

    table = font_table(desk, load_fonts(desk.workspace.files))
    used = {char for part in book.parts for char in printed_text(Document(blocks=part.blocks))}
    left = {char for char in used if char.isprintable() and not char.isspace()}
    for face in table.faces(style.roles["body"].font):
        left -= set(map(chr, open_font(face).unicodes))
        if not left:
            break
    missing = (MissingGlyph(role="body", char=char) for char in sorted(left))
    return missing_glyphs(desk, book, missing)


def _pictures(book: Book, style: DraftStyle) -> Iterator[Lack]:
    from editorial.render.pdf.frame import frame_of

    frame = frame_of(style)
    sizes: dict[Path, str] = {}
    for part in book.parts:
        for block in part.blocks:
            path = part.images.get(block.src) if isinstance(block, Figure) else None
            if path is not None and isinstance(block, Figure):
                if path not in sizes:
                    sizes[path] = _picture_fault(path, frame.columns.width)
                if sizes[path]:
                    told = f"图“{block.title or block.src}”{sizes[path]}"
                    yield Lack(virtue=Virtue.CLEAR, node=part.id, message=told, line=0)


def _picture_fault(path: Path, width: float) -> str:
    """What keeps a picture from being printed well across `width` points; empty for nothing."""
    from editorial.render.raster import read_file, redrawn, unreadable

    if reason := unreadable(path):
        return f"无法读取：{reason}"
    across = read_file(path, lambda _, source: redrawn(source, 1).natural[0])
    dots = across / (width / 72)
    if dots >= SHARP:
        return ""
    need = round(SHARP * width / 72)
    return f"不够清晰：宽{across}像素，印一栏宽只有每英寸{int(dots)}点，至少要{need}像素"


# 定


def _unsettled(desk: Desk, volume: Volume, texts: dict[str, str]) -> Iterator[Lack]:
    files = desk.workspace.files
    for path in uncommitted(desk.workspace, (f"volumes/{desk.volume_id}",)):
        if "/out/" not in path:
            yield _final(path, "改过而没有留存", "editorial keep -m “改了什么”")
    for section in volume.sections:
        yield from unsettled_in_text(section, texts[section.id])
    for round_ in load_rounds(files, desk.volume_id):
        for opinion in waiting(round_):
            told = f"意见{opinion.id}（{opinion.by}）{disposition(opinion).label}：{opinion.text}"
            yield _final(opinion.section, told, "editorial opinion decide")
    for letter in load_letters(files, desk.volume_id):
        if is_open(letter):
            name = letter.number or f"第{letter.id}号拟稿"
            told = f"函件未办结：{name}（{letter_state(letter).label}）"
            yield _final(f"letter {letter.id}", told, "editorial letter close")
    yield from open_proofs(load_proofs(files, desk.volume_id))


def _final(node: str, message: str, hint: str) -> Lack:
    return Lack(virtue=Virtue.FINAL, node=node, message=message, hint=hint)
