"""`status` and `log`: the shape scripts rely on, and the table people read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editorial.cli.table import cut, table, width

Editorial = Callable[..., Any]
Git = Callable[..., str]
AXIS = {"id", "label", "done", "total"}
NODE = {
    "id",
    "title",
    "kind",
    "supply",
    "editing",
    "correspondence",
    "production",
    "editor",
    "units",
    "due",
    "overdue",
    "chars",
}


def data(said: Any) -> Any:
    assert said.code == 0, said.err
    return json.loads(said.out)


def test_the_volume_holds_chapters_and_those_hold_sections(editorial: Editorial) -> None:
    whole = data(editorial("status", "--json"))
    assert NODE | {"volume", "today", "chapters"} <= set(whole)
    assert (whole["volume"], whole["id"], whole["kind"]) == ("xiao-2019", "xiao-2019", "volume")
    assert [chapter["id"] for chapter in whole["chapters"]] == ["01-keji", "02-jichu"]
    assert [section["id"] for section in whole["chapters"][1]["sections"]] == [
        "02-jichu/01-gaikuang",
        "02-jichu/02-jichang",
    ]


def test_every_node_has_its_state_on_each_axis(editorial: Editorial) -> None:
    chapter = data(editorial("status", "--json"))["chapters"][0]
    (section, *_) = chapter["sections"]
    assert set(section) == NODE
    assert set(chapter) == NODE | {"sections"}
    assert set(section["correspondence"]) == {"letters", "opinions"}
    for axis in (section["supply"], section["editing"], section["production"]):
        assert set(axis) == AXIS
    assert section["editing"] == {"id": "drafting", "label": "撰稿", "done": 0, "total": 1}
    assert (section["due"], section["units"]) == ("2019-12-20", ["sz-kcj"])


def test_the_json_of_the_sample_is_of_the_same_shape(editorial: Editorial, sample: Path) -> None:
    whole = data(editorial("status", "--json", folder=sample))
    assert len(whole["chapters"]) == 12
    assert all(set(s) == NODE for chapter in whole["chapters"] for s in chapter["sections"])


def test_results_go_to_stdout_and_the_rest_to_stderr(editorial: Editorial, workspace: Path) -> None:
    path = workspace / "volumes/xiao-2019/chapters/02-jichu/02-jichang.md"
    path.write_text("改", encoding="utf-8")
    said = editorial("draft", "机场", "--format", "docx")
    assert said.out.startswith("第1稿，")
    assert "有改动未留存" in said.err
    assert "有改动未留存" not in said.out


def test_the_table_begins_with_the_sum_of_it(editorial: Editorial) -> None:
    lines = editorial("status").out.splitlines()
    assert lines[0].startswith("小年鉴2019：供稿 2/3，编审 0/5，")
    assert [line.split()[0] for line in lines[2:]] == ["编号", "--------", "01-keji", "02-jichu"]


def test_the_other_volumes_are_named_on_stderr(editorial: Editorial, workspace: Path) -> None:
    (workspace / "volumes/zai-2020").mkdir()
    (workspace / "volumes/zai-2020/volume.yaml").write_text("title: 又一部\n", encoding="utf-8")
    said = editorial("status")
    assert (said.code, "zai-2020" in said.err, "zai-2020" in said.out) == (0, True, False)


def test_one_chapter_or_section_can_be_asked_for(editorial: Editorial) -> None:
    assert "02-jichu/02-jichang" in editorial("status", "02-jichu").out
    assert "01-keji" not in editorial("status", "基础设施").out


def test_the_state_at_a_commit_or_day_can_be_asked_for(editorial: Editorial, git: Git) -> None:
    before = git("rev-parse", "--short", "HEAD")
    assert editorial("move", "机场", "--to", "初审").code == 0

    def stage(*args: str) -> str:
        whole = data(editorial("status", "--json", *args))
        return str(whole["chapters"][1]["sections"][1]["editing"]["label"])

    assert [stage(), stage("--at", before)] == ["初审", "编辑加工"]
    assert stage("--at", "2999-01-01") == "初审"


@pytest.mark.parametrize("position", ["before", "after"])
def test_common_options_stand_before_or_after_the_command(
    workspace: Path, position: str, tmp_path: Path
) -> None:
    options = ["-C", str(workspace), "--volume", "xiao-2019", "--json"]
    words = [*options, "status"] if position == "before" else ["status", *options]
    call = [sys.executable, "-m", "editorial", *words]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, check=True)
    assert json.loads(done.stdout)["volume"] == "xiao-2019"


def test_a_workspace_is_found_from_any_folder_in_it(workspace: Path) -> None:
    folder = workspace / "volumes/xiao-2019/chapters/01-keji"
    call = [sys.executable, "-m", "editorial", "status", "--json"]
    done = subprocess.run(call, cwd=folder, capture_output=True, check=True)
    assert json.loads(done.stdout)["id"] == "xiao-2019"


def test_the_log_tells_commit_time_person_and_act(editorial: Editorial, git: Git) -> None:
    editorial("--as", "林清", "move", "机场", "--to", "初审")
    (newest, oldest) = data(editorial("log", "机场", "--json"))
    assert (newest["by"], newest["act"], newest["subject"]) == (
        "linqing",
        "move",
        "推进：机场至初审",
    )
    assert newest["commit"] == git("rev-parse", "HEAD")
    assert oldest["act"] == ""
    assert len(data(editorial("log", "-n", "1", "--json"))) == 1


def test_columns_line_up_although_chinese_is_wide() -> None:
    lines = table(("编号", "标题"), [("a", "甲"), ("甲乙", "b")])
    assert lines == ["编号  标题", "----  ----", "a     甲", "甲乙  b"]


@pytest.mark.parametrize(
    ("text", "columns", "shown"), [("甲乙丙", 6, "甲乙丙"), ("甲乙丙", 5, "甲.."), ("abc", 2, "..")]
)
def test_a_long_cell_is_cut_with_a_mark(text: str, columns: int, shown: str) -> None:
    assert cut(text, columns) == shown
    assert width(shown) <= columns
