"""摘录: a book of only what was asked for, by unit, city, round or terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from itertools import takewhile

from editorial.desk.office import Desk
from editorial.desk.round_list import find_round
from editorial.errors import EditorialError
from editorial.model.book import Book, Part
from editorial.model.finding import Finding
from editorial.model.nodes import sections_under
from editorial.model.people import Unit, find_unit
from editorial.model.selection import Selection, fits, parse_terms, selection_words
from editorial.model.signed import blocks_of
from editorial.model.volume import Section, Volume


def selective(selection: Selection) -> bool:
    """Whether it chooses sections at all; questions and last year's text only add to them."""
    return bool(selection.units or selection.cities or selection.round or selection.where)


def resolved(desk: Desk, volume: Volume, selection: Selection) -> Selection:
    """The selection with names made ids. EditorialError for a unit, city or round there is not."""
    parse_terms(selection.where)
    units = dict.fromkeys(find_unit(volume.units, name).id for name in selection.units)
    known = dict.fromkeys(unit.city for unit in volume.units if unit.city)
    cities = dict.fromkeys(_city(name, tuple(known)) for name in selection.cities)
    round_ = find_round(desk, selection.round).id if selection.round else ""
    return replace(
        selection,
        units=tuple(units),
        cities=tuple(cities),
        round=round_,
        where=" ".join(selection.where.split()),
    )


def _city(name: str, known: tuple[str, ...]) -> str:
    for city in known:
        if name.strip() in (city, f"{city}市"):
            return city
    raise EditorialError(
        f"没有单位在“{name}”", hint=f"units.yaml 里写有城市：{'、'.join(known) or '（没有）'}"
    )


def units_of(volume: Volume, selection: Selection) -> frozenset[str]:
    """Ids of the units whose entries alone are wanted; empty: everybody's."""
    return frozenset(
        unit.id
        for unit in volume.units
        if (selection.units or selection.cities)
        and (not selection.units or unit.id in selection.units)
        and (not selection.cities or unit.city in selection.cities)
    )


def wanted_sections(
    desk: Desk, volume: Volume, selection: Selection, nodes: tuple[str, ...], today: date
) -> tuple[str, ...]:
    """Ids of the sections under `nodes` the resolved selection chooses, in reading order.

    EditorialError when there are none.
    """
    found = sections_under(volume, nodes)
    if selection.units or selection.cities:
        units = units_of(volume, selection)
        found = tuple(section for section in found if units & set(section.units))
    if selection.round:
        round_ = find_round(desk, selection.round)
        found = tuple(s for s in found if not round_.sections or s.id in round_.sections)
    if selection.where:
        ids = _fitting(desk, volume, selection.where, today)
        found = tuple(section for section in found if section.id in ids)
    if not found:
        raise EditorialError(
            f"没有分目合于“{words_of(desk, volume, selection)}”",
            hint="用 editorial status 查看各分目的单位和状态",
        )
    return tuple(section.id for section in found)


def _fitting(desk: Desk, volume: Volume, where: str, today: date) -> frozenset[str]:
    from editorial.desk.overview import overview  # a draft of the whole book needs no board

    terms = parse_terms(where)
    units = {unit.id: unit for unit in volume.units}
    rows = (row for chapter in overview(desk, today).volume.rows for row in chapter.rows)
    return frozenset(row.id for row in rows if fits(terms, row, units))


def words_of(desk: Desk, volume: Volume, selection: Selection) -> str:
    """What the selection is called on covers and in names of files."""
    names = {unit.id: unit.short or unit.name for unit in volume.units}
    round_ = find_round(desk, selection.round).title if selection.round else ""
    return selection_words(selection, names, round_)


def narrowed(
    volume: Volume, book: Book, units: AbstractSet[str]
) -> tuple[Book, tuple[Finding, ...]]:
    """Only the entries of these units, tables and figures with the numbers they have in the
    whole book; what had to be left out for want of a signature is told."""
    supplied = {section.id: section for section in volume.sections}
    parts: list[Part] = []
    numbers = dict(book.numbers)
    left: list[Finding] = []
    for part in book.parts:
        section = supplied.get(part.id)
        if section is None:
            parts.append(part)
            continue
        new, renumbered = _narrow_part(part, units_in(volume, section), units, book.numbers)
        numbers |= renumbered
        parts += [new] if new.blocks else []
        left += _left_out(section, part, new)
    kept = tuple(_without_empty(tuple(parts), supplied))
    return replace(book, parts=kept, numbers=numbers, editorial_notes=()), tuple(left)


def units_in(volume: Volume, section: Section) -> tuple[Unit, ...]:
    """All that have a part in the section, in the order of units.yaml."""
    return tuple(unit for unit in volume.units if unit.id in section.units)


def _narrow_part(
    part: Part,
    units: tuple[Unit, ...],
    wanted: AbstractSet[str],
    numbers: Mapping[tuple[str, int], str],
) -> tuple[Part, dict[tuple[str, int], str]]:
    places = blocks_of(part.blocks, wanted, units)
    if len(places) == len(part.blocks):
        return replace(part, pending=()), {}
    blocks = tuple(part.blocks[place] for place in places)
    new = replace(part, blocks=blocks, places=places, pending=(), digest="")
    kept = {
        (part.id, index): numbers[part.id, place]
        for index, place in enumerate(places)
        if (part.id, place) in numbers
    }
    return new, kept


def _left_out(section: Section, part: Part, new: Part) -> list[Finding]:
    if len(new.blocks) == len(part.blocks):
        return []
    what = "只收入该单位署名的部分" if new.blocks else "没有该单位署名的条目，整个分目没有收入"
    return [
        Finding(
            code="L20",
            message=f"这个分目由几个单位供稿，{what}",
            where=section.id,
            hint="署名行里写上单位的名称或简称，才知道哪些条目是它的",
        )
    ]


def _without_empty(parts: tuple[Part, ...], sections: Mapping[str, Section]) -> Iterator[Part]:
    """Headings of 篇目 and 章 only where something is left under them."""
    for index, part in enumerate(parts):
        below = _below(parts[index + 1 :], part.level)
        if part.id in sections or any(each.id in sections for each in below):
            yield part


def _below(parts: tuple[Part, ...], level: int) -> Iterator[Part]:
    return takewhile(lambda part: part.level > level, parts)
