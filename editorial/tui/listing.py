"""A page that is mostly one table, filled in one batch and anew when the width changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Static

from editorial.tui.bar import Bar
from editorial.tui.columns import GAP, Column, fitting, heading
from editorial.tui.page import Data, Page
from editorial.tui.prose import Block, Prose
from editorial.values import dataclass

if TYPE_CHECKING:
    from textual import events

NARROW, ROOM = 64, 16  # what lines cannot hold goes on below them where there are rows for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table; `detail` is what the columns have no room for."""

    key: str
    cells: list[Text]
    detail: str = ""


class Rows(DataTable[Text]):
    """Home and End lead to the first and the last line, for a line has no cells to go to."""

    def action_scroll_home(self) -> None:
        if self.cursor_type == "row":
            self.action_scroll_top()
        else:
            super().action_scroll_home()

    def action_scroll_end(self) -> None:
        if self.cursor_type == "row":
            self.action_scroll_bottom()
        else:
            super().action_scroll_end()


class ListPage(Page[Data]):
    """Subclasses say what stands above the table, its columns, and its lines."""

    def caption(self, data: Data) -> str:
        raise NotImplementedError

    def summary(self, data: Data) -> str | Sequence[Block]:
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
    _come: tuple[int, ...] = ()  # rows that were not there before

    def compose(self) -> ComposeResult:
        yield Bar()
        yield Prose("正在读取……", id="summary")
        yield Rows(
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
        self.query_one(Bar).caption(self.caption(data))
        self.fill(data)
        self.query_one("#summary", Prose).update(self.summary(data))

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW and event.size.height >= ROOM, "-tall")
        if self.data is not None:
            self.fill(self.data)

    def fill(self, data: Data) -> None:
        """All lines as they are now; the cursor stays on what it was on, or near."""
        width = self.app.size.width - 1 - self.table.gutter.width
        columns = self.columns(data, width)
        left = fitting(columns, width)
        laid_out = tuple(columns[at] for at in left)
        lines = tuple(self.lines(data, columns))
        if laid_out != columns:
            lines = tuple(replace(x, cells=[x.cells[at] for at in left]) for x in lines)
        before, self.listed = self.listed, lines
        known = {line.key for line in before}
        self._come = tuple(at for at, line in enumerate(lines) if line.key not in known)
        same = [line.key for line in before] == [line.key for line in self.listed]
        if same and laid_out == self.laid_out and len(before) == self.table.row_count:
            self._write_over(before)
        else:
            self._fill_anew(laid_out)
        self._tell_detail()

    def go_on(self) -> None:
        """Whoever has made one thing goes on with it; of several none is the one."""
        if len(self._come) == 1:
            self.table.move_cursor(row=self._come[0], animate=False)

    def _write_over(self, before: tuple[Line, ...]) -> None:
        """The same lines: only what differs, so that nothing moves under the eye."""
        for row, (old, new) in enumerate(zip(before, self.listed, strict=True)):
            for at, (was, now) in enumerate(zip(old.cells, new.cells, strict=True)):
                if was != now or was.spans != now.spans or was.style != now.style:
                    self.table.update_cell_at(Coordinate(row, at), now)

    def _fill_anew(self, laid_out: tuple[Column, ...]) -> None:
        table, kept, at, top = self.table, self.here, self.table.cursor_row, self.table.scroll_y
        table.clear(columns=laid_out != self.laid_out)
        if laid_out != self.laid_out:
            self.laid_out = laid_out
            for column in laid_out:
                table.add_column(Text(heading(column)), width=column.width + GAP, key=column.key)
        for line in self.listed:
            table.add_row(*line.cells, key=line.key)
        keys = [line.key for line in self.listed]
        row = keys.index(kept) if kept in keys else max(0, min(at, len(keys) - 1))
        if top:
            table.call_after_refresh(table.scroll_to, y=top, animate=False, force=True)
        table.move_cursor(row=row, animate=False)

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        self._tell_detail()

    def _tell_detail(self) -> None:
        line = self.current_line()
        self.here = line.key if line else ""
        self.query_one("#detail", Static).update(line.detail if line else "")

    def current_line(self) -> Line | None:
        at = self.table.cursor_row
        return self.listed[at] if 0 <= at < len(self.listed) else None
