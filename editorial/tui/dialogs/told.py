"""Something to be read, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from editorial.tui.dialogs.base import Dialog
from editorial.tui.prose import Prose
from editorial.tui.spoken import spoken


class ToldDialog(Dialog[None]):
    AUTO_FOCUS = "#body"
    READS = True

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(title)
        self._lines = tuple(map(spoken, lines))
        self.add_class("-broad")

    def body(self) -> ComposeResult:
        yield Prose("\n".join(self._lines))
