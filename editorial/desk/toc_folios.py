"""Page numbers as they are printed in head or foot: 12, —12—, 第12页, iv."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from editorial.model.numerals import roman as small_roman
from editorial.read.proof_pdf import TextLine

LEAST_RUN = 3

_Run: TypeAlias = tuple[bool, int]  # roman, number of the page less its sheet

FOLIO = re.compile(r"[^\w]*第?(\d{1,4}|[ivxlc]+|[IVXLC]+)页?[^\w]*(?:共?\d+页?)?[^\w]*")
_ENDS = re.compile(r"(?<!\d)(\d{1,4})$|^(\d{1,4})(?!\d)")


def printed_numbers(running: tuple[tuple[TextLine, ...], ...]) -> tuple[str, ...]:
    """The number printed on each page, "" for none: 12, iv. `running` are its running lines.

    A number counts where it goes up with the pages. Pages that show none (dividers, the first
    of a part) are counted through, back from the first number and on from the last.
    """
    found = [tuple(_candidates(lines)) for lines in running]
    votes = Counter(
        (roman, number - sheet)
        for sheet, numbers in enumerate(found)
        for roman, number in dict.fromkeys(numbers)
    )
    least = min(LEAST_RUN, sum(bool(numbers) for numbers in found))
    runs: list[_Run | None] = []
    for sheet, numbers in enumerate(found):
        known = [(roman, number - sheet) for roman, number in numbers]
        best = max(known, key=lambda run: votes[run], default=None)
        # A roman number alone at the foot of a page is no accident.
        runs.append(best if best and (best[0] or votes[best] >= least) else None)
    return tuple(
        label_of(run[0], sheet + run[1]) if run else "" for sheet, run in enumerate(_bridged(runs))
    )


def _bridged(runs: list[_Run | None]) -> list[_Run | None]:
    """Every page with the run it is counted in."""
    filled: list[_Run | None] = []
    for sheet, run in enumerate(runs):
        if run:
            last = filled[-1] if filled else None
            filled += [*_between(last, run, len(filled), sheet), run]
    last = filled[-1] if filled else None
    return [*filled, *[last] * (len(runs) - len(filled))]


def _between(last: _Run | None, run: _Run, first: int, stop: int) -> list[_Run | None]:
    """The runs of the sheets from `first` to `stop`, which show no number."""
    count, number = stop - first, stop + run[1]
    if last == run:
        return [run] * count
    on = last is not None and first + last[1] <= number and last[0] == run[0]
    before = 0 if on else max(0, min(count, number - 1))  # numbers going on: plates, not counted
    return [None if on else last] * (count - before) + [run] * before


def _candidates(lines: tuple[TextLine, ...]) -> Iterator[tuple[bool, int]]:
    """(roman, number) of everything that might be the folio."""
    for line in lines:
        text = unicodedata.normalize("NFKC", re.sub(r"\s", "", line.text))
        whole = FOLIO.fullmatch(text)
        if whole:
            yield value_of(whole[1])
        else:
            yield from ((False, int(a or b)) for a, b in _ENDS.findall(text))


_ROMAN = dict(zip("ivxlc", (1, 5, 10, 50, 100), strict=True))


def value_of(number: str) -> tuple[bool, int]:
    if number.isdecimal():
        return False, int(number)
    values = [_ROMAN[each] for each in number.lower()]
    after = [*values[1:], 0]
    return True, sum(-a if a < b else a for a, b in zip(values, after, strict=True))


def label_of(roman: bool, number: int) -> str:
    return small_roman(number) if roman else str(number)
