"""改正文: a section's text edited here, or in one's own editor; both go through the desk."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult, SuspendNotSupported
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
from editorial.values import dataclass

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
    "选字按住 Shift 移动，Ctrl+C 复制，Ctrl+V 粘贴，Ctrl+Z 退一步，Ctrl+Y 再做。"
)
NOT_BACK = "换回以后找不回来。要留着，按 Esc 回去，再按 F10 存入。"


async def edit(app: Frame, node: str, line: int = 1) -> None:
    """In place, from `line` on; what was left unsaved the last time is there again."""
    from editorial.desk.writing import take_up

    taken = await app.fetch(partial(take_up, app.desk, node))
    if taken is not None:
        app.push_screen(WritingScreen(app, taken, line))


async def edit_outside(app: Frame, node: str) -> None:
    """In $VISUAL or $EDITOR; in place where there is none, or no terminal to give it."""
    from editorial.desk.writing import take_up

    taken = await app.fetch(partial(take_up, app.desk, node))
    if taken is None:
        return
    words = _editor()
    try:
        left = _written(app, words, taken.text) if words else Left()
    except EditorialError as error:
        app.tell(error)
        return
    if left.text is not None and not left.why:
        if left.text == taken.text:
            app.notify("正文没有改动")
        else:
            await _hand_in(app, taken, left.text)
        return
    app.notify(f"{left.why or '没有设外部编辑器'}，就在这里改", markup=False)
    if left.text is not None and left.text != taken.text:
        _keep(app, taken, left.text)
    app.push_screen(WritingScreen(app, taken, 1))


def _editor() -> list[str]:
    """The program and its options, as somebody set them."""
    told = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return shlex.split(told)
    except ValueError:  # a quotation mark without its other half
        return told.split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What an editor left of the text, None when it never had it; `why` it is not to be taken."""

    text: str | None = None
    why: str = ""


def _written(app: Frame, words: list[str], text: str) -> Left:
    """The terminal is the editor's own meanwhile."""
    name = Path(words[0]).name
    with tempfile.TemporaryDirectory(prefix="editorial-") as folder:
        file = Path(folder) / "text.md"
        file.write_text(text, encoding="utf-8", newline="")
        try:
            with app.suspend():
                code = _run([*words, str(file)])
        except SuspendNotSupported:
            return Left(why="这个窗口里用不了外部编辑器")
        left = _decoded(file.read_bytes()) if file.exists() else text
    if code is None:
        return Left(why=f"打不开外部编辑器“{name}”")
    return Left(text=left, why=f"外部编辑器“{name}”没有正常结束，正文没有存入" if code else "")


def _run(command: list[str]) -> int | None:
    """Its exit code, None when there is no such program. Nothing is raised from here: the screen
    would not be taken back."""
    try:
        return subprocess.run(command, check=False).returncode
    except OSError:
        return None


def _decoded(data: bytes) -> str:
    """An editor may keep text as the old encodings of Chinese have it."""
    for code in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(code).replace("\r\n", "\n")
    raise EditorialError("外部编辑器存下的不是文字，正文没有动", hint="请存成 UTF-8 文本")


def _keep(app: Frame, taken: Writing, text: str) -> None:
    """As what was not saved the last time, which is then there to be gone on with."""
    from editorial.desk.unfinished import remember

    with suppress(EditorialError):
        remember(app.desk, _form(taken), {"text": text, "blob": taken.blob})


def _form(taken: Writing) -> str:
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

    def __init__(self, app: Frame, taken: Writing, line: int) -> None:
        super().__init__()
        self._desk_app, self._taken, self._line = app, taken, line
        self._current = taken
        self._timer: Timer | None = None
        self._left: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield Static(id="caption", markup=False)
        yield Area(self._taken.text, show_line_numbers=True, soft_wrap=True, theme="css")
        yield Static("", id="told", markup=False)
        yield Hints(WritingScreen.BINDINGS)

    @property
    def _area(self) -> TextArea:
        return self.query_one(TextArea)

    def on_mount(self) -> None:
        from dataclasses import replace

        self._left = self._recalled()
        if self._left.get("text", self._taken.text) != self._taken.text:
            self._area.text = self._left["text"]
            self._taken = replace(self._taken, blob=self._left.get("blob", self._taken.blob))
        self._area.move_cursor((max(0, self._line - 1), 0))
        self._area.focus()
        self._tell(KEPT if self._dirty else "")

    def _recalled(self) -> dict[str, str]:
        from editorial.desk.unfinished import recall

        with suppress(EditorialError):
            return recall(self._desk_app.desk, _form(self._taken))
        return {}

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
        self._tell(KEPT if self._left and self._dirty and not self._timer else "")

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
        remember(self._desk_app.desk, _form(self._taken), text)

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
                forget(self._desk_app.desk, _form(self._taken))
            if self.is_active:
                await self.app.pop_screen()
