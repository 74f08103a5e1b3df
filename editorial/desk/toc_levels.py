"""读校目录: the level a title is listed at against the level of its heading."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from editorial.desk.toc_match import CODE, Ground, Match, listed_as, reach_of, reading_of
from editorial.desk.toc_pages import Contents
from editorial.model.finding import Finding

GRAIN = 3.0  # points: lines of the contents indented alike
LEAST = 5  # headings of a kind
PURE = 0.85  # of them: those listed at one level, by which this is known to be theirs

_Level: TypeAlias = tuple[int, float]


class _Listed(NamedTuple):
    match: Match
    level: _Level  # indent and size in the contents
    kind: tuple[str, float]  # of the heading: its size; an entry; one no larger than the text


def level_faults(
    ground: Ground, contents: Contents, matches: tuple[Match, ...]
) -> Iterator[Finding]:
    """Titles listed at the level of another kind of heading, where kinds have their own."""
    found = tuple(_listed(ground, matches))
    homes = _homes(found)
    owners = {level: kind for kind, level in homes.items()}
    for each in found:
        home, owner = homes.get(each.kind), owners.get(each.level)
        if home and owner and owner != each.kind:
            like, kin = (_example(found, kind, homes[kind]) for kind in (owner, each.kind))
            title, number = listed_as(each.match), each.match.row.number
            message = (
                f"{contents.name}“{title}”（第{number}页）与“{like}”排成一级，书中标题与“{kin}”同级"
            )
            yield Finding(code=CODE, line=each.match.row.sheet, message=message)


def _listed(ground: Ground, matches: tuple[Match, ...]) -> Iterator[_Listed]:
    for match in matches:
        row = match.row
        if match.spot and (row.line == row.own or reading_of(match) in (row.title, row.own)):
            part = match.spot.parts[0]
            size = ground.heads[part[1]].size if part[0] == "head" else 0.0
            level = round(reach_of(match) / GRAIN), round(row.size, 1)
            yield _Listed(match, level, (part[0], round(size, 1)))


def _homes(found: tuple[_Listed, ...]) -> dict[tuple[str, float], _Level]:
    """The level of each kind of heading; of kinds listed alike none is known."""
    levels: dict[tuple[str, float], Counter[_Level]] = defaultdict(Counter)
    for each in found:
        levels[each.kind][each.level] += 1
    homes = {}
    for kind, counts in levels.items():
        level, count = counts.most_common(1)[0]
        if counts.total() >= LEAST and count >= PURE * counts.total():
            homes[kind] = level
    shared = Counter(homes.values())
    return {kind: level for kind, level in homes.items() if shared[level] == 1}


def _example(found: tuple[_Listed, ...], kind: tuple[str, float], level: _Level) -> str:
    return next(listed_as(x.match) for x in found if x.kind == kind and x.level == level)
