"""署名 and 成文日期 of a letter: where names stand so that a seal finds its room, GB/T 9704-2012,
7.3.5.1. No seal is ever drawn. Ems are those of the grid, 28 to the line."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

from editorial.render.titles import title_lines
from editorial.values import dataclass

CHARACTERS = 28
DATE_FROM_RIGHT = 4
LONGEST_NAME = 20  # ems in one line; a longer name is broken by sense
MOST_ABREAST = 3  # 每排最多 3 个印章
SEAL = 45.0  # mm across, the largest an office of a province or city has
ROW, EM = 225 / 22, 156 / 28  # mm
# Rows of the grid: blank ones over the first name, so that the upper edge of the seal is within
# a row of the text, and over each further row of names, so that seals do not touch.
OVER_FIRST, OVER_NEXT = 2, 4
BELOW_DATE = SEAL / 2 / ROW - 1  # rows the seal reaches below the date


@dataclass(frozen=True, slots=True)
class Place:
    """A name or the date: its lines and where their middle stands, in ems from the left."""

    lines: tuple[str, ...]
    middle: float


@dataclass(frozen=True, slots=True)
class Signature:
    """Rows of names side by side, and the date under the last name."""

    names: tuple[tuple[Place, ...], ...]
    date: Place


def name_lines(name: str) -> tuple[str, ...]:
    """The lines a name of an office is signed in."""
    return title_lines(name, LONGEST_NAME) or (name,)


def signature_of(names: Sequence[tuple[str, ...]], date: str, widths: Sequence[float]) -> Signature:
    """`names` in the lines they are signed in; `widths` in ems: that of the widest line of each
    name, then that of the date."""
    *widest, day = widths
    abreast = _abreast(len(names), max(widest, default=0.0))
    if abreast == 1:
        # The date four characters in with the name centred on it, but both within the lines.
        half = max(*widest, day) / 2
        middle = max(half, min(CHARACTERS - DATE_FROM_RIGHT - day / 2, CHARACTERS - half))
        return Signature(tuple((Place(name, middle),) for name in names), Place((date,), middle))
    rows = []
    for start in range(0, len(names), abreast):
        row = names[start : start + abreast]
        first = abreast - len(row)
        middles = [(first + n + 0.5) * CHARACTERS / abreast for n in range(len(row))]
        rows.append(tuple(map(Place, row, middles)))
    return Signature(tuple(rows), Place((date,), rows[-1][-1].middle))


def _abreast(count: int, widest: float) -> int:
    """Three seals side by side at most, in rows as even as can be; fewer where names are long."""
    most = next((n for n in range(MOST_ABREAST, 1, -1) if widest <= CHARACTERS / n - 1), 1)
    return max(1, ceil(count / ceil(count / most))) if count else 1


def rows_to_remark(date: Place, remark_ends: float) -> int:
    """Blank rows between the date and the 附注, whose first line ends so many ems from the left:
    it stands directly below unless it would reach under the seal."""
    below = 1.5 * ROW - EM / 2  # from the middle of the seal to the upper edge of that line
    reach = sqrt(max(0.0, (SEAL / 2) ** 2 - below**2)) / EM
    return 0 if remark_ends < date.middle - reach else 1


def seal_from(date: Place) -> float:
    """Where the seal over the date begins, in ems from the left."""
    return date.middle - SEAL / 2 / EM
