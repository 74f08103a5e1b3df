"""Words that titles do not break inside, from the lists of common words."""

from __future__ import annotations

import pytest

from editorial.model.style import TextRole
from editorial.render.pdf.paragraph import Piece, compose
from editorial.render.pdf.typeset import TypeCase
from editorial.render.pdf.words import LONGEST, inside_words
from editorial.render.pinyin import TABLES
from tests.render.books import faces


def parted(text: str) -> str:
    """With a stroke wherever a line may end."""
    inside = set(inside_words(text))
    return "".join(("" if at in inside else "|") + sign for at, sign in enumerate(text))[1:]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3县建档立卡贫困人口", "3|县|建档立卡|贫困人口"),
        ("粤港澳大湾区城市群", "粤港澳大湾区|城市群"),
        ("粤剧与醒狮会演", "粤剧|与|醒狮|会演"),
        ("证券保险", "证券|保险"),
        ("地区生产总值", "地区生产总值"),
        ("细颗粒物年平均浓度", "细颗粒物|年|平均|浓度"),
        ("综合保税区", "综合保税区"),
        ("公开平台", "公开|平台"),
        ("", ""),
        ("甲", "甲"),
    ],
)
def test_words_of_yearbooks_are_known(text: str, words: str) -> None:
    assert parted(text) == words


def test_no_word_of_the_list_is_too_long_to_be_looked_for() -> None:
    lines = (TABLES / "title_words.txt").read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    assert {len(word) for word in words} <= set(range(2, LONGEST + 1))
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("title", "ems", "whole"),
    [
        ("2010—2019年广州市对口帮扶3县建档立卡贫困人口变化图", 19, "建档立卡"),
        ("2018年2月，佛山示例祖庙举行元宵粤剧展演与醒狮会演", 24, "会演"),
    ],
)
def test_a_caption_is_not_cut_inside_a_word(title: str, ems: float, whole: str) -> None:
    look = TextRole(size=9, leading=13, align="center")
    lines = compose(TypeCase(faces()), [Piece(title)], look, ems * look.size)
    assert lines.count > 1
    assert any(whole in lines.text_of(at) for at in range(lines.count))


def test_an_entry_of_the_index_keeps_its_years_together() -> None:
    look = TextRole(size=9, leading=13, align="left", indent=-1)
    title = "120分钟通勤圈面积变化（2008—2018年，图）"
    lines = compose(TypeCase(faces()), [Piece(title)], look, 15.2 * look.size)
    assert lines.text_of(1) == "（2008—2018年，图）"
