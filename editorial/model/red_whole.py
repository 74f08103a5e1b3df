"""核红: of a number with other figures, a word with other letters, the whole is told, as read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from editorial.model.proof_text import ProofText, flows_on
from editorial.model.red_asked import AskedText
from editorial.model.text_match import Change

POINTS = ".,"  # within a number; wide ones part numbers

_Kind: TypeAlias = Callable[[str], bool]


def whole(
    found: Sequence[Change], asked: AskedText, old: ProofText, new: ProofText
) -> list[Change]:
    """Replacements within numbers and words widened to all of them. One of Han stays as it is,
    and what is only gone or come is told alone."""
    out: list[Change] = []
    for change in found:
        wide = _widened(change, asked, old, new)
        if out and wide.i < out[-1].i2 and wide.j < out[-1].j2:  # two in one number
            out[-1] = Change(out[-1].i, wide.i2, out[-1].j, wide.j2)
        else:
            out.append(wide)
    return out


def _widened(change: Change, asked: AskedText, old: ProofText, new: ProofText) -> Change:
    i, i2, j, j2 = change
    words = asked.text[i:i2] + new.text[j:j2]
    kind = next((kind for kind in (_figure, _letter) if all(map(kind, words))), None)
    if kind is None or i == i2 or j == j2:
        return change
    while i and j and asked.text[i - 1] == new.text[j - 1] and kind(new.text[j - 1]):
        if _parted(asked, old, i, kind) or _cut(new, j, kind):
            break
        i, j = i - 1, j - 1
    while i2 < len(asked.text) and asked.text[i2] == new.text[j2 : j2 + 1] and kind(new.text[j2]):
        if _parted(asked, old, i2, kind) or _cut(new, j2, kind):
            break
        i2, j2 = i2 + 1, j2 + 1
    while i < change.i and asked.text[i] in POINTS:
        i, j = i + 1, j + 1
    while i2 > change.i2 and asked.text[i2 - 1] in POINTS:
        i2, j2 = i2 - 1, j2 - 1
    return Change(i, i2, j, j2)


def _figure(char: str) -> bool:
    return char.isdecimal() or char in POINTS


def _letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _parted(asked: AskedText, old: ProofText, at: int, kind: _Kind) -> bool:
    """Whether another number or word begins with character `at` of the text asked for; what a
    mark put in is told with the mark."""
    before, here = asked.origin[at - 1 : at + 1]
    return before < 0 or here != before + 1 or _cut(old, here, kind)


def _cut(proof: ProofText, at: int, kind: _Kind) -> bool:
    run, last = proof.run_of[at], proof.run_of[at - 1]
    if run == last:
        return " " in proof.runs[run].text[proof.spot_of[at - 1] + 1 : proof.spot_of[at]]
    return not flows_on(proof, at) if kind is _figure else at not in proof.soft
