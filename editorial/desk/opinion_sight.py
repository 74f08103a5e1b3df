"""One opinion with the text it speaks of as it stands now, and what its unit answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from editorial.desk.office import Desk
from editorial.desk.opinion_forward import answers
from editorial.desk.opinion_trace import Trace, line_at, located, trace_of
from editorial.desk.opinions import find_opinion
from editorial.desk.round_list import find_round
from editorial.model.anchor import Spot
from editorial.model.labels import Disposition
from editorial.model.opinion_answer import UnitAnswer, proposed
from editorial.model.opinion_selection import titles_of
from editorial.model.reviews import WHOLE, Opinion, Round, unplaced

LINES = 4  # of text on either side of the words


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The words, what stands before and after them in their lines, and the lines around.
    `line` counts from 1 in the text of the section."""

    section: str
    line: int
    above: tuple[str, ...]
    before: str
    words: str
    after: str
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """`standing` is empty when the opinion speaks of no words in particular; `passages` are
    several where the words are, none where they are lost; `text` is then that of its section."""

    opinion: Opinion
    round: Round
    title: str
    standing: str
    passages: tuple[Passage, ...]
    text: tuple[str, ...]
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
        round=find_round(desk, opinion.id.partition("/")[0]),
        title=f"{titles[2]} / {titles[1]}" if titles else opinion.section or whole,
        standing=place.standing.label if place else "",
        passages=tuple(_passages(trace, place.spots)) if place else (),
        text=tuple(_lines(trace.texts.get(opinion.section, ""))),
        answer=answer,
        proposal=proposed(answer) if answer else None,
    )


def _passages(trace: Trace, spots: tuple[Spot, ...]) -> Iterator[Passage]:
    for spot in spots:
        text = trace.texts[spot.section]
        before, words = text[: spot.start], text[spot.start : spot.end]
        head, _, start = before.rpartition("\n")
        rest, _, tail = text[spot.end :].partition("\n")
        yield Passage(
            section=spot.section,
            line=line_at(trace, spot),
            above=tuple(_lines(head)[-LINES:]),
            before=start,
            words=words,
            after=rest,
            below=tuple(_lines(tail)[:LINES]),
        )


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
