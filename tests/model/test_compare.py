"""Two texts compared: what is struck and what is written in, as an editor marks it by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.model.compare import aligned, alike, compared, moved, tokens

LOOKS = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}


def marked(old: str, new: str) -> str:
    return "".join(LOOKS[piece.kind].format(piece.text) for piece in compared(old, new))


@pytest.mark.parametrize(
    ("old", "new", "mark"),
    [
        pytest.param(
            "有研发机构120个，比上年增加12个。",
            "有研发机构132个，比上年增加24个。",
            "有研发机构[-120-][+132+]个，比上年增加[-12-][+24+]个。",
            id="a figure is one thing",
        ),
        pytest.param(
            "增长5.1%、6.2%、7.3%。",
            "增长5.3%、6.8%、7.9%。",
            "增长[-5.1%-][+5.3%+]、[-6.2%-][+6.8%+]、[-7.3%-][+7.9%+]。",
            id="figures in a list each by itself",
        ),
        pytest.param(
            "基站1 200座，投资22 859.35亿元",
            "基站1 350座，投资22 859亿元",
            "基站[-1 200-][+1 350+]座，投资[-22 859.35-][+22 859+]亿元",
            id="thousands and decimals belong to the figure",
        ),
        pytest.param(
            "按示府〔2018〕12号文件",
            "按示府〔2018〕21号文件",
            "按示府[-〔2018〕12号-][+〔2018〕21号+]文件",
            id="a document number is one thing",
        ),
        pytest.param(
            "2018年3月5日开工",
            "2018年3月6日开工",
            "2018年3月[-5日-][+6日+]开工",
            id="of a date the day alone",
        ),
        pytest.param(
            "采用COVID-19检测的5G网络",
            "采用COVID-20检测的4G网络",
            "采用[-COVID-19-][+COVID-20+]检测的[-5G-][+4G+]网络",
            id="a Latin word is one thing",
        ),
        pytest.param(
            "完成投资12.5亿元，比上年增长8.3%；示例完。",
            "完成投资12.5亿元；示例完。",
            "完成投资12.5亿元[-，比上年增长8.3%-]；示例完。",
            id="a clause goes with the comma before it",
        ),
        pytest.param(
            "新建学校3所。新建医院2所。",
            "新建学校3所。新建公园4个。新建医院2所。",
            "新建学校3所。[+新建公园4个。+]新建医院2所。",
            id="a sentence comes whole",
        ),
        pytest.param("甲、乙、丁", "甲、乙、丙、丁", "甲、乙[+、丙+]、丁", id="one more in a list"),
        pytest.param(
            "推动科技创新平台建设",
            "加快创新载体平台布局",
            "[-推动科技-][+加快+]创新[+载体+]平台[-建设-][+布局+]",
            id="words that were kept are kept",
        ),
        pytest.param(
            "坚持以人民为中心的发展思想，不断增强群众的获得感。",
            "深入贯彻新的要求，持续提升服务水平，群众满意度上升。",
            "[-坚持以人民为中心的发展思想，不断增强群众的获得感-]"
            "[+深入贯彻新的要求，持续提升服务水平，群众满意度上升+]。",
            id="no confetti in a sentence written anew",
        ),
        pytest.param("", "示例", "[+示例+]", id="all of it new"),
        pytest.param("示例", "", "[-示例-]", id="all of it gone"),
        pytest.param("示例", "示例", "示例", id="nothing"),
    ],
)
def test_an_editor_would_mark_it_so(old: str, new: str, mark: str) -> None:
    assert marked(old, new) == mark


TEXTS = st.text(
    st.sampled_from("示例年鉴，。、；12.5% 〔〕号年月日abé—…\U00020000\ud800"), max_size=60
)


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts_exactly(old: str, new: str) -> None:
    pieces = compared(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "insert") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "delete") == new


@given(TEXTS)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_very_long_texts_are_compared_by_sentences_first() -> None:
    old = [f"第{n}句说明文字示例。" for n in range(3000)]
    new = [*old[:10], "新的一句。", *old[10:2990], "末了的一句。", *old[2995:]]
    kinds = [(piece.kind, len(piece.text)) for piece in compared("".join(old), "".join(new))]
    assert [kind for kind, _ in kinds if kind != "equal"] == ["insert", "delete", "insert"]


def paired(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    pairs = aligned(old, new, lambda i, j, least: alike(old[i], new[j], least))
    return [(old[i], new[j]) for i, j in pairs]


def test_a_paragraph_changed_answers_to_what_it_was() -> None:
    old = ["全年新建学校3所。", "示例江两岸绿道贯通。", "完成投资12亿元。"]
    new = ["增写的一段说明文字。", "示例江两岸绿道已经贯通。", "完成投资13亿元。"]
    assert paired(old, new) == [(old[1], new[1]), (old[2], new[2])]


def test_a_paragraph_cut_in_two_answers_to_its_longer_half() -> None:
    whole = "全年新建学校3所，改建医院2所。示例江两岸绿道全线贯通，沿线公园陆续开放。"
    halves = whole[:16], whole[16:]
    assert paired([whole], [*halves]) == [(whole, halves[1])]


def test_many_paragraphs_against_many_keep_their_order() -> None:
    old = [f"第{n}项工程示例，投资{n * 7}万元。" for n in range(300)]
    new = [each.replace("投资", "共投资") for each in old]
    assert paired(old, new) == list(zip(old, new, strict=True))


LINE = "全市铁路客运枢纽改造工程（示例）全部完工，投入使用。"


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ([LINE], ["另一段文字。", LINE], [(0, 1)]),
        ([LINE], [LINE.replace("全部", "于10月")], [(0, 0)]),
        ([LINE], [LINE[:12] + "这里写的完全是别的事情。"], []),
        (["很短的话。"], ["很短的话。"], []),
        ([LINE, LINE], [LINE], [(0, 0)]),
    ],
    ids=["the same", "nearly the same", "half of it", "too short to tell", "once only"],
)
def test_a_paragraph_found_elsewhere(
    old: list[str], new: list[str], pairs: list[tuple[int, int]]
) -> None:
    assert moved(old, new) == pairs
