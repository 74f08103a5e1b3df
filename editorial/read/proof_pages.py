"""Some pages of a long proof: what a proofreader types concerns one, not seven hundred."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pikepdf

from editorial.errors import EditorialError
from editorial.model.proof_page import TypedPage
from editorial.read.proof_marks import opened_pdf
from editorial.read.proof_type import read_type

AROUND = 6  # pages on either side, by which running heads are told from text


def read_pages(path: Path, sheets: Iterable[int]) -> tuple[tuple[TypedPage, ...], int]:
    """Those sheets with their neighbours, in order, and how many the file has. EditorialError
    for what is no sound PDF."""
    with opened_pdf(path) as pdf:
        count = len(pdf.pages)
        wanted = sorted(
            {
                near
                for sheet in sheets
                for near in range(sheet - AROUND, sheet + AROUND + 1)
                if 0 < near <= count
            }
        )
        if not wanted:
            return (), count
        with pikepdf.new() as some, tempfile.TemporaryDirectory() as folder:
            for sheet in wanted:
                some.pages.append(pdf.pages[sheet - 1])
            part = Path(folder) / "part.pdf"
            some.save(part)
            pages = _typed(part, len(wanted))
    return tuple(replace(p, sheet=n) for p, n in zip(pages, wanted, strict=True)), count


def _typed(part: Path, count: int) -> tuple[TypedPage, ...]:
    """Blank pages among others that have text are nothing wrong."""
    try:
        return read_type(part).pages
    except EditorialError:
        bare = TypedPage(sheet=0, label="", width=0, height=0, runs=())
        return (bare,) * count
