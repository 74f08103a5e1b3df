"""核红: the steps that turn the text expected in a window into the text that came."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple


class Op(NamedTuple):
    """Characters [b, b2) of the one stand as [n, n2) in the other."""

    b: int
    b2: int
    n: int
    n2: int


def parted(op: Op, base: str, came: str, regions: dict[int, tuple[int, int]]) -> Iterator[Op]:
    """A replacement of as many characters is parted where a region begins or ends."""
    b, b2, n, n2 = op
    if b2 - b != n2 - n or base[b:b2] == came[n:n2]:
        yield op
        return
    cuts = sorted(
        {b, b2, *(edge for region in regions.values() for edge in region if b < edge < b2)}
    )
    for start, stop in pairwise(cuts):
        yield Op(start, stop, n + start - b, n + stop - b)


def drawn_in(
    region: tuple[int, int], own: set[Op], base: str, low: int, high: int
) -> tuple[int, int]:
    """What is gone beside a region may as well be gone from it: 22 for 2|2."""
    start, stop = region
    for op in sorted(own):
        size = min(op.b2 - op.b, stop - start)
        if op.b == stop and base[stop - size : stop] == base[op.b2 - size : op.b2]:
            high -= size
        elif op.b2 == start and base[start : start + size] == base[op.b : op.b + size]:
            low += size
    return low, high


def edge(ops: list[Op], b: int, own: set[Op], *, low: bool) -> int:
    """Where the edge `b` of a region is in the text that came."""
    beside = [op for op in ops if op.b <= b <= op.b2]
    for op in beside:
        if op.b == op.b2:
            return op.n if (op in own) == low else op.n2
    for op in beside:
        if op.b2 - op.b == op.n2 - op.n:
            return op.n + b - op.b
    for op in beside:
        if op in own:
            return op.n if low else op.n2
        return op.n if b == op.b else op.n2
    return 0
