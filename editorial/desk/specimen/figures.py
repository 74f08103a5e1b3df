"""The figures of the made-up city: the same indicator has one value wherever it is told.

A city's total is the sum of its districts; rates and averages are not summed.
"""

from __future__ import annotations

from functools import cache
from random import Random

from editorial.desk.specimen.outline import FIELDS
from editorial.desk.specimen.words import DISTRICTS
from editorial.values import dataclass

CITY = "示例市"
SHARE = "%"
AVERAGED = frozenset({SHARE, "元", "毫米"})
WHOLE = frozenset({"元", "件", "吨", "毫米", "千米", "公顷", "人次"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An indicator in one place for two years, in units of its last printed digit."""

    name: str
    unit: str
    before: int
    now: int

    @property
    def growth(self) -> float:
        """Per cent; for a share, percentage points."""
        if self.unit == SHARE:
            return (self.now - self.before) / 10
        return (self.now / self.before - 1) * 100


def written(amount: Amount, value: int) -> str:
    return str(value) if amount.unit in WHOLE else f"{value / 10:.1f}"


def told(amount: Amount) -> str:
    """茶叶产量1203吨，比上年增长4.5%."""
    value = f"{amount.name}{written(amount, amount.now)}{amount.unit}"
    if abs(amount.growth) < 0.05:
        return f"{value}，与上年持平"
    return f"{value}，比上年{changed(amount.growth, amount.unit)}"


def changed(rate: float, unit: str) -> str:
    """增长4.5%; a share is raised by percentage points."""
    word = ("提高" if unit == SHARE else "增长") if rate >= 0 else "下降"
    return f"{word}{abs(rate):.1f}{'个百分点' if unit == SHARE else '%'}"


@cache
def amounts(seed: int, name: str) -> dict[str, Amount]:
    """The indicator for every district and for the city, in reading order, city last."""
    unit, low, high = MEASURES[name]
    chance = Random(f"{seed}:{name}")
    step = 1 if unit in WHOLE else 10
    shares = [chance.uniform(0.4, 1.8) for _ in DISTRICTS]
    if unit in AVERAGED:
        shares = [chance.uniform(0.92, 1.04) for _ in DISTRICTS]
    whole = chance.uniform(low, high) * step
    scale = whole / (1 if unit in AVERAGED else sum(shares))
    found = {
        district: _amount(chance, name, unit, max(1, round(share * scale)))
        for district, share in zip(DISTRICTS, shares, strict=True)
    }
    parts, count = tuple(found.values()), len(found) if unit in AVERAGED else 1
    before, now = (round(sum(each) / count) for each in zip(*_pairs(parts), strict=True))
    return {**found, CITY: Amount(name=name, unit=unit, before=before, now=now)}


def _amount(chance: Random, name: str, unit: str, before: int) -> Amount:
    if unit == SHARE:
        before = min(before, 960)
        return Amount(name=name, unit=unit, before=before, now=before + chance.randint(-6, 30))
    now = max(1, round(before * chance.triangular(0.94, 1.19, 1.07)))
    return Amount(name=name, unit=unit, before=before, now=now)


def _pairs(parts: tuple[Amount, ...]) -> list[tuple[int, int]]:
    return [(part.before, part.now) for part in parts]


def _measures() -> dict[str, tuple[str, float, float]]:
    """Name → unit and range for the whole city; the chapter on districts gives theirs."""
    found: dict[str, tuple[str, float, float]] = {}
    for field in FIELDS:
        for text in field.measures:
            name, unit, low, high = text.split(":")
            times = len(DISTRICTS) if field.slug == "quxian" and unit not in AVERAGED else 1
            found.setdefault(name, (unit, float(low) * times, float(high) * times))
    return found


MEASURES = _measures()
