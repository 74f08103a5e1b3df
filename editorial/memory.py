"""How memory is looked after: when garbage that holds itself is searched for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New things made, less those gone, before a search; then after how many searches it goes
# further back, and all the way.
COMMAND, SITTING = (5_000_000, 20, 100), (100_000, 20, 100)


def for_a_command() -> None:
    """A command makes many values, hardly a cycle, and soon ends: no search is worth its time."""
    gc.set_threshold(*COMMAND)


def for_a_sitting() -> None:
    """What stays open is searched now and then, but for what it began with."""
    gc.freeze()
    gc.set_threshold(*SITTING)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without any search: a book makes a million things and hardly a cycle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
