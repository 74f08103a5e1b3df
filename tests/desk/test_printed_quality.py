"""Finished drafts of every style against ISO 19005-2 and ISO 14289-1, as far as we can ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from editorial.desk.draft import make_draft
from editorial.desk.init import init
from editorial.desk.office import Desk, open_desk
from editorial.model.document import Block, Cell, Heading, Note, Paragraph, Table
from editorial.render.pdf.book import book_pdf
from tests.desk.moments import NOON
from tests.render.books import cell, faces, long_table, mark, prose, runs, section, style_of
from tests.render.pdf_quality import assert_document_quality, complaints

CHAPTER = "03-keji-chuangxin"


@pytest.fixture(scope="module")
def gba(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    root = tmp_path_factory.mktemp("quality") / "gba"
    return open_desk(init(root, samples=("gba-2019",))[0])


@pytest.mark.parametrize(
    ("style", "nodes"),
    [("review", ()), ("consult", ()), ("final", ()), ("booklet", (CHAPTER,))],
)
def test_a_draft_keeps_to_the_standards(gba: Desk, style: str, nodes: tuple[str, ...]) -> None:
    (path,) = make_draft(gba, nodes, at=NOON, style=style, formats=("pdf",)).files
    assert_document_quality(path)


def noted(label: str) -> Cell:
    return Cell(runs=(*runs("示例"), mark(label)))


CROSSED = ((cell("市", down=2), cell("经费", 2), None), (None, cell(""), cell("二")))
HARD: dict[str, tuple[Block, ...]] = {
    "blank cells": (Table(rows=(*CROSSED, (cell("", down=2),) * 3, (None,) * 3), header_rows=2),),
    "a table without cells": (Table(title="空表"),),
    "a note in a table": (long_table(90, first=noted("a")), Note(label="a", runs=runs("注。"))),
    "a note in a wide table": (
        Table(title="宽表", rows=(tuple(noted("a") for _ in range(40)),) * 3),
        Note(label="a", runs=runs(prose(3))),
    ),
    "a note in a heading": (
        Heading(level=1, runs=(*runs("标题"), mark("a"))),
        Paragraph(runs=runs(prose(5))),
        Note(label="a", runs=runs("注。")),
    ),
}


@pytest.mark.parametrize("style", ["review", "final"])
@pytest.mark.parametrize("blocks", HARD.values(), ids=HARD)
def test_hard_matter_keeps_to_them_too(
    tmp_path: Path, blocks: tuple[Block, ...], style: str
) -> None:
    path = tmp_path / "hard.pdf"
    path.write_bytes(book_pdf(section(*blocks), style_of(style), faces()).data)
    assert_document_quality(path)


# The same, spoilt


@pytest.fixture(scope="module")
def booklet(gba: Desk) -> Path:
    return make_draft(gba, (CHAPTER,), at=NOON, style="booklet", formats=("pdf",)).files[0]


def first(pdf: pikepdf.Pdf, role: str) -> pikepdf.Object:
    """The first element of this role."""
    found = (each for each in pdf.objects if isinstance(each, Dictionary))
    return next(each for each in found if each.get("/S") == Name("/" + role) and "/P" in each)


def without_scope(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "TH").A


def without_cell(pdf: pikepdf.Pdf) -> None:
    row = first(pdf, "TR")
    row.K = Array(list(row.K)[1:])


def note_in_table(pdf: pikepdf.Pdf) -> None:
    note, table = first(pdf, "Note"), first(pdf, "Table")
    note.P.K = Array([kid for kid in note.P.K if getattr(kid, "objgen", 0) != note.objgen])
    table.K.append(note)
    note.P = table


def without_text(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "Figure").Alt


def in_no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def without_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


@pytest.mark.parametrize(
    ("clause", "spoil"),
    [
        ("ISO 14289-1, 7.5", without_scope),
        ("ISO 14289-1, 7.5", without_cell),
        ("ISO 14289-1, 7.2 nesting", note_in_table),
        ("ISO 14289-1, 7.3", without_text),
        ("ISO 14289-1, 7.2 language", in_no_language),
        ("ISO 19005-2, 6.2.3", without_intent),
    ],
)
def test_a_spoilt_draft_does_not(
    booklet: Path, tmp_path: Path, clause: str, spoil: Callable[[pikepdf.Pdf], None]
) -> None:
    path = tmp_path / "spoilt.pdf"
    with pikepdf.open(booklet) as pdf:
        spoil(pdf)
        pdf.save(path)
    assert clause in {said for said, _ in complaints(path)}
