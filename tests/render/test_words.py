"""Where titles, captions and heads are broken by sense, by the lists of words and without."""

from __future__ import annotations

from itertools import pairwise

import pytest

from editorial.model.style import TextRole
from editorial.render.pdf.paragraph import Piece, compose
from editorial.render.pdf.typeset import TypeCase
from editorial.render.pinyin import TABLES
from editorial.render.words import BARRED, blanks_in, penalties, words_of
from tests.render.books import faces

LONGEST = 9


def parted(text: str) -> str:
    """With a stroke wherever a line may end."""
    signs = zip(penalties(text), text, strict=True)
    return "".join(("" if penalty >= BARRED else "|") + sign for penalty, sign in signs)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3县建档立卡贫困人口", "3县|建档立卡|贫困人口"),
        ("粤港澳大湾区城市群", "粤港澳大湾区|城市群"),
        ("粤剧与醒狮会演", "粤剧|与|醒狮|会演"),
        ("证券保险", "证券|保险"),
        ("地区生产总值", "地区生产总值"),
        ("细颗粒物年平均浓度", "细颗粒物|年|平均|浓度"),
        ("综合保税区", "综合保税区"),
        ("公开平台", "公开|平台"),
        ("示例市人民政府关于先进工作者", "示例市|人民政府|关于先进工作者"),
        ("各县社会保障局", "各县|社会保障局"),
        ("第十四个五年规划圆满收官", "第十四个五年规划|圆满收官"),
        ("货物进出口额", "货物|进出口额"),
        ("甲乙县的工作", "甲乙县的|工作"),
        ("“五一”国际劳动节", "“五一”|国际劳动节"),
        ("表彰　赵　示", "表彰　赵　示"),
        ("", ""),
        ("甲", "甲"),
    ],
)
def test_lines_end_between_words(text: str, words: str) -> None:
    assert parted(text) == words


def test_a_text_is_read_in_as_few_words_as_may_be() -> None:
    assert "/".join(words_of("研究生命起源")) == "研究/生命/起源"


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("开拓创新　奋力谱写新篇章", ["开拓创新　", "奋力谱写新篇章"]),
        ("中共示例市委　示例市人民政府关于支持示例", ["中共示例市委　示例市人民政府关于支持示例"]),
        ("图5-1　示例市图书馆", ["图5-1　示例市图书馆"]),
        ("第十四章　住房与基础设施", ["第十四章　住房与基础设施"]),
        ("市统计局　赵示例", ["市统计局　赵示例"]),
    ],
)
def test_a_title_has_blanks_between_its_phrases(text: str, phrases: list[str]) -> None:
    ends = [0, *blanks_in(text), len(text)]
    assert [text[a:b] for a, b in pairwise(ends)] == phrases


def test_no_word_of_the_list_is_longer_than_a_narrow_column() -> None:
    lines = (TABLES / "title_words.txt").read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    assert {len(word) for word in words} <= set(range(2, LONGEST + 1))
    assert len(words) == len(set(words))


def lines_of(title: str, ems: float, align: str = "center") -> list[str]:
    look = TextRole(size=9, leading=13, align=align, indent=-1 if align == "left" else 0)
    lines = compose(TypeCase(faces()), [Piece(title)], look, ems * look.size)
    return [lines.text_of(at).strip("　") for at in range(lines.count)]


@pytest.mark.parametrize(
    ("ems", "lines"),
    [
        (14, "中共示例市委　示例市人民政府/关于支持示例江流域生态经济带/高质量发展的若干意见"),
        (17, "凝心聚力/开拓创新/奋力谱写中国式现代化示例新篇章"),
        (14, "贯彻新发展理念/推动示例市国民经济和社会发展/第十四个五年规划圆满收官"),
        (28, "贯彻新发展理念/推动示例市国民经济和社会发展第十四个五年规划圆满收官"),
        (17, "示例市人力资源和社会保障局/关于2025年度劳动模范和/先进工作者评选表彰工作的情况报告"),
        (14, "图5-1　2024年5月1日，/示例市“五一”/国际劳动节文艺晚会"),
        (
            21,
            "2024年示例市规模以上工业企业/主要经济指标（按登记注册类型、/轻重工业、规模和行业分组）",
        ),
        (19, "2010—2019年广州市对口帮扶/3县建档立卡贫困人口变化图"),
    ],
)
def test_a_centred_title_is_broken_by_sense(ems: float, lines: str) -> None:
    assert "/".join(lines_of(lines.replace("/", blank_of(lines)), ems)) == lines


def blank_of(lines: str) -> str:
    """What was left out where a title of slogans is broken."""
    return "" if "　" in lines or "关于" in lines or "2010" in lines or "2024" in lines else "　"


def test_an_entry_of_the_index_keeps_its_years_together() -> None:
    title = "120分钟通勤圈面积变化（2008—2018年，图）"
    assert lines_of(title, 15.2, "left")[1] == "（2008—2018年，图）"
