"""Lines that are not justified end by sense: what that weighs against their lengths."""

from __future__ import annotations

import numpy as np

from editorial.render.pdf.classes import Floats
from editorial.render.pdf.matter import Matter
from editorial.render.pdf.measures import Places
from editorial.render.words import BARRED, OVERRUN, blanks_in, tolls
from editorial.values import dataclass

RAGGED_COST = 1000.0
# In what is not justified a word torn apart reads worse than lines less even; in what is centred
# than lines one of which is a third of another.
WORD_TOLL, SENSE_TOLL = 200.0, 600.0
# How much of its length counts where a centred line ends or begins at a blank of its author's.
BESIDE_BLANK = 0.5


def prices_of(text: str, *, centred: bool) -> Floats:
    """The tolls of one text, by sense: the finer ones only where it is centred, as titles are."""
    prices: Floats = np.array(tolls(text))
    if centred:
        return prices * SENSE_TOLL
    return np.where(prices < BARRED, 0.0, WORD_TOLL * prices)


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
        cost += SENSE_TOLL * OVERRUN * over
        return cost


def shape_of(matter: Matter, starts: Places, stops: Places, even: Floats) -> Shape:
    """Of the texts from `starts` to `stops`; `even` is by the number of any text."""
    blanks = [
        start + at
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)
        for at in blanks_in(matter.text[start:stop])
    ]
    return Shape(even, np.array(sorted(blanks), np.int64))
