"""What may stand beside what: one letter per character class, one rule per pair of classes.

The whole of CLREQ's line adjustment (Requirements for Chinese Text Layout, 3.1 and 3.2) and
of GB/T 15834-2011, 5.1 is the table `RULES`. Lengths are thousandths of an em.

    h Han and whatever is an em wide    o c  opening, closing mark      p s  pause, stop
    O C  the same marks when narrow     m ·  d ⸺  e …  k ～             l /  v ∶ × ±
    a letters, n digits, u % °, U ％    x $ X ￥  before a number       q b  western marks
    t = + ↑ after what they belong to   g # < >  before it              y  hyphen
    j apostrophe in a word              w i  spaces: western, an em     r  note mark
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import product
from typing import TypeAlias
from unicodedata import combining

import numpy as np
from numpy.typing import NDArray

from editorial.values import dataclass

Bytes: TypeAlias = NDArray[np.uint8]
Counts: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.int64]
Points: TypeAlias = NDArray[np.uint32]
NOWHERE: Places = np.zeros(0, np.int64)

EM, HALF = 1000, 500
HAN_LATIN, HAN_LATIN_LEAST, HAN_LATIN_MOST = 250, 125, 333
NARROW = 700

# Letters of the International Phonetic Alphabet, its tones and marks, and the tone corners of
# Chinese dialectology.
PHONETIC = re.compile("[\u0250-\u02ff\u0300-\u036f\u1d00-\u1dbf\ua700-\ua721]")
MARKS = (0x0300, 0x036F)

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
    "x": "$¥€£§№−",
    "X": "￥",
    "q": ",.:;!?)]}»›⁾₎",
    "y": "-",
    "t": "=+↑↓",
    "g": "#<>",
    "b": "([{«‹¿¡⁽₍",
    "w": " ",
    "i": "\u3000",
    "l": "/／",
    "v": "∶×÷±∓≥≤≧≦≠≈≒≮≯＞＜＝＋",
    "r": "†‡",
    "a": "_@*&|~^\\\"'`\u00a0⁺⁻⁼₊₋₌",
}
KINDS = {char: kind for kind, chars in LETTERS.items() for char in chars}
# What stands between two texts that are set in one go.
BETWEEN = "\n"
ALL_KINDS = "hocpsOCmdekanuUxXqbytgjwilvr" + BETWEEN
NUMBER_OF = {kind: number for number, kind in enumerate(ALL_KINDS)}

CLOSING, WESTERN = "cps", "anuxqblytgj"
NO_LINE_START = "cpsCmkquUrlwiyt"
NO_LINE_END = "obOxXlg"
# A sign after a mark belongs to the number behind it: 增减分别为+5.6%，-3.2%.
SIGNED = ("pt", "st", "et", "it")
# CLREQ 3.1.6.4: brackets give way first, then pauses, the Han-Latin gap, and stops at last;
# before them all the em between a run-in heading and its text, which nobody reads.
RUN_IN, BRACKETS, PAUSES, LATIN_GAPS, STOPS = 1, 2, 3, 4, 5
# Opened only.
WORD_SPACES = 6
RUN_IN_GIVES = 250
# What stays between a mark and a figure or letter, which fill their box where Han do not.
BESIDE_LATIN = 125
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
    barred = before in NO_LINE_END or (after in NO_LINE_START and before + after not in SIGNED)
    if before in WESTERN and after in WESTERN:
        return Rule(barred=True, fixed=True)
    if before in "de" and after == before:
        return Rule(barred=True, fixed=True)
    if "v" in (before, after) and before in "anuUv" and after in "anvx":
        return Rule(barred=True, fixed=True)
    if before == "u" and after in "anx":
        barred = True
    gap, shrink, level = _space(before, after)
    # Marks that are pushed together stay together when the line is opened.
    fixed = bool({before, after} & set("mdklOC")) or gap < 0
    return Rule(gap, shrink, level, barred, fixed)


def _space(before: str, after: str) -> tuple[int, int, int]:
    """Gap, how far it may shrink, and when."""
    if before == "c" and after == "i":
        return -HALF, RUN_IN_GIVES, RUN_IN
    if (before in CLOSING and after in CLOSING + "oir") or (before in "oi" and after == "o"):
        return -HALF, 0, 0
    if before in CLOSING and after != "w":
        return 0, HALF - BESIDE_LATIN * (after in "anxtg"), SHRINK_ORDER[before]
    if after == "o" and before != "w":
        return 0, HALF - BESIDE_LATIN * (before in "anut"), BRACKETS
    if before == "w" and after in WESTERN:
        return 0, 0, WORD_SPACES
    if (before in "hU" and after in "anxb") or (before in "anuq" and after in "hX"):
        return HAN_LATIN, HAN_LATIN - HAN_LATIN_LEAST, LATIN_GAPS
    return 0, 0, 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules of one way of setting punctuation, by number: 0 leaves the line as it is.

    `pairs[before * len(ALL_KINDS) + after]` is the number of the rule for two classes;
    the other arrays are indexed by that number. `moving`: there is a gap, or one may open
    or close there otherwise than between two Han. `trimmed` is indexed by class.
    """

    pairs: Bytes
    gaps: Floats
    shrinks: Counts
    levels: Bytes
    barred: Bytes
    fixed: Bytes
    trimmed: Bytes
    moving: Flags


