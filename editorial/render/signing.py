"""署名 and 成文日期 of a letter: where names stand so that a seal finds its room, GB/T 9704-2012,
7.3.5.1. No seal is ever drawn. Ems are those of the grid, 28 to the line."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

from editorial.values import dataclass

CHARACTERS = 28
DATE_FROM_RIGHT, NAME_FROM_RIGHT = 4, 2
MOST_ABREAST = 3  # 每排最多 3 个印章
SEAL = 45.0  # mm across, the largest an office of a province or city has
ROW, EM = 225 / 22, 156 / 28  # mm
# Rows of the grid: blank ones over the first name, so that the upper edge of the seal is within
# a row of the text, and over each further row of names, so that seals do not touch.
OVER_FIRST, OVER_NEXT = 2, 4
BELOW_DATE = SEAL / 2 / ROW - 1  # rows the seal reaches below the date


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the signature: its text and where its middle stands, in ems from the left."""

    text: str
    middle: float


@dataclass(frozen=True, slots=True)
class Signature:
    """Rows of names side by side, and the date under the last name."""

    names: tuple[tuple[Place, ...], ...]
    date: Place


def signature_of(names: Sequence[str], date: str, widths: Sequence[float]) -> Signature:
    """`widths` in ems: those of the names, then that of the date."""
    *widest, day = widths
    abreast = _abreast(len(names), max(widest, default=0.0))
    if abreast == 1:
        # The date four characters in, the name centred on it; a longer name two characters in.
        half = max(widest, default=0.0) / 2
        middle = min(CHARACTERS - DATE_FROM_RIGHT - day / 2, CHARACTERS - NAME_FROM_RIGHT - half)
        rows = tuple((Place(name, middle),) for name in names)
        return Signature(rows, Place(date, middle))
    found = []
    for start in range(0, len(names), abreast):
        row = names[start : start + abreast]
        first = abreast - len(row)
        found.append(
            tuple(
                Place(name, (first + n + 0.5) * CHARACTERS / abreast) for n, name in enumerate(row)
            )
        )
    return Signature(tuple(found), Place(date, found[-1][-1].middle))


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
