"""《广州帮扶志》 played through: six letters out, answers by four ways, one unit chased till it
answers; then the registers are printed, and say what happened."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import docx
import pytest
from lxml import etree

from editorial.desk.chase import Call, chase_day, close_day, log_call
from editorial.desk.chase_letters import draft_chasers
from editorial.desk.drafting import Request, draft_letters
from editorial.desk.init import init
from editorial.desk.letter_register import Register, Side, make_register, register_of
from editorial.desk.letters import close_letter, find_letter, letters, register_reply, void_letter
from editorial.desk.office import Desk, open_desk
from editorial.desk.overview import overview
from editorial.desk.returns import receive_paths
from editorial.desk.send_plan import Wish
from editorial.desk.sending import send_letters
from editorial.desk.signing import approve_letters
from editorial.desk.undo import undo
from editorial.desk.verify import verify
from editorial.errors import EditorialError
from editorial.model.chasing import Move, Result
from editorial.model.labels import Answer, Channel, LetterKind, LetterState
from editorial.model.letters import LetterItem, letter_state
from editorial.model.response import exchanges, response
from editorial.read.rows import read_rows
from tests.desk.mails import filled, mail
from tests.desk.moments import BEIJING

BOOK = "guangzhou-bangfu"
END = date(2020, 3, 31)
REVISE = {
    "fgw": ("02-duikou-bangfu/01-chanye-yuanqu", "请补充共建园区历年投资额"),
    "zjj": ("03-minsheng/01-zhufang", "请核实危房改造户数并补充验收情况"),
    "nyj": ("02-duikou-bangfu/02-nongye-chanye", "请补充特色农产品基地名录"),
    "xzb": ("01-zongshu/03-jigou", "请补充机构沿革"),
}
SUPPLY = {
    "mzj": ("03-minsheng/01-zhufang", "请提供有关年度社会救助人数"),
    "daj": ("04-renwu/02-wenxian", "请提供有关文件目录及复制件"),
}


def at(day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(2020, 3, day, hour, minute, tzinfo=BEIJING)


@dataclass(frozen=True, slots=True)
class Played:
    """The workspace after all of it, and what was refused on the way."""

    desk: Desk
    refused: str
    called: tuple[str, ...]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, _apart: None) -> Played:
    """March 2020, from the first draft to the last 办结."""
    folder = tmp_path_factory.mktemp("bangfu")
    root, _ = init(folder / "ws", samples=(BOOK,))
    shutil.rmtree(root / "volumes" / BOOK / "letters")  # those the sample comes with
    subprocess.run(["git", "commit", "-qam", "从头做起"], cwd=root, check=True)
    desk = open_desk(root, by="何明远")
    _draft_and_sign(desk)
    send_letters(desk, batch="1", at=at(3, 16))
    send_letters(desk, batch="1", at=at(3, 17), wish=Wish(sent=True))
    refused = _refusal(desk)
    send_letters(desk, ("5",), at=at(5, 15), wish=Wish(channel=Channel.PAPER))
    send_letters(desk, ("6",), at=at(5, 16), wish=Wish(channel=Channel.HAND, to="简牍青"))
    _answers(desk, folder)
    called = _chase(desk)
    for known in letters(desk):
        if letter_state(find_letter(desk, known.id)) is LetterState.REPLIED:
            close_letter(desk, known.id, at=at(27), note="已改入正文")
    return Played(desk, refused, called)


def _draft_and_sign(desk: Desk) -> None:
    """Four to revise and two to supply; a seventh, signed by mistake, is void."""
    chief = open_desk(desk.root, by="周文")
    wanted = ((LetterKind.REVISE, REVISE, 3, 17), (LetterKind.SUPPLY_MATERIAL, SUPPLY, 5, 19))
    for batch, (kind, units, day, due) in enumerate(wanted, 1):
        items = {unit: (LetterItem(section=s, request=r),) for unit, (s, r) in units.items()}
        words = {"reason": "专家对志稿提出审核意见", "listed": kind is LetterKind.REVISE}
        request = Request(kind=kind, due=date(2020, 3, due), **words)
        draft_letters(desk, request, items, at=at(day))
        approve_letters(chief, batch=str(batch), at=at(day, 14))
    again = {"mzj": (LetterItem(section=SUPPLY["mzj"][0], request="请提供名册"),)}
    request = Request(kind=LetterKind.SUPPLY_MATERIAL, due=date(2020, 3, 19))
    draft_letters(desk, request, again, at=at(5, 15))
    approve_letters(chief, ("7",), at=at(5, 15))
    void_letter(chief, "7", at=at(5, 15, 45), note="与第5号重复")


def _refusal(desk: Desk) -> str:
    with pytest.raises(EditorialError) as refused:
        undo(desk, at=at(3, 17))
    return refused.value.message


def _answers(desk: Desk, folder: Path) -> None:
    """By mail with the form filled in, on paper, by telephone, by chat, and once more by mail."""
    form = desk.root / "volumes" / BOOK / "letters/0001/公函.docx"
    answered = filled(form.read_bytes(), reply__1="历年投资额见附表")
    promise = filled(
        (desk.root / "volumes" / BOOK / "letters/0003/公函.docx").read_bytes(), answer__on_time=""
    )
    _came(desk, folder, at(10), "市发改委 <fgw@example.invalid>", ("回复.docx", answered))
    _came(desk, folder, at(9), "市农业农村局 <nyj@example.invalid>", ("回执.docx", promise))
    _came(desk, folder, at(16), "nyj@example.invalid", ("名录.txt", "示例名录".encode()))
    register_reply(
        desk, "4", at=at(12), on=date(2020, 3, 12), channel="纸质", doc_no="示协函〔2020〕2号"
    )
    register_reply(
        desk, "5", at=at(13), on=date(2020, 3, 13), channel="电话", note="人数见年报，已告出处"
    )
    photo = folder / "档案目录.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 shili")
    list(receive_paths(desk, (photo,), at=at(18), channel=Channel.CHAT, letter="6"))


def _came(desk: Desk, folder: Path, moment: datetime, sender: str, file: tuple[str, bytes]) -> None:
    path = folder / f"{moment:%d}.eml"
    path.write_bytes(mail("回复", "请查收", file, sender=sender, number=moment.day, at=moment))
    list(receive_paths(desk, (path,), at=moment))


def _chase(desk: Desk) -> tuple[str, ...]:
    """住建局 is late: called, written to again, and answers at last."""
    late = chase_day(desk, date(2020, 3, 18))
    call = Call(result=Result.URGED, note="答应尽快")
    log_call(desk, "zjj", call, day=date(2020, 3, 18), today=date(2020, 3, 18))
    nobody = Call(answered=False)
    log_call(desk, "zjj", nobody, day=date(2020, 3, 19), today=date(2020, 3, 19))
    for other in late.holes:
        if other.unit.id != "zjj":
            agreed = Call(result=Result.AGREED, next_call=date(2020, 3, 30))
            log_call(desk, other.unit.id, agreed, day=late.day, today=late.day)
    close_day(desk, late.day, at=at(18, 18))
    drafted, _ = draft_chasers(desk, date(2020, 3, 20), at=at(20), unit="zjj")
    (second,) = (each for each in drafted if each.follows == "0002")
    for other in drafted:
        if other is not second:  # for its tasks, which is another matter
            void_letter(desk, other.id, at=at(20, 10), note="供稿任务另约")
    approve_letters(open_desk(desk.root, by="周文"), (second.id,), at=at(20, 11))
    send_letters(desk, (second.id,), at=at(20, 14))
    register_reply(
        desk,
        second.id,
        at=at(23),
        on=date(2020, 3, 23),
        channel="纸质",
        doc_no="示建函〔2020〕9号",
        answer=Answer.FULL,
    )
    return tuple(f"{chase.unit.id} {chase.move.value}" for chase in late.chases)


@pytest.fixture(scope="module")
def register(played: Played) -> Register:
    return register_of(played.desk, 2020, END)


def rows(found: Register, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(entry, field) for field in fields) for entry in found.sent]


def test_what_has_gone_out_cannot_be_taken_back(played: Played) -> None:
    assert "不能撤销“函件：发出" in played.refused


def test_only_the_late_unit_was_to_be_called_for_its_letter(played: Played) -> None:
    assert f"zjj {Move.CALL.value}" in played.called
    assert not {"fgw call", "nyj call", "xzb call"} & set(played.called)


def test_the_numbers_run_without_a_gap(register: Register) -> None:
    numbers = [entry.number for entry in register.sent]
    assert numbers == [f"示志函〔2020〕{n}号" for n in range(1, 9)]


def test_each_letter_is_a_row_with_how_it_went_and_what_came(register: Register) -> None:
    day = date(2020, 3, 27)
    assert rows(register, "to", "sent", "ways", "answered", "closed") == [
        ("市发改委", date(2020, 3, 3), ("2020-03-03 邮件",), date(2020, 3, 10), day),
        ("市住建局", date(2020, 3, 3), ("2020-03-03 邮件",), date(2020, 3, 23), day),
        ("市农业农村局", date(2020, 3, 3), ("2020-03-03 邮件",), date(2020, 3, 16), day),
        ("市协作办", date(2020, 3, 3), ("2020-03-03 邮件",), date(2020, 3, 12), day),
        ("市民政局", date(2020, 3, 5), ("2020-03-05 纸质",), date(2020, 3, 13), day),
        ("市档案馆", date(2020, 3, 5), ("2020-03-05 当面",), date(2020, 3, 18), day),
        ("市民政局", None, (), None, None),
        ("市住建局", date(2020, 3, 20), ("2020-03-20 邮件",), date(2020, 3, 23), day),
    ]


def test_the_void_number_is_explained(register: Register) -> None:
    void = register.sent[6]
    assert (void.state, void.remarks) == ("作废", ("作废：与第5号重复",))


def test_the_row_of_the_late_unit_tells_how_it_was_chased(register: Register) -> None:
    assert register.sent[1].chases == (
        "2020-03-18 电话（已催）",
        "2020-03-19 电话（无人接听）",
        "2020-03-20 催办函（示志函〔2020〕8号）",
    )
    assert register.sent[7].remarks == ("续示志函〔2020〕2号",)


def test_the_answer_to_the_reminder_answers_the_first_letter(register: Register) -> None:
    assert register.sent[1].answers == ("复函见示志函〔2020〕8号",)
    assert register.sent[7].answers == ("2020-03-23 纸质 已答复",)


def test_who_took_it_in_his_hand_is_named(register: Register) -> None:
    assert (register.sent[5].receiver, register.sent[5].received) == ("简牍青", date(2020, 3, 5))


def test_a_promise_stands_before_the_answer(register: Register) -> None:
    assert register.sent[2].answers == ("2020-03-09 邮件 按期报送", "2020-03-16 邮件")


def test_answers_came_by_four_ways(register: Register) -> None:
    told = [(e.on.day, e.way, e.sender, e.about[-2:], e.result) for e in register.received]
    assert told == [
        (9, "邮件", "市农业农村局", "3号", "办结"),
        (10, "邮件", "市发改委", "1号", "办结"),
        (12, "纸质", "市协作办", "4号", "办结"),
        (13, "电话", "市民政局", "5号", "办结"),
        (16, "邮件", "市农业农村局", "3号", "办结"),
        (18, "微信群", "市档案馆", "6号", "办结"),
        (23, "纸质", "市住建局", "8号", "办结"),
    ]


def test_a_doc_number_is_in_both_registers(register: Register) -> None:
    theirs = [entry.doc_no for entry in register.received if entry.doc_no]
    assert theirs == ["示协函〔2020〕2号", "示建函〔2020〕9号"]
    assert [entry.doc_no for entry in register.sent if entry.doc_no] == theirs


def test_the_board_counts_the_letters_of_the_register(played: Played, register: Register) -> None:
    cell = overview(played.desk, END).volume.letters
    states = [entry.state for entry in register.sent if entry.state != "作废"]
    assert (cell.done, cell.total) == (states.count("办结"), len(states)) == (7, 7)


def test_the_statistics_count_the_request_and_not_its_reminder(played: Played) -> None:
    told = response(exchanges(letters(played.desk), END), END)
    assert (told.sent, told.in_time, told.late, told.unanswered) == (6, 5, 1, 0)
    assert (told.reminders, told.overdue) == (1, 0)


def test_the_workspace_is_sound(played: Played) -> None:
    verdict = verify(played.desk)
    assert (verdict.problems, verdict.findings) == ((), ())


# On paper


@pytest.fixture(scope="module")
def printed(played: Played, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("register")
    make_register(played.desk, 2020, today=END, out=out)
    return out


def test_the_sheet_of_letters_sent_has_their_rows(printed: Path) -> None:
    found = read_rows((printed / "2020年收发文登记簿.xlsx").read_bytes(), "登记簿")
    head = found[2]
    number, whom, due = (head.index(name) for name in ("发文字号", "主送", "要求回复期限"))
    assert [(row[number], row[whom]) for row in found[3:5]] == [
        ("示志函〔2020〕1号", "市发改委"),
        ("示志函〔2020〕2号", "市住建局"),
    ]
    assert found[3][due] == str((date(2020, 3, 17) - date(1899, 12, 30)).days)


def test_the_workbook_has_its_sheets_whole(printed: Path) -> None:
    with zipfile.ZipFile(printed / "2020年收发文登记簿.xlsx") as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
        book = etree.fromstring(archive.read("xl/workbook.xml"))
    names = [sheet.get("name") for sheet in book.iter("{*}sheet")]
    assert names == ["发文登记", "收文登记", "单位统计", "城市统计"]


def test_the_word_file_lies_and_repeats_its_head(printed: Path) -> None:
    document = docx.Document(str(printed / "2020年收发文登记簿.docx"))
    section, first = document.sections[0], document.tables[0]
    assert (section.page_width or 0) > (section.page_height or 0)
    assert [
        row._tr.trPr is not None and bool(row._tr.trPr.xpath("w:tblHeader")) for row in first.rows
    ][:2] == [True, False]
    assert [len(table.rows) for table in document.tables] == [9, 8, 8, 3]


def test_no_telephone_and_no_address_is_printed(played: Played, printed: Path) -> None:
    kept = [path.read_bytes() for path in sorted(printed.iterdir())]
    text = "".join(map(_text, kept))
    contacts = (c for u in _units(played.desk) for c in u)
    assert [each for each in contacts if each and each in text] == []


def _units(desk: Desk) -> Iterator[tuple[str, ...]]:
    from editorial.desk.office import people

    for unit in people(desk)[0]:
        yield tuple(text for each in unit.contacts for text in (each.phone, each.mail))


def _text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_the_same_day_prints_the_same_bytes(played: Played, printed: Path, tmp_path: Path) -> None:
    make_register(played.desk, 2020, today=END, out=tmp_path)
    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert again == {path.name: path.read_bytes() for path in printed.iterdir()}


def test_one_register_alone_has_its_own_name(played: Played, tmp_path: Path) -> None:
    make_register(played.desk, 2020, today=END, sides=(Side.IN,), formats=("docx",), out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["2020年收文登记簿.docx"]


def test_a_year_without_letters_says_which_there_are(played: Played) -> None:
    with pytest.raises(EditorialError, match="2019年没有收发文登记") as refused:
        register_of(played.desk, 2019, END)
    assert "2020" in refused.value.hint


def test_a_number_nobody_can_explain_has_a_row(played: Played, tmp_path: Path) -> None:
    root = tmp_path / "ws"
    shutil.copytree(played.desk.root, root)
    shutil.rmtree(root / "volumes" / BOOK / "letters" / "0003")
    entry = register_of(open_desk(root), 2020, END).sent[2]
    assert (entry.number, entry.state, entry.remarks) == (
        "示志函〔2020〕3号",
        "缺号",
        ("缺号，没有作废说明",),
    )


def test_calls_after_the_answer_are_not_of_that_letter(played: Played, tmp_path: Path) -> None:
    root = tmp_path / "ws"
    shutil.copytree(played.desk.root, root)
    desk, day = open_desk(root), date(2020, 3, 25)
    log_call(desk, "zjj", Call(), day=day, today=day + timedelta(days=1))
    assert len(register_of(desk, 2020, END).sent[1].chases) == 3
    assert find_letter(desk, "2").number == "示志函〔2020〕2号"
