"""撞号: two computers gave one number to two things, and a merge brought them together.

A thing moves to a free number in a commit of its own, on top of the side it came from, with
everything of that side that names it; what git then merges are two things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from editorial.store import git
from editorial.store.workspace import Workspace, files_at
from editorial.store.yamlio import with_scalars
from editorial.values import dataclass

RECORDS = {
    "letters": "letter.yaml",
    "returns": "return.yaml",
    "rounds": "round.yaml",
    "drafts": "draft.yaml",
    "proofs": "proof.yaml",
}
_FOLDER = re.compile(rf"(volumes/([^/]+)/({'|'.join(RECORDS)})/(\d+))/[a-z]+\.yaml")
_OPINION = re.compile(r"(volumes/([^/]+)/rounds/(\d+)/(opinions)/(\d+)\.yaml)")
_PROPOSAL = re.compile(r"(volumes/([^/]+)/(proposals)/(\d+)\.yaml)")
# What names another thing: (where it stands, key) → whose number the value is.
_NAMES = {
    ("letters", "follows"): "letters",
    ("letters", "batch"): "batches",
    ("letters", "opinion"): "opinions",
    ("letters", "returned"): "returns",
    ("returns", "letter"): "letters",
    ("returns", "candidates"): "letters",
    ("returns", "of"): "returns",
    ("proposals", "returned"): "returns",
    ("rounds", "draft"): "drafts",
    ("rounds", "tag"): "tags",
    ("rounds", "opinion"): "opinions",
    ("rounds", "letter"): "letters",
    ("rounds", "same_as"): "opinions",
    ("rounds", "together"): "opinions",
    ("drafts", "round"): "rounds",  # what of the book was chosen
    ("proofs", "follows"): "proofs",
}
_MADE = "refs/editorial/renumbered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a numbered thing lies: `path` is its folder, or its file where it has none; a batch
    of letters lies nowhere. `record` is the file that says what it is; `round_` that of an
    opinion."""

    path: str = ""
    record: str = ""
    volume: str
    kind: str
    number: str
    round_: str = ""


def place_of(path: str) -> Place | None:
    """The numbered thing whose record `path` is."""
    if found := _OPINION.fullmatch(path):
        whole, volume, round_, kind, number = found.groups()
        return Place(
            path=whole, record=path, volume=volume, kind=kind, number=number, round_=round_
        )
    found = _FOLDER.fullmatch(path) or _PROPOSAL.fullmatch(path)
    if found is None:
        return None
    whole, volume, kind, number = found.groups()
    if kind in RECORDS and path != f"{whole}/{RECORDS[kind]}":
        return None
    return Place(path=whole, record=path, volume=volume, kind=kind, number=number)


BOTH = frozenset("23")  # ours and theirs, and nothing before


def unmerged_stages(workspace: Workspace) -> dict[str, frozenset[str]]:
    """What git holds of each path two sides of a merge disagree on: 1 before, 2 ours, 3 theirs."""
    stages: dict[str, frozenset[str]] = {}
    for entry in (git.ask(workspace.root, "ls-files", "-u", "-z") or "").split("\0"):
        told, _, path = entry.partition("\t")
        if path:
            stages[path] = stages.get(path, frozenset()) | {told[-1]}
    return stages


def collisions(workspace: Workspace) -> tuple[Place, ...]:
    """Things that came into being on both sides of a merge under one number. The opinions of a
    round that is one of them go with it."""
    both = (place_of(path) for path, seen in unmerged_stages(workspace).items() if seen == BOTH)
    found = [each for each in both if each]
    rounds = {(each.volume, each.number) for each in found if each.kind == "rounds"}
    return tuple(each for each in found if (each.volume, each.round_) not in rounds)


def merging(workspace: Workspace) -> str:
    """The one commit that is being merged, "" when none is or it is something else."""
    with suppress(OSError, ValueError):
        told = (workspace.git_dir / "MERGE_HEAD").read_text("ascii").split()
        return told[0] if len(told) == 1 else ""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A thing and the number it gets instead."""

    place: Place
    to: str

    @property
    def path(self) -> str:
        """Where it lies afterwards."""
        head, _, name = self.place.path.rpartition("/")
        return f"{head}/{name.replace(self.place.number, self.to)}"


def renumbered(
    workspace: Workspace, commit: str, base: str, moves: Sequence[Move], message: str
) -> str:
    """A commit on top of `commit` with the things moved, on no branch; `commit` without moves.
    `base` is where the sides parted: what has not changed since names none of them."""
    if not moves:
        return commit
    told = git.run(workspace.root, "diff", "--name-only", "-z", base, commit, "--", "volumes")
    files = files_at(workspace, commit)
    lying = (each for each in moves if each.place.path)
    lines = [f"R {_quoted(each.place.path)} {_quoted(each.path)}\n".encode() for each in lying]
    for path in told.decode("utf-8", "surrogateescape").split("\0"):
        old = files.read(path) if path.endswith(".yaml") else None
        new = old and _rewritten(path, old, moves)
        if new and new != old:
            where = _quoted(_moved(path, moves))
            lines.append(f"M 100644 inline {where}\ndata {len(new)}\n".encode() + new + b"\n")
    who = git.run(workspace.root, "var", "GIT_COMMITTER_IDENT").decode().strip()
    words = message.encode()
    head = f"commit {_MADE}\ncommitter {who}\ndata {len(words)}\n".encode() + words
    stream = head + f"\nfrom {commit}\n".encode() + b"".join(lines) + b"done\n"
    try:
        git.run(workspace.root, "fast-import", "--quiet", "--force", "--done", stdin=stream)
        return git.run(workspace.root, "rev-parse", _MADE).decode().strip()
    finally:
        git.ask(workspace.root, "update-ref", "-d", _MADE)


def _quoted(path: str) -> str:
    told = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{told}"'


def _moved(path: str, moves: Sequence[Move]) -> str:
    for each in moves:
        if path == each.place.path or path.startswith(f"{each.place.path}/"):
            return each.path + path.removeprefix(each.place.path)
    return path


def _rewritten(path: str, data: bytes, moves: Sequence[Move]) -> bytes:
    """The record with the new numbers wherever it names things that moved."""
    _, volume, where, *_ = (*path.split("/"), "", "")

    def changed(key: str, value: str) -> str:
        kind = _NAMES.get((where, key), "")
        return _named(volume, kind, value, moves) if kind else value

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return with_scalars(text, changed).encode("utf-8")


def _named(volume: str, kind: str, value: str, moves: Sequence[Move]) -> str:
    """The name of a thing as it is after the moves."""
    for each in moves:
        place, now = each.place, each.to
        names = {
            (place.kind, place.number): now,
            (place.kind, f"{place.volume}/{place.number}"): f"{place.volume}/{now}",
        }
        if place.kind == "opinions":
            names = {("opinions", f"{place.round_}/{place.number}"): f"{place.round_}/{now}"}
        if place.volume != volume and not value.startswith(f"{place.volume}/"):
            continue
        if (kind, value) in names:
            return names[kind, value]
        if place.kind == "rounds" and kind == "opinions" and value.startswith(f"{place.number}/"):
            return now + value.removeprefix(place.number)
        if place.kind == "rounds" and kind == "tags" and value.endswith(f"/{place.number}"):
            return value.removesuffix(place.number) + now
    return value
