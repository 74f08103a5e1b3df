"""Matches of two texts, and which of them tell of lines that changed places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

MOST_WORDS = 200  # characters moved within lines, at most
LEAST_MOVED = 16  # characters of lines that moved among others
BESIDE = 3  # characters the end of a block may be off
BREAK = 40  # characters that may differ within a block


class Ends(NamedTuple):
    """Places of either text where a line begins, and one past the end; and of those the ones
    where it goes on below the line before."""

    a: Set[int]
    b: Set[int]
    a_flow: Set[int] = frozenset()
    b_flow: Set[int] = frozenset()


class Matched(NamedTuple):
    """`there[i]` is where character i of the first text stands in the second, -1 for nowhere;
    `back` the other way round."""

    there: list[int]
    back: list[int]


def put_back(matched: Matched, ends: Ends) -> None:
    """Undo moves within lines: neither here nor there does what moved fill lines. Those of
    whole lines too, if they stand amid others: no typesetting changes their places."""
    for block in _moved(matched):
        i, j = block[0][:2]
        i2, j2 = block[-1][0] + block[-1][2], block[-1][1] + block[-1][2]
        whole = (_near(ends.a, i) and _near(ends.a, i2)) or (_near(ends.b, j) and _near(ends.b, j2))
        if (whole or i2 - i > MOST_WORDS) and not _amid(ends, (i, i2), (j, j2)):
            continue
        for at, at2, length in block:
            matched.there[at : at + length] = [-1] * length
            matched.back[at2 : at2 + length] = [-1] * length


def _amid(ends: Ends, own: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether what moved is long and, here and there, goes on from the text beside it."""
    if min(own[1] - own[0], other[1] - other[0]) < LEAST_MOVED:
        return False
    return any(at in ends.a_flow for at in own) and any(at in ends.b_flow for at in other)


def _near(ends: Set[int], at: int) -> bool:
    return any(at + step in ends for step in range(-BESIDE, BESIDE + 1))


def _moved(matched: Matched) -> Iterator[list[tuple[int, int, int]]]:
    """Blocks of (place, place, length) that do not stand in the order most of the text does."""
    runs = list(_runs(matched.there))
    main = _heaviest(runs)
    block: list[tuple[int, int, int]] = []
    for number, run in enumerate(runs):
        if number in main:
            continue
        if block:
            i, j, length = block[-1]
            if not (0 <= run[0] - i - length <= BREAK and 0 <= run[1] - j - length <= BREAK):
                yield block
                block = []
        block.append(run)
    if block:
        yield block


def _runs(there: Sequence[int]) -> Iterator[tuple[int, int, int]]:
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


def _heaviest(runs: Sequence[tuple[int, int, int]]) -> set[int]:
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
