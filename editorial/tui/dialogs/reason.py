"""One line of reason for an act that needs no more."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import Field


class ReasonDialog(Form[str]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "确定", key_display="Enter"),
    ]

    def __init__(self, title: str, name: str, carry: Carry[str], *, about: str = "") -> None:
        super().__init__(title, carry, about=about)
        self._name_of_field = name

    def body(self) -> ComposeResult:
        yield Field(self._name_of_field, Input(placeholder="记入经过", compact=True))

    def on_input_submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        reason = self.query_one(Input).value.strip()
        if reason:
            self.submit(reason)
        else:
            self.fault(f"还没有写{self._name_of_field}。")
