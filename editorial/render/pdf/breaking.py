"""Lines chosen for the whole paragraph at once, and the slack of each shared out.

Dynamic programming over the few breaks each line offers (Knuth and Plass, 1981), with the
adjustments CLREQ allows instead of glue: marks give up their empty halves, the Han-Latin
gap moves between an eighth and a third of an em, and the rest opens evenly.
Lengths are thousandths of an em.
"""

from __future__ import annotations

from bisect import bisect_right
from heapq import heappop, heappush
from typing import NamedTuple

from editorial.render.pdf.classes import (
    HALF,
    HAN_LATIN,
    HAN_LATIN_MOST,
    IS_FIXED,
    LATIN_GAPS,
    LEVELS,
    SHRINKS,
    SPOT,
)
from editorial.render.pdf.matter import Matter

TOLERANCE = 0.5
# A line never takes in more than this many characters beyond what it holds unshrunk.
REACH_BEYOND = 4
SHRINK_COST = 160.0
STRETCH_COST = 1 / 40
LINE_COST = 1.0
LONE_CHARACTER_COST = 2000.0
FORCED_COST = 100_000.0
# Siblings this much dearer than the best break of a line are not followed.
PRUNE = 120.0
RAGGED_COST = 1000.0
# Beyond this an opened line reads as spaced out; a short line is the lesser evil.
MOST_OPENED = 340.0


class Line(NamedTuple):
    """Characters [start, stop). `slack` is to be shared out; 0 sets the line as it is."""

    start: int
    stop: int
    slack: float


class _Node(NamedTuple):
    cost: float
    start: int
    slack: float


def natural_width(matter: Matter, start: int, stop: int) -> float:
    """Of a line as set unadjusted: half a mark is trimmed at each edge (GB/T 15834, 5.1.10)."""
    return (
        matter.reach[stop]
        - matter.reach[start]
        - matter.gaps[start]
        - left_trim(matter, start)
        - _right_trim(matter, stop)
    )


def left_trim(matter: Matter, start: int) -> float:
    return HALF if matter.kinds[start] == "o" else 0


def _right_trim(matter: Matter, stop: int) -> float:
    kind = matter.kinds[stop - 1]
    if kind in "cps":
        return HALF
    return matter.widths[stop - 1] + matter.gaps[stop - 1] if kind in "wi" else 0


def total_fit(matter: Matter, width: float, indent: float, align: str) -> tuple[Line, ...]:
    """The cheapest way to break `matter` to `width`, its first line shorter by `indent`."""
    end = len(matter.text)
    offers = {"justify": _justified, "center": _centred}.get(align, _ragged)
    best = {0: _Node(0.0, 0, 0.0)}
    heap = [0]
    while heap[0] != end:
        start = heappop(heap)
        room = max(width - indent, 1.0) if start == 0 else width
        cost_here = best[start].cost + LINE_COST
        for stop, cost, slack in offers(matter, start, room):
            known = best.get(stop)
            if known is None:
                heappush(heap, stop)
            if known is None or cost_here + cost < known.cost:
                best[stop] = _Node(cost_here + cost, start, slack)
    return _traced(best, end)


def _traced(best: dict[int, _Node], end: int) -> tuple[Line, ...]:
    lines = []
    while end > 0:
        node = best[end]
        lines.append(Line(node.start, end, node.slack))
        end = node.start
    return tuple(reversed(lines))


Offer = tuple[int, float, float]


def _justified(matter: Matter, start: int, room: float) -> list[Offer]:
    """Breaks of a line from `start`: where it ends, what that costs, its slack."""
    reach, give, fixed, barred = matter.reach, matter.give, matter.fixed, matter.barred
    end = len(matter.text)
    left = reach[start] + matter.gaps[start] + left_trim(matter, start)
    holds = bisect_right(reach, left + room + TOLERANCE, start) - 1
    offers: list[Offer] = []
    cheapest = PRUNE * PRUNE
    for stop in range(min(end, holds + REACH_BEYOND), start, -1):
        if stop < end and barred[stop]:
            continue
        slack = room - (reach[stop] - left - _right_trim(matter, stop))
        if stop == end and slack >= -TOLERANCE:
            offers.append((end, _last_cost(matter, start, LONE_CHARACTER_COST), 0.0))
            if offers[-1][1] == 0:
                break
            continue
        if slack < -TOLERANCE:
            room_to_give = give[stop - 1] - give[start]
            if room_to_give < -slack:
                continue
            cost = SHRINK_COST * (slack / room_to_give) ** 2
        else:
            openings = stop - start - 1 - (fixed[stop - 1] - fixed[start])
            opened = slack / openings if openings > 0 else slack
            cost = opened * opened * STRETCH_COST + opened
            if cost > cheapest + PRUNE:
                break
        cheapest = min(cheapest, cost)
        offers.append((stop, cost + matter.tolls.get(stop, 0.0), slack))
    return offers or [_forced(matter, start, room, holds)]


