"""A proof's file, its readers, and what goes back to the typesetter."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from itertools import accumulate
from pathlib import Path

import pikepdf
import pytest

from editorial.desk import proof_file
from editorial.desk.office import Desk, loaded
from editorial.desk.proof_apply import Applied, apply_corrections
from editorial.desk.proof_corrections import correct, section_at
from editorial.desk.proof_file import kept_path
from editorial.desk.proof_page import PageText, Row
from editorial.desk.proof_place import Ground, Spot
from editorial.desk.proof_return import proof_papers, send_back
from editorial.desk.proof_work import Load, assign_pages, loads, return_pages
from editorial.desk.proofs import check_proof, find_proof, issue_proof, return_proof
from editorial.errors import BadData, EditorialError
from editorial.model.nodes import find_node
from editorial.model.proofs import Correction, Portion, ProofJob, Spread
from editorial.read.proof_marks import read_pdf_marks
from tests.desk.proof_sheets import FIRST, proof_pdf
from tests.desk.proof_work import AT, GAIKUANG, PINGTAI, Git, faults, one, typed

# the file


def test_a_proof_keeps_its_file_and_what_is_known_by_it(desk: Desk, job: ProofJob) -> None:
    assert (job.pages, job.offset, job.scanned, job.file) == (2, 20, False, "一校样.pdf")
    assert kept_path(desk, job) == desk.root / "volumes/xiao-2019/proofs/01/一校样.pdf"
    assert job.spreads == (
        Spread(section=GAIKUANG, first=21, last=22),
        Spread(section=PINGTAI, first=22, last=22),
    )


def test_layout_characters_are_the_grid_times_the_pages(desk: Desk, pdf: Path, git: Git) -> None:
    volume = desk.root / "volumes/xiao-2019/volume.yaml"
    volume.write_text(volume.read_text("utf-8") + "grid: [2, 22, 46]\n", "utf-8")
    git("commit", "-qam", "版面")
    assert issue_proof(desk, "一校", at=AT, file=pdf)[0].layout_chars == 2 * 22 * 46 * 2


def test_without_a_grid_and_with_a_title_missing_it_says_so(desk: Desk, pdf: Path) -> None:
    told = issue_proof(desk, "一校", ("01-keji",), at=AT, file=pdf)[1].remarks
    assert any("没有找到1个分目的标题：人才" in each for each in told)
    assert any("没有写 grid" in each for each in told)


def test_the_same_file_again_is_told(desk: Desk, job: ProofJob, pdf: Path) -> None:
    told = issue_proof(desk, "二校", ("01-keji",), at=AT, file=pdf, follows="1")[1].remarks
    assert "这份 PDF 与一校样01的是同一份，请看是不是拿错了" in told
    assert find_proof(desk, "02").follows == job.id


def test_a_large_file_stays_out_of_git(
    desk: Desk, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof_file, "LARGEST", 100)
    job, act = issue_proof(desk, "一校", at=AT, file=pdf)
    assert act.paths == ("volumes/xiao-2019/proofs/01/proof.yaml",)
    assert kept_path(desk, job).read_bytes() == pdf.read_bytes()


def test_a_file_that_was_exchanged_is_refused(desk: Desk, job: ProofJob) -> None:
    kept_path(desk, job).write_bytes(b"%PDF-1.7 other")
    with pytest.raises(EditorialError, match="不是出样时的那一份"):
        typed(desk, "21 30>32")


def test_a_scan_is_told_apart_and_takes_corrections_unchecked(desk: Desk, tmp_path: Path) -> None:
    scan = pikepdf.new()
    scan.add_blank_page()
    scan.save(tmp_path / "扫描.pdf")
    job, act = issue_proof(desk, "一校", at=AT, file=tmp_path / "扫描.pdf")
    assert job.scanned
    assert "没有文字" in act.remarks[0]
    assert typed(desk, "1 30>32")[0].before == ""


@pytest.mark.parametrize(
    ("data", "told"), [(b"", "不是 PDF"), (b"PK\x03\x04 docx", "不是 PDF"), (None, "没有这个文件")]
)
def test_what_is_no_proof_is_not_issued(
    desk: Desk, tmp_path: Path, data: bytes | None, told: str
) -> None:
    path = tmp_path / "坏.pdf"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(EditorialError, match=told):
        issue_proof(desk, "一校", at=AT, file=path)
    assert not (desk.root / "volumes/xiao-2019/proofs").exists()


# people


def test_pages_left_over_and_pages_given_twice_are_told(desk: Desk, job: ProofJob) -> None:
    first = assign_pages(desk, job, "林清", "21", at=AT)
    assert "还没有分出去的：第22页" in first.remarks
    second = assign_pages(desk, find_proof(desk, "01"), "外请罗", "21-22", at=AT)
    assert second.remarks == (
        "第21页也分给了林清",
        "staff.yaml 里没有“外请罗”，记作外请的校对人；本部的请核对姓名",
    )
    third = assign_pages(desk, find_proof(desk, "01"), "外请罗", "22", at=AT)
    assert third.remarks == ("第22页也分给了外请罗",)


@pytest.mark.parametrize("pages", ["20-21", "22-23", "1"])
def test_pages_that_are_not_there_are_refused(desk: Desk, job: ProofJob, pages: str) -> None:
    with pytest.raises(EditorialError, match="没有第"):
        assign_pages(desk, job, "林清", pages, at=AT)


@pytest.mark.parametrize("pages", ["", "二十", "22-21", "21-"])
def test_pages_not_understood_are_refused(desk: Desk, job: ProofJob, pages: str) -> None:
    with pytest.raises(EditorialError, match="看不懂页码"):
        assign_pages(desk, job, "林清", pages, at=AT)


def test_pages_come_back_and_tell_the_load(desk: Desk, job: ProofJob) -> None:
    assign_pages(desk, job, "林清", "21-22", at=AT, due=date(2020, 3, 6))
    assert loads(desk, date(2020, 3, 7))[0].overdue == 1
    return_pages(desk, find_proof(desk, "01"), "林清", on=date(2020, 3, 6))
    assert find_proof(desk, "01").portions == (
        Portion(
            by="linqing",
            first=21,
            last=22,
            since=date(2020, 3, 5),
            due=date(2020, 3, 6),
            returned=date(2020, 3, 6),
        ),
    )
    (load,) = loads(desk, date(2020, 3, 7))
    assert (load.reader, load.pages, load.days, load.in_hand, load.overdue) == ("林清", 2, 2, 0, 0)


def test_speed_and_rate_are_of_proofs_whose_length_is_known() -> None:
    load = Load(
        reader="林清",
        pages=4,
        chars=20_000,
        days=5,
        corrections=9,
        in_hand=0,
        overdue=0,
        timed=4,
        counted=6,
    )
    assert (load.speed, load.rate) == (5000, 3.0)


def test_nobody_returns_what_they_do_not_have(desk: Desk, job: ProofJob) -> None:
    with pytest.raises(EditorialError, match="手里没有"):
        return_pages(desk, job, "林清", on=date(2020, 3, 6))


def test_a_second_pass_by_the_same_reader_or_the_text_s_editor_is_told(desk: Desk) -> None:
    issue_proof(desk, "一校", ("01-keji",), at=AT, reader="林清")
    told = issue_proof(desk, "二校", ("01-keji",), at=AT, reader="林清")[1].remarks
    assert told == (
        "林清已看过这些分目的一校，二校宜换人",
        "林清是其中2个分目的责任编辑，二校宜由别人看",
    )


# the way back


def test_the_list_goes_back_in_four_forms_and_the_proof_with_its_marks(
    desk: Desk, job: ProofJob, tmp_path: Path
) -> None:
    typed(desk, "21.3 30亿>32亿\n21.4 由-编\n22.3 转正 设在")
    _, papers = send_back(desk, "01", at=AT, out=tmp_path / "厂")
    assert [path.name for path in papers.files] == [
        "一校样01改动单.pdf",
        "一校样01改动单.docx",
        "一校样01改动单.xlsx",
        "一校样01改动单.csv",
        "一校样01标红.pdf",
    ]
    rows = list(csv.reader(io.StringIO(papers.files[3].read_bytes().decode("utf-8-sig"))))
    assert rows[0][:6] == ["id", "page", "before", "old", "new", "after"]
    assert [row[:2] + row[3:5] for row in rows[1:]] == [
        ["1", "1", "30亿", "32亿"],
        ["2", "1", "编", ""],
    ]
    assert "有1处（转正、另起段、说明等）不改文字" in papers.remarks[0]


def test_the_marked_proof_tells_its_marks_to_pdf_programs(desk: Desk, job: ProofJob) -> None:
    typed(desk, "21.3 30亿>32亿\n21.4 由-编\n21.2 120个[+左右]，")
    (path,) = [p for p in proof_papers(desk, "01", today=AT.date()).files if "标红" in p.name]
    groups = read_pdf_marks(path)
    kinds = [(group.marks[0].kind, group.marks[0].text) for group in groups]
    assert kinds == [("Caret", "左右"), ("StrikeOut", "32亿"), ("StrikeOut", "")]


def test_the_same_corrections_give_the_same_bytes(
    desk: Desk, job: ProofJob, tmp_path: Path
) -> None:
    typed(desk, "21.3 30亿>32亿")
    made = [
        [path.read_bytes() for path in proof_papers(desk, "01", today=AT.date(), out=out).files]
        for out in (tmp_path / "一", tmp_path / "二")
    ]
    assert made[0] == made[1]


def test_a_proof_without_a_file_goes_back_as_a_list(desk: Desk) -> None:
    issue_proof(desk, "一校", at=AT)
    correct(desk, "01", Correction(page=3, old="甲", new="乙"), at=AT)
    papers = proof_papers(desk, "01", today=AT.date())
    assert len(papers.files) == 4
    assert "出样时没有存 PDF，没有画标红样" in papers.remarks


def test_pages_still_out_are_told_when_the_proof_goes_back(desk: Desk, job: ProofJob) -> None:
    assign_pages(desk, job, "林清", "21-22", at=AT)
    act, _ = send_back(desk, "01", at=AT, formats=("csv",))
    assert act.remarks[-1] == "还有1份分校没有交回"


# into the text


def applied(desk: Desk, text: str) -> Applied:
    typed(desk, text)
    return apply_corrections(desk, "01", at=AT)


def section_text(desk: Desk, node: str) -> str:
    return (desk.root / f"volumes/xiao-2019/chapters/{node}.md").read_text("utf-8")


def test_a_fault_of_the_manuscript_is_mended_in_the_text_too(
    desk: Desk, job: ProofJob, git: Git
) -> None:
    found = applied(desk, "21.3 支出30亿元>支出32亿元 @原稿\n21.2 120>121")
    assert (found.done, found.left) == ((1,), ())
    assert "支出32亿元。" in section_text(desk, GAIKUANG)
    assert "120个" in section_text(desk, GAIKUANG)
    assert git("status", "--porcelain") == ""


def test_it_is_carried_into_the_text_once(desk: Desk, job: ProofJob) -> None:
    applied(desk, "21.3 支出30亿元>支出32亿元 @原稿")
    with pytest.raises(EditorialError, match="没有要带进正文的改动"):
        apply_corrections(desk, "01", at=AT)


def test_what_the_text_does_not_say_is_listed(desk: Desk, job: ProofJob) -> None:
    found = applied(desk, "21.4 编辑部>总编室 @改动")
    assert [(each.number, each.why) for each in found.left] == [
        (1, "正文里没有这几个字（或已改过）")
    ]
    assert found.act is None


def test_a_text_with_changes_not_kept_is_left_alone(desk: Desk, job: ProofJob) -> None:
    path = desk.root / f"volumes/xiao-2019/chapters/{GAIKUANG}.md"
    path.write_text(path.read_text("utf-8") + "又加一句。\n", "utf-8")
    with pytest.raises(EditorialError, match="没留存的改动"):
        applied(desk, "21.3 支出30亿元>支出32亿元 @原稿")


def test_a_returned_proof_is_still_checked_by_hand(desk: Desk, job: ProofJob) -> None:
    typed(desk, "21.3 30亿>32亿")
    return_proof(desk, "01", at=AT)
    check_proof(desk, "01", at=AT)
    assert one(desk).done == "done"


def test_a_page_that_is_not_there_is_told_though_no_page_was_read(
    desk: Desk, job: ProofJob
) -> None:
    with pytest.raises(BadData) as refused:
        typed(desk, "99 甲>乙")
    assert "没有第99页，这份校样是第21至22页" in faults(refused)[0]


def test_a_blank_page_takes_a_remark_and_no_words(desk: Desk, pdf: Path) -> None:
    with pikepdf.open(pdf, allow_overwriting_input=True) as long:
        for _ in range(20):
            long.add_blank_page(page_size=(595, 842))
        long.save()
    issue_proof(desk, "一校", ("01-keji",), at=AT, file=pdf)
    assert typed(desk, "41 说明 //此页为何空白")[0].page == 41
    with pytest.raises(BadData) as refused:
        typed(desk, "41 甲>乙")
    assert "第41页没有“甲”" in faults(refused)[0]
    assert len(proof_papers(desk, "01", today=AT.date(), formats=("pdf",)).files) == 2


def test_a_long_proof_gives_a_line_the_number_it_has_in_the_whole(
    desk: Desk, tmp_path: Path
) -> None:
    pages = [(*FIRST[:2], f"第{n}页的一句话，说的是示例。") for n in range(60)]
    issue_proof(desk, "一校", at=AT, file=proof_pdf(tmp_path / "长.pdf", pages, first=1))
    assert typed(desk, "40 一句话>一段话")[0].line == 4


def test_a_title_that_other_text_speaks_of_begins_no_section(desk: Desk, job: ProofJob) -> None:
    volume = loaded(desk).volume
    first, second = (find_node(volume, node).title for node in (GAIKUANG, PINGTAI))
    lines = (first, f"全年{second}建设有进展。", second, "新设三个。")
    starts = [0, *accumulate(map(len, lines))]
    rows = tuple(
        Row(number, 0, 100, 20 * number, 10, 1, start, start + len(line))
        for number, (line, start) in enumerate(zip(lines, starts, strict=False), 1)
    )
    text = "".join(lines)
    edges = tuple(map(float, range(len(text))))
    page = PageText(1, 21, 200, 300, 0, 100, text, edges, edges, rows)
    both = (
        Spread(section=GAIKUANG, first=21, last=21),
        Spread(section=PINGTAI, first=21, last=22),
    )
    ground, job = Ground((page,), 20, 2), replace(job, spreads=both)
    found = [
        section_at(ground, job, Spot(page, text.index(word), text.index(word) + 2), volume)
        for word in ("进展", "三个")
    ]
    assert found == [GAIKUANG, PINGTAI]
