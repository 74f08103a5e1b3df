"""Corrections come in typed, in tables, in PDF and Word files, and find their places."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pikepdf import Array, Name

from editorial.desk.office import Desk
from editorial.desk.proof_corrections import correct, drop_correction, take_in, type_in
from editorial.desk.proof_return import send_back
from editorial.desk.proofs import find_proof
from editorial.errors import BadData, EditorialError, Refused
from editorial.model.labels import Cause
from editorial.model.proofs import Correction, ProofJob
from editorial.render.docx.package import Properties, packed, word_part
from editorial.render.xlsx import workbook
from tests.desk.proof_sheets import FIRST, SECOND, box_of, proof_pdf, remark
from tests.desk.proof_work import AT, BOX, GAIKUANG, faults, marked, one, typed

# typed


def test_a_typed_change_finds_its_line_words_about_it_and_section(
    desk: Desk, job: ProofJob
) -> None:
    (found,) = typed(desk, "21.3 30亿>32亿 @原稿 #数字")
    assert (found.line, found.old, found.new) == (3, "30亿", "32亿")
    assert (found.before, found.after) == (
        "加12个。全年研发经费支出"[-12:],
        "元，比上年增加2亿元，均"[:12],
    )
    assert (found.section, found.cause, found.fault) == (GAIKUANG, Cause.MANUSCRIPT, "number")


@pytest.mark.parametrize(
    ("line", "mark", "old", "new", "before"),
    [
        ("21.3 比上年增加2亿元[+左右]，", "增补", "", "左右", "支出30亿元，比上年增加2亿元"[-12:]),
        ("21.4 材料-由", "删除", "由", "", "均为示例。各单位报送的材料"[-12:]),
        (
            "第21页第4行 编辑部＞总编室",
            "改正",
            "编辑部",
            "总编室",
            "均为示例。各单位报送的材料由"[-12:],
        ),
        ("p22 转正 设在 //倒了", "转正", "设在", "设在", "其中待补。示例单位的实验室"[-12:]),
        ("21.3 对调 经费|支出", "对调", "经费支出", "支出经费", "，比上年增加12个。全年研发"[-12:]),
        (
            "22.3 另起段 示例单位",
            "另起段",
            "示例单位",
            "示例单位",
            "重点实验室15个，其中待补。"[-12:],
        ),
        ("21左4 编辑部>总编室", "改正", "编辑部", "总编室", "均为示例。各单位报送的材料由"[-12:]),
    ],
)
def test_what_a_typed_line_says(
    desk: Desk, job: ProofJob, line: str, mark: str, old: str, new: str, before: str
) -> None:
    (found,) = typed(desk, line)
    assert (found.mark, found.old, found.new, found.before) == (mark, old, new, before)


def test_a_line_miscounted_by_one_still_tells_two_places_apart(desk: Desk, job: ProofJob) -> None:
    (found,) = typed(desk, "21.1 比上年>较上年")
    assert found.line == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("21.3 研发经废>研发经费", "第21页没有“研发经废”；最相近的是第3行“研发经费”"),
        ("21 比上年>较上年", "第21页有2处“比上年”（第2、3行），请写行号"),
        ("21.4 位>单位", "第21页有2处“位”（第4行），请连前后文写"),
        ("40 甲>乙", "没有第40页，这份校样是第21至22页"),
        ("甲>乙", "没有写在第几页（先写 页.行，空一格，再写改动）"),
        ("21.3", "没有写改什么"),
        ("21.3 研发经费", "看不懂“研发经费”"),
        ("21.3 支出30>支出32 #没有的类", "没有“没有的类”这类差错"),
        ("21.3 30>32 @天气", "没有“天气”这个起因（@排版、@原稿、@改动）"),
    ],
)
def test_a_line_that_cannot_be_recorded_is_told_by_its_number(
    desk: Desk, job: ProofJob, line: str, told: str
) -> None:
    with pytest.raises(BadData) as refused:
        typed(desk, f"# 录入\n21.3 30亿>32亿\n{line}\n")
    assert len(faults(refused)) == 1
    assert told in faults(refused)[0]
    assert "3" in faults(refused)[0].split(" ")[0] or "第3行" in faults(refused)[0]
    assert find_proof(desk, "01").corrections == ()


def test_an_insertion_without_a_place_is_recorded_and_told(desk: Desk, job: ProofJob) -> None:
    told = type_in(desk, "01", "21.3 +，", at=AT).remarks
    assert any("没有写增补在哪两个字之间" in each for each in told)


def test_the_same_correction_of_two_readers_is_recorded_once(desk: Desk, job: ProofJob) -> None:
    typed(desk, "21.3 30亿>32亿")
    act = type_in(desk, "01", "21.3 30亿>32亿\n21.4 编辑部>总编室", at=AT)
    assert act.remarks[0] == "第21页“30亿”改“32亿”与第1处相同，没有再记"
    assert len(find_proof(desk, "01").corrections) == 2


def test_two_ways_of_altering_one_place_are_told_and_stop_the_return(
    desk: Desk, job: ProofJob
) -> None:
    typed(desk, "21.3 30亿>32亿")
    act = type_in(desk, "01", "21.3 支出30亿元>支出33亿元", at=AT)
    assert "改的是同一处，请定一种" in act.remarks[0]
    with pytest.raises(Refused, match="有1处改法相冲突"):
        send_back(desk, "01", at=AT, formats=("csv",))
    drop_correction(desk, "01", 2, note="以前者为准")
    send_back(desk, "01", at=AT, formats=("csv",))
    assert one(desk).new == "32亿"


def test_a_correction_is_not_dropped_without_a_reason(desk: Desk, job: ProofJob) -> None:
    typed(desk, "21.3 30亿>32亿")
    with pytest.raises(EditorialError, match="为什么去掉"):
        drop_correction(desk, "01", 1, note=" ")


def test_one_correction_is_checked_against_the_proof_too(desk: Desk, job: ProofJob) -> None:
    with pytest.raises(BadData) as refused:
        correct(desk, "01", Correction(page=21, old="没有的话", new="改"), at=AT)
    assert "第21页没有“没有的话”" in faults(refused)[0]


# tables


TABLE = "改为,页,原文,行,校对符号,起因\n32亿,21,30亿,3,,原稿\n，,21,,,增补,\n"


def test_a_table_may_name_its_columns_in_any_order(
    desk: Desk, job: ProofJob, tmp_path: Path
) -> None:
    (tmp_path / "单.csv").write_bytes(TABLE.encode("gb18030"))
    take_in(desk, "01", tmp_path / "单.csv", at=AT)
    first, second = find_proof(desk, "01").corrections
    assert (first.old, first.new, first.line, first.cause) == ("30亿", "32亿", 3, Cause.MANUSCRIPT)
    assert (second.mark, second.new, second.origin) == ("增补", "，", "单.csv 第3行")


def test_the_list_of_a_proof_check_is_taken_in(desk: Desk, job: ProofJob, tmp_path: Path) -> None:
    rows = "id,page,before,old,new,after\n1,21,支出,30,32,亿元\n2,21,,由,,编辑部\n"
    (tmp_path / "LIST.csv").write_text(rows, "utf-8")
    take_in(desk, "01", tmp_path / "LIST.csv", at=AT)
    found = find_proof(desk, "01").corrections
    assert [(each.mark, each.old, each.line) for each in found] == [
        ("改正", "30", 3),
        ("删除", "由", 4),
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("32,二一,30,,,", "页码“二一”不是数"),
        ("32,,30,,,", "没有写页码"),
        ("32,21,30,三,,", "行号“三”不是数"),
        ("32,21,30,3,涂改,", "没有“涂改”这个校对符号"),
        ("32,21,30,3,,天气", "没有“天气”这个起因"),
    ],
)
def test_a_row_that_cannot_be_recorded_is_told_by_its_number(
    desk: Desk, job: ProofJob, tmp_path: Path, row: str, told: str
) -> None:
    (tmp_path / "单.csv").write_text(f"{TABLE}{row}\n", "utf-8")
    with pytest.raises(BadData) as refused:
        take_in(desk, "01", tmp_path / "单.csv", at=AT)
    assert told in faults(refused)[0]
    assert ":4" in faults(refused)[0]


def test_a_table_without_a_head_is_refused(desk: Desk, job: ProofJob, tmp_path: Path) -> None:
    (tmp_path / "单.csv").write_text("21,3,甲,乙\n", "utf-8")
    with pytest.raises(EditorialError, match="找不到表头"):
        take_in(desk, "01", tmp_path / "单.csv", at=AT)


# remarks of a PDF program


def test_acrobat_s_replacement_becomes_a_change(desk: Desk, job: ProofJob, pdf: Path) -> None:
    caret = remark("Caret", (BOX[2], BOX[1], BOX[2] + 6, BOX[3]), "32亿元")
    struck = remark("StrikeOut", BOX, IRT=0, RT=Name.Group, IT=Name.StrikeOutTextEdit)
    marked(desk, pdf, caret, struck)
    found = one(desk)
    assert (found.mark, found.old, found.new, found.by) == ("改正", "30亿元", "32亿元", "罗校")
    assert (found.page, found.line, found.section) == (21, 3, GAIKUANG)


def test_struck_words_are_taken_out(desk: Desk, job: ProofJob, pdf: Path) -> None:
    marked(desk, pdf, remark("StrikeOut", BOX))
    assert (one(desk).mark, one(desk).old, one(desk).new) == ("删除", "30亿元", "")


def test_a_caret_puts_words_between_two_characters(desk: Desk, job: ProofJob, pdf: Path) -> None:
    edge = BOX[2]
    marked(desk, pdf, remark("Caret", (edge - 3, BOX[1] - 4, edge + 3, BOX[1] + 4), "（示例）"))
    found = one(desk)
    assert (found.mark, found.new) == ("增补", "（示例）")
    assert (found.before[-4:], found.after[:4]) == ("30亿元", "，比上年")


@pytest.mark.parametrize(
    ("text", "mark", "new", "note"),
    [
        ("32亿元", "改正", "32亿元", ""),
        ("改为“32亿元”", "改正", "32亿元", ""),
        ("应为：32亿元。", "改正", "32亿元", ""),
        ("30亿元→32亿元", "改正", "32亿元", ""),
        ("删去", "删除", "", ""),
        ("转正", "转正", "30亿元", ""),
        ("请核实是否含税", "说明", "30亿元", "请核实是否含税"),
        ("数字对吗？", "说明", "30亿元", "数字对吗？"),
    ],
)
@pytest.mark.parametrize("kind", ["Highlight", "Underline", "Squiggly"])
def test_what_a_saidon_words_asks_for(
    desk: Desk, job: ProofJob, pdf: Path, kind: str, text: str, mark: str, new: str, note: str
) -> None:
    marked(desk, pdf, remark(kind, BOX, text))
    found = one(desk)
    assert (found.mark, found.old, found.new, found.note) == (mark, "30亿元", new, note)


def test_words_over_two_lines_are_one_change(desk: Desk, job: ProofJob, pdf: Path) -> None:
    upper, lower = box_of(0, FIRST[0], "个。"), box_of(1, FIRST[1], "全年")
    both = remark("Highlight", upper, "家。本年")
    quads = [*map(float, both.QuadPoints)]
    more = [*map(float, remark("Highlight", lower).QuadPoints)]
    both.QuadPoints = Array([*quads, *more])
    marked(desk, pdf, both)
    assert (one(desk).old, one(desk).line) == ("个。全年", 2)


def test_a_note_that_names_its_words_finds_them(desk: Desk, job: ProofJob, pdf: Path) -> None:
    marked(desk, pdf, remark("Text", (500, 600, 520, 620), "“编辑部”改为“总编室”"))
    assert (one(desk).old, one(desk).new, one(desk).line) == ("编辑部", "总编室", 4)


def test_a_text_box_that_names_none_is_kept_for_people(
    desk: Desk, job: ProofJob, pdf: Path
) -> None:
    marked(desk, pdf, remark("FreeText", (400, 500, 500, 520), "此页字距太紧"))
    assert (one(desk).mark, one(desk).note, one(desk).old) == ("说明", "此页字距太紧", "")


def test_an_answer_goes_with_the_correction(desk: Desk, job: ProofJob, pdf: Path) -> None:
    marked(desk, pdf, remark("Highlight", BOX, "32亿元"), remark("Text", BOX, "已核", IRT=0))
    assert one(desk).note == "答：已核"


def test_what_cannot_be_read_is_told_and_the_rest_recorded(
    desk: Desk, job: ProofJob, pdf: Path
) -> None:
    told = marked(
        desk,
        pdf,
        remark("Ink", (300, 300, 350, 320)),
        remark("Highlight", BOX),
        remark("Highlight", (400, 300, 450, 312), "空白处"),
        remark("StrikeOut", box_of(2, FIRST[2], "编辑部"), "总编室"),
    ).remarks
    assert one(desk).new == "总编室"
    assert ["只标出“30亿元”" in told[0], "没有文字" in told[1], "手画" in told[2]] == [True] * 3


def test_a_marked_pdf_of_another_proof_is_refused(
    desk: Desk, job: ProofJob, tmp_path: Path
) -> None:
    other = proof_pdf(tmp_path / "别.pdf", (SECOND, FIRST))
    with pytest.raises(EditorialError, match="文字与一校样01不同"):
        marked(desk, other, remark("Highlight", BOX, "改"))


def test_a_pdf_without_remarks_is_refused(desk: Desk, job: ProofJob, pdf: Path) -> None:
    with pytest.raises(EditorialError, match="没有批注"):
        take_in(desk, "01", pdf, at=AT)


def test_an_unknown_kind_of_file_is_refused(desk: Desk, job: ProofJob, tmp_path: Path) -> None:
    (tmp_path / "单.wps").write_bytes(b"x")
    with pytest.raises(EditorialError, match=r"不认识“\.wps”文件"):
        take_in(desk, "01", tmp_path / "单.wps", at=AT)


# Word


def docx(path: Path, body: str, comments: str = "") -> Path:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    parts = [word_part("document", "document.main", document)]
    if comments:
        text = f"<w:comments {space}>{comments}</w:comments>"
        parts.append(word_part("comments", "comments", text))
    path.write_bytes(packed(parts, Properties(title="样", author="罗校", day=date(2020, 3, 5))))
    return path


def test_tracked_changes_and_remarks_of_word_are_taken_in(
    desk: Desk, job: ProofJob, tmp_path: Path
) -> None:
    body = (
        "<w:p><w:r><w:t>全年研发经费支出</w:t></w:r>"
        '<w:del w:id="1" w:author="罗校"><w:r><w:delText>30</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="罗校"><w:r><w:t>32</w:t></w:r></w:ins>'
        "<w:r><w:t>亿元，比上年增加2亿元</w:t></w:r></w:p>"
        '<w:p><w:r><w:t>材料由</w:t></w:r><w:commentRangeStart w:id="0"/>'
        '<w:r><w:t>编辑部</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    said = "<w:p><w:r><w:t>改为总编室</w:t></w:r></w:p>"
    comments = f'<w:comment w:id="0" w:author="林清">{said}</w:comment>'
    take_in(desk, "01", docx(tmp_path / "样.docx", body, comments), at=AT)
    found = find_proof(desk, "01").corrections
    assert [(c.old, c.new, c.page, c.line, c.by) for c in found] == [
        ("30", "32", 21, 3, "罗校"),
        ("编辑部", "总编室", 21, 4, "linqing"),
    ]


def test_words_a_word_file_has_and_the_proof_has_not_are_told(
    desk: Desk, job: ProofJob, tmp_path: Path
) -> None:
    body = (
        "<w:p><w:r><w:t>别的书</w:t></w:r>"
        '<w:del w:id="1" w:author="罗校"><w:r><w:delText>里的话</w:delText></w:r></w:del></w:p>'
    )
    with pytest.raises(BadData) as refused:
        take_in(desk, "01", docx(tmp_path / "样.docx", body), at=AT)
    assert "校样上没有“里的话”" in faults(refused)[0]


def test_the_workbook_is_taken_in_again(desk: Desk, job: ProofJob, tmp_path: Path) -> None:
    from editorial.model.register import RegisterTable

    table = RegisterTable(
        name="单",
        title="改动单",
        office="示例",
        columns=("页", "原文", "改为"),
        widths=(6, 20, 20),
        rows=((21, "30亿", "32亿"),),
    )
    (tmp_path / "单.xlsx").write_bytes(workbook((table,), AT.date(), "示例"))
    take_in(desk, "01", tmp_path / "单.xlsx", at=AT)
    assert one(desk).new == "32亿"
