"""A refusal: everything that stands in the way, each with its place to go to."""

from __future__ import annotations

from dataclasses import replace
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
    """Answers the blocker to go to, `force`, or `rest`: what nothing stands in the way of."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "visit", "前往", key_display="Enter"),
        Binding("f10,f", "force", "强行推进", key_display="F10 f"),
        Binding("f9", "rest", "其余照办", key_display="F9"),
    ]
    DEFAULT_CSS = """
    BlockedDialog #title { background: $warning; }
    BlockedDialog OptionList { max-height: 14; margin-top: 1; }
    BlockedDialog .hint { margin-top: 1; }
    """

    def __init__(
        self, refused: Refused, titles: dict[str, str], *, insist: str, rest: str = ""
    ) -> None:
        """`insist` is what forcing is called, `rest` doing it with all others; empty: no such."""
        super().__init__("现在还不能")
        self._refused, self._titles, self._insist = refused, titles, insist
        self._rest = rest
        self.add_class("-broad")

    def body(self) -> ComposeResult:
        yield Prose(self.desk_app.said(self._refused.message))
        yield OptionList(*map(self._option, self._refused.blockers))
        if self._refused.hint and not self._insist:
            yield Prose(self.desk_app.said(self._refused.hint), classes="hint")
        insist = f"，或写明理由（F10 {self._insist}）" if self._insist else ""
        rest = f"；F9 {self._rest}" if self._rest else ""
        yield Prose(f"选一项按 Enter 前往办理{insist}{rest}。", classes="note hint")

    def _option(self, blocker: Blocker) -> Option:
        """`创新平台　还没有正文`, long ones hanging under their own text."""
        title = self._titles.get(blocker.node, blocker.node)
        lead = "" if blocker.message.startswith(title) else f"{fit(title, 16)}  "
        width = min(WIDTH, self.app.size.width - 10)
        return Option(set_out(Para(text=self.desk_app.said(blocker.message), lead=lead), width))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        offered = {"force": self._insist, "rest": self._rest}
        return bool(offered.get(action, True))

    def hinted(self) -> list[Binding]:
        words = {"force": self._insist, "rest": self._rest}
        return [
            replace(each, description=words[each.action]) if each.action in words else each
            for each in super().hinted()
        ]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._refused.blockers[event.option_index])

    def action_visit(self) -> None:
        self.query_one(OptionList).action_select()

    def action_rest(self) -> None:
        self.dismiss("rest")

    def action_force(self) -> None:
        self.dismiss("force")
