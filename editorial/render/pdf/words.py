"""Words of column heads, which narrow columns break one to a line."""

from __future__ import annotations

from collections.abc import Iterator

from editorial.render.words import is_known, longest

COUNTED = tuple("率额量值数费")
# What a line of a column head costs, one ending within a word of so many characters, within a
# shorter or a longer one, and each square of what it is short by.
SHORT, LINE, IN_SHORTEST, IN_SHORT, IN_LONG, UNEVEN = 3, 3.0, 25.0, 50.0, 1.0, 0.02


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
        toll = (stop in short) * IN_SHORT + (stop in long) * IN_LONG
        toll += (stop in shortest) * IN_SHORTEST
        cost, begin = min(
            (costs[start] + LINE + UNEVEN * (most - stop + start) ** 2, start)
            for start in range(max(0, stop - most), stop)
        )
        costs.append(cost + toll)
        begins.append(begin)
    lines, stop = list[str](), len(text)
    while stop:
        lines.insert(0, text[begins[stop] : stop])
        stop = begins[stop]
    return lines


def _inside(text: str, most: int) -> Iterator[int]:
    for start, stop in words_in(text, most):
        yield from range(start + 1, stop)
