"""The application: the frame with its screens and dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.events import CursorPosition, Event, Key
from textual.scrollbar import ScrollBar

from editorial.errors import EditorialError, Nameless, Refused
from editorial.memory import for_a_sitting
from editorial.tui import theme
from editorial.tui.board import BoardScreen
from editorial.tui.frame import Frame
from editorial.tui.full_width import half_width
from editorial.tui.hints import glance, key
from editorial.tui.outcome import Outcome
from editorial.tui.page import GO, LEAVE, Page

if TYPE_CHECKING:
    from textual.filter import LineFilter
    from textual.geometry import Offset
    from textual.screen import Screen

    from editorial.desk.office import Desk


SHIFTED = (1, 0)  # ESC[1;2R: row 1 and column 2 to one who has asked, else F3 with Shift


def run(desk: Desk) -> int:
    """Show the board until the editor leaves. A bug is raised after the terminal is restored."""
    app = EditorialApp(desk)
    for_a_sitting()
    code = app.run() or 0
    if fault := app.fault or app._exception:
        raise fault
    return code


class EditorialApp(Frame):
    """All its screens and dialogs, what leads from one to the other, and the keys of all."""

    TITLE = "编辑部"
    CSS_PATH = "editorial.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(glance("ctrl+q", "quit", "退出", "Ctrl+Q", LEAVE, show=False), priority=True),
        # first of all, so that what is typed right behind it does not go to the screen below
        replace(glance("ctrl+g", "go", "去往", "Ctrl+G", GO, show=False), priority=True),
        glance("ctrl+p", "command_palette", "命令", "Ctrl+P", "按名称查找命令", show=False),
        key("ctrl+z", "undo", "撤销", "Ctrl+Z", "看自己做过的各次操作，撤销其中的", show=False),
        key("ctrl+y", "redo", "重做", "Ctrl+Y", "重做刚撤销的操作", show=False),
        key("ctrl+x", "stop", "取消", "Ctrl+X", "取消后台正在办的事", show=False),
        glance("ctrl+t", "change_look", "深浅", "Ctrl+T", "换浅色、深色或黑白", show=False),
        glance("ctrl+l", "said", "消息", "Ctrl+L", "看刚才说过的话", show=False),
        glance("shift+f1", "tour", "导览", "Shift+F1", "初次使用的五页说明", show=False),
        glance("f12", "change_volume", "换卷", "F12", "打开另一卷", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        from editorial.desk.look import kept_look

        super().__init__(desk)
        self._welcomed = self._losing = False
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
        """Where nobody writes text, a full-width key is the key that was meant; and where the
        cursor is said to stand, which nobody asks, Shift+F3 was pressed."""
        if isinstance(event, CursorPosition) and (event.x, event.y) == SHIFTED:
            event = Key("shift+f3", None)
        if isinstance(event, Key) and not event.is_forwarded and not self._takes(event):
            event = half_width(event)
        await super().on_event(event)

    def _takes(self, event: Key) -> bool:
        writing = self.focused if self.screen_stack else None
        return writing is not None and writing.check_consume_key(event.key, event.character)

    async def told_blocked(self, refused: Refused, insist: str, rest: str) -> Outcome:
        from editorial.tui.dialogs.blocked import BlockedDialog

        dialog = BlockedDialog(refused, self.called(), insist=insist, rest=rest)
        answer = await self.push_screen_wait(dialog)
        if answer is None:
            return Outcome(kind="failed")
        if isinstance(answer, str):
            return Outcome(kind="rest" if answer == "rest" else "force")
        return Outcome(kind="visit", blocker=answer)

    def take(self, desk: Desk) -> None:
        """Go on with another volume, from its board."""
        self.desk, self.names, self.units = desk, {}, {}
        self.back_to_board()
        self.changed()

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

    def action_said(self) -> None:
        from editorial.tui.dialogs.told import ToldDialog

        self.push_screen(ToldDialog("刚才的消息，新的在前", self.news() or ["还没有消息"]))

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

        if not any(each.group == "volume" and not each.is_finished for each in self.workers):
            self.run_worker(acts.change_volume(self), group="volume")

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
