"""Work done at the same time in a copy of this process, where there is a core to spare."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import NoReturn


def at_once() -> int:
    """How many processes may work at the same time, this one among them: as many as there are
    cores for it; one on Windows, and while threads run in it, for then it cannot be copied."""
    if sys.platform == "win32" or threading.active_count() > 1:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def elsewhere(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Begin `make` in a copy of this process; call what is returned for the bytes, none if the
    other came to grief or could not be made."""
    if sys.platform == "win32":
        return bytes
    try:
        receiving, sending = os.pipe()
    except OSError:  # too many open files
        return bytes
    try:
        child = os.fork()
    except OSError:  # no memory, or too many processes
        os.close(receiving)
        os.close(sending)
        return bytes
    if child == 0:
        os.close(receiving)
        _send(make, sending)
    os.close(sending)

    def received() -> bytes:
        with os.fdopen(receiving, "rb") as stream:
            data = stream.read()
        _, status = os.waitpid(child, 0)
        return data if status == 0 else b""

    return received


def _send(make: Callable[[], bytes], sending: int) -> NoReturn:
    """The other process: it ends here whatever happens, without the parent's last rites."""
    try:
        with os.fdopen(sending, "wb") as stream:
            stream.write(make())
        os._exit(0)
    finally:
        os._exit(1)