@cache
def ruling(punctuation: str = "gb", *, strict: bool = False) -> Ruling:
    """`gb`, `kaiming` or `full`; `strict` lets no line begin with —— or ……."""
    pairs = [
        _PLAIN if BETWEEN in (x, y) else _in_style(rule_between(x, y), x, y, punctuation, strict)
        for x, y in product(ALL_KINDS, repeat=2)
    ]
    rules = [_PLAIN, *sorted({*pairs} - {_PLAIN}, key=repr)]
    numbers = {rule: number for number, rule in enumerate(rules)}
    trims = "" if punctuation == "full" else CLOSING
    return Ruling(
        pairs=np.array([numbers[rule] for rule in pairs], np.uint8),
        gaps=np.array([rule.gap for rule in rules], np.float64),
        shrinks=np.array([rule.shrink for rule in rules], np.int32),
        levels=np.array([rule.level for rule in rules], np.uint8),
        barred=np.array([rule.barred for rule in rules], np.uint8),
        fixed=np.array([rule.fixed for rule in rules], np.uint8),
        moving=np.array([bool(r.gap or r.level or r.fixed) for r in rules], np.bool_),
        trimmed=np.array([kind in trims for kind in ALL_KINDS], np.uint8),
    )


_PLAIN = Rule()


def _in_style(rule: Rule, before: str, after: str, punctuation: str, strict: bool) -> Rule:
    """开明: of all marks only 。！？ keep their em; 全角: none gives way but to its neighbour."""
    if strict and after in "de" and after != before:
        rule = replace(rule, barred=True)
    if punctuation == "full" and before + after == "io":
        return replace(rule, gap=0, fixed=False)
    if punctuation == "full" and rule.level in (BRACKETS, PAUSES, STOPS):
        return replace(rule, shrink=0, level=0)
    halves = (before in "cp") + (after == "o")
    if punctuation == "kaiming" and halves:
        return replace(rule, gap=-HALF * halves, shrink=0, level=0)
    return rule


def kind_of(char: str, width: float) -> str:
    """The class of a character that is `width` thousandths of an em wide in its face."""
    kind = KINDS.get(char) or _other(char)
    # Quotation marks a third of an em wide have no empty half to give up.
    if kind in "ocps" and width < NARROW:
        return "O" if kind == "o" else "C"
    return kind


def _other(char: str) -> str:
    if PHONETIC.match(char):
        return "a"
    if char >= "\u2100" or not (char.isalnum() or combining(char)):
        return "h"
    return "n" if char.isdecimal() else "a"
