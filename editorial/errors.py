"""Everything that can go wrong, in words an editor can act on.

Exceptions mean "I cannot go on". A fault in somebody's data is a `Problem`
value, collected with its neighbours and raised together as `BadData`.

    EditorialError          exit 2, one sentence and a remedy
    ├── BadData             problems: every fault found, with file, line and key
    ├── Refused             blockers: every thing that stands in the way
    ├── Conflict            a file changed under our hands; nothing was written
    └── Nameless            git does not know who is acting
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault in one file. `line` counts from 1; 0 means the whole file."""

    file: str
    line: int = 0
    key: str = ""
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        key = f" [{self.key}]" if self.key else ""
        return f"{place}{key} {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """One thing in the way of an act. `node` addresses it; `guard` names the rule."""

    node: str
    guard: str
    message: str

    def __str__(self) -> str:
        return f"{self.node}　{self.message}"


class EditorialError(Exception):
    """A refusal in Chinese: what happened, where, and what to do about it."""

    exit_code = 2

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where


class BadData(EditorialError):
    """Files that cannot be read as what they should be."""

    def __init__(self, problems: tuple[Problem, ...], *, hint: str = "") -> None:
        super().__init__(f"有{len(problems)}处数据不合要求，未作任何改动", hint=hint)
        self.problems = problems


class Refused(EditorialError):
    """An act that its guards do not allow."""

    def __init__(self, message: str, blockers: tuple[Blocker, ...], *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.blockers = blockers


class Conflict(EditorialError):
    """The file on disk is no longer the one that was read."""


class Nameless(EditorialError):
    """Git knows no name, or no mail, to put under what is done."""


def unreadable(error: OSError, path: object) -> EditorialError:
    """A file that cannot be read, and why. To Windows a folder is a file nobody may read."""
    if isinstance(error, PermissionError):
        if shut := no_entry(Path(str(path))):
            return shut
        error = IsADirectoryError() if is_folder(path) else error
    told = (
        (FileNotFoundError, "没有这个文件"),
        (IsADirectoryError, "这是目录，不是文件"),
        (NotADirectoryError, "没有这个文件"),
        (PermissionError, "没有读这个文件的权限，或它正被别的程序占用"),
    )
    words = next((words for kind, words in told if isinstance(error, kind)), "读不了这个文件")
    return EditorialError(words, where=str(path), hint="请核对文件名和所在的目录")


def no_entry(path: Path) -> EditorialError | None:
    """The refusal for what lies in a folder one may not enter, None when one may enter all of
    them: nobody can say what is in there."""
    around = reversed(path.absolute().parents)
    shut = next((each for each in around if not os.access(each, os.X_OK)), None)
    if shut is None or not is_folder(shut):
        return None
    hint = "请目录的主人或管理员放开这个目录的读取和进入权限（如 chmod u+rwx 目录），再试"
    return EditorialError("没有进入这个目录的权限，里面的文件读不了", where=str(shut), hint=hint)


def is_folder(path: object) -> bool:
    """Whether one can see that it is; where one may not look, it is not."""
    with suppress(OSError):
        return Path(str(path)).is_dir()
    return False
