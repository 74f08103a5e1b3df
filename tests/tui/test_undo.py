"""撤销 and 重做 by their keys: what is shown before, what lies on disk and in git after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from editorial.desk.draft import make_draft
from editorial.desk.office import Desk
from tests.tui.seen import Play

Git = Callable[..., str]
AIRPORT = ("down", "enter", "down")
MOVED = (*AIRPORT, "f2", "enter")


def test_the_preview_names_the_fields(play: Play) -> None:
    assert "基础设施 / 机场　阶段：初审 → 编辑加工" in play(*MOVED, "f8").text


def test_ctrl_z_undoes_too(play: Play, git: Git) -> None:
    play(*MOVED, "ctrl+z", "enter")
    assert git("log", "-1", "--format=%s") == "撤销：推进：机场至初审"


def test_ctrl_y_does_it_again(play: Play, git: Git) -> None:
    seen = play(*MOVED, "f8", "enter", "ctrl+y")
    assert "基础设施 / 机场　阶段：编辑加工 → 初审" in seen.text
    play("ctrl+y", "enter")
    assert git("log", "-1", "--format=%s") == "重做：推进：机场至初审"


def test_nothing_to_do_again_is_said(play: Play) -> None:
    assert "没有可重做的操作" in play("ctrl+y").news[0]


def test_several_acts_go_back_at_once(play: Play, git: Git) -> None:
    play(*MOVED, "f3", "=fm", "enter", "f10", "f8", "down", "f9")
    subjects = git("log", "--format=%s").split("\n")[:2]
    assert subjects == ["撤销：推进：机场至初审", "撤销：分工：机场，责任编辑方敏"]


def test_one_act_alone_goes_back(play: Play, workspace: Path, git: Git) -> None:
    play(*MOVED, "f3", "=fm", "enter", "f10", "f8", "down", "enter")
    assert git("log", "-1", "--format=%s") == "撤销：推进：机场至初审"
    record = workspace / "volumes/xiao-2019/chapters/02-jichu/02-jichang.yaml"
    assert "editor: fangmin" in record.read_text("utf-8")


def test_what_cannot_be_taken_back_says_why(play: Play, workspace: Path, git: Git) -> None:
    text = workspace / "volumes/xiao-2019/chapters/02-jichu/02-jichang.md"
    text.write_text("【机场】　手写。\n", encoding="utf-8")
    git("commit", "-qam", "补写\n\nEditorial-Act: keep\nEditorial-By: 测试")
    seen = play("f8", "enter")
    assert ("× " in seen.text, "不能撤销：留存的是手工写的内容" in seen.text) == (True, True)
    assert git("log", "-1", "--format=%s") == "补写"


def test_what_was_done_is_listed_by_names(play: Play, desk: Desk) -> None:
    """Not by the ids that are kept of it."""
    make_draft(desk, ("02-jichu",), at=datetime.now().astimezone(), formats=("docx",))
    for keys in (("f8",), ("f9", "f9")):
        text = play(*keys).text
        assert ("稿（基础设施）" in text, "02-jichu" in text) == (True, False), text
