"""Git as the acts need it: short calls of the program itself, errors turned into words.

A commit runs apart, so that a Ctrl-C in our terminal cannot kill git between its lock and
its commit. Hooks and signing work as the user set them up.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from editorial.apart import apart
from editorial.errors import EditorialError, Nameless
from editorial.store.waiting import until

_COMMIT = (
    "--literal-pathspecs",
    "-c",
    "core.fsync=committed,index",
    "-c",
    "user.useConfigOnly=true",
    "-c",
    "i18n.commitEncoding=UTF-8",
    "commit",
    "--only",
    "--allow-empty",  # the act puts back what a hand had changed: still done, by whom and when
    "--cleanup=verbatim",
    "-q",
    "-F",
    "-",
    "--",
)
# Set by a hook or an alias that calls us, they would lead git to another repository.
_ELSEWHERE = frozenset(
    {
        "GIT_DIR",
        "GIT_COMMON_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_NAMESPACE",
        "GIT_PREFIX",
    }
)
BUSY_SECONDS = 5.0
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_STANDS = re.compile(rf"(?:ref:\s*refs/\S+|(?i:{_HASH.pattern}))\s*")  # what HEAD may say


class DiedError(EditorialError):
    """Git was killed in the middle; only a repair can tell how far it came."""


def run(root: Path, *args: str, stdin: bytes | None = None) -> bytes:
    """Standard output of `git args` in `root`; EditorialError when git refuses."""
    done = _call(root, args, stdin)
    _raise_refused(_verb(args), done)
    return done.stdout


def _verb(args: Sequence[str]) -> str:
    """The git command, behind any options of git itself."""
    plain = [arg for arg in args if not arg.startswith("-") and "=" not in arg]
    return plain[0] if plain else "git"


def _raise_refused(verb: str, done: subprocess.CompletedProcess[bytes]) -> None:
    if died := _died(done.returncode):
        hint = "请执行 editorial verify --repair，再重试"
        raise DiedError(f"git 中途被终止（{died}）", hint=hint)
    if done.returncode:
        raise _refusal(verb, done.stderr.decode("utf-8", "replace"))


def _died(code: int) -> str:
    """What ended git in the middle, "" when it came to its own end; Windows says it in a code of
    its own, as high as no program gives one."""
    if code < 0:
        return f"信号{-code}"
    return f"代码{code:08X}" if code >= 0xC0000000 else ""


def ask(root: Path, *args: str) -> str | None:
    """The answer of git as text, or None when it has none."""
    done = _call(root, args, None)
    return None if done.returncode else done.stdout.decode("utf-8", "replace").strip()


def _call(
    root: Path, args: Sequence[str], stdin: bytes | None, inherit: tuple[int, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    kept = {key: value for key, value in os.environ.items() if key not in _ELSEWHERE}
    try:
        child = subprocess.Popen(
            ["git", *args],
            cwd=root,
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=inherit if os.name == "posix" else (),
            env=kept | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
            **apart(),
        )
    except (FileNotFoundError, NotADirectoryError):  # the latter is what Windows calls it
        if not root.is_dir():
            raise EditorialError("工作区不在了：目录被移走、改名或删除", where=str(root)) from None
        raise EditorialError("没有找到 git 程序", hint="请先安装 git，再重试") from None
    with child:
        try:
            out, err = child.communicate(stdin)
        except KeyboardInterrupt:
            child.communicate()  # git ends what it began; subprocess.run would kill it
            raise
    return subprocess.CompletedProcess(args, child.returncode, out, err)


def commit(
    root: Path,
    paths: Sequence[str],
    message: str,
    fresh: Sequence[str],
    inherit: tuple[int, ...] = (),
) -> str:
    """Commit exactly `paths`; `fresh` ones are new to git. Returns the commit id.

    What the user has staged elsewhere stays staged. Git holds the `inherit` handles open
    as long as it runs. When it refuses, the fresh ones stay known to git: see `unstage`.
    Without paths there is nothing to commit, and the last commit is given.
    """
    if not paths:
        return head(root)
    if fresh:
        run(root, "--literal-pathspecs", "add", "-f", "-N", "--", *fresh)
    done = _call(root, (*_COMMIT, *paths), message.encode("utf-8", "replace"), inherit)
    _raise_refused("commit", done)
    return head(root)


def tag_ref(name: str) -> str:
    return f"refs/tags/{name}"


def tagged(root: Path, name: str) -> str:
    """The commit a tag names, "" when there is no such tag."""
    return ask(root, "rev-parse", "--verify", "-q", f"{tag_ref(name)}^{{commit}}") or ""


def tag(root: Path, name: str, commit_id: str, message: str, inherit: tuple[int, ...] = ()) -> None:
    """An annotated tag on a commit."""
    named = ("-c", "user.useConfigOnly=true", "tag", "-a", "--cleanup=verbatim", "-F", "-")
    done = _call(root, (*named, name, commit_id), message.encode("utf-8", "replace"), inherit)
    _raise_refused("tag", done)


def untag(root: Path, names: Sequence[str]) -> None:
    """The tags are gone; one that was not there is no fault."""
    for name in names:
        if ask(root, "rev-parse", "--verify", "-q", tag_ref(name)) is not None:
            run(root, "tag", "-d", name)


def unstage(root: Path, fresh: Sequence[str]) -> None:
    """Git forgets what it was told of files it had not known."""
    if fresh:
        forget = ("rm", "-q", "--cached", "--ignore-unmatch", "--", *fresh)
        ask(root, "--literal-pathspecs", *forget)


def refuse_busy(root: Path, git_dir: Path) -> None:
    """EditorialError while the repository is not whole, on a branch, at peace and free."""
    refuse_damaged(root)
    for sign, (what, remedy) in _UNDER_WAY.items():
        if (git_dir / sign).exists():
            hint = f"请先{_unmerged(root)}{remedy}，再重试"
            raise EditorialError(f"仓库里有一次{what}还没有完成", hint=hint)
    if not _branch(root) and ask(root, "symbolic-ref", "-q", "HEAD") is None:
        raise EditorialError(
            "仓库现在停在过去的一个提交上，不在任何分支，操作会丢失",
            hint="请先回到分支上（如 git switch main），再重试",
        )
    taken = git_dir / "index.lock"
    if not until(lambda: not taken.exists(), BUSY_SECONDS, lambda: _USED):
        raise _refusal("commit", "index.lock': File exists")


_REBASE = (
    "变基",
    "完成（git -c core.editor=true rebase --continue）或放弃变基（git rebase --abort）",
)
_UNDER_WAY = {
    "MERGE_HEAD": ("合并", "完成合并（git commit --no-edit）或放弃合并（git merge --abort）"),
    "rebase-merge": _REBASE,
    "rebase-apply": _REBASE,
    "CHERRY_PICK_HEAD": (
        "拣选",
        "完成拣选（git commit --no-edit）或放弃拣选（git cherry-pick --abort）",
    ),
    "REVERT_HEAD": ("还原", "完成还原（git commit --no-edit）或放弃还原（git revert --abort）"),
}


def _unmerged(root: Path) -> str:
    """What to do first about files in which two versions did not go together."""
    told = ask(root, "diff", "--name-only", "--diff-filter=U", "-z") or ""
    files = [f"git add -- {shlex.quote(path)}" for path in told.split("\0") if path]
    mend = "用 editorial verify 看是哪几处，改好有冲突的文件，告诉 git 已改好"
    return f"{mend}（{'；'.join(files)}），然后" if files else ""


def head(root: Path) -> str:
    """The last commit, "" before there is one."""
    branch = _branch(root)
    try:
        told = (root / ".git" / branch).read_text("ascii").strip() if branch else ""
    except (OSError, ValueError):  # packed away, or no commit yet
        told = ""
    return told if _HASH.fullmatch(told) else ask(root, "rev-parse", "--verify", "-q", "HEAD") or ""


def refuse_damaged(root: Path) -> None:
    """EditorialError when HEAD does not say where the repository stands: git would answer as if
    nothing had ever been kept there."""
    file = root / ".git" / "HEAD"
    if not file.parent.is_dir() or file.is_symlink():  # a second work tree, an old repository
        return
    try:
        if _STANDS.fullmatch(file.read_text("utf-8")):
            return
        fault = "坏了"
    except FileNotFoundError:
        fault = "不见了"
    except ValueError:
        fault = "坏了"
    except OSError:  # git says why it cannot be read
        return
    line = f"ref: refs/heads/{_only_branch(file.parent)}"
    raise EditorialError(
        f"仓库的 HEAD 文件{fault}，git 认不出这个仓库",
        where=str(file),
        hint=f"用备份里的 .git/HEAD 换上；没有备份，在这个文件里只写一行 {line}",
    )


def _only_branch(folder: Path) -> str:
    """The name of the branch where there is but one."""
    with suppress(OSError, ValueError):
        packed = folder / "packed-refs"
        told = packed.read_text("utf-8") if packed.is_file() else ""
        heads = folder / "refs" / "heads"
        loose = {each.relative_to(heads).as_posix() for each in heads.rglob("*") if each.is_file()}
        names = loose | set(re.findall(r" refs/heads/(\S+)", told))
        return names.pop() if len(names) == 1 else "分支名"
    return "分支名"


def _branch(root: Path) -> str:
    """The branch as HEAD names it, "" where git itself has to be asked: reading a file takes a
    hundredth of the time."""
    try:
        told = (root / ".git" / "HEAD").read_text("utf-8").strip()
    except (OSError, ValueError):  # a second work tree has a file in the place of .git
        return ""
    reference, _, branch = told.partition("ref: ")
    plain = not reference and branch.startswith("refs/heads/") and ".." not in branch
    # Repositories that keep their branches in tables hold this name ready for older programs.
    return branch if plain and branch != "refs/heads/.invalid" else ""


def tracked(root: Path, paths: Sequence[str]) -> frozenset[str]:
    """Those of `paths` that git already knows, be it by its last commit alone."""
    last = ("--with-tree=HEAD",) if head(root) else ()
    out = run(root, "--literal-pathspecs", "ls-files", "-z", *last, "--", *paths)
    return frozenset(out.decode("utf-8", "surrogateescape").split("\0")) - {""}


def _refusal(verb: str, stderr: str) -> EditorialError:
    if allow := _ALLOW.search(stderr):
        hint = f"是自己的或单位共用的，请执行：{allow[0].strip()}"
        return EditorialError("git 认为这个目录属于别人，不肯使用", hint=hint)
    for sign, message, hint in _KNOWN:
        if sign in stderr:
            kind = Nameless if hint is _IDENTITY else EditorialError
            return kind(message, hint=hint)
    detail = stderr.strip().splitlines()
    return EditorialError(
        f"git 未能完成（{verb}）：{detail[-1] if detail else '没有说明原因'}",
        hint="没有写入任何内容。请按上面的原因处理后重试",
    )


# As git spells it: a folder shared by another computer is spelled in no way one would guess.
_ALLOW = re.compile(r"git config --global --add safe\.directory \S.*")
_IDENTITY = (
    'git 还不知道你是谁，请先执行：git config --global user.name "姓名"，'
    '再执行：git config --global user.email "邮箱"'
)
_NO_ROOM = ("git 写不进文件，没有写入任何内容", "请检查磁盘是否已满、目录有没有权限")
_USED = "另一个 git 正在使用这个仓库"
_KNOWN = (
    ("no email was given", "git 没有设置邮箱，不能记录是谁做的", _IDENTITY),
    ("no name was given", "git 没有设置姓名，不能记录是谁做的", _IDENTITY),
    ("empty ident name", "git 没有设置姓名，不能记录是谁做的", _IDENTITY),
    ("tell me who you are", "git 没有设置姓名，不能记录是谁做的", _IDENTITY),
    (
        "index.lock': File exists",
        _USED,
        "请稍候再试；若确实没有别的程序在用，删除 .git/index.lock",
    ),
    (
        "during a merge",
        "仓库里有一次合并还没有完成",
        "请先完成或放弃合并（git merge --abort），再重试",
    ),
    (
        "during a cherry-pick",
        "仓库里有一次拣选还没有完成",
        "请先执行 git cherry-pick --abort，再重试",
    ),
    ("not a git repository", "这里不是 git 仓库", "请用 editorial init 目录 新建工作区"),
    ("No space left", "磁盘已满，没有写入任何内容", "请腾出空间后重试"),
    ("Out of diskspace", "磁盘已满，没有写入任何内容", "请腾出空间后重试"),
    (
        "ilename too long",
        "路径太长，git 写不了，没有写入任何内容",
        "请把工作区移到浅一些的目录，如 D:\\nianjian，再试",
    ),
    ("couldn't write", *_NO_ROOM),
    ("unable to write", *_NO_ROOM),
    ("nable to create", *_NO_ROOM),
    ("Permission denied", "没有写入权限", "请检查目录的权限"),
    ("gpg failed", "提交需要签名，而签名没有成功", "请检查 gpg 设置，或关闭 commit.gpgsign"),
)
