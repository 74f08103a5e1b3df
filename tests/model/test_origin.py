"""来源: what a file carries unseen says again where it came from."""

from __future__ import annotations

import re

import pytest

from editorial.model.origin import (
    HEADING,
    Origin,
    mark_name,
    mark_place,
    mark_stem,
    origin_of,
    origin_properties,
)

ORIGIN = Origin(
    workspace="8db9c9c0", volume="gba-2019", draft="03", edition="2", commit="abc", style="review"
)


@pytest.mark.parametrize(
    "origin", [ORIGIN, Origin(workspace="8d", volume="书 <&>", letter="0001", dirty=True)]
)
def test_an_origin_is_read_back_from_its_properties(origin: Origin) -> None:
    assert origin_of(dict(origin_properties(origin))) == origin


def test_other_properties_do_not_disturb_it() -> None:
    others = {"KSOProductBuildVer": "2052-11.1.0", "editorialish": "1"}
    assert origin_of({**others, **dict(origin_properties(ORIGIN))}) == ORIGIN


@pytest.mark.parametrize("missing", ["editorial.schema", "editorial.workspace", "editorial.volume"])
def test_without_its_foundations_there_is_no_origin(missing: str) -> None:
    properties = dict(origin_properties(ORIGIN))
    del properties[missing]
    assert origin_of(properties) is None


@pytest.mark.parametrize("place", [HEADING, 0, 7, 99999])
def test_a_mark_tells_node_and_place_in_a_name_word_hides(place: int) -> None:
    name = mark_name("03-keji/02-pingtai", place)
    assert mark_place(name) == (mark_stem("03-keji/02-pingtai"), place)
    assert re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name)


@pytest.mark.parametrize("name", ["_Toc00000001", "_ed_12_3", "_ed_1a2b3c4d_x", "biao_3_1", ""])
def test_other_bookmarks_are_not_ours(name: str) -> None:
    assert mark_place(name) is None
