"""The frame of every dialog: a heading, a body, a line of faults, a line of keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, Literal, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from editorial.tui.hints import Hints

if TYPE_CHECKING:
    from editorial.errors import Blocker
    from editorial.tui.app import EditorialApp

Answer = TypeVar("Answer")
Wish = TypeVar("Wish")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an act; `blocker` is the one somebody wants to see."""

    kind: Literal["done", "failed", "force", "visit"]
    blocker: Blocker | None = None


Carry = Callable[[Wish], Awaitable[Outcome]]


class Dialog(ModalScreen[Answer]):
    """Subclasses give `title_text`, `body` and their keys; Esc answers nothing."""

    AUTO_FOCUS = "#body *"
    READS: ClassVar[bool] = False  # nothing to fill in: keys scroll the body, Esc closes
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "取消", key_display="Esc"),
    ]
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $foreground 25%; }
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
        self._title_text = title

    def body(self) -> ComposeResult:
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(id="frame"):
            yield Static(self._title_text, id="title", markup=False)
            with VerticalScroll(id="body", can_focus=self.READS):
                yield from self.body()
            yield Static("", id="fault", markup=False)
            yield Hints(self.hinted())

    def hinted(self) -> list[Binding]:
        """The keys this dialog offers, its own first."""
        own = [item for item in type(self).BINDINGS if isinstance(item, Binding)]
        leave = Binding("escape", "leave", "关闭" if self.READS else "取消", key_display="Esc")
        offered = [item for item in own if self.check_action(item.action, ())]
        return [*(item for item in offered if item.action != "leave"), leave]

    def on_resize(self) -> None:
        """Title, fault and keys always keep their lines; the body scrolls."""
        self.query_one("#body").styles.max_height = self.app.size.height - 3

    def fault(self, message: str) -> None:
        """Say in the dialog what is missing, and stay open."""
        line = self.query_one("#fault", Static)
        line.update(message)
        line.set_class(bool(message), "-told")

    def action_leave(self) -> None:
        self.dismiss(None)


class Form(Dialog[None], Generic[Wish]):
    """A dialog that stays open, with all that was typed, until its act has succeeded."""

    def __init__(self, title: str, carry: Carry[Wish]) -> None:
        super().__init__(title)
        self._carry = carry

    def submit(self, wish: Wish) -> None:
        """Carry out the wish as a worker of the application, so that Esc cannot cut it off."""
        self.fault("")
        self.app.run_worker(self._submit(wish), group="act")

    async def _submit(self, wish: Wish) -> None:
        outcome = await self._carry(wish)
        if outcome.kind == "force":
            self.insist()
        elif outcome.kind != "failed":
            if self.is_active:
                await self.dismiss_now()
            if outcome.blocker is not None:
                cast("EditorialApp", self.app).go_to(outcome.blocker.node, outcome.blocker.guard)

    async def dismiss_now(self) -> None:
        await self.app.pop_screen()

    def insist(self) -> None:
        """The act was refused and the editor wants it all the same."""
