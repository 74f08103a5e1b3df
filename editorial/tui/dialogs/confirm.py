"""A question with the thing itself in view."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from editorial.tui.dialogs.base import Dialog
from editorial.tui.prose import Prose


class ConfirmDialog(Dialog[bool]):
    """True on Enter or F10, False or None otherwise."""

    AUTO_FOCUS = "#body"
    READS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f10", "agree", "确定", key_display="Enter"),
    ]

    def __init__(self, title: str, text: str, *, note: str = "", yes: str = "确定") -> None:
        super().__init__(title)
        self._text, self._note, self._yes = text, note, yes

    def body(self) -> ComposeResult:
        yield Prose(self._text)
        if self._note:
            yield Prose(f"\n{self._note}", classes="note")

    def hinted(self) -> list[Binding]:
        agree = Binding("enter", "agree", self._yes, key_display="Enter")
        return [agree, Binding("escape", "leave", "取消", key_display="Esc")]

    def action_agree(self) -> None:
        self.dismiss(True)
