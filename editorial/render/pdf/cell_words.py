"""What stays whole when a cell is broken: the words of a column head, the names of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from math import ceil

from editorial.model.style import TextRole
from editorial.render.cell_looks import JUSTIFIED_EMS
from editorial.render.pdf.paragraph import Copy, Lines, Piece
from editorial.render.pdf.rolls import BLANK, in_cells
from editorial.render.pdf.words import head_lines, words_in

# Ems of a person's name and of an office's, with its mark; what share of a line is filled on the
# average; what no list of names has in it.
LONGEST_NAME, SHORTEST_BODY, FILLED = 7.0, 4.0, 0.85
CHINESE = re.compile(r"#?[\u4e00-\u9fff]+")
NAMED = re.compile(r"[^、]+、*")
SPLIT = re.compile(r"、+|[^、]+、*")  # of a strip, which may begin behind a name
WIDE_FROM = "\u2000"
SENTENCE = re.compile(r"[。，；：:;,\d]")


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
