"""Names of nodes, and names that may be one step of a path."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.desk.office import Desk, loaded
from editorial.errors import EditorialError
from editorial.model.names import LONGEST, NEAR, check_name, fit_name, nearest, safe_name
from editorial.model.nodes import find_node, sections_under
from editorial.model.volume import Volume


@pytest.fixture
def volume(desk: Desk) -> Volume:
    return loaded(desk).volume


@pytest.mark.parametrize(
    ("name", "node"),
    [
        ("01-keji", "01-keji"),
        ("01-keji/02-pingtai", "01-keji/02-pingtai"),
        ("/01-keji/02-pingtai/", "01-keji/02-pingtai"),
        ("创新平台", "01-keji/02-pingtai"),
        ("科技创新", "01-keji"),
        ("xiao-2019", "xiao-2019"),
        ("小年鉴2019", "xiao-2019"),
        ("科技创新·概况", "01-keji/01-gaikuang"),
        ("科技创新/概况", "01-keji/01-gaikuang"),
        ("科技创新／概况", "01-keji/01-gaikuang"),
        (" 科技创新 / 概况 ", "01-keji/01-gaikuang"),
        ("科技创新　概况", "01-keji/01-gaikuang"),
        ("01/概况", "01-keji/01-gaikuang"),
        ("科技创新·01", "01-keji/01-gaikuang"),
    ],
)
def test_a_node_is_found_by_path_or_title(volume: Volume, name: str, node: str) -> None:
    assert find_node(volume, name).id == node


def test_a_title_of_two_nodes_is_refused_with_both(volume: Volume) -> None:
    told = "有2处都叫“概况”：01-keji/01-gaikuang（科技创新·概况）、02-jichu/01-gaikuang（"
    with pytest.raises(EditorialError, match=re.escape(told)) as refused:
        find_node(volume, "概况")
    assert refused.value.hint == "请写编号，或连同篇目写，如 篇目·分目"


def test_a_name_nearly_right_is_answered_with_the_right_one(volume: Volume) -> None:
    with pytest.raises(EditorialError) as refused:
        find_node(volume, "01-keji/02-pintai")
    assert refused.value.hint.startswith("是否指：01-keji/02-pingtai（科技创新·创新平台）")


def test_a_title_nearly_right_is_answered_too(volume: Volume) -> None:
    with pytest.raises(EditorialError) as refused:
        find_node(volume, "科技创新·概览")
    assert refused.value.hint.startswith("是否指：01-keji/01-gaikuang（科技创新·概况）")


@pytest.mark.parametrize(
    "name",
    [
        "..",
        "·",
        "/概况",
        "没有·概况",
        "科技创新·",
        "../01-keji",
        "01-keji/..",
        "01-keji/../02-jichu",
        "a/b/c",
        "",
        " ",
        "\x07",
        "没有的",
    ],
)
def test_any_other_name_is_refused(volume: Volume, name: str) -> None:
    with pytest.raises(EditorialError):
        find_node(volume, name)


def test_sections_come_in_reading_order_each_once(volume: Volume) -> None:
    names = ("02-jichu/02-jichang", "01-keji/03-rencai", "01-keji", "机场")
    assert [s.id for s in sections_under(volume, names)] == [
        "01-keji/01-gaikuang",
        "01-keji/02-pingtai",
        "01-keji/03-rencai",
        "02-jichu/02-jichang",
    ]


@pytest.mark.parametrize("name", ["01-keji", "第一章", "a b", "-x", "[1]"])
def test_a_plain_name_may_be_a_step_of_a_path(name: str) -> None:
    assert safe_name(name)


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".git", "a/b", "a\\b", "a:b", "a*", "a\x07", "a\nb", "年" * 80]
)
def test_a_name_that_leaves_its_folder_or_fits_no_disk_is_refused(name: str) -> None:
    with pytest.raises(EditorialError, match="不能用作名称"):
        check_name(name, "书")


@given(st.text())
def test_any_text_can_be_made_the_name_of_a_file(text: str) -> None:
    name = fit_name(text)
    assert safe_name(name)
    assert len(name.encode("utf-8", "surrogateescape")) <= LONGEST
    assert Path(name).name == name


# What there is instead


@pytest.mark.parametrize("known", [[], ["01"], [f"{n:02}" for n in range(NEAR)]])
def test_few_names_are_all_told(known: list[str]) -> None:
    assert nearest("999", known) == ("、".join(known) or "还没有")


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [("999", "0075", "0086"), ("0", "0001", "0012"), ("40", "0034", "0046")],
)
def test_of_many_the_nearest_numbers_are_told(given: str, first: str, last: str) -> None:
    known = [f"{n:04}" for n in range(1, 87) if f"{n}" != given]
    told = nearest(given, known).removesuffix(f"等{len(known)}个").split("、")
    assert (len(told), told == sorted(told), told[0], told[-1]) == (NEAR, True, first, last)


def test_of_many_the_names_most_alike_are_told() -> None:
    known = [*(f"审读人{n}" for n in range(30)), "专家甲（示例）"]
    assert "专家甲（示例）" in nearest("专家甲甲", known)
