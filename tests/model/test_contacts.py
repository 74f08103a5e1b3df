"""Units, their names and their contacts over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from editorial.errors import EditorialError
from editorial.model.contacts import changes, confirm, is_confirmed, succeed, year_before
from editorial.model.people import (
    Contact,
    FormerName,
    Pause,
    Unit,
    contact_on,
    find_unit,
    paused_on,
    unit_on,
)

OLD = Contact(
    name="陈甲", phone="0755-1", mail="a@example.invalid", post="科员", since=date(2018, 1, 1)
)
NAMES = (
    FormerName(name="市科技委员会", short="科委", until=date(2010, 6, 30)),
    FormerName(
        name="市科技创新委员会",
        short="科创委",
        honorific="贵委",
        since=date(2010, 7, 1),
        until=date(2019, 2, 28),
    ),
)
UNIT = Unit(
    id="kcj",
    name="市科技创新局",
    short="科创局",
    honorific="贵局",
    names=NAMES,
    contacts=(OLD,),
)
OTHER = Unit(id="gxj", name="市工业和信息化局")
DAY = date(2020, 3, 5)


@pytest.mark.parametrize(
    ("day", "name", "honorific"),
    [
        (date(2010, 6, 30), "市科技委员会", "贵局"),
        (date(2010, 7, 1), "市科技创新委员会", "贵委"),
        (date(2019, 2, 28), "市科技创新委员会", "贵委"),
        (date(2019, 3, 1), "市科技创新局", "贵局"),
        (None, "市科技创新局", "贵局"),
    ],
)
def test_a_unit_is_called_as_it_was_that_day(day: date | None, name: str, honorific: str) -> None:
    called = unit_on(UNIT, day)
    assert (called.name, called.honorific, called.id) == (name, honorific, "kcj")


@pytest.mark.parametrize("name", ["科创委", "市科技创新委员会", "科技委员"])
def test_a_unit_is_found_by_a_name_it_once_had(name: str) -> None:
    assert find_unit((UNIT, OTHER), name) is UNIT


def test_a_name_of_today_goes_before_the_same_name_of_another_once() -> None:
    heir = Unit(id="heir", name="市科技委员会")
    assert find_unit((UNIT, heir), "市科技委员会") is heir


def test_chasing_pauses_up_to_and_with_the_day() -> None:
    paused = replace(UNIT, pause=Pause(until=DAY, reason="机构改革"))
    assert paused_on(paused, DAY) is paused.pause
    assert paused_on(paused, date(2020, 3, 6)) is None


def test_a_new_contact_ends_the_one_before_the_day_before() -> None:
    unit = succeed(UNIT, Contact(name="李乙", phone="0755-2"), DAY)
    old, new = unit.contacts
    assert (old.name, old.until, old.phone) == ("陈甲", date(2020, 3, 4), "0755-1")
    assert (new.name, new.since, new.until, new.mail) == ("李乙", DAY, None, "")
    assert (contact_on(unit, date(2020, 3, 4)), contact_on(unit, DAY)) == (old, new)


@pytest.mark.parametrize("name", ["", "陈甲"])
def test_of_the_same_person_what_is_not_told_again_stays(name: str) -> None:
    old, new = succeed(UNIT, Contact(name=name, phone="0755-3"), DAY).contacts
    assert (old.phone, new.name, new.phone, new.mail) == (
        "0755-1",
        "陈甲",
        "0755-3",
        "a@example.invalid",
    )


def test_what_is_told_in_two_parts_on_one_day_is_one_contact() -> None:
    unit = succeed(UNIT, Contact(name="李乙", phone="0755-2"), DAY)
    _, new = succeed(unit, Contact(name="", mail="b@example.invalid"), DAY).contacts
    assert (new.name, new.phone, new.mail) == ("李乙", "0755-2", "b@example.invalid")


@pytest.mark.parametrize(
    ("told", "day", "words"),
    [
        (Contact(name="陈甲", phone="0755-1"), DAY, "本来就是这样"),
        (Contact(name="李乙"), date(2018, 1, 1), "已登记有2018年1月1日起的联络员"),
        (Contact(name="李乙"), date(2017, 1, 1), "已登记有2018年1月1日起的联络员"),
    ],
)
def test_a_contact_that_changes_nothing_or_comes_too_early_is_refused(
    told: Contact, day: date, words: str
) -> None:
    with pytest.raises(EditorialError, match=words):
        succeed(UNIT, told, day)


def test_a_unit_without_a_contact_needs_a_name() -> None:
    with pytest.raises(EditorialError, match="请写姓名"):
        succeed(OTHER, Contact(name="", phone="1"), DAY)
    assert succeed(OTHER, Contact(name="丙"), DAY).contacts[0].since == DAY


def test_changes_are_told_by_their_labels() -> None:
    assert changes(UNIT, Contact(name="李乙", phone="0755-1", post="处长"), DAY) == ("姓名", "职务")


@pytest.mark.parametrize(
    ("confirmed", "day", "holds"),
    [
        (None, date(2018, 12, 31), True),
        (None, date(2019, 1, 1), False),
        (date(2019, 6, 1), date(2020, 5, 31), True),
        (date(2019, 6, 1), date(2020, 6, 1), False),
    ],
)
def test_a_contact_holds_for_a_year(confirmed: date | None, day: date, holds: bool) -> None:
    unit = replace(UNIT, contacts=(replace(OLD, confirmed=confirmed),))
    assert is_confirmed(unit, day) is holds


def test_a_unit_without_a_contact_is_not_confirmed() -> None:
    assert not is_confirmed(OTHER, DAY)
    with pytest.raises(EditorialError, match="没有联络员"):
        confirm(OTHER, DAY)


def test_a_year_before_the_29th_of_february_is_the_28th() -> None:
    assert year_before(date(2020, 2, 29)) == date(2019, 2, 28)
