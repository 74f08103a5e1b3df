"""A fault told in words: what happened, where, what to do next."""

from __future__ import annotations

from textual.app import ComposeResult

from editorial.errors import BadData, EditorialError
from editorial.tui.dialogs.base import Dialog
from editorial.tui.prose import Para, Prose


class ErrorDialog(Dialog[None]):
    AUTO_FOCUS = "#body"
    READS = True
    DEFAULT_CSS = """
    ErrorDialog #title { background: $error; }
    ErrorDialog .hint { margin-top: 1; }
    """

    def __init__(self, error: EditorialError) -> None:
        super().__init__("没有办成")
        self._error = error

    def body(self) -> ComposeResult:
        error = self._error
        yield Prose(error.message)
        if error.where:
            yield Prose(f"位置：{error.where}")
        if isinstance(error, BadData):
            yield Prose([Para(text=str(problem), lead="- ") for problem in error.problems])
        if error.hint and "--" not in error.hint:  # options of the command line help nobody here
            yield Prose(f"办法：{error.hint}", classes="hint")
