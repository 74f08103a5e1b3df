"""Plain data to values and back, every fault with its key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

import pytest

from editorial.model.labels import Role
from editorial.model.people import Contact, Editor
from editorial.store.schema import decode, encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    name: str
    count: int = 0
    size: float = 1.0
    fine: bool = False
    day: date | None = None
    at: datetime | None = None
    tags: tuple[str, ...] = ()
    side: Literal["left", "right"] = "left"
    words: dict[str, int] = field(default_factory=dict)


def faults(kind: type, raw: object) -> list[tuple[str, str]]:
    found: list[Any] = []
    decode(kind, raw, found)
    return [(".".join(map(str, each.path)), each.message) for each in found]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("count", "三"),
        ("count", "1.5"),
        ("count", ["1"]),
        ("size", "大"),
        ("size", "nan"),
        ("size", "inf"),
        ("fine", "也许"),
        ("day", "2020-02-30"),
        ("day", "昨天"),
        ("at", "2020年"),
        ("tags", "甲"),
        ("tags", [{"a": "b"}]),
        ("name", ["甲"]),
        ("side", "up"),
        ("words", ["a"]),
        ("words", {"a": "b"}),
    ],
)
def test_a_wrong_value_is_told_at_its_key(key: str, value: object) -> None:
    (place, message), *_ = faults(Thing, {"name": "甲", key: value})
    assert place.split(".")[0] == key
    assert message


def test_an_unknown_key_is_told_with_the_near_one() -> None:
    assert faults(Thing, {"name": "甲", "conut": "1"}) == [
        ("conut", "不认识的键“conut”，是否应为“count”")
    ]


def test_an_unknown_key_far_from_all_is_told_with_all() -> None:
    ((_, message),) = faults(Thing, {"name": "甲", "某某": "1"})
    assert "可用：name、count" in message


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("name：甲", ("", "“：”请改为半角的“: ”（后面空一格）")),
        (
            {"name": "甲", "tags": "［乙，丙］"},
            ("tags", "“［”“］”“，”请改为半角的“[”“]”“, ”（后面空一格）"),
        ),
        ({"name": "甲", "－ tags": "乙"}, ("－ tags", "“－”请改为半角的“- ”（后面空一格）")),
        ({"name": "甲", "count：1": ""}, ("count：1", "“：”请改为半角的“: ”（后面空一格）")),
        ({"name": "甲", "　tags": ""}, ("　tags", "键“tags”前后有全角空格，请改为半角的")),
    ],
)
def test_full_width_signs_are_told_where_half_width_ones_belong(
    raw: object, told: tuple[str, str]
) -> None:
    assert faults(Thing, raw) == [told]


def test_a_word_alone_is_answered_with_how_it_is_written() -> None:
    ((_, message),) = faults(Thing, "甲")
    assert message.startswith(
        "应一项一行，写成“键: 值”（半角冒号，后面空一格），如“name: 甲”；可用的键："
    )


def test_a_missing_key_is_told() -> None:
    assert faults(Thing, {}) == [("", "缺少必填的键“name”")]


def test_every_fault_of_a_record_is_told_at_once() -> None:
    found = faults(Thing, {"naem": "甲", "count": "x", "day": "y"})
    assert [place for place, _ in found] == ["naem", "", "count", "day"]


def test_blank_optional_values_are_absent() -> None:
    thing = decode(Thing, {"name": "", "day": "", "at": "~", "tags": "", "words": ""}, [])
    assert thing == Thing(name="")


def test_stored_keys_may_differ_from_field_names() -> None:
    assert decode(Contact, {"name": "陈甲", "from": "2018-01-01", "to": "2019-01-01"}, []) == (
        Contact(name="陈甲", since=date(2018, 1, 1), until=date(2019, 1, 1))
    )


def test_a_label_is_understood_and_the_id_is_written() -> None:
    editor = decode(Editor, {"id": "a", "name": "甲", "roles": ["主编"]}, [])
    assert editor == Editor(id="a", name="甲", roles=(Role.CHIEF_EDITOR,))
    assert encode(editor)["roles"] == ["chief_editor"]


def test_what_equals_its_default_is_not_written() -> None:
    assert encode(Editor(id="a", name="甲", mail="", phone="1")) == (
        {"id": "a", "name": "甲", "phone": "1"}
    )
