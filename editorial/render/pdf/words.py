"""Words of titles, captions and column heads: a line that is not justified does not end inside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from editorial.render.pinyin import TABLES

LONGEST = 4


def inside_words(text: str) -> Iterator[int]:
    """The places in `text` inside a word, the longest word first from left to right."""
    known, at = _words(), 0
    while at < len(text):
        for length in range(min(LONGEST, len(text) - at), 1, -1):
            if text[at : at + length] in known:
                yield from range(at + 1, at + length)
                at += length
                break
        else:
            at += 1


@cache
def _words() -> frozenset[str]:
    """Common words, and those that titles of tables and figures are made of."""
    texts = [(TABLES / name).read_text("utf-8") for name in ("words_plain.txt", "title_words.txt")]
    return frozenset(" ".join(texts).split())
