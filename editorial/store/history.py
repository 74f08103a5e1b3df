"""What git remembers: past acts, and the files they changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath

from editorial.errors import no_entry
from editorial.store import git
from editorial.store.files import blob_id, is_stray
from editorial.store.workspace import Workspace
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One commit; `act`, `undoes`, `redoes` (an undo) and `tag`, the git tag made with it, come
    from its trailers."""

    commit: str
    at: datetime
    by: str
    mail: str
    subject: str
    act: str
    undoes: str
    note: str = ""
    tag: str = ""
    redoes: str = ""


# NUL stands in no commit message, so that none can break the fields apart.
_FIELDS = ("%H", "%aI", "%an", "%ae", "%s", "%(trailers:only,unfold)", "%b")
_LOG = ("log", "-z", "--encoding=UTF-8", "--no-show-signature", f"--format={'%x00'.join(_FIELDS)}")


def past(workspace: Workspace, paths: tuple[str, ...] = (), limit: int = 100) -> tuple[Past, ...]:
    """Commits touching `paths`, newest first."""
    if not git.head(workspace.root):
        return ()
    return _read(git.run(workspace.root, *_LOG, f"--max-count={limit}", "--", *paths))


def past_since(workspace: Workspace, commit: str, paths: tuple[str, ...]) -> tuple[Past, ...]:
    """Commits touching `paths` that are not in `commit`, newest first."""
    return _read(git.run(workspace.root, *_LOG, f"{commit}..HEAD", "--", *paths))


def _read(out: bytes) -> tuple[Past, ...]:
    parts = out.decode("utf-8", "replace").split("\0")
    count = len(_FIELDS)
    return tuple(_past(*parts[at : at + count]) for at in range(0, len(parts) - count + 1, count))


def _past(commit: str, at: str, by: str, mail: str, subject: str, trailers: str, body: str) -> Past:
    known = dict(line.split(": ", 1) for line in trailers.splitlines() if ": " in line)
    return Past(
        commit=commit,
        at=datetime.fromisoformat(at),
        by=known.get("Editorial-By", by),
        mail=mail,
        subject=subject,
        act=known.get("Editorial-Act", ""),
        undoes=known.get("Editorial-Undoes", ""),
        note=body.split("Editorial-Act: ")[0].strip() if "Editorial-Act" in known else "",
        tag=known.get("Editorial-Tag", ""),
        redoes=known.get("Editorial-Redoes", ""),
    )


def changed_paths(workspace: Workspace, commit: str) -> tuple[str, ...]:
    out = git.run(workspace.root, "diff-tree", "--no-commit-id", "--name-only", "-r", "-z", commit)
    return tuple(path for path in out.decode("utf-8", "surrogateescape").split("\0") if path)


def content(workspace: Workspace, commit: str, path: str) -> bytes | None:
    """Bytes of `path` as a checkout of `commit` has them, None when it is not there."""
    if git.ask(workspace.root, "cat-file", "-e", f"{commit}:{path}") is None:
        return None
    return git.run(workspace.root, "cat-file", "--filters", f"{commit}:{path}")


def last_change(workspace: Workspace, paths: tuple[str, ...]) -> str:
    """The last commit that touched `paths` (git pathspecs), "" when none did."""
    return git.ask(workspace.root, "rev-list", "-1", "HEAD", "--", *paths) or ""


def first_commit(workspace: Workspace) -> str:
    """The hash all copies of a workspace share, "" before there is a commit. Where histories
    were joined, that of the oldest."""
    roots = git.ask(workspace.root, "rev-list", "--max-parents=0", "HEAD") or ""
    return roots.split()[-1] if roots else ""


def uncommitted(workspace: Workspace, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Files under `paths` whose contents are not in HEAD, new ones included, but for what the
    system left there."""
    out = git.run(
        workspace.root, "status", "--porcelain", "-z", "--no-renames", "-uall", "--", *paths
    )
    entries = (each for each in out.decode("utf-8", "surrogateescape").split("\0") if each)
    return tuple(each[3:] for each in entries if not (each[:2] == "??" and is_stray(each[3:])))


def changes_digest(workspace: Workspace, paths: Sequence[str]) -> str:
    """SHA-256 of the contents of `paths` as they lie on disk: with the commit they are not in it
    names a text. "" for no paths, and where one is a repository of its own."""
    if not paths or any(path.endswith("/") for path in paths):
        return ""
    told = sha256()
    for path in sorted(paths):
        data = workspace.files.read(path)
        line = f"{path}\0{'' if data is None else blob_id(data)}\0"
        told.update(line.encode("utf-8", "surrogateescape"))
    return told.hexdigest()


def missing(workspace: Workspace, paths: tuple[str, ...]) -> tuple[str, ...]:
    """What HEAD has under `paths` and the disk has not; a folder that is gone as one.
    EditorialError when a folder may not be looked into."""
    if not git.head(workspace.root):
        return ()
    asked = ("diff", "--name-only", "--diff-filter=D", "--no-renames", "-z", "HEAD", "--", *paths)
    out = git.run(workspace.root, *asked).decode("utf-8", "surrogateescape")
    gone = (path for path in out.split("\0") if path and not _there(workspace.root / path))
    return tuple(dict.fromkeys(_outermost(workspace.root, path) for path in gone))


def _outermost(root: Path, path: str) -> str:
    """The outermost folder around a missing file that is missing too, else the file."""
    around = (each for each in PurePosixPath(path).parents if not _there(root / each))
    return str(max(around, key=lambda each: -len(each.parts), default=path))


def _there(path: Path) -> bool:
    """Of what one may not look at, nobody can say that it is gone."""
    try:
        return path.exists()
    except PermissionError as error:
        if shut := no_entry(path):
            raise shut from error
        raise
