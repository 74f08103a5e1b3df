"""Work done at the same time in a copy of this process, where there is a core to spare."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import NoReturn


def can_share() -> bool:
    """Whether this process can be copied: not while threads run in it."""
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


def elsewhere(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Begin `make` in a copy of this process; call what is returned for the bytes, none if the
    other came to grief."""
    receiving, sending = os.pipe()
    child = os.fork()
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
