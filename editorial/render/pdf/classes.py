"""What may stand beside what: one letter per character class, one rule per pair of classes.

The whole of CLREQ's line adjustment (Requirements for Chinese Text Layout, 3.1 and 3.2) and
of GB/T 15834-2011, 5.1 is the table `RULES`. Lengths are thousandths of an em.

    h Han and whatever is an em wide    o c  opening, closing mark      p s  pause, stop
    O C  the same marks when narrow     m ·  d ⸺  e …  k ～             l /  v ∶ ×
    a letters, n digits, u % °, U ％    x $ X ￥  before a number       q b  western marks
    j apostrophe in a word              w i  spaces: western, an em     r  note mark
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from editorial.render.pdf.face import Face

EM, HALF = 1000, 500
HAN_LATIN, HAN_LATIN_LEAST, HAN_LATIN_MOST = 250, 125, 333
NARROW = 700

LETTERS = {
    "o": "“‘（《〈「『【〔［｛〖",
    "c": "”’）》〉」』】〕］｝〗",
    "p": "、，；：",
    "s": "。．！？",
    "m": "·・‧",
    "d": "⸺",
    "e": "…⋯",
    "k": "～〜–—",
    "n": "0123456789",
    "u": "%‰°℃′″",
    "U": "％",
    "x": "$¥€£§№",
    "X": "￥",
    "q": ",.:;!?)]}-",
    "b": "([{",
    "w": " ",
    "i": "\u3000",
    "l": "/／",
    "v": "∶×÷",
    "r": "†‡",
    "a": "_@#*&=+|~^\\<>\"'`\u00a0",
}
KINDS = {char: kind for kind, chars in LETTERS.items() for char in chars}
ALL_KINDS = "hocpsOCmdekanuUxXqbjwilvr"

CLOSING, WESTERN = "cps", "anuxqblj"
NO_LINE_START = "cpsCmkquUrlwi"
NO_LINE_END = "obOxXl"
# CLREQ 3.1.6.4: brackets give way first, then pauses, the Han-Latin gap, and stops at last.
BRACKETS, PAUSES, LATIN_GAPS, STOPS = 1, 2, 3, 4
SHRINK_ORDER = {"c": BRACKETS, "p": PAUSES, "s": STOPS}


@dataclass(frozen=True, slots=True)
class Rule:
    """The boundary between two characters. `level` is the turn in which it is shrunk,
    `barred` forbids a line break, `fixed` forbids opening it to fill the line."""

    gap: int = 0
    shrink: int = 0
    level: int = 0
    barred: bool = False
    fixed: bool = False


def rule_between(before: str, after: str) -> Rule:
    """The rule for two neighbouring classes."""
    barred = after in NO_LINE_START or before in NO_LINE_END
    if before in WESTERN and after in WESTERN:
        return Rule(barred=True, fixed=True)
    if before in "de" and after == before:
        return Rule(barred=True, fixed=True)
    if "v" in (before, after) and before in "nv" and after in "nv":
        return Rule(barred=True, fixed=True)
    if before == "u" and after in "anx":
        barred = True
    fixed = bool({before, after} & set("mdklOC"))
    gap, shrink, level = _space(before, after)
    return Rule(gap, shrink, level, barred, fixed)


def _space(before: str, after: str) -> tuple[int, int, int]:
    """Gap, how far it may shrink, and when."""
    if (before in CLOSING and after in CLOSING + "oi") or before == after == "o":
        return -HALF, 0, 0
    if before in CLOSING and after != "w":
        return 0, HALF, SHRINK_ORDER[before]
    if after == "o" and before not in "wi":
        return 0, HALF, BRACKETS
    if (before in "hU" and after in "anxb") or (before in "anuq" and after in "hX"):
        return HAN_LATIN, HAN_LATIN - HAN_LATIN_LEAST, LATIN_GAPS
    return 0, 0, 0


# Rules by number: 0 and 1 leave the line as it is, the higher ones are seen when drawing.
PLAIN, BARRED = Rule(), Rule(barred=True)
_PAIRS = {x + y: rule_between(x, y) for x, y in product(ALL_KINDS, repeat=2)}
RULES = (PLAIN, BARRED, *sorted({*_PAIRS.values()} - {PLAIN, BARRED}, key=repr))
RULE_OF = {pair: RULES.index(rule) for pair, rule in _PAIRS.items()}
SPOT = re.compile(rb"[^\x00\x01]")


def _bytes(values: list[int]) -> bytes:
    return bytes(values).ljust(256, b"\0")


GAPS = [rule.gap for rule in RULES]
SHRINKS = [rule.shrink for rule in RULES]
LEVELS = [rule.level for rule in RULES]
IS_BARRED = _bytes([rule.barred for rule in RULES])
IS_FIXED = _bytes([rule.fixed for rule in RULES])


class Kinds(dict[int, str]):
    """Code point → class letter in one face, for str.translate."""

    def __init__(self, face: Face) -> None:
        self.face = face

    def __missing__(self, point: int) -> str:
        char = chr(point)
        kind = KINDS.get(char) or _other(char)
        # Quotation marks a third of an em wide have no empty half to give up.
        if kind in "ocps" and self.face.widths[char] < NARROW:
            kind = "O" if kind == "o" else "C"
        self[point] = kind
        return kind


def _other(char: str) -> str:
    if char < "\u2100" and char.isalpha():
        return "a"
    return "n" if char < "\u2000" and char.isdigit() else "h"


@lru_cache(maxsize=64)
def kinds_in(face: Face) -> Kinds:
    return Kinds(face)
