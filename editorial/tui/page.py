"""What every full screen shares: it is painted empty, then reads its data once and shows it.

A page reads again when an act has changed something, or on demand; never while painting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from inspect import iscoroutine
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from editorial.tui.frame import Shown, stands
from editorial.tui.hints import LOOK, Hints, glance
from editorial.tui.prose import Prose
from editorial.tui.whole import Whole

if TYPE_CHECKING:
    from textual.worker import Worker, WorkType

    from editorial.tui.frame import Frame

Data = TypeVar("Data")
Done = TypeVar("Done")

NOT_READ = "读不了。按 F5 再读，Esc 返回"
DOING = frozenset({"act", "draft"})  # groups of workers that may write
ASKING = DOING | {"look"}  # those that a key begins

GO = "去往别的屏，或按名称、拼音首字母找分目、单位、函件"
ONLY_LOOKING = "帮助：现在是只看，这一屏能看的"
LEAVE = "退出程序；没有存入的留着，下次还在"

COMMON: tuple[BindingType, ...] = (
    glance("f1,question_mark,fullwidth_question_mark", "help", "帮助", "F1 ?", "按键一览"),
    glance("ctrl+g", "app.go", "去往", "Ctrl+G", GO),
    glance("f5,r", "reload", "重载", "F5 r", "从磁盘重新读取", show=False),
)


class Page(Shown, Generic[Data]):
    """Subclasses give `read` (in a thread, may be slow) and `show` (on the screen, quick)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *COMMON,
        glance("escape", "back", "返回", "Esc", "返回上一屏", show=False),
    ]

    data: Data | None = None
    about = ""  # the node this page shows, when it shows one
    _seen = -1
    _begun: Worker[Any] | None = None  # what a key has begun, until it asks something

    def __init__(self) -> None:
        super().__init__()
        self._compositor = Whole()

    @property
    def desk_app(self) -> Frame:
        return cast("Frame", self.app)

    def read(self) -> Data:
        raise NotImplementedError

    def show(self, data: Data) -> None:
        raise NotImplementedError

    def go_on(self) -> None:
        """After an act done here: with what it made."""

    def foot(self, bindings: Iterable[BindingType]) -> Iterator[Widget]:
        """What runs in the background, when something does, and the keys."""
        yield Static(self.desk_app.running, id="progress", markup=False)
        yield Hints(self.offered(bindings), lead="[只看]" if self.desk_app.desk.read_only else "")

    def legend(self, bindings: Iterable[object], lead: str) -> Iterator[Widget]:
        """Another line of keys, when any of them is offered."""
        if some := self.offered(bindings):
            yield Hints(some, lead=lead, id="legend")

    def offered(self, bindings: Iterable[object]) -> list[Binding]:
        """At a desk that is read only, those that only look."""
        every = [each for each in bindings if isinstance(each, Binding)]
        return [each for each in every if each.group is LOOK or not self.desk_app.desk.read_only]

    def on_mount(self) -> None:
        self.app.clear_notifications()
        self.call_after_refresh(self.refill)

    def on_screen_resume(self) -> None:
        self.tell_progress()
        if self._seen not in (-1, self.desk_app.age):
            self.refill()

    @work(exclusive=True, group="refill")
    async def refill(self) -> None:
        """Read and show. On a fault the old view stays and the fault is told."""
        app, age = self.desk_app, self.desk_app.age
        data = await app.fetch(partial(app.disk.read, self.read))
        if not stands(self):
            return
        self._seen = age
        if data is not None:
            self.data = data
            with app.batch_update():
                self.show(data)
                if app.made == age:
                    self.go_on()
        elif self.data is None:
            self.tell_unread()
        if app.disk.taken():
            app.changed()
        app.disk.begin()

    def remark(self, words: str, seconds: float) -> None:
        """A word at the foot, for a while."""
        line = self.query_one(Hints)
        line.remark(words)
        self.set_timer(seconds, lambda: line.remark(""))

    def lacking(self, words: str) -> None:
        """There is nothing that could be done with; as long as nothing is read nobody knows."""
        self.notify("正在读取，读好再按" if self.data is None else words)

    def tell_unread(self) -> None:
        """Nothing could be read, which has been told: say so where the page would begin."""
        for line in self.query("#summary").results(Prose):
            line.update(NOT_READ)

    def tell_progress(self) -> None:
        line = self.query_one("#progress", Static)
        line.update(self.desk_app.running)
        line.display = bool(self.desk_app.running)

    def run_worker(
        self,
        work: WorkType[Done],
        name: str | None = "",
        group: str = "default",
        description: str = "",
        exit_on_error: bool = True,
        start: bool = True,
        exclusive: bool = False,
        thread: bool = False,
    ) -> Worker[Done]:
        """At a desk that is read only an act is refused at its key, before anything is asked. A
        key that is held down, or pressed in haste, begins one thing only."""
        if group in ASKING and self._begun is not None and self._on_the_way():
            _drop(work)
            return self._begun
        if group in DOING and self.desk_app.desk.read_only:
            _drop(work)
            work = self._only_looking()
        begun = super().run_worker(
            work, name, group, description, exit_on_error, start, exclusive, thread
        )
        if group in ASKING:
            self._begun = begun
        return begun

    def _on_the_way(self) -> bool:
        """Whether what a key has begun has not come to its question yet."""
        app, begun = self.desk_app, self._begun
        return begun is not None and not (begun.is_finished or app.acting or app.drafting)

    def asked(self) -> None:
        self._begun = None

    # Waiting

    def tell_waiting(self, words: str) -> None:
        """Before the keys; there is no place that would not cover something."""
        self.query_one(Hints).remark(words)

    async def _only_looking(self) -> Any:
        from editorial.desk.office import refuse_reader

        await self.desk_app.fetch(partial(refuse_reader, self.desk_app.desk))

    def action_reload(self) -> None:
        self.desk_app.changed()

    def action_back(self) -> None:
        if self.desk_app.give_up():
            return
        if len(self.app.screen_stack) > 1:
            self.app.clear_notifications()
            self.app.pop_screen()

    async def action_help(self) -> None:
        from editorial.tui.dialogs.help import HelpDialog

        title = ONLY_LOOKING if self.desk_app.desk.read_only else "帮助：这一屏能做的事"
        self.app.push_screen(HelpDialog(title, self.described(), self.explained()))

    def explained(self) -> str:
        """What help says of this screen besides its keys."""
        return ""

    def described(self) -> list[Binding]:
        """Every act of this screen once, for the help and the command palette."""
        found: dict[str, Binding] = {}
        for active in self.active_bindings.values():
            binding, name = active.binding, active.binding.action.removeprefix("app.")
            if active.node is self.app:
                binding = replace(binding, action=f"app.{name}")  # run from wherever it is told
            if active.node in (self, self.app) and binding.key_display:
                found.setdefault(name, binding)
        return self.offered(found.values())


def _drop(work: WorkType[Any]) -> None:
    """What is not begun."""
    if iscoroutine(work):
        work.close()


AnyPage = Page[Any]
