"""意见 passed on to a unit by letter, and the answer that returns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from editorial.desk.letters import check_letters, find_letter, register_reply
from editorial.desk.office import Desk, open_desk
from editorial.desk.opinion_forward import answers, came_back, forward_opinions
from editorial.desk.opinions import find_opinion
from editorial.desk.returns import receive_paths
from editorial.desk.rounds import close_round, open_round
from editorial.desk.sending import send_letter
from editorial.desk.signing import approve_letter
from editorial.errors import EditorialError
from editorial.model.labels import Disposition
from editorial.model.opinion_answer import proposed
from editorial.model.reviews import disposition
from tests.desk.deciding import decide_opinion
from tests.desk.mails import mail, table_of
from tests.desk.opinion_papers import (
    AT,
    READERS,
    opinions,
    two,
)

NUMBERED = ("应为1210万人次。", "原文数据无误，维持原文。")


@pytest.fixture
def round_(desk: Desk) -> Desk:
    open_round(desk, "评议会", at=AT, readers=READERS)
    return desk


def test_forwarded_opinions_go_into_one_letter_and_the_answer_comes_back(
    round_: Desk, tmp_path: Path
) -> None:
    two(round_, tmp_path)
    (letter,), _ = forward_opinions(round_, ("01/001",), at=AT, due=date(2020, 3, 20))
    (again,), _ = forward_opinions(round_, ("01/002",), at=AT, due=date(2020, 3, 20))
    assert (again.id, [item.opinion for item in again.items]) == (letter.id, ["01/001", "01/002"])
    assert letter.unit == "sheng-fgw"
    assert find_letter(round_, letter.id).items == again.items
    with pytest.raises(EditorialError, match="已在函"):
        forward_opinions(round_, ("01/001",), at=AT, due=date(2020, 3, 20))
    told = answers(round_, opinions(round_))
    assert disposition(opinions(round_)[0]) is Disposition.FORWARDED
    assert not came_back(opinions(round_)[0], told["01/001"])


def test_a_reply_registered_is_shown_at_the_opinion(round_: Desk, tmp_path: Path) -> None:
    two(round_, tmp_path)
    (letter,), _ = forward_opinions(round_, ("01/001",), at=AT, due=date(2020, 3, 20))
    check_letters(open_desk(round_.root, by="sujing"), (letter.id,), at=AT)
    approve_letter(open_desk(round_.root, by="zhouwen"), letter.id, at=AT)
    send_letter(round_, letter.id, at=AT)
    register_reply(
        round_, letter.id, at=AT, on=date(2020, 3, 5), channel="邮件", note="应为1210万人次"
    )
    opinion = find_opinion(round_, "01/001")
    answer = answers(round_, (opinion,))["01/001"]
    assert came_back(opinion, answer)
    assert (answer.text, proposed(answer)) == ("应为1210万人次", Disposition.ADOPTED)


@pytest.mark.parametrize(
    ("text", "first", "second", "exact"),
    [
        (
            "答复如下：\n1. 应为1210万人次。\n2、原文数据无误，\n维持原文。\n\n发改委",
            *NUMBERED,
            True,
        ),
        ("来函收悉，数据无误。", "来函收悉，数据无误。", "来函收悉，数据无误。", False),
        ("2. 原文无误。", "2. 原文无误。", "2. 原文无误。", False),
    ],
)
def test_an_answer_in_the_mail_itself_is_shown_at_each_opinion(
    round_: Desk, tmp_path: Path, text: str, first: str, second: str, exact: bool
) -> None:
    two(round_, tmp_path)
    (letter,), _ = forward_opinions(round_, ("01/001", "01/002"), at=AT, due=date(2020, 3, 20))
    check_letters(open_desk(round_.root, by="sujing"), (letter.id,), at=AT)
    approve_letter(open_desk(round_.root, by="zhouwen"), letter.id, at=AT)
    send_letter(round_, letter.id, at=AT)
    path = tmp_path / "回复.eml"
    path.write_bytes(mail("回复", text))
    list(receive_paths(round_, (path,), at=AT, letter=letter.id))
    told = answers(round_, opinions(round_))
    said = [told[each] for each in ("01/001", "01/002")]
    assert [(each.text, each.exact) for each in said] == [(first, exact), (second, exact)]


def test_two_forms_that_contradict_are_both_shown_and_suggest_nothing(
    round_: Desk, tmp_path: Path
) -> None:
    two(round_, tmp_path)
    (letter,), _ = forward_opinions(round_, ("01/001", "01/002"), at=AT, due=date(2020, 3, 20))
    check_letters(open_desk(round_.root, by="sujing"), (letter.id,), at=AT)
    approve_letter(open_desk(round_.root, by="zhouwen"), letter.id, at=AT)
    send_letter(round_, letter.id, at=AT)
    path = tmp_path / "回复.eml"
    files = [(f"{n}.docx", table_of((f"应为{n}万人次", "无误"))) for n in (1210, 1220)]
    path.write_bytes(mail("回复", "见附件。", *files))
    list(receive_paths(round_, (path,), at=AT, letter=letter.id))
    told = answers(round_, opinions(round_))
    assert told["01/001"].text == "应为1210万人次\n应为1220万人次"
    assert [proposed(told[each]) for each in ("01/001", "01/002")] == [None, Disposition.REJECTED]


def test_a_round_closed_before_the_unit_has_answered_says_so(round_: Desk, tmp_path: Path) -> None:
    two(round_, tmp_path)
    (letter,), _ = forward_opinions(round_, ("01/001",), at=AT, due=date(2020, 3, 20))
    for each in opinions(round_):
        decide_opinion(round_, each.id, "不采纳", at=AT, reason="以统计公报为准")
    told = close_round(round_, "01", at=AT, exempt=(), note="").remarks
    assert f"转单位核实还没有回复的：函{letter.id}（拟稿）；意见已另有结论" in told


@pytest.mark.parametrize(
    "text",
    [
        "应为未成年人",
        "应改为“非遗”",
        "“不断加强”应改为“持续加强”",
        "修改为“不低于95％”",
        "未完成数应为35个",
        "不是2018年竣工而应为2019年竣工",
        "数据有误，应为12.30，保留两位小数",
        "请按原文件修改",
    ],
)
def test_denials_in_what_is_put_in_or_quoted_deny_nothing(text: str) -> None:
    from editorial.model.labels import LetterState
    from editorial.model.opinion_answer import UnitAnswer

    answer = UnitAnswer(letter="0001", unit="a", state=LetterState.REPLIED, text=text)
    assert proposed(answer) is Disposition.ADOPTED


def test_what_an_answer_comes_to() -> None:
    from editorial.model.labels import LetterState
    from editorial.model.opinion_answer import UnitAnswer

    def said(text: str) -> Disposition | None:
        answer = UnitAnswer(letter="0001", unit="a", state=LetterState.REPLIED, text=text)
        return proposed(answer)

    assert said("经核，原文数据无误") is Disposition.REJECTED
    assert said("应为1210万人次") is Disposition.ADOPTED
    assert said("收悉") is None
    for kept in (
        "经核没有错误",
        "没有发现错误，维持现有表述",
        "不同意改为3200项",
        "无需改为新名称",
        "请按原文保留",
        "无须修改",
    ):
        assert said(kept) is Disposition.REJECTED
    for changed in ("原数据不准确，应为3200项", "与年报不一致，应改为3200", "不准确之处已更正"):
        assert said(changed) is Disposition.ADOPTED
    for unsure in ("该数据不属实", "是否应为3200项？"):
        assert said(unsure) is None
    assert said("名称应为示例局，数据无误") is Disposition.PARTLY
