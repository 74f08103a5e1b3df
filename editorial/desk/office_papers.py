"""An office's papers made into files: PDF, Word, and a workbook of their tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from editorial.desk.fonts import font_table, printed_remarks
from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.model.book import Printed
from editorial.model.names import fit_name
from editorial.model.office_paper import Grid, OfficePaper, Words, as_register
from editorial.model.style import FontConfig
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
        named = "、".join(filter(None, odd))
        message = f"没有“{named}”格式" if named else "没有写要什么格式"
        raise EditorialError(message, hint=f"可用：{','.join(known)}")


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
    fonts = load_fonts(desk.workspace.files)
    printed = {}
    for kind in dict.fromkeys(formats):
        path = folder / f"{fit_name(stem)}.{kind}"
        printed[path] = _printed(desk, papers, kind, day, office, fonts)
        put_output(path, printed[path].data, desk.workspace)
    return PapersMade(
        files=tuple(printed),
        pages=sum(each.pages for each in printed.values()),
        remarks=printed_remarks(fonts, *printed.values()),
    )


def _printed(
    desk: Desk,
    papers: Sequence[OfficePaper],
    kind: str,
    day: date,
    office: str,
    fonts: FontConfig,
) -> Printed:
    if kind == "pdf":
        from editorial.render.pdf.office_paper import office_pdf

        return office_pdf(papers, font_table(desk, fonts), office)
    if kind == "docx":
        from editorial.render.docx.office_paper import office_docx

        return Printed(data=office_docx(papers, fonts, day, office))
    return Printed(data=_workbook(papers, day, office))


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
