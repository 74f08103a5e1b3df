"""status --where, status --by city, volumes, and the filters of the lists."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from editorial.desk.office import Desk
from editorial.desk.opinions import add_opinion
from editorial.desk.rounds import open_round
from tests.conftest import Said

Editorial = Callable[..., Said]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)


def data_of(said: Said) -> Any:
    return json.loads(said.out)


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("名称:机场", ["02-jichu/02-jichang"]),
        ("mc:jc -概况", ["02-jichu/02-jichang"]),
        ("状态:没有这样的", []),
    ],
)
def test_the_sections_wanted_are_listed(editorial: Editorial, where: str, ids: list[str]) -> None:
    data = data_of(editorial("status", "--where", where, "--json"))
    assert [each["id"] for each in data["sections"]] == ids


def test_a_chapter_may_be_filtered_alone(editorial: Editorial) -> None:
    data = data_of(editorial("status", "01-keji", "--where", "gk", "--json"))
    assert [each["id"] for each in data["sections"]] == ["01-keji/01-gaikuang"]


def test_an_unfinished_term_is_refused_in_words(editorial: Editorial) -> None:
    done = editorial("status", "--where", "状态:")
    assert (done.code, "没有写值" in done.err) == (2, True)


def test_cities_are_columns(editorial: Editorial) -> None:
    assert editorial("status", "--by", "city").out.splitlines()[2].split()[:3] == [
        "篇目",
        "广州",
        "深圳",
    ]


def test_a_city_is_marked_only_for_what_is_late_on_the_line_shown(
    editorial: Editorial, desk: Desk
) -> None:
    open_round(desk, "评议会", at=AT)
    add_opinion(desk, "01", "01-keji/02-pingtai", "甲", at=AT, by="专家甲（示例）")
    told = [editorial("status", "--by", "city", "--axis", axis).out for axis in ("编审", "意见")]
    assert ["!" in each for each in told] == [True, False]
    assert "0/1" in told[1]


def test_cities_as_data_have_all_axes(editorial: Editorial) -> None:
    chapter = data_of(editorial("status", "--by", "city", "--json"))["chapters"][0]
    assert set(chapter["cities"]["深圳"]) == {
        *("supply", "editing", "letters", "opinions", "production", "overdue")
    }


def test_every_volume_is_listed(editorial: Editorial) -> None:
    assert [each["id"] for each in data_of(editorial("volumes", "--json"))] == ["xiao-2019"]


def test_volumes_may_be_filtered(editorial: Editorial) -> None:
    assert data_of(editorial("volumes", "--where", "类别:志", "--json")) == []


@pytest.mark.parametrize(
    ("where", "ids"), [("cs:sz", ["sz-kcj"]), ("-无联络员", ["sz-kcj"]), ("szkcj", ["sz-kcj"])]
)
def test_units_may_be_filtered(editorial: Editorial, where: str, ids: list[str]) -> None:
    data = data_of(editorial("unit", "list", f"--where={where}", "--json"))
    assert [each["id"] for each in data] == ids


def test_returns_may_be_filtered(editorial: Editorial) -> None:
    assert data_of(editorial("returns", "list", "--where", "待认领", "--json")) == []
