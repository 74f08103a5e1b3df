"""分工: editor, unit and due date of sections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from editorial.desk.assign import assign
from editorial.desk.office import Act, Desk, loaded
from editorial.errors import EditorialError
from editorial.model.labels import TaskState
from editorial.model.volume import Section, task_state

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
RENCAI, PINGTAI = "01-keji/03-rencai", "01-keji/02-pingtai"


def section(desk: Desk, node: str) -> Section:
    return next(s for s in loaded(desk).volume.sections if s.id == node)


def give(desk: Desk, *nodes: str, **what: Any) -> Act:
    return assign(desk, nodes, at=AT, **what)


@pytest.mark.parametrize("name", ["linqing", "林清"])
def test_an_editor_is_named_by_id_or_name(desk: Desk, name: str) -> None:
    give(desk, RENCAI, editor=name)
    assert section(desk, RENCAI).editor == "linqing"


@pytest.mark.parametrize("name", ["gz-kjj", "广州科技局", "广州市科学技术局（示例）", "广州市"])
def test_a_unit_is_named_by_id_or_any_part_only_it_has(desk: Desk, name: str) -> None:
    give(desk, RENCAI, unit=name)
    assert section(desk, RENCAI).units == ("gz-kjj",)


def test_a_new_unit_gets_its_task_issued_and_due_the_same_day(desk: Desk) -> None:
    give(desk, RENCAI, unit="gz-kjj", due=date(2020, 4, 1))
    (task,) = section(desk, RENCAI).tasks
    assert (task.unit, task.due, task_state(task)) == (
        "gz-kjj",
        date(2020, 4, 1),
        TaskState.ISSUED,
    )


def test_a_unit_already_there_keeps_its_task(desk: Desk) -> None:
    before = section(desk, PINGTAI).tasks
    give(desk, PINGTAI, unit="gz-kjj", due=date(2020, 4, 1))
    assert section(desk, PINGTAI).tasks == before


def test_new_keys_stand_in_order_and_comments_stay(desk: Desk) -> None:
    file = desk.root / f"volumes/xiao-2019/chapters/{RENCAI}.yaml"
    file.write_text("title: 人才   # 暂名\n# 尾\n", encoding="utf-8")
    give(desk, RENCAI, editor="林清", unit="gz-kjj", due=date(2020, 4, 1))
    assert file.read_text("utf-8") == (
        "title: 人才   # 暂名\nunits: [gz-kjj]\neditor: linqing\ndue: 2020-04-01\ntasks:\n"
        "- unit: gz-kjj\n  due: 2020-04-01\n  history:\n"
        "  - {at: 2020-03-05T09:30:00+00:00, by: 测试, to: issued}\n# 尾\n"
    )


def test_one_value_changed_is_one_line_changed(desk: Desk, git: Git) -> None:
    give(desk, PINGTAI, editor="方敏")
    diff = git("show", "--format=", "--unified=0").splitlines()
    assert [line for line in diff if line[0] in "+-" and line[:3] not in ("+++", "---")] == [
        "-editor: linqing   # 林清",
        "+editor: fangmin   # 林清",
    ]


def test_a_chapter_is_assigned_in_one_commit(desk: Desk, git: Git) -> None:
    act = give(desk, "01-keji", editor="方敏", due=date(2020, 4, 1))
    assert act.message == "分工：3个分目，责任编辑方敏，2020年4月1日截稿"
    assert len(git("show", "--format=", "--name-only").splitlines()) == 3


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({}, "没有说要改什么"),
        ({"editor": "张三"}, "staff.yaml 里没有“张三”"),
        ({"unit": "某局"}, "没有单位“某局”"),
        ({"unit": "示例"}, "单位“示例”不能确定"),
        ({"editor": "linqing", "unit": ""}, "没有要改的内容"),
    ],
)
def test_what_cannot_be_assigned_is_refused(desk: Desk, what: dict[str, str], words: str) -> None:
    with pytest.raises(EditorialError, match=words):
        give(desk, "01-keji/01-gaikuang", **what)
