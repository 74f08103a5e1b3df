"""Opinions on the same words: those that say the same, and those that ask for different things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from editorial.model.anchor import Spot
from editorial.model.asked_change import asked_change
from editorial.model.quote_search import folded
from editorial.model.reviews import Opinion

SAME = 72.0  # how alike two opinions on the same words are that say the same, of 100
LEAST = 3  # characters of an opinion that are more than its quotation
FEW = 200  # opinions without a place that are compared with each other
SAME_ANYWHERE = 88.0  # and two whose words are not known

_NUMBER = re.compile(r"(?<![第\d.])\d+(?:\.\d+)?")  # 第3页 only says where

Spots = Mapping[str, Spot]
Group = tuple[Opinion, ...]


def same_groups(opinions: Sequence[Opinion], spots: Spots) -> tuple[Group, ...]:
    """Opinions that seem to say the same and have not been told so yet, each in one group."""
    return _grouped(opinions, spots, says_same, anywhere=True, told=_told_same)


def conflict_groups(opinions: Sequence[Opinion], spots: Spots) -> tuple[Group, ...]:
    """Opinions on overlapping words that ask for different things. Of those said to be the same
    only the first takes part."""
    heads = [opinion for opinion in opinions if not opinion.same_as]
    return _grouped(heads, spots, _differs, anywhere=False, told=lambda one, other: False)


def rivals_of(opinion: Opinion, opinions: Iterable[Opinion], spots: Spots) -> Group:
    """Those that ask something else of the same words."""
    return tuple(
        each
        for each in opinions
        if each.id != opinion.id
        and not each.same_as
        and _on_same_words(opinion, each, spots)
        and _differs(opinion, each)
    )


def says_same(one: Opinion, other: Opinion) -> bool:
    """Whether two opinions on the same words ask for the same."""
    asked, asked2 = asked_change(one.text), asked_change(other.text)
    if asked and asked2:
        return folded(asked.new) == folded(asked2.new)
    said, said2 = _asking(one), _asking(other)
    numbers, numbers2 = set(_NUMBER.findall(said)), set(_NUMBER.findall(said2))
    if numbers and numbers2 and numbers != numbers2:  # 应为120个, 应为130个
        return False
    return fuzz.ratio(said, said2) >= SAME


def _asking(opinion: Opinion) -> str:
    """What is asked, without the words of the book it is asked of: one writes them in a column
    of their own, another into the opinion."""
    text = folded(opinion.text)
    for quote in (opinion.original, opinion.anchor.quote if opinion.anchor else ""):
        rest = text.replace(folded(quote), "", 1) if quote.strip() else text
        text = rest if len(rest) >= LEAST else text
    return text.strip(",.。;；:： ")


def _differs(one: Opinion, other: Opinion) -> bool:
    return not says_same(one, other)


def _told_same(one: Opinion, other: Opinion) -> bool:
    return (
        other.id == one.same_as
        or one.id == other.same_as
        or (bool(one.same_as) and one.same_as == other.same_as)
    )


def _alike_anywhere(one: Opinion, other: Opinion) -> bool:
    """Neither says exactly where: the same place in words and nearly the same words."""
    if folded(one.place) != folded(other.place) and folded(one.original) != folded(other.original):
        return False
    return fuzz.ratio(folded(one.text), folded(other.text)) >= SAME_ANYWHERE


def _on_same_words(one: Opinion, other: Opinion, spots: Spots) -> bool:
    a, b = spots.get(one.id), spots.get(other.id)
    if a is None or b is None or a.section != b.section:
        return False
    return a.start < b.end and b.start < a.end and _exact(one) and _exact(other)


def _exact(opinion: Opinion) -> bool:
    """Whether it speaks of those very words, not of an entry or line they stand for."""
    quote = folded(opinion.anchor.quote) if opinion.anchor else ""
    said = folded(opinion.original) or folded(opinion.text)
    return (bool(quote) and (quote in said or said in quote)) or not opinion.anchor


def _grouped(
    opinions: Sequence[Opinion],
    spots: Spots,
    belongs: Callable[[Opinion, Opinion], bool],
    *,
    anywhere: bool,
    told: Callable[[Opinion, Opinion], bool],
) -> tuple[Group, ...]:
    """Opinions joined pair by pair; groups in the order of their first."""
    head = {opinion.id: opinion.id for opinion in opinions}

    def root(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    for one, other in _pairs(opinions, spots, anywhere=anywhere):
        near = _on_same_words(one, other, spots)
        joined = belongs(one, other) if near else anywhere and _alike_anywhere(one, other)
        if joined and not told(one, other):
            head[root(other.id)] = root(one.id)
    groups: dict[str, list[Opinion]] = {}
    for opinion in opinions:
        groups.setdefault(root(opinion.id), []).append(opinion)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _pairs(
    opinions: Sequence[Opinion], spots: Spots, *, anywhere: bool
) -> Iterator[tuple[Opinion, Opinion]]:
    """Pairs of one section that may have to do with each other."""
    by_section: dict[str, list[Opinion]] = {}
    for opinion in opinions:
        spot = spots.get(opinion.id)
        by_section.setdefault(spot.section if spot else opinion.section, []).append(opinion)
    for group in by_section.values():
        placed = sorted((o for o in group if o.id in spots), key=lambda o: spots[o.id].start)
        for at, one in enumerate(placed):
            for other in placed[at + 1 :]:
                if spots[other.id].start >= spots[one.id].end:
                    break
                yield _ordered(one, other)
        if anywhere:
            yield from _unplaced([o for o in group if o.id not in spots])


def _unplaced(group: Sequence[Opinion]) -> Iterator[tuple[Opinion, Opinion]]:
    """Those that put the place, or the words, the same way; a place told many times over tells
    nothing."""
    alike: dict[str, list[Opinion]] = {}
    for opinion in group:
        for told in {folded(opinion.place), folded(opinion.original)}:
            alike.setdefault(told, []).append(opinion)
    for told, own in alike.items():
        if told or len(own) <= FEW:
            yield from combinations(own[:FEW], 2)


def _ordered(one: Opinion, other: Opinion) -> tuple[Opinion, Opinion]:
    return (one, other) if one.id < other.id else (other, one)
