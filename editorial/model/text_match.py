"""Two long texts matched character by character, also where stretches of them changed places.

First what stands in the same order: runs of k characters that occur once in both, long ones
first, then shorter ones between them. What is left over is looked for elsewhere: notes,
tables, columns read in another order. Only then is compared what lies between matches.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from editorial.model.text_moves import Ends, Matched, broken_off, put_back
from editorial.model.text_settle import pieces_of, settle

GRAMS = (40, 20, 12)
STRAY = (24, 12, 8)  # for what changed places
FINE = 1 << 26  # product of lengths compared at once
ALIKE = 0.5
LOOSE_END = 40  # characters compared though only one side of them is known
FAR = 2000  # characters a table may hold
SHORT, CLOSE = 2, 200  # characters; shorter pieces are the same only when that close
MOST_LEFT = 50_000  # characters left over, beyond which single cells are not sought


class Change(NamedTuple):
    """Characters [i, i2) of the first text stand as [j, j2) in the second."""

    i: int
    i2: int
    j: int
    j2: int


def match(a: str, b: str, ends: Ends | None = None) -> Matched:
    """Pair the characters of two texts. Every pair is equal; no order is promised.

    With `ends`, where lines of either begin: only what stands in lines of its own may have
    changed places; words put elsewhere in a line are gone here and come there.
    """
    matched = Matched([-1] * len(a), [-1] * len(b))
    _chain(a, b, matched, (0, len(a), 0, len(b)), GRAMS)
    _strays(a, b, matched)
    _gaps(a, b, matched)
    _whole_pieces(a, b, matched, ends)
    settle(a, b, matched)
    if ends:
        put_back(matched, ends)
    return matched


def _pair(matched: Matched, i: int, j: int, length: int) -> None:
    matched.there[i : i + length] = range(j, j + length)
    matched.back[j : j + length] = range(i, i + length)


def _chain(
    a: str, b: str, matched: Matched, span: tuple[int, int, int, int], grams: tuple[int, ...]
) -> None:
    """What both have in the same order within a span, in stretches that leave no doubt."""
    todo = [(span, grams)]
    while todo:
        (i, i2, j, j2), sizes = todo.pop()
        head = _common(a, b, i, i2, j, j2)
        _pair(matched, i, j, head)
        i, j = i + head, j + head
        tail = _common_end(a, b, i, i2, j, j2)
        _pair(matched, i2 - tail, j2 - tail, tail)
        i2, j2 = i2 - tail, j2 - tail
        while sizes and i < i2 and j < j2:
            anchors = _anchors(a, b, (i, i2, j, j2), sizes[0])
            if anchors:
                todo += [(gap, sizes) for gap in _between(a, b, matched, anchors, (i, i2, j, j2))]
                break
            sizes = sizes[1:]


def _common(a: str, b: str, i: int, i2: int, j: int, j2: int) -> int:
    """How many characters are the same from i and j on; by leaps of doubled length."""
    length, leap, most = 0, 64, min(i2 - i, j2 - j)
    while length < most:
        step = min(leap, most - length)
        if a[i + length : i + length + step] == b[j + length : j + length + step]:
            length, leap = length + step, leap * 2
        elif step == 1:
            break
        else:
            leap = max(1, step // 2)
            most = min(most, length + step)
    return length


def _common_end(a: str, b: str, i: int, i2: int, j: int, j2: int) -> int:
    most, length = min(i2 - i, j2 - j), 0
    while length < most and a[i2 - length - 1] == b[j2 - length - 1]:
        length += 1
    return length


def _anchors(a: str, b: str, span: tuple[int, int, int, int], size: int) -> list[tuple[int, int]]:
    """Places of what occurs once in both, in the longest order both share."""
    i, i2, j, j2 = span
    once = _once(b, j, j2, size)
    pairs = [(at, once[gram]) for gram, at in _once(a, i, i2, size).items() if gram in once]
    pairs = sorted((x, y) for x, y in pairs if a[x : x + size] == b[y : y + size])
    return _rising(pairs)


def _once(text: str, start: int, stop: int, size: int) -> dict[int, int]:
    """Places of runs of characters, by their hashes: a book of these takes less memory."""
    seen: dict[int, int] = {}
    again: set[int] = set()
    for at in range(start, stop - size + 1):
        gram = hash(text[at : at + size])
        if gram in seen:
            again.add(gram)
        else:
            seen[gram] = at
    for gram in again:
        del seen[gram]
    return seen


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second members rise (patience sorting)."""
    tops: list[int] = []
    last: list[int] = []
    before = [-1] * len(pairs)
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before[at] = last[pile - 1] if pile else -1
        if pile == len(tops):
            tops.append(j)
            last.append(at)
        else:
            tops[pile], last[pile] = j, at
    chain = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _between(
    a: str,
    b: str,
    matched: Matched,
    anchors: list[tuple[int, int]],
    span: tuple[int, int, int, int],
) -> Iterator[tuple[int, int, int, int]]:
    """Pair what goes on from each anchor; yield the spans between."""
    i, i2, j, j2 = span
    for at, at2 in anchors:
        if at < i or at2 < j:
            continue
        length = _common(a, b, at, i2, at2, j2)
        _pair(matched, at, at2, length)
        if at > i or at2 > j:
            yield i, at, j, at2
        i, j = at + length, at2 + length
    if i < i2 or j < j2:
        yield i, i2, j, j2


