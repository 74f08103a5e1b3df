"""An office's papers made into files: PDF, Word, and a workbook of their tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from editorial.desk.fonts import font_labels, font_table
from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.model.book import Printed
from editorial.model.names import fit_name
from editorial.model.office_paper import Grid, OfficePaper, Words, as_register
from editorial.model.volume import Volume
from editorial.store.looks import load_fonts
from editorial.store.save import put_output
from editorial.values import dataclass

FORMATS = ("pdf", "docx", "xlsx")
ON_PAPER = ("pdf", "docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersMade:
    files: tuple[Path, ...]
    pages: int = 0
    remarks: tuple[str, ...] = ()


def check_formats(formats: Sequence[str], known: Sequence[str] = FORMATS) -> None:
    odd = [each for each in formats if each not in known]
    if odd or not formats:
        raise EditorialError(f"没有“{'、'.join(odd)}”格式", hint=f"可用：{','.join(known)}")


def sample_mark(volume: Volume) -> str:
    return "示例" if volume.info.sample else ""


def write_papers(
    desk: Desk,
    papers: Sequence[OfficePaper],
    *,
    stem: str,
    formats: Sequence[str],
    day: date,
    office: str,
    out: Path | None = None,
) -> PapersMade:
    """All papers in one file of each format. EditorialError for an unknown format, or a workbook
    of papers without a table."""
    check_formats(formats)
    folder = out or desk.root / "volumes" / desk.volume_id / "out"
    printed: list[Printed] = []
    files = []
    for kind in dict.fromkeys(formats):
        path = folder / f"{fit_name(stem)}.{kind}"
        put_output(path, _data(desk, papers, kind, day, office, printed), desk.workspace)
        files.append(path)
    pages = sum(each.pages for each in printed)
    remarks = tuple(
        f"缺{label}字体，已用代替字体"
        for each in printed
        for label in font_labels(desk, each.substituted)
    )
    return PapersMade(files=tuple(files), pages=pages, remarks=remarks)


def _data(
    desk: Desk,
    papers: Sequence[OfficePaper],
    kind: str,
    day: date,
    office: str,
    printed: list[Printed],
) -> bytes:
    fonts = load_fonts(desk.workspace.files)
    if kind == "pdf":
        from editorial.render.pdf.office_paper import office_pdf

        printed.append(office_pdf(papers, font_table(desk, fonts), office))
        return printed[-1].data
    if kind == "docx":
        from editorial.render.docx.office_paper import office_docx

        return office_docx(papers, fonts, day, office)
    return _workbook(papers, day, office)


def _workbook(papers: Sequence[OfficePaper], day: date, office: str) -> bytes:
    from editorial.render.xlsx import workbook

    tables = [
        as_register(paper, block, "　".join((office, *_counts(paper))))
        for paper in papers
        for block in paper.blocks
        if isinstance(block, Grid)
    ]
    if not tables:
        raise EditorialError("这份材料里没有表，出不了 xlsx", hint="可用：pdf,docx")
    return workbook(tables, day, office)


def _counts(paper: OfficePaper) -> tuple[str, ...]:
    return tuple(
        block.text for block in paper.blocks if isinstance(block, Words) and block.look == "count"
    )
