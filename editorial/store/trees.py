"""What git knows of whole volumes: the hash of each folder, what is changed in it, and since
when. Three calls for a whole workspace, however many volumes it has."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from editorial.store import git
from editorial.store.workspace import Workspace
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """By volume the hash of its folder in the last commit; `styles` that of the styles;
    `changed` are the volumes whose work tree differs, `styles_changed` the same of the styles."""

    volumes: dict[str, str]
    styles: str
    changed: frozenset[str]
    styles_changed: bool


def trees_of(workspace: Workspace) -> Trees:
    """As of now. Without a commit every volume counts as changed."""
    listed = git.ask(workspace.root, "ls-tree", "-z", "HEAD", "styles", "volumes/") or ""
    told = [line.split("\t", 1) for line in listed.split("\0") if "\t" in line]
    hashes = {path: head.split(" ")[2] for head, path in told}
    paths = _dirty(workspace)
    return Trees(
        volumes={path.partition("/")[2]: tree for path, tree in hashes.items() if path != "styles"},
        styles=hashes.get("styles", ""),
        changed=frozenset(path.split("/")[1] for path in paths if path.startswith("volumes/")),
        styles_changed=any(path.startswith("styles/") for path in paths),
    )


def _dirty(workspace: Workspace) -> list[str]:
    status = ("status", "--porcelain", "-z", "--no-renames", "-uall", "--", "volumes", "styles")
    answer = git.run(workspace.root, *status).decode("utf-8", "surrogateescape")
    return [line[3:] for line in answer.split("\0") if line]


def last_changes(workspace: Workspace, wanted: Collection[str]) -> dict[str, datetime]:
    """When each of these volumes was last changed by a commit; read from the newest back."""
    if not wanted:
        return {}
    if len(wanted) <= FEW:
        return {each: at for each in wanted if (at := _last(workspace, each))}
    log = ("log", "--format=%x01%cI", "--name-only", "-z", "--", "volumes")
    answer = git.run(workspace.root, *log).decode("utf-8", "surrogateescape")
    found: dict[str, datetime] = {}
    for commit in answer.split("\x01")[1:]:
        stamp, *paths = commit.replace("\n", "\0").split("\0")
        for path in paths:
            parts = path.split("/")
            if len(parts) > 1 and parts[0] == "volumes":
                found.setdefault(parts[1], datetime.fromisoformat(stamp))
    return {each: at for each, at in found.items() if each in wanted}


FEW = 6  # so many single questions cost less than the whole log


def _last(workspace: Workspace, volume_id: str) -> datetime | None:
    answer = git.ask(workspace.root, "log", "-1", "--format=%cI", "--", f"volumes/{volume_id}")
    return datetime.fromisoformat(answer) if answer else None
