"""What counts as the same character in two PDFs, and what does not."""

from __future__ import annotations

import pytest

from editorial.model.folding import alike, fold

SAME = {
    "radicals": ("⼈⺠⻅", "人民见"),
    "ligatures": ("ﬁnal oﬀer", "finaloffer"),
    "spaces of any width": ("市　区 县\u2009乡\u00a0", "市区县乡"),
    "soft hyphens": ("inter\u00adnational", "international"),
    "upright marks": ("︵示例︶︐", "(示例),"),
    "composed letters": ("e\u0301", "é"),
}


@pytest.mark.parametrize(("told", "meant"), SAME.values(), ids=list(SAME))
def test_what_fonts_and_lines_do_is_undone(told: str, meant: str) -> None:
    assert fold(told) == meant


OTHER = {"width": ("，", ","), "circled": ("①", "1"), "case": ("a", "A"), "power": ("²", "2")}


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=list(OTHER))
def test_what_an_editor_would_mark_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert not alike(one, other)


@pytest.mark.parametrize(("one", "other"), [("—", "―"), ("·", "‧"), ("\ue001", "\ue7c7")])
def test_glyphs_named_either_way_look_alike(one: str, other: str) -> None:
    assert alike(one, other)
