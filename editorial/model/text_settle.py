"""Matches of single characters put right where stretches that changed places meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from editorial.model.text_moves import Matched

SENTENCE, STOPS = 6, "。，；、：！？）》”"  # characters, at least; what ends words
IN_TURN = 50  # characters that may each give back a place


def pieces_of(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches [start, stop) that have no match."""
    start = -1
    for at, place in enumerate(places):
        if place < 0:
            if start < 0:
                start = at
        elif start >= 0:
            yield start, at
            start = -1
    if start >= 0:
        yield start, len(places)


def settle(a: str, b: str, matched: Matched) -> None:
    """Where stretches that changed places begin or end with the same characters, a match may
    have taken the wrong one: give it back when nothing is lost by it."""
    for start, stop in list(pieces_of(matched.there)):
        for at in range(start, stop):
            _give_back(a, b, matched, at, 1)
        for at in range(stop - 1, start - 1, -1):
            _give_back(a, b, matched, at, -1)
    for own, other, (there, back) in ((a, b, matched), (b, a, matched[::-1])):
        for start, stop in list(pieces_of(there)):
            for step in (1, -1):
                if stop - start == 1 and there[start] < 0:
                    _take_over(own, other, there, back, start, step)


def _take_over(own: str, other: str, there: list[int], back: list[int], at: int, step: int) -> None:
    """A lone free character goes on from its neighbour in place of another, and that in place
    of a third, till one is left beside others left over: a sentence doubled is then whole. A
    mark of punctuation belongs to what it ends."""
    moves: list[tuple[int, int]] = []
    first = at
    while len(moves) < IN_TURN and 0 <= at - step < len(own) and there[at - step] >= 0:
        place = there[at - step] + step
        if not 0 <= place < len(other) or other[place] != own[at] or back[place] < 0:
            return
        moves.append((at, place))
        at = back[place]
        beside = (range(at - SENTENCE, at), range(at + 1, at + 1 + SENTENCE))
        mark = own[at] in STOPS and step > 0 and there[at - 1 : at] != [place - 1]
        if mark or any(first not in side and _free_all(there, side) for side in beside):
            for here, taken in moves:
                there[here], back[taken] = taken, here
            there[at] = -1
            return


def _free_all(places: Sequence[int], span: range) -> bool:
    return span.start >= 0 and span.stop <= len(places) and all(places[n] < 0 for n in span)


def _give_back(a: str, b: str, matched: Matched, i: int, step: int) -> None:
    """Character i has no match, but its neighbour has one: the place beside that neighbour's is
    taken by another character, which finds one beside its own other neighbour, and so on to a
    free one."""
    there, back = matched
    beside = i - step
    if there[i] >= 0 or not 0 <= beside < len(a) or there[beside] < 0:
        return
    moves: list[tuple[int, int]] = []
    j = there[beside] + step
    while 0 <= j < len(b) and b[j] == a[i] and len(moves) < IN_TURN:
        moves.append((i, j))
        i = back[j]
        if i < 0:
            for own, place in moves:
                there[own], back[place] = place, own
            return
        after = i - step
        if not 0 <= after < len(a) or there[after] < 0:
            return
        j = there[after] + step
