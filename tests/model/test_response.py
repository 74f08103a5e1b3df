"""回函统计: what was answered, in time or late, by unit and by city."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from editorial.model.labels import Answer, LetterKind, TaskState
from editorial.model.letters import Letter, Reply
from editorial.model.people import Unit
from editorial.model.response import Response, by_city, by_unit, exchanges, response, supply
from editorial.model.volume import Section, Step, Task

DUE, DAY = date(2020, 3, 10), date(2020, 3, 20)
UNITS = (
    Unit(id="sz", name="深圳甲局", city="深圳"),
    Unit(id="gz", name="广州甲局", city="广州"),
    Unit(id="gz2", name="广州乙局", city="广州"),
    Unit(id="x", name="某院"),
)


def step(to: str, month: int, day: int) -> Step:
    return Step(at=datetime.combine(date(2020, month, day), time(9), UTC), by="a", to=to)


def letter(
    id_: str, unit: str = "sz", *, sent: int | None = 1, came: int = 0, **more: Any
) -> Letter:
    """Sent on a day of March 2020, answered on another of the same month."""
    history = [step("draft", 2, 28), *([step("sent", 3, sent)] if sent else [])]
    if came:
        history.append(step("replied", 3, min(came + 1, 31)))  # registered the day after
        more["reply"] = Reply(date=date(2020, 3, came), channel="邮件")
    more.setdefault("history", tuple(history))
    return Letter(
        id=id_, kind=LetterKind.REVISE, unit=unit, title="函", contact="a", **({"due": DUE} | more)
    )


def test_every_request_is_in_time_or_late_or_unanswered() -> None:
    letters = (letter("1", came=5), letter("2", came=10), letter("3", came=14), letter("4"))
    counts = response(exchanges(letters, DAY), DAY)
    assert (counts.sent, counts.in_time, counts.late, counts.unanswered) == (4, 2, 1, 1)
    assert (counts.overdue, counts.days) == (1, 9)


@pytest.mark.parametrize(
    ("came", "median"), [((), None), ((5,), 4), ((5, 8), 5.5), ((3, 9, 31), 8)]
)
def test_the_median_of_days_to_the_answer(came: tuple[int, ...], median: float | None) -> None:
    letters = tuple(letter(str(day), came=day) for day in came)
    assert response(exchanges(letters, date(2020, 4, 1)), DAY).days == median


def test_a_letter_not_yet_out_is_no_request() -> None:
    assert exchanges((letter("1", sent=None), letter("2", sent=21)), DAY) == ()


def test_a_day_granted_later_is_the_day_that_counts() -> None:
    (found,) = exchanges((letter("1", came=15, extended=date(2020, 3, 15)),), DAY)
    assert (found.due, found.in_time) == (date(2020, 3, 15), True)


def test_what_came_after_the_day_had_not_come_on_it() -> None:
    letters = (letter("1", came=14),)
    assert response(exchanges(letters, date(2020, 3, 12)), date(2020, 3, 12)).overdue == 1
    assert response(exchanges(letters, date(2020, 3, 14)), date(2020, 3, 14)).late == 1


def test_a_promise_before_the_answer_does_not_shorten_the_days() -> None:
    promise = Reply(date=date(2020, 3, 2), channel="电话", answer=Answer.ON_TIME)
    (found,) = exchanges((letter("1", came=12, earlier=(promise,)),), DAY)
    assert found.days == 11


def test_a_letter_answered_through_its_reminder_counts_that_answer() -> None:
    promise = Reply(date=date(2020, 3, 2), channel="电话", answer=Answer.ON_TIME)
    with_it = (step("sent", 3, 1), step("replied", 3, 15))
    first = letter("1", history=with_it, reply=promise)
    (found,) = exchanges((first, letter("2", sent=12, came=14, follows="1")), DAY)
    assert found.days == 13


def test_a_promise_is_no_answer() -> None:
    promised = letter(
        "1", reply=Reply(date=date(2020, 3, 2), channel="电话", answer=Answer.ON_TIME)
    )
    (found,) = exchanges((promised,), DAY)
    assert (found.answered, found.open) == (None, True)


def test_a_reminder_belongs_to_the_request_and_its_answer_answers_it() -> None:
    first, second = letter("1"), letter("2", sent=12, came=15, follows="1")
    (found,) = exchanges((first, second), DAY)
    assert (found.letter, found.reminders, found.days) == (first, (second,), 14)
    assert response((found,), DAY).reminders == 1


def test_letters_that_follow_each_other_do_not_go_round_for_ever() -> None:
    found = exchanges((letter("1", follows="2"), letter("2", follows="1")), DAY)
    assert sum(1 + len(each.reminders) for each in found) == 2


def test_a_letter_about_another_to_another_unit_is_a_request_of_its_own() -> None:
    found = exchanges((letter("1"), letter("2", "gz", sent=12, follows="1")), DAY)
    assert [each.letter.id for each in found] == ["1", "2"]


def test_what_went_past_a_late_unit_waits_no_longer_than_it() -> None:
    late, over = letter("1", came=14), letter("2", "gz", sent=12, follows="1")
    found = exchanges((late, replace(over, kind=LetterKind.ESCALATE)), DAY)
    assert [each.open for each in found] == [False, False]


def test_a_letter_to_who_is_to_move_a_late_unit_asks_for_no_answer() -> None:
    over = replace(letter("2", "gz", sent=12, follows="1"), kind=LetterKind.ESCALATE)
    (_, found) = exchanges((letter("1"), over), DAY)
    assert (found.asked, response((found,), DAY)) == (False, Response())


def test_an_answer_after_one_taken_back_counts_from_itself() -> None:
    back = (step("sent", 3, 1), step("replied", 3, 5), step("sent", 3, 6), step("replied", 3, 16))
    reply = Reply(date=date(2020, 3, 15), channel="邮件")
    (found,) = exchanges((letter("1", history=back, reply=reply),), DAY)
    assert found.answered == date(2020, 3, 15)


def test_one_closed_without_an_answer_is_unanswered_but_not_overdue() -> None:
    closed = letter("1", history=(step("sent", 3, 1), step("closed", 3, 12)))
    counts = response(exchanges((closed,), DAY), DAY)
    assert (counts.unanswered, counts.overdue) == (1, 0)


def test_an_answer_taken_back_is_none() -> None:
    back = (step("sent", 3, 1), step("replied", 3, 5), step("sent", 3, 6))
    (found,) = exchanges((letter("1", history=back),), DAY)
    assert (found.sent, found.answered, found.open) == (date(2020, 3, 1), None, True)


def test_the_first_answer_is_the_one_that_counts() -> None:
    twice = (step("sent", 3, 1), step("replied", 3, 6), step("replied", 3, 16))
    reply = Reply(date=date(2020, 3, 15), channel="邮件")
    (found,) = exchanges((letter("1", history=twice, reply=reply),), DAY)
    assert found.answered == date(2020, 3, 6)


LETTERS = (letter("1", "gz", came=5), letter("2", "x"), letter("3", came=12), letter("4", "gz2"))


def test_units_stand_in_their_own_order() -> None:
    found = by_unit(LETTERS, UNITS, DAY)
    assert [(u.id, r.sent, r.answered) for u, r in found] == [
        ("sz", 1, 1),
        ("gz", 1, 1),
        ("gz2", 1, 0),
        ("x", 1, 0),
    ]


def test_cities_stand_in_the_order_of_the_book_and_none_comes_last() -> None:
    found = by_city(LETTERS, UNITS, ("广州", "深圳"), DAY)
    assert [(city, r.sent, r.answered) for city, r in found] == [
        ("广州", 2, 1),
        ("深圳", 1, 1),
        ("", 1, 0),
    ]


def test_tasks_are_counted_by_state() -> None:
    late = Task(unit="sz", due=DUE, history=(step("issued", 3, 1),))
    done = Task(unit="sz", due=DUE, history=(step("accepted", 3, 5),))
    later = Task(unit="sz", due=DUE, extended=DAY, history=(step("issued", 3, 1),))
    other = Task(unit="gz", due=DUE)
    section = Section(title="节", tasks=(late, done, later, other))
    found = supply((section,), "sz", DAY)
    assert found.states == ((TaskState.ISSUED, 2), (TaskState.ACCEPTED, 1))
    assert (found.total, found.arrived, found.overdue) == (3, 1, 1)