def _last_cost(matter: Matter, start: int, lone: float) -> float:
    """A last line of one character besides its marks is not worth a line."""
    rest = matter.kinds[start:].rstrip("cpsCrde")
    return lone if start and len(rest) < 2 else 0.0


def _forced(matter: Matter, start: int, room: float, holds: int) -> Offer:
    """A word longer than the line is cut where the line is full."""
    stop = min(max(holds, start + 1), len(matter.text))
    return stop, FORCED_COST, max(0.0, room - natural_width(matter, start, stop))


def _centred(matter: Matter, start: int, room: float) -> list[Offer]:
    """Lines of a heading, as even as can be, the last one too."""
    offers = _ragged(matter, start, room)
    end, left = len(matter.text), 1 - natural_width(matter, start, len(matter.text)) / room
    if start == 0 and offers[0][0] == end:
        return offers[:1]
    return [
        (stop, cost + RAGGED_COST * left**2 if stop == end else cost, 0.0)
        for stop, cost, _ in offers
    ]


def _ragged(matter: Matter, start: int, room: float) -> list[Offer]:
    """As `_justified`, but unadjusted: full lines save for the last."""
    end = len(matter.text)
    left = matter.reach[start] + matter.gaps[start] + left_trim(matter, start)
    holds = bisect_right(matter.reach, left + room + TOLERANCE, start) - 1
    offers: list[Offer] = []
    for stop in range(min(end, holds + 1), start, -1):
        if stop < end and matter.barred[stop]:
            continue
        slack = room - natural_width(matter, start, stop)
        if slack < -TOLERANCE:
            continue
        if stop == end:
            offers.append((end, _last_cost(matter, start, RAGGED_COST / 4), 0.0))
            continue
        cost = RAGGED_COST * (slack / room) ** 2 + matter.tolls.get(stop, 0.0)
        offers.append((stop, cost, 0.0))
        if slack > room / 2:
            break
    return offers or [(*_forced(matter, start, room, holds)[:2], 0.0)]


def settle(matter: Matter, line: Line) -> tuple[float, dict[int, float]]:
    """Even opening after every character, and the final gap at each boundary that has one."""
    start, stop, slack = line
    spots = {at.start(): at[0][0] for at in SPOT.finditer(matter.rules, start + 1, stop)}
    gaps = {at: matter.gaps[at] for at in spots}
    if slack < -TOLERANCE:
        _shrink(spots, gaps, -slack)
        return 0.0, gaps
    if slack <= TOLERANCE:
        return 0.0, gaps
    return _stretch(spots, gaps, line), gaps


def _shrink(spots: dict[int, int], gaps: dict[int, float], need: float) -> None:
    """Take `need` from the spots, one level after the other, evenly within a level."""
    for level in sorted({LEVELS[rule] for rule in spots.values()} - {0}):
        here = {at: SHRINKS[rule] for at, rule in spots.items() if LEVELS[rule] == level}
        most = sum(here.values())
        share = min(1.0, need / most)
        for at, shrink in here.items():
            gaps[at] -= shrink * share
        need -= most * share
        if need < TOLERANCE:
            return


def _stretch(spots: dict[int, int], gaps: dict[int, float], line: Line) -> float:
    """Han-Latin gaps first, up to a third of an em, then all alike but the fixed ones."""
    start, stop, slack = line
    latin = [at for at, rule in spots.items() if LEVELS[rule] == LATIN_GAPS]
    if latin:
        widened = min(HAN_LATIN_MOST - HAN_LATIN, slack / len(latin))
        for at in latin:
            gaps[at] += widened
        slack -= widened * len(latin)
    unopened = [at for at, rule in spots.items() if IS_FIXED[rule]]
    openings = stop - start - 1 - len(unopened)
    if slack <= TOLERANCE or openings <= 0 or slack > openings * MOST_OPENED:
        return 0.0
    opened = slack / openings
    for at in unopened:
        gaps[at] -= opened
    return opened