def _strays(a: str, b: str, matched: Matched) -> None:
    """Pair what changed places: longest common runs of what has no match so far."""
    for size in STRAY:
        there = _grams(b, matched.back, size)
        if not there:
            continue
        here = _grams(a, matched.there, size)
        found = []
        for gram, places in here.items():
            others = there.get(gram, ())
            if len(places) == 1 == len(others):
                found.append(_stretch(a, b, matched, places[0], others[0]))
        for length, i, j in sorted(set(found), key=lambda run: (-run[0], run[1])):
            if all(m < 0 for m in matched.there[i : i + length]) and all(
                m < 0 for m in matched.back[j : j + length]
            ):
                _pair(matched, i, j, length)


def _grams(text: str, places: Sequence[int], size: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for start, stop in pieces_of(places):
        for at in range(start, stop - size + 1):
            found.setdefault(text[at : at + size], []).append(at)
    return found


def _stretch(a: str, b: str, matched: Matched, i: int, j: int) -> tuple[int, int, int]:
    """(length, i, j) of the run of unmatched equal characters around a pair of places."""
    there, back = matched
    start, start2 = i, j
    while start and start2 and there[start - 1] < 0 and back[start2 - 1] < 0:
        if a[start - 1] != b[start2 - 1]:
            break
        start, start2 = start - 1, start2 - 1
    while i < len(a) and j < len(b) and there[i] < 0 and back[j] < 0 and a[i] == b[j]:
        i, j = i + 1, j + 1
    return i - start, start, start2


def _gaps(a: str, b: str, matched: Matched) -> None:
    """Compare what lies between the same neighbours in both; then beside one of them."""
    for start, stop in list(pieces_of(matched.there)):
        left = matched.there[start - 1] if start else -1
        right = matched.there[stop] if stop < len(a) else len(b)
        low, high = left + 1, right
        if low < high and all(place < 0 for place in matched.back[low:high]):
            _compare(a, b, matched, (start, stop, low, high))
            continue
        reach = _free(matched.back, low, 1)
        behind = _free(matched.back, right - 1, -1) if right >= 0 else right
        ends = [(start, stop, low, reach), (start, stop, behind + 1, right)]
        ends = [end for end in ends if end[2] < end[3]]
        best = max(ends, key=lambda end: _likeness(a, b, end), default=None)
        if best and (_likeness(a, b, best) >= ALIKE or _both_short(best)):
            _compare(a, b, matched, best)


def _both_short(span: tuple[int, int, int, int]) -> bool:
    i, i2, j, j2 = span
    return max(i2 - i, j2 - j) <= LOOSE_END


def _free(places: Sequence[int], at: int, step: int) -> int:
    """The first place from `at` on that is taken."""
    while 0 <= at < len(places) and places[at] < 0:
        at += step
    return at


def _likeness(a: str, b: str, span: tuple[int, int, int, int]) -> float:
    i, i2, j, j2 = span
    if (i2 - i) * (j2 - j) > FINE:
        return 0.0
    return float(Indel.normalized_similarity(a[i:i2], b[j:j2]))


def _compare(a: str, b: str, matched: Matched, span: tuple[int, int, int, int]) -> None:
    i, i2, j, j2 = span
    if (i2 - i) * (j2 - j) > FINE:
        return
    for op in Levenshtein.opcodes(a[i:i2], b[j:j2]):
        if op.tag == "equal":
            _pair(matched, i + op.src_start, j + op.dest_start, op.src_end - op.src_start)


def _whole_pieces(a: str, b: str, matched: Matched, ends: Ends | None) -> None:
    """What is only gone from one, or only come, and stands, however short, within what is left
    over in the other: the cells of a table read in another order."""
    there, back = matched
    here, away = list(pieces_of(there)), list(pieces_of(back))
    if sum(stop - start for start, stop in (*here, *away)) > MOST_LEFT:
        return
    pieces = [(start - stop, False, start) for start, stop in here if _alone(there, start, stop)]
    pieces += [(start - stop, True, start) for start, stop in away if _alone(back, start, stop)]
    for length, turned, start in sorted(pieces):
        own, other = (b, a) if turned else (a, b)
        taken, free = (back, there) if turned else matched
        stop = start - length
        if any(place >= 0 for place in taken[start:stop]):
            continue
        beside = taken[start - 1] if start else 0
        for low, high in here if turned else away:
            if -length < SHORT and high - low > -length:
                continue
            at = other.find(own[start:stop], low, high)
            if at < 0 or any(place >= 0 for place in free[at : at - length]):
                continue
            i, j = (at, start) if turned else (start, at)
            half = ends is not None and broken_off(ends, (i, i - length), (j, j - length))
            half = half and own[start].isalpha()  # figures come and go in cells
            if -length < SHORT and abs(low - beside) > (FAR if half else CLOSE):
                continue
            if ends is None or half or -length >= STRAY[-1] or _lined(ends, i, j, -length):
                _pair(matched, i, j, -length)
                break


def _alone(places: Sequence[int], start: int, stop: int) -> bool:
    """Whether nothing stands in the other text between the neighbours of an unmatched piece."""
    if not start or stop == len(places):
        return True
    return places[stop] <= places[start - 1] + 1


def _lined(ends: Ends, i: int, j: int, length: int) -> bool:
    return {i, i + length} <= ends.a and {j, j + length} <= ends.b


def changes(matched: Matched) -> list[Change]:
    """What has no match: replaced where both neighbours are the same, else only gone or come."""
    there, back = matched
    found: list[Change] = []
    taken: set[int] = set()
    for i, i2 in pieces_of(there):
        left = there[i - 1] if i else -1
        right = there[i2] if i2 < len(there) else len(back)
        low, high = _place(back, left, right)
        if not taken.isdisjoint(range(low, high)):
            high = low
        taken.update(range(low, high))
        found.append(Change(i, i2, low, high))
    for j, j2 in pieces_of(back):
        if j in taken:
            continue
        left = back[j - 1] if j else -1
        at = left + 1 if j else (back[j2] if j2 < len(back) else 0)
        found.append(Change(at, at, j, j2))
    return sorted(found)


def _place(back: list[int], left: int, right: int) -> tuple[int, int]:
    """What stands in the second text between two places of it, or beside the one known."""
    if left + 1 <= right and all(place < 0 for place in back[left + 1 : right]):
        return left + 1, right
    high = _free(back, left + 1, 1)
    if left >= 0 and high > left + 1:
        return left + 1, high
    low = _free(back, right - 1, -1) + 1 if right > 0 else right
    if right >= 0 and low < right:
        return low, right
    return left + 1, left + 1
