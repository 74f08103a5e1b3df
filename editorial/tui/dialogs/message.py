"""A fault told in words: what happened, where, what to do next."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from editorial.errors import BadData, EditorialError
from editorial.tui.dialogs.base import READ, Dialog
from editorial.tui.frame import Tells
from editorial.tui.prose import Para, Prose


class ErrorDialog(Dialog[None], Tells):
    AUTO_FOCUS = "#body"
    READS = True
    BINDINGS: ClassVar[list[BindingType]] = [READ]
    DEFAULT_CSS = """
    ErrorDialog #title { background: $error; }
    ErrorDialog .hint { margin-top: 1; }
    """

    def __init__(self, error: EditorialError) -> None:
        super().__init__("没有办成")
        self._error = error

    def says(self, error: EditorialError) -> bool:
        """Whether it tells the same already: what goes on being wrong is told once."""
        return (self._error.message, self._error.where) == (error.message, error.where)

    def body(self) -> ComposeResult:
        error = self._error
        yield Prose(self.desk_app.said(error.message))
        if error.where:
            yield Prose(f"位置：{error.where}")
        if isinstance(error, BadData):
            yield Prose([Para(text=str(problem), lead="- ") for problem in error.problems])
        if hint := self.desk_app.said(error.hint):
            yield Prose(f"办法：{hint}", classes="hint")
