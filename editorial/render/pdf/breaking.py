"""Lines chosen for whole paragraphs at once, and for all paragraphs at once.

Total-fit breaking (Knuth and Plass, 1981) with the adjustments CLREQ allows instead of glue:
marks give up their empty halves, the Han-Latin gap moves between an eighth and a third of an
em, and the rest opens evenly. The search goes line by line through all paragraphs in step:
each holds a few of its cheapest breaks, and every step offers each of them the few places
where the next line may end. Lengths are thousandths of an em.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from editorial.render.pdf.classes import (
    NO_LINE_END,
    NO_LINE_START,
    NOWHERE,
    NUMBER_OF,
    Bytes,
    Flags,
    Floats,
    Places,
)
from editorial.render.pdf.line_costs import (
    CENTRED,
    JUSTIFIED,
    LISTED,
    MOST_OPENED,
    RAGGED,
    RAGGED_COST,
    SHORT,
    STRETCH_COST,
    TOLERANCE,
    Offered,
    Shape,
    costs_of,
    shape_of,
    word_penalties,
)
from editorial.render.pdf.matter import Matter
from editorial.values import dataclass

# A line never takes in more than this many characters beyond what it holds unshrunk.
REACH_BEYOND = 3
# How many places a line may end at are weighed, and how many breaks a paragraph holds.
OFFERS, HELD = 7, 4
# Those of a centred line, which is as long as sense wants it.
OFFERS_CENTRED = 40
LINE_COST, SHORT_LINE_COST = 1.0, 500.0
FORCED_COST = 100_000.0
# Breaks this much dearer than the best one of a line are not followed, except near the end:
# there a dear line may save the last one from holding a single character; and in narrow
# columns, where one may save the next from a gap.
PRUNE, PRUNE_WIDE = 120.0, 2500.0
NEAR_END, HELD_WIDE, NARROW = 2.2, 9, 26_000.0
# How many cuts more than the fewest a text may have had up to a line.
MOST_CUTS = 4
# How many marks a word cut by force may have at the cut.
MOST_MARKS = 3

# Where a line is parted that nothing else can end: what share of a cut that costs; what it
# costs rather than a line at least this dear. Within a unit, never rather than that; before
# one; within 〔2018〕12号 or after 8万; within a date or a long code.
AWFUL, SPREAD = 1200.0, MOST_OPENED**2 * STRETCH_COST + MOST_OPENED
NEVER = (1.75, 0.0, np.inf)
PARTINGS = (NEVER, (1.5, 3000.0, SPREAD), (1.25, 3000.0, SPREAD), (1.0, 1000.0, AWFUL))

_NO_START, _NO_END = np.zeros(256, bool), np.zeros(256, bool)
_NO_START[[NUMBER_OF[kind] for kind in NO_LINE_START]] = True
_NO_END[[NUMBER_OF[kind] for kind in NO_LINE_END]] = True


@dataclass(frozen=True, slots=True)
class Asked:
    """Texts to break: characters [start, stop), room on the first and the other lines, way."""

    start: Places
    stop: Places
    first: Floats
    room: Floats
    way: Bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """Lines of all texts in order: `of` is the number of the text, `slack` what is to be
    shared out over characters [start, stop); 0 leaves the line as it is."""

    of: Places
    start: Places
    stop: Places
    slack: Floats


def natural_width(matter: Matter, start: Places, stop: Places) -> Floats:
    """Of lines as set unadjusted, their edges trimmed."""
    width: Floats = matter.inked[stop] - matter.edge[start]
    return width


def break_lines(matter: Matter, asked: Asked) -> Broken:
    """The cheapest lines found for every text. Empty texts have none."""
    asked = _told_lists(matter, asked)
    whole = natural_width(matter, asked.start, asked.stop) <= asked.first + TOLERANCE
    filled = asked.stop > asked.start
    single = np.flatnonzero(whole & filled)
    rest = np.flatnonzero(~whole & filled)
    matter = _with_penalties(matter, asked, rest[asked.way[rest] != JUSTIFIED])
    centred = asked.way[rest] == CENTRED
    found = [_search(matter, asked, rest[~centred])]
    if centred.any():
        found.append(_search(matter, asked, rest[centred], _shape(matter, asked, rest[centred])))
    of, start, stop = (np.concatenate(each) for each in zip(*found, strict=True))
    lines = (
        np.concatenate([single, of]),
        np.concatenate([asked.start[single], start]),
        np.concatenate([asked.stop[single], stop]),
    )
    order = np.lexsort((lines[1], lines[0]))
    of, start, stop = (each[order] for each in lines)
    return Broken(of, start, stop, _slack(matter, asked, of, start, stop))


def _told_lists(matter: Matter, asked: Asked) -> Asked:
    if not len(matter.cells):
        return asked
    at, end = (np.searchsorted(matter.cells, each) for each in (asked.start, asked.stop))
    listed = (at < end) & (asked.way == RAGGED)
    return replace(asked, way=np.where(listed, LISTED, asked.way).astype(np.uint8))


def _with_penalties(matter: Matter, asked: Asked, texts: Places) -> Matter:
    """With those of words in texts that are not justified; the same text may be set justified
    elsewhere."""
    texts = texts[asked.way[texts] != LISTED]
    if not len(texts):
        return matter
    breaks = matter.breaks
    penalties = breaks.penalties.copy()
    for text in texts.tolist():
        start, stop = asked.start[text], asked.stop[text]
        prices = word_penalties(matter.text[start:stop], centred=bool(asked.way[text] == CENTRED))
        penalties[start:stop] = np.maximum(penalties[start:stop], prices)
    return replace(matter, breaks=replace(breaks, penalties=penalties))


def _shape(matter: Matter, asked: Asked, texts: Places) -> Shape:
    length = natural_width(matter, asked.start, np.maximum(asked.stop, asked.start))
    even = length / np.maximum(np.ceil(length / asked.room), 1)
    return shape_of(matter, asked.start[texts], asked.stop[texts], even)


def _slack(matter: Matter, asked: Asked, of: Places, start: Places, stop: Places) -> Floats:
    room = np.where(start == asked.start[of], asked.first[of], asked.room[of])
    slack = room - natural_width(matter, start, stop)
    last = (stop == asked.stop[of]) & (slack >= -TOLERANCE)
    slack[last | (asked.way[of] != JUSTIFIED)] = 0.0
    return slack


@dataclass(slots=True)
class _Front:
    """The breaks held after so many lines: text, place, cost, number in the front before."""

    of: Places
    at: Places
    cost: Floats
    before: Places


@dataclass(slots=True)
class _Ends:
    """The best way to the end of each text: cost, number of lines, and the last front's number."""

    cost: Floats
    lines: Places
    before: Places


