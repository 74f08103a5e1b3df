"""The frame of every dialog: a heading, a body, a line of faults, a line of keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from editorial.errors import EditorialError
from editorial.tui.cells import shortened
from editorial.tui.dialogs.tick import Tick
from editorial.tui.frame import Waiting, stands
from editorial.tui.hints import Hints
from editorial.tui.outcome import Outcome
from editorial.tui.whole import Whole

if TYPE_CHECKING:
    from textual.timer import Timer

    from editorial.tui.frame import Frame

Answer = TypeVar("Answer")
Wish = TypeVar("Wish")


Carry = Callable[[Wish], Awaitable[Outcome]]

# Of dialogs in which there is nothing to choose: whoever has read it presses what is at hand.
READ = Binding("enter", "leave", show=False)
MORE = Binding("pagedown", "more", "往下", key_display="PgDn")


class Title(Static):
    """The heading in one line. What is long loses of its middle: a count stands at the end."""

    def __init__(self, words: str) -> None:
        super().__init__(words, id="title", markup=False)
        self._words = words

    def tell(self, words: str) -> None:
        self._words = words
        self.on_resize()

    def on_resize(self) -> None:
        self.update(shortened(self._words, self.content_size.width))


class Dialog(ModalScreen[Answer], Waiting):
    """Subclasses give `title_text`, `body` and their keys; Esc answers nothing."""

    AUTO_FOCUS = "#body *"
    READS: ClassVar[bool] = False  # nothing to fill in: keys scroll the body, Esc closes
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "取消", key_display="Esc"),
    ]
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $veil; }
    Dialog > #frame {
        width: 72; max-width: 100%; height: auto; max-height: 100%; background: $background;
    }
    Dialog.-broad > #frame { width: 104; }
    Dialog #title {
        height: 1; width: 1fr; padding: 0 1;
        background: $primary; color: $background; text-style: bold;
    }
    Dialog #body { height: auto; padding: 1 2; }
    Dialog #fault { height: auto; padding: 0 2; color: $error; text-style: bold; display: none; }
    Dialog #fault.-told { display: block; }
    Dialog #fault.-kept { color: $faint; text-style: none; }
    Dialog #fault.-waits { color: $foreground; }
    Dialog Hints { dock: none; }
    Dialog .field { height: auto; margin-bottom: 1; }
    Dialog .name { width: 10; color: $foreground; }
    Dialog .note { color: $faint; height: auto; }
    Dialog Input, Dialog TextArea, Dialog SelectCurrent { background: $surface; }
    Dialog Input { width: 1fr; height: 1; }
    Dialog Input:focus, Dialog TextArea:focus { background: $cursor; }
    Dialog Select:focus > SelectCurrent { background: $cursor; }
    Dialog Select { width: 1fr; height: auto; }
    Dialog OptionList { height: auto; border: none; background: $background; padding: 0; }
    Dialog OptionList:focus { border: none; background-tint: $foreground 0%; }
    Dialog OptionList > .option-list--option { padding: 0 1; }
    Dialog OptionList > .option-list--option-highlighted {
        background: $cursor-idle; color: $foreground; text-style: none;
    }
    Dialog OptionList:focus > .option-list--option-highlighted {
        background: $cursor; color: $foreground; text-style: bold;
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._compositor = Whole()
        self._title_text = title

    @property
    def desk_app(self) -> Frame:
        return cast("Frame", self.app)

    def body(self) -> ComposeResult:
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(id="frame"):
            yield Title(self._title_text)
            with VerticalScroll(id="body", can_focus=self.READS):
                yield from self.body()
            yield Static("", id="fault", markup=False)
            yield Hints(self.hinted())

    def offer(self) -> None:
        """The keys as they are now; that more can be read below comes first."""
        if not stands(self):
            return
        more = [MORE] if self.READS and self.query_one("#body").max_scroll_y else []
        self.query_one(Hints).offer([*more, *self.hinted()])

    def hinted(self) -> list[Binding]:
        """The keys this dialog offers, its own first."""
        own = [item for item in type(self).BINDINGS if isinstance(item, Binding)]
        leave = Binding("escape", "leave", "关闭" if self.READS else "取消", key_display="Esc")
        offered = [item for item in own if self.check_action(item.action, ())]
        return [*(item for item in offered if item.action != "leave"), leave]

    def on_mount(self) -> None:
        """What was told before would cover what is asked now."""
        self.app.clear_notifications()

    def on_resize(self) -> None:
        """Title, fault and keys always keep their lines; the body scrolls."""
        for body in self.query("#body"):  # none yet, or no more, while sizes come in a storm
            body.styles.max_height = self.app.size.height - 3
            self.call_after_refresh(self.offer)

    def action_more(self) -> None:
        self.query_one("#body").scroll_page_down(animate=False)

    def fault(self, message: str) -> None:
        """Say in the dialog what is missing, and stay open."""
        line = self.query_one("#fault", Static)
        line.update(self.desk_app.said(message))
        line.set_class(bool(message), "-told")
        line.remove_class("-kept", "-waits")

    def fault_of(self, error: EditorialError) -> None:
        self.fault("。".join(filter(None, (error.message, error.hint))))

    def tell_waiting(self, words: str) -> None:
        """Where faults stand, though it is none; a fault told meanwhile stays. What is only read
        is not what waits."""
        line = self.query_one("#fault")
        if not self.READS and (words or line.has_class("-waits")):
            self.fault(words)
            line.set_class(bool(words), "-waits")

    def action_leave(self) -> None:
        """What waits for its turn is not done then; what has begun, is."""
        app = self.desk_app
        if not self.READS and not app.give_up() and app.acting:
            app.notify("已经在办，办完会说")
        self.dismiss(None)


KEPT = "上次没有提交的内容已填上，Ctrl+R 清空"
CLOSED = "填写的窗口已经关了，没有办，请再来一次"
PAUSE = 0.4  # seconds without a key before what is typed is kept


class Keeping:
    """A screen that keeps what is typed; asked to before the program ends."""

    def keep(self) -> bool:
        """Whether nothing typed would be lost now."""
        raise NotImplementedError


class Form(Dialog[None], Keeping, Generic[Wish]):
    """A dialog that stays open, with all that was typed, until its act has succeeded.

    What is typed outlives Esc, a crash and a closed terminal, until it is handed in.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "clear", "清空", key_display="Ctrl+R", show=False),
    ]
    KEEPS: ClassVar[bool] = True

    def __init__(self, title: str, carry: Carry[Wish], *, about: str = "") -> None:
        """`about` tells two forms of one title apart: the ids they are on."""
        super().__init__(title)
        self._carry = carry
        self._kept_about = f"{title} {about}".rstrip()
        self._kept_blank: dict[str, str] = {}
        self._kept_timer: Timer | None = None
        self._kept_done = self._kept_lost = False

    # What was typed

    @property
    def _kept_as(self) -> str:
        return f"{type(self).__name__} {self._kept_about}"

    def on_mount(self) -> None:
        self.call_after_refresh(self._kept_fill_in)

    def _kept_fill_in(self) -> None:
        from editorial.desk.unfinished import recall

        self._kept_blank = self._kept_now()
        found: dict[str, str] = {}
        with suppress(EditorialError):  # what cannot be read is not offered
            found = recall(self.desk_app.desk, self._kept_as) if self.KEEPS else {}
        if any(self._kept_blank.get(key, value) != value for key, value in found.items()):
            self._kept_put(found)
            self.fault(KEPT)
            self.query_one("#fault").add_class("-kept")

    def _kept_now(self) -> dict[str, str]:
        return {key: _value(widget) for key, widget in self._kept_fields()}

    def _kept_put(self, values: dict[str, str]) -> None:
        for key, widget in self._kept_fields():
            if key in values:
                _set_value(widget, values[key])

    def _kept_fields(self) -> Iterator[tuple[str, Widget]]:
        """Every field under the name of what holds it, counted where several share one."""
        seen: Counter[str] = Counter()
        for widget in self.query("Input, TextArea, Select, Tick").results(Widget):
            named = next((x.id for x in widget.ancestors_with_self if x.id), "")
            seen[named] += 1
            yield f"{named} {seen[named]}", widget

    def on_input_changed(self, event: Input.Changed) -> None:
        self._keep_soon()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self._keep_soon()

    def on_select_changed(self, event: Select.Changed) -> None:
        self._keep_soon()

    def on_tick_ticked(self, event: Tick.Ticked) -> None:
        self._keep_soon()

    def _keep_soon(self) -> None:
        if self._kept_timer is not None:
            self._kept_timer.stop()
        self._kept_timer = self.set_timer(PAUSE, self.keep)

    def keep(self) -> bool:
        with suppress(EditorialError):  # no room on the disk for it: the form itself goes on
            self._remember()
            return True
        return False

    def _remember(self) -> None:
        from editorial.desk.unfinished import remember

        if not self._kept_blank or self._kept_done or not self.KEEPS:
            return
        typed = {
            key: x for key, x in self._kept_now().items() if x != self._kept_blank.get(key, "")
        }
        remember(self.desk_app.desk, self._kept_as, typed)

    def action_clear(self) -> None:
        self._kept_put(self._kept_blank)
        self.fault("")
        self.keep()

    def action_leave(self) -> None:
        try:
            self._remember()
        except EditorialError as error:
            if not self._kept_lost:
                self._kept_lost = True
                self.fault(f"填写的留不下来：{error.message}。再按一次 Esc 就不要了")
                return
        super().action_leave()

    def _handed(self) -> None:
        from editorial.desk.unfinished import forget

        self._kept_done = True
        with suppress(EditorialError):
            forget(self.desk_app.desk, self._kept_as)

    # Handing in

    def submit(self, wish: Wish) -> None:
        """Carry out the wish as a worker of the application, so that Esc cannot cut it off."""
        self.fault("")
        self.keep()
        self.app.run_worker(self._submit(wish), group="act")

    async def _submit(self, wish: Wish) -> None:
        try:
            outcome = await self._carry(wish)
        except EditorialError as error:  # what is written here is not what it should be
            if stands(self):
                self.fault_of(error)
            else:
                self.desk_app.tell(error)
            return
        if outcome.kind in ("force", "rest") and not stands(self):
            self.desk_app.notify(CLOSED, severity="warning")
        elif outcome.kind == "force":
            self.insist()
        elif outcome.kind == "rest":
            self.spare()
        elif outcome.kind != "failed":
            if outcome.kind == "done":
                self._handed()
            if self.is_active:
                await self.dismiss_now()
            if outcome.blocker is not None:
                self.desk_app.go_to(outcome.blocker.node, outcome.blocker.guard)

    async def dismiss_now(self) -> None:
        await self.app.pop_screen()

    def insist(self) -> None:
        """The act was refused and the editor wants it all the same."""

    def spare(self) -> None:
        """The act was refused and the editor wants it for what nothing stands in the way of."""


def _value(widget: Widget) -> str:
    match widget:
        case Input():
            return widget.value
        case TextArea():
            return widget.text
        case Select():
            return "" if widget.selection is None else str(widget.selection)
        case Tick():
            return "x" if widget.value else ""
    return ""


def _set_value(widget: Widget, value: str) -> None:
    match widget:
        case Input():
            widget.value = value
        case TextArea():
            widget.text = value
        case Select():
            known = value in {str(id) for _, id in widget._options}
            widget.value = value if known else Select.NULL
        case Tick():
            widget.value = bool(value)
