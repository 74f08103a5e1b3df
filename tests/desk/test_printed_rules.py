"""The printed book against the rules of Chinese composition: finished files, read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from editorial.desk.draft import DraftMade, make_draft
from editorial.desk.init import init
from editorial.desk.office import Desk, loaded, open_desk
from editorial.model.document import Figure, Note, Table
from editorial.read.markup import read_markup
from editorial.store.load import load_text
from tests.desk.moments import NOON
from tests.desk.test_whole import source_texts
from tests.render.proof.apparatus import CONTINUED, is_note, listed
from tests.render.proof.fault import tally
from tests.render.proof.proofread import Proof, faults_of, proofread, read_proof
from tests.render.proof.spoil import (
    closed_up,
    codes_of,
    dropped,
    pulled_apart,
    rewritten,
    shown,
)
from tests.render.proof.text import lent_faults, text_faults

LONE_PER_THOUSAND = 1
CHAPTER = "03-keji-chuangxin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A draft that was made, its file and what the proofreader read there."""

    desk: Desk
    made: DraftMade
    path: Path
    proof: Proof


def edition(desk: Desk, style: str, nodes: tuple[str, ...] = ()) -> Edition:
    made = make_draft(desk, nodes, at=NOON, style=style, formats=("pdf",))
    with pikepdf.open(made.files[0]) as pdf:
        return Edition(desk=desk, made=made, path=made.files[0], proof=read_proof(pdf))


