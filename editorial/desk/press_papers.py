"""发稿单 and 付印单 from what is on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from editorial.desk.handover import handover, print_style
from editorial.desk.office import Desk, loaded
from editorial.desk.office_papers import (
    FORMATS,
    ON_PAPER,
    PapersMade,
    check_formats,
    sample_mark,
    write_papers,
)
from editorial.desk.papers import paper_of
from editorial.errors import EditorialError
from editorial.model.document import Document, Figure, Table, printed_text
from editorial.model.handover import Lack
from editorial.model.letters import Paper
from editorial.model.press import is_printed_matter
from editorial.model.press_papers import Manuscript, PartCount, imprint_sheet, press_sheet
from editorial.model.volume import Chapter, Volume, book_title
from editorial.read.markup import read_markup
from editorial.store.files import Files
from editorial.store.history import last_change
from editorial.store.load import load_text
from editorial.store.registers import load_proofs


def make_press_sheet(
    desk: Desk,
    *,
    today: date,
    asked: str = "",
    formats: Sequence[str] = FORMATS,
    out: Path | None = None,
) -> tuple[PapersMade, tuple[Lack, ...]]:
    """发稿单 with the list of files and what the check of 齐清定 found lacking."""
    check_formats(formats)
    volume = loaded(desk).volume
    verdict = handover(desk, today)
    given = Manuscript(
        parts=tuple(_part(desk, volume, chapter) for chapter in volume.chapters),
        files=tuple(_files(desk.workspace.files, f"volumes/{desk.volume_id}")),
        lacks=verdict.lacks,
        characters=verdict.characters,
        commit=last_change(desk.workspace, (f"volumes/{desk.volume_id}/chapters",)),
    )
    paper = press_sheet(
        volume,
        print_style(desk, volume),
        given,
        day=today,
        asked=asked,
        mark=sample_mark(volume),
    )
    made = write_papers(
        desk,
        (paper,),
        stem=f"{book_title(volume)}发稿单",
        formats=formats,
        day=today,
        office=volume.info.office.name,
        out=out,
    )
    return made, verdict.lacks


def _part(desk: Desk, volume: Volume, chapter: Chapter) -> PartCount:
    names = {editor.id: editor.name for editor in volume.staff}
    texts = [load_text(desk.workspace.files, desk.volume_id, s.id)[0] for s in chapter.sections]
    blocks = [
        block
        for text, section in zip(texts, chapter.sections, strict=True)
        for block in read_markup(text, section.id)[0].blocks
    ]
    editors = dict.fromkeys(names.get(s.editor, s.editor) for s in chapter.sections if s.editor)
    return PartCount(
        title=chapter.title,
        sections=len(chapter.sections),
        characters=len("".join(printed_text(Document(blocks=tuple(blocks))).split())),
        figures=sum(isinstance(block, Figure) for block in blocks),
        tables=sum(isinstance(block, Table) for block in blocks),
        editors=tuple(editors),
    )


def _files(files: Files, base: str) -> Iterator[Paper]:
    """Everything the press sets, by its path under chapters/."""
    for path in sorted(_below(files, f"{base}/chapters")):
        data = files.read(path) if is_printed_matter(path) else None
        if data is not None:
            name = path.removeprefix(f"{base}/chapters/")
            yield paper_of(name, data)


def _below(files: Files, folder: str) -> Iterator[str]:
    for name in files.names(folder):
        path = f"{folder}/{name}"
        if files.names(path):
            yield from _below(files, path)
        else:
            yield path


def make_imprint_sheet(
    desk: Desk,
    *,
    today: date,
    copies: int = 0,
    formats: Sequence[str] = ON_PAPER,
    out: Path | None = None,
) -> PapersMade:
    """付印单 with the state of every red mark. EditorialError while there is no proof."""
    volume = loaded(desk).volume
    jobs = load_proofs(desk.workspace.files, desk.volume_id)
    if not jobs:
        raise EditorialError("还没有校样，开不了付印单", hint="用 editorial proof issue 登记校样")
    gates = [
        (gate.label, "　".join(filter(None, (gate.body, gate.doc_no, f"{gate.date or ''}"))))
        for gate in volume.info.gates
        if gate.doc_no
    ]
    paper = imprint_sheet(
        volume,
        print_style(desk, volume),
        jobs,
        day=today,
        copies=copies,
        gates=gates,
        mark=sample_mark(volume),
    )
    return write_papers(
        desk,
        (paper,),
        stem=f"{book_title(volume)}付印单",
        formats=formats,
        day=today,
        office=volume.info.office.name,
        out=out,
    )
