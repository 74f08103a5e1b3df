"""What makes the style of a draft impossible to set, judged without any file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from editorial.model.style import (
    FOLIO_BELOW,
    HEAD_ABOVE,
    NUMBER_BESIDE,
    ROLES,
    DraftStyle,
    Heads,
    Margins,
    TextRole,
    heading_of,
    role_of,
    style_faults,
)
from editorial.render.docx import sections
from editorial.render.pdf import furniture
from editorial.render.pdf.canvas import MM

PLAIN = DraftStyle(
    title="素样",
    label="稿",
    paper=(210, 297),
    margins=Margins(top=25, bottom=25, inner=25, outer=25),
    roles={role: TextRole(size=10, leading=20) for role in ROLES},
)


def told(**changed: Any) -> list[tuple[str, str]]:
    return [
        (".".join(map(str, keys)), said) for keys, said in style_faults(replace(PLAIN, **changed))
    ]


def with_role(name: str, **look: Any) -> dict[str, TextRole]:
    return PLAIN.roles | {name: TextRole(**look)}


def margins(**sides: float) -> Margins:
    return replace(PLAIN.margins, **sides)


@pytest.mark.parametrize(
    ("second", "sizes"),
    [
        ({}, [12, 11.5, 11, 10.5, 10]),
        ({"heading2": TextRole(size=11, leading=20)}, [12, 11, 10.5, 10, 10]),
        ({"heading3": TextRole(size=14, leading=20)}, [12, 11.5, 14, 13.5, 13]),
        ({"heading4": TextRole(size=13, leading=20)}, [12, 11.5, 11, 13, 12.5]),
    ],
)
def test_a_lower_heading_is_set_in_its_own_look_or_half_a_point_smaller(
    second: dict[str, TextRole], sizes: list[float]
) -> None:
    style = replace(PLAIN, roles=with_role("heading", size=12, leading=20) | second)
    assert [heading_of(style, level).size for level in range(1, 6)] == sizes
    assert role_of(style, "heading2").size == second.get("heading2", style.roles["heading"]).size
    assert role_of(style, "heading4").size == [*second.values(), style.roles["heading"]][0].size


@pytest.mark.parametrize("role", ROLES)
def test_indent_leaves_room_in_the_column(role: str) -> None:
    long = {"size": 30, "leading": 40, "align": "left"}
    fits, outside = (with_role(role, **long, indent=indent) for indent in (12, 20))
    if role in ("running_head", "folio"):
        return  # too large in any case
    if role != "body":
        assert told(roles=fits) == []
    assert [key for key, said in told(roles=outside)] == [f"roles.{role}.indent"]
    assert "最多缩 13 字" in told(roles=outside)[0][1]


@pytest.mark.parametrize("align", ["center", "right"])
def test_indent_that_is_not_set_is_no_fault(align: str) -> None:
    roles = with_role("signature", size=30, leading=40, indent=20, align=align)
    assert told(roles=roles) == []


@pytest.mark.parametrize(
    ("side", "least", "known"),
    [
        ("top", 10, {}),
        ("bottom", 9, {}),
        ("inner", 7, {"line_numbers": 5}),
    ],
)
def test_margin_holds_what_stands_in_it(side: str, least: int, known: dict[str, int]) -> None:
    assert told(margins=margins(**{side: least}), **known) == []
    (found,) = told(margins=margins(**{side: least - 0.5}), **known)
    assert (found[0], f"{side} 至少要 {least} 毫米" in found[1]) == (f"margins.{side}", True)


def test_margin_with_nothing_in_it_may_be_nothing() -> None:
    bare = Margins(top=0, bottom=0, inner=0, outer=0)
    assert told(margins=bare, folio="", running_head=False) == []
    assert told(margins=bare, folio="", heads=Heads(left="", right="")) == []


@pytest.mark.parametrize(("role", "most"), [("running_head", 27), ("folio", 25)])
def test_head_and_folio_do_not_lie_on_the_text(role: str, most: int) -> None:
    assert told(roles=with_role(role, size=most - 1, leading=most)) == []
    for size, key in ((20, "leading"), (40, "size")):
        (found,) = told(roles=with_role(role, size=size, leading=60))
        assert (found[0], f"最多 {most} 磅" in found[1]) == (f"roles.{role}.{key}", True)


@pytest.mark.parametrize("paper", [(74.0, 105.0), (104.0, 300.0), (300.0, 147.0)])
def test_paper_too_small_for_a_cover_is_refused(paper: tuple[float, ...]) -> None:
    (found,) = told(paper=paper)
    assert (found[0], "105×148 毫米" in found[1]) == ("paper", True)


def test_places_are_those_of_the_pages() -> None:
    assert pytest.approx(furniture.HEAD_ABOVE) == HEAD_ABOVE * MM
    assert pytest.approx(furniture.FOLIO_BELOW) == FOLIO_BELOW * MM
    assert pytest.approx(furniture.RULER_GAP) == NUMBER_BESIDE * MM
    assert (sections.HEAD_ABOVE, sections.FOLIO_BELOW) == (HEAD_ABOVE, FOLIO_BELOW)
