"""units.yaml: what is wrong in it is told at its line, and old files read as ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from editorial.errors import BadData, EditorialError
from editorial.model.contacts import succeed
from editorial.model.people import Contact, Limit, Pause, Unit, limit_of
from editorial.store.load import load_volume
from editorial.store.units import load_units, units_path, written_units
from editorial.store.workspace import open_workspace

VOLUME = "xiao-2019"


def put(workspace: Path, text: str) -> Path:
    path = workspace / units_path(VOLUME)
    path.write_text(text, encoding="utf-8")
    return path


def problems(workspace: Path, text: str) -> list[str]:
    put(workspace, text)
    with pytest.raises(BadData) as refused:
        load_units(open_workspace(workspace).files, VOLUME)
    return [str(each).removeprefix(f"{units_path(VOLUME)}:") for each in refused.value.problems]


def test_an_old_file_reads_unchanged(workspace: Path) -> None:
    unit = load_units(open_workspace(workspace).files, VOLUME).units[1]
    assert unit == Unit(
        id="gz-kjj", name="广州市科学技术局（示例）", short="广州科技局", city="广州"
    )


def test_all_that_can_be_written_is_read(workspace: Path) -> None:
    path = workspace / units_path(VOLUME)
    new = "  kind: 市直部门\n  pause: {until: 2020-03-31, reason: 机构改革}\n  contacts:\n"
    text = path.read_text("utf-8").replace("  contacts:\n", new)
    limits = "limits:\n- {kind: 市直部门, characters: 1000, pictures: 2}\n"
    path.write_text(limits + text, encoding="utf-8")
    volume = load_volume(open_workspace(workspace).files, VOLUME).volume
    unit = volume.units[0]
    assert unit.pause == Pause(until=date(2020, 3, 31), reason="机构改革")
    assert limit_of(volume.limits, unit) == Limit(kind="市直部门", characters=1000, pictures=2)
    assert limit_of(volume.limits, volume.units[1]) is None


BAD = """\
limits:
- {kind: 企业, characters: -1}
- {kind: 企业}
- {kind: 没有的}
units:
- id: a
  name: 甲局
  names:
  - {name: 甲委, from: 2015-01-01, to: 2014-01-01}
  - {name: 乙委, to: 2018-12-31}
  - {name: 丙委, from: 2018-12-31, to: 2019-12-31}
  contacts:
  - {name: 陈, from: 2020-01-01}
  - name: 李
    from: 2020-01-01
    to: 2019-12-31
- {id: a, name: 乙局}
"""


def test_every_fault_is_told_with_its_line_and_key(workspace: Path) -> None:
    assert problems(workspace, BAD) == [
        "2 [limits.1.characters] 应为0以上的整数（0是不限），现为-1",
        "3 [limits.2.kind] 类别“企业”写了两次",
        "4 [limits.3.kind] 没有哪个单位的类别（kind）是“没有的”",
        "9 [units.1.names.1.to] 止日2014-01-01早于起日2015-01-01",
        "11 [units.1.names.3] “丙委”与“乙委”的起止日期有重叠",
        "16 [units.1.contacts.2.to] 止日2019-12-31早于起日2020-01-01",
        "17 [units.2.id] 单位编号“a”重复",
    ]


def test_wrong_values_are_told_too(workspace: Path) -> None:
    text = (
        "units:\n- id: a\n  name: 甲\n  pause: {until: 明天}\n  contacts:\n"
        "  - {name: 李, channel: 鸽子, confirmed: x}\n"
    )
    assert [each.split("”")[0] for each in problems(workspace, text)] == [
        "4 [units.1.pause.until] 应为日期（如 2020-03-05），现为“明天",
        "4 [units.1.pause] 缺少必填的键“reason",
        "6 [units.1.contacts.1.channel] “鸽子",
        "6 [units.1.contacts.1.confirmed] 应为日期（如 2020-03-05），现为“x",
    ]


def test_the_board_refuses_the_same_faults(workspace: Path) -> None:
    put(workspace, BAD)
    with pytest.raises(BadData) as refused:
        load_volume(open_workspace(workspace).files, VOLUME)
    assert "[units.2.id]" in "\n".join(map(str, refused.value.problems))


def test_a_change_of_one_unit_leaves_every_other_line_of_the_sample(sample: Path) -> None:
    files = open_workspace(sample).files
    file = load_units(files, "gba-2019")
    assert file.source is not None
    before = (files.read(file.source.path) or b"").decode().splitlines()
    for place, unit in [*enumerate(file.units)][::11]:
        changed = succeed(unit, Contact(name="示例甲"), date(2021, 1, 1))
        units = (*file.units[:place], changed, *file.units[place + 1 :])
        after = written_units(files, replace(file, units=units)).decode().splitlines()
        diff = [line for line in unified_diff(before, after, n=0, lineterm="") if line[0] in "+-"]
        ended = ["+    to: 2020-12-31"] if unit.contacts else ["+  contacts:"]
        new = ["+  - name: 示例甲", "+    from: 2021-01-01"]
        assert diff[2:] == [*ended, *new]


def test_a_layout_that_would_lose_comments_is_not_touched(workspace: Path) -> None:
    path = put(workspace, "# 头\n{units: [{id: a, name: 甲局}]}  # 尾\n")
    files, before = open_workspace(workspace).files, path.read_bytes()
    file = load_units(files, VOLUME)
    changed = type(file)(units=(*file.units, Unit(id="b", name="乙局")), source=file.source)
    with pytest.raises(EditorialError, match="会丢掉注释"):
        written_units(files, changed)
    assert path.read_bytes() == before
