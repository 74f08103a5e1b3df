"""差错类别 judged by the words of a correction, where nobody has told."""

from __future__ import annotations

import pytest

from editorial.model.error_class import core, judged
from editorial.model.proofs import Correction


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("自己", "自已", ("char", 1, 1)),
        ("戊戍", "戌戌", ("char", 2, 1)),
        ("发展现", "发现展", ("char", 1, 1)),
        ("", "的", ("char", 1, 1)),
        ("的的", "的", ("char", 1, 1)),
        ("", "有关单位", ("run", 1, 4)),
        ("重复的几个字", "", ("run", 1, 6)),
        ("12700家", "12800家", ("number", 1, 1)),
        ("第III期", "第IV期", ("number", 1, 1)),
        ("2018年", "二〇一八年", ("numeral", 1, 1)),
        ("三家", "五家", ("char", 1, 1)),
        ("甲，乙", "甲、乙", ("punct", 1, 1)),
        ("甲乙", "甲乙。", ("punct", 1, 1)),
        ("KM", "km", ("letter_form", 1, 1)),
        ("Gaungzhou", "Guangzhou", ("foreign", 1, 1)),
        ("决定予以表彰", "商议后通报批评", ("knowledge", 1, 1)),
        ("甲 乙", "甲乙", ("layout", 1, 1)),
    ],
)
def test_a_change_of_words(old: str, new: str, kind: tuple[str, int, int]) -> None:
    assert judged(Correction(page=1, old=old, new=new)) == kind


@pytest.mark.parametrize(
    ("mark", "kind"),
    [("转正", "char"), ("正图", "figure_place"), ("另起段", "layout"), ("说明", "")],
)
def test_a_sign_that_leaves_the_words(mark: str, kind: str) -> None:
    assert judged(Correction(page=1, mark=mark, old="字", new="字"))[0] == kind


def test_the_core_is_what_differs() -> None:
    assert core("共30亿元", "共32亿元") == ("0", "2")
