"""按键一览: made from the keys themselves, so that it cannot lag behind them."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from editorial.tui.cells import fit
from editorial.tui.dialogs.base import Dialog
from editorial.tui.hints import key_label
from editorial.tui.prose import Prose

ABOUT = """\
表中每格是一条线的现状和“已完成/总数”，底色长短同此。供稿、编审、函件、意见、校对五条线各走各的。
中文输入法开着时字母键会被吞掉，请用功能键。鼠标可点页脚和表格，点两下即打开。
"""


class HelpDialog(Dialog[None]):
    AUTO_FOCUS = "#body"
    READS = True

    def __init__(self, bindings: list[Binding]) -> None:
        super().__init__("帮助：这一屏能做的事")
        self._bindings_told = bindings

    def body(self) -> ComposeResult:
        yield Static(self._table())
        yield Prose(f"\n{ABOUT}", classes="note")

    def _table(self) -> Text:
        table = Text()
        for binding in self._bindings_told:
            table.append(fit(key_label(binding, every=True), 10), style="bold")
            table.append(fit(binding.description, 8))
            table.append(f"{binding.tooltip or binding.description}\n")
        return table
