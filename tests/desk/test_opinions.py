"""意见: taken in from papers, placed, decided, checked, forwarded; the words followed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest

from editorial.desk.draft import make_draft
from editorial.desk.keep import keep
from editorial.desk.letters import check_letters, find_letter, register_reply
from editorial.desk.office import Desk, open_desk
from editorial.desk.opinion_decide import (
    Decision,
    decide_opinions,
    decisions_in,
    undecided,
)
from editorial.desk.opinion_forward import answers, came_back, forward_opinions
from editorial.desk.opinion_groups import groups_of
from editorial.desk.opinion_import import Imported, Wanted, import_opinions
from editorial.desk.opinion_list import Chosen, chosen_opinions, register_bytes, standings
from editorial.desk.opinion_trace import located, trace_of
from editorial.desk.opinions import (
    add_opinion,
    check_opinions,
    decide_opinion,
    find_opinion,
    place_opinion,
    same_opinions,
)
from editorial.desk.rounds import answer_round, close_round, find_round, open_round
from editorial.desk.sending import send_letter
from editorial.desk.signing import approve_letter
from editorial.errors import EditorialError
from editorial.model.anchor import Standing
from editorial.model.labels import Disposition, SourceKind
from editorial.model.meeting import Advice
from editorial.model.opinion_answer import proposed
from editorial.model.opinion_paper import same_reader
from editorial.model.reviews import Opinion, disposition, silent_readers, untyped
from editorial.store.meetings import load_appraisals
from tests.desk.mails import mail

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
PINGTAI, GAIKUANG, JICHANG = "01-keji/02-pingtai", "01-keji/01-gaikuang", "02-jichu/02-jichang"
READERS = ("专家甲（示例）", "专家乙（示例）", "专家丙（示例）")
HEAD = ("序号", "页码", "原文", "修改意见", "提出人")
AS_IT_IS = Wanted()


@pytest.fixture
def round_(desk: Desk) -> Desk:
    open_round(desk, "评议会", at=AT, readers=READERS)
    return desk


def table(path: Path, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((head, *rows))
    return path


def take(desk: Desk, *paths: Path, wanted: Wanted = AS_IT_IS) -> list[Imported]:
    return list(import_opinions(desk, "01", paths, wanted, at=AT))


def opinions(desk: Desk) -> tuple[Opinion, ...]:
    return find_round(desk, "01").opinions


def prose(desk: Desk, section: str) -> Path:
    return desk.root / f"volumes/xiao-2019/chapters/{section}.md"


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


def test_a_trial_writes_nothing(round_: Desk, tmp_path: Path, git: Git) -> None:
    path = table(tmp_path / "意见.csv", ("1", "", "研发机构120个", "核实", "专家甲"))
    head = git("rev-parse", "HEAD")
    (one,) = take(round_, path, wanted=Wanted(dry=True))
    assert [each.opinion.id for each in one.taken] == ["01/001"]
    assert (git("rev-parse", "HEAD"), opinions(round_)) == (head, ())


def test_what_cannot_be_placed_is_kept_for_the_editor(round_: Desk, tmp_path: Path) -> None:
    take(round_, table(tmp_path / "意见.csv", ("1", "", "本书没有的话", "宜删去", "专家甲")))
    (lost,) = chosen_opinions(round_, Chosen(where="未落位"))
    assert (lost.section, lost.original) == ("", "本书没有的话")
    place_opinion(round_, lost.id, JICHANG, at=AT, original="1200万人次")
    placed = find_opinion(round_, lost.id)
    assert placed.section == JICHANG
    assert placed.anchor is not None
    assert placed.anchor.quote == "1200万人次"
    with pytest.raises(EditorialError, match="这个分目里没有，没有改"):
        place_opinion(round_, lost.id, GAIKUANG, at=AT, original="1200万人次")


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


def test_page_and_line_lead_to_the_words_printed_there(round_: Desk, tmp_path: Path) -> None:
    rows = (
        ("1", "第5页第14行", "", "请再核", "专家甲"),
        ("2", "第5页", "", "版式太疏", "专家甲"),
        ("3", "第90页", "", "请再核", "专家甲"),
    )
    (one,) = take(round_, table(tmp_path / "意见.csv", *rows))
    line, page, beyond = one.taken
    assert line.opinion.section == JICHANG
    assert line.opinion.anchor is not None
    assert "1200万人次" in line.opinion.anchor.quote
    assert page.note == "第5页上不止一个分目，请指明"
    assert beyond.note == "本稿没有第90页"


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


def test_the_same_in_a_column_and_in_a_sentence_is_the_same(round_: Desk, tmp_path: Path) -> None:
    take(
        round_,
        table(tmp_path / "表.csv", ("1", "", "研发机构120个", "请写明统计截止时间", "专家甲")),
        table(
            tmp_path / "另.csv", ("1", "", "", "“研发机构120个”，请写明统计截止时间。", "专家乙")
        ),
    )
    assert [len(g) for g in groups_of(round_, "01", same=True).groups] == [2]
    assert groups_of(round_, "01", same=False).groups == ()


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


def test_an_opinion_follows_its_words_into_another_section(round_: Desk, tmp_path: Path) -> None:
    take(round_, table(tmp_path / "意见.csv", ("1", "", "旅客吞吐量1200万人次", "核", "专家甲")))
    text = prose(round_, JICHANG).read_text("utf-8")
    prose(round_, JICHANG).write_text("【概貌】　新写的文字。\n", "utf-8")
    prose(round_, GAIKUANG).write_text(prose(round_, GAIKUANG).read_text("utf-8") + text, "utf-8")
    keep(round_, "机场并入概况")
    place = located(trace_of(round_), find_opinion(round_, "01/001"))
    assert place is not None
    assert (place.standing, place.spots[0].section) == (Standing.MOVED, GAIKUANG)
    prose(round_, GAIKUANG).write_text("【概况】　都删了。\n", "utf-8")
    assert standings(round_, opinions(round_)) == {"01/001": Standing.LOST.label}


def two(desk: Desk, path: Path) -> None:
    take(
        desk,
        table(
            path / "意见.csv",
            ("1", "", "1200万人次", "“1200万”应为“1210万”", "专家甲"),
            ("2", "", "1200万人次", "“1200万”应为“1190万”", "专家乙"),
            ("3", "", "1200万人次", "“1200万”应改为“1210万”", "专家丙"),
        ),
    )


def test_conflicts_stand_side_by_side_and_are_decided_together(
    round_: Desk, tmp_path: Path
) -> None:
    two(round_, tmp_path)
    (same,) = groups_of(round_, "01", same=True).groups
    assert [o.id for o in same] == ["01/001", "01/003"]
    same_opinions(round_, ("01/001", "01/003"), at=AT)
    (conflict,) = groups_of(round_, "01", same=False).groups
    assert [o.id for o in conflict] == ["01/001", "01/002"]
    act = decide_opinion(round_, "01/001", "采纳", at=AT)
    assert any("01/002" in remark for remark in act.remarks)
    decide_opinions(
        round_,
        (
            Decision(id="01/001", to="采纳", result="1210万人次"),
            Decision(id="01/002", to="不采纳", reason="公报为1210万"),
        ),
        at=AT,
    )
    first, second, third = opinions(round_)
    assert (first.together, second.together) == (("01/002",), ("01/001",))
    assert [disposition(o) for o in (first, second, third)] == [
        Disposition.ADOPTED,
        Disposition.REJECTED,
        Disposition.ADOPTED,
    ]


def test_an_exact_change_is_made_in_the_same_commit(round_: Desk, tmp_path: Path, git: Git) -> None:
    two(round_, tmp_path)
    decide_opinions(round_, (Decision(id="01/001", to="采纳"),), at=AT, apply=True)
    assert "旅客吞吐量1210万人次" in prose(round_, JICHANG).read_text("utf-8")
    assert find_opinion(round_, "01/001").result == "1210万人次"
    changed = git("show", "--name-only", "--format=", "HEAD").split()
    assert any(name.endswith(f"{JICHANG}.md") for name in changed)


def test_a_change_that_is_not_exact_is_left_to_the_editor(round_: Desk, tmp_path: Path) -> None:
    take(round_, table(tmp_path / "意见.csv", ("1", "", "1200万人次", "请核实", "专家甲")))
    act = decide_opinions(round_, (Decision(id="01/001", to="采纳"),), at=AT, apply=True)
    assert "没有写明改成什么" in act.remarks[0]
    assert "1200万人次" in prose(round_, JICHANG).read_text("utf-8")


def test_who_decided_does_not_check(round_: Desk, tmp_path: Path) -> None:
    two(round_, tmp_path)
    with pytest.raises(EditorialError, match="还没有结论"):
        check_opinions(round_, ("01/001",), at=AT)
    decide_opinion(round_, "01/001", "采纳", at=AT)
    with pytest.raises(EditorialError, match="不能自己复核"):
        check_opinions(round_, ("01/001",), at=AT)
    check_opinions(open_desk(round_.root, by="sujing"), ("01/001",), at=AT)
    assert find_opinion(round_, "01/001").checked == "sujing"


def test_the_sheet_given_out_is_read_back(round_: Desk, tmp_path: Path) -> None:
    two(round_, tmp_path)
    name, data = register_bytes(round_, opinions(round_), "01", date(2020, 3, 6))
    assert name == "评议会意见.xlsx"
    path = tmp_path / name
    path.write_bytes(data)
    assert decisions_in(path) == ()
    back = table(
        tmp_path / "填好.csv",
        ("01/001", "采纳", "", "1210万人次"),
        ("01/002", "未采纳", "公报为1210万", ""),
        ("01/003", "", "", ""),
        head=("编号", "处理", "理由", "改后文字"),
    )
    decide_opinions(round_, decisions_in(back), at=AT)
    assert [disposition(o).label for o in opinions(round_)] == ["采纳", "不采纳", "待定"]
    assert undecided(round_, decisions_in(back)) == ()


def test_a_table_with_a_bad_row_names_it(round_: Desk, tmp_path: Path) -> None:
    bad = table(tmp_path / "填.csv", ("01/001", "好的"), head=("编号", "处理"))
    with pytest.raises(EditorialError, match="没有“好的”这种处理") as refused:
        decisions_in(bad)
    assert "第2行" in refused.value.where


def test_forwarded_opinions_go_into_one_letter_and_the_answer_comes_back(
    round_: Desk, tmp_path: Path
) -> None:
    two(round_, tmp_path)
    (letter,), _ = forward_opinions(round_, ("01/001",), at=AT, due=date(2020, 3, 20))
    (again,), _ = forward_opinions(round_, ("01/002",), at=AT, due=date(2020, 3, 20))
    assert (again.id, [item.opinion for item in again.items]) == (letter.id, ["01/001", "01/002"])
    assert letter.unit == "sheng-fgw"
    assert find_letter(round_, letter.id).items == again.items
    with pytest.raises(EditorialError, match="已在函"):
        forward_opinions(round_, ("01/001",), at=AT, due=date(2020, 3, 20))
    told = answers(round_, opinions(round_))
    assert disposition(opinions(round_)[0]) is Disposition.FORWARDED
    assert not came_back(opinions(round_)[0], told["01/001"])


def test_a_reply_registered_is_shown_at_the_opinion(round_: Desk, tmp_path: Path) -> None:
    two(round_, tmp_path)
    (letter,), _ = forward_opinions(round_, ("01/001",), at=AT, due=date(2020, 3, 20))
    check_letters(open_desk(round_.root, by="sujing"), (letter.id,), at=AT)
    approve_letter(open_desk(round_.root, by="zhouwen"), letter.id, at=AT)
    send_letter(round_, letter.id, at=AT)
    register_reply(
        round_, letter.id, at=AT, on=date(2020, 3, 5), channel="邮件", note="应为1210万人次"
    )
    opinion = find_opinion(round_, "01/001")
    answer = answers(round_, (opinion,))["01/001"]
    assert came_back(opinion, answer)
    assert (answer.text, proposed(answer)) == ("应为1210万人次", Disposition.ADOPTED)


def test_what_an_answer_comes_to() -> None:
    from editorial.model.labels import LetterState
    from editorial.model.opinion_answer import UnitAnswer

    def said(text: str) -> Disposition | None:
        answer = UnitAnswer(letter="0001", unit="a", state=LetterState.REPLIED, text=text)
        return proposed(answer)

    assert said("经核，原文数据无误") is Disposition.REJECTED
    assert said("应为1210万人次") is Disposition.ADOPTED
    assert said("收悉") is None


def test_opinions_are_chosen_in_the_words_of_the_filter(round_: Desk, tmp_path: Path) -> None:
    two(round_, tmp_path)
    decide_opinion(round_, "01/002", "不采纳", at=AT, reason="已核")

    def ids(where: str) -> list[str]:
        return [o.id for o in chosen_opinions(round_, Chosen(round="01", where=where))]

    assert ids("提出:专家甲、专家丙") == ["01/001", "01/003"]
    assert ids("未答 -提出:专家甲") == ["01/003"]
    assert ids("篇目:机场 处理:不采纳") == ["01/002"]
    with pytest.raises(EditorialError, match="没有“颜色”这一项"):
        ids("颜色:红")


def test_who_speaks_is_told_by_the_name(round_: Desk) -> None:
    for by in ("专家甲（示例）", "深圳科创局", "示例省史志办"):
        add_opinion(round_, "01", JICHANG, "核", at=AT, by=by)
    kinds = [o.source_kind for o in opinions(round_)]
    assert kinds == [SourceKind.EXPERT, SourceKind.UNIT, SourceKind.HIGHER]
