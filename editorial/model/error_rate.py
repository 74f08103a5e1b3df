"""差错率: errors, weighed with every rule on repeats, to 10 000 layout characters.

图书质量管理规定 (2005), annex 图书编校质量差错率计算方法; the weights are data (`ErrorScheme`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

from editorial.model.error_scheme import ErrorClass, ErrorScheme, Sameness
from editorial.values import dataclass

Band: TypeAlias = Literal["pass", "reprint", "recall", "unknown"]
SHOWN = Decimal("0.0001")
PER = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorFound:
    """One error. `kind` is the id of its class; `text` tells which are the same error, "" one
    that is like no other. `count` errors at this place; `chars` too many or missing there."""

    kind: str
    page: int = 0
    text: str = ""
    count: int = 1
    chars: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSum:
    """`found` errors of a class, `counted` once what repeats on a page is left out, and what
    they weigh."""

    kind: ErrorClass
    found: int
    counted: int
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRate:
    """Errors of one text of `chars` layout characters (0: not known). `budget` is how many
    weighted errors it may have."""

    sums: tuple[ClassSum, ...]
    chars: int
    passing: Decimal
    recalling: Decimal

    @property
    def points(self) -> Decimal:
        return sum((each.points for each in self.sums), Decimal(0))

    @property
    def found(self) -> int:
        return sum(each.found for each in self.sums)

    @property
    def rate(self) -> Decimal | None:
        """Weighted errors to 10 000 characters, exact."""
        return self.points * PER / self.chars if self.chars else None

    @property
    def budget(self) -> Decimal:
        return self.passing * self.chars / PER

    @property
    def blocked(self) -> tuple[ErrorClass, ...]:
        return tuple(each.kind for each in self.sums if each.kind.blocking)

    @property
    def band(self) -> Band:
        if not self.chars:
            return "unknown"
        if self.points * PER <= self.passing * self.chars:
            return "pass"
        return "reprint" if self.points * PER <= self.recalling * self.chars else "recall"


def error_rate(errors: Iterable[ErrorFound], chars: int, scheme: ErrorScheme) -> ErrorRate:
    """Weigh `errors` as those of one book. KeyError: a class the scheme has not."""
    by_kind: dict[str, list[ErrorFound]] = defaultdict(list)
    for each in errors:
        by_kind[each.kind].append(each)
    unknown = by_kind.keys() - {each.id for each in scheme.classes}
    if unknown:
        raise KeyError(*sorted(unknown))
    sums = tuple(class_sum(each, by_kind[each.id]) for each in scheme.classes if each.id in by_kind)
    return ErrorRate(sums=sums, chars=chars, passing=scheme.passing, recalling=scheme.recalling)


def class_sum(kind: ErrorClass, errors: Sequence[ErrorFound]) -> ClassSum:
    """What the errors of one class weigh in one book."""
    counted, points = 0, Decimal(0)
    for same in _alike(errors):
        number, weight = _once(kind, same, "same")
        counted += number
        points += _limited(kind, number, weight, "same")
    if kind.once == "class":
        counted, points = _once(kind, errors, "class")
    return ClassSum(
        kind=kind,
        found=sum(each.count for each in errors),
        counted=counted,
        points=_limited(kind, counted, points, "class"),
    )


def _alike(errors: Sequence[ErrorFound]) -> Iterator[list[ErrorFound]]:
    """The same error wherever it stands; one without words stands alone."""
    groups: dict[str, list[ErrorFound]] = defaultdict(list)
    for each in errors:
        if each.text:
            groups[each.text].append(each)
        else:
            yield [each]
    yield from groups.values()


def _once(kind: ErrorClass, errors: Sequence[ErrorFound], of: Sameness) -> tuple[int, Decimal]:
    """How many are counted and their weight, each page once where the class says so."""
    if kind.once != of:
        weight = sum((weight_of(kind, each) * each.count for each in errors), Decimal(0))
        return sum(each.count for each in errors), weight
    pages: dict[int, Decimal] = {}
    for each in errors:
        pages[each.page] = max(pages.get(each.page, Decimal(0)), weight_of(kind, each))
    return len(pages), sum(pages.values(), Decimal(0))


def weight_of(kind: ErrorClass, error: ErrorFound) -> Decimal:
    """Of one error, by the characters too many or missing where the class has such steps."""
    for step in kind.lengths:
        if step.to is None or error.chars <= step.to:
            return step.weight
    return kind.weight


def _limited(kind: ErrorClass, count: int, points: Decimal, of: Sameness) -> Decimal:
    if kind.many and kind.many.of == of and count > kind.many.over:
        points = kind.many.points
    if kind.most and kind.most.of == of:
        points = min(points, kind.most.points)
    return points


def shown(number: Decimal) -> str:
    """To four places, without noughts at the end: 0.25, 1, 110."""
    text = f"{number.quantize(SHOWN, ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown_rate(rate: Decimal | None) -> str:
    return f"{shown(rate)}/10000" if rate is not None else "-"
