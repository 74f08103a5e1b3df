"""Processes that a Ctrl-C in our terminal does not reach."""

from __future__ import annotations

import subprocess
import sys
from typing import Any


def apart() -> dict[str, Any]:
    """What `Popen` is told for one: a session of its own; a group on Windows, which knows none."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
