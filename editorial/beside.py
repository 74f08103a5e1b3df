"""Work done while this thread waits for a disk or for git."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def beside(make: Callable[[], T]) -> Callable[[], T]:
    """Begin `make` in a thread; call what is returned for what it made, or what it raised.
    Whoever does not call leaves it to its end, and does not hear of its fault."""
    made: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            made.append(make())
        except BaseException as error:
            raised.append(error)

    thread = Thread(target=run)
    thread.start()

    def result() -> T:
        thread.join()
        if raised:
            raise raised[0]
        return made[0]

    return result
