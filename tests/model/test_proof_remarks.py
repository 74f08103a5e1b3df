"""What a remark put to words on a proof asks for: the new words themselves, or to do something."""

from __future__ import annotations

import pytest

from editorial.model.proof_signs import Sign
from editorial.model.proof_typing import inserted_words, remark_change
from editorial.model.proofs import Correction


@pytest.mark.parametrize(
    ("text", "old", "mark", "new"),
    [
        ("改革开放", "该革开放", Sign.CORRECT, "改革开放"),
        ("改：改革", "该革", Sign.CORRECT, "改革"),
        ("改“改革”", "该革", Sign.CORRECT, "改革"),
        ("改为改革", "该革", Sign.CORRECT, "改革"),
        ("增加值", "增加直", Sign.CORRECT, "增加值"),
        ("补充协议", "补允协议", Sign.CORRECT, "补充协议"),
        ("加“约”", "500万", Sign.INSERT, "约"),
        ("加约", "500万", Sign.INSERT, "约"),
        ("接", "按", Sign.EXPLAIN, "按"),
        ("接排", "一段的末尾", Sign.RUN_ON, "一段的末尾"),
        ("上移", "图1-1", Sign.UP, "图1-1"),
    ],
)
def test_a_remark_on_words(text: str, old: str, mark: Sign, new: str) -> None:
    made = remark_change(text, old, Correction(page=0), bare_words=True)
    assert (made.mark, made.new) == (mark, new)


@pytest.mark.parametrize(
    ("text", "put_in"),
    [("增加值", "增加值"), ("增：值", "值"), ("补“的”", "的"), ("加快", "加快"), ("，", "，")],
)
def test_words_at_an_insertion_mark_are_put_in_as_they_are(text: str, put_in: str) -> None:
    assert inserted_words(text) == put_in
