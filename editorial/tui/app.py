"""The application: one desk, its screens, and the single place where faults are told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.scrollbar import ScrollBar

from editorial.errors import EditorialError, Refused
from editorial.tui import theme
from editorial.tui.board import BoardScreen
from editorial.tui.hints import key
from editorial.tui.page import Page

if TYPE_CHECKING:
    from textual.screen import Screen

    from editorial.desk.office import Act, Desk
    from editorial.model.board import Board
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
        Binding("ctrl+q", "quit", "退出", key_display="Ctrl+Q", show=False, priority=True),
        key("ctrl+p", "command_palette", "命令", "Ctrl+P", "按名称查找命令", show=False),
        key("ctrl+t", "change_look", "深浅", "Ctrl+T", "换浅色或深色", show=False),
        key("f12", "change_volume", "换卷", "F12", "打开另一卷", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.age = 0
        self.fault: Exception | None = None
        self.drafting: Drafting | None = None
        self.running = ""
        self.busy = 0
        self.names: dict[str, str] = {}
        self._board: tuple[int, Board] | None = None
        self._acting = False
        ScrollBar.renderer = theme.PlainScrollBar
        self.register_theme(theme.LIGHT)
        self.register_theme(theme.DARK)
        self.theme = theme.LIGHT.name

    def get_default_screen(self) -> Screen[Any]:
        return BoardScreen()

    # What screens read

    def board(self) -> Board:
        """The board as of now, read at most once per change. Called from a thread."""
        from editorial.desk.overview import overview

        age = self.age
        if self._board is None or self._board[0] != age:
            self._board = age, overview(self.desk, date.today())
        return self._board[1]

    def learn_names(self) -> dict[str, str]:
        """Units and persons by id; read once, since they hardly change in a sitting."""
        from editorial.desk.sections import people

        if not self.names:
            units, editors = people(self.desk)
            self.names = {unit.id: unit.short or unit.name for unit in units}
            self.names |= {editor.id: editor.name for editor in editors}
        return self.names

    def changed(self) -> None:
        """Something on disk is new: the page in front reads again, the others when shown."""
        self.age += 1
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Page):
                screen.refill()
                return

    def take(self, desk: Desk) -> None:
        """Go on with another volume, from its board."""
        self.desk, self.names = desk, {}
        self.back_to_board()
        self.changed()

    # What screens do

    async def fetch(self, read: Callable[[], Result]) -> Result | None:
        """Read something from the desk in a thread; None when that failed and was told."""
        self.busy += 1
        try:
            return await asyncio.to_thread(read)
        except EditorialError as error:
            self.tell(error)
        except Exception as error:  # a bug: leave the screen first, then let cli report it
            self.fail(error)
        finally:
            self.busy -= 1
        return None

    async def carry_out(self, act: Callable[[], Act], *, can_force: bool = False) -> Outcome:
        """One act at a time, in a thread; its message, its refusal or its fault is told."""
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
            return await self._told_blocked(done, can_force)
        if done is None:
            return Outcome(kind="failed")
        self.notify("\n".join([done.message, *done.remarks]), markup=False)
        self.changed()
        return Outcome(kind="done")

    async def _told_blocked(self, refused: Refused, can_force: bool) -> Outcome:
        from editorial.tui.dialogs.base import Outcome
        from editorial.tui.dialogs.blocked import BlockedDialog

        dialog = BlockedDialog(refused, self.titles(), can_force=can_force)
        answer = await self.push_screen_wait(dialog)
        if answer is None:
            return Outcome(kind="failed")
        if isinstance(answer, str):
            return Outcome(kind="force")
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

    def tell(self, error: EditorialError) -> None:
        from editorial.tui.dialogs.message import ErrorDialog

        self.push_screen(ErrorDialog(error))

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

    def back_to_board(self) -> None:
        while len(self.screen_stack) > 1:
            self.pop_screen()

    # Keys of the whole application

    def action_change_look(self) -> None:
        dark = self.theme == theme.DARK.name
        self.theme = theme.LIGHT.name if dark else theme.DARK.name
        for screen in self.screen_stack:
            if isinstance(screen, Page) and screen.data is not None:
                screen.show(screen.data)

    def action_change_volume(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.change_volume(self), group="act")

    def action_command_palette(self) -> None:
        from editorial.tui.commands import palette

        page = self.screen
        if isinstance(page, Page):
            self.push_screen(palette(page))

    def action_help_quit(self) -> None:
        self.notify("按 Ctrl+Q 退出；在篇目总览按 q 也可以")

    async def action_quit(self) -> None:
        if self.drafting is not None:
            self.drafting.cancel()
        self.exit(0)
