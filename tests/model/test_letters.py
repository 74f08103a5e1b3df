"""发文字号 and the states of a letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from editorial.model.labels import LetterKind, LetterState
from editorial.model.letters import (
    Letter,
    is_number,
    is_open,
    letter_state,
    next_number,
    number_faults,
)
from editorial.model.people import Contact, Unit, contact_on
from editorial.model.volume import Step


@pytest.mark.parametrize(
    ("taken", "number"),
    [
        ((), "示志函〔2020〕1号"),
        (("示志函〔2020〕1号", "示志函〔2020〕2号"), "示志函〔2020〕3号"),
        (("示志函〔2020〕7号",), "示志函〔2020〕8号"),
        (("示志函〔2019〕7号", "他志函〔2020〕9号", "", "示志函〔2020〕x号"), "示志函〔2020〕1号"),
    ],
)
def test_the_next_number_follows_the_highest_of_its_code_and_year(
    taken: tuple[str, ...], number: str
) -> None:
    assert next_number("示志函", 2020, taken) == number


def letter(*states: str) -> Letter:
    return Letter(
        kind=LetterKind.REVISE,
        unit="sz",
        title="函",
        due=date(2020, 1, 1),
        contact="a",
        history=tuple(Step(at=datetime(2020, 1, 1, tzinfo=UTC), by="a", to=s) for s in states),
    )


def test_the_state_is_the_last_step() -> None:
    assert letter_state(letter("draft", "checked")) is LetterState.CHECKED
    assert letter_state(letter()) is LetterState.DRAFT


@pytest.mark.parametrize(("state", "open_"), [("sent", True), ("closed", False), ("void", False)])
def test_a_letter_is_open_until_closed_or_void(state: str, open_: bool) -> None:
    assert is_open(letter(state)) is open_


def test_the_contact_is_the_one_valid_on_the_day() -> None:
    old = Contact(name="甲", until=date(2019, 12, 31))
    new = Contact(name="乙", since=date(2020, 1, 1))
    unit = Unit(id="sz", name="深圳", contacts=(old, new))
    assert contact_on(unit, date(2019, 12, 31)) == old
    assert contact_on(unit, date(2020, 1, 1)) == new
    assert contact_on(Unit(id="sz", name="深圳", contacts=(old,)), date(2020, 1, 1)) is None


def test_numbers_up_to_the_last_used_on_paper_are_not_missing() -> None:
    known = tuple(replace(letter(), number=f"示志函〔2020〕{n}号") for n in (3, 38, 40))
    found = number_faults(known, ("示志函〔2020〕37号",))
    assert found == (("示志函〔2020〕39号", "缺号，没有作废说明"),)


@pytest.mark.parametrize(
    "text", ["甲函〔2020〕037号", "甲函[2020]37号", "〔2020〕37号", "甲函〔2020〕37"]
)
def test_what_is_no_number(text: str) -> None:
    assert not is_number(text)
