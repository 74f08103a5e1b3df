"""The opinions of a round, or of all, as they are worked through: with the replies that came
back and, on demand, what says the same and what is in conflict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from editorial.desk.office import Desk, loaded
from editorial.desk.opinion_forward import answers, came_back
from editorial.desk.opinion_groups import Groups, groups_among
from editorial.desk.opinions import in_order
from editorial.desk.round_list import find_round, rounds
from editorial.model.opinion_selection import Titles, titles_of
from editorial.model.reviews import Opinion
from editorial.values import dataclass

Grouping = Literal["", "conflicts", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """`title` is the round's, empty when they are of all; `back` ids of those whose reply has
    come and waits for a decision; `letters` where a forwarded one went; `groups` what was asked
    for."""

    title: str
    opinions: tuple[Opinion, ...]
    titles: Titles
    back: frozenset[str]
    letters: Mapping[str, str]
    grouping: Grouping
    groups: Groups


def ledger(desk: Desk, round_id: str = "", grouping: Grouping = "") -> Ledger:
    own = (find_round(desk, round_id),) if round_id else rounds(desk)
    opinions = tuple(opinion for each in own for opinion in in_order(each.opinions))
    told = answers(desk, opinions)
    none = Groups(groups=(), words={})
    return Ledger(
        title=own[0].title if round_id else "",
        opinions=opinions,
        titles=titles_of(loaded(desk).volume),
        back=frozenset(o.id for o in opinions if came_back(o, told.get(o.id))),
        letters={name: answer.letter for name, answer in told.items()},
        grouping=grouping,
        groups=groups_among(desk, own, same=grouping == "same") if grouping else none,
    )
