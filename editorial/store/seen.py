"""How far mail folders were read, on this machine only: a shortcut, never the truth.

Under .git/, so that it is not shared; it may be deleted at any time.
"""

from __future__ import annotations

import json
from contextlib import suppress

from editorial.store.files import put
from editorial.store.own import own_folder
from editorial.store.workspace import Workspace

SEEN = "seen.json"


def load_mark(workspace: Workspace, folder: str) -> tuple[int, int]:
    """(UIDVALIDITY, last UID) of the folder, zeros when nothing is known."""
    found = _all(workspace).get(folder)
    if isinstance(found, list) and len(found) == 2 and all(isinstance(n, int) for n in found):
        return found[0], found[1]
    return 0, 0


def save_mark(workspace: Workspace, folder: str, validity: int, uid: int) -> None:
    marks = _all(workspace) | {folder: [validity, uid]}
    with suppress(OSError):  # then all of it is looked through again
        put(own_folder(workspace) / SEEN, json.dumps(marks).encode())


def _all(workspace: Workspace) -> dict[str, object]:
    try:
        raw = json.loads((own_folder(workspace) / SEEN).read_bytes())
    except (OSError, ValueError):
        return {}
    return raw if isinstance(raw, dict) else {}
