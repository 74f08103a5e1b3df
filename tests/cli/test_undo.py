"""undo, redo, move --free and --dry-run, edit: the same acts as on the board."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said

Editorial = Callable[..., Said]
Git = Callable[..., str]
JICHANG = "02-jichu/02-jichang"


def moved(editorial: Editorial) -> None:
    editorial("move", JICHANG, "--to", "初审")


def test_the_list_is_told(editorial: Editorial) -> None:
    moved(editorial)
    assert "推进：机场至初审" in editorial("undo", "--list").out


def test_a_dry_run_tells_and_writes_nothing(editorial: Editorial, git: Git) -> None:
    moved(editorial)
    said = editorial("undo", "--dry-run")
    assert "阶段：初审 → 编辑加工" in said.out
    assert git("log", "-1", "--format=%s") == "推进：机场至初审"


def test_several_steps_are_several_commits(editorial: Editorial, git: Git) -> None:
    moved(editorial)
    editorial("assign", JICHANG, "--editor", "方敏")
    editorial("undo", "--steps", "2")
    assert git("log", "--format=%s").count("撤销：") == 2


def test_steps_stop_where_nothing_is_left(editorial: Editorial) -> None:
    moved(editorial)
    said = editorial("undo", "--steps", "3")
    assert (said.code, "做了1步" in said.err) == (1, True)


def test_redo_does_it_again(editorial: Editorial, git: Git) -> None:
    moved(editorial)
    editorial("undo")
    assert "推进：机场至初审" in editorial("redo", "--list").out
    editorial("redo")
    assert git("log", "-1", "--format=%s") == "重做：推进：机场至初审"


def test_a_move_is_foreseen(editorial: Editorial) -> None:
    said = editorial("move", "01-keji", "--to", "收稿", "--dry-run", "--json")
    nodes = [(each["how"], len(each["blockers"])) for each in json.loads(said.out)["nodes"]]
    assert (said.code, nodes) == (1, [("on", 0), ("stays", 0), ("on", 1)])


def test_the_free_ones_are_moved_and_the_others_told(editorial: Editorial, git: Git) -> None:
    said = editorial("move", "01-keji", "--to", "收稿", "--free")
    assert "没有推进：01-keji/03-rencai　没有供稿单位" in said.err
    assert git("diff", "--name-only", "HEAD^").split("/")[-1] == "01-gaikuang.yaml"


def test_when_none_is_free_it_is_refused(editorial: Editorial) -> None:
    assert editorial("move", "人才", "--to", "收稿", "--free").code == 2


def test_a_text_is_taken_from_a_file(editorial: Editorial, tmp_path: Path, git: Git) -> None:
    file = tmp_path / "x.md"
    file.write_text("【机场】　改写。\n", encoding="utf-8")
    editorial("edit", "机场", "--text", str(file))
    assert git("log", "-1", "--format=%s") == "改正文：机场"


def test_a_text_is_edited_in_ones_own_editor(
    editorial: Editorial, tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "ed"
    script.write_text('#!/bin/sh\necho "新的一行。" >> "$1"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))
    editorial("edit", "机场")
    assert git("show", "HEAD:volumes/xiao-2019/chapters/02-jichu/02-jichang.md").endswith(
        "新的一行。"
    )


def test_an_editor_that_fails_writes_nothing(
    editorial: Editorial, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "false")
    assert (editorial("edit", "机场").code, git("log", "--format=%s")) == (2, "开始")
