"""供稿与回函的统计: what each unit, and each city, was asked for and how it answered.

A request is a letter sent, with the later letters to the same unit that remind of it: an
answer to any of them answers the request, and is measured from the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from editorial.model.labels import PROMISES, LetterKind, LetterState, TaskState
from editorial.model.letters import Letter, letter_state, never_left
from editorial.model.people import Unit
from editorial.model.volume import Section, task_due, task_state
from editorial.model.workflow import ARRIVED
from editorial.values import dataclass

ANSWERED = frozenset({LetterState.REPLIED, LetterState.CLOSED})
WAITED = frozenset({LetterState.SENT.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request. `due` is the day granted last; `answered` the day of the first answer;
    `open` while the answer is still waited for."""

    letter: Letter
    sent: date
    due: date
    answered: date | None = None
    reminders: tuple[Letter, ...] = ()
    open: bool = False

    @property
    def asked(self) -> bool:
        """Whether an answer is asked for: of who is to move a late unit, none is."""
        return self.letter.kind is not LetterKind.ESCALATE

    @property
    def days(self) -> int | None:
        """Days from sending to the answer, None before it came."""
        return None if self.answered is None else (self.answered - self.sent).days

    @property
    def in_time(self) -> bool:
        return self.answered is not None and self.answered <= self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """回函统计 as of a day: sent = in_time + late + unanswered.

    `overdue` counts those of the unanswered still waited for past their day; `reminders` the
    further letters; `days` is the median of days to the answer, None without one.
    """

    sent: int = 0
    in_time: int = 0
    late: int = 0
    unanswered: int = 0
    overdue: int = 0
    reminders: int = 0
    days: float | None = None

    @property
    def answered(self) -> int:
        return self.in_time + self.late


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """供稿任务 of one unit: how many in each state, and how many are past their day."""

    states: tuple[tuple[TaskState, int], ...] = ()
    overdue: int = 0

    @property
    def total(self) -> int:
        return sum(count for _, count in self.states)

    @property
    def arrived(self) -> int:
        return sum(count for state, count in self.states if state in ARRIVED)


def sent_on(letter: Letter) -> date | None:
    """The day it went out, None before that and where it never did."""
    if never_left(letter):
        return None
    days = (step.at.date() for step in letter.history if step.to == LetterState.SENT.value)
    return next(days, None)


def answered_on(letter: Letter) -> date | None:
    """The day the first answer came; a promise to answer, which leaves it waiting, is none."""
    replies = (*letter.earlier, *([letter.reply] if letter.reply else []))
    own = [each.date for each in replies if each.answer not in PROMISES]
    if letter_state(letter) not in ANSWERED or not own:
        return None
    waited = max((i for i, step in enumerate(letter.history) if step.to in WAITED), default=-1)
    since = letter.history[waited + 1 :]  # an answer taken back before that is none
    told = (step.at.date() for step in since if step.to == LetterState.REPLIED.value)
    return min((*own, *told))


def exchanges(letters: Sequence[Letter], day: date) -> tuple[Exchange, ...]:
    """The requests that had gone out by that day, in the order of the letters; nothing is waited
    for of one that is void."""
    known = {letter.id: letter for letter in letters}
    chains: dict[str, list[Letter]] = {}
    for letter in letters:
        went = sent_on(letter)
        if went is not None and went <= day and letter_state(letter) is not LetterState.VOID:
            chains.setdefault(_first(letter, known).id, []).append(letter)
    found = {head: _exchange(chain, day) for head, chain in chains.items()}
    return tuple(_past_over(each, found, known) for each in found.values())


