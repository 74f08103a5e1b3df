"""The last commit, read from a file where git keeps it in one, asked of git elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from editorial.errors import EditorialError
from editorial.store.git import head, refuse_busy, refuse_damaged
from tests.conftest import Said

Git = Callable[..., str]


def test_the_last_commit_is_the_one_git_tells(workspace: Path, git: Git) -> None:
    first = git("rev-parse", "HEAD").strip()
    assert head(workspace) == first
    git("commit", "-q", "--allow-empty", "-m", "又一次")
    assert head(workspace) == git("rev-parse", "HEAD").strip() != first


def test_a_branch_packed_away_is_found(workspace: Path, git: Git) -> None:
    git("pack-refs", "--all")
    assert not (workspace / ".git/refs/heads/main").exists()
    assert head(workspace) == git("rev-parse", "HEAD").strip() != ""


def test_a_branch_that_names_another_is_followed(workspace: Path, git: Git) -> None:
    git("symbolic-ref", "refs/heads/ling", "refs/heads/main")
    git("symbolic-ref", "HEAD", "refs/heads/ling")
    assert head(workspace) == git("rev-parse", "HEAD").strip() != ""


def test_a_second_work_tree_has_a_head_of_its_own(
    workspace: Path, git: Git, tmp_path: Path
) -> None:
    git("worktree", "add", "-q", "-b", "ling", str(tmp_path / "ling"))
    git("commit", "-q", "--allow-empty", "-m", "只在主干")
    assert head(tmp_path / "ling") == git("rev-parse", "ling").strip() != head(workspace)


def test_before_the_first_commit_there_is_none(workspace: Path, git: Git) -> None:
    git("symbolic-ref", "HEAD", "refs/heads/kong")
    assert head(workspace) == ""


def test_off_every_branch_the_commit_is_known_and_nothing_is_done(
    workspace: Path, git: Git
) -> None:
    git("checkout", "-q", "--detach")
    assert head(workspace) == git("rev-parse", "main").strip()
    with pytest.raises(EditorialError, match="不在任何分支"):
        refuse_busy(workspace, workspace / ".git")


DAMAGED = {"empty": b"", "garbage": b"\xff\x00\x9a", "half": b"refs/heads/main\n", "gone": None}


def damage(workspace: Path, data: bytes | None) -> None:
    head_file = workspace / ".git/HEAD"
    head_file.unlink() if data is None else head_file.write_bytes(data)


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("words", ["log", "verify", "volumes", "undo", "status", "keep -m 改"])
def test_a_damaged_head_is_named_with_its_remedy(
    workspace: Path, editorial: Callable[..., Said], words: str, data: bytes | None
) -> None:
    damage(workspace, data)
    said = editorial(*words.split())
    told = ("HEAD 文件" in said.err, "备份" in said.err, "ref: refs/heads/main" in said.err)
    assert (said.code, *told) == (2, True, True, True)


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_no_act_begins_upon_a_damaged_head(workspace: Path, data: bytes | None) -> None:
    damage(workspace, data)
    with pytest.raises(EditorialError, match="HEAD 文件"):
        refuse_busy(workspace, workspace / ".git")


def test_the_remedy_names_a_branch_packed_away(workspace: Path, git: Git) -> None:
    git("branch", "-m", "zhu")
    git("pack-refs", "--all")
    damage(workspace, b"")
    with pytest.raises(EditorialError) as refused:
        refuse_damaged(workspace)
    assert "ref: refs/heads/zhu" in refused.value.hint


def test_a_branch_not_yet_born_is_no_damage(workspace: Path, git: Git) -> None:
    git("symbolic-ref", "HEAD", "refs/heads/kong")
    refuse_damaged(workspace)
    git("checkout", "-q", "--detach", "main")
    refuse_damaged(workspace)
