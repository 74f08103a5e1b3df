"""Shares and numbers estimated from samples, with how far they may be off."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, log1p

CONFIDENCE = 0.95
HALVINGS = 80


def exact_interval(hits: int, trials: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Of a share seen as `hits` in `trials`, after Clopper and Pearson: never too narrow.

    ValueError: no trials, or more hits than these.
    """
    if not 0 <= hits <= trials or trials < 1:
        raise ValueError(f"{hits} of {trials}")
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else _share(lambda p: 1 - at_most(hits - 1, trials, p), tail)
    high = 1.0 if hits == trials else 1 - _share(lambda q: at_most(hits, trials, 1 - q), tail)
    return low, high


def _share(chance: Callable[[float], float], wanted: float) -> float:
    """Where a chance that grows with the share is as wanted."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if chance(middle) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def at_most(hits: int, trials: int, share: float) -> float:
    """The chance of no more than `hits` in `trials`."""
    if share <= 0 or hits >= trials:
        return 1.0
    if share >= 1:
        return 0.0
    if hits > share * trials:  # the shorter tail is summed, for it is the sure one
        return 1 - _sum(range(hits + 1, trials + 1), trials, share)
    return _sum(range(hits, -1, -1), trials, share)


def _sum(numbers: range, trials: int, share: float) -> float:
    """From the likeliest on, until the rest is nothing."""
    total = 0.0
    for number in numbers:
        term = exp(_log_chance(number, trials, share))
        total += term
        if term < total * 1e-16:
            break
    return min(total, 1.0)


def _log_chance(number: int, trials: int, share: float) -> float:
    ways = lgamma(trials + 1) - lgamma(number + 1) - lgamma(trials - number + 1)
    return ways + number * log(share) + (trials - number) * log1p(-share)


def chapman(first: int, second: int, both: int) -> float:
    """How many there are, when one reader found `first`, another `second`, and both `both`."""
    return (first + 1) * (second + 1) / (both + 1) - 1
