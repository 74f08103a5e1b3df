"""核红: what only follows from a heading that was changed: its line in contents, lists, indexes and
on the leaf before a chapter."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from rapidfuzz.distance import Postfix, Prefix

from editorial.model.folding import fold
from editorial.model.proof_text import ProofText, contents_sheets, sheet_at
from editorial.model.red_asked import AskedText
from editorial.model.red_judge import Fate
from editorial.model.red_marks import RedMark, Spot
from editorial.model.text_match import Change

AROUND = 60  # characters about a change: a heading is no longer
SPARSE, SHORT = 0.25, 40  # of the characters of a page; characters of a line on such a leaf
_LETTER = re.compile(r"[A-Z]?")  # an index is parted by


class _Echoed(NamedTuple):
    """A change that was made: characters [start, stop) of a stretch of either text are changed."""

    old: tuple[str, int, int]
    new: tuple[str, int, int]


def unechoed(
    found: Sequence[Change],
    marks: Sequence[RedMark],
    spots: Sequence[Spot | None],
    fates: Mapping[int, Fate],
    asked: AskedText,
    old: ProofText,
    new: ProofText,
) -> Iterator[Change]:
    """Without changes in lists that follow those of the headings, made as asked or wrongly, and
    without lines that only have another place in them."""
    contents = contents_sheets(old), contents_sheets(new)
    listed = contents[0] | _leaves(old), contents[1] | _leaves(new)
    words = {_bare(fold(mark.old), fold(mark.new)) for mark in marks}
    words |= {_bare(fold(marks[n].old), new.text[fate.j : fate.j2]) for n, fate in fates.items()}
    outside = [each for each in found if sheet_at(new, each.j) not in listed[1]]
    words |= {_words(each, asked, new) for each in outside}
    inside = [_words(each, asked, new) for each in found if sheet_at(new, each.j) in contents[1]]
    words |= {(gone, come) for gone, come in inside if (come, gone) in inside}  # read in turn
    wanted = [*_asked_for(spots, fates, old, new)]
    made = [*wanted, *_unasked(outside, asked, old, new)]
    lines = _lines(old, listed[0]), _lines(new, listed[1])
    for each in found:
        here = sheet_at(new, each.j)
        inner = here in contents[1]
        if inner and _words(each, asked, new) in words:
            continue
        if not _follows(each, made if inner else wanted, lines, asked, old, new, listed):
            yield each


def _leaves(proof: ProofText) -> set[int]:
    """Sheets with a few short lines: a chapter begins overleaf."""
    chars: Counter[int] = Counter()
    longest: Counter[int] = Counter()
    for sheet, run in zip(proof.sheets, proof.runs, strict=True):
        chars[sheet] += len(run.text)
        longest[sheet] = max(longest[sheet], len(run.text))
    few = SPARSE * median(chars.values()) if chars else 0
    return {sheet for sheet, count in chars.items() if count < few and longest[sheet] < SHORT}


def _asked_for(
    spots: Sequence[Spot | None], fates: Mapping[int, Fate], old: ProofText, new: ProofText
) -> Iterator[_Echoed]:
    for number, fate in fates.items():
        spot = spots[number]
        if spot and fate.state != "undone":
            yield _Echoed(_about(old, spot.start, spot.stop), _about(new, fate.j, fate.j2))


def _unasked(
    found: Sequence[Change], asked: AskedText, old: ProofText, new: ProofText
) -> Iterator[_Echoed]:
    for i, i2, j, j2 in found:
        own = [at for at in asked.origin[max(0, i - 1) : i2 + 1] if at >= 0]
        if own:
            start = own[0] + (i > 0)
            stop = max(start, start + i2 - i)
            yield _Echoed(_about(old, start, stop), _about(new, j, j2))


def _about(proof: ProofText, start: int, stop: int) -> tuple[str, int, int]:
    low = max(0, start - AROUND)
    return proof.text[low : stop + AROUND], start - low, stop - low


def _lines(proof: ProofText, sheets: set[int]) -> Counter[str]:
    """The lines on some sheets, without their page numbers."""
    numbers = {run for run, sheet in enumerate(proof.sheets) if sheet in sheets}
    text: dict[int, list[str]] = {}
    for at, run in enumerate(proof.run_of):
        if run in numbers and at not in proof.numbers:
            text.setdefault(run, []).append(proof.text[at])
    return Counter("".join(chars) for chars in text.values())


def _follows(
    change: Change,
    made: Sequence[_Echoed],
    lines: tuple[Counter[str], Counter[str]],
    asked: AskedText,
    old: ProofText,
    new: ProofText,
    listed: tuple[set[int], set[int]],
) -> bool:
    """Whether all lines it touches stand in the lists before and after, or are of a heading that
    was changed."""
    own = [at for at in asked.origin[change.i : change.i2] if at >= 0]
    gone = {old.run_of[at] for at in own}
    come = {new.run_of[at] for at in range(change.j, change.j2)}
    if len(own) < change.i2 - change.i or not (gone or come):
        return False
    if any(old.sheets[run] not in listed[0] for run in gone):
        return False
    if any(new.sheets[run] not in listed[1] for run in come):
        return False
    before, after = lines
    return all(
        _told(line, before, after, [each.old for each in made]) for line in _texts(old, gone)
    ) and all(_told(line, after, before, [each.new for each in made]) for line in _texts(new, come))


def _texts(proof: ProofText, runs: set[int]) -> Iterator[str]:
    for run in runs:
        start, stop = bisect_left(proof.run_of, run), bisect_right(proof.run_of, run)
        yield "".join(proof.text[at] for at in range(start, stop) if at not in proof.numbers)


def _told(
    line: str, own: Counter[str], other: Counter[str], made: Sequence[tuple[str, int, int]]
) -> bool:
    if _LETTER.fullmatch(line) or own[line] == other[line]:
        return True
    return any(_covers(line, *each) for each in made)


def _covers(line: str, text: str, start: int, stop: int) -> bool:
    """Whether the line stands about characters [start, stop) of a text, or ends in them."""
    at = text.find(line)
    while at >= 0:
        if at <= stop and start <= at + len(line):
            return True
        at = text.find(line, at + 1)
    return False


def _words(change: Change, asked: AskedText, new: ProofText) -> tuple[str, str]:
    return _bare(asked.text[change.i : change.i2], new.text[change.j : change.j2])


def _bare(gone: str, come: str) -> tuple[str, str]:
    """Two wordings without what both begin and end with."""
    head = Prefix.similarity(gone, come)
    gone, come = gone[head:], come[head:]
    tail = Postfix.similarity(gone, come)
    return gone[: len(gone) - tail], come[: len(come) - tail]
