"""The filter line: rows follow while one types; Enter keeps it, Esc drops it layer by layer.

While it is empty a digit takes the filter saved under it; Ctrl+S saves the present one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from editorial.desk.saved_filters import SavedFilter


class FilterInput(Input):
    """`take` takes the filter saved under a digit, and says whether there is one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "清除", show=False),
        Binding("down", "screen.close_filter", "到表中", show=False),
        Binding("ctrl+s", "screen.save_filter", "存筛选", show=False),
    ]

    def __init__(self, pattern: str, sought: str, take: Callable[[str], bool]) -> None:
        super().__init__(pattern, placeholder=f"筛选：{sought}，可写几个词", compact=True)
        self._take = take

    def on_mount(self) -> None:
        self.focus()

    async def _on_key(self, event: events.Key) -> None:
        if not self.value and self._take(event.character or ""):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)

    async def action_drop(self) -> None:
        """First what is typed, then the line."""
        if self.value:
            self.value = ""
        else:
            await self.run_action("screen.close_filter")


class SavedLine(Static):
    """Under the filter line: what is not finished yet, else the keys and the saved filters."""

    def __init__(self) -> None:
        super().__init__("", id="saved")

    def tell(
        self, unfinished: str, keys: Iterable[str], saved: Iterable[SavedFilter], pattern: str
    ) -> None:
        if unfinished:
            self.update(Text(f"还没写完：{unfinished}", no_wrap=True))
            return
        line = Text("", no_wrap=True)
        for each in saved:
            style = Style.from_meta({"@click": f"screen.saved({each.number})"})
            line.append(f"{each.number}{each.name}", style)
            line.append("  ")
        if pattern:
            line.append("存下", Style.from_meta({"@click": "screen.save_filter"}))
            line.append(" Ctrl+S  ")
        self.update(line.append(f"可写 {' '.join(f'{key}:' for key in keys)}"))
