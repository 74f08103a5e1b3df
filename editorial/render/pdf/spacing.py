"""The slack of broken lines shared out: what each gap becomes, how far each line is opened.

CLREQ 3.1.6.4: brackets give way first, then pauses, then the Han-Latin gap down to an eighth
of an em, stops at last. To fill a line the spaces between words grow by a quarter of an em, the
Han-Latin gap to a third, then all gaps open alike, except inside words, numbers, dashes and
beside solidus and connector. The em after a run-in heading gives and takes a quarter of itself
before all of these.
"""

from __future__ import annotations

import numpy as np

from editorial.render.pdf.breaking import Broken
from editorial.render.pdf.classes import (
    HAN_LATIN,
    HAN_LATIN_MOST,
    LATIN_GAPS,
    RUN_IN,
    RUN_IN_GIVES,
    STOPS,
    WORD_SPACES,
    Bytes,
    Floats,
    Places,
)
from editorial.render.pdf.line_costs import SOONER, TOLERANCE
from editorial.render.pdf.matter import Matter
from editorial.values import dataclass

# A line spaced out more than this stands as it is, though nothing long follows it.
MOST_SPREAD = 450.0
# What each gap may gain before a line is opened, level after level.
WIDENED = {RUN_IN: RUN_IN_GIVES, WORD_SPACES: 250, LATIN_GAPS: HAN_LATIN_MOST - HAN_LATIN}


@dataclass(frozen=True, slots=True)
class Spaced:
    """All inked characters of all lines one after the other.

    `at` are their indices in the matter, `begins` where each line begins among them. Before
    the characters `spots` stand `gaps`, in thousandths of an em of the text's size, besides
    `opened[line]`, which follows every character of its line; `line` and `rules` are those
    of the spots.
    """

    at: Places
    begins: Places
    spots: Places
    line: Places
    rules: Bytes
    gaps: Floats
    opened: Floats


def space(matter: Matter, broken: Broken) -> Spaced:
    """Gaps of every line. Spaces at its end are not set: they would show in a selection."""
    lengths = _inked(matter, broken) - broken.start
    begins = np.concatenate([[0], np.cumsum(lengths)])
    at = np.arange(begins[-1]) + np.repeat(broken.start - begins[:-1], lengths)
    ruling = matter.ruling
    plain = (matter.gaps[at] == 0) & ~ruling.moving[matter.rules[at]]
    plain[begins[:-1][lengths > 0]] = True
    spots = np.flatnonzero(~plain)
    line = np.repeat(np.arange(len(lengths)), lengths)[spots]
    rules = matter.rules[at[spots]]
    gaps = matter.gaps[at[spots]] - _taken(matter, broken, line, rules)
    widened, opened = _given(broken, line, rules, matter, lengths)
    levels = ruling.levels[rules]
    for level, wider in widened.items():
        gaps += np.where(levels == level, wider[line], 0.0)
    gaps -= np.where(ruling.fixed[rules] == 1, opened[line], 0.0)
    return Spaced(at, begins, spots, line, rules, gaps, opened)


def _inked(matter: Matter, broken: Broken) -> Places:
    """Where lines end without the spaces at their ends."""
    ends = np.maximum(broken.stop, broken.start)
    while (blank := (ends > broken.start) & matter.spaces[ends - 1]).any():
        ends = ends - blank
    return ends


def _taken(matter: Matter, broken: Broken, line: Places, rules: Bytes) -> Floats:
    """What each gap loses, level after level, evenly within a level."""
    levels, shrinks = matter.ruling.levels[rules], matter.ruling.shrinks[rules]
    need = np.where(broken.slack < -TOLERANCE, -broken.slack, 0.0)
    shares = np.zeros((len(need), WORD_SPACES + 1))
    for level in range(1, STOPS + 1):
        here = levels == level
        most = np.bincount(line[here], weights=shrinks[here], minlength=len(need))
        shares[:, level] = np.minimum(1.0, need / np.maximum(most, 1e-9))
        need = need - most * shares[:, level]
    taken: Floats = shares[line, levels] * shrinks
    return taken


def _given(
    broken: Broken, line: Places, rules: Bytes, matter: Matter, lengths: Places
) -> tuple[dict[int, Floats], Floats]:
    """By line: what every gap of a level gains, and how far the line is opened."""
    count = len(broken.slack)
    slack = np.where(broken.slack > TOLERANCE, broken.slack, 0.0)
    levels = matter.ruling.levels[rules]
    widened: dict[int, Floats] = {}
    for level, most in WIDENED.items():
        gaps = np.bincount(line[levels == level], minlength=count)
        wider = np.minimum(most, slack / np.maximum(gaps, 1))
        widened[level] = np.where(gaps > 0, wider, 0.0)
        slack = slack - widened[level] * gaps
    unopened = np.bincount(line[matter.ruling.fixed[rules] == 1], minlength=count)
    openings = np.maximum(lengths - 1 - unopened, 0)
    widest = np.where(matter.breaks.short[broken.stop], SOONER, MOST_SPREAD)
    opens = (slack > TOLERANCE) & (openings > 0) & (slack <= openings * widest)
    return widened, np.where(opens, slack / np.maximum(openings, 1), 0.0)
