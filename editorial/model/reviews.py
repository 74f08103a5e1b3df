"""评议: rounds on a frozen text, and the opinions each of which must be answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from editorial.model.labels import Disposition, RoundState
from editorial.model.volume import Source, Step, from_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """意见, DOMAIN 7.2. `section` is a node id; `id` is `round/number`."""

    id: str = field(default="", metadata={"stored": False})
    section: str
    by: str
    channel: str = "书面"
    place: str = ""
    original: str = ""
    text: str
    category: str = ""
    weight: str = "should"
    reason: str = ""
    result: str = ""
    letter: str = ""
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One review round. `commit` is the text the readers have before them."""

    id: str = field(default="", metadata={"stored": False})
    title: str
    purpose: str = ""
    sections: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    due: date | None = None
    commit: str
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    opinions: tuple[Opinion, ...] = field(default=(), metadata={"stored": False})
    source: Source | None = from_file()


def disposition(opinion: Opinion) -> Disposition:
    return Disposition(opinion.history[-1].to) if opinion.history else Disposition.PENDING


def round_state(round_: Round) -> RoundState:
    return RoundState(round_.history[-1].to) if round_.history else RoundState.OPEN


UNANSWERED = frozenset({Disposition.PENDING, Disposition.FORWARDED})
NEEDS_REASON = frozenset({Disposition.PARTLY, Disposition.REJECTED})
