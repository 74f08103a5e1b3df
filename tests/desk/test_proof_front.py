"""Pages of a proof before page 1: cover and contents are called by their place in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from editorial.desk.office import Desk
from editorial.desk.proof_corrections import correct, drop_correction, take_in
from editorial.desk.proof_work import assign_pages, return_pages, unassigned
from editorial.desk.proofs import find_proof, issue_proof
from editorial.errors import BadData, EditorialError
from editorial.model.proof_list import correction_paper, machine_list
from editorial.model.proofs import Correction, ProofJob, page_called, pages_called, typed_page
from tests.desk.proof_sheets import FIRST, SECOND, box_of, proof_pdf, remark, with_remarks
from tests.desk.proof_work import AT, faults, typed

FRONT = ("示例年鉴编委会名单", "编辑说明示例一段文字", "目录示例概况创新平台")
MORE = (("人才队伍不断壮大，均为示例。",), ("科技交流日益频繁，亦为示例。",))


@pytest.fixture
def front(desk: Desk, tmp_path: Path) -> ProofJob:
    """Three pages i, ii, iii, then four of the text, from 1."""
    file = proof_pdf(tmp_path / "一校样.pdf", (FIRST, SECOND, *MORE), 1, FRONT)
    issue_proof(desk, "一校", ("01-keji",), at=AT, file=file)
    return find_proof(desk, "01")


def test_pages_are_told_by_number_and_those_before_by_sheet() -> None:
    assert page_called(21, -8) == "第21页"
    assert page_called(0, -8) == "PDF第8面"
    assert pages_called((-7, -6, -5, 0, 1, 2, 3, 7), -8) == "PDF第1至3、8面、第1至3、7页"
    assert pages_called((), 0) == ""


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("21", (21, False)),
        ("第21页", (21, False)),
        ("PDF3", (3, True)),
        ("pdf第3面", (3, True)),
        ("iv", None),
        ("-3", None),
        ("", None),
    ],
)
def test_a_page_is_typed_by_number_or_by_sheet(text: str, page: tuple[int, bool] | None) -> None:
    assert typed_page(text) == page


def test_the_text_is_numbered_from_its_first_page(front: ProofJob) -> None:
    assert (front.pages, front.offset) == (7, -3)
    assert [each.first for each in front.spreads] == [1, 2]


def test_front_pages_are_given_out_by_sheet(desk: Desk, front: ProofJob) -> None:
    act = assign_pages(desk, front, "林清", "PDF1-2", at=AT)
    assert act.remarks[0] == "还没有分出去的：PDF第3面、第1至4页"
    assert "PDF第1至2面分给林清" in act.message
    job = find_proof(desk, "01")
    assert "PDF第2面也分给了林清" in assign_pages(desk, job, "外请罗", "PDF2-3", at=AT).remarks
    assert unassigned(find_proof(desk, "01")) == ("还没有分出去的：第1至4页",)
    back = return_pages(desk, find_proof(desk, "01"), "林清", on=AT.date(), pages="PDF1-2")
    assert "交回PDF第1至2面" in back.message


@pytest.mark.parametrize(
    ("pages", "told"), [("PDF1-9", "没有PDF第1至3面、第1至6页"), ("2-5", "没有第2至5页")]
)
def test_sheets_that_are_not_there_are_refused(
    desk: Desk, front: ProofJob, pages: str, told: str
) -> None:
    with pytest.raises(EditorialError, match=told) as refused:
        assign_pages(desk, front, "林清", pages, at=AT)
    assert refused.value.hint == "这份校样是PDF第1至3面、第1至4页"


@pytest.mark.parametrize("line", ["PDF3.1 目录>目次", "pdf第3面第1行 目录>目次", "PDF3 目录>目次"])
def test_a_front_page_is_corrected_by_sheet(desk: Desk, front: ProofJob, line: str) -> None:
    (found,) = typed(desk, line)
    assert (found.page, found.line, found.old, found.after) == (0, 1, "目录", "示例概况创新平台")


def test_what_is_not_there_is_told_by_sheet(desk: Desk, front: ProofJob) -> None:
    with pytest.raises(BadData) as refused:
        typed(desk, "PDF2 甲方>乙方\nPDF9 甲>乙\n99 甲>乙")
    first, second, third = faults(refused)
    assert "PDF第2面没有“甲方”" in first
    assert "没有PDF第9面，这份校样是PDF第1至3面、第1至4页" in second
    assert "没有第99页" in third


def test_words_found_on_several_pages_are_told_with_them(
    desk: Desk, front: ProofJob, tmp_path: Path
) -> None:
    from docx import Document

    sheet = Document()
    run = sheet.add_paragraph().add_run("示例")
    sheet.add_comment(run, text="删去", author="罗校")
    sheet.save(str(tmp_path / "批.docx"))
    with pytest.raises(BadData) as refused:
        take_in(desk, "01", tmp_path / "批.docx", at=AT)
    assert "（PDF第1至3面、第1至3页……）" in faults(refused)[0]


def test_one_recorded_by_the_command_is_called_by_sheet(desk: Desk, front: ProofJob) -> None:
    asked = Correction(page=0, old="编委会", new="编纂委员会")
    assert "PDF第1面“编委会”改“编纂委员会”" in correct(desk, "01", asked, at=AT, sheet=1).message
    assert "（PDF第1面“编委会”改" in drop_correction(desk, "01", 1, note="重复").message


def test_a_mark_on_a_front_page_goes_into_the_lists_and_comes_back(
    desk: Desk, front: ProofJob, tmp_path: Path
) -> None:
    mark = remark("StrikeOut", box_of(0, FRONT[1], "一段"))
    file = desk.root / "volumes/xiao-2019/proofs/01/一校样.pdf"
    take_in(desk, "01", with_remarks(file, tmp_path / "批.pdf", mark, page=1), at=AT)
    job = find_proof(desk, "01")
    assert job.corrections[0].page == -1
    assert "PDF2" in str(correction_paper(job, "示例", {}, "红").blocks)
    (tmp_path / "单.csv").write_bytes(machine_list(job))
    with pytest.raises(EditorialError, match="都录过了") as again:
        take_in(desk, "01", tmp_path / "单.csv", at=AT)
    assert "PDF第2面删“一段”与第1处相同" in (again.value.hint or "")


def test_a_scan_takes_sheets_as_they_are(desk: Desk, tmp_path: Path) -> None:
    import pikepdf

    scan = pikepdf.new()
    scan.add_blank_page()
    scan.save(tmp_path / "扫描.pdf")
    issue_proof(desk, "一校", at=AT, file=tmp_path / "扫描.pdf")
    assert typed(desk, "PDF1 30>32")[0].page == 1
    with pytest.raises(BadData) as refused:
        typed(desk, "1左3 30>32")
    assert "这份校样是扫描的，行号不能按栏写" in faults(refused)[0]
