"""撤销: my acts, newest first; of the one under the cursor, what taking it back changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from editorial.tui.cells import fit
from editorial.tui.dialogs.base import Dialog
from editorial.tui.frame import stands
from editorial.tui.outcome import Outcome
from editorial.tui.prose import Para, Prose

if TYPE_CHECKING:
    from editorial.desk.undo import Undoable

Carry = Callable[[tuple[str, ...]], Awaitable[Outcome]]
Look = Callable[[str], Awaitable["tuple[str, ...] | None"]]


class UndoDialog(Dialog[None]):
    """Enter takes back the act under the cursor alone, F9 it and all that came after."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take_back", "撤销这一次", key_display="Enter"),
        Binding("f9", "take_all", "连同以后的一并撤销", key_display="F9"),
    ]
    DEFAULT_CSS = """
    UndoDialog OptionList { max-height: 9; }
    UndoDialog #seen { height: 7; margin-top: 1; background: $surface; padding: 0 1; }
    """

    def __init__(self, acts: Sequence[Undoable], carry: Carry, look: Look) -> None:
        super().__init__("撤销自己的操作")
        self._acts, self._carry, self._look = tuple(acts), carry, look
        self.add_class("-broad")

    def body(self) -> ComposeResult:
        yield OptionList(*map(self._option, self._acts), markup=False)
        with VerticalScroll(id="seen", can_focus=False):
            yield Prose("正在核对……", id="changes")
        yield Prose("撤销本身也记入经过；撤销错了，可以重做（Ctrl+Y）。", classes="note")

    def _option(self, act: Undoable) -> Option:
        sign = "×" if act.why else " "
        width = min(96, self.app.size.width - 8)
        subject = self.desk_app.by_name(act.line.subject)
        return Option(fit(f"{sign} {act.line.at:%m-%d %H:%M}  {subject}", width))

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = 0

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._tell(self._acts[event.option_index])

    @work(exclusive=True, group="look")
    async def _tell(self, act: Undoable) -> None:
        lines = (f"× 不能撤销：{act.why}",) if act.why else await self._look(act.line.commit)
        if lines is None or not stands(self):
            return
        head = "撤销以后：" if lines and not lines[0].startswith("×") else ""
        told = [Para(text=head, strong=len(head))] if head else []
        self.query_one("#changes", Prose).update([*told, *(Para(text=x) for x in lines)])
        self.query_one("#seen").scroll_home(animate=False)

    def on_option_list_option_selected(self) -> None:
        self.action_take_back()

    def action_take_back(self) -> None:
        self._take(self._here, self._here + 1)

    def action_take_all(self) -> None:
        self._take(0, self._here + 1)

    @property
    def _here(self) -> int:
        return self.query_one(OptionList).highlighted or 0

    def _take(self, start: int, end: int) -> None:
        """The acts from newest on; what cannot be taken back is said and stops it."""
        chosen = self._acts[start:end]
        final = next((act for act in chosen if act.why), None)
        if final is not None:
            self.fault(f"“{final.line.subject}”不能撤销：{final.why}。")
            return
        commits = tuple(act.line.commit for act in chosen)
        self.app.run_worker(self._carried(commits), group="act")

    async def _carried(self, commits: tuple[str, ...]) -> None:
        outcome = await self._carry(commits)
        if outcome.kind == "done" and self.is_active:
            await self.app.pop_screen()
