"""催报: the ladder as data, and what is written down of every contact with a unit.

The default ladder is that of a collection office: T−7 提醒, T−1 电话, T 再电话, T+3 催办函,
T+7 领导出面. Telephone numbers are never kept here; they stay with the unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import TypeAlias

from editorial.model.labels import Channel, Labelled, TaskState
from editorial.model.volume import Source, from_file
from editorial.values import dataclass

Day: TypeAlias = date


class Move(Labelled):
    """What is done at a step of the ladder, from mild to strong."""

    REMIND = "remind", "提醒"
    CALL = "call", "电话"
    LETTER = "letter", "催办函"
    ESCALATE = "escalate", "领导出面"


class Result(Labelled):
    """What came of a contact."""

    REMINDED = "reminded", "已提醒"
    URGED = "urged", "已催"
    EXTENSION = "extension", "申请延期"
    CLAIMED = "claimed", "称已报送"
    AGREED = "agreed", "约定再联系"
    NOT_OURS = "not_ours", "称非其职责"
    NOT_REACHED = "not_reached", "无人接听"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of the ladder, `days` after the day due (before it when negative)."""

    days: int
    move: Move


LADDER = (
    Rung(days=-7, move=Move.REMIND),
    Rung(days=-1, move=Move.CALL),
    Rung(days=0, move=Move.CALL),
    Rung(days=3, move=Move.LETTER),
    Rung(days=7, move=Move.ESCALATE),
)
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chasing:
    """styles/chasing.yaml. From `daily_from` days after the day due a unit is called every day
    (None: only at the steps). A 催办函 asks for an answer within `answer_within` days.

    `rest` are weekdays off, `holidays` further days off, `workdays` days worked all the same: a
    step up to the day due that falls on a day off is taken before it, a later one after it.
    `name_laggards`: the daily page may name units that are late.
    """

    schema: int = 1
    ladder: tuple[Rung, ...] = field(default=LADDER, metadata={"flow": True})
    daily_from: int | None = 1
    answer_within: int = 3
    name_laggards: bool = False
    rest: tuple[str, ...] = field(default=(), metadata={"flow": True})
    holidays: tuple[date, ...] = field(default=(), metadata={"flow": True})
    workdays: tuple[date, ...] = field(default=(), metadata={"flow": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """填报: how a task stands by the unit's own account, whoever wrote it down. `task` is the
    id of its section."""

    date: date
    unit: str
    task: str
    state: TaskState
    expected_date: Day | None = None
    note: str = ""
    by: str = ""
    channel: Channel = Channel.PHONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """回访: one try to reach a unit. `until` is the later day it asks for, `next_call` the day
    agreed for the next contact."""

    date: date
    unit: str
    person: str = ""
    caller: str = ""
    channel: Channel = Channel.PHONE
    answered: bool = True
    result: Result = Result.URGED
    step: Move = Move.CALL
    until: Day | None = None
    next_call: Day | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """日结: the page of that day is the `number`-th; every unit due was contacted."""

    at: datetime
    by: str
    number: int
    due: int
    covered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLog:
    """chase/YYYY-MM-DD.yaml: all contacts of one day."""

    day: date = field(default=date.min, metadata={"stored": False})
    schema: int = 1
    checkins: tuple[CheckIn, ...] = field(default=(), metadata={"flow": True})
    callbacks: tuple[Callback, ...] = field(default=(), metadata={"flow": True})
    closed: Closing | None = field(default=None, metadata={"flow": True})
    source: Source | None = from_file()


def is_off(rules: Chasing, day: date) -> bool:
    """Whether nobody works that day."""
    if day in rules.workdays:
        return False
    return day in rules.holidays or WEEKDAYS[day.weekday()] in rules.rest


def step_day(rules: Chasing, due: date, rung: Rung) -> date:
    """The day a step is taken, moved off the days off."""
    day = due + timedelta(days=rung.days)
    onward = timedelta(days=1 if rung.days > 0 else -1)
    while is_off(rules, day):
        day += onward
    return day


def standing_rung(rules: Chasing, due: date, day: date) -> tuple[Rung, date] | None:
    """The step reached by that day with the day it was due to be taken; None before the first."""
    reached = [
        (rung, on)
        for rung in sorted(rules.ladder, key=lambda rung: rung.days)
        if (on := step_day(rules, due, rung)) <= day
    ]
    return reached[-1] if reached else None


def issue_faults(logs: Sequence[DayLog]) -> Iterator[tuple[DayLog, str]]:
    """Days closed under a number another day bears: two machines closed them apart."""
    first: dict[int, date] = {}
    for log in sorted(logs, key=lambda log: log.day):
        number = log.closed.number if log.closed else 0
        if number in first:
            yield log, f"第{number}期与{first[number]}的期号相同，请改其中一期的 number"
        elif number:
            first[number] = log.day


def chasing_faults(rules: Chasing) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What makes the rules impossible to follow: (key path, what is wrong)."""
    days = [rung.days for rung in rules.ladder]
    if not days:
        yield ("ladder",), "没有一步；不催办的单位用 unit pause 暂停"
    for index, day in enumerate(days):
        if day in days[:index]:
            yield ("ladder", index, "days"), f"第{day}天写了两步，一天只能有一步"
        elif not -60 <= day <= 365:
            yield ("ladder", index, "days"), "应在到期前60天至到期后365天之间"
    for index, name in enumerate(rules.rest):
        if len(name) != 1 or name not in WEEKDAYS:
            yield ("rest", index), f"应写{'、'.join(WEEKDAYS)}中的一个，现为“{name}”"
    if len(set(rules.rest)) == len(WEEKDAYS):
        yield ("rest",), "七天都休息，没有可以催办的日子"
    if not 1 <= rules.answer_within <= 60:
        yield ("answer_within",), "应在1至60天之间"
