"""每日供稿进度: what a day came to, in numbers and in the things that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from editorial.model.chasing import Callback, Chasing, DayLog, Move, Result, is_off
from editorial.model.contradictions import Mismatch, mismatches
from editorial.model.due import Chase, due
from editorial.model.labels import TaskState
from editorial.model.letters import Letter
from editorial.model.matters import matters, state_on
from editorial.model.people import Unit
from editorial.model.response import Exchange, Response, exchanges, response, sent_on
from editorial.model.volume import Section, Task, Volume, task_due
from editorial.model.workflow import ARRIVED
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Supply tasks: 应报, 已报 (采用 and 免报 among them), 采用, 退改, 逾期."""

    due: int = 0
    arrived: int = 0
    accepted: int = 0
    returned: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A task that is in another state than before."""

    section: str
    place: str
    unit: str
    to: TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class LateUnit:
    """`days` past the day due at the most, of its tasks and letters overdue."""

    unit: Unit
    tasks: int
    letters: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LateChapter:
    id: str
    title: str
    totals: Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """A day compared with `since`, the day of the page before. `number` is 0 until the day is
    closed; `covered` of `asked` units due were contacted; `tomorrow` is the list of
    `next_day`, the next one worked."""

    day: date
    since: date
    number: int
    totals: Totals
    before: Totals
    asked: int
    covered: int
    calls: int
    answered: int
    checkins: int
    results: tuple[tuple[Result, int], ...]
    moved: tuple[Moved, ...]
    late_units: tuple[LateUnit, ...]
    late_chapters: tuple[LateChapter, ...]
    mismatches: tuple[Mismatch, ...]
    letters: Response
    sent_today: int
    came_today: int
    paused: int
    next_day: date
    tomorrow: tuple[Chase, ...]


def daily(
    volume: Volume,
    letters: Sequence[Letter],
    logs: Sequence[DayLog],
    rules: Chasing,
    day: date,
    *,
    paused: int = 0,
) -> Daily:
    """What that day came to."""
    since = _since(logs, day)
    log = next((each for each in logs if each.day == day), DayLog(day=day))
    chases = due(volume, letters, logs, rules, day)
    found = exchanges(letters, day)
    answered = sum(call.answered for call in log.callbacks)
    closed, following = log.closed, _following(rules, day)
    return Daily(
        day=day,
        since=since,
        number=closed.number if closed else 0,
        totals=totals(volume.sections, day),
        before=totals(volume.sections, since),
        asked=closed.due if closed else len(chases),
        covered=closed.covered if closed else sum(chase.covered for chase in chases),
        calls=len(log.callbacks),
        answered=answered,
        checkins=len(log.checkins),
        results=_results(log.callbacks),
        moved=tuple(_moved(volume, since, day)),
        late_units=_late_units(volume, letters, day),
        late_chapters=_late_chapters(volume, day),
        mismatches=mismatches(volume, letters, logs, day),
        letters=response(found, day),
        sent_today=_sent(found, since, day),
        came_today=_came(found, since, day),
        paused=paused,
        next_day=following,
        tomorrow=due(volume, letters, logs, rules, following),
    )


def _since(logs: Iterable[DayLog], day: date) -> date:
    """The day closed last before this one, so that nothing falls between two pages."""
    closed = [log.day for log in logs if log.closed and log.day < day]
    return max(closed, default=day - timedelta(days=1))


def _following(rules: Chasing, day: date) -> date:
    """The next day that is worked."""
    day += timedelta(days=1)
    while is_off(rules, day):
        day += timedelta(days=1)
    return day


def totals(sections: Iterable[Section], day: date) -> Totals:
    """The tasks counted as they stood at the end of that day."""
    tasks = [task for section in sections for task in section.tasks]
    states = Counter(state_on(task, day) for task in tasks)
    return Totals(
        due=len(tasks),
        arrived=sum(states[state] for state in ARRIVED),
        accepted=states[TaskState.ACCEPTED],
        returned=states[TaskState.RETURNED],
        overdue=sum(_is_late(task, day) for task in tasks),
    )


def _is_late(task: Task, day: date) -> bool:
    on = task_due(task)
    return on is not None and on < day and state_on(task, day) not in ARRIVED


def _results(calls: Iterable[Callback]) -> tuple[tuple[Result, int], ...]:
    counts = Counter(call.result for call in calls)
    return tuple((result, counts[result]) for result in Result if counts[result])


def _moved(volume: Volume, since: date, day: date) -> Iterator[Moved]:
    for chapter in volume.chapters:
        for section in chapter.sections:
            for task in section.tasks:
                now = state_on(task, day)
                if now is not state_on(task, since):
                    place = f"{chapter.title}·{section.title}"
                    yield Moved(section=section.id, place=place, unit=task.unit, to=now)


def _late_units(volume: Volume, known: Sequence[Letter], day: date) -> tuple[LateUnit, ...]:
    """The longest waited for first."""
    tasks: dict[str, list[int]] = {}
    letters: dict[str, list[int]] = {}
    for section in volume.sections:
        for task in section.tasks:
            on = task_due(task)
            if on is not None and _is_late(task, day):
                tasks.setdefault(task.unit, []).append((day - on).days)
    for each in matters(volume, known, day):
        if each.source == "letter" and each.due < day:
            letters.setdefault(each.unit, []).append((day - each.due).days)
    late = (
        LateUnit(
            unit=unit,
            tasks=len(tasks.get(unit.id, ())),
            letters=len(letters.get(unit.id, ())),
            days=max((*tasks.get(unit.id, ()), *letters.get(unit.id, ()))),
        )
        for unit in volume.units
        if unit.id in tasks or unit.id in letters
    )
    return tuple(sorted(late, key=lambda each: -each.days))


def _late_chapters(volume: Volume, day: date) -> tuple[LateChapter, ...]:
    """In the order of the book, those with something late."""
    found = (
        LateChapter(id=chapter.id, title=chapter.title, totals=totals(chapter.sections, day))
        for chapter in volume.chapters
    )
    return tuple(each for each in found if each.totals.overdue)


def _sent(found: Iterable[Exchange], since: date, day: date) -> int:
    """Letters that went out, reminders too."""
    days = (sent_on(letter) for each in found for letter in (each.letter, *each.reminders))
    return sum(on is not None and since < on <= day for on in days)


def _came(found: Iterable[Exchange], since: date, day: date) -> int:
    return sum(each.answered is not None and since < each.answered <= day for each in found)


def by_move(chases: Iterable[Chase]) -> tuple[tuple[Move, tuple[Chase, ...]], ...]:
    """The list sorted by what is to be done, the mildest first."""
    known = tuple(chases)
    groups = ((move, tuple(each for each in known if each.move is move)) for move in Move)
    return tuple((move, group) for move, group in groups if group)
