"""一轮评议的进展: how many opinions are disposed of, who was heard, how many days are left."""

from __future__ import annotations

from datetime import date

from editorial.model.drafts import Draft
from editorial.model.labels import RoundState
from editorial.model.reviews import (
    UNANSWERED,
    Round,
    days_left,
    disposition,
    plain_name,
    round_state,
    silent_readers,
    waiting,
)
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundStanding:
    """`disposed` have a disposition, `exempted` were let off, `waiting` are the rest of `total`.
    `days` until the round is due, negative when that is over."""

    round: Round
    total: int
    disposed: int
    exempted: int
    waiting: int
    silent: tuple[str, ...]
    days: int | None

    @property
    def overdue(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def heard(self) -> int:
        return len(self.round.readers) - len(self.silent)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderStanding:
    """One reader: the number of the copy they got, how many opinions came, what they answered."""

    name: str
    copy: int | None
    opinions: int
    answer: str = ""


def standing_of(round_: Round, today: date) -> RoundStanding:
    left = len(waiting(round_))
    disposed = sum(disposition(o) not in UNANSWERED for o in round_.opinions)
    total = len(round_.opinions)
    return RoundStanding(
        round=round_,
        total=total,
        disposed=disposed,
        exempted=total - disposed - left,
        waiting=left,
        silent=silent_readers(round_),
        days=days_left(round_, today),
    )


def reader_standings(round_: Round, draft: Draft | None) -> tuple[ReaderStanding, ...]:
    """The readers of the round in order, then others opinions came from."""
    copies = {plain_name(c.reader): c.number for c in draft.copies} if draft else {}
    answers = {plain_name(each.reader): each.note for each in round_.answered}
    counts: dict[str, int] = {}
    names = {plain_name(name): name for name in round_.readers}
    for opinion in round_.opinions:
        plain = plain_name(opinion.by)
        names.setdefault(plain, opinion.by)
        counts[plain] = counts.get(plain, 0) + 1
    return tuple(
        ReaderStanding(
            name=name,
            copy=copies.get(plain),
            opinions=counts.get(plain, 0),
            answer=answers.get(plain, ""),
        )
        for plain, name in names.items()
    )


def days_words(standing: RoundStanding) -> str:
    """还有3天, 今天到期, 逾期2天; empty where no day counts."""
    days = standing.days
    if days is None:
        return ""
    if days < 0:
        return f"逾期{-days}天"
    return f"还有{days}天" if days else "今天到期"


def is_open(round_: Round) -> bool:
    return round_state(round_) is RoundState.OPEN
