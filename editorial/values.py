"""Frozen values: what `@dataclass(frozen=True, slots=True)` of the standard library makes, sooner.

There every class has six methods written out as text and compiled each time the program
starts, a quarter of what a command takes to load its modules. Here one `__init__` is compiled
for each shape of fields and shared by all classes of that shape; the others are the same
function for all. mypy sees the standard one, and so do its `fields`, `replace` and `asdict`.
Values of any other kind are made by the standard library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import MISSING, FrozenInstanceError
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
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
    of = sorted(zip(fields, setters, strict=True), key=lambda each: bool(each[0].kw_only))
    usual = {field.name: value for field, _ in of if (value := _usual(field)) is not MISSING}
    placed = [field.name for field, _ in of if not field.kw_only]
    given = [name for name in placed if name in usual]
    if given != placed[len(placed) - len(given) :]:
        raise TypeError(f"{made.__qualname__}: a field without a default follows one with")
    makers = [at for at, (field, _) in enumerate(of) if field.default_factory is not MISSING]
    scope: dict[str, object] = {f"put_{at}": put for at, (_, put) in enumerate(of)}
    scope |= {f"make_{at}": of[at][0].default_factory for at in makers}
    code = _filling(len(placed), len(of), tuple(makers))
    names = ("self", *(field.name for field, _ in of))
    code = code.replace(co_name="__init__", co_varnames=names)
    init = FunctionType(code, scope, "__init__", tuple(usual[name] for name in given))
    init.__kwdefaults__ = {name: usual[name] for name in usual if name not in placed} or None
    init.__qualname__, init.__module__ = f"{made.__qualname__}.__init__", made.__module__
    return init


def _usual(field: dataclasses.Field[Any]) -> object:
    """What stands for a value not given: the value, or what makes one."""
    return field.default if field.default_factory is MISSING else field.default_factory


@cache
def _filling(placed: int, count: int, makers: tuple[int, ...]) -> CodeType:
    """What fills `count` fields, `placed` of them by place; it is the same for all classes but
    for the names."""
    names = [f"field_{at}" for at in range(count)]
    values = [
        f"make_{at}() if {name} is make_{at} else {name}" if at in makers else name
        for at, name in enumerate(names)
    ]
    known = ", ".join(
        ["self", *names[:placed], *(["*"] if placed < count else []), *names[placed:]]
    )
    lines = ["pass", *(f"put_{at}(self, {value})" for at, value in enumerate(values))]
    scope: dict[str, Any] = {}
    exec(f"def filling({known}):\n " + "\n ".join(lines), scope)  # noqa: S102  of numbers alone
    code: CodeType = scope["filling"].__code__
    return code


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
