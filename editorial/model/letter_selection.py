"""Which letters are wanted, by terms one can type: `单位:深圳 状态:发出 逾期` (`selection`)."""

from __future__ import annotations

from collections.abc import Callable

from editorial.model.labels import LetterState
from editorial.model.letters import Letter, letter_state, standing
from editorial.model.selection import Language, Units
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A letter as the list shows it; `late` past its day and still waited for."""

    letter: Letter
    late: bool


SAID = {LetterState.SENT: ("已发",), LetterState.REPLIED: ("已回",)}


def _state(row: Shown, units: Units) -> tuple[str, ...]:
    state = letter_state(row.letter)
    return (standing(row.letter), state.label, state.value, *SAID.get(state, ()))


def _unit(row: Shown, units: Units) -> tuple[str, ...]:
    unit = units.get(row.letter.unit)
    names = (unit.name, unit.short) if unit else ()
    return (row.letter.unit, row.letter.addressee, *names)


def _city(row: Shown, units: Units) -> tuple[str, ...]:
    unit = units.get(row.letter.unit)
    return (unit.city,) if unit else ()


def _late(row: Shown, units: Units) -> tuple[str, ...]:
    return ("逾期",) if row.late else ()


KEYS: dict[str, Callable[[Shown, Units], tuple[str, ...]]] = {
    "状态": _state,
    "单位": _unit,
    "城市": _city,
    "种类": lambda row, _: (row.letter.kind.label, row.letter.kind.value),
    "文号": lambda row, _: (row.letter.number,),
    "标题": lambda row, _: (row.letter.title,),
    "批次": lambda row, _: (row.letter.batch,),
    "分目": lambda row, _: tuple(item.section for item in row.letter.items),
    "联系人": lambda row, _: (row.letter.contact,),
    "期限": lambda row, _: (f"{row.letter.extended or row.letter.due}",),
    "逾期": _late,
}


def _anything(row: Shown, units: Units) -> tuple[str, ...]:
    asked = (item.request for item in row.letter.items)
    known = (word for words in KEYS.values() for word in words(row, units))
    return (row.letter.id, *known, *asked)


LETTERS = Language(keys=KEYS, anything=_anything)
