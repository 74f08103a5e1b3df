"""意见 from papers: tables, forms, marked copies, minutes, mails, scans; nothing twice."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import docx
import pytest
from docx.document import Document

from editorial.desk.draft import make_draft
from editorial.desk.keep import keep
from editorial.desk.office import Desk
from editorial.desk.opinion_import import Wanted, import_opinions
from editorial.desk.opinion_place import ground_of_round
from editorial.desk.opinion_trace import located, trace_of
from editorial.desk.opinions import (
    add_opinion,
    find_opinion,
)
from editorial.desk.round_list import find_round
from editorial.desk.rounds import Wish, answer_round, close_round, open_round
from editorial.errors import EditorialError
from editorial.model.anchor import Standing
from editorial.model.meeting import Advice
from editorial.model.opinion_paper import same_reader
from editorial.model.reviews import silent_readers, untyped
from editorial.store.meetings import load_appraisals
from tests.desk.deciding import decide_opinion
from tests.desk.mails import mail
from tests.desk.opinion_papers import (
    AT,
    GAIKUANG,
    JICHANG,
    PINGTAI,
    READERS,
    Git,
    opinions,
    prose,
    table,
    take,
)


@pytest.fixture
def round_(desk: Desk) -> Desk:
    open_round(desk, "评议会", at=AT, readers=READERS)
    return desk


def test_rows_become_opinions_in_one_commit_with_their_paper(
    round_: Desk, tmp_path: Path, git: Git
) -> None:
    path = table(
        tmp_path / "意见.csv",
        ("1", "", "旅客吞吐量1200万人次", "请核实", "专家甲"),
        ("2", "", "研发机构120个", "应写明口径", "专家乙"),
    )
    before = git("rev-list", "--count", "HEAD")
    (one,) = take(round_, path)
    assert [each.opinion.section for each in one.taken] == [JICHANG, GAIKUANG]
    assert [o.by for o in opinions(round_)] == ["专家甲（示例）", "专家乙（示例）"]
    assert int(git("rev-list", "--count", "HEAD")) == int(before) + 1
    origin = opinions(round_)[0].origin.partition("/")[0]
    kept = round_.root / f"volumes/xiao-2019/rounds/01/papers/{origin}/意见.csv"
    assert kept.read_bytes() == path.read_bytes()


def test_a_paper_taken_in_twice_gives_nothing_twice(round_: Desk, tmp_path: Path) -> None:
    row = ("1", "", "研发机构120个", "应写明口径", "专家甲")
    path = table(tmp_path / "意见.csv", row)
    take(round_, path)
    (again,) = take(round_, path)
    assert (again.taken, again.again, again.act) == ((), 1, None)
    longer = table(tmp_path / "再寄.csv", ("1", "", "引进人才300人", "核实", "专家甲"), row)
    (more,) = take(round_, longer)
    assert ([each.opinion.text for each in more.taken], more.again) == (["核实"], 1)


def test_what_stands_for_a_weight_and_is_none_is_told(round_: Desk, tmp_path: Path) -> None:
    head = ("序号", "页码", "原文", "修改意见", "提出人", "性质")
    rows = (("1", "", "", "核实", "专家甲", "必需改"), ("2", "", "", "再核", "专家甲", "必须改"))
    (one,) = take(round_, table(tmp_path / "意见.csv", *rows, head=head))
    assert [(o.text, o.weight.value) for o in opinions(round_)] == [
        ("核实（必需改）", "should"),
        ("再核", "must"),
    ]
    assert one.remarks == ("性质栏里的“必需改”不是性质，记作建议改，原话附在意见后面",)


def test_a_way_that_is_none_is_refused(round_: Desk, tmp_path: Path) -> None:
    path = table(tmp_path / "意见.csv", ("1", "", "", "核实", "专家甲"))
    with pytest.raises(EditorialError, match="没有“托梦”这种提出方式"):
        take(round_, path, wanted=Wanted(channel="托梦"))


def test_papers_of_one_round_are_placed_on_one_reading_of_its_text(
    round_: Desk, tmp_path: Path
) -> None:
    papers = [
        table(tmp_path / f"{who}.csv", ("1", "", "1200万人次", f"{who}：请核实", who))
        for who in ("专家甲", "专家乙", "专家丙")
    ]
    read: list[str] = []

    def called(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is ground_of_round.__code__:
            read.append(event)

    sys.setprofile(called)
    try:
        take(round_, *papers)
    finally:
        sys.setprofile(None)
    assert (len(opinions(round_)), len(read)) == (3, 1)


def test_a_trial_writes_nothing(round_: Desk, tmp_path: Path, git: Git) -> None:
    path = table(tmp_path / "意见.csv", ("1", "", "研发机构120个", "核实", "专家甲"))
    head = git("rev-parse", "HEAD")
    (one,) = take(round_, path, wanted=Wanted(dry=True))
    assert [each.opinion.id for each in one.taken] == ["01/001"]
    assert (git("rev-parse", "HEAD"), opinions(round_)) == (head, ())


def test_nobody_known_to_have_said_it(round_: Desk, tmp_path: Path) -> None:
    path = table(tmp_path / "意见.csv", ("1", "", "", "核实", ""))
    with pytest.raises(EditorialError, match="看不出是谁的意见"):
        take(round_, path)
    (one,) = take(round_, path, wanted=Wanted(by="专家丙"))
    assert one.taken[0].opinion.by == "专家丙（示例）"


def test_a_closed_round_takes_no_more(round_: Desk, tmp_path: Path) -> None:
    close_round(round_, "01", at=AT)
    with pytest.raises(EditorialError, match="已经结束"):
        take(round_, table(tmp_path / "意见.csv", ("1", "", "", "核实", "专家甲")))


def test_the_form_at_the_end_of_our_own_draft_by_page_and_line(
    round_: Desk, tmp_path: Path
) -> None:
    made = make_draft(round_, at=AT, out=tmp_path)
    document = docx.Document(str(next(p for p in made.files if p.suffix == ".docx")))
    form, who = document.tables[-1], document.tables[-2]
    blank = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    [*who.rows[0].cells[1]._tc.iter(blank)][-1].text = "专家乙"
    fields = ("", "", "数据", "旅客吞吐量1200万人次", "应为1210万人次", "据公报")
    for cell, text in zip(form.rows[3].cells[1:], fields, strict=True):
        [*cell._tc.iter(blank)][-1].text = text
    path = tmp_path / "返回.docx"
    document.save(str(path))
    (one,) = take(round_, path)
    (taken,) = one.taken
    assert (taken.opinion.by, taken.opinion.section) == ("专家乙（示例）", JICHANG)
    assert taken.opinion.text == "应为1210万人次（理由：据公报）"
    assert (taken.opinion.category, taken.note) == ("数据", "")


def test_what_is_said_of_the_whole_is_kept_with_the_round(round_: Desk, tmp_path: Path) -> None:
    document = docx.Document()
    head = document.add_table(rows=2, cols=4)
    told = ("填表人", "专家甲", "单位", "示例大学", "总体评价", "资料翔实", "结论", "☑ 修改后通过")
    for at, text in enumerate(told):
        head.cell(at // 4, at % 4).text = text
    path = tmp_path / "表.docx"
    document.save(str(path))
    take(round_, path)
    (said,) = load_appraisals(round_.workspace.files, "xiao-2019", "01").appraisals
    assert (said.reader, said.overall) == ("专家甲（示例）", "资料翔实")
    assert said.advice is Advice.PASS_REVISED
    assert opinions(round_) == ()


def test_remarks_and_tracked_changes_of_a_word_copy(round_: Desk, tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("【机场】　2018年，示例机场旅客吞吐量")
    run = paragraph.add_run("1200万人次")
    paragraph.add_run("。")
    document.add_comment(run, text="与公报不符，请核实", author="专家丙")
    path = tmp_path / "批注.docx"
    document.save(str(path))
    (one,) = take(round_, path)
    said = [each.opinion for each in one.taken if each.opinion.channel == "批注稿"]
    assert [(o.by, o.section, o.original) for o in said] == [
        ("专家丙（示例）", JICHANG, "1200万人次")
    ]


def test_a_remark_on_several_paragraphs_is_not_lost(round_: Desk, tmp_path: Path) -> None:
    document = docx.Document()
    first = document.add_paragraph().add_run("【机场】　2018年，示例机场旅客吞吐量")
    last = document.add_paragraph().add_run("另起一段")
    document.add_comment([first, last], text="这两段请合并", author="专家丙")
    path = tmp_path / "批注.docx"
    document.save(str(path))
    (one,) = take(round_, path)
    assert [each.opinion.text for each in one.taken] == ["这两段请合并"]


def test_minutes_and_a_mail(round_: Desk, tmp_path: Path) -> None:
    minutes = tmp_path / "评议会纪要.txt"
    minutes.write_text(
        "专家甲：“研发机构120个”应写明口径。\n专家乙：条目“机场”请补充货运量。", "utf-8"
    )
    mail = tmp_path / "来信.eml"
    mail.write_bytes(
        "From: 专家丙 <c@example.invalid>\nSubject: 意见\n"
        "Content-Type: text/plain; charset=utf-8\n\n"
        "1. “引进人才300人”与年报不一致。\n2. 表1-1的合计请补上。\n".encode()
    )
    take(round_, minutes, mail)
    assert [(o.by, o.channel, o.section) for o in opinions(round_)] == [
        ("专家甲（示例）", "会议", GAIKUANG),
        ("专家乙（示例）", "会议", JICHANG),
        ("专家丙（示例）", "邮件", "01-keji/03-rencai"),
        ("专家丙（示例）", "邮件", PINGTAI),
    ]


def test_an_entry_is_found_by_its_printed_title(desk: Desk, tmp_path: Path) -> None:
    text = desk.root / "volumes/xiao-2019/chapters/02-jichu/02-jichang.md"
    text.write_text(text.read_text("utf-8") + "【CO~2~减排】　示例。\n", encoding="utf-8")
    keep(desk, "加条目")
    open_round(desk, "评议会", at=AT, readers=READERS)
    minutes = tmp_path / "评议会纪要.txt"
    minutes.write_text("专家乙：条目“CO2减排”请补充。", "utf-8")
    take(desk, minutes)
    (told,) = opinions(desk)
    assert told.anchor is not None
    assert (told.section, told.anchor.quote) == (JICHANG, "CO~2~减排")


def scan(folder: Path) -> Path:
    path = folder / "扫描.pdf"
    path.write_bytes(b"%PDF-1.4\n")
    return path


def test_a_scan_is_kept_beside_the_round_once(round_: Desk, tmp_path: Path) -> None:
    for again in range(2):
        (one,) = take(round_, scan(tmp_path), wanted=Wanted(by="专家甲"))
        assert "程序不读" in one.fault
        assert (one.act is None) == bool(again)
    (paper,) = find_round(round_, "01").papers
    kept = round_.root / f"volumes/xiao-2019/rounds/01/papers/{paper.id}/扫描.pdf"
    assert kept.read_bytes() == scan(tmp_path).read_bytes()
    assert (paper.reader, paper.to_type) == (READERS[0], True)


def test_a_round_does_not_close_on_a_scan_nobody_typed(round_: Desk, tmp_path: Path) -> None:
    take(round_, scan(tmp_path), wanted=Wanted(by="专家甲"))
    with pytest.raises(EditorialError, match="还有1份原件没有录入"):
        close_round(round_, "01", at=AT)
    typed, _ = add_opinion(round_, "01", PINGTAI, "应核实", at=AT, by="专家甲", paper="扫描.pdf")
    decide_opinion(round_, typed.id, "采纳", at=AT)
    assert (typed.by, untyped(find_round(round_, "01"))) == (READERS[0], ())
    close_round(round_, "01", at=AT)


def test_a_scan_without_an_opinion_in_it_needs_no_typing(round_: Desk, tmp_path: Path) -> None:
    take(round_, scan(tmp_path), wanted=Wanted(by="专家甲"))
    answer_round(round_, "01", "专家甲（示例）", at=AT)
    close_round(round_, "01", at=AT)


def test_who_sent_a_scan_is_heard(round_: Desk, tmp_path: Path) -> None:
    take(round_, scan(tmp_path), wanted=Wanted(by="专家甲"))
    assert silent_readers(find_round(round_, "01")) == READERS[1:]


def test_a_photograph_sent_by_mail_is_kept_and_a_logo_is_not(round_: Desk, tmp_path: Path) -> None:
    path = tmp_path / "来信.eml"
    photograph, logo = b"\x89PNG" + bytes(30_000), b"\x89PNG" + bytes(3_000)
    files = (("意见表.jpg", photograph), ("logo.png", logo))
    path.write_bytes(mail("意见", "见附件。", *files, sender=f"{READERS[0]} <a@example.invalid>"))
    take(round_, path)
    assert [each.name for each in untyped(find_round(round_, "01"))] == ["意见表.jpg"]


def test_a_mail_may_greet_the_office_before_it_speaks(round_: Desk, tmp_path: Path) -> None:
    path = tmp_path / "来信.eml"
    text = "编辑部：\n稿子看过，意见如下：\n1. 研发机构120个请核实。\n2. 人才引进应补来源。"
    path.write_bytes(mail("意见", text, sender=f"{READERS[0]} <a@example.invalid>"))
    take(round_, path)
    assert [(o.by, o.text) for o in opinions(round_)] == [
        (READERS[0], "研发机构120个请核实。"),
        (READERS[0], "人才引进应补来源。"),
    ]


@pytest.mark.parametrize(
    ("written", "reader"),
    [("示例大学王明教授", "王明"), ("王明华", ""), ("王　明", "王明"), ("J. Smith", "J. Smith")],
)
def test_a_reader_is_known_by_name_and_title(written: str, reader: str) -> None:
    assert same_reader(written, ("王明", "李四", "J. Smith")) == reader


def test_one_bad_paper_does_not_hold_up_the_others(round_: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04")
    good = table(tmp_path / "意见.csv", ("1", "", "研发机构120个", "核实", "专家甲"))
    bad, one = take(round_, broken, good)
    assert "不是完好的 Word 文件" in bad.fault
    assert len(one.taken) == 1
    with pytest.raises(EditorialError, match="不是完好的 Word 文件") as refused:
        take(round_, broken)
    assert refused.value.where.endswith("坏.docx")


def test_a_form_of_an_older_edition_is_placed_in_the_text_it_was_written_on(
    round_: Desk, tmp_path: Path
) -> None:
    made = make_draft(round_, at=AT, out=tmp_path)
    path = tmp_path / "迟到.docx"
    document = docx.Document(str(next(p for p in made.files if p.suffix == ".docx")))
    _fill(document, "旅客吞吐量1200万人次", "应为1210万人次")
    document.save(str(path))
    text = prose(round_, JICHANG).read_text("utf-8")
    changed = text.replace("旅客吞吐量1200万人次", "旅客吞吐量共1250万人次")
    prose(round_, JICHANG).write_text(changed, "utf-8")
    keep(round_, "据来函修改")
    open_round(round_, "第二次评议会", at=AT, readers=READERS)
    (one,) = import_opinions(round_, "02", (path,), Wanted(by="专家乙"), at=AT)
    (taken,) = one.taken
    assert taken.opinion.section == JICHANG
    assert taken.opinion.anchor is not None
    place = located(trace_of(round_), find_opinion(round_, "02/001"))
    assert place is not None
    assert place.standing is Standing.CHANGED


def _fill(document: Document, original: str, text: str) -> None:
    blank = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    cells = document.tables[-1].rows[3].cells
    for cell, words in ((cells[4], original), (cells[5], text)):
        [*cell._tc.iter(blank)][-1].text = words


def test_what_is_written_beside_the_form_is_told(round_: Desk, tmp_path: Path) -> None:
    made = make_draft(round_, at=AT, out=tmp_path)
    document = docx.Document(str(next(p for p in made.files if p.suffix == ".docx")))
    _fill(document, "旅客吞吐量1200万人次", "核实")
    document.tables[-1]._tbl.addnext(document.add_paragraph("另：建议增补索引")._p)
    document.save(str(tmp_path / "返回.docx"))
    (one,) = take(round_, tmp_path / "返回.docx", wanted=Wanted(by="专家乙"))
    assert one.aside == ("另：建议增补索引",)


@pytest.mark.parametrize("name", ["意见.docx", "意见.xlsx"])
def test_a_paper_locked_with_a_password_says_so(round_: Desk, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    with pytest.raises(EditorialError, match="加了密码"):
        take(round_, path)
    assert opinions(round_) == ()


def test_one_form_of_two_people_counts_for_each_and_is_told(round_: Desk, tmp_path: Path) -> None:
    head = ("序号", "原文", "修改意见")
    path = table(tmp_path / "意见.csv", ("1", "旅客吞吐量1200万人次", "请核实"), head=head)
    take(round_, path, wanted=Wanted(by="专家甲"))
    (other,) = take(round_, path, wanted=Wanted(by="专家乙"))
    assert [each.by for each in opinions(round_)] == list(READERS[:2])
    assert any("以前作专家甲（示例）的意见导入过" in each for each in other.remarks)


def test_a_form_of_another_round_is_told_though_this_one_has_no_draft(
    round_: Desk, tmp_path: Path
) -> None:
    open_round(round_, "第二轮", at=AT, wish=Wish(formats=("docx",)))
    path = tmp_path / "返回.docx"
    sent = next((round_.root / "volumes/xiao-2019/out").glob("*.docx"))
    document = docx.Document(str(sent))
    _fill(document, "旅客吞吐量1200万人次", "应为1210万人次")
    document.save(str(path))
    (one,) = take(round_, path, wanted=Wanted(by="专家乙"))
    assert any("“第二轮”（02）的稿样上的表" in each for each in one.remarks)
