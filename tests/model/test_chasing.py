"""催报: the ladder day by day, and what stops, shifts or postpones it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from editorial.desk.office import loaded, open_desk
from editorial.model.chasing import (
    Callback,
    Chasing,
    CheckIn,
    DayLog,
    Move,
    Result,
    Rung,
    chasing_faults,
)
from editorial.model.contradictions import mismatches
from editorial.model.due import due, paused
from editorial.model.labels import Answer, LetterKind, LetterState, TaskState
from editorial.model.letters import Happening, Letter, LetterItem, Reply
from editorial.model.people import Pause
from editorial.model.volume import Step, Task, Volume
from tests.desk.moments import BEIJING

T = date(2020, 3, 18)
PINGTAI = "01-keji/02-pingtai"
RULES = Chasing()


def at(days: int) -> datetime:
    return datetime.combine(T + timedelta(days=days), time(9), BEIJING)


def on(days: int) -> date:
    return T + timedelta(days=days)


def step(days: int, to: LetterState) -> Step:
    return Step(at=at(days), by="linqing", to=to.value)


LETTER = Letter(
    id="0001",
    kind=LetterKind.REVISE,
    unit="sz-kcj",
    title="关于商请修改补充《小年鉴2019》有关内容的函",
    items=(LetterItem(section=PINGTAI, request="请补充2018年数据"),),
    due=T,
    contact="linqing",
    number="示志函〔2020〕1号",
    history=(step(-14, LetterState.DRAFT), step(-14, LetterState.SENT)),
)


def second(days: int, *, sent: int | None = None, last: bool = False) -> Letter:
    """A 催办函 drafted `days` after the day due."""
    went = () if sent is None else (step(sent, LetterState.SENT),)
    account = (Happening(on=T, way="电话", words="已催"),) if last else ()
    return replace(
        LETTER,
        id="0003" if last else "0002",
        kind=LetterKind.CHASE,
        follows="0002" if last else "0001",
        due=on(days + 3),
        account=account,
        history=(step(days, LetterState.DRAFT), *went),
    )


def call(days: int, *, unit: str = "sz-kcj", **more: Any) -> DayLog:
    entry = replace(Callback(date=on(days), unit=unit), **more)
    return DayLog(day=on(days), callbacks=(entry,))


@pytest.fixture(scope="module")
def volume(_template: Path) -> Volume:
    """The small book. Only read: everybody shares it."""
    return loaded(open_desk(_template)).volume


def move(
    volume: Volume,
    days: int,
    *logs: DayLog,
    letters: tuple[Letter, ...] = (LETTER,),
    rules: Chasing = RULES,
) -> str:
    """What is to be done with the unit of the letter that day."""
    found = [each for each in due(volume, letters, logs, rules, on(days)) if asks(each.unit.id)]
    return found[0].move.value if found else ""


def asks(unit: str) -> bool:
    return unit == "sz-kcj"


LADDER_UNTOUCHED = {
    -8: "",
    -7: "remind",
    -6: "remind",
    -5: "remind",
    -4: "remind",
    -3: "remind",
    -2: "remind",
    -1: "call",
    0: "call",
    1: "call",
    2: "call",
    3: "letter",
    4: "letter",
    5: "letter",
    6: "letter",
    7: "escalate",
    8: "escalate",
}


@pytest.mark.parametrize(("days", "wanted"), LADDER_UNTOUCHED.items())
def test_a_step_stands_until_it_is_taken(volume: Volume, days: int, wanted: str) -> None:
    assert move(volume, days) == wanted


def test_taken_day_by_day_the_ladder_rests_before_the_day_due_and_never_after(
    volume: Volume,
) -> None:
    logs: list[DayLog] = []
    letters = [LETTER]
    seen = []
    for days in range(-8, 9):
        asked = move(volume, days, *logs, letters=tuple(letters))
        seen.append(asked)
        if asked == "letter":
            letters.append(second(days, sent=days))
        if asked == "escalate":
            letters.append(second(days, sent=days, last=True))
        if asked:
            logs.append(call(days, step=Move.REMIND if asked == "remind" else Move.CALL))
    assert seen == [
        *("", "remind", "", "", "", "", "", "call", "call", "call", "call"),
        *("letter", "call", "call", "call", "escalate", "call"),
    ]


def test_without_daily_calls_only_the_steps_are_left(volume: Volume) -> None:
    rules = replace(RULES, daily_from=None)
    logs = [call(0)]
    assert [move(volume, days, *logs, rules=rules) for days in (0, 1, 2, 3)] == [
        "call",
        "",
        "",
        "letter",
    ]


def test_a_call_nobody_answers_is_made_again_a_reminder_is_not(volume: Volume) -> None:
    missed: dict[str, Any] = {"answered": False, "result": Result.NOT_REACHED}
    rules = replace(RULES, daily_from=None)
    assert move(volume, -6, call(-7, step=Move.REMIND, **missed)) == ""
    assert move(volume, 1, call(0, **missed), rules=rules) == "call"


def test_a_contact_of_the_day_covers_the_unit_and_does_not_strike_it_off(volume: Volume) -> None:
    before = due(volume, (LETTER,), (), RULES, T)
    after = due(volume, (LETTER,), (call(0),), RULES, T)
    ours = [next(each for each in found if asks(each.unit.id)) for found in (before, after)]
    assert [(each.move, each.covered) for each in ours] == [(Move.CALL, False), (Move.CALL, True)]


def test_a_day_agreed_is_waited_for_and_then_kept(volume: Volume) -> None:
    agreed = call(0, next_call=on(2))
    assert [move(volume, days, agreed) for days in (1, 2)] == ["", "call"]


def test_a_day_agreed_and_let_pass_is_called_for_until_somebody_calls(volume: Volume) -> None:
    rules = replace(RULES, daily_from=None)
    agreed = call(-1, next_call=on(1))
    assert move(volume, 2, agreed, rules=rules) == "call"
    assert move(volume, 2, agreed, call(1), rules=rules) == ""


def test_a_day_agreed_before_the_ladder_begins_is_not_lost(volume: Volume) -> None:
    assert move(volume, -10, call(-12, next_call=on(-10))) == "call"


def test_a_day_agreed_does_not_hold_back_the_letter(volume: Volume) -> None:
    assert move(volume, 3, call(2, next_call=on(10))) == "letter"


def test_a_letter_drafted_is_asked_for_until_it_has_gone_out(volume: Volume) -> None:
    drafted, sent = (LETTER, second(3)), (LETTER, second(3, sent=4))
    assert move(volume, 4, letters=drafted) == "letter"
    assert move(volume, 5, call(4), letters=sent) == "call"


def test_a_void_letter_counts_for_nothing(volume: Volume) -> None:
    void = replace(second(3), history=(*second(3).history, step(3, LetterState.VOID)))
    found = due(volume, (LETTER, void), (), RULES, on(4))
    assert [claim.letter for each in found if asks(each.unit.id) for claim in each.claims] == [None]


def test_the_leader_s_call_takes_the_last_step(volume: Volume) -> None:
    assert move(volume, 8, call(7)) == "escalate"
    assert move(volume, 8, call(7, step=Move.ESCALATE)) == "call"


def test_an_answer_stops_the_ladder_even_one_to_the_second_letter(volume: Volume) -> None:
    reply = Reply(date=on(4), channel="纸件")
    answered = replace(LETTER, reply=reply, history=(*LETTER.history, step(4, LetterState.REPLIED)))
    chased = second(3, sent=3)
    late = replace(chased, reply=reply, history=(*chased.history, step(4, LetterState.REPLIED)))
    assert [move(volume, 5, letters=each) for each in ((answered,), (LETTER, late))] == ["", ""]
    assert move(volume, 3, letters=(answered,)) == "letter"


def test_a_promise_does_not_stop_it(volume: Volume) -> None:
    promised = replace(LETTER, reply=Reply(date=on(-3), channel="邮件", answer=Answer.ON_TIME))
    assert move(volume, 0, letters=(promised,)) == "call"


def test_a_later_day_granted_shifts_the_whole_ladder(volume: Volume) -> None:
    extended = replace(LETTER, extended=on(10))
    days = (0, 3, 9, 10, 13, 17)
    wanted = ["", "remind", "call", "call", "letter", "escalate"]
    assert [move(volume, day, letters=(extended,)) for day in days] == wanted


def test_a_letter_from_before_the_later_day_is_not_that_step_s(volume: Volume) -> None:
    extended = (replace(LETTER, extended=on(10)), second(3, sent=3))
    assert move(volume, 13, call(10), letters=extended) == "letter"


def test_a_paused_unit_is_left_in_peace_up_to_that_day(volume: Volume) -> None:
    pause = Pause(until=on(2), reason="机构改革")
    units = tuple(replace(u, pause=pause) if asks(u.id) else u for u in volume.units)
    held = replace(volume, units=units)
    assert [move(held, days) for days in (0, 2, 3)] == ["", "", "letter"]
    assert [each.pause for each in paused(held, (LETTER,), T)] == [pause]


def test_a_unit_of_the_office_itself_is_never_chased(volume: Volume) -> None:
    own = replace(volume, units=tuple(replace(u, own=True) for u in volume.units))
    assert due(own, (LETTER,), (), RULES, on(5)) == ()


def test_steps_on_days_off_are_moved_to_work_days(volume: Volume) -> None:
    rules = replace(RULES, rest=("六", "日"), daily_from=None)
    assert on(3).weekday() == 5
    assert [move(volume, days, call(0), rules=rules) for days in (3, 4, 5)] == ["", "", "letter"]
    worked = replace(rules, workdays=(on(3),))
    assert move(volume, 3, call(0), rules=worked) == "letter"


def test_a_call_for_a_day_off_is_made_before_it(volume: Volume) -> None:
    rules = replace(RULES, holidays=(on(-1), T))
    logs = (call(-7, step=Move.REMIND),)
    assert [move(volume, days, *logs, rules=rules) for days in (-3, -2, -1)] == ["", "call", ""]


def test_a_task_is_chased_like_a_letter(volume: Volume) -> None:
    found = due(volume, (), (), RULES, date(2019, 11, 29))
    assert [(each.unit.id, each.move.value) for each in found] == [("gz-kjj", "call")]
    assert found[0].claims[0].matter.id == PINGTAI


@pytest.mark.parametrize("state", ["submitted", "accepted", "waived"])
def test_a_task_come_in_is_not_chased(volume: Volume, state: str) -> None:
    came = Step(at=datetime(2019, 11, 28, 9, tzinfo=BEIJING), by="fangmin", to=state)
    assert due(with_step(volume, came), (), (), RULES, date(2019, 11, 29)) == ()


def with_step(volume: Volume, last: Step) -> Volume:
    """The task of 广州科技局 one step further."""
    chapters = tuple(
        replace(
            chapter,
            groups=tuple(
                (
                    title,
                    tuple(replace(s, tasks=tuple(further(t, last) for t in s.tasks)) for s in g),
                )
                for title, g in chapter.groups
            ),
        )
        for chapter in volume.chapters
    )
    return replace(volume, chapters=chapters)


def further(task: Task, last: Step) -> Task:
    return replace(task, history=(*task.history, last)) if task.unit == "gz-kjj" else task


def test_a_letter_that_chases_a_task_is_not_chased_itself(volume: Volume) -> None:
    chaser = replace(second(0, sent=0), id="0009", unit="gz-kjj", follows="")
    found = due(volume, (chaser,), (), RULES, on(8))
    assert [claim.matter.source for each in found for claim in each.claims] == ["task"]


def test_what_the_unit_says_and_the_register_does_not_is_a_mismatch(volume: Volume) -> None:
    said = CheckIn(date=T, unit="gz-kjj", task=PINGTAI, state=TaskState.SUBMITTED)
    odd = mismatches(volume, (), (DayLog(day=T, checkins=(said,)),), T)
    assert [(each.unit, each.place) for each in odd] == [("gz-kjj", "创新平台")]
    assert "称已报送，登记为已下达" in odd[0].words


def test_a_promised_day_gone_by_is_a_mismatch_from_the_next_day_on(volume: Volume) -> None:
    said = CheckIn(
        date=T, unit="gz-kjj", task=PINGTAI, state=TaskState.DRAFTING, expected_date=on(2)
    )
    log = DayLog(day=T, checkins=(said,))
    assert [len(mismatches(volume, (), (log,), on(days))) for days in (2, 3)] == [0, 1]


def test_a_letter_answered_whose_task_has_not_come_is_a_mismatch(volume: Volume) -> None:
    reply = Reply(date=T, channel="纸件")
    answered = replace(
        LETTER,
        unit="gz-kjj",
        reply=reply,
        history=(*LETTER.history, step(0, LetterState.REPLIED)),
    )
    words = [each.words for each in mismatches(volume, (answered,), (), T)]
    assert words == ["示志函〔2020〕1号已回函，稿件登记为已下达"]


def test_said_on_the_phone_to_be_sent_it_is_a_mismatch_until_it_comes(volume: Volume) -> None:
    log = call(0, result=Result.CLAIMED)
    odd = mismatches(volume, (LETTER,), (log,), T)
    assert [each.words for each in odd] == ["单位3月18日电话称已报送，登记没有"]
    reply = Reply(date=T, channel="邮件")
    came = replace(LETTER, reply=reply, history=(*LETTER.history, step(0, LetterState.REPLIED)))
    assert mismatches(volume, (came,), (log,), T) == ()


@pytest.mark.parametrize(
    ("rules", "key"),
    [
        (Chasing(ladder=()), ("ladder",)),
        (Chasing(ladder=(Rung(days=1, move=Move.CALL),) * 2), ("ladder", 1, "days")),
        (Chasing(ladder=(Rung(days=999, move=Move.CALL),)), ("ladder", 0, "days")),
        (Chasing(rest=("周六",)), ("rest", 0)),
        (Chasing(rest=tuple("一二三四五六日")), ("rest",)),
        (Chasing(answer_within=0), ("answer_within",)),
    ],
)
def test_rules_that_cannot_be_followed_are_faults(rules: Chasing, key: tuple[str, ...]) -> None:
    assert [path for path, _ in chasing_faults(rules)] == [key]
