"""Matches of two texts, and which of them tell of lines that changed places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple, TypeAlias

MOST_WORDS = 200  # characters moved within lines, at most
LEAST_MOVED = 16  # characters of lines that moved among others
BESIDE = 3  # characters the end of a block may be off
BREAK = 40  # characters that may differ within a block
CLOSE, SAME = 4000, 0.95  # characters a block may move though fewer of it than these are the same


class Ends(NamedTuple):
    """Places of either text where a line begins, and one past the end; and of those the ones
    where it goes on below the line before."""

    a: Set[int]
    b: Set[int]
    a_flow: Set[int] = frozenset()
    b_flow: Set[int] = frozenset()


_Run: TypeAlias = tuple[int, int, int]  # place, place, length of what is the same


class Matched(NamedTuple):
    """`there[i]` is where character i of the first text stands in the second, -1 for nowhere;
    `back` the other way round."""

    there: list[int]
    back: list[int]


def put_back(matched: Matched, ends: Ends) -> None:
    """Undo moves within lines: neither here nor there does what moved fill lines. Those of
    whole lines too, if they stand amid others: no typesetting changes their places; and of what
    stands far off and is another sentence of the same pattern."""
    for block, travel in _moved(matched):
        i, j = block[0][:2]
        i2, j2 = block[-1][0] + block[-1][2], block[-1][1] + block[-1][2]
        whole = (_near(ends.a, i) and _near(ends.a, i2)) or (_near(ends.b, j) and _near(ends.b, j2))
        whole = (whole or i2 - i > MOST_WORDS) and not _amid(ends, (i, i2), (j, j2))
        half = broken_off(ends, (i, i2), (j, j2))
        least = 0.0 if travel < CLOSE and (whole or min(i2 - i, j2 - j) >= LEAST_MOVED) else SAME
        if (whole or half) and _kept(matched, block) >= least:
            continue
        for at, at2, length in block:
            matched.there[at : at + length] = [-1] * length
            matched.back[at2 : at2 + length] = [-1] * length


def _amid(ends: Ends, own: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether what moved is long and, here and there, goes on from the text beside it."""
    if min(own[1] - own[0], other[1] - other[0]) < LEAST_MOVED:
        return False
    return any(at in ends.a_flow for at in own) and any(at in ends.b_flow for at in other)


def broken_off(ends: Ends, own: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a paragraph goes on behind what stands amid it (a table, a column's end), and did
    so elsewhere: what moved begins, or ends, there in the one text, and ends so in the other."""
    apart = [at in ends.a and at not in ends.a_flow for at in own]
    apart2 = [at in ends.b and at not in ends.b_flow for at in other]
    return (apart[0] and apart2[1]) or (apart[1] and apart2[0])


def _near(ends: Set[int], at: int) -> bool:
    return any(at + step in ends for step in range(-BESIDE, BESIDE + 1))


def _kept(matched: Matched, block: list[_Run]) -> float:
    """The share of a block, with what has no match beside it in both texts, that is the same."""
    there, back = matched
    (i, j, _), (last, last2, length) = block[0], block[-1]
    i2, j2 = last + length, last2 + length
    more = 0
    for at, at2, step in ((i - 1, j - 1, -1), (i2, j2, 1)):
        while 0 <= at < len(there) and 0 <= at2 < len(back) and there[at] < 0 and back[at2] < 0:
            at, at2, more = at + step, at2 + step, more + 1
    return sum(run[2] for run in block) / (max(i2 - i, j2 - j) + more)


def _moved(matched: Matched) -> Iterator[tuple[list[_Run], int]]:
    """Blocks that do not stand in the order most of the text does; and how far in the second
    text from where they would."""
    runs = list(_runs(matched.there))
    main = _heaviest(runs)
    block: list[_Run] = []
    travel = at = 0
    for number, run in enumerate(runs):
        if number in main:
            at = run[1] + run[2]
            continue
        if block:
            i, j, length = block[-1]
            if not (0 <= run[0] - i - length <= BREAK and 0 <= run[1] - j - length <= BREAK):
                yield block, travel
                block = []
        travel = travel if block else abs(run[1] - at)
        block.append(run)
    if block:
        yield block, travel


def _runs(there: Sequence[int]) -> Iterator[_Run]:
    start = 0
    while start < len(there):
        if there[start] < 0:
            start += 1
            continue
        stop = start + 1
        while stop < len(there) and there[stop] == there[stop - 1] + 1:
            stop += 1
        yield start, there[start], stop - start
        start = stop


def _heaviest(runs: Sequence[_Run]) -> set[int]:
    """Numbers of the runs of the rising chain that holds most characters (a Fenwick tree)."""
    order = sorted(range(len(runs)), key=lambda n: runs[n][1])
    rank = {number: at + 1 for at, number in enumerate(order)}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(runs) + 1)
    before = [-1] * len(runs)
    for number, (_, _, length) in enumerate(runs):
        best, at = (0, -1), rank[number]
        while at:
            best, at = max(best, tree[at]), at & (at - 1)
        before[number] = best[1]
        here, at = (best[0] + length, number), rank[number]
        while at < len(tree):
            tree[at], at = max(tree[at], here), at + (at & -at)
    last = max(tree, default=(0, -1))[1]
    chain = set()
    while last >= 0:
        chain.add(last)
        last = before[last]
    return chain
