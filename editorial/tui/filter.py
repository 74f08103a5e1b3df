"""The filter line: rows follow while one types; Enter keeps it, Esc drops it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

if TYPE_CHECKING:
    from editorial.tui.nodes import NodesPage


class FilterInput(Input):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "drop", "清除", show=False),
        Binding("down", "keep", "到表中", show=False),
    ]

    def __init__(self, pattern: str) -> None:
        super().__init__(
            pattern, placeholder="筛选：名称、编辑、单位、状态，可写几个词", compact=True
        )

    def on_mount(self) -> None:
        self.focus()

    @property
    def page(self) -> NodesPage:
        from editorial.tui.nodes import NodesPage

        page = self.screen
        assert isinstance(page, NodesPage)
        return page

    def action_drop(self) -> None:
        self.page.set_pattern("")
        self.page.close_filter()

    def action_keep(self) -> None:
        self.page.close_filter()
