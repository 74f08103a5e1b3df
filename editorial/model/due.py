"""催报名单: who is to be reminded, called or written to on a day, and why.

Pure: the volume, its letters, the logs of the days and the rules in, the list out. It says what
the day asks for as it began: a contact made in its course covers the unit and does not strike
it off. An answer, a paper come in or a later day granted does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from editorial.model.chasing import (
    Callback,
    Chasing,
    CheckIn,
    DayLog,
    Move,
    Rung,
    is_off,
    standing_rung,
)
from editorial.model.labels import LetterKind
from editorial.model.letters import Letter
from editorial.model.matters import Matter, matters, went_before
from editorial.model.people import Contact, Pause, Unit, contact_on, paused_on, unit_on
from editorial.model.volume import Volume
from editorial.values import dataclass

Contacted: TypeAlias = Callback | CheckIn
MOVES = tuple(Move)
FORMAL = frozenset({Move.LETTER, Move.ESCALATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A matter and what the day asks for. `late` days past the day due (before it: negative);
    `step` is the step of the ladder it stands on, `reached` the day it came there; `letter`
    is the one written for this step already, sent or not."""

    matter: Matter
    late: int
    step: Move
    reached: date
    move: Move
    letter: Letter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chase:
    """A unit of the day's list. `move` is the strongest thing to do; `last` the last contact."""

    unit: Unit
    contact: Contact | None
    claims: tuple[Claim, ...]
    move: Move
    last: Contacted | None = None
    covered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """A unit left in peace although it owes something."""

    unit: Unit
    pause: Pause


def due(
    volume: Volume,
    letters: Sequence[Letter],
    logs: Sequence[DayLog],
    rules: Chasing,
    day: date,
) -> tuple[Chase, ...]:
    """The list of that day in the order of units.yaml; nothing on a day off but what was agreed."""
    owed: dict[str, list[Matter]] = {}
    for matter in matters(volume, letters, day):
        owed.setdefault(matter.unit, []).append(matter)
    known = contacts_by_unit(logs, day)
    found = (
        _chase(unit, owed[unit.id], known.get(unit.id, ()), rules, day)
        for unit in volume.units
        if unit.id in owed and not unit.own and paused_on(unit, day) is None
    )
    return tuple(chase for chase in found if chase is not None)


def paused(volume: Volume, letters: Sequence[Letter], day: date) -> tuple[Paused, ...]:
    owing = {matter.unit for matter in matters(volume, letters, day)}
    found = ((unit, paused_on(unit, day)) for unit in volume.units if unit.id in owing)
    return tuple(Paused(unit=unit, pause=pause) for unit, pause in found if pause is not None)


def _chase(
    unit: Unit, owed: Iterable[Matter], known: Sequence[Contacted], rules: Chasing, day: date
) -> Chase | None:
    before = tuple(each for each in known if each.date < day)
    claims = tuple(
        claim for each in owed if (claim := _claim(each, before, rules, day)) is not None
    )
    if not claims:
        return None
    return Chase(
        unit=unit_on(unit, day),
        contact=contact_on(unit, day),
        claims=claims,
        move=max((claim.move for claim in claims), key=MOVES.index),
        last=known[-1] if known else None,
        covered=len(known) > len(before),
    )


def contacts(logs: Iterable[DayLog], unit: str, day: date) -> tuple[Contacted, ...]:
    """Every contact with the unit up to the end of that day, oldest first."""
    return contacts_by_unit(logs, day).get(unit, ())


def contacts_by_unit(logs: Iterable[DayLog], day: date) -> dict[str, tuple[Contacted, ...]]:
    """The same of all units, read once."""
    found: dict[str, list[Contacted]] = {}
    for log in logs:
        if log.day <= day:
            for entry in _entries(log):
                found.setdefault(entry.unit, []).append(entry)
    return {unit: tuple(entries) for unit, entries in found.items()}


def _entries(log: DayLog) -> Iterator[Contacted]:
    yield from log.checkins
    yield from log.callbacks


def _claim(matter: Matter, before: Sequence[Contacted], rules: Chasing, day: date) -> Claim | None:
    """What the matter asks for, None when it can wait."""
    agreed = _agreed(before)
    here = standing_rung(rules, matter.due, day) or _early(agreed, matter, day)
    if here is None or (is_off(rules, day) and agreed != day):
        return None
    rung, reached = here
    late = (day - matter.due).days
    letter = _letter_for(rung.move, matter, reached)
    move: Move | None = _move(rung.move, letter, before, reached, day)
    if move not in FORMAL:
        tried = tuple(each for each in before if each.date >= reached)
        daily = rules.daily_from is not None and late >= rules.daily_from
        move = _by_phone(move, agreed, tried, day, daily=daily)
    if move is None:
        return None
    return Claim(
        matter=matter, late=late, step=rung.move, reached=reached, move=move, letter=letter
    )


def _early(agreed: date | None, matter: Matter, day: date) -> tuple[Rung, date] | None:
    """A call agreed for a day before the ladder begins."""
    if agreed is None or agreed > day:
        return None
    return Rung(days=(agreed - matter.due).days, move=Move.CALL), agreed


def _move(
    step: Move,
    letter: Letter | None,
    before: Sequence[Contacted],
    reached: date,
    day: date,
) -> Move:
    """The step itself, or a call when its letter went out, or the leader has called, before."""
    if step not in FORMAL:
        return step
    called = any(
        isinstance(each, Callback) and each.answered and each.step is step and each.date >= reached
        for each in before
    )
    return Move.CALL if called or (letter is not None and went_before(letter, day)) else step


def _letter_for(step: Move, matter: Matter, reached: date) -> Letter | None:
    """The letter written for a step; one from before a later day was granted is not."""
    since = min(matter.due + timedelta(days=1), reached)
    fitting = [
        each
        for each in matter.reminders
        if _fits(step, each) and each.history and each.history[0].at.date() >= since
    ]
    return fitting[-1] if fitting else None


def _fits(step: Move, letter: Letter) -> bool:
    """The letter of the last step goes to another body, or has the account of what was tried."""
    last = letter.kind is LetterKind.ESCALATE or bool(letter.account)
    return step is Move.ESCALATE if last else step is Move.LETTER


def _by_phone(
    move: Move | None,
    agreed: date | None,
    tried: Sequence[Contacted],
    day: date,
    *,
    daily: bool,
) -> Move | None:
    """An agreed day goes before the ladder; a step stands until somebody was reached; then
    every day is one, or none."""
    if agreed is not None:
        return move if agreed <= day else None
    if not any(_reached(each, move) for each in tried):
        return move
    return Move.CALL if daily else None


def _agreed(before: Sequence[Contacted]) -> date | None:
    """The day agreed in the last call, unless there was a contact on it or since."""
    calls = [each for each in before if isinstance(each, Callback)]
    agreed = calls[-1].next_call if calls else None
    kept = agreed is not None and any(each.date >= agreed for each in before)
    return None if kept else agreed


def _reached(contact: Contacted, move: Move | None) -> bool:
    """A reminder needs no answer; a call does."""
    return isinstance(contact, CheckIn) or contact.answered or move is Move.REMIND
