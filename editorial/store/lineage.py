"""How files came to be what they are: every version since a commit, with whoever made it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from editorial.store import git
from editorial.store.workspace import Workspace
from editorial.values import dataclass

NO_BLOB = "0" * 40
_COMMIT = re.compile(r"\x01([0-9a-f]{40,64})\x00")
_FIELDS = "%x01%H%x00%aI%x00%an%x00%ae%x00%(trailers:key=Editorial-By,valueonly,separator=%x2C)"
# A merge tells each parent by itself, so that a version has all the versions it was made from.
_LOG = ("log", "-z", "--raw", "--no-abbrev", "--no-renames", "-m", "--topo-order", "--reverse")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """A commit made the blob `new` of the blob `old`; `NO_BLOB` where there was or is no file."""

    commit: str
    at: datetime
    by: str
    mail: str
    path: str
    old: str
    new: str


def changes_since(
    workspace: Workspace, commit: str, folder: str, until: str = "HEAD"
) -> tuple[FileChange, ...]:
    """Changes of files under `folder` in the commits after `commit` up to and with `until`,
    oldest first."""
    form = ("--encoding=UTF-8", "--no-show-signature", f"--format={_FIELDS}")
    out = git.run(workspace.root, *_LOG, *form, f"{commit}..{until}", "--", folder)
    parts = _COMMIT.split(out.decode("utf-8", "surrogateescape"))[1:]
    return tuple(
        change
        for name, told in zip(parts[::2], parts[1::2], strict=True)
        for change in _changes(name, told)
    )


def _changes(commit: str, told: str) -> Iterator[FileChange]:
    at, name, mail, trailer, *raw = told.split("\0")
    listed = [each.lstrip("\n") for each in raw if each.strip("\n")]
    for modes, path in zip(listed[::2], listed[1::2], strict=False):
        old, new = modes.split(" ")[2:4]
        yield FileChange(
            commit=commit,
            at=datetime.fromisoformat(at),
            by=trailer.strip() or name,
            mail=mail,
            path=path,
            old=old,
            new=new,
        )


def blobs(workspace: Workspace, ids: Iterable[str]) -> dict[str, bytes]:
    """The bytes of blobs by id, in one call of git; those it does not have are left out."""
    wanted = [each for each in dict.fromkeys(ids) if each != NO_BLOB]
    if not wanted:
        return {}
    asked = "".join(f"{each}\n" for each in wanted).encode()
    out = git.run(workspace.root, "cat-file", "--batch", stdin=asked)
    found: dict[str, bytes] = {}
    at = 0
    while at < len(out):
        stop = out.index(b"\n", at)
        words = out[at:stop].decode("ascii", "replace").split(" ")
        at = stop + 1
        if len(words) == 3:  # id, kind, size; "missing" has no contents after it
            found[words[0]] = out[at : at + int(words[2])]
            at += int(words[2]) + 1
    return found
