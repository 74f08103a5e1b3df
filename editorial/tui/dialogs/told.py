"""Something to be read, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from editorial.tui.dialogs.base import READ, Dialog
from editorial.tui.frame import Tells
from editorial.tui.prose import Prose


class ToldDialog(Dialog[None], Tells):
    AUTO_FOCUS = "#body"
    READS = True
    BINDINGS: ClassVar[list[BindingType]] = [READ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title)
        self._lines = tuple(lines)
        self.add_class("-broad")

    def body(self) -> ComposeResult:
        yield Prose("\n".join(map(self.desk_app.said, self._lines)))
