"""The last commit, read from a file where git keeps it in one, asked of git elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from editorial.errors import EditorialError
from editorial.store.git import head, refuse_busy

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


def test_a_damaged_head_is_left_to_git(workspace: Path) -> None:
    (workspace / ".git/HEAD").write_text("refs/heads/main\n", encoding="utf-8")
    assert head(workspace) == ""
