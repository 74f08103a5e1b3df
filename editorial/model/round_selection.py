"""Which rounds are wanted, by terms one can type: `状态:进行 逾期 -未结` (`selection`)."""

from __future__ import annotations

from collections.abc import Callable

from editorial.model.reviews import round_state
from editorial.model.round_standing import RoundStanding
from editorial.model.selection import Language


def _yes(up: object, word: str) -> tuple[str, ...]:
    return (word,) if up else ()


KEYS: dict[str, Callable[[RoundStanding, None], tuple[str, ...]]] = {
    "轮次": lambda s, _: (s.round.id, s.round.title),
    "审级": lambda s, _: (s.round.kind.label, s.round.kind.value),
    "状态": lambda s, _: (round_state(s.round).label, round_state(s.round).value),
    "审读": lambda s, _: s.round.readers,
    "逾期": lambda s, _: _yes(s.overdue, "逾期"),
    "未结": lambda s, _: _yes(s.waiting, "未结"),
    "没回音": lambda s, _: _yes(s.silent, "没回音"),
}
FLAGS = frozenset({"逾期", "未结", "没回音"})


def _anything(standing: RoundStanding, _: None) -> tuple[str, ...]:
    known = (word for shown in KEYS.values() for word in shown(standing, None))
    return (*known, standing.round.purpose)


ROUNDS = Language(keys=KEYS, anything=_anything, flags=FLAGS)
