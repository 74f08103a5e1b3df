"""One out of a list of (id, label); the present one is marked in words."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from editorial.tui.dialogs.base import Dialog


class ChooseDialog(Dialog[str]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "选定", key_display="Enter"),
    ]

    def __init__(self, title: str, choices: tuple[tuple[str, str], ...], present: str) -> None:
        super().__init__(title)
        self._choices, self._present = choices, present

    def body(self) -> ComposeResult:
        yield OptionList(
            *(
                Option(f"{label}（当前）" if id == self._present else label, id=id)
                for id, label in self._choices
            ),
            markup=False,
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_choose(self) -> None:
        self.query_one(OptionList).action_select()
