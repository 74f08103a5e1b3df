"""总览的另一面: 篇目 × 城市, each cell what the units of one city owe for one chapter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from editorial.desk.office import Desk
from editorial.desk.overview import Desktop, city_row, desktop_of, desktop_sparing
from editorial.model.board import Row
from editorial.model.volume import Chapter, Section, Volume, book_title
from editorial.values import dataclass

NOWHERE = "其他"  # units without a city; none of them asks for a column by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class CityBoard:
    """`rows`: each chapter's title and id with one cell a city, None where the city has no part;
    `totals` are the cities over the whole volume."""

    title: str
    today: date
    cities: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Row | None, ...]], ...]
    totals: tuple[Row | None, ...]
    unread: int = 0


def city_board(desk: Desk, today: date, *, at: str = "", sparing: bool = False) -> CityBoard:
    """Cities in the order of the volume, then as units name them. EditorialError as `overview`;
    `sparing`: without the sections that cannot be read, which `unread` counts."""
    desktop = desktop_sparing(desk, today)[0] if sparing else desktop_of(desk, today, at=at)
    volume = desktop.volume
    cities = _cities(volume)
    known = {city: _of_city(desktop, city) for city in cities}
    return CityBoard(
        title=book_title(volume),
        today=today,
        cities=cities,
        rows=tuple(
            (each.id, each.title, tuple(_cell(known[city], city, each) for city in cities))
            for each in volume.chapters
        ),
        unread=len({fault.file for some in desktop.faults.values() for fault in some}),
        totals=tuple(_total(known[city], city, volume) for city in cities),
    )


def _cities(volume: Volume) -> tuple[str, ...]:
    """Those that have a part in the book."""
    writing = {unit for section in volume.sections for unit in section.units}
    named = [_city(unit.city) for unit in volume.units if unit.id in writing]
    ordered = [city for city in volume.info.city_order if city in named]
    others = [city for city in dict.fromkeys(named) if city not in ordered]
    return (*ordered, *sorted(others, key=lambda city: city == NOWHERE))


def _city(name: str) -> str:
    return name or NOWHERE


def _of_city(desktop: Desktop, city: str) -> tuple[Desktop, Mapping[str, tuple[Section, ...]]]:
    """What is on the desk of one city's units: their tasks, their letters, their sections."""
    units = frozenset(unit.id for unit in desktop.volume.units if _city(unit.city) == city)
    sections: defaultdict[str, tuple[Section, ...]] = defaultdict(tuple)
    for section in desktop.volume.sections:
        if units & frozenset(section.units):
            tasks = tuple(task for task in section.tasks if task.unit in units)
            sections[section.id.partition("/")[0]] += (replace(section, tasks=tasks),)
    letters = tuple(letter for letter in desktop.letters if letter.unit in units)
    return replace(desktop, letters=letters), sections


def _cell(
    known: tuple[Desktop, Mapping[str, tuple[Section, ...]]], city: str, chapter: Chapter
) -> Row | None:
    desktop, sections = known
    found = sections.get(chapter.id, ())
    return city_row(desktop, chapter.id, city, found) if found else None


def _total(
    known: tuple[Desktop, Mapping[str, tuple[Section, ...]]], city: str, volume: Volume
) -> Row | None:
    desktop, sections = known
    found = tuple(section for each in sections.values() for section in each)
    return city_row(desktop, volume.id, city, found) if found else None
