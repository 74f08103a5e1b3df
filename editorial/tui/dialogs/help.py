"""按键一览: made from the keys themselves, so that it cannot lag behind them."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from editorial.tui.cells import fit
from editorial.tui.dialogs.base import READ, Dialog
from editorial.tui.hints import ALWAYS, key_label
from editorial.tui.prose import Para, Prose, set_out
from editorial.values import dataclass

ABOUT = "中文输入法开着时字母键会被吞掉，请用功能键。鼠标可点页脚和表格，点两下即打开。"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """Keys, name and what it does; what is long hangs under its own beginning."""

    binding: Binding

    def set_out(self, width: int) -> Text:
        keys, name = fit(key_label(self.binding), 12), fit(self.binding.description, 9)
        tip = self.binding.tooltip or self.binding.description
        line = set_out(Para(text=tip, lead=f"{keys}{name} "), width)
        line.stylize("not dim", 0, len(keys) + len(name))
        line.stylize("bold", 0, len(keys))
        return line


class HelpDialog(Dialog[None]):
    AUTO_FOCUS = "#body"
    READS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        READ,
        Binding("shift+f1,t", "tour", "导览", key_display="Shift+F1"),
    ]

    def __init__(self, title: str, bindings: list[Binding], about: str = "") -> None:
        """`about` explains what this screen shows. What every screen has comes last."""
        super().__init__(title)
        told = sorted(bindings, key=lambda each: each.action.removeprefix("app.") in ALWAYS)
        self._bindings_told, self._about = told, about

    def body(self) -> ComposeResult:
        yield Prose([KeyLine(binding=binding) for binding in self._bindings_told])
        told = "\n".join(each for each in (self._about, ABOUT) if each)
        yield Prose(f"\n{told}", classes="note")

    def action_tour(self) -> None:
        from editorial.tui.dialogs.tour import TourDialog

        self.app.switch_screen(TourDialog())
