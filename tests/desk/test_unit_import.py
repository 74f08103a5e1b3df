"""导入单位: a table becomes entries of units.yaml in one commit, or nothing does."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from editorial.cli.replying import channel_of
from editorial.desk.office import Desk, loaded
from editorial.desk.unit_import import UnitsBrought, import_units
from editorial.errors import BadData, EditorialError
from editorial.model.labels import Channel
from editorial.model.people import Unit, contact_on, find_unit
from editorial.model.unit_rows import unit_rows

DAY = date(2020, 3, 5)
UNITS = "volumes/xiao-2019/units.yaml"
HEAD = ("单位", "简称", "联络员", "电话", "邮箱", "首选方式")


@pytest.fixture
def take(desk: Desk, tmp_path: Path) -> Callable[..., UnitsBrought]:
    def run(
        *rows: tuple[str, ...], head: tuple[str, ...] = HEAD, dry: bool = False
    ) -> UnitsBrought:
        path = tmp_path / "名册.csv"
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows((head, *rows))
        return import_units(desk, path, DAY, channel_of, dry=dry)

    return run


Take = Callable[..., UnitsBrought]


def unit(desk: Desk, name: str) -> Unit:
    return find_unit(loaded(desk).volume.units, name)


def text(desk: Desk) -> str:
    return (desk.root / UNITS).read_text("utf-8")


def test_new_units_are_registered_and_known_ones_brought_up_to_date(
    take: Take, desk: Desk, git: Callable[..., str]
) -> None:
    before = int(git("rev-list", "--count", "HEAD"))
    found = take(
        ("示例市绿化局（示例）", "示例绿化局", "示例甲", "020-0000-0901", "", "电话"),
        ("深圳市科技创新局（示例）", "", "陈甲", "0755-0000-0009", "", ""),
        ("广州科技局", "", "示例乙", "", "b@example.invalid", "邮件"),
        ("省发改", "", "、", "—", "无", ""),
    )
    assert [(each.unit.id, each.new, each.changed) for each in found.units] == [
        ("示例绿化局", True, ("联络员示例甲", "电话", "方式")),
        ("sz-kcj", False, ("电话",)),
        ("gz-kjj", False, ("联络员示例乙", "邮箱", "方式")),
        ("sheng-fgw", False, ()),
    ]
    contact = contact_on(unit(desk, "示例绿化局"), DAY)
    assert contact is not None
    assert (contact.name, contact.channel, contact.since) == ("示例甲", Channel.PHONE, DAY)
    kept = contact_on(unit(desk, "sz-kcj"), DAY)
    assert kept is not None
    assert (kept.phone, kept.mail) == ("0755-0000-0009", "chenjia@example.invalid")
    assert int(git("rev-list", "--count", "HEAD")) == before + 1
    said = git("log", "-1", "--format=%B")
    assert "单位：由表导入，新登记1个，更新2个" in said
    assert "0901" not in said


def test_a_table_taken_in_twice_changes_nothing(take: Take) -> None:
    row = ("示例市绿化局（示例）", "示例绿化局", "示例甲", "020-0000-0901", "", "")
    assert take(row).act is not None
    again = take(row)
    assert (again.act, [each.changed for each in again.units]) == (None, [()])


def test_a_trial_writes_nothing(take: Take, desk: Desk) -> None:
    before = text(desk)
    found = take(("示例市绿化局（示例）", "", "示例甲", "", "", ""), dry=True)
    assert ([each.new for each in found.units], found.act, text(desk)) == ([True], None, before)


def test_columns_stand_in_any_order_under_any_usual_name(take: Take, desk: Desk) -> None:
    head = ("序号", "手机", "办公电话", "单位全称（公章）", "备注", "联系人", "单位 编号", "E-mail")
    row = ("1", "13000000000", "020-0000-0902", "示例馆（示例）", "甲", "示例丙", "sl-g", "c@e.cn")
    found = take(row, head=head)
    assert found.unknown == ("备注",)
    contact = contact_on(unit(desk, "sl-g"), DAY)
    assert contact is not None
    assert (contact.phone, contact.mail) == ("13000000000、020-0000-0902", "c@e.cn")


def test_every_bad_row_is_told_and_none_is_taken(take: Take, desk: Desk) -> None:
    before = text(desk)
    with pytest.raises(BadData) as refused:
        take(
            ("示例市绿化局（示例）", "", "示例甲", "020-0000-0901", "", ""),
            ("", "", "示例乙", "020-0000-0902", "", ""),
            ("示例馆（示例）", "", "示例丙", "", "不是邮箱", ""),
            ("示例所（示例）", "", "", "020-0000-0903", "", ""),
            ("示例院（示例）", "", "示例丁", "", "", "飞鸽"),
            ("示例厅（示例）", "深圳科创局", "示例戊", "", "", ""),
            ("示例市绿化局（示例）", "", "示例己", "", "", ""),
        )
    told = [(each.file, each.line, each.message) for each in refused.value.problems]
    assert [line for _, line, _ in told] == [3, 4, 5, 6, 7, 8]
    words = ("没有写单位", "不是邮箱的写法", "请写联络员的姓名", "没有“飞鸽”这种方式")
    words += ("已经登记，是sz-kcj", "与第2行是同一个单位")
    assert [word in message for word, (*_, message) in zip(words, told, strict=True)] == [True] * 6
    assert text(desk) == before


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("sz-kcj", "别的单位（示例）"), "编号sz-kcj登记的是“深圳市科技创新局（示例）”"),
        (("sz-xxx", "深圳科创局"), "已经登记，编号是sz-kcj，不是sz-xxx"),
        (("a b", "别的单位（示例）"), "里不能有空格和逗号"),
    ],
)
def test_an_id_that_does_not_go_with_its_name_is_told(
    take: Take, row: tuple[str, ...], words: str
) -> None:
    with pytest.raises(BadData) as refused:
        take(row, head=("编号", "单位"))
    (problem,) = refused.value.problems
    assert words in problem.message


def test_a_title_above_and_a_remark_below_are_no_units() -> None:
    head = ("单位", "联络员")
    rows = (("2020年联络员名册", ""), head, ("甲局", "示例甲"), head, (), ("注：示例", ""))
    found = unit_rows(rows, "名册.csv")
    assert [(each.line, each.told["unit"]) for each in found.rows] == [(3, "甲局")]
    assert found.aside == ("第6行：注：示例",)


@pytest.mark.parametrize(
    "total",
    [
        ("合计", "2"),
        ("3", "合计", "2"),
        ("", "总计：1家"),
        ("小 计", "", "3"),
        ("共2家",),
        ("共 计", "2"),
        ("本页小计", "2"),
    ],
)
def test_a_row_of_totals_is_no_unit(total: tuple[str, ...]) -> None:
    rows = (("序号", "单位", "联络员"), ("1", "甲局", "示例甲"), total, ("2", "共享局", "示例乙"))
    found = unit_rows(rows, "名册.csv")
    assert [each.told["unit"] for each in found.rows] == ["甲局", "共享局"]
    assert found.aside == (f"第3行：{' '.join(filter(None, total))}",)


@pytest.mark.parametrize("name", ["2", "１２"])
def test_a_number_is_no_name_of_a_unit(take: Take, name: str) -> None:
    with pytest.raises(BadData) as refused:
        take(("", name, "示例甲"), head=("序号", "单位", "联络员"))
    (problem,) = refused.value.problems
    assert problem.message == f"单位写的是“{name}”，不是名称"


@pytest.mark.parametrize(
    ("head", "row", "post"),
    [
        (("科室", "职务"), ("综合科", "科长"), "综合科科长"),
        (("职务", "处室"), ("综合科科长", "综合科"), "综合科科长"),
        (("科室", "职务"), ("综合科", ""), "综合科"),
        (("职务", "职称"), ("科长", "编审"), "科长、编审"),
    ],
)
def test_an_office_and_a_post_make_one(
    head: tuple[str, ...], row: tuple[str, ...], post: str
) -> None:
    found = unit_rows((("单位", *head), ("甲局", *row)), "名册.csv")
    assert (found.rows[0].told, found.unknown) == ({"unit": "甲局", "post": post}, ())


def test_two_columns_of_one_kind_must_agree(take: Take, desk: Desk) -> None:
    head, before = ("单位", "联络员", "邮箱", "电子邮箱"), text(desk)
    with pytest.raises(BadData) as refused:
        take(("示例馆（示例）", "示例丙", "a@example.invalid", "b@example.invalid"), head=head)
    (problem,) = refused.value.problems
    assert problem.message.startswith("“邮箱”“电子邮箱”几栏写的不同（a@example.invalid、b@")
    assert text(desk) == before
    take(("示例馆（示例）", "示例丙", "", "b@example.invalid"), head=head)
    contact = contact_on(unit(desk, "示例馆（示例）"), DAY)
    assert contact is not None
    assert contact.mail == "b@example.invalid"


def test_a_table_without_a_head_is_refused() -> None:
    with pytest.raises(EditorialError, match="没有找到表头"):
        unit_rows((("甲局", "示例甲"),), "名册.csv")
