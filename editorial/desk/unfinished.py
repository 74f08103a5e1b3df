"""没有提交的内容: what was typed into a form and not handed in, kept for the person who typed it.

It lies in the user's state folder, one small file a form; never in the repository.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from editorial.desk.office import Desk
from editorial.store.personal import drop_own, read_own, write_own

FOLDER = "unfinished"


def recall(desk: Desk, form: str) -> dict[str, str]:
    """What was left in the form the last time, by field; empty when nothing was."""
    data = read_own(_file(desk, form))
    found = data.get("fields") if isinstance(data, dict) else None
    if not isinstance(found, dict):
        return {}
    return {str(key): value for key, value in found.items() if isinstance(value, str)}


def remember(desk: Desk, form: str, fields: Mapping[str, str]) -> None:
    """Keep what is typed; nothing typed is nothing kept."""
    if fields:
        write_own(_file(desk, form), {"form": form, "fields": dict(fields)})
    else:
        forget(desk, form)


def forget(desk: Desk, form: str) -> None:
    drop_own(_file(desk, form))


def _file(desk: Desk, form: str) -> str:
    """Another workspace, volume or person has another file."""
    whose = "\n".join((str(desk.root), desk.volume_id, desk.by, form))
    return f"{FOLDER}/{sha256(whose.encode()).hexdigest()[:20]}.json"
