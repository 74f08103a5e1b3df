"""筛选: terms an editor types choose rows of the board."""

from __future__ import annotations

from typing import Any

import pytest

from editorial.desk.project_selection import PROJECTS
from editorial.desk.unit_selection import UNITS as UNITS_LISTED
from editorial.errors import EditorialError
from editorial.model.board import AxisCell, Row
from editorial.model.letter_selection import LETTERS
from editorial.model.opinion_selection import OPINIONS
from editorial.model.people import Unit
from editorial.model.return_selection import RETURNS
from editorial.model.selection import (
    SECTIONS,
    Language,
    Selection,
    fits,
    parse_terms,
    selection_words,
    typed_terms,
)

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


@pytest.mark.parametrize("terms", ["zt:fs", "dw:sz", "状态:fs", "cs:sz", "szkcj", "yq"])
def test_first_letters_of_pinyin_choose_too(terms: str) -> None:
    assert fits(parse_terms(terms), ROW, UNITS)


@pytest.mark.parametrize("terms", ["zt:zs", "cs:gz", "-zt:fs"])
def test_first_letters_leave_out_too(terms: str) -> None:
    assert not fits(parse_terms(terms), ROW, UNITS)


@pytest.mark.parametrize("typed", ["状态:", "状况:复审", "-", ":", "：复审", "-：", "状态:，、"])
def test_what_is_not_finished_is_told_and_asks_for_nothing(typed: str) -> None:
    found = typed_terms(f"复审 {typed}", SECTIONS)
    assert (found.terms, found.unfinished != "") == (parse_terms("复审"), True)


def test_what_is_finished_has_nothing_to_tell() -> None:
    assert typed_terms("状态:复审 逾期", SECTIONS).unfinished == ""


@pytest.mark.parametrize("language", [SECTIONS, LETTERS, OPINIONS, RETURNS, UNITS_LISTED, PROJECTS])
def test_every_flag_is_a_key_of_its_list(language: Language[Any, Any]) -> None:
    assert language.flags - set(language.keys) <= {"逾期"}


@pytest.mark.parametrize("language", [SECTIONS, LETTERS, OPINIONS, RETURNS, UNITS_LISTED, PROJECTS])
def test_no_key_hides_another(language: Language[Any, Any]) -> None:
    assert [parse_terms(f"{key}:是", language)[0].key for key in language.keys] == [*language.keys]
