"""What belongs to one person and not to the book: small JSON files in the user's state folder.

`$XDG_STATE_HOME/editorial`, else as the system has it; never in the repository.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from editorial.errors import EditorialError, unreadable
from editorial.store.files import disk_refusal, put


def state_folder() -> Path:
    """Where this person's own settings lie."""
    home = Path.home()
    if told := os.environ.get("XDG_STATE_HOME"):
        return Path(told) / "editorial"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "editorial"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "editorial"
    return home / ".local" / "state" / "editorial"


def read_own(name: str) -> Any:
    """The data of a file of that name; None when there is none yet. EditorialError when it is
    no JSON."""
    path = state_folder() / name
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(error, path) from error
    except ValueError as error:
        hint = "请改好或删除这个文件；它只存个人的设置，不影响书稿"
        raise EditorialError("个人设置读不懂", where=str(path), hint=hint) from error


def write_own(name: str, data: Any) -> None:
    """The file anew, whole or not at all."""
    path = state_folder() / name
    text = json.dumps(data, ensure_ascii=False, indent=1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, f"{text}\n".encode())
    except OSError as error:
        raise disk_refusal(error, path) from error


def drop_own(name: str) -> None:
    """Without the file, if there is one."""
    path = state_folder() / name
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise disk_refusal(error, path) from error
