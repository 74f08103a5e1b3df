"""What stays whole when a cell is broken: the words of a column head, the names of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from math import ceil

from editorial.model.style import TextRole
from editorial.render.cell_looks import JUSTIFIED_EMS
from editorial.render.pdf.paragraph import Copy, Lines, Piece
from editorial.render.pdf.rolls import BLANK, in_cells
from editorial.render.words import is_known, longest

# Ems of a person's name and of an office's, with its mark; what share of a line is filled on the
# average; what no list of names has in it.
LONGEST_NAME, SHORTEST_BODY, FILLED = 7.0, 4.0, 0.85
CHINESE = re.compile(r"#?[\u4e00-\u9fff]+")
NAMED = re.compile(r"[^、]+、*")
SPLIT = re.compile(r"、+|[^、]+、*")  # of a strip, which may begin behind a name
WIDE_FROM = "\u2000"
SENTENCE = re.compile(r"[。，；：:;,\d]")

COUNTED = tuple("率额量值数费")
# What a line of a column head costs, one ending within a word of so many characters, within a
# shorter or a longer one, and each square of what it is short by.
SHORT, LINE, IN_SHORTEST, IN_SHORT, IN_LONG, UNEVEN = 3, 3.0, 25.0, 50.0, 1.0, 0.02


def words_kept(copy: Copy, most: int) -> Copy:
    """A column head in lines of up to `most` characters whose words are not broken."""

    def parted(text: str) -> Iterator[tuple[str, bool]]:
        if most > 1 and text == copy.text and CHINESE.fullmatch(text):
            yield from ((line, True) for line in head_lines(text, most))
            return
        at = 0
        for start, stop in words_in(text, most - 1):
            yield text[at:start], False
            yield text[start:stop], True
            at = stop
        yield text[at:], False

    return _made(copy, parted)


def names_kept(copy: Copy, most: float) -> Copy:
    """A list of persons none of whose names is broken in a cell of `most` ems, if that takes one
    line more at most, or of offices in a narrow one, if it takes none; other text as it is."""
    text = copy.text
    if "、" not in text or SENTENCE.search(text):
        return copy
    names = [_ems(name) for name in NAMED.findall(text)]
    if not names:
        return copy
    more = _lines(names, most) - ceil(sum(names) / (FILLED * most))
    persons = max(names) <= LONGEST_NAME
    bodies = min(names) >= SHORTEST_BODY and most < JUSTIFIED_EMS
    if max(names) > most or not ((persons and more < 2) or (bodies and more < 1)):
        return copy
    return _made(copy, lambda part: ((name, name[0] != "、") for name in SPLIT.findall(part)))


def roll_lines(copy: Copy, look: TextRole, room: float, least: int) -> Lines | None:
    """Names set apart by blanks, whole in lines of `room` points: `least` or more that are all of
    the cell stand under one another. None for a text without blanks."""
    if BLANK not in copy.text or any(strip.typed for strip in copy.typed.strips):
        return None
    told = copy.typed.told
    pieces = [
        strip.piece._replace(text=told[strip.start : strip.stop]) for strip in copy.typed.strips
    ]
    names, own = in_cells((), pieces, look, room, least)
    return Copy(copy.case, names, copy.role, flush=True).lines(own, room)


def _lines(names: Sequence[float], most: float) -> int:
    """How many lines of `most` ems they take, none of them broken."""
    lines, filled = 1, 0.0
    for ems in names:
        if filled + ems > most:
            lines, filled = lines + 1, 0.0
        filled += ems
    return lines


def _made(copy: Copy, parted: Callable[[str], Iterator[tuple[str, bool]]]) -> Copy:
    pieces: list[Piece] = []
    for strip in copy.typed.strips:
        text = copy.typed.told[strip.start : strip.stop]
        if strip.typed:
            return copy  # a sign the face lacks, which is told of by what was typed
        if strip.piece.note or strip.piece.shift:
            pieces.append(strip.piece._replace(text=text))
            continue
        pieces += [
            strip.piece._replace(text=part, whole=whole) for part, whole in parted(text) if part
        ]
    return Copy(copy.case, pieces, copy.role, flush=True)


def _ems(text: str) -> float:
    """About: letters of all alphabets at half."""
    return sum(0.5 if sign < WIDE_FROM else 1.0 for sign in text)


# Column heads, which narrow columns break one word to a line


def words_in(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Where words of up to `most` characters begin and end, the longest first from left to
    right, each with the 率 or 额 it is counted by: 失业率, 亏损额."""
    at = 0
    while at < len(text):
        stop = longest(text, at, most)
        counted = text[stop : stop + 1] in COUNTED and not is_known(text[stop : stop + 2])
        if stop > at + 1 and counted and stop + 1 - at <= most:
            stop += 1
        if stop > at + 1:
            yield at, stop
        at = stop


def head_lines(text: str, most: int) -> list[str]:
    """A column head of Chinese in lines of up to `most` characters: as few as may be, and none
    ends within a word, or if it must not within a short one: 一般公共/预算收入. A # before it
    counts as one of them."""
    shortest, short, long = ({*_inside(text, each)} for each in (2, SHORT, max(most, SHORT)))
    short |= {1} & {text.find("#") + 1}
    costs, begins = [0.0], [0]
    for stop in range(1, len(text) + 1):
        penalty = (stop in short) * IN_SHORT + (stop in long) * IN_LONG
        penalty += (stop in shortest) * IN_SHORTEST
        cost, begin = min(
            (costs[start] + LINE + UNEVEN * (most - stop + start) ** 2, start)
            for start in range(max(0, stop - most), stop)
        )
        costs.append(cost + penalty)
        begins.append(begin)
    lines, stop = list[str](), len(text)
    while stop:
        lines.insert(0, text[begins[stop] : stop])
        stop = begins[stop]
    return lines


def _inside(text: str, most: int) -> Iterator[int]:
    for start, stop in words_in(text, most):
        yield from range(start + 1, stop)
