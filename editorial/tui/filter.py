"""The filter line: rows follow while one types; Enter keeps it, Esc drops it layer by layer.

While it is empty a digit takes the filter saved under it; Ctrl+S saves the present one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from editorial.tui.picking import FilterPage


class FilterInput(Input):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "清除", show=False),
        Binding("down", "keep", "到表中", show=False),
        Binding("ctrl+s", "save", "存筛选", show=False),
    ]

    def __init__(self, pattern: str, sought: str) -> None:
        super().__init__(pattern, placeholder=f"筛选：{sought}，可写几个词", compact=True)

    def on_mount(self) -> None:
        self.focus()

    @property
    def page(self) -> FilterPage[Any]:
        from editorial.tui.picking import FilterPage

        page = self.screen
        assert isinstance(page, FilterPage)
        return page

    async def _on_key(self, event: events.Key) -> None:
        if not self.value and self.page.take_saved(event.character or ""):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)

    def action_drop(self) -> None:
        """First what is typed, then the line."""
        if self.value:
            self.value = ""
        else:
            self.page.close_filter()

    def action_keep(self) -> None:
        self.page.close_filter()

    def action_save(self) -> None:
        self.page.action_save_filter()


class SavedLine(Static):
    """Under the filter line: what is not finished yet, else the keys and the saved filters."""

    def __init__(self) -> None:
        super().__init__("", id="saved")

    def tell(self, page: FilterPage[Any]) -> None:
        if page.typed.unfinished:
            self.update(Text(f"还没写完：{page.typed.unfinished}", no_wrap=True))
            return
        keys = " ".join(f"{key}:" for key in page.language().keys)
        line = Text("", no_wrap=True)
        for each in page.saved():
            style = Style.from_meta({"@click": f"screen.saved({each.number})"})
            line.append(f"{each.number}{each.name}", style)
            line.append("  ")
        if page.pattern:
            line.append("存下", Style.from_meta({"@click": "screen.save_filter"}))
            line.append(" Ctrl+S  ")
        self.update(line.append(f"可写 {keys}"))