@dataclass(slots=True)
class _Offers:
    """Places where a line may end, by the front's break they go on from."""

    before: Places
    stop: Places
    cost: Floats


def _search(
    matter: Matter, asked: Asked, texts: Places, shape: Shape | None = None
) -> tuple[Places, Places, Places]:
    """Number of the text, start and stop of every line of `texts`; with a `shape` if they are
    centred."""
    front = _Front(texts, asked.start[texts], np.zeros(len(texts)), np.zeros(len(texts), np.int64))
    count = len(asked.start)
    ends = _Ends(np.full(count, np.inf), np.zeros(count, np.int64), np.zeros(count, np.int64))
    lengths = asked.stop - asked.start + 1
    apart = np.cumsum(lengths) - lengths - asked.start
    fronts = []
    while len(front.of):
        fronts.append(front)
        offers = _offers(matter, asked, front, shape)
        of = front.of[offers.before]
        done = offers.stop == asked.stop[of]
        _note_ends(ends, len(fronts), of[done], offers.cost[done], offers.before[done])
        front = _held(matter, asked, apart, ends, of[~done], offers, ~done)
    return _traced(fronts, ends, asked, texts)


def _note_ends(ends: _Ends, lines: int, of: Places, cost: Floats, before: Places) -> None:
    order = np.lexsort((cost, of))
    best = order[_firsts(of[order])]
    best = best[cost[best] < ends.cost[of[best]]]
    ends.cost[of[best]] = cost[best]
    ends.lines[of[best]] = lines
    ends.before[of[best]] = before[best]


