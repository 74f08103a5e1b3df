"""The workspace: a git repository with volumes/ and styles/ at its root."""

from __future__ import annotations

import os
from dataclasses import field
from datetime import datetime, timedelta
from pathlib import Path

from editorial.errors import EditorialError, is_folder, no_entry
from editorial.model.names import safe_name
from editorial.store import git
from editorial.store.files import CommitFiles, DiskFiles, Files
from editorial.store.parsed import Parsed
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """`git_dir` holds our lock, journal and caches; none of them is needed to read.

    `read_only` is for who may look and do nothing: every door to a write asks it.
    """

    root: Path
    git_dir: Path
    parsed: Parsed = field(compare=False, repr=False)
    read_only: bool = False

    @property
    def files(self) -> DiskFiles:
        return DiskFiles(self.root, self.parsed)


def refuse_read_only(workspace: Workspace) -> None:
    """EditorialError when the workspace was opened only to be looked at."""
    if workspace.read_only:
        raise EditorialError(
            "现在是只看，不能办事，没有写入任何内容",
            hint="要办事，退出以后照常打开（不写 --read-only）；在浏览器里，用办事的地址",
        )


def open_workspace(folder: Path, *, read_only: bool = False) -> Workspace:
    """The workspace at `folder` or above it. EditorialError when there is none."""
    start = folder.resolve()
    if shut := no_entry(start / "volumes"):
        raise shut
    if not start.is_dir():
        raise EditorialError(f"没有这个目录：{folder}", hint="请检查 -C 后面的路径")
    for place in (start, *start.parents):
        if (place / "volumes").is_dir() and (place / "styles").is_dir():
            git_dir = _git_dir(place)
            parsed = Parsed(git_dir / "editorial" / "parsed")
            return Workspace(root=place, git_dir=git_dir, parsed=parsed, read_only=read_only)
    raise EditorialError(
        f"这里不是工作区（{folder} 及其上级都没有 volumes/ 和 styles/）",
        hint="用 editorial init 目录 新建一个，或用 -C 指明工作区所在目录",
    )


def _git_dir(root: Path) -> Path:
    plain = root / ".git"
    if is_folder(plain):
        for each in ("objects", "refs"):
            if shut := no_entry(plain / each / "HEAD"):  # git would call it no repository
                raise shut
        git.refuse_damaged(root)
        return plain
    answer = git.ask(root, "rev-parse", "--show-toplevel", "--absolute-git-dir")
    if answer is None:
        raise EditorialError(
            f"{root} 有 volumes/ 和 styles/，但不是 git 仓库",
            hint="在该目录执行 git init，再执行 git add . 和 git commit；或用 editorial init 新建",
        )
    top, git_dir = answer.splitlines()
    if Path(top).resolve() != root:
        raise EditorialError(
            f"{root} 只是 git 仓库 {top} 里的一个子目录，不能作工作区",
            hint="工作区须自成一个仓库；用 editorial init 目录 新建一个",
        )
    return Path(git_dir)


_FIRST = 100_000_000  # earlier seconds git takes for something else; there was no git then


def files_at(workspace: Workspace, when: str) -> CommitFiles:
    """Files as of a commit, a tag, or a day (the last commit up to its end)."""
    import git as gitpython

    tree = gitpython.Repo(workspace.root).commit(commit_at(workspace, when)).tree
    return CommitFiles(tree, workspace.parsed)


def commit_at(workspace: Workspace, when: str) -> str:
    """The hash of a commit, of a tag, or of the last commit up to the end of a day."""
    name = _commit_name(workspace, when)
    commit = git.ask(
        workspace.root, "rev-parse", "--verify", "-q", "--end-of-options", f"{name}^{{commit}}"
    )
    if commit is None:
        raise EditorialError(
            f"没有找到“{when}”这个时点", hint="请写日期（2020-03-05）、提交号或标签"
        )
    return commit


def _commit_name(workspace: Workspace, when: str) -> str:
    try:
        day = datetime.fromisoformat(when)
    except ValueError:
        return when
    try:
        until = day + timedelta(days=1, seconds=-1) if len(when) <= 10 else day
        stamp = int(until.timestamp())
    except (OverflowError, ValueError, OSError):  # Windows has no time before 1970
        raise EditorialError(f"没有 {when} 那时的进度", hint="请写近年的日期") from None
    found = git.ask(workspace.root, "rev-list", "-1", f"--before=@{max(stamp, _FIRST)}", "HEAD")
    if not found:
        raise EditorialError(f"{when} 之前还没有任何提交", hint="请换一个较晚的日期")
    return found


def identity(workspace: Workspace) -> tuple[str, str]:
    """Name and mail under which git would commit; EditorialError when it has none."""
    answer = git.ask(workspace.root, "config", "--get-regexp", r"^user\.(name|email)$") or ""
    known = dict(line.split(" ", 1) for line in answer.splitlines() if " " in line)
    name = os.environ.get("GIT_AUTHOR_NAME") or known.get("user.name", "")
    mail = os.environ.get("GIT_AUTHOR_EMAIL") or known.get("user.email", "")
    mail = mail or os.environ.get("EMAIL", "")
    if not name.strip():
        raise git._refusal("config", "empty ident name")
    if not mail.strip():
        raise git._refusal("config", "no email was given")
    return name.strip(), mail.strip()


def keep_identity(workspace: Workspace, name: str, mail: str) -> None:
    """From now on git commits under them in this workspace."""
    git.run(workspace.root, "config", "user.name", name)
    git.run(workspace.root, "config", "user.email", mail)


def volume_ids(files: Files) -> tuple[str, ...]:
    """Folders under volumes/ that hold a volume.yaml."""
    return tuple(
        name
        for name in files.names("volumes")
        if safe_name(name) and files.read(f"volumes/{name}/volume.yaml") is not None
    )


def lost_volumes(files: Files) -> tuple[str, ...]:
    """Folders under volumes/ that hold the chapters of a book but no volume.yaml."""
    found = volume_ids(files)
    return tuple(
        name
        for name in files.names("volumes")
        if name not in found and files.names(f"volumes/{name}/chapters")
    )


def refuse_lost(workspace: Workspace) -> None:
    """EditorialError when a book that was kept lies there and nobody would see it; one that is
    being begun may still lack its volume.yaml."""
    paths = tuple(f"volumes/{name}/volume.yaml" for name in lost_volumes(workspace.files))
    if not paths or not git.head(workspace.root):
        return
    kept = git.run(workspace.root, "ls-tree", "-z", "--name-only", "HEAD", "--", *paths).decode()
    if path := kept.partition("\0")[0]:
        raise EditorialError(
            "书的 volume.yaml 不见了，没有它就认不出这部书",
            where=path,
            hint=f"误删的，用 git checkout HEAD -- {path} 恢复",
        )
