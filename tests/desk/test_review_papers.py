"""The papers of a round, read back from the files: every count agrees, no name leaks."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pypdfium2
import pytest

from editorial.desk.office import Desk
from editorial.desk.opinions import add_opinion, same_opinions
from editorial.desk.review_papers import (
    appraise,
    make_forms,
    make_replies,
    make_table,
)
from editorial.desk.round_list import find_round
from editorial.desk.rounds import open_round
from editorial.errors import EditorialError
from editorial.model.labels import Disposition
from editorial.model.reviews import disposition
from editorial.read.rows import read_rows
from tests.desk.deciding import decide_opinion

AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
DAY = date(2020, 3, 20)
JICHANG, GAIKUANG = "02-jichu/02-jichang", "01-keji/01-gaikuang"
EXPERTS = ("专家甲（示例）", "专家乙（示例）", "专家丙（示例）")
Said = tuple[str, str, str, str, str]
POINTS: tuple[Said, ...] = (
    (JICHANG, EXPERTS[0], "吞吐量应写明年末数", "旅客吞吐量1200万人次", "采纳"),
    (JICHANG, EXPERTS[1], "吞吐量数字删去", "旅客吞吐量1200万人次", "不采纳"),
    (GAIKUANG, EXPERTS[1], "研发机构数与统计公报不一致", "研发机构120个", "部分采纳"),
    (GAIKUANG, EXPERTS[2], "文字可再精练", "", "转核实"),
    (GAIKUANG, EXPERTS[0], "请补充人才情况", "", ""),
)
REASONS = {"不采纳": "与专家甲（示例）的意见冲突，从专家甲之说", "部分采纳": "公报数为快报数"}


@pytest.fixture
def played(desk: Desk) -> Desk:
    """A round of three readers and five opinions, two of them on the same words."""
    open_round(desk, "评议会", at=AT, readers=(*EXPERTS, "专家丁（示例）"), due=DAY)
    for section, by, text, original, to in POINTS:
        made, _ = add_opinion(desk, "01", section, text, at=AT, by=by, original=original)
        if to:
            result = "改为“旅客吞吐量1200万人次（年末数）”" if to == "采纳" else ""
            decide_opinion(desk, made.id, to, at=AT, reason=REASONS.get(to, ""), result=result)
    return desk


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as book:
        pages = [page.get_textpage().get_text_range() for page in book]
    return "".join("".join(pages).split())


def word_text(path: Path) -> str:
    body = docx.Document(str(path)).element.body
    return "".join("".join(body.itertext()).split())


def of_kind(files: tuple[Path, ...], kind: str) -> Path:
    return next(path for path in files if path.suffix == f".{kind}")


# 意见汇总及采纳情况表

HEAD_LINE = "共收到意见5条，采纳1条，部分采纳1条，未采纳1条，转核实1条，待定1条。"


@pytest.mark.parametrize("by", ["section", "reader", "unit"])
def test_the_head_line_has_the_same_counts_in_every_file(played: Desk, by: str) -> None:
    made = make_table(played, "01", today=DAY, by=by)
    files = made.papers.files
    assert HEAD_LINE in pdf_text(of_kind(files, "pdf"))
    assert HEAD_LINE in word_text(of_kind(files, "docx"))
    rows = read_rows(of_kind(files, "xlsx").read_bytes(), "表")
    assert HEAD_LINE in rows[1][0]
    assert [row[5] for row in rows[3:]].count("采纳") == 1
    assert len(rows[3:]) == made.tally.total == 5


def test_the_counts_are_those_of_the_records(played: Desk) -> None:
    told = make_table(played, "01", today=DAY, formats=("pdf",)).tally
    opinions = find_round(played, "01").opinions
    for each in Disposition:
        known = sum(disposition(opinion) is each for opinion in opinions)
        assert told.counts.get(each, 0) == known


def test_a_row_has_what_the_trade_asks_for(played: Desk) -> None:
    made = make_table(played, "01", today=DAY, formats=("xlsx",))
    rows = read_rows(made.papers.files[0].read_bytes(), "表")
    assert rows[2] == (
        "序号",
        "编号",
        "位置（篇目/页行）",
        "原文",
        "意见（提出单位/人）",
        "采纳情况",
        "修改后表述或未采纳理由",
        "责任编辑",
        "备注",
    )
    assert rows[6] == (
        "4",
        "01/001",
        "机场",
        "旅客吞吐量1200万人次",
        "吞吐量应写明年末数（专家甲（示例））",
        "采纳",
        "改为“旅客吞吐量1200万人次（年末数）”",
        "林清",
        "同处意见，一并处理",
    )


def test_opinions_on_one_place_stand_beside_each_other_in_one_cell(played: Desk) -> None:
    made = make_table(played, "01", today=DAY, formats=("docx",))
    table = docx.Document(str(made.papers.files[0])).tables[0]
    rows = [row for row in table.rows if "吞吐量" in row.cells[3].text]
    assert len(rows) == 2
    assert rows[0].cells[2]._tc is rows[1].cells[2]._tc
    assert rows[0].cells[3]._tc is not rows[1].cells[3]._tc


def test_the_head_of_the_table_is_repeated_and_rows_do_not_break(played: Desk) -> None:
    made = make_table(played, "01", today=DAY, formats=("docx",))
    xml = docx.Document(str(made.papers.files[0])).tables[0]._tbl.xml
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == xml.count("<w:tr>")


def test_the_same_round_gives_the_same_bytes(played: Desk, tmp_path: Path) -> None:
    one, two = (
        make_table(played, "01", today=DAY, out=tmp_path / name).papers.files for name in "ab"
    )
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_a_round_without_opinions_has_no_table(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    with pytest.raises(EditorialError, match="还没有意见"):
        make_table(desk, "01", today=DAY)


@pytest.mark.parametrize(("by", "kind"), [("颜色", "pdf"), ("section", "odt")])
def test_an_unknown_order_or_format_is_refused(played: Desk, by: str, kind: str) -> None:
    with pytest.raises(EditorialError, match=r"不能按|没有“odt”格式"):
        make_table(played, "01", today=DAY, by=by, formats=(kind,))


# 审稿意见单


def test_a_filled_form_has_the_readers_own_opinions(played: Desk) -> None:
    appraise(
        played,
        "01",
        "专家甲",
        advice="修改后通过",
        overall="资料扎实",
        problems="口径不明",
        done=DAY,
    )
    (path,) = make_forms(played, "01", today=DAY, readers=("专家甲",), formats=("pdf",)).files
    text = pdf_text(path)
    for words in (
        "吞吐量应写明年末数",
        "请补充人才情况",
        "资料扎实",
        "■修改后通过",
        "□退改",
        "评议",
    ):
        assert words in text
    assert "数字删去" not in text


def test_a_blank_form_is_one_page_with_lines_to_write_on(played: Desk) -> None:
    made = make_forms(played, "01", today=DAY, readers=("专家乙",), nodes=(JICHANG,), blank=True)
    table = docx.Document(str(of_kind(made.files, "docx"))).tables[1]
    assert (made.pages, len(table.rows)) == (1, 10)
    assert not any(cell.text for row in table.rows[1:] for cell in row.cells)
    assert "数字删去" not in pdf_text(of_kind(made.files, "pdf"))


def test_a_form_of_one_section_leaves_out_the_others(played: Desk) -> None:
    made = make_forms(played, "01", today=DAY, readers=("专家甲",), nodes=(JICHANG,))
    text = word_text(of_kind(made.files, "docx"))
    assert "吞吐量应写明年末数" in text
    assert "请补充人才情况" not in text
    assert "省发改" in text


def test_what_a_reader_says_again_takes_the_place_of_the_former(played: Desk) -> None:
    appraise(played, "01", "专家甲", advice="退改")
    appraise(played, "01", "专家甲", advice="通过")
    (path,) = make_forms(played, "01", today=DAY, readers=("专家甲",), formats=("pdf",)).files
    assert "■通过" in pdf_text(path)
    assert "■退改" not in pdf_text(path)


def test_an_appraisal_must_say_something_known(played: Desk) -> None:
    with pytest.raises(EditorialError, match="没有写审读人的评价"):
        appraise(played, "01", "专家甲")
    with pytest.raises(EditorialError, match="没有“还行”这种处理建议"):
        appraise(played, "01", "专家甲", advice="还行")
    with pytest.raises(EditorialError, match="没有审读人“路人”"):
        appraise(played, "01", "路人", advice="通过")


# 意见采纳情况反馈


def test_a_reply_has_each_opinion_of_its_reader_and_no_other_name(
    played: Desk, tmp_path: Path
) -> None:
    made = make_replies(played, "01", today=DAY, apart=True, out=tmp_path)
    assert len(made.files) == 6
    for path in made.files:
        own = next(name for name in EXPERTS if name in path.name)
        text = pdf_text(path) if path.suffix == ".pdf" else word_text(path)
        raw = path.read_bytes() if path.suffix == ".pdf" else _unpacked(path)
        assert own in text
        for other in EXPERTS:
            assert (other.partition("（")[0] in text) == (other == own)
            assert other == own or other.encode() not in raw
        mine = [text_ for _, by, text_, _, _ in POINTS if by == own]
        others = [text_ for _, by, text_, _, _ in POINTS if by != own]
        assert all(words in text for words in mine)
        assert not any(words in text for words in others)
    assert any("01/002" in remark and "其他审读人" in remark for remark in made.remarks)
    assert "没有提意见，不出反馈：专家丁（示例）" in made.remarks


def _unpacked(path: Path) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_a_reply_says_what_became_of_each_and_why(played: Desk) -> None:
    (path,) = make_replies(played, "01", today=DAY, readers=("专家乙",), formats=("pdf",)).files
    text = pdf_text(path)
    assert "您提出的意见共2条，部分采纳1条，未采纳1条" in text
    assert "与其他审读人的意见冲突，从其他审读人之说" in text
    assert "公报数为快报数" in text


def test_who_said_the_same_gets_the_reason_without_the_others_number(played: Desk) -> None:
    again, _ = add_opinion(played, "01", JICHANG, "同样的话", at=AT, by=EXPERTS[2])
    same_opinions(played, ["01/003", again.id], at=AT)
    decide_opinion(played, "01/003", "不采纳", at=AT, reason="从公报")
    (path,) = make_replies(played, "01", today=DAY, readers=("专家丙",), formats=("pdf",)).files
    text = pdf_text(path)
    assert "从公报" in text
    assert "01/003" not in text


def test_replies_are_printed_as_one_file_each_from_its_first_page(played: Desk) -> None:
    made = make_replies(played, "01", today=DAY)
    assert [path.name for path in made.files] == [
        "01评议会意见采纳情况反馈.pdf",
        "01评议会意见采纳情况反馈.docx",
    ]
    sections = docx.Document(str(made.files[1])).sections
    assert len(sections) == made.pages == 3
    assert all('w:start="1"' in section._sectPr.xml for section in sections)
    assert pdf_text(made.files[0]).count("第1页共1页") == 3


def test_nobody_is_thanked_for_nothing(played: Desk) -> None:
    with pytest.raises(EditorialError, match="没有提意见"):
        make_replies(played, "01", today=DAY, readers=("专家丁",))


def test_the_command_says_the_counts(played: Desk, editorial: Callable[..., object]) -> None:
    said = editorial("round", "table", "01", "--format", "xlsx")
    assert HEAD_LINE in str(said)
