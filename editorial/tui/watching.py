"""Changes that others make on disk show by themselves, a second later at most.

Names and times of all files are read again and again in a thread: 2 ms for the 900 files of a
volume. A library that listens to the system would be deaf on network drives and under WSL.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from threading import Lock
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from editorial.errors import EditorialError

if TYPE_CHECKING:
    from editorial.desk.office import Desk
    from editorial.desk.on_disk import Stamps

Data = TypeVar("Data")
EVERY = 1.0  # seconds between two looks
SHARE = 50  # a look that takes long is made so much more seldom
SETTLING = 0.2  # a pull writes many files: wait until it is done
PATIENCE = 10
NAMED = 3
FOR = 8.0  # seconds the word stays
PEOPLE = ("units", "staff")


class Watched(Protocol):
    """What is told of changes."""

    desk: Desk
    age: int
    names: dict[str, str]

    @property
    def at_work(self) -> bool: ...
    def titles(self) -> dict[str, str]: ...
    def changed(self) -> None: ...
    def remark(self, words: str, seconds: float) -> None: ...
    def tell(self, error: EditorialError) -> None: ...
    def run_worker(self, work: Any, *, group: str) -> Any: ...


class Watch:
    """Every page is read after a look, so what changes later is seen by the next look."""

    def __init__(self, app: Watched) -> None:
        self._app = app
        self._desk: Desk | None = None
        self._before: Stamps = {}
        self._fresh: deque[frozenset[str]] = deque()
        self._age = 0
        self._lock = Lock()
        self._pause = EVERY
        self._lost = ""
        self._going = False

    def begin(self) -> None:
        """Look from now on, as long as the application runs."""
        if not self._going:
            self._going = True
            self._app.run_worker(self._keep_looking(), group="watch")

    def read(self, read: Callable[[], Data]) -> Data:
        """Read something for a page; again when others wrote meanwhile, for a pull that is under
        way makes faults that nobody has to mend. Called from a thread."""
        self._look()
        try:
            return read()
        except EditorialError:
            if not self._look():
                raise
        sleep(SETTLING)
        return read()

    def taken(self) -> bool:
        """Whether others changed something since this was last asked; they are told in brief.
        What an act of our own has changed is no news."""
        fresh = frozenset[str]().union(*(self._fresh.popleft() for _ in range(len(self._fresh))))
        own, self._age = self._age != self._app.age, self._app.age
        if own or not fresh:
            return False
        self._tell(fresh)
        return True

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(self._pause)
            if not self._app.at_work:
                await self._look_around()

    async def _look_around(self) -> None:
        try:
            for _ in range(PATIENCE):
                if not await asyncio.to_thread(self._look):
                    break
                await asyncio.sleep(SETTLING)
        except EditorialError as error:
            if self._lost != error.message:
                self._app.tell(error)
            self._lost = error.message
            return
        self._lost = ""
        if not self._app.at_work and self.taken():
            self._app.changed()
            self._age = self._app.age

    def _look(self) -> bool:
        from editorial.desk.on_disk import differing, stamped

        with self._lock:
            began, desk = perf_counter(), self._app.desk
            now = stamped(desk)
            changed = differing(self._before, now) if desk is self._desk else frozenset()
            self._desk, self._before = desk, now
            self._fresh.append(changed)
            self._pause = max(EVERY, SHARE * (perf_counter() - began))
        return bool(changed)

    def _tell(self, fresh: frozenset[str]) -> None:
        from editorial.desk.on_disk import thing_of

        things = sorted({thing for path in fresh if (thing := thing_of(path))})
        if any(thing in PEOPLE for thing in things):
            self._app.names = {}
        titles = self._app.titles()
        named = [titles[thing] for thing in things if thing in titles]
        if things:
            which = "、".join(named[:NAMED]) + ("等" if 0 < NAMED < len(things) else "")
            told = f"{len(things)}处更新" + (f"：{which}" if named else "")
            self._app.remark(f"[{told}]", FOR)
