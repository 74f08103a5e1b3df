"""What others have written since one looked: by a pull, in Word, with a command elsewhere."""

from __future__ import annotations

from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.store.stamps import HEAD, Stamps, refuse_gone, stamps_of

__all__ = ["HEAD", "Stamps", "differing", "gone", "stamped", "thing_of"]


def stamped(desk: Desk) -> Stamps:
    """The state of the volume on disk, to be compared with a later one. EditorialError when the
    workspace or the volume is gone."""
    return stamps_of(desk.workspace, desk.volume_id)


def gone(desk: Desk) -> EditorialError | None:
    """Why nothing can be read or done any more, when the workspace or the volume is gone."""
    try:
        refuse_gone(desk.workspace, desk.volume_id)
    except EditorialError as error:
        return error
    return None


def differing(before: Stamps, now: Stamps) -> frozenset[str]:
    """Paths that are new, gone or written anew; `HEAD` when git has moved."""
    return frozenset(path for path, _ in before.items() ^ now.items())


def thing_of(path: str) -> str:
    """What a file belongs to: a section has two files, a letter several. `01-keji/02-rencai`,
    `letters/0003`, `units`; empty for git itself."""
    parts = path.split("/")
    if parts[0] != "volumes" or len(parts) < 3:
        return "" if path in (HEAD, "volumes") else path
    deep = parts[3:5] if parts[2] == "chapters" else parts[2:4]
    return "/".join((*deep[:-1], deep[-1].partition(".")[0]))
