"""Opinions chosen, and the sheet they are given out on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from editorial.desk.office import Desk, loaded
from editorial.desk.opinion_forward import answers
from editorial.desk.opinion_trace import located, trace_of
from editorial.desk.opinions import in_order
from editorial.desk.round_list import find_round, rounds
from editorial.model.dates import chinese_day
from editorial.model.names import fit_name
from editorial.model.opinion_register import opinion_register
from editorial.model.opinion_selection import chosen, parse_opinion_terms, titles_of
from editorial.model.reviews import Opinion
from editorial.model.volume import book_title
from editorial.render.xlsx import workbook
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which opinions: of one round or of all, and in the words of the filter."""

    round: str = ""
    where: str = ""


def chosen_opinions(desk: Desk, wanted: Chosen) -> tuple[Opinion, ...]:
    """In the order of their numbers."""
    own = (find_round(desk, wanted.round),) if wanted.round else rounds(desk)
    found = [opinion for round_ in own for opinion in in_order(round_.opinions)]
    if not wanted.where:
        return tuple(found)
    terms = parse_opinion_terms(wanted.where)
    return tuple(chosen(terms, found, titles_of(loaded(desk).volume)))


def standings(desk: Desk, opinions: Sequence[Opinion]) -> dict[str, str]:
    """By id, what became of the words each speaks of; nothing for those that quote none."""
    trace = trace_of(desk)
    places = ((opinion.id, located(trace, opinion)) for opinion in opinions)
    return {name: place.standing.label for name, place in places if place}


def register_bytes(
    desk: Desk, opinions: Sequence[Opinion], round_id: str, day: date
) -> tuple[str, bytes]:
    """The file's name and the workbook."""
    volume = loaded(desk).volume
    title = find_round(desk, round_id).title if round_id else "各轮"
    table = opinion_register(
        opinions,
        titles_of(volume),
        standings(desk, opinions),
        answers(desk, opinions),
        title=f"《{book_title(volume)}》{title}意见",
        office=f"{volume.info.office.name}　{chinese_day(day)}　共{len(opinions)}条",
    )
    name = fit_name(f"{title}意见.xlsx")
    return name, workbook((table,), day, volume.info.office.name)
