"""The application: one desk, its screens, and the single place where faults are told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import App
from textual.binding import BindingType
from textual.events import Event, Key
from textual.scrollbar import ScrollBar

from editorial.errors import EditorialError, Nameless, Refused
from editorial.tui import theme
from editorial.tui.board import BoardScreen
from editorial.tui.columns import UNREAD
from editorial.tui.full_width import half_width
from editorial.tui.hints import key
from editorial.tui.page import GO, LEAVE, Page
from editorial.tui.spoken import spoken
from editorial.tui.watching import Watch

if TYPE_CHECKING:
    from textual.filter import LineFilter
    from textual.geometry import Offset
    from textual.screen import Screen

    from editorial.desk.office import Act, Desk
    from editorial.errors import Problem
    from editorial.model.board import Board
    from editorial.model.people import Unit
    from editorial.tui.dialogs.base import Outcome
    from editorial.tui.drafting import Drafting

Result = TypeVar("Result")


def run(desk: Desk) -> int:
    """Show the board until the editor leaves. A bug is raised after the terminal is restored."""
    app = EditorialApp(desk)
    code = app.run() or 0
    if fault := app.fault or app._exception:
        raise fault
    return code


def _or_refusal(act: Callable[[], Act]) -> Act | Refused:
    """A refusal is an answer, not a fault: it says what blocks."""
    try:
        return act()
    except Refused as refused:
        return refused


class EditorialApp(App[int]):
    """Holds the desk and the board read last; `age` counts the acts that made it stale.

    `busy` counts what is being read or done in threads, `running` says what a child does.
    """

    TITLE = "编辑部"
    CSS_PATH = "editorial.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(key("ctrl+q", "quit", "退出", "Ctrl+Q", LEAVE, show=False), priority=True),
        # first of all, so that what is typed right behind it does not go to the screen below
        replace(key("ctrl+g", "go", "去往", "Ctrl+G", GO, show=False), priority=True),
        key("ctrl+p", "command_palette", "命令", "Ctrl+P", "按名称查找命令", show=False),
        key("ctrl+z", "undo", "撤销", "Ctrl+Z", "看自己做过的各次操作，撤销其中的", show=False),
        key("ctrl+y", "redo", "重做", "Ctrl+Y", "重做刚撤销的操作", show=False),
        key("ctrl+x", "stop", "取消", "Ctrl+X", "取消后台正在办的事", show=False),
        key("ctrl+t", "change_look", "深浅", "Ctrl+T", "换浅色、深色或黑白", show=False),
        key("shift+f1", "tour", "导览", "Shift+F1", "初次使用的五页说明", show=False),
        key("f12", "change_volume", "换卷", "F12", "打开另一卷", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        from editorial.desk.look import kept_look

        super().__init__()
        self.desk = desk
        self.age = 0
        self.fault: Exception | None = None
        self.drafting: Drafting | None = None
        self.running = ""
        self.busy = 0
        self.names: dict[str, str] = {}
        self.units: dict[str, Unit] = {}
        self.faults: tuple[Problem, ...] = ()
        self._board: tuple[int, Board] | None = None
        self._acting = self._welcomed = self._losing = False
        self.disk = Watch(self)
        ScrollBar.renderer = theme.PlainScrollBar
        for look in theme.LOOKS:
            self.register_theme(look)
        self.theme = theme.first_look(kept_look(desk), self.console.color_system).name
        self._steady = [theme.Steady(), *([theme.Colourless()] if self.no_color else [])]

    def get_default_screen(self) -> Screen[Any]:
        return BoardScreen()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual shows greys where NO_COLOR is set; those are colours too."""
        theirs = [] if self.no_color else super().get_line_filters()
        return [*theirs, *self._steady]

    @property
    def cursor_position(self) -> Offset:
        """Where the next character goes, as laid out by now: an input method opens its window
        there. Textual knows it from the first key on, and at the end of a line a cell too far."""
        writing = self.focused if self.screen_stack else None
        at: Offset = getattr(writing, "cursor_screen_offset", self._cursor)
        return at - (1, 0) if getattr(writing, "cursor_at_end", False) else at

    @cursor_position.setter
    def cursor_position(self, at: Offset) -> None:
        self._cursor = at

    async def on_event(self, event: Event) -> None:
        """Where nobody writes text, a full-width key is the key that was meant."""
        if isinstance(event, Key) and not event.is_forwarded and not self._takes(event):
            event = half_width(event)
        await super().on_event(event)

    def _takes(self, event: Key) -> bool:
        writing = self.focused if self.screen_stack else None
        return writing is not None and writing.check_consume_key(event.key, event.character)

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
            if isinstance(screen, Page):
                screen.refill()
                return

    def take(self, desk: Desk) -> None:
        """Go on with another volume, from its board."""
        self.desk, self.names, self.units = desk, {}, {}
        self.back_to_board()
        self.changed()

    # What screens do

    async def fetch(self, read: Callable[[], Result]) -> Result | None:
        """Read something from the desk in a thread; None when that failed and was told."""
        self.busy += 1
        try:
            return await asyncio.to_thread(read)
        except EditorialError as error:
            self.tell(self._root_of(error))
        except Exception as error:  # a bug: leave the screen first, then let cli report it
            self.fail(error)
        finally:
            self.busy -= 1
        return None

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
        rest: Callable[[Refused], str] = lambda refused: "",
    ) -> Outcome:
        """One act at a time, in a thread; its message, its refusal or its fault is told, though
        the page be left meanwhile. `insist` is what forcing is called, `rest` doing it without
        what a refusal names."""
        return await asyncio.shield(self._carried_out(act, insist if can_force else "", rest))

    async def _carried_out(
        self, act: Callable[[], Act], insist: str, rest: Callable[[Refused], str]
    ) -> Outcome:
        from editorial.tui.dialogs.base import Outcome

        if self._acting:
            self.notify("上一个操作还没有完成", severity="warning")
            return Outcome(kind="failed")
        self._acting = True
        try:
            done = await self.fetch(partial(_or_refusal, act))
        finally:
            self._acting = False
        if isinstance(done, Refused):
            return await self._told_blocked(done, insist, rest(done))
        if done is None:
            return Outcome(kind="failed")
        self.notify("\n".join([done.message, *done.remarks]), markup=False)
        self.changed()
        return Outcome(kind="done")

    async def _told_blocked(self, refused: Refused, insist: str, rest: str) -> Outcome:
        from editorial.tui.dialogs.base import Outcome
        from editorial.tui.dialogs.blocked import BlockedDialog

        names = self.names | self.titles()
        dialog = BlockedDialog(refused, names, insist=insist, rest=rest)
        answer = await self.push_screen_wait(dialog)
        if answer is None:
            return Outcome(kind="failed")
        if isinstance(answer, str):
            return Outcome(kind="rest" if answer == "rest" else "force")
        return Outcome(kind="visit", blocker=answer)

    def titles(self) -> dict[str, str]:
        if self._board is None:
            return {}
        chapters = self._board[1].volume.rows
        leaves = [leaf for chapter in chapters for leaf in chapter.rows]
        return {row.id: row.title for row in (*chapters, *leaves)}

    def progress(self, line: str) -> None:
        """Say on every page what runs in the background; nothing when it has ended."""
        self.running = line
        for screen in self.screen_stack:
            if isinstance(screen, Page) and screen.is_mounted:
                screen.tell_progress()

    def remark(self, words: str, seconds: float) -> None:
        """A word at the foot of the page in front, which nobody need answer."""
        pages = (screen for screen in reversed(self.screen_stack) if isinstance(screen, Page))
        for page in pages:
            page.remark(words, seconds)
            return

    def notify(self, message: str, **options: Any) -> None:
        """Whoever reads it has keys before them, not commands."""
        super().notify(spoken(message), **options)

    def tell(self, error: EditorialError) -> None:
        from editorial.tui.dialogs.message import ErrorDialog

        if isinstance(error, Nameless) and not self.desk.read_only:
            self._ask_name()
        elif not (isinstance(self.screen, ErrorDialog) and self.screen.says(error)):
            self.push_screen(ErrorDialog(error))

    def _ask_name(self) -> None:
        from editorial.tui.acts import introduce
        from editorial.tui.dialogs.introduce import IntroduceDialog

        if not isinstance(self.screen, IntroduceDialog):
            self.push_screen(IntroduceDialog("你是谁", introduce(self)))

    def fail(self, error: Exception) -> None:
        """A bug of ours: close the screen; `run` raises it for the command line to log."""
        self.fault = error
        self.exit(3)

    def _fatal_error(self) -> None:
        """Textual would print a traceback; ours goes to the log that the command line writes."""
        self._close_messages_no_wait()

    def go_to(self, node: str, guard: str = "") -> None:
        """Open the screen of a node; of a section, the paper that a guard speaks of."""
        from editorial.tui.places import screen_for

        if node == self.desk.volume_id:
            self.back_to_board()
            return
        if isinstance(self.screen, Page) and self.screen.about == node:
            self.pop_screen()
        self.push_screen(screen_for(node, guard))

    def action_visit(self, place: str) -> None:
        """To a place: back to it where it is still open, else anew."""
        from editorial.tui.places import find_place, page_for

        wanted = find_place(place)
        open_ = [type(screen).__name__ for screen in self.screen_stack]
        if wanted.kind not in open_:
            self.push_screen(page_for(wanted))
            return
        while type(self.screen).__name__ != wanted.kind:
            self.pop_screen()

    def back_to_board(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def show_board(self, pattern: str) -> None:
        """The board with a filter on."""
        self.back_to_board()
        if isinstance(self.screen, BoardScreen):
            self.screen.set_pattern(pattern)

    # Keys of the whole application

    def action_change_look(self) -> None:
        from editorial.desk.look import keep_look

        self.theme = theme.next_look(self.theme).name
        try:
            keep_look(self.desk, self.theme)
        except EditorialError as error:
            self.tell(error)
        for screen in self.screen_stack:
            if isinstance(screen, Page) and screen.data is not None:
                screen.show(screen.data)

    def welcome(self) -> None:
        """Whoever has never been here is shown round, once."""
        from editorial.desk.tour import is_new, keep_shown

        if not self._welcomed and is_new(self.desk):
            self.action_tour()
            self.run_worker(self.fetch(partial(keep_shown, self.desk)), group="look")
        self._welcomed = True

    def action_tour(self) -> None:
        from editorial.tui.dialogs.tour import TourDialog

        self.push_screen(TourDialog())

    def action_undo(self) -> None:
        from editorial.tui import acts

        if isinstance(self.screen, Page):
            self.screen.run_worker(acts.undo(self), group="act")

    def action_redo(self) -> None:
        from editorial.tui import acts

        if isinstance(self.screen, Page):
            self.screen.run_worker(acts.redo(self), group="act")

    def action_stop(self) -> None:
        if self.drafting is None:
            self.notify("后台没有正在办的事")
        else:
            self.drafting.cancel()

    def action_change_volume(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.change_volume(self), group="act")

    def action_command_palette(self) -> None:
        from editorial.tui.commands import palette

        if isinstance(self.screen, Page):
            palette(self.screen)

    def action_go(self) -> None:
        from editorial.tui.commands import go

        if isinstance(self.screen, Page):
            go(self.screen)

    def action_help_quit(self) -> None:
        self.notify("按 Ctrl+Q 退出；在篇目总览按 q 也可以")

    async def action_quit(self) -> None:
        from editorial.tui.dialogs.base import Keeping

        typed = (screen for screen in self.screen_stack if isinstance(screen, Keeping))
        lost = [screen for screen in typed if not screen.keep()]
        if lost and not self._losing:
            self._losing = True
            self.notify("写了还没有存的留不下来，磁盘也许满了；再按一次就不要了", severity="error")
            return
        if self.drafting is not None:
            self.drafting.cancel()
        self.exit(0)
