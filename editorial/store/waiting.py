"""What an act waits for before it begins, for whoever looks on and may tire of it.

Who starts an act in a thread sets a `Wait` in its context; without one it is simply waited.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from threading import Lock

from editorial.errors import EditorialError

STEP = 0.05


class GivenUp(EditorialError):
    """Somebody did not want to wait any longer; nothing was written."""


class Wait:
    """`on` says in Chinese what is waited for now, "" when nothing is."""

    def __init__(self) -> None:
        self.on = ""
        self._given_up = False
        self._lock = Lock()

    def give_up(self) -> bool:
        """End the waiting; False when there is none, what is under way is then done."""
        with self._lock:
            self._given_up = self._given_up or bool(self.on)
            return self._given_up

    def _now(self, on: str) -> None:
        """What is waited for from now on. GivenUp when nobody wants that any longer."""
        with self._lock:
            self.on = on
            if self._given_up:
                self.on = ""
                raise GivenUp("不再等了，没有写入任何内容")


WATCHED: ContextVar[Wait | None] = ContextVar("watched", default=None)


def until(met: Callable[[], bool], seconds: float, on: Callable[[], str]) -> bool:
    """Wait until that is so; False when it takes too long. `on` says what is waited for."""
    wait = WATCHED.get() or Wait()
    deadline = time.monotonic() + seconds
    while not met():
        if time.monotonic() > deadline:
            wait._now("")
            return False
        wait._now(on())
        time.sleep(STEP)
    wait._now("")
    return True