def _firsts(ordered: Places) -> Flags:
    """Where a run of equal numbers begins."""
    firsts = np.ones(len(ordered), bool)
    firsts[1:] = ordered[1:] != ordered[:-1]
    return firsts


def _firsts_met(numbers: Places) -> Flags:
    """Where a number comes for the first time."""
    count = np.arange(len(numbers))
    first = np.empty(numbers.max(initial=-1) + 1, np.int64)
    first[numbers[::-1]] = count[::-1]  # the last one put stays
    met: Flags = first[numbers] == count
    return met


def _is_searched_wide(matter: Matter, asked: Asked, of: Places, at: Places) -> Flags:
    room = asked.room[of]
    near = matter.reach[asked.stop[of]] - matter.reach[at] < NEAR_END * room
    wide: Flags = near | (room < NARROW) | (asked.way[of] == CENTRED)
    return wide


def _held(
    matter: Matter,
    asked: Asked,
    apart: Places,
    ends: _Ends,
    of: Places,
    offers: _Offers,
    going_on: Flags,
) -> _Front:
    """The cheapest breaks of each text, each place once. `apart`, added to a place, tells it
    from the same one of the same text set to another width."""
    stop, cost, before = offers.stop[going_on], offers.cost[going_on], offers.before[going_on]
    cheaper = np.flatnonzero(cost < ends.cost[of])
    order = cheaper[np.lexsort((stop[cheaper], cost[cheaper], of[cheaper]))]
    order = order[_firsts_met(stop[order] + apart[of[order]])]
    firsts = _firsts(of[order])
    if len(order) and cost[order].max() >= FORCED_COST:
        # One that had to be cut is dearer than any that will have to be, and yet the better one.
        cuts = (cost[order] // FORCED_COST).astype(np.int64)
        least = cuts[np.maximum.accumulate(np.where(firsts, np.arange(len(order)), 0))]
        few = cuts <= least + MOST_CUTS
        order, cuts = order[few], cuts[few]
        firsts = _firsts(of[order]) | _firsts(cuts)
    begins = np.flatnonzero(firsts)
    runs = np.diff(np.append(begins, len(order)))
    place_in_run = np.arange(len(order)) - np.repeat(begins, runs)
    cheapest = np.repeat(cost[order][begins], runs)
    near = _is_searched_wide(matter, asked, of[order], stop[order])
    most = cheapest + np.where(near, PRUNE_WIDE, PRUNE)
    order = order[(place_in_run < np.where(near, HELD_WIDE, HELD)) & (cost[order] <= most)]
    return _Front(of[order], stop[order], cost[order], before[order])


def _traced(
    fronts: list[_Front], ends: _Ends, asked: Asked, texts: Places
) -> tuple[Places, Places, Places]:
    """Back from the ends: which breaks each text is made of."""
    ofs, starts, stops = [], [], []
    stop = asked.stop.copy()
    number = ends.before.copy()
    for lines in range(len(fronts), 0, -1):
        front = fronts[lines - 1]
        here = texts[ends.lines[texts] >= lines]
        at = number[here]
        ofs.append(here)
        starts.append(front.at[at])
        stops.append(stop[here])
        stop[here] = front.at[at]
        number[here] = front.before[at]
    if not ofs:
        return NOWHERE, NOWHERE, NOWHERE
    return np.concatenate(ofs), np.concatenate(starts), np.concatenate(stops)


# One line


def _offers(matter: Matter, asked: Asked, front: _Front, shape: Shape | None) -> _Offers:
    """Where the line after each break of the front may end, and what that costs in all. Each
    row of the arrays is one place further back."""
    at, of = front.at, front.of
    end, way = asked.stop[of], asked.way[of]
    room = np.where(at == asked.start[of], asked.first[of], asked.room[of])
    edge = matter.edge[at]
    holds = np.searchsorted(matter.reach, edge + room + TOLERANCE, side="right") - 1
    blank = matter.spaces[np.minimum(holds, end - 1)]  # is not set where a line ends
    most = np.minimum(holds + np.where(way == JUSTIFIED, REACH_BEYOND, blank), end)
    offered = OFFERS_CENTRED if shape else OFFERS
    ranks = matter.breaks.rank[most] - 1 - np.arange(offered)[:, None]
    stop = matter.breaks.open[np.maximum(ranks, 0)]
    slack = room - (matter.inked[stop] - edge)
    if shape:
        uneven = shape.unevenness(of, at, stop, room - slack)
    else:
        uneven = RAGGED_COST * (slack / room) ** 2
    cost = costs_of(matter, Offered(at, end, room, way, stop, slack, stop == end, uneven))
    cheapest = cost.min(axis=0)
    near = _is_searched_wide(matter, asked, of, at)
    most = cheapest + np.where(near, PRUNE_WIDE, PRUNE)
    weighed = np.flatnonzero((np.isfinite(cost) & (cost <= most)).T)
    before, back = np.divmod(weighed, offered)
    here = back * len(at) + before
    line = np.where(way[before] == SHORT, SHORT_LINE_COST, LINE_COST)
    price = cost.ravel()[here] + front.cost[before] + line
    offers = _Offers(before, stop.ravel()[here], price)
    stuck = np.flatnonzero(~(cheapest < AWFUL))
    if not len(stuck):
        return offers
    return _with_forced(matter, offers, front, holds, end, stuck, cheapest[stuck])


def _with_forced(
    matter: Matter,
    offers: _Offers,
    front: _Front,
    holds: Places,
    end: Places,
    stuck: Places,
    cheapest: Floats,
) -> _Offers:
    """A date or an address too long is broken, for want of them 〔2018〕12号, then a number from
    its unit; other words are cut where the line is full."""
    at, full = front.at[stuck], np.minimum(holds[stuck], end[stuck])
    taken = hopeless = ~np.isfinite(cheapest)
    breaks = matter.breaks
    weighed = np.maximum(at, breaks.open[np.maximum(breaks.rank[full] - 1, 0)])
    stop = np.maximum(_clean_cut(matter, at, full), at + 1)
    price = np.full(len(stuck), 2 * FORCED_COST)
    for places, (share, penalty, least) in zip(breaks.bearable[::-1], PARTINGS, strict=True):
        found, there = _latest(places, weighed, full, end[stuck])
        there &= cheapest >= least
        parted = np.where(hopeless, share * FORCED_COST, penalty + breaks.penalties[found])
        stop, price = np.where(there, found, stop), np.where(there, parted, price)
        taken = taken | there
    return _Offers(
        np.concatenate([offers.before, stuck[taken]]),
        np.concatenate([offers.stop, stop[taken]]),
        np.concatenate([offers.cost, (front.cost[stuck] + price + LINE_COST)[taken]]),
    )


def _latest(places: Places, at: Places, full: Places, end: Places) -> tuple[Places, Flags]:
    """The last of `places` in the line that must end after `at` and is full at `full`."""
    if not len(places):
        return at, np.zeros(len(at), bool)
    rank = np.searchsorted(places, full, side="right") - 1
    found = places[np.maximum(rank, 0)]
    return found, (rank >= 0) & (found > at) & (found < end)


def _clean_cut(matter: Matter, at: Places, full: Places) -> Places:
    """A little before `full`, where a mark would begin or end a line otherwise."""
    cut = full
    for _ in range(MOST_MARKS):
        ends = np.minimum(cut, len(matter.kinds) - 1)
        wrong = _NO_START[matter.kinds[ends]] | _NO_END[matter.kinds[ends - 1]]
        if matter.scales is not None:
            wrong |= matter.scales[ends] < 1
        cut = np.where(wrong & (cut > at + 1), cut - 1, cut)
    return cut
