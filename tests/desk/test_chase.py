"""催报 on a real workspace: a day played from its list to its page."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from editorial.desk.chase import Call, ChaseDay, Told, chase_day, check_in, close_day, log_call
from editorial.desk.chase_letters import draft_chasers
from editorial.desk.digest import make_digest
from editorial.desk.drafting import new_letter
from editorial.desk.extensions import extend
from editorial.desk.letters import close_letter, find_letter, letters, register_reply
from editorial.desk.office import Desk, open_desk
from editorial.desk.overview import overview
from editorial.desk.sending import send_letter
from editorial.desk.signing import approve_letter
from editorial.desk.undo import undo
from editorial.desk.unit_register import Wanted, register
from editorial.desk.units import pause_unit
from editorial.desk.verify import verify
from editorial.errors import BadData, EditorialError, Refused
from editorial.model.chasing import Move, Result
from editorial.model.labels import Answer, LetterKind, LetterState, TaskState
from editorial.model.letters import Letter, LetterItem, letter_state
from editorial.store.chasing import load_chasing, load_day_logs
from tests.conftest import Said
from tests.desk.moments import BEIJING

Git = Callable[..., str]
PINGTAI = "01-keji/02-pingtai"
ASKED = datetime(2020, 3, 4, 9, tzinfo=BEIJING)
T = date(2020, 3, 18)
LOGS = "volumes/xiao-2019/chase"


def at(days: int, hour: int = 9) -> datetime:
    return datetime(2020, 3, 18, hour, tzinfo=BEIJING) + timedelta(days=days)


def on(days: int) -> date:
    return T + timedelta(days=days)


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """A letter to 深圳科创局 is out; 广州科技局 owes a text since November."""
    items = (LetterItem(section=PINGTAI, request="请补充2018年数据"),)
    new_letter(desk, kind=LetterKind.REVISE, unit="sz-kcj", items=items, due=T, at=ASKED)
    go_out(desk, "1", ASKED)
    return desk


def go_out(desk: Desk, letter: str, moment: datetime) -> Letter:
    approve_letter(desk, letter, at=moment)
    send_letter(desk, letter, at=moment)
    return find_letter(desk, letter)


def call(desk: Desk, unit: str, days: int = 0, **told: Any) -> None:
    log_call(desk, unit, Call(**told), day=on(days), today=on(days))


def called(found: ChaseDay) -> dict[str, str]:
    return {chase.unit.id: chase.move.value for chase in found.chases}


def test_the_list_says_whom_to_call_by_which_number_and_why(asked: Desk) -> None:
    found = chase_day(asked, T)
    ours, theirs = found.chases
    assert (ours.move, ours.contact and ours.contact.phone) == (Move.CALL, "0755-0000-0001")
    assert [claim.matter.title for claim in ours.claims] == ["修改补充函（示志函〔2020〕1号）"]
    assert (theirs.unit.id, theirs.move, theirs.contact) == ("gz-kjj", Move.ESCALATE, None)


def test_tasks_never_given_out_are_counted_beside_the_list(
    asked: Desk, editorial: Callable[..., Said]
) -> None:
    """They are late on the board, and nobody is chased for what he was not asked for."""
    record = asked.root / f"volumes/xiao-2019/chapters/{PINGTAI}.yaml"
    text = record.read_text("utf-8")
    issued = "  history:\n  - {at: 2019-10-08T09:00:00+08:00, by: fangmin, to: issued}\nhistory"
    assert issued in text
    record.write_text(text.replace(issued, "history"), encoding="utf-8")
    said = editorial("chase", "list", "--day", f"{on(0)}")
    assert "另有1项供稿任务过了期限还没有下达" in said.out
    assert "--supply 已下达" in said.out
    only = editorial("chase", "list", "--day", f"{on(0)}", "--unit", "深圳科创局")
    assert "没有下达" not in only.out


def test_a_call_is_one_line_in_the_log_of_its_day_without_the_number(asked: Desk, git: Git) -> None:
    call(asked, "深圳科创局", next_call=on(2), note="答应周五给")
    assert git("show", "--format=", "--name-only") == f"{LOGS}/2020-03-18.yaml"
    log = (asked.root / LOGS / "2020-03-18.yaml").read_text("utf-8")
    assert log == (
        "schema: 1\ncallbacks:\n- {date: 2020-03-18, unit: sz-kcj, person: 陈甲, caller: 测试, "
        "next_call: 2020-03-20, note: 答应周五给}\n"
    )
    assert git("log", "-1", "--format=%s") == "催报：电话联系深圳科创局（已催）"


@pytest.mark.parametrize(
    "note",
    [
        "改打13800000000",
        "新号 138-0000-0000",
        "0755-0000-0001转3",
        "发到chen@example.org",
        "020-12345678",
    ],
)
def test_numbers_and_addresses_do_not_get_into_the_log(asked: Desk, note: str) -> None:
    with pytest.raises(EditorialError, match="不写电话和邮箱"):
        call(asked, "深圳科创局", note=note)


@pytest.mark.parametrize("note", ["2020-03-20前给", "见示志函〔2020〕1号", "要2018年数据120个"])
def test_days_and_doc_numbers_do(asked: Desk, note: str) -> None:
    call(asked, "深圳科创局", note=note)
    assert load_day_logs(asked.workspace.files, "xiao-2019")[0].callbacks[0].note == note


def test_calls_of_two_people_at_once_are_both_kept(asked: Desk, git: Git) -> None:
    say = [sys.executable, "-m", "editorial", "chase", "log", "--day", T.isoformat()]
    people = [
        subprocess.Popen([*say, unit], cwd=asked.root, stdout=subprocess.DEVNULL)
        for unit in ("深圳科创局", "广州科技局", "深圳科创局")
    ]
    assert [person.wait() for person in people] == [0, 0, 0]
    log = load_day_logs(asked.workspace.files, "xiao-2019")[0]
    assert sorted(each.unit for each in log.callbacks) == ["gz-kjj", "sz-kcj", "sz-kcj"]
    assert git("status", "--porcelain") == ""


def test_a_day_to_come_takes_no_calls(asked: Desk) -> None:
    with pytest.raises(EditorialError, match="还没有到"):
        log_call(asked, "深圳科创局", Call(), day=on(1), today=T)


def test_a_check_in_leaves_the_register_alone_and_covers_the_unit(asked: Desk) -> None:
    told = Told(node=PINGTAI, state=TaskState.SUBMITTED)
    check_in(asked, "广州科技局", told, day=T, today=T)
    assert [chase.unit.id for chase in chase_day(asked, T).holes] == ["sz-kcj"]
    assert overview(asked, T).volume.supply.done == 2


def test_a_check_in_is_about_a_task_the_unit_has(asked: Desk) -> None:
    told = Told(node="01-keji/03-rencai", state=TaskState.SUBMITTED)
    with pytest.raises(EditorialError, match="没有“人才”的供稿任务"):
        check_in(asked, "广州科技局", told, day=T, today=T)


def all_called(desk: Desk, days: int) -> None:
    for unit in ("深圳科创局", "广州科技局"):
        call(desk, unit, days)


def test_a_day_with_holes_does_not_close(asked: Desk, git: Git) -> None:
    call(asked, "深圳科创局")
    before = git("rev-parse", "HEAD")
    with pytest.raises(Refused) as refused:
        close_day(asked, T, at=at(0, 18))
    assert [each.node for each in refused.value.blockers] == ["gz-kjj"]
    assert git("rev-parse", "HEAD") == before


def test_a_unit_left_in_peace_with_a_reason_is_no_hole(asked: Desk) -> None:
    call(asked, "深圳科创局")
    pause_unit(asked, "广州科技局", T, "搬迁", today=T)
    close_day(asked, T, at=at(0, 18))
    closed = chase_day(asked, T).log.closed
    assert closed is not None
    assert (closed.due, closed.covered) == (1, 1)


def test_a_try_without_an_answer_is_no_hole(asked: Desk) -> None:
    call(asked, "深圳科创局", answered=False)
    call(asked, "广州科技局", answered=False)
    close_day(asked, T, at=at(0, 18))
    assert chase_day(asked, T).covered == 2


def test_closed_days_are_numbered_in_turn_and_take_nothing_more(asked: Desk) -> None:
    for days in (0, 1):
        all_called(asked, days)
        close_day(asked, on(days), at=at(days, 18))
    logs = load_day_logs(asked.workspace.files, "xiao-2019")
    assert [log.closed and log.closed.number for log in logs] == [1, 2]
    with pytest.raises(EditorialError, match="已经日结，不能再记"):
        log_call(asked, "深圳科创局", Call(), day=on(1), today=on(1))
    with pytest.raises(EditorialError, match="第2期"):
        close_day(asked, on(1), at=at(1, 19))


def test_a_closing_taken_back_opens_the_day_again(asked: Desk) -> None:
    all_called(asked, 0)
    close_day(asked, T, at=at(0, 18))
    undo(asked, at=at(0, 19))
    call(asked, "深圳科创局")
    assert chase_day(asked, T).log.closed is None


def test_a_call_taken_back_leaves_no_file(asked: Desk) -> None:
    call(asked, "深圳科创局")
    undo(asked, at=at(0, 19))
    assert not (asked.root / LOGS).exists()
    assert verify(asked).problems == ()


def test_a_pause_and_an_answer_strike_a_unit_off(asked: Desk) -> None:
    pause_unit(asked, "广州科技局", on(9), "机构改革", today=T)
    assert called(chase_day(asked, T)) == {"sz-kcj": "call"}
    assert [each.unit.id for each in chase_day(asked, T).paused] == ["gz-kjj"]
    register_reply(asked, "1", at=at(0), on=T, channel="邮件")
    assert called(chase_day(asked, T)) == {}


def test_second_letters_cite_what_they_chase_and_are_drafted_once(asked: Desk) -> None:
    call(asked, "深圳科创局")
    drafted, _ = draft_chasers(asked, on(3), at=at(3), unit="深圳科创局")
    assert [(each.kind, each.follows, each.due) for each in drafted] == [
        (LetterKind.CHASE, "0001", on(6))
    ]
    assert drafted[0].items == find_letter(asked, "1").items
    assert drafted[0].reason == "其间我办已联系1次"
    with pytest.raises(EditorialError, match="没有要拟的催办函"):
        draft_chasers(asked, on(3), at=at(3), unit="深圳科创局")
    assert called(chase_day(asked, on(4)))["sz-kcj"] == "letter"


def test_what_nobody_said_he_posted_is_told_when_it_is_chased(asked: Desk) -> None:
    _, act = draft_chasers(asked, on(3), at=at(3), unit="深圳科创局")
    assert act.remarks == ("所催的示志函〔2020〕1号还在发件箱里，没有记寄出；确已寄出再催",)


def test_all_of_a_day_are_one_batch_in_one_commit(asked: Desk, git: Git) -> None:
    drafted, act = draft_chasers(asked, on(7), at=at(7))
    assert [(each.id, each.unit, each.batch) for each in drafted] == [
        ("0002", "sz-kcj", "1"),
        ("0003", "gz-kjj", "1"),
    ]
    assert git("rev-parse", "HEAD") == act.commit
    assert len(git("show", "--format=", "--name-only").splitlines()) == 2


def test_a_second_letter_taken_back_is_asked_for_again(asked: Desk) -> None:
    draft_chasers(asked, on(3), at=at(3), unit="深圳科创局")
    undo(asked, at=at(3))
    assert len(draft_chasers(asked, on(3), at=at(3), unit="深圳科创局")[0]) == 1


def test_the_last_letter_has_the_account_of_everything_tried(asked: Desk) -> None:
    call(asked, "深圳科创局", note="只说忙")
    register_reply(
        asked, "1", at=at(1), on=on(1), channel="电话", answer=Answer.ON_TIME, note="只说忙"
    )
    draft_chasers(asked, on(3), at=at(3), unit="深圳科创局")
    go_out(asked, "2", at(3, 10))
    call(asked, "深圳科创局", 5, answered=False)
    (letter,), _ = draft_chasers(asked, on(7), at=at(7), unit="深圳科创局")
    assert (letter.kind, letter.follows) == (LetterKind.CHASE, "0002")
    assert [(each.on, each.words) for each in letter.account] == [
        (ASKED.date(), "发出修改补充函（示志函〔2020〕1号），请于2020年3月18日前函复"),
        (T, "已催"),
        (on(1), "按期报送"),
        (on(3), "发出催办函（示志函〔2020〕2号），请于2020年3月24日前函复"),
        (on(5), "无人接听"),
    ]
    go_out(asked, "3", at(7, 10))
    paper = asked.root / "volumes/xiao-2019/letters/0003/公函.pdf"
    with pdfplumber.open(paper) as pdf:
        words = "".join(page.extract_text() for page in pdf.pages).replace(" ", "")
    assert "无人接听" in words
    assert "只说忙" not in words


def test_a_reminder_that_never_went_out_is_not_cited(asked: Desk) -> None:
    draft_chasers(asked, on(3), at=at(3), unit="深圳科创局")
    (letter,), act = draft_chasers(asked, on(7), at=at(7), unit="深圳科创局")
    assert letter.follows == "0001"
    assert act.remarks[-1:] == ("上一步的催办函0002还没有发出，不再需要的请作废（letter void）",)


def test_it_may_go_to_the_body_over_the_unit(asked: Desk) -> None:
    (letter,), _ = draft_chasers(asked, on(7), at=at(7), unit="深圳科创局", to="sheng-fgw")
    assert (letter.kind, letter.unit, letter.about) == (LetterKind.ESCALATE, "sheng-fgw", "sz-kcj")
    go_out(asked, letter.id, at(7, 10))
    assert called(chase_day(asked, on(8))) == {"sz-kcj": "call", "gz-kjj": "escalate"}


def test_tasks_of_a_unit_share_a_letter_that_says_since_when(asked: Desk) -> None:
    (letter,), _ = draft_chasers(asked, date(2019, 12, 3), at=at(0), unit="广州科技局")
    assert (letter.follows, letter.reason) == ("", "有关供稿任务于2019年11月30日到期")
    assert [item.section for item in letter.items] == [PINGTAI]


def played(desk: Desk) -> None:
    """3月18日 from the first call to the last."""
    call(desk, "深圳科创局", result=Result.CLAIMED)
    check_in(
        desk,
        "广州科技局",
        Told(node=PINGTAI, state=TaskState.DRAFTING, expected=on(1)),
        day=T,
        today=T,
    )
    close_day(desk, T, at=at(0, 18))


def test_the_page_of_a_day_agrees_with_the_board(asked: Desk) -> None:
    played(asked)
    told = make_digest(asked, T, today=T).daily
    board = overview(asked, T).volume
    assert (told.totals.due, told.totals.arrived) == (board.supply.total, board.supply.done)
    assert told.number == 1
    assert (told.asked, told.covered, told.calls, told.checkins) == (2, 2, 1, 1)
    assert (told.letters.sent, told.letters.answered, told.letters.overdue) == (1, 0, 0)
    late_sections = sum(bool(row.due and row.due < T) for c in board.rows for row in c.rows)
    assert told.totals.overdue == board.overdue - late_sections
    assert [each.unit for each in told.mismatches] == ["sz-kcj"]


def test_it_tells_what_changed_since_the_page_before(asked: Desk) -> None:
    played(asked)
    path = asked.root / f"volumes/xiao-2019/chapters/{PINGTAI}.yaml"
    text = path.read_text("utf-8")
    issued = "  - {at: 2019-10-08T09:00:00+08:00, by: fangmin, to: issued}\nhistory:"
    came = "  - {at: 2020-03-20T09:00:00+08:00, by: fangmin, to: submitted}\n"
    assert issued in text
    path.write_text(
        text.replace(issued, issued.removesuffix("history:") + came + "history:"), "utf-8"
    )
    told = make_digest(asked, on(3), today=on(3)).daily
    assert (told.since, told.before.arrived, told.totals.arrived) == (T, 2, 3)
    assert [(each.section, each.to) for each in told.moved] == [(PINGTAI, TaskState.SUBMITTED)]


PRIVATE = re.compile(r"\d{3,4}-\d{4}-?\d{4}|@|陈甲|1[3-9]\d{9}")


def words_of(files: tuple[Path, ...]) -> str:
    pdf, docx = files
    with pdfplumber.open(pdf) as pages:
        assert len(pages.pages) == 1
        words = pages.pages[0].extract_text().replace(" ", "")
    with zipfile.ZipFile(io.BytesIO(docx.read_bytes())) as archive:
        parts = "".join(archive.read(name).decode() for name in archive.namelist())
    return f"{words}\n{re.sub('<[^>]+>', '', parts)}"


@pytest.mark.parametrize("named", [False, True])
def test_no_number_no_address_and_no_name_of_a_contact_is_on_the_page(
    asked: Desk, *, named: bool
) -> None:
    name_laggards(asked, named=named)
    call(asked, "深圳科创局", 0, note="陈甲答应")
    call(asked, "广州科技局", 0, answered=False, note="陈甲不在")
    close_day(asked, T, at=at(0, 18))
    words = words_of(make_digest(asked, T, today=T).files)
    assert "第1期" in words
    assert not PRIVATE.search(words)


def name_laggards(desk: Desk, *, named: bool) -> None:
    rules = desk.root / "styles/chasing.yaml"
    text = rules.read_text("utf-8")
    yes = text.replace("name_laggards: false", f"name_laggards: {str(named).lower()}")
    rules.write_text(yes, "utf-8")


def test_the_late_are_named_only_where_the_rules_say_so(asked: Desk) -> None:
    assert "广州科技局" not in words_of(make_digest(asked, T, today=T).files)
    name_laggards(asked, named=True)
    assert "广州科技局" in words_of(make_digest(asked, T, today=T).files)


def test_the_same_day_gives_the_same_bytes(asked: Desk, tmp_path: Path) -> None:
    played(asked)
    twice = [make_digest(asked, T, today=T, out=tmp_path / each).files for each in "ab"]
    assert [[path.read_bytes() for path in files] for files in twice[:1]] == [
        [path.read_bytes() for path in files] for files in twice[1:]
    ]


def test_two_days_under_one_number_are_told_of(asked: Desk) -> None:
    for days in (1, 2):
        all_called(asked, days)
        close_day(asked, on(days), at=at(2))
    path = asked.root / LOGS / "2020-03-20.yaml"
    path.write_text(path.read_text("utf-8").replace("number: 2", "number: 1"), "utf-8")
    (problem,) = verify(open_desk(asked.root)).problems
    assert (problem.file, problem.message[:13]) == (f"{LOGS}/2020-03-20.yaml", "第1期与2020-03-1")


def test_a_request_chased_by_two_letters_is_late_once(asked: Desk) -> None:
    draft_chasers(asked, on(3), at=at(3))
    go_out(asked, "2", at(3))
    board = overview(asked, on(10)).volume
    units = register(asked, on(10), Wanted(overdue=True))
    assert (_letters_late(asked, board.overdue), units[0].letters_late) == (1, 1)


def _letters_late(desk: Desk, overdue: int) -> int:
    """What an answer takes off the number."""
    register_reply(desk, "2", at=at(10), on=on(10), channel="电话")
    return overdue - overview(desk, on(10)).volume.overdue


def test_closing_a_letter_closes_its_reminders(asked: Desk) -> None:
    draft_chasers(asked, on(3), at=at(3))
    go_out(asked, "2", at(3))
    register_reply(asked, "2", at=at(4), on=on(4), channel="电话")
    close_letter(asked, "1", at=at(5))
    assert {letter_state(each) for each in letters(asked)[:2]} == {LetterState.CLOSED}


def test_a_workspace_without_rules_goes_by_the_plain_ladder(asked: Desk) -> None:
    shipped = load_chasing(asked.workspace.files)
    (asked.root / "styles/chasing.yaml").unlink()
    assert load_chasing(open_desk(asked.root).workspace.files) == shipped


def test_logs_and_rules_are_part_of_what_is_verified(asked: Desk) -> None:
    call(asked, "深圳科创局")
    assert verify(asked).problems == ()
    (asked.root / "styles/chasing.yaml").write_text("ladder: []\n", "utf-8")
    (asked.root / LOGS / "2020-03-18.yaml").write_text("callbacks: 1\n", "utf-8")
    found = {each.file for each in verify(open_desk(asked.root)).problems}
    assert found == {"styles/chasing.yaml", f"{LOGS}/2020-03-18.yaml"}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("2020-03-18.yaml", "callbacks:\n- {date: 2020-03-17, unit: sz-kcj}\n", "不能写2020-03-17"),
        ("3月18日.yaml", "schema: 1\n", "文件名应是日期"),
        ("2020-03-18.yaml", "callbacks:\n- {date: 2020-03-18, unit: sz-kcj, phone: 1}\n", "phone"),
    ],
)
def test_a_log_that_is_not_sound_is_told_of(asked: Desk, name: str, text: str, told: str) -> None:
    folder = asked.root / LOGS
    folder.mkdir()
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(BadData) as bad:
        chase_day(asked, T)
    assert told in str(bad.value.problems[0])


def test_nobody_was_both_reached_and_not(asked: Desk, editorial: Callable[..., Any]) -> None:
    said = editorial("chase", "log", "深圳科创局", "--answered", "--no-answer", folder=asked.root)
    assert (said.code, "--answered 和 --no-answer 只能写一个" in said.err) == (2, True)
    assert not (asked.root / LOGS).exists()


def test_everything_by_command(asked: Desk, editorial: Callable[..., Any]) -> None:
    day = ("--day", T.isoformat())
    listed = json.loads(editorial("chase", "list", *day, "--json").out)
    assert [(each["unit"], each["move"]) for each in listed["units"]] == [
        ("sz-kcj", "call"),
        ("gz-kjj", "escalate"),
    ]
    assert "0755-0000-0001" in editorial("chase", "list", *day).out
    assert editorial("chase", "close", *day).code == 2
    assert editorial("chase", "status", *day).code == 1
    assert (
        editorial("chase", "log", "深圳科创局", "--result", "申请延期", "--until", "+5", *day).code
        == 0
    )
    told = ("chase", "checkin", "广州科技局", PINGTAI, "--state", "撰写中", "--expected", "+2")
    assert editorial(*told, *day).code == 0
    status = json.loads(editorial("chase", "status", *day, "--json").out)
    assert (status["due"], status["covered"], status["holes"]) == (2, 2, [])
    assert editorial("chase", "close", *day).code == 0
    digest = json.loads(editorial("chase", "digest", *day, "--json").out)
    board = json.loads(editorial("status", "--json").out)
    assert digest["totals"]["due"] == board["supply"]["total"]
    assert digest["totals"]["arrived"] == board["supply"]["done"]
    assert [Path(each).suffix for each in digest["files"]] == [".pdf", ".docx"]
    drafted = json.loads(editorial("chase", "letter", "--day", on(7).isoformat(), "--json").out)
    assert [each["unit"] for each in drafted["letters"]] == ["sz-kcj", "gz-kjj"]
    assert len(letters(asked)) == 3


def test_a_later_day_granted_shifts_letters_and_tasks_alike(asked: Desk, git: Git) -> None:
    extend(asked, "深圳科创局", on(9), today=T)
    extend(asked, "广州科技局", on(9), today=T, only=(PINGTAI,), note="电话申请")
    assert find_letter(asked, "1").extended == on(9)
    assert called(chase_day(asked, on(1))) == {}
    assert called(chase_day(asked, on(9))) == {"sz-kcj": "call", "gz-kjj": "call"}
    assert "  extended: 2020-03-27\n" in git("show", "--format=")
    undo(asked, at=at(0))
    assert called(chase_day(asked, on(1))) == {"gz-kjj": "escalate"}


def test_what_is_due_later_anyway_or_not_owed_is_not_extended(asked: Desk) -> None:
    with pytest.raises(EditorialError, match="没有早于2020年3月18日到期"):
        extend(asked, "深圳科创局", T, today=T)
    with pytest.raises(EditorialError, match="不是深圳科创局未了的事项"):
        extend(asked, "深圳科创局", on(9), today=T, only=("0007",))
    with pytest.raises(EditorialError, match="没有未了"):
        extend(asked, "省发改", on(9), today=T)


def test_the_day_after_is_the_next_one_worked(asked: Desk) -> None:
    rules = asked.root / "styles/chasing.yaml"
    rules.write_text(rules.read_text("utf-8").replace("rest: []", "rest: [六, 日]"), "utf-8")
    words = words_of(make_digest(asked, on(2), today=on(2)).files)
    assert "3月23日联系" in words
    assert called(chase_day(asked, on(3))) == {}


def test_a_crowded_day_still_makes_one_page(sample: Path, tmp_path: Path) -> None:
    day = date(2020, 6, 1)
    made = make_digest(open_desk(sample), day, today=day, out=tmp_path)
    assert len(made.daily.late_units) > 10
    assert "示例" in words_of(made.files)
