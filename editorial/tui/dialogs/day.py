"""One day asked for, with what it is about in view."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from editorial.errors import EditorialError
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField
from editorial.tui.prose import Prose


class DayDialog(Form[date]):
    """Today unless another is typed; a day without its year is the last such day."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "确定", key_display="Enter"),
    ]

    def __init__(
        self,
        title: str,
        text: str,
        field: str,
        carry: Carry[date],
        *,
        note: str = "",
        about: str = "",
    ) -> None:
        super().__init__(title, carry, about=about)
        self._text, self._field, self._note = text, field, note

    def body(self) -> ComposeResult:
        yield DayField(self._field, "+0", id="day", past=True, empty="还没有填")
        yield Prose(self._text)
        if self._note:
            yield Prose(f"\n{self._note}", classes="note")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        try:
            day = self.query_one("#day", DayField).day()
        except EditorialError as error:
            self.fault_of(error)
            return
        if day is None:
            self.fault(f"还没有填{self._field}。")
        else:
            self.submit(day)
