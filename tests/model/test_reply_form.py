"""回函单: three sentences with boxes, read as people and programs fill them in."""

from __future__ import annotations

from datetime import date

import pytest

from editorial.model.labels import Answer
from editorial.model.reply_form import (
    ReplyForm,
    likeness,
    only_asking,
    only_enclosing,
    only_received,
    own_words,
    read_phrases,
    read_ticks,
    unheeded,
)
from editorial.model.returns import ItemReply

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
        ("√☐ 申请延期至 3月20日\n☐ 按期报送", EXTENSION),
        ("☐ 按期报送 √\n☐ 申请延期至", ON_TIME),
        ("☐ 按期报送\nv ☐ 非我单位职责，建议转", NOT_OURS),
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
        ("编辑部：\n收到，谢谢。", True),
        ("来函收悉，我局高度重视，已转有关处室办理，待汇总并报局领导审定后尽快反馈贵办。", True),
    ],
)
def test_a_letter_only_received_is_not_answered(words: str, only: bool) -> None:
    assert only_received(words) is only


def test_two_ticks_are_no_answer() -> None:
    form = read_ticks("☑按期报送　☑申请延期至3月20日", TODAY)
    assert (form.answer, form.doubt) == (None, "回函单上勾了不止一项，请问清楚")


def test_a_tick_between_two_boxes_is_asked_about() -> None:
    form = read_ticks("□按期报送　√　□申请延期至____", TODAY)
    assert (form.answer, form.doubt) == (None, "回函单上有勾，看不出勾的是哪一项")


@pytest.mark.parametrize(
    "day", ["3月20日", "2020年3月20日", "2020-03-20", "2020.3.20", "2020/3/20", "__3 月 20 日__"]
)
def test_until_when(day: str) -> None:
    assert read_ticks(f"☑申请延期至{day}", TODAY).until == date(2020, 3, 20)


@pytest.mark.parametrize("day", ["2月31日", "一周", "____", "7日内交"])
def test_a_day_there_is_none_of_is_left_out_and_told_of(day: str) -> None:
    form = read_ticks(f"☑申请延期至{day}", TODAY)
    assert (form.until, form.remarks) == (None, ("没有认出延到哪天，请看原件",))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("申请延期到3月底。", date(2020, 3, 31)),
        ("申请延期至下周五报送。", date(2020, 3, 20)),
        ("申请延期至3月20日前报送", date(2020, 3, 20)),
        ("申请延期报送至2020年3月20日。", date(2020, 3, 20)),
        ("申请延期3月20日", date(2020, 3, 20)),
        ("申请延期7日。", None),
        ("申请延期一个月。", None),
    ],
)
def test_until_when_in_plain_words(words: str, day: date | None) -> None:
    assert read_phrases(words, TODAY).until == day


def test_a_day_gone_by_is_marked() -> None:
    form = read_phrases("申请延期至2020年3月1日。", TODAY)
    assert form.until == date(2020, 3, 1)
    assert form.remarks == ("申请延到2020-03-01，这一天已经过去，请核对",)


def test_whom_to_ask_instead() -> None:
    form = read_ticks("☑非我单位职责，建议转 市统计局。", TODAY)
    assert form.pass_to == "市统计局"


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("该项非我局职责。如有疑问请联系王科长0755-00001111。", ""),
        ("该项非我局职责，请转市统计局13900000000。", "市统计局"),
        ("该项非我局职责，请联系市统计局王科长0755-00001111。", "市统计局"),
        ("该项非我局职责，请商市统计局提供。", "市统计局"),
        ("☑非我单位职责，建议转　　\n填表人", ""),
    ],
)
def test_a_person_to_call_is_no_unit_to_ask(words: str, unit: str) -> None:
    read = read_ticks if "☑" in words else read_phrases
    form = read(words, TODAY)
    assert (form.answer, form.pass_to) == (NOT_OURS, unit)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("我局申请延期至3月20日。", EXTENSION),
        ("该事项不属于我局职责，请联系市统计局。", NOT_OURS),
        ("我们将按期报送。", ON_TIME),
        ("因数据尚在汇总，恳请延期至3月20日报送。", EXTENSION),
        ("拟延期至3月20日报送，请予理解。", EXTENSION),
        ("我局需延期至3月20日。", EXTENSION),
        ("恳请贵办予以延期至3月20日。", EXTENSION),
        ("因数据未核定，本单位延期报送至3月20日。", EXTENSION),
        ("因数据未核，延期至3月20日，请批准。", EXTENSION),
        ("不能按期报送，申请延期至3月20日。", EXTENSION),
        ("因数据未出申请延期至3月20日报送。", EXTENSION),
        ("由于统计数据尚未公布我局申请延期报送至3月20日。", EXTENSION),
        ("该论坛原定3月举行，因故延期至2020年举办。", None),
        ("该工程拟延期至2020年底完工。", None),
        ("材料见附件。", None),
        ("□按期报送　□申请延期", None),
    ],
)
def test_the_same_in_plain_words(text: str, answer: Answer | None) -> None:
    assert read_phrases(text, TODAY).answer is answer


