"""项目: every volume on one line, kept by git's hash and never older than what is on disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from editorial.desk.assign import assign
from editorial.desk.city_board import city_board
from editorial.desk.office import Desk, open_desk
from editorial.desk.overview import overview
from editorial.desk.projects import known_projects, projects

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
TODAY = AT.date()


@pytest.fixture
def two(workspace: Path, git: Git) -> Desk:
    folder = workspace / "volumes"
    shutil.copytree(folder / "xiao-2019", folder / "xiao-2020")
    git("add", "-A")
    git("commit", "-qm", "第二部书")
    return open_desk(workspace)


def known(desk: Desk, today: date = TODAY) -> list[bool]:
    """Of each volume, in a process of its own, whether it is known without reading."""
    return [not each.waits for each in known_projects(open_desk(desk.root), today)]


def test_a_volume_is_what_its_board_says(desk: Desk) -> None:
    (found,), row = projects(desk, TODAY), overview(desk, TODAY).volume
    assert (found.title, found.supply, found.editing, found.overdue, found.chars) == (
        row.title,
        row.supply,
        row.editing,
        row.overdue,
        row.chars,
    )


def test_nothing_is_known_before_it_is_read(two: Desk) -> None:
    assert known(two) == [False, False]


def test_what_was_read_is_known_the_next_time(two: Desk) -> None:
    projects(two, TODAY)
    assert known(two) == [True, True]


def test_what_is_known_is_what_was_read(two: Desk) -> None:
    assert projects(two, TODAY) == projects(open_desk(two.root), TODAY)


def test_an_act_makes_only_its_volume_stale(two: Desk) -> None:
    projects(two, TODAY)
    assign(replace(two, volume_id="xiao-2020"), ("01-keji",), editor="林清", at=AT)
    assert known(two) == [True, False]


def test_a_change_by_hand_is_read_and_told(two: Desk) -> None:
    projects(two, TODAY)
    path = two.root / "volumes/xiao-2020/volume.yaml"
    path.write_text(path.read_text("utf-8").replace("小年鉴", "大年鉴"), encoding="utf-8")
    assert [(x.title, x.hand) for x in projects(open_desk(two.root), TODAY)] == [
        ("小年鉴2019", False),
        ("大年鉴2019", True),
    ]


def test_a_day_passing_counts_once_something_is_due(desk: Desk) -> None:
    assign(desk, ("01-keji",), due=TODAY + timedelta(days=3), at=AT)
    before = projects(desk, TODAY)[0]
    later = [projects(open_desk(desk.root), TODAY + timedelta(days=n))[0] for n in (3, 4)]
    assert before.due == TODAY + timedelta(days=3)
    assert [each.overdue - before.overdue for each in later] == [0, 3]


def test_the_last_change_is_that_of_its_last_commit(two: Desk, git: Git) -> None:
    assign(replace(two, volume_id="xiao-2020"), ("01-keji",), editor="林清", at=AT)
    second = projects(two, TODAY)[1]
    assert f"{second.changed:%Y-%m-%dT%H:%M:%S}" == git("log", "-1", "--format=%cI")[:19]


def test_many_volumes_have_their_last_changes_too(workspace: Path, git: Git) -> None:
    folder = workspace / "volumes"
    for number in range(8):
        shutil.copytree(folder / "xiao-2019", folder / f"v{number}")
    git("add", "-A")
    git("commit", "-qm", "再加八部")
    assert all(each.changed for each in projects(open_desk(workspace), TODAY))


def test_a_damaged_volume_tells_its_fault(two: Desk) -> None:
    (two.root / "volumes/xiao-2020/units.yaml").write_text("units: [\n", encoding="utf-8")
    first, second = projects(open_desk(two.root), TODAY)
    assert (first.fault, "units.yaml" in second.fault, second.title) == ("", True, "小年鉴2019")


def test_a_volume_never_committed_is_read_every_time(two: Desk) -> None:
    shutil.copytree(two.root / "volumes/xiao-2019", two.root / "volumes/xiao-2021")
    projects(open_desk(two.root), TODAY)
    assert known(two) == [True, True, False]


# 篇目 × 城市


def test_cities_stand_in_the_order_of_the_volume(desk: Desk) -> None:
    assert city_board(desk, TODAY).cities[:2] == ("广州", "深圳")


def test_a_cell_counts_the_tasks_of_its_city_only(desk: Desk) -> None:
    board = city_board(desk, TODAY)
    whole = overview(desk, TODAY).volume.supply
    assert sum(row.supply.total for row in board.totals if row) == whole.total


def test_a_city_without_a_part_has_no_cell(desk: Desk) -> None:
    board = city_board(desk, TODAY)
    writing = {row.id: row.units for row in overview(desk, TODAY).volume.rows}
    at = board.cities.index("广州")
    empty = {id for id, _, cells in board.rows if cells[at] is None}
    assert empty == {id for id, units in writing.items() if "gz-kjj" not in units}
