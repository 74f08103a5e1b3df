"""Finding names by their Chinese or by the first letters of their pinyin: `kjcx`, `kj创新`.

The table gives every letter the characters read with it, rare readings of common characters
too, since nobody who types `cq` for 重庆 should have to think of `zq`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("initials.txt")
_BETWEEN = r"[\W_]*"  # quotation marks and blanks inside a name are not typed


@cache
def _characters() -> dict[str, str]:
    lines = TABLE.read_text("utf-8").splitlines()
    return {line[0]: line[2:] for line in lines}


@cache
def finder(typed: str) -> Callable[[str], bool]:
    """Whether a text has all the words `typed`, each as it stands or by its initials.

    Case does not count. Letters of a word stand for characters next to each other.
    """
    words = [_pattern(word) for word in typed.casefold().split()]
    return lambda text: all(word.search(text) for word in words)


@cache
def ranker(typed: str) -> Callable[[str], int]:
    """How well a text answers what is `typed`: 0 it is just that, 1 it begins so, 2 it has it,
    3 and 4 the same by initials; -1 it does not."""
    plain, has = typed.casefold(), finder(typed)
    words = [_pattern(word) for word in plain.split()]

    def rank(text: str) -> int:
        if not has(text):
            return -1
        found = text.casefold()
        if found == plain:
            return 0
        if plain in found:
            return 1 if found.startswith(plain) else 2
        return 3 if any(word.match(text) for word in words) else 4

    return rank


def _pattern(word: str) -> re.Pattern[str]:
    """The word itself, or a run of characters that begin as its letters do."""
    plain = re.escape(word)
    if not any("a" <= char <= "z" for char in word):
        return re.compile(plain, re.IGNORECASE)
    spelled = _BETWEEN.join(_sign(char) for char in word)
    return re.compile(f"{plain}|{spelled}", re.IGNORECASE)


def _sign(char: str) -> str:
    letters = _characters().get(char, "")
    return f"[{char}{letters}]" if letters else re.escape(char)
