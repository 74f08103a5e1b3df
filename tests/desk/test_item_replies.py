"""Answers to single items: in several papers of one mail, and in a mail's own words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from editorial.desk.intake import Intake, form_of, mail_intake
from editorial.desk.item_replies import filled
from editorial.model.labels import PROMISES, Answer, Channel
from editorial.model.reply_form import ReplyForm
from tests.desk.mails import mail, table_of

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
OURS_NOT = "非我局职责"


def came(words: str, *files: tuple[str, bytes]) -> Intake:
    return mail_intake(mail("回复", words, *files), Channel.MAIL, NOW)


def read(words: str, *files: tuple[str, bytes], listed: int = 3) -> ReplyForm:
    intake = came(words, *files)
    return form_of(intake, intake.files, listed)


def told(form: ReplyForm) -> list[tuple[int, str]]:
    return [(each.number, each.text) for each in form.items]


def remarks(words: str, *files: tuple[str, bytes]) -> tuple[str, ...]:
    intake = came(words, *files)
    form = form_of(intake, intake.files, 3)
    return (*filled(form, intake.files, words), *form.remarks)


# Several papers of one mail


def test_two_forms_that_contradict_are_both_kept_and_neither_settles_the_item() -> None:
    files = ("甲处.docx", table_of(("15个", "无误"))), ("乙处.docx", table_of(("16个", "无误。")))
    form = read("", *files, listed=2)
    assert told(form) == [(1, "15个"), (1, "16个"), (2, "无误")]
    assert form.answer is Answer.PARTIAL
    assert form.remarks == (
        "第1项有几种答复，都记下了，没有取舍，请问清再定：“15个”（甲处.docx）；“16个”（乙处.docx）",
    )


def test_equal_answers_count_once() -> None:
    files = ("a.docx", table_of(("１５ 个", "无误"))), ("b.docx", table_of(("15个。", "无误")))
    form = read("", *files, listed=2)
    assert [each.number for each in form.items] == [1, 2]
    assert (form.answer, form.remarks) == (Answer.FULL, ())


def test_two_lists_in_one_document_are_both_read() -> None:
    form = read("", ("a.docx", table_of(("15个",), ("16个",))), listed=1)
    assert told(form) == [(1, "15个"), (1, "16个")]
    assert "第1项有几种答复" in form.remarks[0]


def test_a_form_and_the_mail_that_contradict_are_both_kept() -> None:
    words = f"第1项应为18个；第2项{OURS_NOT}。"
    form = read(words, ("a.docx", table_of(("15个",))))
    assert told(form) == [(1, "15个"), (1, "应为18个"), (2, OURS_NOT)]
    assert form.remarks[0].endswith("“15个”（a.docx）；“应为18个”（来信）")
    assert remarks(words, ("a.docx", table_of(("15个",))))[:-1] == (
        "逐条答复1条，共3条",
        "第3项还没有答复",
    )


def test_forms_that_ask_for_other_days_are_told_of() -> None:
    files = [
        (f"{day}.docx", table_of(said=f"☑申请延期至12月{day}日　□非我单位职责，建议转"))
        for day in (20, 25)
    ]
    form = read("", *files)
    assert form.answer is Answer.EXTENSION
    assert form.remarks == ("几处申请延期的日子不同：2026-12-20、2026-12-25，请问清再定",)


def test_what_nobody_read_beside_the_form_is_to_be_compared() -> None:
    files = ("a.docx", table_of(("应为15个", "是", "是"))), ("盖章件.pdf", b"%PDF-1.7 x")
    assert remarks("1.应为18个\n2.是\n3.是", *files) == (
        "逐条答复3条，共3条",
        "盖章件.pdf：程序没有读，里面若也有逐条答复，请与回函单对照",
        "来信里也有编了号的几条，与逐条答复的话不同，请对照",
    )
    assert remarks("1.应为15个。\n2.是\n3.是", files[0]) == ("逐条答复3条，共3条",)


# What the mail says of single items


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("第2项非我职责", [2]),
        ("第2项非我单位职责。", [2]),
        ("第一项、第3项非我局职责。", [1, 3]),
        ("第2、3项不属我局职责范围", [2, 3]),
        ("第1至2项不在我局职能范围内", [1, 2]),
        ("2、3项非我局职责", [2, 3]),
        ("（二）非我局职责", [2]),
        ("不属我局职责的有第2、3项。", [2, 3]),
        ("贵办来函第1、2项收悉。上述事项均非我局职责。", [1, 2]),
        ("第2项为统计数据，\n非我局职责。\n陈甲", [2]),
    ],
)
def test_a_refusal_of_items_is_of_those_alone(words: str, numbers: list[int]) -> None:
    form = read(words)
    assert [each.number for each in form.items] == numbers
    assert form.answer is Answer.SOME_NOT_OURS
    assert form.answer in PROMISES  # the letter goes on waiting
    left = "、".join(str(n) for n in (1, 2, 3) if n not in numbers)
    assert f"第{left}项还没有答复" in remarks(words)


@pytest.mark.parametrize(
    ("words", "items"),
    [
        (
            "第2、3项不属我局职责范围，建议转市统计局。其余各项无意见。",
            ["无意见", *["不属我局职责范围，建议转市统计局"] * 2],
        ),
        ("第1项已核实，非我局职责的有第2项，其余无误。", ["已核实", OURS_NOT, "无误"]),
        (f"1.应为15个；\n2.{OURS_NOT}；\n3.无意见。\n\n陈甲", ["应为15个", OURS_NOT, "无意见"]),
    ],
)
def test_with_the_rest_answered_all_is_answered(words: str, items: list[str]) -> None:
    form = read(words)
    assert told(form) == list(enumerate(items, 1))
    assert form.answer is Answer.FULL


@pytest.mark.parametrize(
    "words",
    [
        "除第2项外均非我局职责。",
        "除第2项外，均不属我局职责范围。",
        "除了第2项，均非我局职责，此外，请转市统计局。",
        "除第2项属我局职责外，其他各项均非我局职责。",
        "除第2项外，其余均非我局职责。",
        "除第2项\n外，均非我局职责。",
        "第2项以外的各项均不属我局职责。",
        "我局负责第2项，其他均非我局职责。",
        "第1、2项收悉。除第2项外均非我局职责。",
    ],
)
def test_a_refusal_of_all_but_one_is_of_the_others(words: str) -> None:
    form = read(words)
    assert [each.number for each in form.items] == [1, 3]
    assert form.answer is Answer.SOME_NOT_OURS
    assert "第2项还没有答复" in remarks(words)


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("除第2项已核，应为5亿元外，均非我局职责。", [2]),
        ("除第2项非我局职责外，其余均无误。", [1, 3]),
        ("除第2项外均非我局职责。第2项无误。", [2]),
        ("第1项非我局职责，除第2项无误外，其余均已核实。", [2, 3]),
        ("1、2项均无意见，3项非我局职责", [1, 2]),
    ],
)
def test_what_is_answered_beside_an_exception_is_answered(words: str, items: list[int]) -> None:
    form = read(words)
    assert [each.number for each in form.items if OURS_NOT not in each.text] == items
    assert form.answer is Answer.FULL


@pytest.mark.parametrize("words", ["第2项外，", "除第2项外，", "非我局职责的有第2项，"])
def test_words_without_end_are_read(words: str) -> None:
    assert read(words * 3000 + OURS_NOT).answer is not Answer.FULL


def test_an_item_refused_and_answered_keeps_both() -> None:
    words = "第2项中表1非我局职责。第2项表2已核，应为12.5亿元。"
    form = read(words)
    assert told(form) == [(2, "中表1非我局职责"), (2, "表2已核，应为12.5亿元")]
    assert form.answer is Answer.PARTIAL
    assert "第2项有几种答复" in form.remarks[0]
    form = read(f"我局负责第2项，其他均{OURS_NOT}。第2项数据已核，改为12.5亿元。")
    assert told(form)[1] == (2, "数据已核，改为12.5亿元")
    form = read(f"各项收悉。第1项、第2项、第3项{OURS_NOT}。第2项已核，应为5亿元。")
    assert ([n for n, _ in told(form)], form.answer) == ([1, 2, 2, 3], Answer.PARTIAL)


def test_what_is_only_promised_stays_open() -> None:
    form = read(f"第1项应为15个；第2项{OURS_NOT}；第3项正在核实，尽快报送。")
    assert ([n for n, _ in told(form)], form.answer) == ([1, 2], Answer.PARTIAL)
    form = read(f"第2项{OURS_NOT}，其余各项按期报送。")
    assert ([n for n, _ in told(form)], form.answer) == ([2], Answer.ON_TIME)


@pytest.mark.parametrize(
    "words",
    [
        "此事非我局职责。",
        "所询第二条高速公路非我局职责。",
        "各项均非我单位职责。",
        "第1至3项非我局职责",
        OURS_NOT,
    ],
)
def test_a_refusal_of_all_items_is_of_the_letter(words: str) -> None:
    form = read(words)
    assert (form.answer, form.items) == (Answer.NOT_OURS, ())


def test_a_letter_of_one_item_is_refused_with_it() -> None:
    assert read("第1项非我局职责", listed=1).answer is Answer.NOT_OURS


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("第1项已改为15个。另外的非我局职责。", "来信逐项说了第1项，又说非我单位职责"),
        ("其中统计数据部分非我局职责。", "来信像是说其中一部分非我单位职责"),
        ("第4项非我局职责", "来信说第4项非我单位职责，函上只有3项"),
        ("第1、2项（第3项除外）非我局职责", "来信逐项说了第1、2、3项"),
        ("各项均非我局职责，第2项除外。", "来信逐项说了第2项"),
        ("除第2项外，统计数据非我局职责。", "来信逐项说了第2项"),
        ("除第7项外均非我局职责。", "来信逐项说了第7项"),
        ("除统计数据外，均非我局职责。", "来信像是说其中一部分非我单位职责"),
        ("2项已核，1项非我局职责。", "来信像是说其中一部分非我单位职责"),
        ("一、关于职责。该事项非我局职责。\n二、建议转市统计局。", "来信逐项说了第1、2项"),
    ],
)
def test_a_refusal_of_nobody_knows_what_is_left_to_people(words: str, doubt: str) -> None:
    form = read(words)
    assert (form.answer, form.items) == (None, ())
    assert form.doubt.startswith(doubt)


def test_a_form_that_refuses_all_beside_answers_decides_nothing() -> None:
    ticked = "☑非我单位职责，建议转　　\n□按期报送　□申请延期至"
    for form in (
        read("", ("a.docx", table_of(("15个",), said=ticked))),
        read(f"第2项{OURS_NOT}", ("a.docx", table_of(said=ticked))),
    ):
        assert form.answer is not Answer.NOT_OURS
        assert form.doubt.startswith("说了全函非我单位职责，又逐条答了第")
