"""What comes in: kept whole, matched by what it says of itself, never received twice."""

from __future__ import annotations

import base64
import hashlib
import io
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument

from editorial.cli.main import main
from editorial.desk.correspondence import find_return, returns
from editorial.desk.letters import find_letter
from editorial.desk.office import Desk, open_desk
from editorial.desk.opinion_import import Wanted, import_opinions
from editorial.desk.papers import MESSAGE
from editorial.desk.proposals import proposals
from editorial.desk.receive import Outcome, Taken
from editorial.desk.returns import claim, claimable, receive_paths, set_aside, words_in
from editorial.desk.rounds import open_round
from editorial.desk.undo import undo
from editorial.desk.verify import verify
from editorial.errors import EditorialError
from editorial.model.labels import Answer, Channel, LetterState
from editorial.model.letters import letter_state
from editorial.model.matters import promised
from editorial.model.returns import Kind, Return, ReturnState, return_state
from editorial.read.eml import read_mail
from tests.desk.mails import CHEN, bounce, filled, mail, saved, zipped

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
EXTRACT = "稿件摘录.docx"
FORM = "volumes/xiao-2019/letters/0001/公函.docx"
LIN = "林乙 <linyi@gz.example.invalid>"


def command(root: Path, *words: str) -> None:
    assert main(["-C", str(root), *words]) == 0


