"""Words of titles, captions and column heads: a line that is not justified does not end inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from editorial.render.pinyin import TABLES

LONGEST = 8
COUNTED = tuple("率额量值数费")
# What a line of a column head costs, one ending within a word of so many characters or within a
# longer one, and each square of what it is short by.
SHORT, LINE, IN_SHORT, IN_LONG, UNEVEN = 3, 3.0, 50.0, 1.0, 0.02
RANGE = re.compile(r"\d+[～〜–—]\d+|[^　](?:　[^　])+")


def inside_words(text: str) -> Iterator[int]:
    """The places in `text` inside a word, the longest word first from left to right."""
    known, at = _words(), 0
    while at < len(text):
        lengths = _lengths().get(text[at], ())
        length = next((each for each in lengths if text[at : at + each] in known), 1)
        yield from range(at + 1, min(at + length, len(text)))
        at += length


def words_in(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Where words of up to `most` characters begin and end, the longest first from left to
    right, each with the 率 or 额 it is counted by: 失业率, 亏损额."""
    known, at = _words(), 0
    while at < len(text):
        lengths = _lengths().get(text[at], ())
        fits = (each for each in lengths if each <= most and text[at : at + each] in known)
        stop = at + next(fits, 1)
        counted = text[stop : stop + 1] in COUNTED and text[stop : stop + 2] not in known
        if stop > at + 1 and counted and stop + 1 - at <= most:
            stop += 1
        if stop > at + 1:
            yield at, stop
        at = stop


def head_lines(text: str, most: int) -> list[str]:
    """A column head of Chinese in lines of up to `most` characters: as few as may be, and none
    ends within a word, or if it must not within a short one: 一般公共/预算收入. A # before it
    counts as one of them."""
    short, long = ({*_inside(text, each)} for each in (SHORT, max(most, SHORT)))
    short |= {1} & {text.find("#") + 1}
    costs, begins = [0.0], [0]
    for stop in range(1, len(text) + 1):
        toll = (stop in short) * IN_SHORT + (stop in long) * IN_LONG
        cost, begin = min(
            (costs[start] + LINE + UNEVEN * (most - stop + start) ** 2, start)
            for start in range(max(0, stop - most), stop)
        )
        costs.append(cost + toll)
        begins.append(begin)
    lines, stop = list[str](), len(text)
    while stop:
        lines.insert(0, text[begins[stop] : stop])
        stop = begins[stop]
    return lines


def _inside(text: str, most: int) -> Iterator[int]:
    for start, stop in words_in(text, most):
        yield from range(start + 1, stop)


def inside_ranges(text: str) -> Iterator[int]:
    """The places in `text` inside what reads as one thing: 2014—2018, a unit with its author."""
    for span in RANGE.finditer(text):
        yield from range(span.start() + 1, span.end())


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """By their first character, how long words are, the longest first."""
    found: dict[str, set[int]] = {}
    for word in _words():
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(each, reverse=True)) for first, each in found.items()}


@cache
def _words() -> frozenset[str]:
    """Common words, and those that titles of tables and figures are made of."""
    texts = [(TABLES / name).read_text("utf-8") for name in ("words_plain.txt", "title_words.txt")]
    return frozenset(word for word in " ".join(texts).split() if 1 < len(word) <= LONGEST)
