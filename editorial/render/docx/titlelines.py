"""A long title in balanced lines, broken where its sense allows (GB/T 9704-2012 clause 7.3.1)."""

from __future__ import annotations

from itertools import accumulate
from math import ceil

GOOD_LAST = frozenset("的和与及、，》）”")
GOOD_FIRST = frozenset("《（“")
NEVER_FIRST = frozenset("》）”、，。：；！？的")
NEVER_LAST = frozenset("《（“〔")
IN_WORDS, IN_BOOK_TITLE, FORBIDDEN = 9.0, 150.0, 1e6


def width(text: str) -> float:
    """Ems, Latin letters and figures at half."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text)


def title_lines(title: str, most: float) -> tuple[str, ...]:
    """Lines of nearly equal length, none longer than `most` ems if that can be."""
    count = ceil(width(title) / most)
    if count <= 1:
        return (title,)
    ideal, tolls = width(title) / count, _tolls(title)
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for stop in range(1, len(title) + 1):
        options = [
            (cost + tolls[stop] + _raggedness(title[start:stop], ideal, most), lines, start)
            for start, (cost, lines) in enumerate(best)
        ]
        cost, lines, start = min(options)
        best.append((cost, (*lines, title[start:stop])))
    return best[-1][1]


def _raggedness(line: str, ideal: float, most: float) -> float:
    length = width(line)
    return (length - ideal) ** 2 + (FORBIDDEN if length > most else 0.0)


def _tolls(title: str) -> list[float]:
    """What a break before each character costs; at the end nothing."""
    depths = [0, *accumulate((sign == "《") - (sign == "》") for sign in title)]
    pairs = zip(title, title[1:], depths[1:], strict=False)
    return [FORBIDDEN, *(_toll(last, first, depth) for last, first, depth in pairs), 0.0]


def _toll(last: str, first: str, depth: int) -> float:
    if first in NEVER_FIRST or last in NEVER_LAST or (last.isascii() and first.isascii()):
        return FORBIDDEN
    if depth > 0:
        return IN_BOOK_TITLE
    return 0.0 if last in GOOD_LAST or first in GOOD_FIRST else IN_WORDS
