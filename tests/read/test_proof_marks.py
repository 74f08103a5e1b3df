"""Remarks of PDF programs are read as they meant them, whatever program it was."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from editorial.errors import EditorialError
from editorial.read.proof_marks import MarkGroup, count_sheets, read_pdf_marks
from tests.desk.proof_sheets import FIRST, HEIGHT, box_of, proof_pdf, remark, with_remarks

BOX = box_of(1, FIRST[1], "30亿元")


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    return proof_pdf(tmp_path / "样.pdf")


def read(proof: Path, *remarks: Dictionary) -> tuple[MarkGroup, ...]:
    return read_pdf_marks(with_remarks(proof, proof.with_name("批.pdf"), *remarks))


def test_a_highlight_has_its_words_place_text_person_and_day(proof: Path) -> None:
    (group,) = read(proof, remark("Highlight", BOX, "32亿元", NM=String("a1")))
    (mark,) = group.marks
    assert (mark.kind, mark.text, mark.by, mark.day, mark.name) == (
        "Highlight",
        "32亿元",
        "罗校",
        "2020-03-10",
        "a1",
    )
    assert mark.boxes[0] == pytest.approx((BOX[0], HEIGHT - BOX[3], BOX[2], HEIGHT - BOX[1]))


@pytest.mark.parametrize(
    "order",
    [(0, 1, 2, 3), (2, 3, 1, 0), (0, 2, 3, 1)],
    ids=["Acrobat", "the standard", "Preview"],
)
def test_the_order_of_corners_is_each_program_s_own(proof: Path, order: tuple[int, ...]) -> None:
    left, bottom, right, top = BOX
    corners = ((left, top), (right, top), (left, bottom), (right, bottom))
    quads = Array([edge for place in order for edge in corners[place]])
    (group,) = read(proof, remark("Highlight", BOX, "改", QuadPoints=quads))
    assert group.marks[0].boxes[0] == pytest.approx((left, HEIGHT - top, right, HEIGHT - bottom))


def test_acrobat_s_replacement_is_a_caret_with_struck_words(proof: Path) -> None:
    caret = remark("Caret", (BOX[2], BOX[1], BOX[2] + 6, BOX[3]), "32亿元")
    struck = remark("StrikeOut", BOX, IRT=0, RT=Name.Group, IT=Name.StrikeOutTextEdit)
    (group,) = read(proof, caret, struck)
    assert group.kinds() == {"Caret", "StrikeOut"}
    assert [mark.text for mark in group.marks] == ["32亿元", ""]


def test_foxit_s_replacement_hangs_the_caret_on_the_struck_words(proof: Path) -> None:
    struck = remark("StrikeOut", BOX, IT=Name.StrikeOutTextEdit)
    caret = remark("Caret", (BOX[2], BOX[1], BOX[2] + 6, BOX[3]), "32亿元", IRT=0, RT=Name.Group)
    (group,) = read(proof, struck, caret)
    assert [mark.kind for mark in group.marks] == ["StrikeOut", "Caret"]


def test_an_answer_goes_with_what_it_answers(proof: Path) -> None:
    asked = remark("Highlight", BOX, "是否32？")
    answer = remark("Text", BOX, "是32", IRT=0)
    (group,) = read(proof, asked, answer)
    assert (len(group.marks), group.marks[0].answers) == (1, ("是32",))


def test_a_state_of_refusal_is_known_though_it_is_hidden(proof: Path) -> None:
    asked = remark("Highlight", BOX, "改32")
    state = remark("Text", BOX, "林清 设为已拒绝", IRT=0, State=String("Rejected"))
    state.F, state.StateModel = 30, String("Review")
    (group,) = read(proof, asked, state)
    assert (group.marks[0].refused, group.marks[0].answers) == (True, ())


def test_rich_text_serves_where_there_is_no_other(proof: Path) -> None:
    rich = String('<body xmlns="http://www.w3.org/1999/xhtml"><p>改为&lt;32&gt;</p></body>')
    (group,) = read(proof, remark("Highlight", BOX, "", RC=rich))
    assert group.marks[0].text == "改为<32>"


def test_a_callout_points_where_its_line_begins(proof: Path) -> None:
    line = Array([100, 700, 150, 650, 200, 640])
    (group,) = read(proof, remark("FreeText", (200, 620, 300, 640), "甲改乙", CL=line))
    assert group.marks[0].point == pytest.approx((100, HEIGHT - 700))


def test_links_popups_and_hidden_remarks_are_none(proof: Path) -> None:
    hidden = remark("Highlight", BOX, "旧")
    hidden.F = 2
    assert read(proof, remark("Link", BOX), remark("Popup", BOX), hidden) == ()


def test_remarks_stand_from_the_top_of_the_page_down(proof: Path) -> None:
    low, high = box_of(2, FIRST[2], "核对"), box_of(0, FIRST[0], "120")
    groups = read(proof, remark("Highlight", low, "下"), remark("Highlight", high, "上"))
    assert [group.marks[0].text for group in groups] == ["上", "下"]


def test_answers_in_a_ring_are_one_remark(proof: Path) -> None:
    one, other = remark("Text", BOX, "甲", IRT=1), remark("Text", BOX, "乙", IRT=0)
    (group,) = read(proof, one, other)
    assert group.marks[0].text == "甲"


def test_what_is_no_annotation_is_passed_over(proof: Path) -> None:
    odd = Dictionary(Type=Name.Annot, Subtype=Name.Highlight, Rect=Array([1, 2]))
    odd_quads = remark("Highlight", BOX, "好", QuadPoints=Array([1, 2, 3]))
    (group,) = read(proof, odd, odd_quads)
    assert group.marks[0].text == "好"


def test_a_locked_file_says_so(proof: Path) -> None:
    with pikepdf.open(proof) as pdf:
        pdf.save(proof.with_name("锁.pdf"), encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(EditorialError, match="加了密码"):
        count_sheets(proof.with_name("锁.pdf"))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"no pdf" * 100])
def test_a_damaged_file_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "坏.pdf").write_bytes(data)
    with pytest.raises(EditorialError, match="不是 PDF，或文件已损坏"):
        count_sheets(tmp_path / "坏.pdf")


def test_a_file_without_pages_says_so(tmp_path: Path) -> None:
    pikepdf.new().save(tmp_path / "空.pdf")
    with pytest.raises(EditorialError, match="一页也没有"):
        count_sheets(tmp_path / "空.pdf")


def test_no_file_and_a_folder_say_so(tmp_path: Path) -> None:
    with pytest.raises(EditorialError, match="没有这个文件"):
        count_sheets(tmp_path / "无.pdf")
    with pytest.raises(EditorialError, match="是目录"):
        count_sheets(tmp_path)


@pytest.mark.parametrize(
    "written",
    [
        b"\xfe\xff" + "改为九市".encode("utf-16-be"),
        b"\xff\xfe" + "改为九市".encode("utf-16-le"),
        b"\xef\xbb\xbf" + "改为九市".encode(),
        "改为九市".encode("gb18030"),
    ],
    ids=["UTF-16BE", "UTF-16LE", "UTF-8", "GBK"],
)
def test_words_are_read_in_whatever_code_they_are_written(proof: Path, written: bytes) -> None:
    (group,) = read(proof, remark("Highlight", BOX, "", Contents=String(written)))
    assert group.marks[0].text == "改为九市"


def test_a_western_name_stays_as_it_is(proof: Path) -> None:
    (group,) = read(proof, remark("Highlight", BOX, "café"))
    assert group.marks[0].text == "café"


def test_rich_text_may_be_a_stream(proof: Path) -> None:
    with pikepdf.open(proof) as pdf:
        mark = remark("Highlight", BOX, "")
        mark.RC = pdf.make_stream("<body><p>改为32</p></body>".encode())
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(mark)])
        pdf.save(proof.with_name("批.pdf"))
    (group,) = read_pdf_marks(proof.with_name("批.pdf"))
    assert group.marks[0].text == "改为32"


@pytest.mark.parametrize(
    ("model", "state", "refused"),
    [("Marked", "Unmarked", True), ("Review", "None", False), ("Review", "Accepted", False)],
)
def test_the_last_state_of_a_review_holds_whatever_was_ticked(
    proof: Path, model: str, state: str, refused: bool
) -> None:
    asked = remark("Highlight", BOX, "改32")
    no = remark("Text", BOX, "", IRT=0, State=String("Rejected"), StateModel=String("Review"))
    then = remark("Text", BOX, "", IRT=1, State=String(state), StateModel=String(model))
    (group,) = read(proof, asked, no, then)
    assert (group.marks[0].refused, group.marks[0].answers) == (refused, ())


def test_a_file_or_a_blackening_is_told_not_passed_over(proof: Path) -> None:
    kinds = [each.marks[0].kind for each in read(proof, *map(_drawn, ("FileAttachment", "Redact")))]
    assert kinds == ["FileAttachment", "Redact"]


def _drawn(kind: str) -> Dictionary:
    return remark(kind, BOX, "见附件")


def test_the_day_libreoffice_adds_to_a_name_is_no_part_of_it(proof: Path) -> None:
    (group,) = read(proof, remark("Text", BOX, "请核", T=String("罗校, 11/22/26,")))
    assert group.marks[0].by == "罗校"
