"""The Word draft says what the source says: words, tables cell by cell, notes at their places."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from editorial.desk.draft import make_draft
from editorial.desk.init import init
from editorial.desk.office import Desk, loaded, open_desk
from editorial.model.document import Block, Note, Run, Runs, Table, plain
from editorial.model.open_points import as_printed
from editorial.model.style import DraftStyle
from editorial.read.markup import read_markup
from editorial.store.load import load_text
from editorial.store.looks import load_draft_style
from editorial.store.yamlio import parse
from tests.desk.moments import NOON
from tests.desk.test_whole import bare, docx_text, lost, pdf_pages, source_texts

STYLES = ("review", "consult", "final", "booklet")
VOLUMES = ("gba-2019", "guangzhou-bangfu", "generated")
LETTERS = 110_000
BEFORE = 8  # characters that must stand just before the mark of a note
Grid = tuple[tuple[tuple[str, int, int], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What was drafted of a volume in one style, and the tree pandoc reads from the DOCX."""

    desk: Desk
    style: DraftStyle
    pdf: Path
    docx: Path
    blocks: list[Any]

    def shown(self, text: str) -> str:
        """Where a style hides the editors' marks, without them."""
        return bare(as_printed(self.style, text))


def drafted(root: Path, volume: str, style: str) -> Papers:
    init(root, chars=LETTERS) if volume == "generated" else init(root, samples=(volume,))
    desk = open_desk(root)
    pdf, docx = make_draft(desk, at=NOON, style=style).files
    read = subprocess.run(["pandoc", "-t", "json", docx], capture_output=True, check=True)
    look = load_draft_style(desk.workspace.files, style)
    blocks = json.loads(read.stdout)["blocks"]
    return Papers(desk=desk, style=look, pdf=pdf, docx=docx, blocks=blocks)


