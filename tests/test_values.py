"""Values behave as those the standard library makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from editorial import values
from editorial.model.document import Entry, Run, Span
from editorial.model.finding import Finding


@values.dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    name: str
    places: list[int] = dataclasses.field(default_factory=list)
    told: str = dataclasses.field(default="", compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    name: str
    places: list[int] = dataclasses.field(default_factory=list)
    told: str = dataclasses.field(default="", compare=False, repr=False)


@values.dataclass(frozen=True, slots=True)
class Nothing:
    pass


def test_a_value_is_made_told_and_compared_as_the_standard_library_does() -> None:
    ours, theirs = Ours(name="一"), Theirs(name="一")
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours == Ours(name="一", told="别的") != Ours(name="二")
    assert ours != theirs
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert dataclasses.replace(ours, name="二") == Ours(name="二")
    assert Ours.__match_args__ == Theirs.__match_args__
    assert [f.name for f in dataclasses.fields(ours)] == [
        f.name for f in dataclasses.fields(theirs)
    ]
    assert Nothing() == Nothing()
    assert repr(Nothing()) == "Nothing()"


def test_what_a_factory_makes_is_nobody_elses() -> None:
    assert Ours(name="一").places is not Ours(name="一").places
    given = [1]
    assert Ours(name="一", places=given).places is given


def test_a_value_stays_as_it_is() -> None:
    run: Any = Run(text="一")
    with pytest.raises(dataclasses.FrozenInstanceError):
        run.text = "二"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del run.text
    known: Any = Run
    with pytest.raises(TypeError):
        known(text="一", nothing="二")
    asked: Any = Finding
    with pytest.raises(TypeError):
        asked(code="L10")


def test_a_value_can_be_hashed_copied_and_kept() -> None:
    entry = Entry(title="示例", runs=(Run(text="一"),), span=Span(1, 2))
    again = pickle.loads(pickle.dumps(entry))
    assert again == entry == copy.copy(entry) == copy.deepcopy(entry)
    assert again.span == entry.span
    assert len({entry, again}) == 1


def test_a_mutable_class_is_made_by_the_standard_library() -> None:
    @values.dataclass(slots=True)
    class Open:
        count: int = 0

    each = Open()
    each.count = 3
    assert each == Open(3)
    assert Open.__hash__ is None


def test_values_of_the_program_are_of_this_kind() -> None:
    """Or every command would load its modules a third slower."""
    assert Finding.__repr__ is Ours.__repr__
