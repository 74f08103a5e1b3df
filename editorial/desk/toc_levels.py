"""读校目录: the level a title is listed at against the level of its heading."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, TypeAlias

from editorial.desk.toc_match import CODE, Match, listed_as, reach_of, reading_of
from editorial.desk.toc_pages import Contents
from editorial.model.finding import Finding

GRAIN = 3.0  # points: lines of the contents indented alike
FEW = 2  # headings of a kind listed at one level, by which this may be theirs
LEAST, PURE = 5, 0.85  # of so many headings this share at one level: it is theirs for certain

_Level: TypeAlias = tuple[int, float, str]
_Kind: TypeAlias = tuple[str, float]


class _Listed(NamedTuple):
    match: Match
    level: _Level  # indent, size and face in the contents
    kind: _Kind  # of the heading: its size; an entry; one no larger than the text


class Levels(NamedTuple):
    """The titles of one list, and the level of each kind of heading that has one of its own, with
    one title of it; `firm` are the kinds of which many are listed, and hardly any elsewhere."""

    found: tuple[_Listed, ...]
    homes: dict[_Kind, _Level]
    owners: dict[_Level, _Kind]
    examples: dict[_Kind, Match]
    firm: frozenset[_Kind]

    def at_home(self, each: _Listed) -> bool:
        return self.homes.get(each.kind) == each.level

    def rank(self, kind: _Kind) -> tuple[float, int]:
        """Sorts kinds with a level of their own, what holds others first."""
        return -kind[1], self.homes[kind][0]

    def astray(self, each: _Listed) -> bool:
        """Whether it is listed at the level of another kind."""
        return each.kind in self.homes and self.owners.get(each.level, each.kind) != each.kind

    def outward(self, each: _Listed) -> bool:
        """Whether that is the level of larger headings."""
        return self.rank(self.owners[each.level]) < self.rank(each.kind)


def read_levels(matches: tuple[Match, ...]) -> Levels:
    """Where most of a kind are listed, if others there are few; of kinds listed alike only the
    one with most titles has a level of its own."""
    found = tuple(_listed(matches))
    counts: dict[_Kind, Counter[_Level]] = defaultdict(Counter)
    for each in found:
        counts[each.kind][each.level] += 1
    usual = {kind: levels.most_common(1)[0] for kind, levels in counts.items()}
    strays = _strays(found, {kind: level for kind, (level, _) in usual.items()})
    owners: dict[_Level, _Kind] = {}
    for kind in sorted(usual, key=lambda kind: (usual[kind][1], kind[1])):
        level, count = usual[kind]
        own = sum(stray.kind == kind for stray in strays)
        others = sum(stray.level == level for stray in strays)
        if count >= FEW and 2 * max(own, others) <= count:
            owners[level] = kind
    homes = {kind: level for level, kind in owners.items()}
    return Levels(
        found=found,
        homes=homes,
        owners=owners,
        examples={x.kind: x.match for x in reversed(found) if homes.get(x.kind) == x.level},
        firm=frozenset(kind for kind in homes if _firm(usual[kind][1], counts[kind].total())),
    )


def _strays(found: Sequence[_Listed], usual: Mapping[_Kind, _Level]) -> list[_Listed]:
    """Those listed elsewhere than most of their kind; several in a row count once."""
    turns = (each for before, each in pairwise(found) if each[1:] != before[1:])
    return [each for each in (*found[:1], *turns) if each.level != usual[each.kind]]


def _firm(count: int, total: int) -> bool:
    return total >= LEAST and count >= PURE * total


def _listed(matches: tuple[Match, ...]) -> Iterator[_Listed]:
    indents = _indents([reach_of(match) for match in matches])
    for match in matches:
        row = match.row
        if match.spot and (row.line == row.own or reading_of(match) in (row.title, row.own)):
            kind = match.spot.parts[0][0], round(match.spot.size, 1)
            level = indents[reach_of(match)], round(row.size, 1), row.face
            yield _Listed(match, level, kind)


def _indents(reaches: Sequence[float]) -> dict[float, int]:
    """Each of them numbered by its indent, 0 for the outermost."""
    ordered = sorted(set(reaches), reverse=True)
    steps = (one - other >= GRAIN for one, other in pairwise(ordered))
    return dict(zip(ordered, accumulate(steps, initial=0), strict=False))


def level_faults(contents: Contents, levels: Levels) -> Iterator[Finding]:
    """Titles listed at the level of another kind of heading, where kinds have their own."""
    for each in _wrong(levels):
        like, kin = (levels.examples[kind] for kind in (levels.owners[each.level], each.kind))
        message = (
            f"{contents.name}“{listed_as(each.match)}”（第{each.match.row.number}页）"
            f"与“{listed_as(like)}”排成一级，书中标题与“{listed_as(kin)}”同级"
        )
        yield Finding(code=CODE, line=each.match.row.sheet, message=message)


def _wrong(levels: Levels) -> Iterator[_Listed]:
    """Those of which the order of the titles bears it out."""
    for index, each in enumerate(levels.found):
        if levels.astray(each):
            told = _too_far_out if levels.outward(each) else _too_far_in
            if told(levels, index):
                yield each


def _too_far_out(levels: Levels, index: int) -> bool:
    """It stands between others of its kind, or of larger kinds: what comes before all parts or
    behind them (凡例, 后记) belongs to none, whatever its size, and begins a page."""
    each = levels.found[index]
    rank = levels.rank(each.kind)
    known = [x for x in levels.found if x is each or levels.at_home(x)]
    around = [x for x in known if levels.rank(x.kind) <= rank]
    place = next(n for n, x in enumerate(around) if x is each)
    before, after = around[:place], around[place + 1 :]
    if all(x.kind == each.kind for x in before):
        return False
    if before[-1].kind == each.kind and _sheet(before[-1]) == _sheet(each):
        return True
    beside = {x.kind for x in (*before[-1:], *after[:1])}
    return bool(after) and (each.kind in levels.firm or each.kind in beside)


def _too_far_in(levels: Levels, index: int) -> bool:
    """What stands under it in the book is not listed under it. Several in a row are listed so
    on purpose: papers, each with a title as large as that of a part."""
    each = levels.found[index]
    if index and levels.found[index - 1][1:] == each[1:]:
        return False
    after = levels.found[index + 1 : index + 2]
    if not after or not levels.at_home(after[0]):
        return False
    listed = levels.rank(levels.owners[each.level])
    return levels.rank(each.kind) < levels.rank(after[0].kind) <= listed


def _sheet(each: _Listed) -> int:
    return each.match.spot.sheet if each.match.spot else 0


def put_right(matches: tuple[Match, ...], levels: Levels) -> tuple[Match, ...]:
    """Titles listed at a wrong level as if at their own, which tells what stands under them."""
    wrong = {each.match: levels.examples[each.kind] for each in _wrong(levels)}
    return tuple(_as_listed(match, wrong.get(match, match)) for match in matches)


def _as_listed(match: Match, other: Match) -> Match:
    reach = reach_of(other)
    return match._replace(row=match.row._replace(reach=reach, begins=reach, size=other.row.size))