def chain_of(letter: Letter, letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """The other letters of the same request, that it reminds of or that remind of it; sent ones."""
    known = {each.id: each for each in letters}
    head = _first(letter, known).id
    others = (each for each in letters if each.id != letter.id and sent_on(each) is not None)
    return tuple(each for each in others if _first(each, known).id == head)


def _past_over(
    exchange: Exchange, found: dict[str, Exchange], known: dict[str, Letter]
) -> Exchange:
    """What went past a late unit to another is waited for as long as the late one is silent."""
    before = known.get(exchange.letter.follows)
    if exchange.letter.kind is not LetterKind.ESCALATE or before is None:
        return exchange
    over = found.get(_first(before, known).id)
    return replace(exchange, open=exchange.open and (over is None or over.open))


def _first(letter: Letter, known: dict[str, Letter]) -> Letter:
    """The letter at the head of the chain; one to another unit is a request of its own."""
    seen = {letter.id}
    while (before := known.get(letter.follows)) is not None and before.id not in seen:
        if before.unit != letter.unit or sent_on(before) is None:
            break
        seen.add(before.id)
        letter = before
    return letter


def _exchange(chain: list[Letter], day: date) -> Exchange:
    letter, *reminders = sorted(chain, key=lambda each: (sent_on(each) or day, each.id))
    came = [on for each in chain if (on := answered_on(each)) is not None and on <= day]
    waiting = any(letter_state(each) is LetterState.SENT for each in chain)
    return Exchange(
        letter=letter,
        sent=sent_on(letter) or day,
        due=letter.extended or letter.due,
        answered=min(came, default=None),
        reminders=tuple(reminders),
        open=not came and (waiting or _later(chain, day)),
    )


def _later(chain: list[Letter], day: date) -> bool:
    """Answered since: on that day it was still waited for."""
    return any((on := answered_on(each)) is not None and on > day for each in chain)


def response(found: Iterable[Exchange], day: date) -> Response:
    """The requests counted, and what was answered unasked."""
    requests = tuple(each for each in found if each.asked or each.answered is not None)
    spans = [each.days for each in requests if each.days is not None]
    unanswered = [each for each in requests if each.answered is None]
    in_time = sum(each.in_time for each in requests)
    return Response(
        sent=len(requests),
        in_time=in_time,
        late=len(spans) - in_time,
        unanswered=len(unanswered),
        overdue=sum(each.open and each.due < day for each in unanswered),
        reminders=sum(len(each.reminders) for each in requests),
        days=_median(spans),
    )


def _median(numbers: list[int]) -> float | None:
    if not numbers:
        return None
    ordered, middle = sorted(numbers), len(numbers) // 2
    pair = ordered[middle - 1 + len(numbers) % 2 : middle + 1]
    return sum(pair) / len(pair)


def by_unit(
    letters: Sequence[Letter], units: Sequence[Unit], day: date
) -> tuple[tuple[Unit, Response], ...]:
    """Of every unit that was written to, in the order of units.yaml."""
    groups: dict[str, list[Exchange]] = {}
    for each in exchanges(letters, day):
        groups.setdefault(each.letter.unit, []).append(each)
    return tuple((u, response(groups[u.id], day)) for u in units if u.id in groups)


def by_city(
    letters: Sequence[Letter], units: Sequence[Unit], order: Sequence[str], day: date
) -> tuple[tuple[str, Response], ...]:
    """Of every city that was written to: in the order given, others after it; "" is no city."""
    cities = {unit.id: unit.city for unit in units}
    groups: dict[str, list[Exchange]] = {}
    for each in exchanges(letters, day):
        groups.setdefault(cities.get(each.letter.unit, ""), []).append(each)
    places = {city: place for place, city in enumerate(order)}
    named = sorted(groups, key=lambda city: (city == "", places.get(city, len(places))))
    return tuple((city, response(groups[city], day)) for city in named)


def supply(sections: Iterable[Section], unit: str, day: date) -> Supply:
    """The tasks of a unit, least advanced first."""
    tasks = [task for section in sections for task in section.tasks if task.unit == unit]
    counts = Counter(task_state(task) for task in tasks)
    late = (
        (due := task_due(task)) is not None and due < day and task_state(task) not in ARRIVED
        for task in tasks
    )
    states = tuple((state, counts[state]) for state in TaskState if counts[state])
    return Supply(states=states, overdue=sum(late))
