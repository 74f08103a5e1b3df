"""What every full screen shares: it is painted empty, then reads its data once and shows it.

A page reads again when an act has changed something, or on demand; never while painting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from editorial.tui.hints import Hints, key

if TYPE_CHECKING:
    from editorial.tui.app import EditorialApp

Data = TypeVar("Data")

COMMON: tuple[BindingType, ...] = (
    key("f1,question_mark,fullwidth_question_mark", "help", "帮助", "F1 ?", "按键一览"),
    key("f5,r", "reload", "重载", "F5 r", "从磁盘重新读取", show=False),
)


class Page(Screen[None], Generic[Data]):
    """Subclasses give `read` (in a thread, may be slow) and `show` (on the screen, quick)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *COMMON,
        key("escape", "back", "返回", "Esc", "返回上一屏", show=False),
    ]

    data: Data | None = None
    about = ""  # the node this page shows, when it shows one
    _seen = -1

    @property
    def desk_app(self) -> EditorialApp:
        return cast("EditorialApp", self.app)

    def read(self) -> Data:
        raise NotImplementedError

    def show(self, data: Data) -> None:
        raise NotImplementedError

    def foot(self, bindings: Iterable[BindingType]) -> Iterator[Widget]:
        """What runs in the background, when something does, and the keys."""
        yield Static(self.desk_app.running, id="progress", markup=False)
        yield Hints(bindings)

    def on_mount(self) -> None:
        self.call_after_refresh(self.refill)

    def on_screen_resume(self) -> None:
        self.tell_progress()
        if self._seen not in (-1, self.desk_app.age):
            self.refill()

    @work(exclusive=True, group="refill")
    async def refill(self) -> None:
        """Read and show. On a fault the old view stays and the fault is told."""
        age = self.desk_app.age
        data = await self.desk_app.fetch(self.read)
        if data is None:
            self._seen = age
            return
        self._seen, self.data = age, data
        with self.app.batch_update():
            self.show(data)

    def tell_progress(self) -> None:
        line = self.query_one("#progress", Static)
        line.update(self.desk_app.running)
        line.display = bool(self.desk_app.running)

    def action_reload(self) -> None:
        self.desk_app.changed()

    def action_back(self) -> None:
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    async def action_help(self) -> None:
        from editorial.tui.dialogs.help import HelpDialog

        self.app.push_screen(HelpDialog(self.described()))

    def described(self) -> list[Binding]:
        """Every act of this screen once, for the help and the command palette."""
        found: dict[str, Binding] = {}
        for active in self.active_bindings.values():
            binding = active.binding
            if active.node in (self, self.app) and binding.key_display:
                found.setdefault(binding.action.removeprefix("app."), binding)
        return list(found.values())


AnyPage = Page[Any]