@pytest.fixture(scope="session")
def _answered(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small workspace with a letter sent to 深圳 (0001) and one to 广州 (0002)."""
    root = tmp_path_factory.mktemp("sent") / "shu"
    shutil.copytree(_template, root, symlinks=True)
    units = root / "volumes/xiao-2019/units.yaml"
    contact = "  city: 广州\n  contacts:\n  - {name: 林乙, mail: linyi@gz.example.invalid}\n"
    units.write_text(units.read_text("utf-8").replace("  city: 广州\n", contact, 1), "utf-8")
    text = root / "volumes/xiao-2019/chapters/01-keji/02-pingtai.md"
    text.write_text(text.read_text("utf-8") + "（广州科技局　林乙）\n", "utf-8")
    subprocess.run(["git", "commit", "-qam", "联络员"], cwd=root, check=True)
    for unit, section in (("深圳科创局", "01-gaikuang"), ("广州科技局", "02-pingtai")):
        item = ("--item", f"01-keji/{section}=请补充2018年数据")
        command(root, "letter", "new", "--unit", unit, "--due", "+30", "--list", *item)
    for letter in ("1", "2"):
        command(root, "letter", "approve", letter, "--as", "周文")
        command(root, "letter", "send", letter)
        command(root, "letter", "send", letter, "--sent")
    return root


@pytest.fixture
def desk(_answered: Path, tmp_path: Path) -> Desk:
    root = tmp_path / "shu"
    shutil.copytree(_answered, root, symlinks=True)
    return open_desk(root)


Take = Callable[..., list[Taken]]


@pytest.fixture
def take(desk: Desk, tmp_path: Path) -> Take:
    """`take(data, name)`: one file received, or a mail when no name is given."""

    def call(data: bytes, name: str = "a.eml", **more: Any) -> list[Taken]:
        place = tmp_path / "in"
        place.mkdir(exist_ok=True)
        path = place / name
        path.write_bytes(data)
        return list(receive_paths(desk, (path,), at=NOW, **more))

    return call


def extract(desk: Desk, letter: str = "0001") -> bytes:
    return (desk.root / "volumes/xiao-2019/letters" / letter / EXTRACT).read_bytes()


def edited(desk: Desk, letter: str = "0001", *, days: int = 1, words: str = "") -> bytes:
    return saved(extract(desk, letter), NOW + timedelta(days=days), words)


def only(taken: list[Taken]) -> Return:
    (one,) = taken
    assert one.paper is not None
    return one.paper


def found(taken: list[Taken]) -> tuple[str, str]:
    paper = only(taken)
    return paper.letter, paper.matched_by


def sent_id(desk: Desk, letter: str = "0001") -> str:
    return find_letter(desk, letter).deliveries[-1].message_id


def state(desk: Desk, letter: str = "0001") -> LetterState:
    return letter_state(find_letter(desk, letter))


# Finding the letter


def test_a_renamed_file_is_known_by_its_mark(desk: Desk, take: Take) -> None:
    assert found(take(edited(desk), "最终版2.docx")) == ("0001", "文件标记")


def test_a_new_thread_is_known_by_the_mark_of_its_file(desk: Desk, take: Take) -> None:
    taken = take(mail("材料", "请查收", ("新建文档.docx", edited(desk))))
    assert found(taken) == ("0001", "文件标记")


def test_a_subject_is_known_by_its_token(take: Take) -> None:
    assert found(take(mail("回复：某函【xiao-2019/0001】"))) == ("0001", "主题编号")


def test_an_answer_is_known_by_the_mail_it_answers(desk: Desk, take: Take) -> None:
    answer = mail("Re: 函", References=f"<x@y> {sent_id(desk)}")
    assert found(take(answer)) == ("0001", "往来邮件")


def test_an_answer_to_an_answer_is_of_the_same_letter(desk: Desk, take: Take) -> None:
    take(mail("材料 [xiao-2019/0002]", sender=LIN, number=7))
    later = mail("补充", sender="王丙 <w@qq.com>", In_Reply_To="<7@mail.example.invalid>", number=8)
    assert found(take(later, "b.eml")) == ("0002", "往来邮件")


def test_a_number_quoted_in_any_brackets_is_known(desk: Desk, take: Take) -> None:
    number = find_letter(desk, "0001").number.replace("〔", "(").replace("〕", ")")
    assert found(take(mail("复函", f"贵办{number}收悉。"))) == ("0001", "发文字号")


def test_a_contact_waited_for_by_one_letter_is_enough(take: Take) -> None:
    paper = only(take(mail("材料", sender=LIN)))
    assert (paper.letter, paper.matched_by) == ("0002", "发件人")
    assert paper.told == ("只凭发件人认定，请核对",)


def test_a_host_of_one_unit_is_enough(take: Take) -> None:
    assert found(take(mail("材料", sender="x@gz.example.invalid"))) == ("0002", "发件人")


def test_a_unit_named_in_a_file_is_enough(take: Take) -> None:
    named = take(b"%PDF-1.7", "广州科技局修改意见.pdf", channel=Channel.CHAT)
    assert found(named) == ("0002", "内容")


def test_a_zip_with_gbk_names_is_looked_into(desk: Desk, take: Take) -> None:
    packed = zipped(("说明书.txt", "见附件".encode("gbk")), ("稿子.docx", edited(desk)))
    paper = only(take(mail("材料", "见附件", ("材料.zip", packed))))
    assert (paper.letter, paper.matched_by) == ("0001", "文件标记")
    assert [each.name for each in paper.papers] == ["来件.eml", "说明书.txt", "稿子.docx"]


def test_a_forwarded_mail_is_looked_into(desk: Desk, take: Take) -> None:
    inner = mail("Re: 函", "已改", ("稿.docx", edited(desk)), number=5)
    outer = (
        b"From: boss@example.net\r\nSubject: Fwd\r\nMessage-ID: <f@x>\r\n"
        b"Content-Type: message/rfc822\r\n\r\n" + inner
    )
    assert found(take(outer)) == ("0001", "文件标记")


def test_a_stranger_with_the_right_token_is_accepted_and_told_of(take: Take) -> None:
    paper = only(take(mail("[xiao-2019/0001]", sender="新人 <new@163.com>")))
    assert (paper.letter, state_of(paper)) == ("0001", ReturnState.MATCHED)
    assert paper.told == ("发件人 new@163.com 不是该单位登记的联络员",)


def state_of(paper: Return) -> ReturnState:
    return return_state(paper)


def test_clues_that_contradict_leave_it_to_people(desk: Desk, take: Take) -> None:
    paper = only(take(mail("[xiao-2019/0002]", "改好了", ("a.docx", edited(desk)))))
    assert (paper.letter, state_of(paper)) == ("", ReturnState.UNMATCHED)
    assert paper.candidates == ("xiao-2019/0001", "xiao-2019/0002")


def test_a_contact_of_another_unit_is_not_believed_on_a_number(desk: Desk, take: Take) -> None:
    text = f"关于{find_letter(desk, '0001').number}"
    paper = only(take(mail("材料", text, sender=LIN)))
    assert (paper.letter, paper.candidates) == ("", ("xiao-2019/0001",))


def test_a_mark_of_another_workspace_says_nothing(sample: Path, take: Take, desk: Desk) -> None:
    paper = only(take(mail("材料", "无", sender="x@qq.com")))
    assert (paper.letter, state_of(paper)) == ("", ReturnState.UNMATCHED)


def test_files_of_two_letters_in_one_mail_are_two_returns(desk: Desk, take: Take) -> None:
    files = (("深圳.docx", edited(desk, "0001")), ("广州.docx", edited(desk, "0002")))
    taken = take(mail("两家材料", "一并报送", *files, sender="city@qq.com"))
    assert [each.paper.letter for each in taken if each.paper] == ["0001", "0002"]
    assert len({each.act.commit for each in taken if each.act}) == 1


# What becomes of the letter


def test_a_reply_is_registered_in_the_same_commit(desk: Desk, take: Take) -> None:
    (taken,) = take(mail("[xiao-2019/0001]"))
    reply = find_letter(desk, "0001").reply
    assert reply is not None
    assert (state(desk), reply.returned, reply.channel) == (LetterState.REPLIED, "0001", "邮件")
    assert taken.act is not None
    assert any(path.endswith("letters/0001/letter.yaml") for path in taken.act.paths)


def test_a_second_reply_loses_nothing_of_the_first(desk: Desk, take: Take) -> None:
    take(mail("[xiao-2019/0001]", "申请延期至3月20日。"))
    take(mail("[xiao-2019/0001]", "数据已补。", number=2), "b.eml")
    letter = find_letter(desk, "0001")
    assert letter.reply is not None
    assert letter.reply.returned == "0002"
    assert [(each.returned, each.until) for each in letter.earlier] == [("0001", date(2020, 3, 20))]


def test_a_promise_leaves_the_letter_waiting(desk: Desk, take: Take) -> None:
    paper = only(take(mail("[xiao-2019/0001]", "我局申请延期至2020年3月25日报送。")))
    assert (paper.answer, paper.until) == (Answer.EXTENSION, date(2020, 3, 25))
    assert state(desk) is LetterState.SENT


def test_a_manuscript_sent_in_time_is_more_than_a_promise(desk: Desk, take: Take) -> None:
    text = "现将修改稿按期报送，请查收。"
    paper = only(take(mail("[xiao-2019/0001]", text, ("修改稿.docx", edited(desk)))))
    assert (paper.answer, state(desk)) == (None, LetterState.REPLIED)


def test_a_promise_handed_on_by_a_colleague_is_a_promise(desk: Desk, take: Take) -> None:
    text = f"请登记。\n\n---- 转发邮件信息 ----\n发件人：{CHEN}\n主题：回复\n\n我局将按期报送。"
    paper = only(take(mail("转发：回复[xiao-2019/0001]", text, sender="周文 <zhou@example.org>")))
    assert (paper.answer, state(desk)) == (Answer.ON_TIME, LetterState.SENT)


def test_a_mail_that_only_says_received_leaves_the_letter_waiting(desk: Desk, take: Take) -> None:
    paper = only(take(mail("[xiao-2019/0001]", "收到，会尽快安排。")))
    assert (state_of(paper), paper.letter, state(desk)) == (
        ReturnState.ASIDE,
        "0001",
        LetterState.SENT,
    )


@pytest.mark.parametrize("suffix", [".docx", ".XLSX"])
def test_a_file_that_is_torn_is_no_answer(take: Take, suffix: str) -> None:
    name = f"深圳科创局稿{suffix}"
    for taken in (take(b"xx", name), take(mail("[xiao-2019/0001]", "", (name, b"yy")))):
        paper = only(taken)
        assert (paper.letter, return_state(paper)) == ("", ReturnState.UNMATCHED)
        assert any("打不开或已损坏，请对方重发" in each for each in paper.told)


@pytest.mark.parametrize(
    ("words", "files"),
    [
        ("我局无法按期报送，请予谅解。", ()),
        ("将按期报送，但第2项不属于我局职责，请转市统计局。", ()),
        ("☑按期报送　☑申请延期至3月20日", ()),
        ("请问第2项是指2018年末吗？", ()),
        ("我局无法按期报送，说明见附件。", (("说明.pdf", b"%PDF-1.7"),)),
    ],
)
def test_what_is_not_surely_understood_leaves_the_letter_waiting(
    desk: Desk, take: Take, words: str, files: tuple[tuple[str, bytes], ...]
) -> None:
    paper = only(take(mail("[xiao-2019/0001]", words, *files)))
    assert (paper.answer, state_of(paper), state(desk)) == (
        None,
        ReturnState.UNMATCHED,
        LetterState.SENT,
    )
    assert paper.candidates == ("xiao-2019/0001",)
    assert "函仍在等" in paper.told[0]


def test_not_even_known_by_hand_is_a_refusal_an_answer(desk: Desk, take: Take) -> None:
    take(mail("材料", "我局无法按期报送。", sender="x@qq.com"), letter="1")
    assert state(desk) is LetterState.SENT


def test_a_form_and_a_mail_that_say_different_things_decide_nothing(desk: Desk, take: Take) -> None:
    form = filled((desk.root / FORM).read_bytes(), answer__on_time="")
    text = "我局申请延期至12月20日。"
    paper = only(take(mail("[xiao-2019/0001]", text, ("回执.docx", form))))
    assert (paper.answer, state(desk)) == (None, LetterState.SENT)
    assert "既说按期报送，又说申请延期" in paper.told[0]


def test_a_manuscript_with_an_unclear_word_is_an_answer_that_is_told_of(
    desk: Desk, take: Take
) -> None:
    text = "未能按期报送，深表歉意，现补报如附件。"
    paper = only(take(mail("[xiao-2019/0001]", text, ("修改稿.docx", edited(desk)))))
    assert state(desk) is LetterState.REPLIED
    assert paper.told == ("来信提到“按期报送”，像是否定或询问，请看原件",)


def test_a_list_sent_back_without_answers_is_told_of(desk: Desk, take: Take) -> None:
    letter = (desk.root / "volumes/xiao-2019/letters/0001/公函.docx").read_bytes()
    paper = only(take(saved(letter, NOW + timedelta(days=1)), "清单.docx"))
    assert "逐条答复0条，共1条" in paper.told


def test_rows_that_are_no_items_of_the_letter_are_told_of(desk: Desk, take: Take) -> None:
    number = find_letter(desk, "0001").number
    paper = only(take(answered_list(number, "无误", "另请增加"), "复函.docx"))
    assert [(each.number, each.text) for each in paper.items] == [(1, "无误")]
    assert paper.told[-2:] == ("逐条答复1条，共1条", "另有1行不是函上的事项，请看原件")


def answered_list(number: str, *answers: str) -> bytes:
    """A reply to that letter with a table somebody typed."""
    document = docx.Document()
    document.add_paragraph(f"关于{number}的复函")
    table = document.add_table(rows=1, cols=2)
    for cell, text in zip(table.rows[0].cells, ("序号", "单位意见"), strict=True):
        cell.text = text
    for at, answer in enumerate(answers, 1):
        for cell, text in zip(table.add_row().cells, (f"{at}", answer), strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["复函.doc", "复函.odt"])
def test_a_paper_the_program_does_not_read_is_told_of(take: Take, name: str) -> None:
    paper = only(take(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 words", name))
    assert state_of(paper) is ReturnState.UNMATCHED
    assert "另存为 .docx" in paper.told[0]


def test_what_its_mail_says_is_shown_with_a_return(desk: Desk, take: Take) -> None:
    quoted = "\n".join(("> 贵局：", "> 请补充。"))
    paper = only(take(mail("[xiao-2019/0001]", f"平台15个。\n\n陈甲\n{quoted}")))
    assert words_in(desk, paper) == ("平台15个。", "陈甲")
    assert words_in(desk, only(take(b"%PDF-1.7", "扫描件.pdf"))) == ()


def test_no_answer_is_older_than_its_letter(desk: Desk, take: Take) -> None:
    take(mail("[xiao-2019/0001]", at=datetime(1970, 1, 1, tzinfo=UTC)))
    reply = find_letter(desk, "0001").reply
    assert reply is not None
    assert reply.date == NOW.date()


def test_no_answer_claimed_by_hand_is_older_than_its_letter(desk: Desk, take: Take) -> None:
    take(mail("材料", sender="x@qq.com", at=datetime(1970, 1, 1, tzinfo=UTC)))
    claim(desk, "1", "0001", at=NOW)
    reply = find_letter(desk, "0001").reply
    assert reply is not None
    assert reply.date == NOW.date()


def test_a_mail_from_a_fast_clock_has_come_today(take: Take) -> None:
    assert only(take(mail("[xiao-2019/0001]", at=NOW + timedelta(days=40)))).at == NOW


def test_not_our_duty_names_the_unit_to_ask(take: Take) -> None:
    text = "□按期报送　□申请延期至____　☑非我单位职责，建议转市统计局"
    paper = only(take(mail("[xiao-2019/0001]", text)))
    assert (paper.answer, paper.pass_to) == (Answer.NOT_OURS, "市统计局")


def test_the_form_in_the_letter_is_read_as_filled_in(desk: Desk, take: Take) -> None:
    letter = (desk.root / "volumes/xiao-2019/letters/0001/公函.docx").read_bytes()
    wish = {"answer__extension": "", "answer__until": "12月20日", "reply__1": "已补为15个"}
    paper = only(take(filled(letter, **wish), "回执.docx"))
    assert (paper.letter, paper.answer, paper.until) == (
        "0001",
        Answer.EXTENSION,
        date(2026, 12, 20),
    )
    assert [(each.number, each.text) for each in paper.items] == [(1, "已补为15个")]


def test_an_extract_sent_back_as_it_was_is_no_reply(desk: Desk, take: Take) -> None:
    paper = only(take(extract(desk), "回件.docx"))
    assert (state_of(paper), state(desk)) == (ReturnState.ASIDE, LetterState.SENT)


def test_a_bounce_marks_the_sending_as_failed(desk: Desk, take: Take) -> None:
    paper = only(take(bounce(sent_id(desk), "chenjia@example.invalid")))
    assert (paper.kind, paper.letter, state_of(paper)) == (Kind.BOUNCE, "0001", ReturnState.ASIDE)
    error = find_letter(desk, "0001").deliveries[-1].error
    assert error == "退信：5.1.1 550 5.1.1 user unknown"
    assert state(desk) is LetterState.SENT


def test_an_automatic_reply_is_set_aside(desk: Desk, take: Take) -> None:
    away = mail("自动回复: 函 [xiao-2019/0001]", "我在休假", Auto_Submitted="auto-replied")
    paper = only(take(away))
    assert (paper.kind, paper.reason, paper.letter) == (Kind.AUTO_REPLY, "自动答复", "0001")
    assert state(desk) is LetterState.SENT


def test_an_empty_mail_is_no_reply(desk: Desk, take: Take) -> None:
    paper = only(take(mail("[xiao-2019/0001]", "")))
    assert (state_of(paper), state(desk)) == (ReturnState.ASIDE, LetterState.SENT)


# Letters that are not out


def withdrawn(desk: Desk) -> None:
    """Letter 0003 to 广州, given its number and withdrawn before it went."""
    item = ("--item", "01-keji/02-pingtai=请核对")
    command(desk.root, "letter", "new", "--unit", "广州科技局", "--due", "+9", "--list", *item)
    command(desk.root, "letter", "approve", "3", "--as", "周文")
    command(desk.root, "letter", "void", "3", "--note", "重复")


@pytest.mark.parametrize("named", ["token", "file", "number"])
def test_an_answer_to_a_withdrawn_letter_answers_no_other(
    desk: Desk, take: Take, named: str
) -> None:
    withdrawn(desk)
    number = find_letter(desk, "3").number
    paper_3 = (desk.root / FORM.replace("0001", "0003")).read_bytes()
    came = {
        "token": mail("Re: [xiao-2019/0003]", "已核，无误。", sender=LIN),
        "file": mail("答复", "见附件", ("a.docx", saved(paper_3, NOW, "无误")), sender=LIN),
        "number": mail("答复", f"{number}收悉，已核实无误。", sender=LIN),
    }
    paper = only(take(came[named]))
    assert (state_of(paper), paper.letter) == (ReturnState.UNMATCHED, "")
    told = f"来件指的是{number}，该函已作废；无须答复的搁置，有用的认给别的函"
    assert told in paper.told
    assert state(desk, "0002") is LetterState.SENT


def test_an_answer_to_a_letter_that_never_went_answers_no_other(desk: Desk, take: Take) -> None:
    command(desk.root, "letter", "new", "--unit", "广州科技局", "--due", "+9",
            "--item", "01-keji/02-pingtai=请核对")  # fmt: skip
    paper = only(take(mail("Re: [xiao-2019/0003]", "已核，无误。", sender=LIN)))
    assert paper.told[0].startswith("来件指的是函件0003，该函现为“拟稿”，还没有发出")
    assert state(desk, "0002") is LetterState.SENT


def test_a_withdrawn_letter_named_by_hand_is_not_taken_for_another(desk: Desk, take: Take) -> None:
    withdrawn(desk)
    paper = only(take(mail("答复", "已核，无误。", sender=LIN), letter="3"))
    assert (state_of(paper), state(desk, "0002")) == (ReturnState.UNMATCHED, LetterState.SENT)


def test_the_answer_to_a_withdrawn_reminder_may_be_of_what_it_reminds_of(
    desk: Desk, take: Take
) -> None:
    command(desk.root, "letter", "new", "--kind", "chase", "--unit", "深圳科创局", "--follows", "1",
            "--due", "+3")  # fmt: skip
    command(desk.root, "letter", "void", "3", "--note", "已来电话")
    paper = only(take(mail("[xiao-2019/0003]")))
    assert (paper.letter, paper.candidates) == ("", ("xiao-2019/0001",))


def test_who_claims_for_a_withdrawn_letter_hears_what_to_do(desk: Desk, take: Take) -> None:
    withdrawn(desk)
    take(mail("材料", "见附件", sender="x@qq.com"))
    with pytest.raises(EditorialError) as refused:
        claim(desk, "1", "3", at=NOW)
    assert "returns aside 0001" in refused.value.hint


# A form that says nothing, or says it where nobody looks


def form_of_letter(desk: Desk) -> bytes:
    return (desk.root / FORM).read_bytes()


def written_in(data: bytes, put: Callable[[WordDocument], object]) -> bytes:
    """The form with something put in, saved again by another program."""
    document, out = docx.Document(io.BytesIO(data)), io.BytesIO()
    put(document)
    document.save(out)
    return out.getvalue()


def a_remark(document: WordDocument) -> None:
    document.tables[0].rows[1].cells[9].paragraphs[0].add_run("平台应为15个")


def a_sentence_below(document: WordDocument) -> None:
    document.add_paragraph("另：平台应为15个。")


def words_beside_a_box(document: WordDocument) -> None:
    line = next(each for each in document.paragraphs if "建议转" in each.text)
    line.add_run("平台应为15个")


def a_requirement(document: WordDocument) -> None:
    document.tables[0].rows[1].cells[5].paragraphs[0].add_run("平台应为15个")


def a_picture(document: WordDocument) -> None:
    run = document.tables[0].rows[1].cells[8].paragraphs[0].add_run()
    run.add_picture(io.BytesIO(PIXEL))


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.mark.parametrize("words", ["", "您好，回执见附件，请查收。\n陈甲"])
def test_an_empty_form_saved_again_is_no_reply(desk: Desk, take: Take, words: str) -> None:
    form = written_in(form_of_letter(desk), lambda _: None)
    taken = take(mail("[xiao-2019/0001]", words, ("空表.docx", form))) if words else None
    paper = only(taken or take(form, "空表.docx"))
    assert (state_of(paper), state(desk)) == (ReturnState.UNMATCHED, LetterState.SENT)
    assert paper.candidates == ("xiao-2019/0001",)
    assert paper.told[0].startswith("回函单没有填写；")


def test_an_empty_form_is_no_reply_even_of_a_letter_known_by_hand(desk: Desk, take: Take) -> None:
    take(written_in(form_of_letter(desk), lambda _: None), "空表.docx", letter="1")
    assert state(desk) is LetterState.SENT


def test_a_letter_whose_form_lies_apart_is_no_reply_when_saved_again(
    desk: Desk, take: Take
) -> None:
    item = ("--item", "01-keji/02-pingtai=请核对")
    command(desk.root, "letter", "new", "--unit", "广州科技局", "--due", "+9", *item)
    command(desk.root, "letter", "approve", "3", "--as", "周文")
    for step in ((), ("--sent",)):
        command(desk.root, "letter", "send", "3", *step)
    for name in ("公函.docx", "回执.docx"):
        sent = (desk.root / "volumes/xiao-2019/letters/0003" / name).read_bytes()
        paper = only(take(written_in(sent, lambda _: None), f"又存-{name}"))
        assert (state_of(paper), state(desk, "0003")) == (ReturnState.UNMATCHED, LetterState.SENT)


def test_an_empty_form_beside_an_answer_in_the_mail_is_a_reply(desk: Desk, take: Take) -> None:
    form = written_in(form_of_letter(desk), lambda _: None)
    take(mail("[xiao-2019/0001]", "平台应为15个。", ("空表.docx", form)))
    assert state(desk) is LetterState.REPLIED


@pytest.mark.parametrize("put", [a_remark, a_sentence_below, words_beside_a_box, a_requirement])
def test_an_answer_where_nobody_looks_is_told_of_and_left_to_people(
    desk: Desk, take: Take, put: Callable[[WordDocument], None]
) -> None:
    paper = only(take(written_in(form_of_letter(desk), put), "回执.docx"))
    assert (state_of(paper), state(desk)) == (ReturnState.UNMATCHED, LetterState.SENT)
    assert paper.told[0].startswith("回函单上没有勾，也没有逐条答复；")
    assert paper.told[-1].startswith("回函单里另有内容，程序没有读：")
    assert paper.told[-1].endswith("平台应为15个，请看原件")


def test_a_picture_in_a_cell_is_told_of_and_left_to_people(desk: Desk, take: Take) -> None:
    paper = only(take(written_in(form_of_letter(desk), a_picture), "回执.docx"))
    assert (state_of(paper), state(desk)) == (ReturnState.UNMATCHED, LetterState.SENT)
    assert paper.told[-1] == "回函单的格子里有图片1张，程序没有读，请看原件"


def test_what_is_written_beside_the_answers_is_told_of(desk: Desk, take: Take) -> None:
    form = written_in(filled(form_of_letter(desk), reply__1="无误"), a_sentence_below)
    paper = only(take(form, "回执.docx"))
    assert (state_of(paper), state(desk)) == (ReturnState.MATCHED, LetterState.REPLIED)
    assert paper.told[-1] == "回函单里另有内容，程序没有读：另：平台应为15个，请看原件"


def test_a_form_filled_in_as_it_asks_leaves_nothing_unread(desk: Desk, take: Take) -> None:
    wish = {"answer__extension": "", "answer__until": "12月20日", "reply__1": "已补为15个"}
    who = {"answer__person": "陈甲", "answer__phone": "0755-0000-0009", "answer__day": "12月1日"}
    paper = only(take(filled(form_of_letter(desk), **wish, **who), "回执.docx"))
    assert paper.told == ("逐条答复1条，共1条",)


def test_two_clerks_who_contradict_each_other_are_told_of(desk: Desk, take: Take) -> None:
    for count in (15, 16):
        taken = take(filled(form_of_letter(desk), reply__1=f"平台{count}个"), f"{count}.docx")
    assert only(taken).told[-1] == "第1项与来件0001的答复不同"


def test_the_same_answer_twice_is_no_contradiction(desk: Desk, take: Take) -> None:
    form = filled(form_of_letter(desk), reply__1="平台15个")
    take(form, "a.docx")
    paper = only(take(written_in(form, a_sentence_below), "b.docx"))
    assert not any("答复不同" in each for each in paper.told)


def test_two_clerks_in_one_mail_who_contradict_each_other_are_told_of(
    desk: Desk, take: Take
) -> None:
    files = [(f"{n}.docx", filled(form_of_letter(desk), reply__1=f"平台{n}个")) for n in (15, 16)]
    paper = only(take(mail("回复", "见附件。", *files)))
    assert [(each.number, each.text) for each in paper.items] == [(1, "平台15个"), (1, "平台16个")]
    assert paper.answer is Answer.PARTIAL
    assert paper.told[0] == "逐条答复0条，共1条"
    assert paper.told[-1].startswith("第1项有几种答复，都记下了，没有取舍，请问清再定：")
    again = only(take(filled(form_of_letter(desk), reply__1="平台16个"), "16.docx"))
    assert not any("答复不同" in each for each in again.told)  # it is the one of the two


def test_an_item_refused_leaves_the_letter_waiting_for_the_others(desk: Desk, take: Take) -> None:
    items = [x for s in ("请补充。", "请核实。") for x in ("--item", f"01-keji/01-gaikuang={s}")]
    command(desk.root, "letter", "new", "--unit", "深圳科创局", "--due", "+30", *items)
    command(desk.root, "letter", "approve", "3", "--as", "周文")
    command(desk.root, "letter", "send", "3")
    command(desk.root, "letter", "send", "3", "--sent")
    paper = only(take(mail("[xiao-2019/0003]", "第2项非我局职责，建议转市统计局。")))
    assert [each.number for each in paper.items] == [2]
    assert paper.told == ("逐条答复1条，共2条", "第1项还没有答复")
    assert state(desk, "0003") is LetterState.SENT
    letter = find_letter(desk, "0003")
    assert letter.reply is not None
    assert letter.reply.answer is Answer.SOME_NOT_OURS
    assert list(promised(letter)) == [f"{letter.reply.date}答复部分事项非其职责，其余未复"]


def test_an_extract_that_was_changed_is_to_be_compared(desk: Desk, take: Take) -> None:
    folder = "volumes/xiao-2019/returns/0001"
    paper = only(take(written_in(extract(desk), words_of_its_own), "改.docx"))
    told, way = paper.told[0].split("；")
    assert told == "稿件摘录里的字改过，请与 letters/0001/稿件摘录.docx 对照"
    assert f'editorial opinion import 轮次 "{folder}/改.docx"' in way
    round_, _ = open_round(desk, "核对", at=NOW)
    paths = (desk.root / folder / "改.docx",)
    (taken,) = import_opinions(desk, round_.id, paths, Wanted(by="陈甲"), at=NOW)
    assert ["平台15个" in each.opinion.text for each in taken.taken] == [True]
    assert taken.remarks[-1].endswith("与函0001所附的稿件摘录逐段比出，已列为意见")


def words_of_its_own(document: WordDocument) -> None:
    """At the end of a sentence, not tracked."""
    longest = max(document.paragraphs, key=lambda each: len(each.text))
    longest.add_run("另有平台15个。")


def test_an_extract_only_saved_again_is_not(desk: Desk, take: Take) -> None:
    assert only(take(edited(desk), "存.docx")).told == ()


LOCKED_ZIP = b"".join(
    (
        b"PK\x03\x04\x14\0\x01\0\0\0\0\0\0\0\x83\x16\xdc\x8c\x01\0\0\0\x01\0\0\0\x01\0\0\0ax",
        b"PK\x01\x02\x14\0\x14\0\x01\0\0\0\0\0\0\0\x83\x16\xdc\x8c\x01\0\0\0\x01\0\0\0\x01\0",
        b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0a",
        b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2f\0\0\0\x20\0\0\0\0\0",
    )
)


@pytest.mark.parametrize(
    ("words", "files", "told"),
    [
        ("", (("稿.docx", b""),), "空文件"),
        ("您好，材料见附件，请查收。", (("材料.zip", LOCKED_ZIP),), "密码"),
        ("材料已补充，见附件。", (("winmail.dat", b"\x78\x9f\x3e\x22\0\0"),), "Outlook"),
        ("请查收", (("稿.docx", b"PK\x03\x04 spoilt"),), "重发"),
        ("请查收", (("材料.rar", b"Rar!\x1a\x07\x01\0"),), "RAR"),
        ("从QQ邮箱发来的超大附件\n材料.zip（120M，3月20日到期）进入下载页面", (), "超大附件"),
    ],
)
def test_what_cannot_be_read_waits_in_the_tray_and_answers_nothing(
    desk: Desk, take: Take, words: str, files: tuple[tuple[str, bytes], ...], told: str
) -> None:
    paper = only(take(mail("Re: [xiao-2019/0001]", words, *files)))
    assert (state_of(paper), state(desk)) == (ReturnState.UNMATCHED, LetterState.SENT)
    assert any(told in line for line in paper.told)
    assert claimable(desk, paper)[0].id == "0001"


def test_what_is_said_beside_a_file_that_cannot_be_read_counts(desk: Desk, take: Take) -> None:
    take(mail("[xiao-2019/0001]", "此事非我单位职责，建议转广州科技局。", ("a.zip", LOCKED_ZIP)))
    assert state(desk) is LetterState.REPLIED


def test_a_file_that_opens_beside_one_that_does_not_is_an_answer(desk: Desk, take: Take) -> None:
    paper = only(
        take(mail("[xiao-2019/0001]", "", ("a.zip", LOCKED_ZIP), ("稿.txt", b"\xe7\xa8\xbf")))
    )
    assert (state_of(paper), state(desk)) == (ReturnState.MATCHED, LetterState.REPLIED)


def test_what_somebody_knows_to_be_the_answer_is_one(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "材料.zip"
    path.write_bytes(LOCKED_ZIP)
    list(receive_paths(desk, (path,), at=NOW, letter="1"))
    assert state(desk) is LetterState.REPLIED


def test_files_that_lie_elsewhere_are_told_of(take: Take) -> None:
    words = "修改稿见附件，图片在百度网盘：https://pan.baidu.com/s/1xx 提取码 ab12"
    paper = only(take(mail("[xiao-2019/0001]", words, ("稿.txt", "稿".encode()))))
    assert any("过期" in line for line in paper.told)


def test_an_invitation_saved_as_a_file_is_set_aside(take: Take) -> None:
    paper = only(take(b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n", "invite.ics"))
    assert (paper.kind, state_of(paper)) == (Kind.INVITATION, ReturnState.ASIDE)


def test_a_word_file_with_a_password_is_told_of(take: Take) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    paper = only(take(mail("[xiao-2019/0001]", "见附件", ("稿.docx", locked))))
    assert "密码" in paper.told[-1]


# A new contact


def test_a_new_contact_told_of_is_proposed_in_the_same_commit(desk: Desk, take: Take) -> None:
    words = "材料已改。原联络员陈甲已调离，联络员换为示例丁，电话0755-0000-0009。"
    (taken,) = take(mail("[xiao-2019/0001]", words))
    (told,) = proposals(desk)
    assert (told.unit, told.contact.name, told.contact.phone, told.returned) == (
        find_letter(desk, "0001").unit,
        "示例丁",
        "0755-0000-0009",
        "0001",
    )
    assert taken.paper is not None
    assert "待采纳" in taken.paper.told[-1]
    assert not subprocess.run(
        ["git", "status", "--short"], cwd=desk.root, capture_output=True
    ).stdout


def test_a_new_contact_told_of_in_a_note_is_proposed(desk: Desk, take: Take) -> None:
    note = "说明：我局联络员更换为示例丁，手机13900000000。"
    take(mail("[xiao-2019/0001]", "见附件", ("说明.txt", note.encode("gbk"))))
    (proposal,) = proposals(desk)
    assert (proposal.contact.name, proposal.contact.phone) == ("示例丁", "13900000000")


def test_a_manuscript_tells_of_no_contact(desk: Desk, take: Take) -> None:
    text = "全市河长办联络员更换为示例丁。" + "记述文字。" * 500
    take(mail("[xiao-2019/0001]", "见附件", ("稿.txt", text.encode())))
    assert proposals(desk) == ()


def test_the_contact_there_is_is_not_proposed(desk: Desk, take: Take) -> None:
    take(mail("[xiao-2019/0001]", "联络员改为陈甲。"))
    take(mail("[xiao-2019/0001]", "联系人：示例丁，电话：0755-0000-0009", number=2))
    assert proposals(desk) == ()


# Received before


def test_the_same_bytes_are_received_once(take: Take, desk: Desk) -> None:
    take(mail("[xiao-2019/0001]"))
    (again,) = take(mail("[xiao-2019/0001]"), "other.eml")
    assert (again.outcome, len(returns(desk))) == (Outcome.AGAIN, 1)


def test_a_copy_under_another_name_is_told_of(take: Take, desk: Desk) -> None:
    take(b"%PDF-1.7", "深圳科创局.pdf")
    copy = only(take(b"%PDF-1.7", "深圳科创局(1).pdf"))
    assert (copy.of, copy.reason) == ("0001", "文件与来件0001相同")
    again = take(b"%PDF-1.7", "深圳科创局(1).pdf")
    assert [each.outcome for each in again] == [Outcome.AGAIN]


def test_a_form_two_units_return_alike_is_of_both(take: Take) -> None:
    assert found(take(b"%PDF-1.7", "深圳科创局.pdf")) == ("0001", "内容")
    assert found(take(b"%PDF-1.7", "广州科技局.pdf")) == ("0002", "内容")


def test_two_people_receiving_the_same_receive_it_once(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.eml").write_bytes(
            mail("[xiao-2019/0001]", f"第{number}件", number=number)
        )
    command = [sys.executable, "-m", "editorial", "-C", str(desk.root), "receive", str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [each.wait() for each in both] == [0, 0]
    assert len(returns(desk)) == 4


def test_the_same_mail_by_another_way_is_received_once(take: Take, desk: Desk) -> None:
    take(mail("[xiao-2019/0001]"))
    (again,) = take(b"Received: from b\r\n" + mail("[xiao-2019/0001]"), "b.eml")
    assert (again.outcome, len(returns(desk))) == (Outcome.AGAIN, 1)


def test_another_mail_under_a_used_id_is_received(take: Take, desk: Desk) -> None:
    take(mail("[xiao-2019/0001]"))
    take(mail("另一件 [xiao-2019/0001]", "不同的内容"), "b.eml")
    assert len(returns(desk)) == 2


def test_the_same_file_in_a_second_mail_is_recognised(desk: Desk, take: Take) -> None:
    take(mail("稿", "见附件", ("a.docx", edited(desk))))
    again = only(take(mail("稿", "再发一次", ("b.docx", edited(desk)), number=2), "b.eml"))
    assert (again.of, again.reason) == ("0001", "文件与来件0001相同")


def test_an_older_version_after_a_newer_replaces_nothing(desk: Desk, take: Take) -> None:
    take(mail("稿", "终稿", ("a.docx", edited(desk, days=5, words="新"))))
    old = mail("稿", "初稿", ("a.docx", edited(desk, days=2, words="旧")), number=2)
    paper = only(take(old, "b.eml"))
    assert (paper.of, paper.reason) == ("0001", "比已收的来件0001旧，没有替换")
    reply = find_letter(desk, "0001").reply
    assert reply is not None
    assert reply.returned == "0001"


def test_our_own_letter_is_no_return(desk: Desk, take: Take) -> None:
    own = desk.root / "volumes/xiao-2019/letters/0001" / MESSAGE
    (taken,) = take(own.read_bytes())
    assert (taken.outcome, returns(desk)) == (Outcome.OURS, ())


def test_another_clone_knows_what_was_received(desk: Desk, take: Take, tmp_path: Path) -> None:
    take(mail("[xiao-2019/0001]"))
    subprocess.run(["git", "clone", "-q", str(desk.root), str(tmp_path / "b")], check=True)
    other = replace(open_desk(tmp_path / "b"))
    (again,) = receive_paths(other, (tmp_path / "in",), at=NOW)
    assert again.outcome is Outcome.AGAIN


# Kept


def test_names_cannot_lead_out_of_the_folder(desk: Desk, take: Take) -> None:
    names = ("../../../etc/passwd", "C:\\win\\nul.txt", "return.yaml", "长" * 300 + ".doc")
    take(mail("[xiao-2019/0001]", "见附件", *((name, name.encode()) for name in names)))
    kept = [each.name for each in find_return(desk, "1").papers]
    folder = desk.root / "volumes/xiao-2019/returns/0001"
    assert kept[1:4] == ["passwd", "_nul.txt", "return-2.yaml"]
    assert sorted(each.name for each in folder.iterdir()) == sorted([*kept, "return.yaml"])
    assert verify(desk).findings == ()


def test_everything_is_kept_in_one_commit(desk: Desk, take: Take) -> None:
    take(mail("不相干", "广告", ("a.7z", b"7z\xbc\xaf\x27\x1c..."), sender="x@y.example"))
    paper = find_return(desk, "1")
    assert paper.told[1:] == ("a.7z：7z 压缩包，程序不能解开，请解开后再收入",)
    assert [each.name for each in paper.papers] == ["来件.eml", "a.7z"]
    status = subprocess.run(["git", "status", "--porcelain"], cwd=desk.root, capture_output=True)
    assert status.stdout == b""


def test_what_was_received_is_not_undone(desk: Desk, take: Take) -> None:
    take(mail("[xiao-2019/0001]"))
    with pytest.raises(EditorialError, match="不能撤销"):
        undo(desk, at=NOW)


# Decided by people


def test_a_claimed_return_registers_its_reply(desk: Desk, take: Take) -> None:
    take(mail("材料", "见附件", sender="x@qq.com"))
    claim(desk, "1", "0002", at=NOW)
    paper = find_return(desk, "1")
    assert (paper.letter, paper.matched_by, state_of(paper)) == (
        "0002",
        "人工",
        ReturnState.MATCHED,
    )
    assert state(desk, "0002") is LetterState.REPLIED


def test_a_return_claimed_anew_is_taken_from_the_letter_it_was_on(desk: Desk, take: Take) -> None:
    take(mail("[xiao-2019/0001]"))
    claim(desk, "1", "0002", at=NOW)
    was, now = find_letter(desk, "0001"), find_letter(desk, "0002")
    assert (letter_state(was), was.reply, was.history[-1].note) == (
        LetterState.SENT,
        None,
        "来件0001已撤去",
    )
    assert now.reply is not None
    assert now.reply.returned == "0001"


def test_an_answer_that_came_before_stays_when_a_later_one_moves(desk: Desk, take: Take) -> None:
    take(mail("[xiao-2019/0001]"))
    take(mail("[xiao-2019/0001]", "又一件", number=2), "b.eml")
    claim(desk, "2", "0002", at=NOW)
    letter = find_letter(desk, "0001")
    assert letter.reply is not None
    assert (state(desk), letter.reply.returned, letter.earlier) == (LetterState.REPLIED, "0001", ())


def test_what_is_set_aside_answers_no_letter(desk: Desk, take: Take) -> None:
    take(mail("[xiao-2019/0001]"))
    act = set_aside(desk, "1", at=NOW, note="发错了")
    assert (state(desk), len(act.remarks)) == (LetterState.SENT, 1)
    undo(desk, at=NOW)
    assert state(desk) is LetterState.REPLIED


def test_a_unit_that_was_reminded_waits_for_one_answer(desk: Desk, take: Take) -> None:
    remind(desk)
    assert found(take(mail())) == ("0001", "发件人")


def test_the_answer_to_a_reminder_answers_what_it_reminds_of(desk: Desk, take: Take) -> None:
    remind(desk)
    take(mail("[xiao-2019/0003]"))
    head = find_letter(desk, "0001")
    assert (letter_state(head), head.reply, head.history[-1].note) == (
        LetterState.REPLIED,
        None,
        "复函见0003",
    )


def test_with_the_answer_taken_away_both_wait_again(desk: Desk, take: Take) -> None:
    remind(desk)
    take(mail("[xiao-2019/0001]"))
    claim(desk, "1", "0002", at=NOW)
    assert {state(desk), state(desk, "0003")} == {LetterState.SENT}


def remind(desk: Desk) -> None:
    """催办函 0003 on letter 0001."""
    command(desk.root, "letter", "new", "--kind", "chase", "--unit", "深圳科创局", "--follows", "1",
            "--due", "+3")  # fmt: skip
    command(desk.root, "letter", "approve", "3", "--as", "周文")
    command(desk.root, "letter", "send", "3")


def test_setting_aside_wants_a_reason(desk: Desk, take: Take) -> None:
    take(mail("广告", "x", sender="x@qq.com"))
    with pytest.raises(EditorialError, match="须写原因"):
        set_aside(desk, "1", at=NOW, note=" ")
    set_aside(desk, "1", at=NOW, note="广告")
    assert state_of(find_return(desk, "1")) is ReturnState.ASIDE


def test_what_is_known_by_hand_need_not_be_guessed(desk: Desk, take: Take) -> None:
    paper = only(take(b"%PDF", "扫描件.pdf", letter="1", channel=Channel.PAPER))
    assert (paper.letter, paper.matched_by, paper.channel) == ("0001", "人工", Channel.PAPER)


def test_a_mail_that_names_two_letters_waits_in_the_tray_with_the_reason(take: Take) -> None:
    both = mail("材料 [xiao-2019/0001] [xiao-2019/0002]", "见正文，平台15个。", sender=CHEN)
    paper = only(take(both))
    assert (state_of(paper), paper.letter) == (ReturnState.UNMATCHED, "")
    assert paper.candidates == ("xiao-2019/0001", "xiao-2019/0002")
    assert "同时提到几封函" in paper.told[0]


def test_a_large_file_of_a_mail_is_kept_once(desk: Desk, take: Take) -> None:
    scan = random.Random(5).randbytes(400_000)
    whole = mail("材料 [xiao-2019/0001]", "见附件", ("扫描件.pdf", scan))
    paper = only(take(whole))
    folder = desk.root / "volumes/xiao-2019/returns" / paper.id
    assert (folder / "扫描件.pdf").read_bytes() == scan
    lean = (folder / "来件.eml").read_bytes()
    assert len(lean) < 5_000
    assert paper.whole == hashlib.sha256(whole).hexdigest()
    assert read_mail(lean).text == "见附件"
    assert "扫描件.pdf" in read_mail(lean).enclosed[0].data.decode()


def test_a_large_archive_is_kept_as_its_files(take: Take, desk: Desk) -> None:
    scans = {f"{city}/表.xls": random.Random(city).randbytes(200_000) for city in ("甲", "乙")}
    paper = only(take(mail("[xiao-2019/0001]", "见附件", ("材料.zip", zipped(*scans.items())))))
    folder = desk.root / "volumes/xiao-2019/returns" / paper.id
    kept = {each.read_bytes() for each in folder.glob("表*.xls")}
    assert kept == set(scans.values())
    assert sum(each.stat().st_size for each in folder.iterdir()) < 420_000
    lean = read_mail((folder / "来件.eml").read_bytes()).enclosed[0].data.decode()
    assert all(name in lean for name in scans)


def test_a_mail_kept_lean_is_known_when_it_comes_again(take: Take) -> None:
    whole = mail("[xiao-2019/0001]", "见附件", ("a.pdf", random.Random(5).randbytes(400_000)))
    take(whole)
    assert take(whole, "又一次.eml")[0].outcome is Outcome.AGAIN
