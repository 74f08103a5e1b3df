"""A refusal: everything that stands in the way, each with its place to go to."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from editorial.errors import Blocker, Refused
from editorial.tui.cells import fit
from editorial.tui.dialogs.base import Dialog
from editorial.tui.prose import Para, Prose, set_out

WIDTH = 92


class BlockedDialog(Dialog["Blocker | str"]):
    """Answers the blocker to go to, or `force`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "visit", "前往", key_display="Enter"),
        Binding("f10,f", "force", "强行推进", key_display="F10 f"),
    ]
    DEFAULT_CSS = """
    BlockedDialog #title { background: $warning; }
    BlockedDialog OptionList { max-height: 14; margin-top: 1; }
    BlockedDialog .hint { margin-top: 1; }
    """

    def __init__(self, refused: Refused, titles: dict[str, str], *, can_force: bool) -> None:
        super().__init__("现在还不能")
        self._refused, self._titles, self._can_force = refused, titles, can_force
        self.add_class("-broad")

    def body(self) -> ComposeResult:
        yield Prose(self._refused.message)
        yield OptionList(*map(self._option, self._refused.blockers))
        insist = "，或写明理由强行推进" if self._can_force else ""
        yield Prose(f"选一项按 Enter 前往办理{insist}。", classes="note hint")

    def _option(self, blocker: Blocker) -> Option:
        """`创新平台　还没有正文`, long ones hanging under their own text."""
        title = fit(self._titles.get(blocker.node, blocker.node), 16)
        width = min(WIDTH, self.app.size.width - 10)
        return Option(set_out(Para(text=blocker.message, lead=f"{title}  "), width))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        return self._can_force if action == "force" else True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._refused.blockers[event.option_index])

    def action_visit(self) -> None:
        self.query_one(OptionList).action_select()

    def action_force(self) -> None:
        self.dismiss("force")
