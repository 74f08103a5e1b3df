"""Frozen values: what `@dataclass(frozen=True, slots=True)` of the standard library makes, sooner.

There every class has six methods written out as text and compiled each time the program
starts, a quarter of what a command takes to load its modules. Here only `__init__` is; the others
are the same function for all classes. mypy sees the standard one, and so do its `fields`,
`replace` and `asdict`. Values of any other kind are made by the standard library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import MISSING, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

__all__ = ["dataclass"]

Setter: TypeAlias = Callable[[Any, object], None]


def _value(made: Any) -> None:
    """Give a class with slots and fields its methods."""
    fields = dataclasses.fields(made)
    setters = [getattr(made, field.name).__set__ for field in fields]
    told = _told([field.name for field in fields if field.compare])
    held = _told([field.name for field in fields])
    made.__init__ = _init(made, fields, setters)
    made.__eq__ = _equal(told)
    made.__hash__ = _hashed(told)
    made.__repr__ = _repr
    made.__setattr__ = _refuse_to_set
    made.__delattr__ = _refuse_to_delete
    made.__getstate__ = _held(held)
    made.__setstate__ = _restored(setters)


def _told(names: Sequence[str]) -> Callable[[Any], tuple[object, ...]]:
    """What a value is made of."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _equal(told: Callable[[Any], object]) -> Callable[[Any, object], bool]:
    def equal(self: Any, other: object) -> bool:
        return told(self) == told(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _hashed(told: Callable[[Any], object]) -> Callable[[Any], int]:
    def hashed(self: Any) -> int:
        return hash(told(self))

    return hashed


def _held(told: Callable[[Any], tuple[object, ...]]) -> Callable[[Any], tuple[object, ...]]:
    def held(self: Any) -> tuple[object, ...]:
        return told(self)

    return held


def _restored(setters: Sequence[Setter]) -> Callable[[Any, Sequence[object]], None]:
    def restore(self: Any, state: Sequence[object]) -> None:
        for put, value in zip(setters, state, strict=True):
            put(self, value)

    return restore


def _init(
    made: type[Any], fields: Sequence[dataclasses.Field[Any]], setters: Sequence[Setter]
) -> Any:
    """Fills the slots by their own setters, past what refuses every other change."""
    scope: dict[str, object] = {}
    placed: list[str] = ["self"]
    named: list[str] = []
    lines = ["pass"]
    for field, put in zip(fields, setters, strict=True):
        name = given = field.name
        scope[f"put_{name}"] = put
        usual = ""
        if field.default is not MISSING:
            scope[f"usual_{name}"], usual = field.default, f"=usual_{name}"
        elif field.default_factory is not MISSING:
            scope[f"usual_{name}"], usual = field.default_factory, f"=usual_{name}"
            given = f"usual_{name}() if {name} is usual_{name} else {name}"
        (named if field.kw_only else placed).append(name + usual)
        lines.append(f"put_{name}(self, {given})")
    known = ", ".join([*placed, *(["*", *named] if named else [])])
    exec(f"def __init__({known}):\n " + "\n ".join(lines), scope)  # noqa: S102  of field names alone
    init: Any = scope["__init__"]
    init.__qualname__, init.__module__ = f"{made.__qualname__}.__init__", made.__module__
    return init


def _repr(self: Any) -> str:
    shown = [field.name for field in dataclasses.fields(self) if field.repr]
    said = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({said})"


def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _dataclass(
    cls: type[Any] | None = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
    eq: bool = True,
) -> Any:
    """As `dataclasses.dataclass`, of which it takes what this program asks for."""

    def decorated(cls: type[Any]) -> type[Any]:
        if not (frozen and slots and eq):
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, kw_only=kw_only, eq=eq)
        # Without words of its own a class would be given its signature, which takes longest.
        cls.__doc__ = cls.__doc__ or cls.__name__
        made = dataclasses.dataclass(
            cls, init=False, repr=False, eq=False, slots=True, kw_only=kw_only
        )
        _value(made)
        return made

    return decorated if cls is None else decorated(cls)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass
