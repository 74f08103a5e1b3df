"""One opinion with the text it speaks of as it stands now, and what its unit answered."""

from __future__ import annotations

from collections.abc import Iterator

from editorial.desk.office import Desk
from editorial.desk.opinion_forward import answers
from editorial.desk.opinion_trace import Trace, line_at, located, trace_of
from editorial.desk.opinions import find_opinion
from editorial.model.anchor import Spot
from editorial.model.document import Span
from editorial.model.labels import Disposition
from editorial.model.opinion_answer import UnitAnswer, proposed
from editorial.model.opinion_selection import titles_of
from editorial.model.reviews import WHOLE, Opinion, unplaced
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where the words are in the text of a section; its `line` counts from 1."""

    section: str
    span: Span
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """`standing` is empty when the opinion speaks of no words in particular; `passages` are
    several where the words are, none where they are lost."""

    opinion: Opinion
    title: str
    standing: str
    passages: tuple[Passage, ...]
    answer: UnitAnswer | None
    proposal: Disposition | None


def sight(desk: Desk, opinion_id: str) -> Sight:
    """EditorialError for an opinion there is not."""
    opinion = find_opinion(desk, opinion_id)
    trace = trace_of(desk)
    place = located(trace, opinion)
    titles = titles_of(trace.volume).sections.get(opinion.section, ())
    whole = "" if unplaced(opinion) else WHOLE
    answer = answers(desk, (opinion,)).get(opinion.id)
    return Sight(
        opinion=opinion,
        title=f"{titles[2]} / {titles[1]}" if titles else opinion.section or whole,
        standing=place.standing.label if place else "",
        passages=tuple(_passages(trace, place.spots)) if place else (),
        answer=answer,
        proposal=proposed(answer) if answer else None,
    )


def _passages(trace: Trace, spots: tuple[Spot, ...]) -> Iterator[Passage]:
    for spot in spots:
        span = Span(spot.start, spot.end)
        yield Passage(section=spot.section, span=span, line=line_at(trace, spot))
