"""Opinions in running words: minutes, mails, notes of a call."""

from __future__ import annotations

import pytest

from editorial.model.spoken import Point, numbered_points, spoken_points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1. 甲应核实。2. 乙应删去。", ("甲应核实。", "乙应删去。")),
        ("一、甲\n二、乙", ("甲", "乙")),
        ("（1）甲；（2）乙", ("甲；", "乙")),
        ("表3-1：①合计不符②单位有误", ("表3-1：合计不符", "表3-1：单位有误")),
        ("增长2.5倍。3.1亿元有误", ("增长2.5倍。3.1亿元有误",)),
        ("", ()),
    ],
)
def test_points_numbered_in_one_text(text: str, points: tuple[str, ...]) -> None:
    assert numbered_points(text) == points


def test_minutes_name_who_says_what() -> None:
    points, aside = spoken_points(
        "评议会纪要\n时间：2020年3月5日\n专家甲：1. 第3页数字有误。2. 表1-1单位不对。\n"
        "一、凡例应写明口径\n李某某：建议补充香港数据"
    )
    assert points == (
        Point(line=3, by="专家甲", text="第3页数字有误。"),
        Point(line=3, by="专家甲", text="表1-1单位不对。"),
        Point(line=4, by="专家甲", text="凡例应写明口径"),
        Point(line=5, by="李某某", text="建议补充香港数据"),
    )
    assert aside == ("评议会纪要", "时间：2020年3月5日")


def test_fields_told_apart_belong_to_one_point() -> None:
    points, _ = spoken_points("原文：九个市共有人口\n意见：应写作9市\n理由：体例规定")
    assert points == (
        Point(
            line=1,
            by="",
            text="应写作9市",
            fields=(("original", "九个市共有人口"), ("reason", "体例规定")),
        ),
    )


def test_a_note_of_a_call_names_the_caller() -> None:
    points, _ = spoken_points("电话记录\n来电人：张某（科技局）\n研发经费应为31亿元")
    assert points == (Point(line=3, by="张某（科技局）", text="研发经费应为31亿元"),)


def test_the_title_of_minutes_is_nobodys_opinion() -> None:
    points, aside = spoken_points("七月评议会会议记录\n专家甲（示例）：\n1. 第3页数字有误。")
    assert [(each.by, each.text) for each in points] == [("专家甲（示例）", "第3页数字有误。")]
    assert aside == ("七月评议会会议记录",)


def test_a_reader_named_alone_on_a_line_speaks_next() -> None:
    told = "专家甲\n第3页数字有误。\n专家乙\n表1-1单位不对。"
    points, _ = spoken_points(told, ("专家甲", "专家乙"))
    assert [each.by for each in points] == ["专家甲", "专家乙"]


def test_who_signs_a_mail_says_nothing() -> None:
    told = "第3页数字有误。\n王某某（示例）\n2020年3月5日\n电话：020-0000-0001"
    points, aside = spoken_points(told, by="王某某（示例）")
    assert [each.text for each in points] == ["第3页数字有误。"]
    assert len(aside) == 3
