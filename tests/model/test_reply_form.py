"""回函单: three sentences with boxes, read as people and programs fill them in."""

from __future__ import annotations

from datetime import date

import pytest

from editorial.model.labels import Answer
from editorial.model.reply_form import only_received, own_words, read_phrases, read_ticks

TODAY = date(2020, 3, 12)
ON_TIME, EXTENSION, NOT_OURS = Answer.ON_TIME, Answer.EXTENSION, Answer.NOT_OURS


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("☑按期报送　□申请延期至____　□非我单位职责，建议转____", ON_TIME),
        ("☒ 按期报送\n☐ 申请延期至\n☐ 非我单位职责", ON_TIME),
        ("（√）按期报送　（　）申请延期至", ON_TIME),
        ("按期报送（√）　申请延期至（　）", ON_TIME),
        ("□按期报送　■申请延期至3月20日", EXTENSION),
        ("□ 按期报送\n√ 非我局职责，建议转市统计局", NOT_OURS),
        ("请按期报送。\n☐ 按期报送\n☑ 申请延期至　3月20日\n☐ 非我单位职责，建议转", EXTENSION),
        ("□按期报送　□申请延期至____　□非我单位职责", None),
        ("按期报送　申请延期至____　非我单位职责", None),
        ("", None),
    ],
)
def test_the_box_that_is_ticked(text: str, answer: Answer | None) -> None:
    assert read_ticks(text, TODAY).answer is answer


@pytest.mark.parametrize(
    ("words", "only"),
    [
        ("收到，我们会尽快安排。", True),
        ("您好，来函收悉，谢谢！", True),
        ("收到，谢谢。\n\n示例市科技局　陈甲\n电话：020-0000-0001\n2020年3月9日", True),
        ("收到！\n陈甲\n020-0000-0001\nchen@example.invalid\n发自我的iPhone", True),
        ("来函收悉。\n--\n示例市科技局办公室，示例路1号3楼，邮编510000", True),
        ("收到。\n平台数：15个\n电话：020-0000-0001", False),
        ("收到。\n2018年为15个", False),
        ("收到，经核实无修改。", False),
        ("收到，数据见附件。", False),
        ("材料已改好。", False),
        ("收到。" + "我局十分重视。" * 9, False),
    ],
)
def test_a_letter_only_received_is_not_answered(words: str, only: bool) -> None:
    assert only_received(words) is only


def test_two_ticks_are_no_answer() -> None:
    form = read_ticks("☑按期报送　☑申请延期至3月20日", TODAY)
    assert (form.answer, form.unclear) == (None, True)


@pytest.mark.parametrize(
    "day", ["3月20日", "2020年3月20日", "2020-03-20", "2020.3.20", "2020/3/20", "__3 月 20 日__"]
)
def test_until_when(day: str) -> None:
    assert read_ticks(f"☑申请延期至{day}", TODAY).until == date(2020, 3, 20)


def test_a_day_there_is_none_of_is_left_out() -> None:
    assert read_ticks("☑申请延期至2月31日", TODAY).until is None


def test_whom_to_ask_instead() -> None:
    form = read_ticks("☑非我单位职责，建议转 市统计局。", TODAY)
    assert form.pass_to == "市统计局"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("我局申请延期至3月20日。", EXTENSION),
        ("该事项不属于我局职责，请联系市统计局。", NOT_OURS),
        ("我们将按期报送。", ON_TIME),
        ("材料见附件。", None),
        ("□按期报送　□申请延期", None),
    ],
)
def test_the_same_in_plain_words(text: str, answer: Answer | None) -> None:
    assert read_phrases(text, TODAY).answer is answer


@pytest.mark.parametrize(
    "line",
    [
        "-----原始邮件-----",
        "------------------ 原始邮件 ------------------",
        "发件人: 年鉴 <nianjian@example.org>",
        "在 2020年3月5日，年鉴编辑部 <a@b.c> 写道：",
        "On Thu, Mar 5, 2020 at 9:30 AM Office <a@b.c> wrote:",
        "________________________________",
        "> 贵局：",
    ],
)
def test_a_quoted_letter_is_not_what_the_unit_says(line: str) -> None:
    assert own_words(f"收到。\n{line}\n> 请按期报送").strip() == "收到。"
