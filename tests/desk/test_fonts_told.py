"""Characters no font has are told of every paper that is printed, beside the fonts that lack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editorial.desk.digest import make_digest
from editorial.desk.fonts import printed_remarks
from editorial.desk.office import Desk
from editorial.desk.office_papers import write_papers
from editorial.desk.proof_corrections import type_in
from editorial.desk.proof_red import check_job
from editorial.desk.proof_return import proof_papers
from editorial.desk.proofs import issue_proof, return_proof
from editorial.desk.send_plan import Wish
from editorial.desk.sending import send_letters
from editorial.model.book import MissingGlyph, Printed
from editorial.model.labels import Channel
from editorial.model.office_paper import OfficePaper
from editorial.store.looks import load_fonts
from tests.conftest import Said
from tests.desk.letter_batch import BATCH, add_batch
from tests.desk.proof_sheets import FIRST, SECOND, proof_pdf

AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
RARE = "\U000323af"
TOLD = f"“{RARE}”（U+323AF）字体里没有，印作〓"
OFFICE = "示例市地方志办公室"


@pytest.fixture
def rare(desk: Desk) -> Desk:
    """The name of the office has a character no font has."""
    path = desk.root / "volumes/xiao-2019/volume.yaml"
    path.write_text(path.read_text("utf-8").replace(OFFICE, f"{OFFICE}{RARE}"), "utf-8")
    return desk


@pytest.fixture
def proof(desk: Desk, tmp_path: Path) -> Desk:
    """A proof on which a character no font has is to be put in."""
    issue_proof(desk, "一校", ("01-keji",), at=AT, file=proof_pdf(tmp_path / "一校样.pdf"))
    type_in(desk, "01", f"21 30亿元>{RARE}亿元\n", at=AT)
    return desk


def test_faces_and_characters_are_told_once_and_by_what_stands_for_them(desk: Desk) -> None:
    one = Printed(
        data=b"",
        substituted=("xbs",),
        missing=(
            MissingGlyph(role="song", char="甲", drawn="宋体乙.otf"),
            MissingGlyph(role="hei", char="乙", drawn=""),
            MissingGlyph(role="song", char="乙", drawn="宋体乙.otf"),
            MissingGlyph(role="song", char="丙", drawn="宋体乙.otf"),
        ),
    )
    assert printed_remarks(load_fonts(desk.workspace.files), one, one) == (
        "缺小标宋字体，已用代替字体",
        "“甲”（U+7532）、“丙”（U+4E19）字体里没有，取自宋体乙.otf",
        "“乙”（U+4E59）字体里没有，印作〓",
    )


def test_of_the_papers_of_an_office(desk: Desk) -> None:
    made = write_papers(
        desk,
        (OfficePaper(title=f"意见表{RARE}", blocks=()),),
        stem="意见表",
        formats=("pdf", "docx"),
        day=AT.date(),
        office=OFFICE,
    )
    assert TOLD in made.remarks


def test_of_the_page_of_a_day(rare: Desk) -> None:
    assert TOLD in make_digest(rare, AT.date(), today=AT.date()).remarks


def test_of_the_slips_of_letters_on_paper_once(rare: Desk) -> None:
    add_batch(rare.root, 2)
    sent = send_letters(rare, at=AT, batch=BATCH, wish=Wish(channel=Channel.PAPER))
    assert sent.remarks.count(TOLD) == 1


def test_of_the_list_of_corrections(proof: Desk) -> None:
    assert TOLD in proof_papers(proof, "01", today=AT.date(), formats=("pdf",)).remarks


def test_of_the_report_on_red_marks(
    proof: Desk, tmp_path: Path, editorial: Callable[..., Said]
) -> None:
    return_proof(proof, "01", at=AT)
    pages = ["\n".join(FIRST).replace("30亿元", "32亿元"), "\n".join(SECOND)]
    new = proof_pdf(tmp_path / "改样.pdf", [page.split("\n") for page in pages])
    found = check_job(proof, "01", new, at=AT, report=tmp_path / "核红.pdf")
    assert TOLD in found.act.remarks
    listed = tmp_path / "单.csv"
    listed.write_text(f"id,page,before,old,new,after\n1,1,研发经费支出,30,{RARE},亿元\n", "utf-8")
    old, out = str(tmp_path / "一校样.pdf"), str(tmp_path / "另.pdf")
    told = editorial(
        "proof", "check", "--old", old, "--new", str(new), "--corrections", str(listed),
        "--report", out,
    )  # fmt: skip
    assert TOLD in told.out + told.err
