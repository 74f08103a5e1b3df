"""Words of titles, captions and column heads: a line that is not justified does not end inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from editorial.render.pinyin import TABLES

LONGEST = 8
RANGE = re.compile(r"\d+[～〜–—]\d+|[^　](?:　[^　])+")


def inside_words(text: str) -> Iterator[int]:
    """The places in `text` inside a word, the longest word first from left to right."""
    known, at = _words(), 0
    while at < len(text):
        lengths = _lengths().get(text[at], ())
        length = next((each for each in lengths if text[at : at + each] in known), 1)
        yield from range(at + 1, min(at + length, len(text)))
        at += length


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
