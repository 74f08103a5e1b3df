"""Sounds of dialects: what stays whole, and what is told where no face has them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from editorial.render.pdf.classes import kind_of
from editorial.render.pdf.paragraph import Piece, compose
from editorial.render.pdf.typeset import TypeCase
from editorial.render.pdf.wholes import keep_syllables
from tests.render.test_paragraph import FLUSH, SIZE, case, chars_by_line, draw
from tests.render.test_paragraph import table as table  # the fixture

__all__ = ["case"]


@pytest.mark.parametrize("char", "ŋɔɐʰː˥˧˩ᴇ̩̍꜀")
def test_letters_tones_and_marks_are_latin(char: str) -> None:
    assert kind_of(char, 500) == "a"


def test_sounds_in_brackets_stay_whole() -> None:
    row = "示[si ˥]例[ŋɔ ˨˩˧ ɐ]示[si one]例"
    barred = np.zeros(len(row), np.uint8)
    keep_syllables(row, barred)
    whole = "".join("x" if held else "." for held in barred)
    assert whole == ".." + "x" * 5 + ".." + "x" * 9 + "." * 10


def test_brackets_of_two_texts_are_no_pair() -> None:
    row = "记作a/\nŋɔ\n/示例"
    barred = np.zeros(len(row), np.uint8)
    keep_syllables(row, barred)
    assert not barred.any()


@pytest.mark.parametrize("ems", [20.5, 22])  # spaced out by a third of an em before
def test_a_line_before_degrees_is_rather_short_than_spaced_out(case: TypeCase, ems: float) -> None:
    text = (
        "1.2万元—3.5万元，15%—20%，15～20%，5—8℃，东经113°20′12″，北纬22°41′03″，"
        "N22°41′，比例尺1∶50 000，1:50000。"
    )
    look = replace(FLUSH, align="justify", indent=2)
    lines = compose(case, [Piece(text)], look, ems * SIZE)
    for line in chars_by_line(draw(case, [lines])):
        for one, other in pairwise(line):
            if one["text"] + other["text"] in ("东经", "北纬"):
                assert other["x0"] - one["x1"] < 0.1 * SIZE
