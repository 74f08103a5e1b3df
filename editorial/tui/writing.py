"""改正文: a section's text edited here; it goes through the desk."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static, TextArea

from editorial.errors import Conflict, EditorialError
from editorial.tui.acts import now
from editorial.tui.area import Area
from editorial.tui.cells import fit
from editorial.tui.dialogs.base import Keeping
from editorial.tui.frame import Waiting, stands
from editorial.tui.hints import Hints, glance, key

if TYPE_CHECKING:
    from textual.timer import Timer

    from editorial.desk.office import Act
    from editorial.desk.writing import Writing
    from editorial.tui.frame import Frame

PAUSE = 0.4  # seconds without a key before what is written is kept
KEPT = "上次没有存入的一稿已填上，Ctrl+R 换回现在的正文"

LOST = "没有存入的改动都不要了，换回文件里现在的正文？"
ABOUT = (
    "一行就是一段，存成的就是这个文件。条目写 【名称】，脚注写 [^1]，只给编辑看的注写在 %% 后面，"
    "还缺的写 【待补】、【存疑】。表和图的写法照着别的分目，或看使用说明“写正文”。\n"
    "从 Excel、Word 粘贴来的表，光标移到它的一行，按 F8，就成了表。\n"
    "选字按住 Shift 移动，Ctrl+C 复制，Ctrl+V 粘贴，Ctrl+Z 退一步，Ctrl+Y 再做。"
)
NOT_BACK = "换回以后找不回来。要留着，按 Esc 回去，再按 F10 存入。"


async def edit(app: Frame, node: str, line: int = 1) -> None:
    """In place, from `line` on; what was left unsaved the last time is there again."""
    from editorial.desk.writing import take_up

    taken = await app.fetch(partial(take_up, app.desk, node))
    if taken is not None:
        app.push_screen(WritingScreen(app, taken, line))


def recalled(app: Frame, taken: Writing) -> Writing:
    """What was not saved the last time, else the text as it is."""
    from editorial.desk.unfinished import recall

    with suppress(EditorialError):
        left = recall(app.desk, form(taken))
        return replace(taken, text=left.get("text", taken.text), blob=left.get("blob", taken.blob))
    return taken


def differ(one: Writing, other: Writing) -> bool:
    """By more than how many empty lines they end in, of which none is kept."""
    return one.text.rstrip("\n") != other.text.rstrip("\n")


def form(taken: Writing) -> str:
    return f"writing {taken.node}"


async def _hand_in(app: Frame, taken: Writing, text: str) -> bool:
    """True when it is written. Where somebody else was quicker both are shown, and ours written
    upon theirs only when that is said."""
    from editorial.desk.writing import differences, hand_in, take_up
    from editorial.tui.dialogs.confirm import ConfirmDialog

    def write() -> Act | tuple[Conflict, Writing]:
        try:
            return hand_in(app.desk, taken, text, at=now())
        except Conflict as conflict:
            return conflict, take_up(app.desk, taken.node)

    done = await app.fetch(write)
    if done is None:
        return False
    if not isinstance(done, tuple):
        app.notify("\n".join([done.message, *done.remarks]), markup=False)
        app.changed()
        return True
    conflict, theirs = done
    told = [f"{conflict.message}。{conflict.hint}", "", *differences(theirs.text, text)]
    note = "－ 是现在的正文，＋ 是您的一稿。Esc 先不存。"
    question = ConfirmDialog("两人都改了", "\n".join(told), note=note, yes="看过了，照我的存入")
    if await app.push_screen_wait(question):
        return await _hand_in(app, theirs, text)
    return False


def _unkept(error: EditorialError) -> EditorialError:
    """Nowhere else is the text: whoever wants to leave is told how."""
    hint = "留得下来了再按 Esc；不要这些改动的，先按 Ctrl+R 换回原文"
    told = f"没有存入的改动留不下来，先不退出：{error.message}"
    return EditorialError(told, where=error.where, hint=hint)


class WritingScreen(Screen[None], Keeping, Waiting):
    """The whole terminal for the text. Leaving without saving keeps it for the next time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("f10,ctrl+s", "save", "存入", "F10 Ctrl+S", "写入文件并记一次"),
        key("f8", "table", "成表", "F8", "粘贴来的表改成表的写法：光标在它的一行上，或选中几行"),
        key("ctrl+r", "restore", "换回原文", "Ctrl+R", "放弃没有存入的改动，先问一句"),
        key("escape", "leave", "返回", "Esc", "没有存入的留着，下次再来还在"),
        glance("f1", "help", "帮助", "F1", "这一屏的键，正文的写法"),
    ]
    DEFAULT_CSS = """
    WritingScreen { background: $background; color: $foreground; }
    WritingScreen #caption {
        height: 1; padding: 0 1; background: $primary; color: $background; text-style: bold;
    }
    WritingScreen TextArea {
        height: 1fr; border: none; padding: 0 1; background: $background; color: $foreground;
    }
    WritingScreen TextArea:focus { border: none; }
    WritingScreen #told { height: 1; padding: 0 1; background: $surface; }
    """

    def __init__(
        self,
        app: Frame,
        taken: Writing,
        line: int,
        *,
        written: Writing | None = None,
        save: bool = False,
    ) -> None:
        """With what was `written` elsewhere, else with what was not saved the last time."""
        super().__init__()
        self._desk_app, self._taken, self._line = app, taken, line
        self._current = taken
        self._written, self._at_once = written, save
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="caption", markup=False)
        yield Area(self._taken.text, show_line_numbers=True, soft_wrap=True, theme="css")
        yield Static("", id="told", markup=False)
        yield Hints(WritingScreen.BINDINGS)

    @property
    def _area(self) -> TextArea:
        return self.query_one(TextArea)

    def on_mount(self) -> None:
        left = self._written or recalled(self._desk_app, self._taken)
        if left.text != self._taken.text:
            self._area.text = left.text
            self._taken = replace(self._taken, blob=left.blob)
        self._area.move_cursor((max(0, self._line - 1), 0))
        self._area.focus()
        self._tell(KEPT if self._dirty else "")
        if self._at_once:
            self.action_save()

    @property
    def _dirty(self) -> bool:
        return self._area.text.rstrip("\n") != self._current.text.rstrip("\n")

    def _tell(self, words: str = "") -> None:
        """What is being edited, whether it is saved, and how long it is."""
        sign = "（有改动未存）" if self._dirty else ""
        title = f"改正文：{self._taken.title}{sign}"
        self.query_one("#caption", Static).update(fit(title, self.app.size.width - 2))
        row, column = self._area.cursor_location
        place = f"第{row + 1}行第{column + 1}字　共{len(self._area.text):,}字"
        self.query_one("#told", Static).update(words or place)

    def on_resize(self) -> None:
        self._tell()

    def on_text_area_selection_changed(self) -> None:
        self._tell(KEPT if self._dirty and not self._timer else "")

    def on_text_area_changed(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self.keep)
        self._tell()

    def keep(self) -> bool:
        """What is not saved yet. Where there is no room for it the text itself goes on."""
        with suppress(EditorialError):
            self._remember()
            return True
        return not self._dirty

    def _remember(self) -> None:
        """With the text it was written upon."""
        from editorial.desk.unfinished import remember

        text = {"text": self._area.text, "blob": self._taken.blob} if self._dirty else {}
        remember(self._desk_app.desk, form(self._taken), text)

    def tell_waiting(self, words: str) -> None:
        self._tell(words)

    async def action_help(self) -> None:
        from editorial.tui.dialogs.help import HelpDialog

        own = [each for each in WritingScreen.BINDINGS if isinstance(each, Binding)]
        self.app.push_screen(HelpDialog("帮助：改正文", own, ABOUT))

    def action_restore(self) -> None:
        self.run_worker(self._restored(), group="look")

    async def _restored(self) -> None:
        """The text as it lies on the disk now; what would be lost is asked about."""
        from editorial.desk.writing import take_up
        from editorial.tui.dialogs.confirm import ConfirmDialog

        app = self._desk_app
        question = ConfirmDialog("换回原文", LOST, note=NOT_BACK, yes="不要了，换回原文")
        if self._dirty and not await app.push_screen_wait(question):
            return
        taken = await app.fetch(partial(take_up, app.desk, self._taken.node))
        if taken is not None and stands(self):
            self._taken = self._current = taken
            self._area.text = taken.text
            self.keep()

    def action_table(self) -> None:
        """Of the lines selected, else of the pasted table at the cursor. Ctrl+Z takes it back."""
        from editorial.desk.table_text import table_of_text

        area, lines = self._area, self._table_lines()
        if lines is None:
            self.notify(
                "光标不在粘贴来的表格上：移到它的一行上，或选中要成表的几行", severity="warning"
            )
            return
        first, last = lines
        end = (last, len(area.document.get_line(last)))
        try:
            block = table_of_text(area.get_text_range((first, 0), end))
        except EditorialError as error:
            self._desk_app.tell(error)
            return
        area.replace(block.rstrip("\n"), (first, 0), end)
        area.move_cursor((first, 0))

    def _table_lines(self) -> tuple[int, int] | None:
        """First and last of them, from 0."""
        from editorial.desk.table_text import pasted_at

        (first, _), (last, column) = sorted(self._area.selection)
        if first != last:
            return first, last if column else last - 1
        found = pasted_at(self._area.text, last + 1)
        return (found[0] - 1, found[1] - 1) if found else None

    def action_leave(self) -> None:
        """What waits for its turn to be saved is not saved then."""
        self._desk_app.give_up()
        try:
            self._remember()
        except EditorialError as error:
            if self._dirty:
                self._desk_app.tell(_unkept(error))
                return
        if self._dirty:
            self.notify("没有存入的改动留着，下次再改时还在")
        self.app.pop_screen()

    def action_save(self) -> None:
        if self._dirty:
            self.app.run_worker(self._save(), group="act")
        else:
            self.notify("正文没有改动")

    async def _save(self) -> None:
        from editorial.desk.unfinished import forget

        if await _hand_in(self._desk_app, self._taken, self._area.text):
            with suppress(EditorialError):
                forget(self._desk_app.desk, form(self._taken))
            if self.is_active:
                await self.app.pop_screen()