@pytest.fixture(scope="module")
def gba(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    root = tmp_path_factory.mktemp("printed") / "gba"
    return open_desk(init(root, samples=("gba-2019",))[0])


@pytest.fixture(scope="module", params=["review", "consult", "final"])
def sample(gba: Desk, request: pytest.FixtureRequest) -> Edition:
    return edition(gba, request.param)


@pytest.fixture(scope="module")
def booklet(gba: Desk) -> Edition:
    return edition(gba, "booklet", (CHAPTER,))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The book of 1.1 million characters."""
    root = tmp_path_factory.mktemp("printed") / "full"
    init(root, chars=1_100_000)
    return edition(open_desk(root), "review")


def said(edition: Edition, *rules: str) -> list[str]:
    """Faults of all rules but `rules`, enough of them to see what is wrong."""
    return [str(f) for f in faults_of(edition.proof) if f.rule not in rules][:20]


def lone(edition: Edition) -> float:
    """Paragraphs in a thousand that end in a lone character."""
    return 1000 * tally(faults_of(edition.proof)).get("R4", 0) / len(edition.proof.paragraphs)


def test_the_samples_keep_every_rule(sample: Edition) -> None:
    assert said(sample, "R4") == []
    assert lone(sample) <= LONE_PER_THOUSAND


def test_a_booklet_keeps_every_rule(booklet: Edition) -> None:
    assert said(booklet) == []


def test_a_whole_book_keeps_every_rule(full: Edition) -> None:
    assert said(full, "R4") == []
    assert lone(full) <= LONE_PER_THOUSAND


@pytest.mark.external("pdftotext")
def test_every_text_can_be_found_and_every_missing_glyph_is_reported(full: Edition) -> None:
    source = list(source_texts(full.desk))
    report = {glyph.char: glyph.drawn for glyph in full.made.missing}
    lines = [line for page in full.proof.pages for line in page.lines]
    assert list(map(str, text_faults(full.path, source))) == []
    assert list(map(str, lent_faults(lines, source, report))) == []


# What is not seen is not checked


def blocks(desk: Desk) -> Counter[type]:
    """How many blocks of each kind the source has."""
    texts = (
        load_text(desk.workspace.files, desk.volume_id, section.id)[0]
        for section in loaded(desk).volume.sections
    )
    return Counter(type(block) for text in texts for block in read_markup(text)[0].blocks)


def test_the_proofreader_has_seen_the_book(full: Edition) -> None:
    source, proof = blocks(full.desk), full.proof
    volume = loaded(full.desk).volume
    lines = [line for page in proof.pages for line in page.lines]
    running = sum(len(line.text) for p in proof.paragraphs for line in p.lines)
    contents = [entry.title for page in proof.pages for entry in listed(page)]
    assert running > 0.9 * sum(map(len, source_texts(full.desk)))
    assert len(contents) >= len(volume.chapters) + sum(1 for _ in volume.sections)
    assert sum(is_note(line, proof.ground) for line in lines) >= source[Note]
    assert sum(len(page.tables) for page in proof.pages) >= source[Table]
    assert sum(line.text.startswith("图") for line in lines) >= source[Figure]
    assert any(CONTINUED.match(line.text) for line in lines)


# Real pages, spoilt


@pytest.fixture(scope="module")
def review(gba: Desk) -> Edition:
    return edition(gba, "review")


def noted(review: Edition) -> int:
    """The first page with a note at its foot."""
    return next(
        page.number
        for page in review.proof.pages
        if any(is_note(line, review.proof.ground) for line in page.lines)
    )


def without_gap(pdf: pikepdf.Pdf, page: int) -> None:
    rewritten(pdf, page, closed_up)


def torn(pdf: pikepdf.Pdf, page: int) -> None:
    rewritten(pdf, page, pulled_apart)


def without_note(pdf: pikepdf.Pdf, page: int) -> None:
    codes = codes_of(pdf, page, "①")
    rewritten(pdf, page, dropped(lambda step: any(code in shown(step) for code in codes)))


def misled(pdf: pikepdf.Pdf, page: int) -> None:
    """Every link of the contents leads to the page of this note."""
    for each in pdf.pages:
        for link in each.obj.get("/Annots", []):
            if "/Dest" in link and isinstance(link.Dest, pikepdf.Array):
                link.Dest[0] = pdf.pages[page - 1].obj


def without_outline(pdf: pikepdf.Pdf, page: int) -> None:
    with pdf.open_outline() as outline:
        del outline.root[len(outline.root) // 2]


def without_map(pdf: pikepdf.Pdf, page: int) -> None:
    for font in pdf.pages[page - 1].obj.Resources.Font.values():
        del font.ToUnicode


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("R1", torn),
        ("R2", torn),
        ("M1", without_gap),
        ("N1", without_note),
        ("C1", misled),
        ("C1", without_outline),
        ("F1", without_map),
    ],
)
def test_a_spoilt_page_is_found(
    review: Edition, tmp_path: Path, rule: str, spoil: Callable[[pikepdf.Pdf, int], None]
) -> None:
    path = tmp_path / "spoilt.pdf"
    with pikepdf.open(review.path) as pdf:
        spoil(pdf, noted(review))
        pdf.save(path)
    before = tally(faults_of(review.proof))
    assert tally(proofread(path)).get(rule, 0) > before.get(rule, 0)


@pytest.mark.external("pdftotext")
def test_a_text_that_is_not_drawn_is_missed(review: Edition, tmp_path: Path) -> None:
    path = tmp_path / "spoilt.pdf"
    with pikepdf.open(review.path) as pdf:
        rewritten(pdf, noted(review), dropped(lambda step: len(shown(step)) > 20))
        pdf.save(path)
    assert tally(text_faults(path, source_texts(review.desk))).keys() == {"F2"}


def test_a_table_that_goes_on_without_saying_so_is_found(full: Edition, tmp_path: Path) -> None:
    number = next(
        page.number
        for page in full.proof.pages
        if any(CONTINUED.match(line.text) for line in page.lines)
    )
    path = tmp_path / "spoilt.pdf"
    with pikepdf.open(full.path) as pdf:
        codes = codes_of(pdf, number, "续")
        said = dropped(lambda step: any(code in shown(step) for code in codes), more=4)
        rewritten(pdf, number, said)
        few = pikepdf.new()
        few.pages.extend(list(pdf.pages)[number - 2 : number])
        few.save(path)
    assert tally(proofread(path)).get("T1") == 1
