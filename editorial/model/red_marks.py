"""红: corrections as a list has them, and where each of them stands in the old proof."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from typing import NamedTuple

from editorial.model.folding import HYPHENS, fold, loosened
from editorial.model.proof_text import CIRCLED, ProofText, contents_sheets, sheet_at
from editorial.values import dataclass

CONTEXTS = (8, 5, 3, 2)  # characters of context, fewer and fewer
LEAST = 4  # characters that must agree for a place to count as found
SHORT = 6  # characters of context fewer than a list would give
FAR = 2  # sheets: what agrees only in part must stand that near
SURE = 8  # characters of a mark and around it that do not agree by chance
STRONG = 12  # characters that, if they stand in one place only, tell more than a page
TABLE = 800  # characters one holds
NEIGHBOUR = 20  # characters, at most, marks are long


@dataclass(frozen=True, slots=True, kw_only=True)
class RedMark:
    """One correction. `page` is a sheet or a printed number, "" if not told; `before` and `after`
    what stands around it on the old proof. Empty `new`: delete; empty `old`: insert. `line` is
    that of the list, 0 if from none."""

    id: str
    page: str = ""
    before: str = ""
    old: str = ""
    new: str = ""
    after: str = ""
    line: int = field(default=0, compare=False)


class Spot(NamedTuple):
    """Characters [start, stop) of the old proof are those a mark is about."""

    start: int
    stop: int


def located(
    marks: Sequence[RedMark], proof: ProofText, stands: Callable[[RedMark, Spot], int]
) -> tuple[Spot | None, ...]:
    """The place of every mark; None where its words are not to be found.

    The same words may stand on a page twice: marks in the order of the list then take one
    place each, those nearest to the page they name. `stands` tells how the new proof speaks
    for a place: 0 as asked, 1 changed otherwise, 2 unchanged; it is asked when fewer marks than
    places have the same words.
    """
    finder = _Finder(proof)
    sure = [finder.exact(mark) for mark in marks]
    offset = _offset(marks, sure, proof)
    rivals = Counter(tuple(places) for places in sure if len(places) > 1)
    claimed = sorted({places[0] for places in sure if len(places) == 1})
    taken: Counter[Spot] = Counter()
    spots: list[Spot | None] = []

    def speaks(mark: RedMark, spot: Spot) -> int:
        told = stands(mark, spot)
        return 2 if told == 1 and _beside(claimed, spot) else told

    for mark, places in zip(marks, sure, strict=True):
        found = places or finder.likely(mark, offset)
        free = len(found) > max(1, rivals[tuple(found)])
        ranks = {
            spot: _rank(
                mark, spot, proof, offset, taken[spot] + (speaks(mark, spot) if free else 0)
            )
            for spot in found
        }
        spot = min(ranks, key=lambda spot: ranks[spot], default=None)
        if spot is not None:
            taken[spot] += 1
        spots.append(spot)
    wide = [
        finder.twins(mark, places) if spot and stands(mark, spot) == 2 else places
        for mark, places, spot in zip(marks, sure, spots, strict=True)
    ]
    return tuple(_resettled(marks, wide, spots, speaks))


def _resettled(
    marks: Sequence[RedMark],
    sure: Sequence[Sequence[Spot]],
    spots: list[Spot | None],
    speaks: Callable[[RedMark, Spot], int],
) -> list[Spot | None]:
    """Pages are told wrongly more often than the very change of a mark is made, unasked, where
    the very same words stand: a mark goes there, if no other mark wants the place."""
    holders = {spot: number for number, spot in enumerate(spots) if spot is not None}
    for number, (mark, places) in enumerate(zip(marks, sure, strict=True)):
        own = spots[number]
        if own is None or len(places) < 2 or _length(mark) < SURE or not speaks(mark, own):
            continue
        for spot in places:
            holder = holders.get(spot)
            if spot == own or speaks(mark, spot):
                continue
            if holder is not None and (own not in sure[holder] or not speaks(marks[holder], spot)):
                continue
            if holder is not None:
                spots[holder], holders[own] = own, holder
            elif holders.get(own) == number:
                del holders[own]
            spots[number], holders[spot] = spot, number
            break
    return spots


def _length(mark: RedMark) -> int:
    return len(fold(mark.before + mark.after)) + max(len(fold(mark.old)), len(fold(mark.new)))


def _beside(claimed: Sequence[Spot], spot: Spot) -> bool:
    """Whether a mark that has but one place stands beside this one."""
    at = bisect_left(claimed, (spot.start - NEIGHBOUR, 0))
    return any(
        other != spot and other.start <= spot.stop + 1 and spot.start - 1 <= other.stop
        for other in claimed[at : at + NEIGHBOUR]
    )


def _offset(marks: Sequence[RedMark], sure: Sequence[Sequence[Spot]], proof: ProofText) -> int:
    """By how much sheets run ahead of the pages the list names: front matter, mostly."""
    votes = Counter(
        sheet_at(proof, places[0].start) - int(mark.page)
        for mark, places in zip(marks, sure, strict=True)
        if len(places) == 1 and mark.page.isdecimal()
    )
    return max(votes, key=lambda each: (votes[each], -abs(each)), default=0)


def _rank(
    mark: RedMark, spot: Spot, proof: ProofText, offset: int, taken: int
) -> tuple[int, int, int, int]:
    """The less the likelier. Context cut short ends where a paragraph or a cell does."""
    cut = 0
    if len(mark.before) < SHORT:
        at = spot.start - len(fold(mark.before))
        cut += at > 0 and proof.run_of[at - 1] == proof.run_of[min(at, len(proof.run_of) - 1)]
    if len(mark.after) < SHORT:
        at = spot.stop + len(fold(mark.after))
        cut += 0 < at < len(proof.run_of) and proof.run_of[at - 1] == proof.run_of[at]
    distance = _distance(mark, spot, proof, offset)
    return max(0, distance - 1), taken + cut, distance, spot.start


def _distance(mark: RedMark, spot: Spot, proof: ProofText, offset: int) -> int:
    sheet = sheet_at(proof, spot.start)
    if proof.labels[sheet - 1] == mark.page or not mark.page.isdecimal() or not int(mark.page):
        return 0
    return abs(sheet - int(mark.page) - offset)


class _Finder:
    """Ways to find words in a proof, from strict to loose."""

    def __init__(self, proof: ProofText) -> None:
        self.proof = proof
        self.contents = contents_sheets(proof)
        self.loose = ""
        self.places: list[int] = []
        self.bare = ""
        self.bare_places: list[int] = []

    def exact(self, mark: RedMark) -> list[Spot]:
        """Where all words of a mark and around it stand as the list has them."""
        before, old, after = fold(mark.before), fold(mark.old), fold(mark.after)
        found = list(self._spots(before, old, after)) if before + old + after else []
        if not found or old == _unhyphened(old):
            found += [spot for spot in self._bare_spots(before, old, after) if spot not in found]
        if len(before + old + after) >= LEAST:
            return found
        return [spot for spot in found if _distance(mark, spot, self.proof, 0) <= FAR]

    def _spots(self, before: str, old: str, after: str) -> Iterator[Spot]:
        needle, text = before + old + after, self.proof.text
        at = text.find(needle)
        while at >= 0:
            start = at + len(before)
            yield Spot(start, start + len(old))
            at = text.find(needle, at + 1)

    def _bare_spots(self, before: str, old: str, after: str) -> Iterator[Spot]:
        """A hyphen of the words may stand at the end of a line, where none is told, and the
        number of a note between them."""
        if not (self.proof.soft or self.proof.marks):
            return
        if not self.bare:
            marks = self.proof.marks
            self.bare_places = [
                n for n, c in enumerate(self.proof.text) if c not in HYPHENS and n not in marks
            ]
            self.bare = "".join([self.proof.text[n] for n in self.bare_places])
            self.bare_places.append(len(self.proof.text))
        before, old, after = (_unhyphened(words) for words in (before, old, after))
        at = self.bare.find(before + old + after) if before + old + after else -1
        while at >= 0:
            start = at + len(before)
            stop = start + len(old)
            first = self.bare_places[start]
            yield Spot(first, self.bare_places[stop - 1] + 1 if old else first)
            at = self.bare.find(before + old + after, at + 1)

    def twins(self, mark: RedMark, places: Sequence[Spot]) -> list[Spot]:
        """Those places and others where the words a little less far around are the same, or all
        but their marks of punctuation: a proof may lack some."""
        before, old, after = fold(mark.before), fold(mark.old), fold(mark.after)
        found = dict.fromkeys(places)
        if min(len(before), len(after)) >= SHORT:
            found.update(dict.fromkeys(self._spots(before[-SHORT:], old, after[:SHORT])))
        if len(before + after) >= SURE:
            there = (spot for spot in self._loose(mark) if not old or spot.stop > spot.start)
            found.update(dict.fromkeys(spot for spot in there if not self._on(places, spot)))
        return list(found)

    def likely(self, mark: RedMark, offset: int) -> list[Spot]:
        """Where part of it stands, near the page the mark names; rather further off, if much of
        it does, than in a table of contents."""

        def near(spot: Spot) -> bool:
            return _distance(mark, spot, self.proof, offset) <= FAR

        alone: list[Spot] = []  # the page is told wrongly
        most = 0  # characters that agree there
        far: list[Spot] = []
        for size, way in self._ways(mark):
            spots = list(way)
            whole = [spot for spot in spots if self._goes_on(mark, spot)]
            found = [*filter(near, whole)] or whole or [*filter(near, spots)]
            if found and size >= most:
                if size >= STRONG or not far:
                    return found
                return [spot for spot in found if not self._listed(spot)] or far
            if size >= STRONG:
                if len(spots) == 1 and not alone:
                    alone, most = spots, size
                far = far or [spot for spot in spots if not self._listed(spot)]
        return alone

    def _goes_on(self, mark: RedMark, spot: Spot) -> bool:
        """Whether the words before and after stand near, on the other side of a table maybe."""
        text, size = self.proof.text, CONTEXTS[0]
        before, after = fold(mark.before)[-size:], fold(mark.after)[:size]
        if min(len(before), len(after)) < SHORT:
            return False
        low = max(0, spot.start - TABLE)
        return before in text[low : spot.start] and after in text[spot.stop : spot.stop + TABLE]

    def _listed(self, spot: Spot) -> bool:
        return sheet_at(self.proof, spot.start) in self.contents

    def _ways(self, mark: RedMark) -> Iterator[tuple[int, Iterator[Spot]]]:
        """Each with how many characters agree."""
        before, old, after = fold(mark.before), fold(mark.old), fold(mark.after)
        if min(len(before), len(after)) >= SHORT and len(old) == 1:  # lost at the end of a line
            yield len(before + after), self._spots(before, "", after)
        loose = len(loosened(before + mark.old + after))
        if len(loosened(before + after)) >= SURE and (loosened(mark.old) or not old):
            yield loose, self._loose(mark)
        sides = ((before, ""), ("", after))  # a table may stand on the other, or a note
        for size in CONTEXTS:
            for b, a in ((before[-size:], after[:size]), (before, after[:size])):
                if len(b + old + a) >= LEAST and (b or a):
                    yield len(b + old + a), self._spots(b, old, a)
            if size == CONTEXTS[0]:
                for b, a in sides:
                    if len(b + old + a) >= STRONG:
                        yield len(b + old + a), self._spots(b, old, a)
        yield loose, self._loose(mark)
        for b, a in sides:
            if len(b + old + a) >= LEAST and (b or a):
                yield len(b + old + a), self._spots(b, old, a)
        if len(old) >= LEAST:
            yield len(old), self._spots("", old, "")
        for b, a in sides:
            if old and len(loosened(b + old + a)) >= SURE:
                yield (
                    len(loosened(b + old + a)),
                    self._loose(replace(mark, before=b, after=a)),
                )

    def _loose(self, mark: RedMark) -> Iterator[Spot]:
        """With marks of punctuation and widths left out of account."""
        before, after = loosened(mark.before), loosened(mark.after)
        old = loosened(mark.old)
        if len(before + old + after) < LEAST or not (before or after):
            return
        self._loosen()
        needle = before + old + after
        at = self.loose.find(needle)
        while at >= 0:
            yield self._tight(mark, at + len(before), at + len(before) + len(old))
            at = self.loose.find(needle, at + 1)

    def _loosen(self) -> None:
        if self.places:
            return
        chars: list[str] = []
        for at, char in enumerate(self.proof.text):
            if at in self.proof.marks:  # no list tells numbers of notes
                continue
            for each in loosened(char):
                chars.append(each)
                self.places.append(at)
        self.loose = "".join(chars)

    def _tight(self, mark: RedMark, start: int, stop: int) -> Spot:
        """Back from loosened places to the words themselves, with marks beside them."""
        low = self.places[start - 1] + 1 if start else 0
        high = self.places[stop] if stop < len(self.places) else len(self.proof.text)
        old = fold(mark.old)
        at = self.proof.text.find(old, low, high)
        if at >= 0 and old:
            return Spot(at, at + len(old))
        if start < stop:
            return self._wide(old, self.places[start], self.places[stop - 1] + 1)
        if mark.old:
            return Spot(low, high)
        return Spot(high, high) if not mark.before else Spot(low, low)

    def _on(self, places: Sequence[Spot], spot: Spot) -> bool:
        """Whether it is one of these places, a mark of punctuation off or some at most."""
        starts = (sorted((spot.start, place.start)) for place in places)
        return any(
            high - low <= 1 or (high - low <= SHORT and not loosened(self.proof.text[low:high]))
            for low, high in starts
        )

    def _wide(self, old: str, start: int, stop: int) -> Spot:
        """With the marks of punctuation the words begin and end with: “（三）…。”."""
        text = self.proof.text
        bare = [n for n, char in enumerate(old) if loosened(char)]
        head, tail = old[: bare[0]], old[bare[-1] + 1 :]
        while head and text[start - 1 : start] == head[-1]:
            start, head = start - 1, head[:-1]
        while tail and text[stop : stop + 1] == tail[0]:
            stop, tail = stop + 1, tail[1:]
        return Spot(start, stop)


def _unhyphened(text: str) -> str:
    return "".join(char for char in text if char not in HYPHENS and not CIRCLED.match(char))