@pytest.fixture(scope="module", params=[(v, s) for v in VOLUMES for s in STYLES], ids="-".join)
def papers(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Papers:
    return drafted(tmp_path_factory.mktemp("papers") / "w", *request.param)


def sections(desk: Desk) -> Iterator[tuple[Block, ...]]:
    for section in loaded(desk).volume.sections:
        text, _ = load_text(desk.workspace.files, desk.volume_id, section.id)
        yield read_markup(text)[0].blocks


# Tables


def source_grids(papers: Papers) -> list[Grid]:
    return [
        tuple(
            tuple((papers.shown(plain(c.runs)), c.across, c.down) for c in row if c)
            for row in block.rows
        )
        for blocks in sections(papers.desk)
        for block in blocks
        if isinstance(block, Table)
    ]


def docx_grids(blocks: list[Any]) -> list[Grid]:
    """A title that is repeated on every page stands in a row of its own, and is left out."""
    grids = [
        tuple(tuple(_cell(cell) for cell in row[1]) for row in _rows(node["c"]))
        for node in _nodes(blocks, "Table")
    ]
    return [grid[1:] if len(grid[0]) == 1 and grid[0][0][0][0] == "表" else grid for grid in grids]


def _rows(table: list[Any]) -> Iterator[Any]:
    _, _, _, head, bodies, foot = table
    yield from head[1]
    for body in bodies:
        yield from (*body[2], *body[3])
    yield from foot[1]


def _cell(cell: list[Any]) -> tuple[str, int, int]:
    _, _, down, across, blocks = cell
    return bare("".join(_words(blocks))), across, down


def _nodes(node: Any, kind: str) -> Iterator[Any]:
    if isinstance(node, list):
        for each in node:
            yield from _nodes(each, kind)
    elif isinstance(node, dict):
        if node.get("t") == kind:
            yield node
        yield from _nodes(node.get("c", []), kind)


def _words(node: Any) -> Iterator[str]:
    """All strings but those of notes."""
    if isinstance(node, list):
        for each in node:
            yield from _words(each)
    elif isinstance(node, dict) and node.get("t") != "Note":
        yield node["c"] if node.get("t") == "Str" else "".join(_words(node.get("c", [])))


# Notes


def source_notes(papers: Papers) -> list[tuple[str, str]]:
    """The words just before each mark, and what the note says."""
    found = []
    for blocks in sections(papers.desk):
        notes = {
            block.label: papers.shown(plain(block.runs))
            for block in blocks
            if isinstance(block, Note)
        }
        for runs in (runs for block in blocks for runs in _runs(block)):
            found += [
                (papers.shown(before)[-BEFORE:], notes[mark])
                for before, mark in _marks(runs)
                if mark in notes
            ]
    return found


def _runs(block: Block) -> Iterator[Runs]:
    if isinstance(block, Table):
        yield from (cell.runs for row in block.rows for cell in row if cell)
    elif not isinstance(block, Note):
        lead = (Run(text=f"【{block.title}】"),) if hasattr(block, "title") else ()
        yield (*lead, *getattr(block, "runs", ()))


def _marks(runs: Runs) -> Iterator[tuple[str, str]]:
    before = ""
    for run in runs:
        if run.kind == "note":
            yield before, run.target
        before += run.text


def docx_notes(blocks: list[Any]) -> list[tuple[str, str]]:
    return list(_noted(blocks, [""]))


def _noted(node: Any, before: list[str]) -> Iterator[tuple[str, str]]:
    if isinstance(node, list):
        for each in node:
            yield from _noted(each, before)
    elif isinstance(node, dict):
        if node.get("t") == "Note":
            yield before[0][-BEFORE:], bare("".join(_words(node["c"])))
        elif node.get("t") == "Str":
            before[0] += bare(node["c"])
        else:
            if node.get("t") in ("Para", "Plain"):
                before[0] = ""
            yield from _noted(node.get("c", []), before)


# What is proved


@pytest.mark.external("pdftotext", "pandoc")
def test_both_papers_say_what_the_source_says(papers: Papers) -> None:
    pages, document = pdf_pages(papers.pdf), docx_text(papers.docx)
    written = list(map(papers.shown, source_texts(papers.desk)))
    assert lost(iter(written), [document]) == []
    if papers.style.columns == 1:  # of two columns pdftotext breaks texts in the middle
        assert lost(iter(written), pages) == []
    assert Counter("".join(written)) - Counter("".join(pages)) == Counter()


@pytest.mark.external("pandoc")
def test_every_table_is_there_cell_by_cell(papers: Papers) -> None:
    there = iter(docx_grids(papers.blocks))
    assert [grid for grid in source_grids(papers) if grid not in there] == []


@pytest.mark.external("pandoc")
def test_every_note_hangs_on_its_words(papers: Papers) -> None:
    assert docx_notes(papers.blocks) == source_notes(papers)


def test_another_build_on_another_day_is_the_same_file(sample: Path, tmp_path: Path) -> None:
    own = open_desk(copytree(sample, tmp_path / "own"))  # a draft is registered
    first, later = (
        make_draft(own, at=NOON + day, formats=("docx",), out=tmp_path / name).files
        for name, day in (("a", timedelta()), ("b", timedelta(days=3)))
    )
    assert first[0].read_bytes() == later[0].read_bytes()


def test_a_docx_alone_is_the_docx_that_comes_with_a_pdf(tmp_path: Path) -> None:
    first = open_desk(init(tmp_path / "a")[0])
    second = open_desk(Path(copytree(first.root, tmp_path / "b")))
    with_pdf = make_draft(first, at=NOON, out=tmp_path / "c").files[1]
    alone = make_draft(second, at=NOON, out=tmp_path / "d", formats=("docx",)).files[0]
    assert body(with_pdf) == body(alone)


def body(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml")


def test_nothing_personal_is_in_the_package(sample: Path, tmp_path: Path) -> None:
    desk = open_desk(copytree(sample, tmp_path / "own"))  # a draft is registered
    (path,) = make_draft(desk, at=NOON, formats=("docx",), out=tmp_path / "out").files
    with zipfile.ZipFile(path) as archive:
        text = "".join(archive.read(n).decode() for n in archive.namelist() if ".xml" in n)
    assert [word for word in sorted(personal(desk)) if word in text] == []


def personal(desk: Desk) -> set[str]:
    """Mails and telephones of units and staff."""
    found: set[str] = set()
    for name in ("units", "staff"):
        path = desk.root / "volumes" / desk.volume_id / f"{name}.yaml"
        data, _ = parse(path.read_text("utf-8"), path.name)
        found |= set(_private(data))
    assert len(found) > 20, "the sample must hold what is looked for"
    return found


def _private(node: Any) -> Iterator[str]:
    for key, value in node.items() if isinstance(node, dict) else ():
        if key in ("mail", "phone"):
            yield str(value)
        yield from _private(value)
    for each in node if isinstance(node, list) else ():
        yield from _private(each)
