"""Plain YAML data ⇄ the frozen values of `model`, driven by the values' own type hints.

Every scalar arrives as text (the base loader resolves nothing), so `012`, `no` and
`1:30` stay what they are until a field's type says otherwise. All faults of a file are
collected; none stops the reading of its neighbours.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Hashable
from dataclasses import MISSING, Field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import Enum
from functools import cache
from math import isfinite
from typing import Any, Literal, TypeAlias, TypeVar, get_args, get_origin

from editorial.store.halfwidth import halved
from editorial.values import dataclass

T = TypeVar("T")
KeyPath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one key of one file, or (`at_value`) at what stands there."""

    path: KeyPath
    message: str
    at_value: bool = False


Faults: TypeAlias = list[Fault]
Decoder: TypeAlias = Callable[[Any, KeyPath, Faults], Any]

TRUE, FALSE = frozenset({"true", "yes", "是"}), frozenset({"false", "no", "否", ""})


def decode(kind: type[T], raw: object, faults: Faults) -> T | None:
    """The value, or None with at least one fault added."""
    before = len(faults)
    value = decoder(typing.cast(Hashable, kind))(raw, (), faults)
    return value if len(faults) == before else None


@cache
def decoder(kind: Hashable) -> Decoder:
    if kind is str:
        return _text
    if kind in _SCALARS:
        return _scalar(*_SCALARS[kind])
    origin = get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _optional(decoder(next(arg for arg in get_args(kind) if arg is not type(None))))
    if origin is tuple:
        return _sequence(decoder(get_args(kind)[0]))
    if origin is dict:
        return _mapping(decoder(get_args(kind)[1]))
    if origin is Literal:
        return _choice({str(arg): arg for arg in get_args(kind)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(_enum_names(kind))
    return _record(kind)


def _text(raw: Any, path: KeyPath, faults: Faults) -> Any:
    if isinstance(raw, str):
        return raw
    faults.append(Fault(path, "应为一段文字，现为一个列表或几项“键: 值”"))
    return None


def _scalar(convert: Callable[[str], Any], wanted: str) -> Decoder:
    def read(raw: Any, path: KeyPath, faults: Faults) -> Any:
        try:
            return convert(raw)
        except (ValueError, TypeError, AttributeError):
            faults.append(Fault(path, f"应为{wanted}，现为“{raw}”"))
            return None

    return read


def _boolean(raw: str) -> bool:
    if raw.lower() in TRUE:
        return True
    if raw.lower() in FALSE:
        return False
    raise ValueError(raw)


def _finite(raw: str) -> float:
    number = float(raw)
    if not isfinite(number):
        raise ValueError(raw)
    return number


def _decimal(raw: str) -> Decimal:
    try:
        number = Decimal(raw)
    except InvalidOperation:
        raise ValueError(raw) from None
    if not number.is_finite():
        raise ValueError(raw)
    return number


_SCALARS: dict[Any, tuple[Callable[[str], Any], str]] = {
    int: (int, "整数"),
    float: (_finite, "数"),
    Decimal: (_decimal, "数"),
    bool: (_boolean, "true 或 false"),
    date: (date.fromisoformat, "日期（如 2020-03-05）"),
    datetime: (datetime.fromisoformat, "时刻（如 2020-03-05T09:30:00+08:00）"),
}


def _optional(inner: Decoder) -> Decoder:
    def read(raw: Any, path: KeyPath, faults: Faults) -> Any:
        return None if raw in ("", "~", "null") else inner(raw, path, faults)

    return read


def _sequence(inner: Decoder) -> Decoder:
    def read(raw: Any, path: KeyPath, faults: Faults) -> Any:
        if raw == "":
            return ()
        if not isinstance(raw, list):
            message = _halved(raw) or "应为列表（每项以“- ”起头，或写成 [甲, 乙]）"
            faults.append(Fault(path, message, at_value=True))
            return ()
        return tuple([inner(item, (*path, i), faults) for i, item in enumerate(raw)])

    return read


def _mapping(inner: Decoder) -> Decoder:
    def read(raw: Any, path: KeyPath, faults: Faults) -> Any:
        if raw == "":
            return {}
        if not isinstance(raw, dict):
            message = _halved(raw) or "应一项一行，写成“键: 值”（半角冒号，后面空一格）"
            faults.append(Fault(path, message, at_value=True))
            return {}
        return {key: inner(item, (*path, key), faults) for key, item in raw.items()}

    return read


def _choice(names: dict[str, Any]) -> Decoder:
    def read(raw: Any, path: KeyPath, faults: Faults) -> Any:
        if isinstance(raw, str) and raw in names:
            return names[raw]
        faults.append(Fault(path, f"“{raw}”不在可选值之内：{'、'.join(names)}"))
        return None

    return read


def _enum_names(kind: type[Enum]) -> dict[str, Any]:
    """Ids first; the Chinese labels are understood too."""
    names = {str(member.value): member for member in kind}
    return names | {getattr(member, "label", member.value): member for member in kind}


def stored_fields(kind: Any) -> tuple[Field[Any], ...]:
    return tuple(f for f in dataclasses.fields(kind) if f.metadata.get("stored", True))


def key_of(field: Field[Any]) -> str:
    return str(field.metadata.get("key", field.name))


def _record(kind: Any) -> Decoder:
    hints = typing.get_type_hints(kind)
    fields = [(key_of(f), f, decoder(hints[f.name])) for f in stored_fields(kind)]
    keys = [key for key, _, _ in fields]
    known = frozenset(keys)

    def read(raw: Any, path: KeyPath, faults: Faults) -> Any:
        if not isinstance(raw, dict):
            first = keys[0] if keys and hints[fields[0][1].name] is str else ""
            faults.append(Fault(path, _no_record(raw, keys, first), at_value=True))
            return None
        for key in sorted(raw.keys() - known):
            faults.append(Fault((*path, key), _unknown(key, keys)))
        before, values = len(faults), {}
        for key, field, inner in fields:
            if key in raw:
                values[field.name] = inner(raw[key], (*path, key), faults)
            elif field.default is MISSING and field.default_factory is MISSING:
                faults.append(Fault(path, f"缺少必填的键“{key}”"))
        return kind(**values) if len(faults) == before else None

    return read


EXAMPLE = 20  # characters: what is shorter is likely the value of the first key


def _no_record(raw: Any, keys: list[str], first: str) -> str:
    """`first`: the key that a word by itself may be the value of."""
    word = isinstance(raw, str) and 0 < len(raw) <= EXAMPLE and not set(raw) & {":", "\n"}
    example = f"，如“{first}: {raw}”" if first and word else ""
    told = f"应一项一行，写成“键: 值”（半角冒号，后面空一格）{example}；可用的键："
    return _halved(raw) or f"{told}{'、'.join(keys)}"


def _halved(raw: Any) -> str:
    """What to tell of full-width signs that keep `raw` from being what it should be."""
    return halved(raw)[1] if isinstance(raw, str) else ""


def _unknown(key: str, keys: list[str]) -> str:
    if told := halved(key)[1]:
        return told
    if key.strip() in keys:
        return f"键“{key.strip()}”前后有全角空格，请改为半角的"
    near = get_close_matches(key, keys, n=1)
    return f"不认识的键“{key}”" + (
        f"，是否应为“{near[0]}”" if near else f"，可用：{'、'.join(keys)}"
    )


class FlowList(list[Any]):
    """A list written on one line: [甲, 乙]."""


class FlowMap(dict[str, Any]):
    """A mapping written on one line, so that one history step is one line of a diff."""


def encode(value: Any) -> dict[str, Any]:
    """A record as plain data in declared key order, without what equals its default."""
    data: dict[str, Any] = {}
    for field in stored_fields(value):
        item = getattr(value, field.name)
        if item is None or (item == field.default and field.name != "schema"):
            continue
        data[key_of(field)] = _plain(item, flow=bool(field.metadata.get("flow")))
    return data


def _plain(item: Any, *, flow: bool = False) -> Any:
    if dataclasses.is_dataclass(item):
        return FlowMap(encode(item)) if flow else encode(item)
    if isinstance(item, Enum):
        return str(item.value)
    if isinstance(item, tuple):
        values = [_plain(each, flow=flow) for each in item]
        nested = any(isinstance(each, dict) for each in values)
        return FlowList(values) if flow and not nested else values
    if isinstance(item, dict):
        return {key: _plain(each) for key, each in item.items()}
    return item
