"""What lines cost: to be shrunk or opened, to end before a long word, to be a text's last.

One is a line; lengths are in thousandths of an em. Each row of an array is one place further
back from where its line is full, each column one line.
"""

from __future__ import annotations

import numpy as np

from editorial.render.pdf.classes import NUMBER_OF, Bytes, Flags, Floats, Places
from editorial.render.pdf.matter import Matter
from editorial.render.words import BARRED, OVERRUN, blanks_in, penalties
from editorial.values import dataclass

TOLERANCE = 0.5
SHRINK_COST = 160.0
# More than half of what a line can give up shows: its marks look tight beside its neighbours'.
EVEN_SHARE, CRAMPED_COST = 0.5, 400.0
STRETCH_COST = 1 / 40
# Beyond this an opened line reads as spaced out; before a long address or word a short one is
# better sooner.
MOST_OPENED, SOONER = 340.0, 250.0
LONE_CHARACTER_COST = 2000.0
# A line short by a quarter is better than an address torn inside a word.
SHORT_COST, SHORT_SHARE_COST = 500.0, 4000.0
# A run-in heading by itself in a short line looks like one that is not.
HEADED_COST = 1000.0
FEW, FEW_COST = 3, 20_000.0
MOST_TRAILING = 6  # marks at the end of a text
RAGGED_COST = 1000.0
# In what is not justified a word torn apart reads worse than lines less even; in what is centred
# than lines one of which is a third of another.
WORD_PENALTY, SENSE_PENALTY = 200.0, 600.0
# How much of its length counts where a centred line ends or begins at a blank of its author's.
BESIDE_BLANK = 0.5

# Ragged besides: lists of names in cells, each line holding as many as it can, and texts in
# which a line more is dearer than a word or two torn apart.
JUSTIFIED, RAGGED, CENTRED, LISTED, SHORT = 0, 1, 2, 3, 4
WAYS = {"justify": JUSTIFIED, "left": RAGGED, "right": RAGGED, "center": CENTRED}
_BLANK = NUMBER_OF["i"]
_TRAILING = np.zeros(256, bool)
_TRAILING[[NUMBER_OF[kind] for kind in "cpsCrde"]] = True


@dataclass(frozen=True, slots=True)
class Offered:
    """Lines that may be: from `at` in the text that ends at `end`, with `room`, set that `way`,
    to any of `stop`, with what `slack` then, and whether it is the `last` one; `uneven` is the
    price of their lengths where they are not justified."""

    at: Places
    end: Places
    room: Floats
    way: Bytes
    stop: Places
    slack: Floats
    last: Flags
    uneven: Floats


def costs_of(matter: Matter, offered: Offered) -> Floats:
    """Of each line to each place; infinite where it cannot end there."""
    cost = _inner_costs(matter, offered)
    cost[offered.stop <= offered.at] = np.inf
    if (listed := offered.way == LISTED).any():
        cost[:, listed] = _fullest(cost[:, listed])
    return _with_last(matter, offered, cost)


def _inner_costs(matter: Matter, offered: Offered) -> Floats:
    """Of lines to be shrunk or opened, whatever their place in the text."""
    at, stop, slack, inside = offered.at, offered.stop, offered.slack, offered.stop - 1
    give = np.maximum(matter.give[inside] - matter.give[at], 0)
    share = np.where(give > 0, -slack / np.maximum(give, 1), np.inf)
    cramped = np.maximum(share - EVEN_SHARE, 0.0)
    shrunk = SHRINK_COST * share**2 + CRAMPED_COST * cramped
    shrunk[share > 1] = np.inf
    openings = matter.opening[inside] - matter.opening[at]
    opened = slack / np.maximum(openings, 1)
    stretched = opened * opened * STRETCH_COST + opened
    _let_words_end(matter, offered, opened, stretched)
    cost = np.where(slack < -TOLERANCE, shrunk, stretched)
    if len(loose := np.flatnonzero(offered.way != JUSTIFIED)):
        uneven = offered.uneven[:, loose]
        cost[:, loose] = np.where(slack[:, loose] < -TOLERANCE, np.inf, uneven)
    return cost + np.where(offered.last, 0.0, matter.breaks.penalties[stop])


