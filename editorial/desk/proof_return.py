"""返厂: the list of corrections and the proof with its marks drawn, for the typesetter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.desk.fonts import font_table, printed_remarks
from editorial.desk.office import Act, Desk, loaded
from editorial.desk.office_papers import check_formats
from editorial.desk.proof_corrections import refuse_clashes
from editorial.desk.proof_file import kept_path
from editorial.desk.proof_page import PageText
from editorial.desk.proof_place import Ground, Spot, read_ground, spot_of
from editorial.desk.proofs import find_proof, return_proof
from editorial.model.book import Printed
from editorial.model.names import fit_file
from editorial.model.office_paper import Grid, as_register
from editorial.model.proof_drawing import DrawnMark, MarkedSheet, MarkStrip
from editorial.model.proof_list import by_eye, correction_paper, machine_list
from editorial.model.proof_signs import OF_WORDS, Sign, find_sign
from editorial.model.proofs import Correction, ProofJob, described
from editorial.model.style import FontConfig
from editorial.model.volume import Volume, book_title
from editorial.read.proof_overlay import laid_over
from editorial.store.looks import load_fonts
from editorial.store.save import put_output
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.model.office_paper import OfficePaper

FORMATS = ("pdf", "docx", "xlsx", "csv")
INKS = ("红", "蓝", "绿")


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    files: tuple[Path, ...]
    remarks: tuple[str, ...] = ()


def send_back(
    desk: Desk,
    proof_id: str,
    *,
    at: datetime,
    note: str = "",
    formats: Sequence[str] = FORMATS,
    out: Path | None = None,
) -> tuple[Act, Papers]:
    """Papers first, then the job turns to 返厂. Refused while corrections clash."""
    job = find_proof(desk, proof_id)
    papers = proof_papers(desk, proof_id, today=at.date(), formats=formats, out=out)
    left = [p for p in job.portions if p.returned is None]
    act = return_proof(desk, proof_id, at=at, note=note)
    told = papers.remarks
    if left:
        told = (*told, f"还有{len(left)}份分校没有交回")
    return replace(act, remarks=(*act.remarks, *told)), papers


def proof_papers(
    desk: Desk,
    proof_id: str,
    *,
    today: date,
    formats: Sequence[str] = FORMATS,
    out: Path | None = None,
) -> Papers:
    """改动单 in every format asked for, and the marked proof with `pdf` when its file is kept."""
    check_formats(formats, FORMATS)
    job = find_proof(desk, proof_id)
    book = loaded(desk)
    ground = None
    if job.file and not job.scanned:
        pages = {each.page for each in job.corrections}
        ground = read_ground(kept_path(desk, job), job.offset, pages)
        refuse_clashes(job, ground)
    ink = ink_of(job, book.workflow.passes)
    folder = out or desk.root / "volumes" / desk.volume_id / "out"
    names = {editor.id: editor.name for editor in book.volume.staff}
    paper = correction_paper(job, book_title(book.volume), names, INKS[ink])
    fonts = load_fonts(desk.workspace.files)
    written = dict(_lists(desk, job, paper, book.volume, formats, today, fonts))
    told = [*_told(job), *printed_remarks(fonts, *written.values())]
    if "pdf" in formats and ground is not None:
        data, more = _marked(desk, job, ground, ink, names, fonts)
        written[f"{job.label}样{job.id}标红.pdf"] = Printed(data=data)
        told += more
    files = tuple(folder / fit_file(name) for name in written)
    for path, printed in zip(files, written.values(), strict=True):
        put_output(path, printed.data, desk.workspace)
    return Papers(files=files, remarks=tuple(told))


def ink_of(job: ProofJob, passes: Sequence[str]) -> int:
    """红 for the first pass, 蓝 for the second, 绿 for the third, and so on in turn."""
    return (passes.index(job.label) if job.label in passes else 0) % len(INKS)


def _lists(
    desk: Desk,
    job: ProofJob,
    paper: OfficePaper,
    volume: Volume,
    formats: Sequence[str],
    today: date,
    fonts: FontConfig,
) -> Iterator[tuple[str, Printed]]:
    from editorial.render.docx.office_paper import office_docx
    from editorial.render.pdf.office_paper import office_pdf
    from editorial.render.xlsx import workbook

    office = volume.info.office.name
    stem = f"{job.label}样{job.id}改动单"
    for kind in dict.fromkeys(formats):
        name = f"{stem}.{kind}"
        match kind:
            case "csv":
                yield name, Printed(data=machine_list(job))
            case "xlsx":
                grid = next(each for each in paper.blocks if isinstance(each, Grid))
                made = workbook((as_register(paper, grid, office),), today, office)
                yield name, Printed(data=made)
            case "docx":
                yield name, Printed(data=office_docx((paper,), fonts, today, office))
            case _:
                yield name, office_pdf((paper,), font_table(desk, fonts), office)


def _told(job: ProofJob) -> Iterator[str]:
    looks = sum(by_eye(each) for each in job.corrections)
    if looks:
        yield f"有{looks}处（转正、另起段、说明等）不改文字，机器核不了，不在 csv 里，请看图核"
    if not job.file:
        yield "出样时没有存 PDF，没有画标红样"
    elif job.scanned:
        yield "校样没有文字，没有画标红样"


def _marked(
    desk: Desk,
    job: ProofJob,
    ground: Ground,
    ink: int,
    names: dict[str, str],
    fonts: FontConfig,
) -> tuple[bytes, list[str]]:
    from editorial.render.pdf.proof_marks import drawn_marks

    sheets = marked_sheets(job, ground, names)
    marked = drawn_marks(sheets, font_table(desk, fonts), ink)
    loose = [n for n, each in enumerate(job.corrections, 1) if spot_of(ground, each) is None]
    told = [f"第{'、'.join(map(str, loose))}处没有确切位置，写在页边"] if loose else []
    if marked.lacking:
        told.append(f"现有字体没有“{''.join(marked.lacking)}”，标红样上画作〓")
    return laid_over(kept_path(desk, job), marked), told


def marked_sheets(job: ProofJob, ground: Ground, names: dict[str, str]) -> tuple[MarkedSheet, ...]:
    """Every page with a correction, and what is to be drawn on it."""
    by_page: dict[int, list[tuple[int, Correction]]] = {}
    for number, each in enumerate(job.corrections, 1):
        by_page.setdefault(each.page, []).append((number, each))
    found = []
    for page_number, own in sorted(by_page.items()):
        page = ground.page(page_number)
        if page is not None:
            marks = tuple(_drawn(ground, page, n, each, names) for n, each in own)
            found.append(
                MarkedSheet(
                    sheet=page.sheet,
                    width=page.width,
                    height=page.height,
                    left=page.left,
                    right=page.right,
                    marks=marks,
                    turn=page.turn,
                )
            )
    return tuple(found)


def _drawn(
    ground: Ground, page: PageText, number: int, each: Correction, names: dict[str, str]
) -> DrawnMark:
    spot = spot_of(ground, each)
    strips = _strips(page, spot) if spot else ()
    middle = (page.left + page.right) / 2
    at = (strips[0].left + strips[0].right) / 2 if strips else _row_end(page, each.line)
    return DrawnMark(
        number=number,
        sign=find_sign(each.mark) or Sign.CORRECT,
        strips=strips,
        text=_text(each, bool(strips)),
        leftward=at < middle,
        y=_height(page, each.line),
        split=_split(page, spot, each) if spot else 0.0,
        by=names.get(each.by, each.by),
    )


def _row_end(page: PageText, line: int) -> float:
    """On the side a line is nearest to, which in one column is the right."""
    row = next((row for row in page.rows if row.number == line), None)
    return row.left if row and row.right < (page.left + page.right) / 2 else page.right


def _height(page: PageText, line: int) -> float:
    row = next((row for row in page.rows if row.number == line), None)
    return row.y - row.size / 3 if row else page.height * 0.08


def _strips(page: PageText, spot: Spot) -> tuple[MarkStrip, ...]:
    gaps = {row.number: gap for row, gap in page.gaps()}
    if spot.stop > spot.start:
        return tuple(
            MarkStrip(s.left, s.top, s.right, s.bottom, gaps[s.row.number])
            for s in page.strips(spot.start, spot.stop)
        )
    x, row = page.edge(spot.start)
    return (MarkStrip(x, row.top, x, row.bottom, gaps[row.number]),)


def _split(page: PageText, spot: Spot, each: Correction) -> float:
    """Where the two parts of 对调 meet."""
    for place in range(1, len(each.old)):
        if each.old[place:] + each.old[:place] == each.new:
            return page.edge(spot.start + place)[0]
    return 0.0


def _text(each: Correction, placed: bool) -> str:
    """What stands in the margin."""
    sign = find_sign(each.mark)
    note = f"（{each.note}）" if each.note else ""
    if not placed:
        return f"{described(each)}{note}"
    if by_eye(each) or sign not in OF_WORDS:
        return f"{each.mark}{note}"
    return f"{each.new}{note}"
