"""核红: differences nobody asked for, less those that come of setting the lines anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from editorial.model.folding import HYPHENS, alike, fold, private
from editorial.model.proof_text import ProofText
from editorial.model.red_asked import AskedText, Piece, pieces_touching
from editorial.model.text_match import Change

APART = 3  # equal characters between two changes that make two of them
HANG = 1.25  # em a line with a mark hung over the edge, and drawn, may be longer
ABOUT = 8  # runs of type before and after a line that tell how long lines are
FEW = 5  # characters that only their font names otherwise, at most
DROPS = "LibreOffice"
SENTENCE, STOPS = 6, "。！？；.!?;"
HUNG = "，。、；：！？,.;:!?）》」』”’"
_PAGE = re.compile(r"(?:第|见|[pP]\.?)\d*$")
_LED = re.compile(r"[.·…⋯‥]*\d*")
_DIGITS = re.compile(r"\d*")


def joined(found: Sequence[Change], pieces: Sequence[tuple[int, int]]) -> list[Change]:
    """Changes with hardly anything between them are one. Over a mark (`pieces`) none is joined."""
    out: list[Change] = []
    taken = sorted(pieces)
    for change in sorted(found, key=lambda each: (each.j, each.i)):
        last = out[-1] if out else None
        if last and _beside(last, change) and not _between(taken, last.i2, change.i):
            out[-1] = Change(last.i, change.i2, last.j, change.j2)
        else:
            out.append(change)
    return out


def _beside(last: Change, change: Change) -> bool:
    gap = change.i - last.i2
    return 0 <= gap < APART and gap == change.j - last.j2


def _between(pieces: Sequence[tuple[int, int]], start: int, stop: int) -> bool:
    return any(low <= stop and high >= start for low, high in pieces)


def kept(found: Sequence[Change], asked: AskedText, old: ProofText, new: ProofText) -> list[Change]:
    """Without what differs by hyphens at line ends, numbers of pages and notes, running heads
    read as text, and characters that only their font names otherwise."""
    found = [
        _unnumbered(change, asked, old, new)
        for change in found
        if not _number(change, asked, old, new)
    ]
    heads = {_digitless(each.text) for each in (*old.running, *new.running)} | {""}
    fonts = _fonts(found, asked.text, new.text)
    return [
        change
        for change in found
        if not alike(asked.text[change.i : change.i2], new.text[change.j : change.j2])
        and not _hyphen(change, asked, old, new)
        and not _number(change, asked, old, new)
        and not _running(change, asked.text, new.text, heads)
        and (asked.text[change.i : change.i2], new.text[change.j : change.j2]) not in fonts
    ]


def _unnumbered(change: Change, asked: AskedText, old: ProofText, new: ProofText) -> Change:
    """Without the page numbers in a table of contents that stand beside what changed."""
    i, i2, j, j2 = change
    own, other = asked.origin, new.numbers
    if not all(map(len, (range(i, i2), range(j, j2)))):
        return change
    low, low2 = i, j
    while low < i2 and own[low] in old.numbers:
        low += 1
    while low2 < j2 and low2 in other:
        low2 += 1
    high, high2 = i2, j2
    while high > low and own[high - 1] in old.numbers:
        high -= 1
    while high2 > low2 and high2 - 1 in other:
        high2 -= 1
    return Change(low, high, low2, high2) if low < high or low2 < high2 else change


def _fonts(found: Sequence[Change], asked: str, new: str) -> set[tuple[str, str]]:
    """One private character for another, again and again: the fonts differ, not the text."""
    told = [(asked[c.i : c.i2], new[c.j : c.j2]) for c in found if c.i2 - c.i == c.j2 - c.j <= FEW]
    counts = Counter(pair for words in told for pair in zip(*words, strict=True))
    return {
        words
        for words in told
        if all(
            a == b or (counts[a, b] > 1 and (private(a) or private(b)))
            for a, b in zip(*words, strict=True)
        )
    }


def _hyphen(change: Change, asked: AskedText, old: ProofText, new: ProofText) -> bool:
    """A hyphen in one proof where the other breaks the word at it."""
    gone, come = asked.text[change.i : change.i2], new.text[change.j : change.j2]
    if gone in HYPHENS and not come:
        return change.j in new.soft
    if come in HYPHENS and not gone:
        return _origin(asked, change.i) in old.soft
    return False


def _origin(asked: AskedText, at: int) -> int:
    return asked.origin[at] if 0 <= at < len(asked.origin) else -1


def _number(change: Change, asked: AskedText, old: ProofText, new: ProofText) -> bool:
    """Numbers that lines set anew change by themselves: in contents, of notes, “见第12页”."""
    here = [asked.origin[i] for i in range(change.i, change.i2)]
    there = range(change.j, change.j2)
    own, other = (all(at in old.numbers for at in here), all(at in new.numbers for at in there))
    if (here or there) and own and other:
        return True
    if here and there and all(at in old.marks for at in here):
        return all(at in new.marks for at in there)
    gone, come = asked.text[change.i : change.i2], new.text[change.j : change.j2]
    if (here and own) or (there and other):  # with hardly any leaders it is told for text
        return bool(_LED.fullmatch(gone) and _LED.fullmatch(come))
    if not (_DIGITS.fullmatch(gone) and _DIGITS.fullmatch(come)):
        return False
    after = re.match(r"\d*页", new.text[change.j2 : change.j2 + 5])
    return bool(after and _PAGE.search(new.text[max(0, change.j - 6) : change.j]))


def _running(change: Change, asked: str, new: str, heads: set[str]) -> bool:
    gone, come = asked[change.i : change.i2], new[change.j : change.j2]
    whole = _digitless(gone + come)
    return not (gone and come) and len(whole) > 1 and whole in heads


def _digitless(text: str) -> str:
    return re.sub(r"\d", "", fold(text))


def settled(change: Change, asked: str, new: str) -> Change:
    """Of places a sentence gone or come may be told at, the one where it is whole: “甲。乙。” for
    “。甲。乙”, which reads the same in both."""
    i, i2, j, j2 = change
    if (i < i2) == (j < j2) or max(i2 - i, j2 - j) < SENTENCE:
        return change
    low, high, source = (i, i2, asked) if i < i2 else (j, j2, new)
    for step in (0, *_slides(source, low, high)):
        if source[high + step - 1] in STOPS:
            return Change(i + step, i2 + step, j + step, j2 + step)
    return change


def _slides(source: str, low: int, high: int) -> Iterator[int]:
    for way in (-1, 1):
        step = 0
        while abs(step) < high - low:
            first, last = (
                (low + step - 1, high + step - 1) if way < 0 else (low + step, high + step)
            )
            if first < 0 or last >= len(source) or source[first] != source[last]:
                break
            step += way
            yield step


def lost(found: Sequence[Change], asked: AskedText, old: ProofText, new: ProofText) -> list[Change]:
    """Characters LibreOffice did not draw where a line ends. Of what marks ask for these are
    told only when others were lost as well: the book is set with marks hung over the edge."""
    plain = [each for each in found if lost_at_line_end(each, asked, old, new)]
    return [
        each
        for each in found
        if each in plain
        or (
            plain
            and each.i2 > each.i
            and each.j == each.j2
            and hung(new)(asked.text[each.i : each.i2], each.j)
        )
    ]


def hung(new: ProofText) -> Callable[[str, int], bool]:
    """Whether some words could have been lost at the end of a line before character `at`."""
    return lambda words, at: (
        DROPS in new.maker and words in HUNG and _dropped(words, new, at, mark=False)
    )


def lost_at_line_end(change: Change, asked: AskedText, old: ProofText, new: ProofText) -> bool:
    """A mark hung over the edge, the number of a note there, or the first letter of a line, that
    LibreOffice did not draw."""
    if any(_within(asked.pieces[n], change) for n in _touching(asked, change)):
        return False
    gone, come = asked.text[change.i : change.i2], new.text[change.j : change.j2]
    if gone and not come and DROPS in new.maker:
        mark = all(asked.origin[i] in old.marks for i in range(change.i, change.i2))
        return _dropped(gone, new, change.j, mark=mark)
    if come and not gone and DROPS in old.maker:
        mark = all(j in new.marks for j in range(change.j, change.j2))
        return any(
            old.text[at - 1 : at] != come and _dropped(come, old, at, mark=mark)
            for at in {_origin(asked, change.i), _origin(asked, change.i - 1) + 1}
        )  # where it was drawn, a mark asked for it to be struck out
    return False


def _touching(asked: AskedText, change: Change) -> list[int]:
    return pieces_touching(asked.pieces, change.i, change.i2)


def _within(piece: Piece, change: Change) -> bool:
    """Not only beside it, where type of the line before ends."""
    return change.i < change.i2 or piece.start < change.i < piece.stop


def _dropped(words: str, proof: ProofText, at: int, *, mark: bool) -> bool:
    """Whether a line ends before character `at`, and `words` could have been lost there."""
    if not 0 < at < len(proof.text) or proof.run_of[at - 1] == proof.run_of[at]:
        return False
    after = proof.text[at]
    letter = words.isascii() and words.isalpha() and after.isascii() and after.isalpha()
    return mark or (len(words) == 1 and (letter or (words in HUNG and _full(proof, at - 1))))


def _full(proof: ProofText, at: int) -> bool:
    """Whether the line of character `at` is as long as those about it: only there marks hang."""
    number = proof.run_of[at]
    line = proof.runs[number]
    about = range(max(0, number - ABOUT), min(len(proof.runs), number + ABOUT + 1))
    edges = (
        proof.runs[n].right
        for n in about
        if proof.sheets[n] == proof.sheets[number] and proof.runs[n].x < line.right
    )
    return line.right >= max(edges) - HANG * line.size
