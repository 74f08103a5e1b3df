"""核红: the text asked for, the old proof with every mark carried out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from editorial.model.folding import fold
from editorial.model.proof_text import ProofText
from editorial.model.red_marks import RedMark, Spot
from editorial.values import dataclass


class Piece(NamedTuple):
    """Characters [start, stop) of the text asked for are what mark number `mark` put there."""

    start: int
    stop: int
    mark: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedText:
    """The old proof with every mark carried out. `origin[i]` is where character i stood, -1 for
    what was put in; `pieces` in order. `clashing` marks overlap one before and are not in it."""

    text: str
    origin: list[int]
    pieces: tuple[Piece, ...]
    clashing: tuple[int, ...]


def _side(mark: RedMark) -> int:
    """Of two insertions in one place the one at the end of a paragraph comes first."""
    return 0 if not mark.after else 2 if not mark.before else 1


def _apart(marks: Sequence[RedMark], piece: Piece, number: int) -> bool:
    """Whether two insertions in one place are put in on either side of a break."""
    last, mark = marks[piece.mark], marks[number]
    return not (last.old or mark.old) and _side(last) != _side(mark)


def asked_text(
    marks: Sequence[RedMark], spots: Sequence[Spot | None], proof: ProofText
) -> AskedText:
    order = sorted(
        (spot, _side(marks[number]), number)
        for number, spot in enumerate(spots)
        if spot is not None
    )
    out: list[str] = []
    origin: list[int] = []
    pieces: list[Piece] = []
    clashing: list[int] = []
    at = size = 0
    for spot, _, number in order:
        twice = pieces and spot == spots[pieces[-1].mark] and not _apart(marks, pieces[-1], number)
        if spot.start < at or twice:
            clashing.append(number)
            continue
        new = fold(marks[number].new)
        out += (proof.text[at : spot.start], new)
        origin.extend(range(at, spot.start))
        origin.extend([-1] * len(new))
        size += spot.start - at
        pieces.append(Piece(size, size + len(new), number))
        at, size = spot.stop, size + len(new)
    out.append(proof.text[at:])
    origin.extend(range(at, len(proof.text)))
    return AskedText(
        text="".join(out), origin=origin, pieces=tuple(pieces), clashing=tuple(clashing)
    )


def pieces_touching(pieces: Sequence[Piece], start: int, stop: int) -> list[int]:
    """Numbers in `pieces` of those that overlap [start, stop) or touch it."""
    first = bisect_left(pieces, start, key=lambda piece: piece.stop)
    found = []
    while first < len(pieces) and pieces[first].start <= stop:
        found.append(first)
        first += 1
    return found
