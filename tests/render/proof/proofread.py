"""Proofreading a finished PDF: every rule of the acceptance table that it breaks.

It reads the file alone: glyph boxes, strokes, links, outline, structure, fonts. A file
without structure is judged by where things stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

from tests.render.proof.apparatus import (
    Marked,
    Page,
    contents_faults,
    folio_faults,
    note_faults,
    outline_faults,
    outline_of,
    table_faults,
)
from tests.render.proof.fault import Fault
from tests.render.proof.lines import Line, lines_of
from tests.render.proof.paragraphs import (
    ANYWHERE,
    Ground,
    Paragraph,
    ground_of,
    is_text,
    paragraphs_of,
    reading_order,
    tables_of,
)
from tests.render.proof.reading import Leaf, read_leaves, turned
from tests.render.proof.rules import line_faults, overlap_faults, paragraph_faults
from tests.render.proof.tags import read_tags
from tests.render.proof.text import font_faults, glyph_faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A file as read: pages with lines in reading order, paragraphs of running text, outline;
    `lying` are pages with text set sideways, turned upright; `faults` those seen while reading."""

    pages: tuple[Page, ...] = field(repr=False)
    lying: tuple[Page, ...] = field(repr=False)
    ground: Ground
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    outline: tuple[Marked, ...] = field(repr=False)
    faults: tuple[Fault, ...]


def read_proof(pdf: pikepdf.Pdf) -> Proof:
    faults = list(font_faults(pdf))
    leaves, found, lying = [], [], []
    for leaf in read_leaves(pdf, read_tags(pdf)):
        faults += glyph_faults(leaf)
        if leaf.turned:
            lying.append(_page(side := turned(leaf), lines_of(side), ANYWHERE))
        found.append(lines_of(leaf))
        leaf.runs, leaf.turned = [], []
        leaves.append(leaf)
    ground = ground_of([line for lines in found for line in lines])
    pages = [_page(leaf, lines, ground) for leaf, lines in zip(leaves, found, strict=True)]
    running = {
        id(line) for page in pages for line in page.lines
        if is_text(line, page.leaf, page.tables, ground)
    }  # fmt: skip
    every = [line for page in pages for line in page.lines]
    return Proof(
        pages=tuple(pages),
        lying=tuple(lying),
        ground=ground,
        paragraphs=tuple(paragraphs_of(every, ground, lambda line: id(line) in running)),
        outline=tuple(outline_of(pdf)),
        faults=tuple(faults),
    )


def _page(leaf: Leaf, lines: list[Line], ground: Ground) -> Page:
    ordered = tuple(reading_order(lines, ground))
    return Page(leaf=leaf, lines=ordered, tables=tuple(tables_of(leaf, lines, ground)))


def proofread(path: Path) -> tuple[Fault, ...]:
    """All faults of a file but F2 and F3, which need the source: see `text`."""
    with pikepdf.open(path) as pdf:
        return faults_of(read_proof(pdf))


def faults_of(proof: Proof) -> tuple[Fault, ...]:
    return tuple(_faults(proof))


def _faults(proof: Proof) -> Iterator[Fault]:
    yield from proof.faults
    for page in (*proof.pages, *proof.lying):
        lines = [line for line in page.lines if not line.block or line.block.role != "Figure"]
        for line in lines:
            yield from line_faults(line)
        yield from overlap_faults(lines)
    for page in proof.pages:
        yield from note_faults(page, proof.ground)
        yield from folio_faults(page, proof.ground)
    for paragraph in proof.paragraphs:
        yield from paragraph_faults(paragraph)
    yield from table_faults(proof.pages, proof.ground)
    yield from table_faults(proof.lying, ANYWHERE)
    yield from contents_faults(proof.pages, proof.ground)
    yield from outline_faults(proof.outline, proof.pages, proof.ground)
