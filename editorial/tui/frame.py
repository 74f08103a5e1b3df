"""What pages and acts stand on: the desk, what is read from it, one act at a time, one voice.

It knows no page and no dialog; `app` does. All that is told is told in the words of the screens,
and nodes, units and persons by their names.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from textual.app import App
from textual.screen import Screen
from textual.widget import AwaitMount
from textual.worker import NoActiveWorker, get_current_worker

from editorial.errors import EditorialError, Refused
from editorial.tui.columns import UNREAD
from editorial.tui.outcome import Outcome
from editorial.tui.spoken import named, spoken
from editorial.tui.watching import Watch

if TYPE_CHECKING:
    from textual.screen import ScreenResultCallbackType, ScreenResultType

    from editorial.desk.office import Act, Desk
    from editorial.errors import Problem
    from editorial.model.board import Board
    from editorial.model.people import Unit
    from editorial.store.waiting import Wait
    from editorial.tui.running import Drafting

Result = TypeVar("Result")
KEPT = 30  # messages that can be read again
SOON = 0.5  # seconds after which whoever waits is told what for
DEEP = 4  # screens drawn beneath the one in front: each is drawn into the next


def _or_refusal(act: Callable[[], Act]) -> Act | Refused:
    """A refusal is an answer, not a fault: it says what blocks."""
    try:
        return act()
    except Refused as refused:
        return refused


def stands(screen: Screen[Any]) -> bool:
    """Whether what a screen is made of is there. That goes as soon as the screen has ended, while
    what it reads may still come: whatever goes on after a wait asks this first."""
    return screen.is_mounted and screen.is_running


class Waiting:
    """A screen that tells what its act waits for, and on which Esc gives that up."""

    def tell_waiting(self, words: str) -> None:
        raise NotImplementedError


def tell_waiting(screens: Iterable[Screen[Any]], words: str) -> None:
    """What is waited for, on every screen that has a place for it; empty when no more."""
    for screen in screens:
        if isinstance(screen, Waiting) and stands(screen):
            screen.tell_waiting(words)


class Tells:
    """A dialog that tells what came of something, wherever somebody is by then."""


class Shown(Screen[None], Waiting):
    """A screen that shows what is read from the desk."""

    def refill(self) -> Any:
        """Read and show it anew."""
        raise NotImplementedError

    def remark(self, words: str, seconds: float) -> None:
        """A word at the foot, for a while."""
        raise NotImplementedError

    def tell_progress(self) -> None:
        """What runs in the background now."""
        raise NotImplementedError

    def asked(self) -> None:
        """A question that a key of this screen led to is put now."""
        raise NotImplementedError


def _asked_from() -> Screen[Any] | None:
    """The screen whose key began what runs now, None for all else."""
    try:
        worker = get_current_worker()
    except NoActiveWorker:
        return None
    # What a worker has opened believes for ever to be in it: its task tells.
    own = worker._task is asyncio.current_task()
    return worker.node if own and isinstance(worker.node, Screen) else None


class Frame(App[int]):
    """Holds the desk and the board read last; `age` counts the acts that made it stale, `made`
    is the age that the last act done here began.

    `busy` counts what is being read or done in threads, `running` says what a child does, `fault`
    is a bug of ours; `names` are those of units and persons by id.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.age = 0
        self.made = 0
        self.fault: Exception | None = None
        self.drafting: Drafting | None = None
        self.running = ""
        self.busy = 0
        self.names: dict[str, str] = {}
        self.units: dict[str, Unit] = {}
        self.faults: tuple[Problem, ...] = ()
        self._board: tuple[int, Board] | None = None
        self._news: deque[tuple[datetime, str]] = deque(maxlen=KEPT)
        self._acting = False
        self._waits: set[Wait] = set()
        self.disk = Watch(self)

    # Of the pages, which `app` knows

    def tell(self, error: EditorialError) -> None:
        """A fault, where it cannot be overlooked."""
        raise NotImplementedError

    async def told_blocked(self, refused: Refused, insist: str, rest: str) -> Outcome:
        """All that stands in the way, and what is to be done about it."""
        raise NotImplementedError

    def go_to(self, node: str, guard: str = "") -> None:
        """Open the screen of a node; of a section, the paper that a guard speaks of."""
        raise NotImplementedError

    def action_visit(self, place: str) -> None:
        """To a place: back to it where it is still open, else anew."""
        raise NotImplementedError

    def back_to_board(self) -> None:
        """Close all other screens."""
        raise NotImplementedError

    def show_board(self, pattern: str) -> None:
        """The board with a filter on."""
        raise NotImplementedError

    def take(self, desk: Desk) -> None:
        """Go on with another volume, from its board."""
        raise NotImplementedError

    def welcome(self) -> None:
        """Whoever has never been here is shown round, once."""
        raise NotImplementedError

    # What lies upon what

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """The page at the very back, and of the dialogs between only the nearest."""
        behind = super()._background_screens
        return [*behind[:1], *behind[1:][1 - DEEP :]]

    if TYPE_CHECKING:

        @overload
        def push_screen(
            self,
            screen: Screen[ScreenResultType] | str,
            callback: ScreenResultCallbackType[ScreenResultType] | None = None,
            wait_for_dismiss: Literal[False] = False,
            *,
            mode: str | None = None,
        ) -> AwaitMount: ...

        @overload
        def push_screen(
            self,
            screen: Screen[ScreenResultType] | str,
            callback: ScreenResultCallbackType[ScreenResultType] | None = None,
            wait_for_dismiss: Literal[True] = True,
            *,
            mode: str | None = None,
        ) -> asyncio.Future[ScreenResultType]: ...

    def push_screen(
        self,
        screen: Screen[ScreenResultType] | str,
        callback: ScreenResultCallbackType[ScreenResultType] | None = None,
        wait_for_dismiss: bool = False,
        *,
        mode: str | None = None,
    ) -> AwaitMount | asyncio.Future[ScreenResultType]:
        """What a key asked for comes only upon the screen where the key was pressed: whoever has
        gone on meanwhile, or pressed it twice, is not asked. That answers nothing, as Esc does."""
        asking = _asked_from()
        if asking is not None and not isinstance(screen, Tells):
            if self.screen is not asking:
                unanswered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
                unanswered.set_result(None)
                return unanswered if wait_for_dismiss else AwaitMount(self.screen, ())
            if isinstance(asking, Shown):
                asking.asked()
        if wait_for_dismiss:
            return super().push_screen(screen, callback, True, mode=mode)
        return super().push_screen(screen, callback, mode=mode)

    # What screens read

    def board(self) -> Board:
        """The board as of now, read at most once per change. Called from a thread, maybe from
        several: one that began before a change is not the board of after it."""
        from editorial.desk.overview import overview_sparing

        age, known = self.age, self._board
        if known is None or known[0] != age:
            known = age, overview_sparing(self.desk, date.today())
            if age == self.age:
                self._board = known
        return known[1]

    @property
    def unread(self) -> str:
        """How many files could not be read, for pages that go on without them."""
        files = {fault.file for fault in self._board[1].volume.faults} if self._board else ()
        return f"{UNREAD} {len(files)}  " if files else ""

    def learn_names(self) -> dict[str, str]:
        """Units and persons by id; read once, since they hardly change in a sitting."""
        from editorial.desk.office import people

        if known := self.names:
            return known
        desk = self.desk
        units, editors = people(desk)
        names = {unit.id: unit.short or unit.name for unit in units}
        names |= {editor.id: editor.name for editor in editors}
        if desk is self.desk:
            self.units, self.names = {unit.id: unit for unit in units}, names
        return names

    @property
    def at_work(self) -> bool:
        """Something is being read, done or made: what changes on disk now is likely our own."""
        return bool(self.busy or self._acting or self.drafting)

    def changed(self) -> None:
        """Something on disk is new: the page in front reads again, the others when shown."""
        self.age += 1
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Shown):
                screen.refill()
                return

    def acted(self) -> None:
        """What is new on disk was done here: pages go on with it."""
        self.made = self.age + 1
        self.changed()

    def titles(self) -> dict[str, str]:
        if self._board is None:
            return {}
        chapters = self._board[1].volume.rows
        leaves = [leaf for chapter in chapters for leaf in chapter.rows]
        return {row.id: row.title for row in (*chapters, *leaves)}

    # What screens tell

    def called(self) -> dict[str, str]:
        """Whatever is called by an id, and its name."""
        return self.names | self.titles()

    def by_name(self, text: str) -> str:
        """The same with names instead of ids."""
        return named(text, self.called())

    def said(self, message: str) -> str:
        """As somebody reads it who has keys before them, not commands, and names, not ids."""
        return self.by_name(spoken(message))

    def news(self) -> list[str]:
        """What was told of late, the newest first: a message goes, what it said does not."""
        return [f"{at:%H:%M:%S}　{words}\n" for at, words in reversed(self._news)]

    def progress(self, line: str) -> None:
        """Say on every page what runs in the background; nothing when it has ended."""
        self.running = line
        for screen in self.screen_stack:
            if isinstance(screen, Shown) and stands(screen):
                screen.tell_progress()

    def remark(self, words: str, seconds: float) -> None:
        """A word at the foot of the page in front, which nobody need answer."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Shown) and stands(screen):
                screen.remark(words, seconds)
                return

    def notify(self, message: str, **options: Any) -> None:
        told = self.said(message)
        self._news.append((datetime.now(), told))
        super().notify(told, **options)

    def fail(self, error: Exception) -> None:
        """A bug of ours: close the screen; `run` raises it for the command line to log."""
        self.fault = error
        self.exit(3)

    # What screens do

    async def fetch(self, read: Callable[[], Result]) -> Result | None:
        """Read or do something at the desk in a thread; None when that failed and was told."""
        from editorial.store.waiting import GivenUp

        self.busy += 1
        try:
            async with self._watched():
                return await asyncio.to_thread(read)
        except GivenUp as given_up:
            self.notify(given_up.message)
        except EditorialError as error:
            self.tell(self._root_of(error))
        except Exception as error:  # a bug: leave the screen first, then let cli report it
            self.fail(error)
        finally:
            self.busy -= 1
        return None

    @asynccontextmanager
    async def _watched(self) -> AsyncIterator[None]:
        """What is called in here tells what it waits for, as soon as that takes some time."""
        from editorial.store.waiting import WATCHED, Wait

        wait = Wait()
        WATCHED.set(wait)
        self._waits.add(wait)
        telling = asyncio.create_task(self._tell_waiting(wait))
        try:
            yield
        finally:
            telling.cancel()
            self._waits.discard(wait)
            WATCHED.set(None)

    async def _tell_waiting(self, wait: Wait) -> None:
        told = ""
        try:
            while True:
                await asyncio.sleep(SOON)
                if wait.on != told:
                    told = wait.on
                    tell_waiting(self.screen_stack, f"{told}，等它办完　Esc 不等了" if told else "")
        finally:
            if told and self.is_running:
                tell_waiting(self.screen_stack, "")

    def give_up(self) -> bool:
        """Do not wait any longer for whoever holds what is needed; False when nothing waits."""
        return sum(wait.give_up() for wait in self._waits) > 0

    @property
    def acting(self) -> bool:
        """An act is being done."""
        return self._acting

    def _root_of(self, error: EditorialError) -> EditorialError:
        """Files that are missing all at once are not what is wrong."""
        from editorial.desk.on_disk import gone

        return gone(self.desk) or error

    async def carry_out(
        self,
        act: Callable[[], Act],
        *,
        can_force: bool = False,
        insist: str = "强行推进",
        rest: str = "",
    ) -> Outcome:
        """One act at a time, in a thread; its message, its refusal or its fault is told, though
        the page be left meanwhile. `insist` is what forcing is called, `rest` doing it without
        what a refusal names; empty: no such."""
        return await asyncio.shield(self._carried_out(act, insist if can_force else "", rest))

    async def _carried_out(self, act: Callable[[], Act], insist: str, rest: str) -> Outcome:
        if self._acting:
            self.notify("上一个操作还没有完成", severity="warning")
            return Outcome(kind="failed")
        self._acting = True
        try:
            done = await self.fetch(partial(_or_refusal, act))
        finally:
            self._acting = False
        if isinstance(done, Refused):
            return await self.told_blocked(done, insist, rest)
        if done is None:
            return Outcome(kind="failed")
        self.notify("\n".join([done.message, *done.remarks]), markup=False)
        self.acted()
        return Outcome(kind="done")
