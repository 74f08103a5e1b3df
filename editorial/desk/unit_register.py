"""供稿单位登记: each unit with what was asked of it and how it answered, as of a day."""

from __future__ import annotations

from datetime import date

from editorial.desk.office import Desk, loaded, loaded_beside
from editorial.errors import EditorialError
from editorial.model.contacts import is_confirmed
from editorial.model.labels import LetterState
from editorial.model.letters import Letter, letter_state
from editorial.model.matters import overdue_letters
from editorial.model.people import (
    Contact,
    Limit,
    Pause,
    Unit,
    contact_on,
    find_unit,
    limit_of,
    paused_on,
)
from editorial.model.proposals import Proposal, ProposalState, proposal_state
from editorial.model.response import (
    Exchange,
    Response,
    Supply,
    exchanges,
    response,
    supply,
)
from editorial.model.volume import Section, Volume
from editorial.store.registers import load_letters, load_proposals
from editorial.values import dataclass

BEFORE_SENDING = frozenset({LetterState.DRAFT, LetterState.CHECKED, LetterState.APPROVED})
SETTLED = frozenset({LetterState.CLOSED, LetterState.VOID})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One unit as of a day; `letters_late` are the requests past their day, a letter that only
    chases tasks not among them; `proposed` the changes of contact not decided upon; `in_hand`
    the letters to it that are neither closed nor void by now."""

    unit: Unit
    contact: Contact | None
    confirmed: bool
    paused: Pause | None
    response: Response
    supply: Supply
    letters_late: int = 0
    proposed: tuple[Proposal, ...] = ()
    in_hand: int = 0

    @property
    def overdue(self) -> int:
        """Letters and tasks past their day."""
        return self.letters_late + self.supply.overdue


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All there is on one unit: `letters` went out, `drafted` have not yet; `decided` are the
    changes of contact accepted or refused."""

    entry: Entry
    limit: Limit | None
    letters: tuple[Exchange, ...]
    drafted: tuple[Letter, ...]
    sections: tuple[Section, ...]
    decided: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which units to list. `unconfirmed`: those that letters go to, not confirmed for a year."""

    city: str = ""
    kind: str = ""
    unconfirmed: bool = False
    overdue: bool = False


def register(desk: Desk, day: date, wanted: Wanted, *, sparing: bool = False) -> tuple[Entry, ...]:
    """The units wanted, in the order of units.yaml; `sparing`: without what sections that
    cannot be read ask of them. EditorialError for a city or kind that no unit has."""
    volume = _volume(desk, sparing)
    _refuse_unknown(volume, wanted)
    letters = load_letters(desk.workspace.files, volume.id)
    told = load_proposals(desk.workspace.files, volume.id)
    found, late = exchanges(letters, day), overdue_letters(volume, letters, day)
    entries = (_entry(volume, unit, found, late, told, letters, day) for unit in volume.units)
    return tuple(each for each in entries if _is_wanted(each, wanted))


def _volume(desk: Desk, sparing: bool) -> Volume:
    return (loaded_beside(desk, ()) if sparing else loaded(desk)).volume


def _entry(
    volume: Volume,
    unit: Unit,
    found: tuple[Exchange, ...],
    late: tuple[Letter, ...],
    told: tuple[Proposal, ...],
    letters: tuple[Letter, ...],
    day: date,
) -> Entry:
    return Entry(
        unit=unit,
        contact=contact_on(unit, day),
        confirmed=is_confirmed(unit, day),
        paused=paused_on(unit, day),
        response=response((each for each in found if each.letter.unit == unit.id), day),
        supply=supply(volume.sections, unit.id, day),
        letters_late=sum(each.unit == unit.id for each in late),
        proposed=tuple(
            each
            for each in told
            if each.unit == unit.id and proposal_state(each) is ProposalState.OPEN
        ),
        in_hand=sum(each.unit == unit.id and letter_state(each) not in SETTLED for each in letters),
    )


def _is_wanted(entry: Entry, wanted: Wanted) -> bool:
    unit = entry.unit
    return (
        (not wanted.city or unit.city == wanted.city)
        and (not wanted.kind or unit.kind == wanted.kind)
        and not (wanted.unconfirmed and (entry.confirmed or unit.own))
        and not (wanted.overdue and not entry.overdue)
    )


def _refuse_unknown(volume: Volume, wanted: Wanted) -> None:
    for what, name, known in (
        ("在", wanted.city, dict.fromkeys(unit.city for unit in volume.units if unit.city)),
        ("属于", wanted.kind, dict.fromkeys(unit.kind for unit in volume.units if unit.kind)),
    ):
        if name and name not in known:
            hint = f"units.yaml 里写有：{'、'.join(known) or '（没有）'}"
            raise EditorialError(f"没有单位{what}“{name}”", hint=hint)


def account(desk: Desk, name: str, day: date, *, sparing: bool = False) -> Account:
    """One unit in full; `sparing` as of `register`."""
    volume = _volume(desk, sparing)
    letters = load_letters(desk.workspace.files, volume.id)
    unit = find_unit(volume.units, name)
    found = tuple(each for each in exchanges(letters, day) if each.letter.unit == unit.id)
    told = load_proposals(desk.workspace.files, volume.id)
    late = overdue_letters(volume, letters, day)
    return Account(
        entry=_entry(volume, unit, found, late, told, letters, day),
        limit=limit_of(volume.limits, unit),
        letters=found,
        drafted=tuple(
            x for x in letters if x.unit == unit.id and letter_state(x) in BEFORE_SENDING
        ),
        sections=tuple(section for section in volume.sections if unit.id in section.units),
        decided=tuple(
            each
            for each in told
            if each.unit == unit.id and proposal_state(each) is not ProposalState.OPEN
        ),
    )
