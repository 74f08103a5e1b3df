"""筛选: terms an editor types choose rows of the board."""

from __future__ import annotations

import pytest

from editorial.errors import EditorialError
from editorial.model.board import AxisCell, Row
from editorial.model.people import Unit
from editorial.model.selection import Selection, fits, parse_terms, selection_words

UNITS = {
    "sz-kcj": Unit(id="sz-kcj", name="深圳市科技创新局（示例）", short="深圳科创局", city="深圳"),
    "gz-kjj": Unit(id="gz-kjj", name="广州市科学技术局（示例）", short="广州科技局", city="广州"),
}


def axis(label: str) -> AxisCell:
    return AxisCell(id=label, label=label, total=1)


ROW = Row(
    id="03-keji/02-pingtai",
    title="创新平台",
    kind="section",
    supply=axis("复报"),
    editing=axis("复审"),
    letters=axis("发出"),
    opinions=AxisCell(),
    production=AxisCell(),
    editor="林清",
    units=("sz-kcj",),
    overdue=1,
)


@pytest.mark.parametrize(
    "terms",
    [
        "",
        "状态:复审",
        "状态：复审",
        "状态:初审、复审",
        "单位:深圳科创局",
        "单位:sz-kcj",
        "单位:科技创新局",
        "城市:深圳",
        "编辑:林清",
        "供稿:复报",
        "函件:发出",
        "名称:平台",
        "逾期",
        "逾期:是",
        "复审 深圳 逾期",
        "-状态:终审",
        "-广州",
        "PINGTAI",
    ],
)
def test_a_row_is_chosen(terms: str) -> None:
    assert fits(parse_terms(terms), ROW, UNITS)


@pytest.mark.parametrize(
    "terms",
    [
        "状态:终审",
        "单位:广州",
        "城市:广州",
        "-状态:复审",
        "逾期:否",
        "-逾期",
        "意见:待定",
        "复审 广州",
    ],
)
def test_a_row_is_left_out(terms: str) -> None:
    assert not fits(parse_terms(terms), ROW, UNITS)


@pytest.mark.parametrize(
    ("terms", "words"),
    [("状况:复审", "没有“状况”这一项"), ("状态:", "没有写值"), ("状态:、", "没有写值")],
)
def test_a_faulty_term_is_told(terms: str, words: str) -> None:
    with pytest.raises(EditorialError, match=words):
        parse_terms(terms)


def test_an_extract_is_called_by_what_was_asked() -> None:
    asked = Selection(units=("sz-kcj",), cities=("珠海",), where="状态:复审 逾期")
    assert selection_words(asked, {"sz-kcj": "深圳科创局"}, "评议会") == (
        "深圳科创局、珠海、评议会、状态复审 逾期"
    )
