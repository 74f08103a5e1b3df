"""A box to tick."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static


class Tick(Static, can_focus=True):
    """Its state reads in black and white: `[x]` or `[ ]`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "tick", show=False)]
    DEFAULT_CSS = """
    Tick { height: 1; }
    Tick:focus { background: $cursor; }
    """
    value = reactive(False)

    class Ticked(Message):
        """The box was ticked, or cleared."""

    def __init__(self, label: str, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._label = label

    def watch_value(self, value: bool) -> None:
        self.update(f"[{'x' if value else ' '}] {self._label}")
        self.post_message(self.Ticked())

    def action_tick(self) -> None:
        self.value = not self.value

    def on_click(self) -> None:
        self.action_tick()
