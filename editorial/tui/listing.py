"""A page that is mostly one table, filled in one batch and anew when the width changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Static

from editorial.tui.columns import GAP, Column, heading
from editorial.tui.page import Data, Page

if TYPE_CHECKING:
    from textual import events


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table; `detail` is what the columns have no room for."""

    key: str
    cells: list[Text]
    detail: str = ""


class ListPage(Page[Data]):
    """Subclasses say what stands above the table, its columns, and its lines."""

    def caption(self, data: Data) -> str:
        raise NotImplementedError

    def summary(self, data: Data) -> str:
        raise NotImplementedError

    def columns(self, data: Data, width: int) -> tuple[Column, ...]:
        raise NotImplementedError

    def lines(self, data: Data, columns: tuple[Column, ...]) -> Iterable[Line]:
        raise NotImplementedError

    def hinted(self) -> list[BindingType]:
        return [*type(self).BINDINGS, *Page.BINDINGS]

    laid_out: tuple[Column, ...] = ()
    listed: tuple[Line, ...] = ()
    here = ""

    def compose(self) -> ComposeResult:
        yield Static("", id="caption", markup=False)
        yield Static("正在读取……", id="summary", markup=False)
        yield DataTable(
            cursor_type="row",
            cell_padding=0,
            cursor_foreground_priority="renderable",
            id="table",
        )
        yield Static("", id="detail", markup=False)
        yield from self.foot(self.hinted())

    @property
    def table(self) -> DataTable[Text]:
        return self.query_one("#table", DataTable)

    def show(self, data: Data) -> None:
        self.query_one("#caption", Static).update(self.caption(data))
        self.query_one("#summary", Static).update(self.summary(data))
        self.fill(data)

    def on_resize(self, event: events.Resize) -> None:
        if self.data is not None:
            self.fill(self.data)

    def fill(self, data: Data) -> None:
        """All lines anew; the cursor stays on what it was on, or near."""
        table, kept, at = self.table, self.here, self.table.cursor_row
        laid_out = self.columns(data, self.app.size.width - 1 - table.gutter.width)
        table.clear(columns=laid_out != self.laid_out)
        if laid_out != self.laid_out:
            self.laid_out = laid_out
            for column in laid_out:
                table.add_column(Text(heading(column)), width=column.width + GAP, key=column.key)
        self.listed = tuple(self.lines(data, laid_out))
        for line in self.listed:
            table.add_row(*line.cells, key=line.key)
        keys = [line.key for line in self.listed]
        row = keys.index(kept) if kept in keys else max(0, min(at, len(keys) - 1))
        table.move_cursor(row=row, animate=False)
        self._tell_detail()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        self._tell_detail()

    def _tell_detail(self) -> None:
        line = self.current_line()
        self.here = line.key if line else ""
        self.query_one("#detail", Static).update(line.detail if line else "")

    def current_line(self) -> Line | None:
        at = self.table.cursor_row
        return self.listed[at] if 0 <= at < len(self.listed) else None
