"""差错计算办法 as data: styles/errors/*.yaml (图书质量管理规定 and its successors)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from decimal import Decimal
from typing import Literal, TypeAlias

from editorial.model.style import StyleFault
from editorial.values import dataclass

Sameness: TypeAlias = Literal["same", "class"]
Certainty: TypeAlias = Literal["certain", "likely", "unsure"]
CERTAINTIES: dict[Certainty, str] = {"certain": "可靠", "likely": "转述", "unsure": "未核"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LengthWeight:
    """Up to `to` characters at one place weigh `weight`; without `to`, any number more."""

    to: int | None = None
    weight: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """More than `over` in the book count `points` altogether; of the `same` error, or of the
    whole `class`."""

    over: int
    points: Decimal
    of: Sameness = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """At most `points` in the book; of the `same` error, or of the whole `class`."""

    points: Decimal
    of: Sameness = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorClass:
    """差错类别. `also` are other names it may be entered by.

    `lengths` weigh by characters instead of `weight`. `once`: counted once on a page, the
    `same` error or the whole `class`. `blocking`: no
    book with such an error goes out, whatever the rate.
    """

    id: str
    label: str
    weight: Decimal = Decimal(1)
    also: tuple[str, ...] = field(default=(), metadata={"flow": True})
    lengths: tuple[LengthWeight, ...] = field(default=(), metadata={"flow": True})
    once: Sameness | None = None
    many: Many | None = None
    most: Most | None = None
    blocking: bool = False
    certainty: Certainty = "certain"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorScheme:
    """`passing`, `reviewing` and `recalling` are errors to 10 000 characters: 合格, 志稿评审前,
    above which all copies are taken back. `verified`: compared with the rule as published."""

    id: str = field(default="", metadata={"stored": False})
    schema: int = 1
    title: str
    basis: str
    verified: bool = True
    notes: tuple[str, ...] = ()
    passing: Decimal = Decimal(1)
    reviewing: Decimal = Decimal(3)
    recalling: Decimal = Decimal(5)
    classes: tuple[ErrorClass, ...]


def scheme_faults(scheme: ErrorScheme) -> Iterator[StyleFault]:
    """What makes a scheme impossible to reckon by: (key path, what is wrong in Chinese)."""
    if not 0 < scheme.passing < scheme.recalling:
        yield ("passing",), "合格线应大于0，小于 recalling"
    if scheme.reviewing <= 0:
        yield ("reviewing",), "应大于0"
    if not scheme.classes:
        yield ("classes",), "一类差错也没有"
    names = Counter(name for each in scheme.classes for name in names_of(each))
    for index, each in enumerate(scheme.classes):
        for key, message in _class_faults(each):
            yield ("classes", index, key), message
        twice = [name for name in names_of(each) if names[name] > 1]
        if twice:
            yield ("classes", index, "id"), f"“{twice[0]}”不止一类这样叫"


def _class_faults(each: ErrorClass) -> Iterator[tuple[str, str]]:
    if not each.id:
        yield "id", "没有写代号"
    if not each.label:
        yield "label", "没有写名称"
    if each.weight <= 0 or any(step.weight <= 0 for step in each.lengths):
        yield "weight", "计错数应大于0"
    ends = [step.to for step in each.lengths]
    counted = [end for end in ends[:-1] if end is not None]
    if each.lengths and (ends[-1] is not None or len(counted) < len(ends) - 1):
        yield "lengths", "最后一档不写 to，其余各档都写 to"
    elif counted != sorted(set(counted)) or (counted and counted[0] < 1):
        yield "lengths", "各档的 to 应自小而大"
    if each.most and each.most.points <= 0:
        yield "most", "最多计几个应大于0"
    if each.many and (each.many.over < 1 or each.many.points <= 0):
        yield "many", "over、points 应大于0"


def names_of(each: ErrorClass) -> tuple[str, ...]:
    return tuple(dict.fromkeys((each.id, each.label, *each.also)))


def class_named(scheme: ErrorScheme, name: str) -> ErrorClass | None:
    """By id, label or another name; by the beginning of a name when only one begins so."""
    plain = name.strip()
    for each in scheme.classes:
        if plain in names_of(each):
            return each
    near = [
        each
        for each in scheme.classes
        if plain and any(own.startswith(plain) for own in names_of(each))
    ]
    return near[0] if len(near) == 1 else None
