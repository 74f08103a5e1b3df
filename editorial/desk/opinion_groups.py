"""Opinions of a round that belong side by side: the same point twice, or against each other."""

from __future__ import annotations

from collections.abc import Sequence

from editorial.desk.office import Desk
from editorial.desk.opinion_trace import spots_of, trace_of, words_at
from editorial.desk.opinions import in_order
from editorial.desk.round_list import find_round, rounds
from editorial.model.conflicts import conflict_groups, same_groups
from editorial.model.reviews import Opinion, Round
from editorial.values import dataclass

AROUND = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """`words` are those the opinions speak of, by id."""

    groups: tuple[tuple[Opinion, ...], ...]
    words: dict[str, str]


def groups_of(desk: Desk, round_id: str, *, same: bool) -> Groups:
    """Within each round. `same`: what seems to say the same; else what is in conflict."""
    own = (find_round(desk, round_id),) if round_id else rounds(desk)
    return groups_among(desk, own, same=same)


def groups_among(desk: Desk, own: Sequence[Round], *, same: bool) -> Groups:
    """The same of rounds that have been read already."""
    trace = trace_of(desk)
    groups: list[tuple[Opinion, ...]] = []
    words: dict[str, str] = {}
    for round_ in own:
        opinions = in_order(round_.opinions)
        spots = spots_of(trace, opinions)
        found = same_groups(opinions, spots) if same else conflict_groups(opinions, spots)
        groups += found
        told = (o.id for group in found for o in group if o.id in spots)
        words |= {name: words_at(trace, spots[name], AROUND) for name in told}
    return Groups(groups=tuple(groups), words=words)
