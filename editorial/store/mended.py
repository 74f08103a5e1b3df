"""What somebody has changed in a merge that stopped, before it is made again from the start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from editorial.errors import EditorialError
from editorial.store import git
from editorial.store.renumber import unmerged_stages
from editorial.store.workspace import Workspace
from editorial.values import dataclass

Lines: TypeAlias = list[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """`paths` of all such files; `loose` are those among them that git had merged by itself and
    whose change is not added, for which git will not give the merge up."""

    paths: tuple[str, ...]
    loose: tuple[str, ...]


def mended(workspace: Workspace) -> Mended:
    """The files that are no longer what the merge put there."""
    root, stages = workspace.root, unmerged_stages(workspace)
    added = {each.partition("\t")[2] for each in _told(root, "ls-files", "--resolve-undo")}
    touched = {path for path, seen in stages.items() if _touched(workspace, path, seen)}
    ours = _told(root, "diff", "--cached", "--name-only", "HEAD")
    both = (ours & _told(root, "diff", "--cached", "--name-only", "MERGE_HEAD")) - stages.keys()
    loose = (ours & _told(root, "diff", "--name-only")) - stages.keys()
    changed = {path for path in both - added if _other(root, path)}
    paths = added | touched | changed | loose
    return Mended(paths=tuple(sorted(paths)), loose=tuple(sorted(loose)))


def _told(root: Path, *args: str) -> frozenset[str]:
    return frozenset((git.ask(root, *args, "-z") or "").split("\0")) - {""}


def _touched(workspace: Workspace, path: str, stages: frozenset[str]) -> bool:
    """Whether either side of the file is another than what git made of it."""
    now = workspace.files.read(path)
    if now is None:
        return True
    held = {each: git.run(workspace.root, "cat-file", "blob", f":{each}:{path}") for each in stages}
    sides = _side(now, ours=True), _side(now, ours=False)
    return sides not in list(_merged(held.get("1", b""), held.get("2"), held.get("3")))


def _other(root: Path, path: str) -> bool:
    """Whether what is added of a file both sides changed is another than git merged; not asked
    of what one side gave another name, nor where the sides parted more than once."""
    bases = (git.ask(root, "merge-base", "--all", "HEAD", "MERGE_HEAD") or "").split()
    if len(bases) != 1:
        return False
    held: list[bytes] = []
    for where in ("", *bases, "HEAD", "MERGE_HEAD"):
        try:
            held.append(git.run(root, "cat-file", "blob", f"{where}:{path}"))
        except EditorialError:
            return False
    now, *versions = held
    lines = now.splitlines()
    return (lines, lines) not in list(_merged(*versions))


def _merged(base: bytes, ours: bytes | None, theirs: bytes | None) -> Iterator[tuple[Lines, Lines]]:
    """What git may have put there, as its two sides: those depend neither on the style of the
    marks nor on where one conflict ends, only on how lines were matched."""
    if ours is None or theirs is None:
        kept = (ours or theirs or b"").splitlines()
        yield kept, kept
        return
    with TemporaryDirectory() as folder:
        names = ("ours", "base", "theirs")
        for name, data in zip(names, (ours, base, theirs), strict=True):
            Path(folder, name).write_bytes(data)
        for matched in ((), ("--diff-algorithm=histogram",)):  # git before 2.44 knows the first
            call = ("merge-file", "-p", "-q", *matched)
            with suppress(EditorialError):
                first = git.run(Path(folder), *call, "--ours", *names)
                second = git.run(Path(folder), *call, "--theirs", *names)
                yield first.splitlines(), second.splitlines()
    yield ours.splitlines(), ours.splitlines()  # of what is no text git leaves ours


def _side(data: bytes, *, ours: bool) -> Lines:
    """The lines with every conflict taken from one side."""
    lines: Lines = []
    where = b""
    for line in data.splitlines():
        mark = line[:7]
        if mark in _AFTER and where in _AFTER[mark] and line[7:8] in (b"", b" "):
            where = b"" if mark == b">" * 7 else mark
        elif where in (b"", b"<" * 7 if ours else b"=" * 7):
            lines.append(line)
    return lines


# mark → where it may stand
_AFTER = {
    b"<" * 7: (b"",),
    b"|" * 7: (b"<" * 7,),
    b"=" * 7: (b"<" * 7, b"|" * 7),
    b">" * 7: (b"=" * 7,),
}
