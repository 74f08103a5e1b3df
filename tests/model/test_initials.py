"""Names are found by their characters or by the first letters of their pinyin."""

import pytest

from editorial.model.initials import finder


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("kjcx", "科技创新"),
        ("KJCX", "第三篇　科技创新"),
        ("kj创新", "科技创新"),
        ("cq", "重庆市"),
        ("zq", "重庆市"),
        ("zdjd", "重大“节点”工程"),
        ("dwq", "粤港澳大湾区"),
        ("科技 gk", "科技创新 概况"),
        ("5g", "5G基站"),
        ("pdf", "交稿.PDF"),
    ],
)
def test_found(typed: str, text: str) -> None:
    assert finder(typed)(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("cxkj", "科技创新"), ("kx", "科技创新"), ("科创", "科技创新"), ("科技 sz", "科技创新")],
)
def test_not_found(typed: str, text: str) -> None:
    assert not finder(typed)(text)


def test_signs_of_expressions_are_plain_text() -> None:
    assert finder("(示例)")("专家甲(示例)")
    assert not finder("a.c")("abc")