def _let_words_end(matter: Matter, offered: Offered, opened: Floats, cost: Floats) -> None:
    """A line that can only be opened beside a long address or word ends short before it, or at
    a mark of the address; but hardly after a character or two."""
    stop, slack = offered.stop.ravel(), offered.slack
    here = np.flatnonzero((opened > SOONER) & (slack > 0))
    here = here[matter.breaks.short[stop[here]]]
    before = here % len(offered.at)
    share = slack.ravel()[here] / offered.room[before]
    few = np.where(stop[here] - offered.at[before] <= FEW, FEW_COST, 0.0)
    headed = np.where(matter.kinds[stop[here] - 1] == _BLANK, HEADED_COST, 0.0)
    cost.ravel()[here] = SHORT_COST + SHORT_SHARE_COST * share + few + headed


def _fullest(cost: Floats) -> Floats:
    """Of each line nothing but the first place it may end at, which holds most."""
    fits = np.isfinite(cost)
    return np.where(fits & (fits.cumsum(axis=0) == 1), 0.0, np.inf)


def _with_last(matter: Matter, offered: Offered, cost: Floats) -> Floats:
    """The last line keeps its length; with one character besides marks it is a poor one."""
    fits = np.flatnonzero(offered.last & (offered.slack >= -TOLERANCE))
    if not len(fits):
        return cost
    before = fits % len(offered.end)
    way = offered.way[before]
    lone = _is_lone(matter, offered.at[before], offered.end[before])
    ragged = np.where(way == JUSTIFIED, LONE_CHARACTER_COST, RAGGED_COST / 4)
    price = np.where(lone, ragged, 0.0)
    price += np.where(way == CENTRED, offered.uneven.ravel()[fits], 0.0)
    # A line that takes in all the rest at no cost leaves nothing to weigh.
    cost[:, before[price == 0]] = np.inf
    cost.ravel()[fits] = price
    return cost


def _is_lone(matter: Matter, at: Places, end: Places) -> Flags:
    """Whether at most one character is left beside the marks at the end."""
    back = np.arange(1, MOST_TRAILING + 1)[:, None]
    filled = ~_TRAILING[matter.kinds[np.maximum(end - back, 0)]]
    before_it = end - 2 - filled.argmax(axis=0)
    lone: Flags = ~filled.any(axis=0) | (at > before_it)
    return lone


# By sense, where lines are not justified


def word_penalties(text: str, *, centred: bool) -> Floats:
    """Those of one text, by sense: the finer ones only where it is centred, as titles are."""
    prices: Floats = np.array(penalties(text))
    if centred:
        return prices * SENSE_PENALTY
    return np.where(prices < BARRED, 0.0, WORD_PENALTY * prices)


@dataclass(frozen=True, slots=True)
class Shape:
    """What centred texts should come to: how long the lines of each would be if they were even,
    and the blanks of their authors they are first to be broken at."""

    even: Floats
    blanks: Places

    def unevenness(self, of: Places, at: Places, stop: Places, width: Floats) -> Floats:
        """What lines of texts `of` cost that are `width` long, from `at` to each row of `stop`."""
        even = self.even[of]
        beside = np.isin(stop, self.blanks) | np.isin(at, self.blanks)
        cost: Floats = RAGGED_COST * (width / even - 1) ** 2 * np.where(beside, BESIDE_BLANK, 1.0)
        before = np.searchsorted(self.blanks, at, side="right")
        over = np.maximum(np.searchsorted(self.blanks, stop) - before, 0)
        cost += SENSE_PENALTY * OVERRUN * over
        return cost


def shape_of(matter: Matter, starts: Places, stops: Places, even: Floats) -> Shape:
    """Of the texts from `starts` to `stops`; `even` is by the number of any text."""
    blanks = [
        start + at
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)
        for at in blanks_in(matter.text[start:stop])
    ]
    return Shape(even, np.array(sorted(blanks), np.int64))
