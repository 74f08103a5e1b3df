"""Points to ask about: opinions, marks in the text, what is missing, a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from editorial.desk.drafting import Request, draft_letters
from editorial.desk.office import Desk, loaded
from editorial.desk.opinions import add_opinion
from editorial.desk.points import (
    joined,
    marked_points,
    missing_points,
    opinion_points,
    table_points,
    unasked,
)
from editorial.desk.rounds import open_round
from editorial.errors import EditorialError
from editorial.model.labels import LetterKind
from editorial.model.letters import LetterItem
from tests.desk.deciding import decide_opinion

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
PINGTAI, GAIKUANG = "01-keji/02-pingtai", "01-keji/01-gaikuang"
HEAD = ("序号", "篇目/章节", "页码(行)", "需修改或补充内容", "数据口径/年度")


def write(desk: Desk, section: str, text: str) -> None:
    path = desk.root / f"volumes/xiao-2019/chapters/{section}.md"
    path.write_text(text, encoding="utf-8")


JOINT = """\
【实验室】　2018年，新增实验室15个【待补：依托单位】。
（深圳科创局　陈甲）

【孵化器】　2018年，有孵化器8家。其中国家级3家【存疑：与年报不符】，省级5家。
%% 问：是否含众创空间
（广州科技局　李乙）
"""


@pytest.fixture
def joint(desk: Desk, git: Git) -> Desk:
    """A section of two units, each with its entry, marks in both."""
    write(desk, PINGTAI, JOINT)
    git("commit", "-qam", "两家来稿")
    return desk


def test_marks_go_to_the_unit_that_signed_the_entry(joint: Desk) -> None:
    points = marked_points(joint, loaded(joint).volume)
    assert {unit: [item.request for item in items] for unit, items in points.items()} == {
        "sz-kcj": ["请补充：依托单位"],
        "gz-kjj": ["请核实：与年报不符", "请说明：是否含众创空间"],
    }


def test_a_mark_is_asked_with_its_place_and_its_sentence(joint: Desk) -> None:
    item = marked_points(joint, loaded(joint).volume)["gz-kjj"][0]
    assert (item.section, item.place, item.original) == (
        PINGTAI,
        "条目“孵化器”",
        "其中国家级3家【存疑：与年报不符】，省级5家。",
    )


def test_a_long_sentence_is_cut_round_the_mark(desk: Desk) -> None:
    long = "某" * 100
    write(desk, GAIKUANG, f"【概况】　{long}【待补：数据】{long}。\n（深圳科创局　陈甲）\n")
    item = marked_points(desk, loaded(desk).volume)["sz-kcj"][0]
    assert len(item.original) == 62
    assert (item.original[0], item.original[-1]) == ("…", "…")
    assert "【待补：数据】" in item.original


def test_an_opinion_goes_to_the_unit_whose_words_it_is_about(joint: Desk) -> None:
    open_round(joint, "评议会", at=AT)
    add_opinion(joint, "01", PINGTAI, "应列名", at=AT, by="专家甲", original="孵化器8家")
    add_opinion(joint, "01", PINGTAI, "口径不明", at=AT, by="专家乙")
    points = opinion_points(joint, loaded(joint).volume, "01")
    told = [(unit, item.opinion, item.request) for unit in points for item in points[unit]]
    assert sorted(told) == [
        ("gz-kjj", "01/001", "应列名"),
        ("gz-kjj", "01/002", "请核实：口径不明"),
        ("sz-kcj", "01/002", "请核实：口径不明"),
    ]


def test_an_opinion_is_passed_on_without_the_name_of_who_gave_it(joint: Desk) -> None:
    open_round(joint, "评议会", at=AT)
    add_opinion(joint, "01", GAIKUANG, "数据不符", at=AT, by="专家甲")
    ((item,),) = opinion_points(joint, loaded(joint).volume, "01").values()
    assert item.basis == "评议会意见第1条"


def test_an_opinion_answered_is_not_asked(desk: Desk) -> None:
    open_round(desk, "评议会", at=AT)
    add_opinion(desk, "01", GAIKUANG, "数据不符", at=AT, by="专家甲")
    decide_opinion(desk, "01/001", "采纳", at=AT, result="已改")
    assert opinion_points(desk, loaded(desk).volume, "01") == {}


def test_what_no_unit_has_supplied_is_missing(desk: Desk) -> None:
    points = missing_points(loaded(desk).volume)
    assert {unit: [item.section for item in items] for unit, items in points.items()} == {
        "gz-kjj": [PINGTAI],
        "sheng-fgw": ["02-jichu/01-gaikuang", "02-jichu/02-jichang"],
    }
    assert points["gz-kjj"][0].scope == "2018年"


def test_what_an_open_letter_asks_already_is_not_asked_again(desk: Desk) -> None:
    volume = loaded(desk).volume
    points = missing_points(volume)
    request = Request(kind=LetterKind.SUPPLY_MATERIAL, due=date(2020, 3, 20))
    draft_letters(desk, request, {"sheng-fgw": points["sheng-fgw"][:1]}, at=AT)
    left, known = unasked(desk, points)
    assert (sum(map(len, left.values())), known) == (2, 1)


def test_the_same_point_from_two_sources_is_asked_once(desk: Desk) -> None:
    points = missing_points(loaded(desk).volume)
    assert joined(points, points) == points


def test_a_table_gives_each_row_to_its_unit_or_to_those_that_supply_the_section(
    desk: Desk,
) -> None:
    rows = [
        ("修改补充事项", "", "", "", ""),
        (*HEAD, "单位"),
        ("1", "01-keji/01-gaikuang", "第3页", "请核实", "2018年末", ""),
        ("2", "创新平台", "", "请补充", "", "广州科技局"),
        ("", "", "", "", "", ""),
    ]
    points = table_points(loaded(desk).volume, rows, "表.csv")
    assert points == {
        "sz-kcj": (
            LetterItem(section=GAIKUANG, place="第3页", request="请核实", scope="2018年末"),
        ),
        "gz-kjj": (LetterItem(section=PINGTAI, request="请补充"),),
    }


@pytest.mark.parametrize(
    ("rows", "words", "where"),
    [
        ([], "没有找到表头", ""),
        ([("一", "二")], "没有找到表头", ""),
        ([HEAD, ("1", "没有的", "", "改", "")], "没有叫“没有的”", "表.csv 第2行"),
        ([HEAD, ("1", "01-keji", "", "改", "")], "不是分目", "表.csv 第2行"),
        ([HEAD, ("1", PINGTAI, "", "", "")], "没有写需修改或补充的内容", "表.csv 第2行"),
        ([HEAD, ("1", "01-keji/03-rencai", "", "改", "")], "没有供稿单位", "表.csv 第2行"),
    ],
)
def test_a_faulty_table_is_refused_at_its_row(
    desk: Desk, rows: list[tuple[str, ...]], words: str, where: str
) -> None:
    with pytest.raises(EditorialError, match=words) as refused:
        table_points(loaded(desk).volume, rows, "表.csv")
    assert refused.value.where == where
