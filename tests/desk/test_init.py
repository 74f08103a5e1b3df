"""新建: a whole workspace with its first commit, or no trace."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from editorial.desk.init import init
from editorial.desk.office import open_desk
from editorial.desk.verify import verify
from editorial.errors import EditorialError


def git(root: Path, *args: str) -> str:
    done = subprocess.run(
        ["git", *args], cwd=root, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.strip()


def small(folder: Path) -> Path:
    return init(folder, chars=1000)[0]


@pytest.mark.parametrize("made", ["new", "empty", "deep/in/new"])
def test_a_workspace_is_made_with_one_commit(tmp_path: Path, made: str) -> None:
    (tmp_path / "empty").mkdir()
    root, commit = init(tmp_path / made, chars=1000, seed=3)
    assert git(root, "rev-list", "HEAD") == commit
    assert git(root, "log", "-1", "--format=%an %s") == "测试 新建工作区：生成1000字（种子3）"
    assert git(root, "status", "--porcelain") == ""
    assert verify(open_desk(root)).problems == ()


def test_what_the_system_leaves_lying_about_is_ignored(tmp_path: Path) -> None:
    root = small(tmp_path / "a")
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~$稿.docx", ".~lock.稿.docx#"):
        (root / "volumes" / name).touch()
    assert git(root, "status", "--porcelain") == ""


def test_both_samples_may_be_taken(tmp_path: Path) -> None:
    root, _ = init(tmp_path / "a", samples=("gba-2019", "guangzhou-bangfu"))
    assert open_desk(root).others == ("guangzhou-bangfu",)
    assert verify(open_desk(root, volume="guangzhou-bangfu")).problems == ()


def test_a_workspace_is_made_even_when_git_knows_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    root = small(tmp_path / "a")
    assert git(root, "log", "-1", "--format=%an") == "editorial"


def test_nothing_is_left_out_by_the_users_own_ignore_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, ignore = tmp_path / "config", tmp_path / "ignore"
    config.write_text(f"[core]\n\texcludesFile = {ignore}\n", encoding="utf-8")
    ignore.write_text("*.png\ndrafts/\n*.md\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    root = small(tmp_path / "a")
    assert "styles/drafts/review.yaml" in git(root, "ls-files").splitlines()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("full", "已存在且不是空目录"),
        ("file", "已存在且不是空目录"),
        ("file/under", "写不进去"),
        ("a:b", "不能用作名称"),
        ("a\x07b", "不能用作名称"),
        ("年" * 90, "不能用作名称"),
        (".hidden", "不能用作名称"),
        (f"{'a' * 300}/b", "文件名太长"),
    ],
)
def test_a_folder_that_does_not_do_is_refused_and_untouched(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("我的", encoding="utf-8")
    (tmp_path / "file").write_text("我的", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(EditorialError, match=words):
        small(tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_inside_another_repository_becomes_one_of_its_own(workspace: Path) -> None:
    root = small(workspace / "styles/inner")
    assert open_desk(root).root == root
    assert git(root, "rev-parse", "--show-toplevel") == str(root)
    assert git(workspace, "status", "--porcelain") == "?? styles/inner/"


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"samples": ("没有",)}, "没有样例“没有”"),
        ({"samples": ("../x",)}, "没有样例"),
        ({"chars": 999}, "超出范围"),
        ({"chars": -1}, "超出范围"),
        ({"chars": 20_000_001}, "超出范围"),
    ],
)
def test_what_cannot_be_made_leaves_no_folder(
    tmp_path: Path, what: dict[str, Any], words: str
) -> None:
    with pytest.raises(EditorialError, match=words):
        init(tmp_path / "a", **what)
    assert not (tmp_path / "a").exists()


def test_a_hook_from_a_template_that_refuses_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = tmp_path / "template/hooks/pre-commit"
    hook.parent.mkdir(parents=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(tmp_path / "template"))
    with pytest.raises(EditorialError):
        small(tmp_path / "a")
    assert not (tmp_path / "a").exists()
