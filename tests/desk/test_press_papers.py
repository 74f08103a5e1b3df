"""发稿单 and 付印单: the lists agree with the files and the records they are made from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pypdfium2
import pytest

from editorial.desk.handover import handover
from editorial.desk.ledger import save_record
from editorial.desk.office import Desk
from editorial.desk.press_papers import make_imprint_sheet, make_press_sheet
from editorial.errors import EditorialError
from editorial.model.labels import RedState
from editorial.model.press_papers import book_size, face_size
from editorial.model.proofs import Correction, ProofJob
from editorial.store.looks import load_draft_style
from editorial.store.save import Message

DAY = date(2020, 3, 20)


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as book:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in book)


def test_the_list_of_files_has_the_hash_of_every_one(desk: Desk) -> None:
    made, _ = make_press_sheet(desk, today=DAY, formats=("docx",))
    table = docx.Document(str(made.files[0])).tables[-1]
    listed = {row.cells[1].text: row.cells[3].text for row in table.rows[1:]}
    base = desk.root / "volumes/xiao-2019/chapters"
    there = [*base.rglob("*.md"), *base.rglob("chapter.yaml")]
    assert listed == {
        path.relative_to(base).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in there
    }


def test_the_sheet_says_what_the_hand_over_check_found(desk: Desk) -> None:
    made, lacks = make_press_sheet(desk, today=DAY, formats=("pdf",))
    verdict = handover(desk, DAY)
    assert lacks == verdict.lacks != ()
    text = pdf_text(made.files[0])
    assert f"{verdict.characters}字" in text
    assert all("".join(lack.message.split()) in text for lack in lacks)
    assert "《小年鉴2019》" in text


def test_the_parts_add_up_to_the_whole(desk: Desk) -> None:
    made, _ = make_press_sheet(desk, today=DAY, formats=("docx",))
    head, _, parts, *_ = docx.Document(str(made.files[0])).tables
    rows = [[cell.text for cell in row.cells] for row in parts.rows[1:]]
    for column in range(2, 6):
        assert sum(int(row[column]) for row in rows[:-1]) == int(rows[-1][column])
    assert f"{rows[-1][3]}字" in [cell.text for row in head.rows for cell in row.cells]


def test_sizes_have_the_names_of_the_trade(desk: Desk) -> None:
    style = load_draft_style(desk.workspace.files, "final")
    assert book_size(style) == "大16开（210×285毫米）"
    assert book_size(replace(style, paper=(150.0, 230.0))) == "150×230毫米"
    assert [face_size(size) for size in (10.5, 12, 16, 11)] == [
        "五号（10.5磅）",
        "小四号（12磅）",
        "三号（16磅）",
        "11磅",
    ]


def issued(desk: Desk, *corrections: Correction, number: str = "01") -> None:
    job = ProofJob(label="三校", typesetter="示例排版", pages=320, corrections=corrections)
    message = Message(subject="校样", act="proof issue", by="linqing")
    save_record(desk, job, f"volumes/{desk.volume_id}/proofs/{number}/proof.yaml", message)


def test_an_imprint_sheet_lists_what_is_left_over(desk: Desk) -> None:
    issued(
        desk,
        Correction(page=3, line=4, old="甲", new="乙", state=RedState.DONE),
        Correction(page=5, old="丙", new="丁", state=RedState.UNDONE),
        Correction(page=6, old="戊", new="", state=RedState.WRONG, found="己"),
        Correction(page=7, old="", new="庚"),
        Correction(page=8, old="辛", new="壬", done="2020-03-01"),
    )
    pdf, word = make_imprint_sheet(desk, today=DAY, copies=3000).files
    text = pdf_text(pdf)
    assert "三校（01）改动5处，已改2处，未改1处，改错1处，未核1处" in text
    for words in ("320页", "3000册", "示例排版", "3处，见附表", "□改后付印"):
        assert words in text
    rows = docx.Document(str(word)).tables[-1].rows[1:]
    assert [(row.cells[2].text, row.cells[3].text, row.cells[4].text) for row in rows] == [
        ("第5页", "“丙”改“丁”", "未改"),
        ("第6页", "删“戊”", "改错"),
        ("第7页", "增“庚”", "未核"),
    ]


def test_a_clean_proof_leaves_nothing_over(desk: Desk) -> None:
    issued(desk)
    (pdf,) = make_imprint_sheet(desk, today=DAY, formats=("pdf",)).files
    assert "遗留问题无" in pdf_text(pdf)


def test_without_a_proof_there_is_nothing_to_sign(desk: Desk) -> None:
    with pytest.raises(EditorialError, match="还没有校样"):
        make_imprint_sheet(desk, today=DAY)


def test_both_are_made_by_command(desk: Desk, editorial: Callable[..., object]) -> None:
    issued(desk)
    assert "发稿单.xlsx" in str(editorial("paper", "press-sheet"))
    assert "付印单.docx" in str(editorial("paper", "imprint-sheet", "--copies", "500"))
