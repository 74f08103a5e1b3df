"""Proofs whose pages are turned, or cut smaller than the sheet they stand on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from editorial.desk.office import Desk
from editorial.desk.proof_corrections import take_in, type_in
from editorial.desk.proof_return import proof_papers
from editorial.desk.proofs import find_proof, issue_proof
from editorial.read.proof_marks import read_pdf_marks
from tests.desk.proof_sheets import FIRST, HEIGHT, WIDTH, box_of, proof_pdf, remark, with_remarks

AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
BOX = box_of(1, FIRST[1], "30亿元")
TURNS = {  # the page as it lies in the file, to be shown upright
    0: (1, 0, 0, 1, 0, 0),
    90: (0, 1, -1, 0, HEIGHT, 0),
    180: (-1, 0, 0, -1, WIDTH, HEIGHT),
    270: (0, -1, 1, 0, 0, WIDTH),
}
EVERY = pytest.mark.parametrize("turn", TURNS)
CUT = pytest.mark.parametrize("cut", [False, True], ids=["whole", "cut"])


def put(turn: int, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = TURNS[turn]
    return a * x + c * y + e, b * x + d * y + f


def turned(path: Path, turn: int, *, cut: bool) -> Path:
    """The proof with its pages turned, and with crop marks about what is to be cut."""
    upright = proof_pdf(path.with_name("正.pdf"))
    wide, high = (WIDTH, HEIGHT) if turn % 180 == 0 else (HEIGHT, WIDTH)
    with pikepdf.open(upright) as pdf:
        for page in pdf.pages:
            matrix = " ".join(map(str, TURNS[turn]))
            page.contents_add(f"q {matrix} cm\n".encode(), prepend=True)
            page.contents_add(b"\nQ")
            page.obj.MediaBox = Array([0, 0, wide, high])
            if turn:
                page.obj.Rotate = turn
            if cut:
                page.obj.MediaBox = Array([-40, -50, wide + 40, high + 30])
                page.obj.CropBox = Array([-20, -20, wide + 20, high + 10])
                page.obj.TrimBox = Array([10, 12, wide - 8, high - 6])
        pdf.save(path)
    return path


def on(turn: int, kind: str, text: str) -> Dictionary:
    """A remark on 30亿元, where it lies in the file."""
    (x0, y0), (x1, y1) = put(turn, *BOX[:2]), put(turn, *BOX[2:])
    box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return remark(kind, box, text)


@EVERY
@CUT
def test_a_remark_on_a_turned_page_finds_its_words(
    desk: Desk, tmp_path: Path, turn: int, cut: bool
) -> None:
    path = turned(tmp_path / "样.pdf", turn, cut=cut)
    issue_proof(desk, "一校", ("01-keji",), at=AT, file=path, typesetter="示例排版")
    marked = with_remarks(path, tmp_path / "批.pdf", on(turn, "Highlight", "改为32亿元"))
    take_in(desk, "01", marked, at=AT)
    (found,) = find_proof(desk, "01").corrections
    assert (found.page, found.line, found.old, found.new) == (21, 3, "30亿元", "32亿元")


@EVERY
@CUT
def test_marks_are_drawn_on_the_words_of_a_turned_page(
    desk: Desk, tmp_path: Path, turn: int, cut: bool
) -> None:
    path = turned(tmp_path / "样.pdf", turn, cut=cut)
    issue_proof(desk, "一校", ("01-keji",), at=AT, file=path, typesetter="示例排版")
    type_in(desk, "01", "21.3 30亿元>32亿元", at=AT)
    made = proof_papers(desk, "01", today=AT.date(), formats=("pdf",), out=tmp_path / "出").files
    marked = next(each for each in made if "标红" in each.name)
    (group,) = read_pdf_marks(marked)
    with pikepdf.open(marked) as pdf:
        left, top = (float(pdf.pages[0].trimbox[at]) for at in (0, 3))
        shown = next(iter(pdf.pages[0].obj.Resources.XObject.values()))
        assert shown.Subtype == Name.Form
    x0, y0, x1, y1 = group.marks[0].boxes[0]
    (a, b), (c, d) = put(turn, *BOX[:2]), put(turn, *BOX[2:])
    there = min(a, c), min(b, d), max(a, c), max(b, d)
    assert (x0 + left, top - y1, x1 + left, top - y0) == pytest.approx(there, abs=3)


def test_a_note_that_names_no_words_to_be_altered_is_for_people(desk: Desk, tmp_path: Path) -> None:
    path = proof_pdf(tmp_path / "样.pdf")
    issue_proof(desk, "一校", ("01-keji",), at=AT, file=path, typesetter="示例排版")
    notes = remark("Text", BOX, "改为32亿元"), remark("Text", BOX, "“30亿元”改为“32亿元”")
    take_in(desk, "01", with_remarks(path, tmp_path / "批.pdf", *notes), at=AT)
    found = [(each.mark, each.old, each.new) for each in find_proof(desk, "01").corrections]
    assert sorted(found) == [("改正", "30亿元", "32亿元"), ("说明", "", "")]
