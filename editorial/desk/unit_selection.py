"""Which units are wanted, by terms one can type: `城市:深圳 待确认 -停催` (`selection`)."""

from __future__ import annotations

from collections.abc import Callable

from editorial.desk import unit_words as words
from editorial.desk.unit_register import Entry
from editorial.model.people import all_names
from editorial.model.selection import Language

Shown = Callable[[Entry, None], tuple[str, ...]]


def _yes(up: object, word: str) -> tuple[str, ...]:
    return (word,) if up else ()


def _asked(entry: Entry) -> bool:
    return not entry.unit.own


KEYS: dict[str, Shown] = {
    "单位": lambda e, _: (*all_names(e.unit), e.unit.id),
    "城市": lambda e, _: (e.unit.city,),
    "类别": lambda e, _: (e.unit.kind,),
    "联络员": lambda e, _: (words.person(e),),
    "渠道": lambda e, _: (
        (e.contact.channel.label,) if e.contact is not None and e.contact.channel else ()
    ),
    "待确认": lambda e, _: _yes(_asked(e) and not e.confirmed, "待确认"),
    "无联络员": lambda e, _: _yes(_asked(e) and e.contact is None, "无联络员"),
    "逾期": lambda e, _: _yes(e.overdue, "逾期"),
    "停催": lambda e, _: _yes(e.paused, "停催"),
    "变更": lambda e, _: _yes(e.proposed, "变更"),
    "自编": lambda e, _: _yes(e.unit.own, "自编"),
}
FLAGS = frozenset({"待确认", "无联络员", "逾期", "停催", "变更", "自编"})


def _anything(entry: Entry, _: None) -> tuple[str, ...]:
    contact = entry.contact
    reach = (contact.phone, contact.mail, contact.post) if contact is not None else ()
    known = (word for shown in KEYS.values() for word in shown(entry, None))
    return (*known, *reach, *words.notes(entry))


UNITS = Language(keys=KEYS, anything=_anything, flags=FLAGS)