@pytest.mark.parametrize(
    "text",
    [
        "因人员变动，我局无法按期报送，请予谅解。",
        "不能按期报送，拟于3月20日前报送。",
        "难以按期报送",
        "未能按期报送，深表歉意",
        "没有意见，不用申请延期。",
        "我局不再申请延期。",
        "是否可以申请延期？",
        "可以申请延期吗",
        "这是不是我局职责，请明确。",
        "将按期报送，但第2项不属于我局职责，请转市统计局。",
    ],
)
def test_what_is_denied_or_asked_decides_nothing(text: str) -> None:
    form = read_phrases(text, TODAY)
    assert form.answer is None
    assert form.doubt


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("我局未收到稿件，请补发附件后再行核对。", True),
        ("编辑部：\n请问第2项是指2018年末还是当年？请明确口径后我局再报。\n陈甲", True),
        ("数据已核无误，请问何时付印？", False),
        ("材料见附件，收到请回复。", False),
        ("已补充。", False),
        ("经核实稿件准确，请问是否需要盖章？", False),
        ("内容我们看过了，可以。请问什么时候出书？", False),
        ("现将稿件报上，请查收。请问还需要补充吗？", False),
        ("收到。请问联系人是谁？", True),
    ],
)
def test_who_only_asks_answers_nothing(text: str, asking: bool) -> None:
    assert only_asking(text) is asking


@pytest.mark.parametrize(
    "line",
    [
        "-----原始邮件-----",
        "林清 <a@b.c> 于2026年11月23日周一 14:00写道：",
        'At 2026-11-23 14:00:00, "林清" <a@b.c> wrote:',
        "发件人: 林清\n发送时间: 2026年11月23日 14:00",
        "原邮件信息:",
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


FORM = """附件1
序号
需修改或补充内容
单位回复
备注
1
请补2018年数据
　　
☐ 按期报送
☐ 申请延期至　　　　
☐ 非我单位职责，建议转　　　　
填表人
　　
（单位盖章）
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("年数据", "年数据（答：640项）", ("（答：640项）",)),
        ("　　\n☐ 按期", "640项\n☐ 按期", ("640项",)),
        ("请补2018年数据", "已补", ("已补",)),
        ("☐ 按期报送", "☐ 按期报送，第1项除外", ("，第1项除外",)),
        ("（单位盖章）\n", "（单位盖章）\n另：请补发附件。\n", ("另：请补发附件",)),
        ("填表人\n　　", "填表人\n张示例", ()),
        ("填表人\n　　", "填表人\n张示例，第1项无误", ("张示例，第1项无误",)),
        ("填表人", "填表人：张示例", ()),
        ("（单位盖章）\n", "（单位盖章）\n某某局\n2026年12月1日\n", ()),
        ("☐ 按期报送", "☐按期报送", ()),
        ("　　\n☐ 按期", "单击或点击此处输入文字。\n☐ 按期", ()),
        ("1\n请补2018年数据\n　　\n", "", ()),
    ],
)
def test_what_was_put_into_a_form_and_not_read(old: str, new: str, words: tuple[str, ...]) -> None:
    assert old in FORM
    assert unheeded(FORM, FORM.replace(old, new), ReplyForm()) == words


@pytest.mark.parametrize(
    ("old", "new", "form"),
    [
        ("☐ 按期报送", "☐ 按期报送 v", ReplyForm(answer=ON_TIME)),
        ("☐ 申请延期至　", "☑ 申请延期至12月20日前", ReplyForm(answer=EXTENSION, until=TODAY)),
        ("建议转　", "建议转市统计局。", ReplyForm(answer=NOT_OURS, pass_to="市统计局")),
        (
            "　　\n☐ 按",
            "已补\n见附件\n☐ 按",
            ReplyForm(items=(ItemReply(number=1, text="已补\n见附件"),)),
        ),
    ],
)
def test_what_was_read_is_not_told_of_again(old: str, new: str, form: ReplyForm) -> None:
    assert old in FORM
    assert unheeded(FORM, FORM.replace(old, new), form) == ()


def test_another_paper_is_not_taken_for_the_form() -> None:
    assert likeness(FORM, FORM.replace("　　", "已补", 1)) > 0.9
    assert likeness(FORM, "关于复函\n一、平台15个\n二、无误") == 0


@pytest.mark.parametrize(
    ("words", "enclosing"),
    [
        ("", True),
        ("请查收附件。", True),
        ("老师您好：\n回执见附件，请查收，谢谢！\n\n某某局\n张示例", True),
        ("平台15个，请查收。", False),
        ("材料已修改，请查收。", False),
        ("请查收。\n第2项无误。", False),
    ],
)
def test_a_mail_that_only_names_its_files(words: str, enclosing: bool) -> None:
    assert only_enclosing(words) is enclosing
