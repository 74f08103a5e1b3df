"""A page with a table of nodes: the axes, a filter, marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widgets import DataTable, Static

from editorial.tui.acting import ActingPage
from editorial.tui.columns import AXES, Column, cells, count_label, laid_out, overdue_label
from editorial.tui.hints import key
from editorial.tui.listing import Line, ListPage
from editorial.tui.page import COMMON
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from textual.widgets import Input

    from editorial.model.board import Board, Row


class NodesPage(ActingPage["Board"], ListPage["Board"]):
    """Subclasses name their columns and pick the rows; `depth` indents what lies below."""

    COLUMNS: ClassVar[tuple[Column, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        key("slash,ideographic_comma", "filter", "筛选", "/", "按名称、编辑、单位、状态筛选"),
        key("space,ideographic_space", "mark", "标记", "空格", "标记多行，一并操作", show=False),
        key("ctrl+a", "mark_all", "全标", "Ctrl+A", "标记或取消全部所列行", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.pattern = ""
        self.marks: frozenset[str] = frozenset()
        self.rows: tuple[tuple[Row, int], ...] = ()

    def whole(self, board: Board) -> Row:
        """The node this page is about."""
        raise NotImplementedError

    def picked(self, board: Board) -> Iterator[tuple[Row, int]]:
        """The rows to show, each with its depth."""
        raise NotImplementedError

    # The table

    def hinted(self) -> list[BindingType]:
        return [*ActingPage.BINDINGS, NodesPage.BINDINGS[0], *COMMON, *type(self).BINDINGS]

    def read(self) -> Board:
        return self.desk_app.board()

    def show(self, data: Board) -> None:
        """Rows first; names of units, which only few columns need, as soon as they are read."""
        super().show(data)
        if not self.desk_app.names:
            self._show_names(data)

    @work(exclusive=True, group="names")
    async def _show_names(self, data: Board) -> None:
        if await self.desk_app.fetch(self.desk_app.learn_names):
            self.fill(data)

    def summary(self, board: Board) -> str:
        """Totals; what is filtered and marked stays in sight."""
        marked = f"  已标记{len(self.marks)}行" if self.marks else ""
        if self.pattern:
            return f"筛选“{self.pattern}”：{len(self.rows)}行，Esc 清除{marked}"
        return f"{totals(self.whole(board))}{marked}"

    def columns(self, board: Board, width: int) -> tuple[Column, ...]:
        self.rows = tuple(self.picked(board))
        self.marks &= {row.id for row, _ in self.rows}
        return laid_out(self.COLUMNS, width, [row for row, _ in self.rows])

    def lines(self, board: Board, columns: tuple[Column, ...]) -> Iterable[Line]:
        colours, names = tints(self.app.current_theme), self.desk_app.names
        for row, depth in self.rows:
            marked = row.id in self.marks
            texts = cells(row, columns, colours, names, marked=marked, depth=depth)
            yield Line(key=row.id, cells=texts, detail=detail(row, names))

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self.desk_app.go_to(str(event.row_key.value))

    # Choosing

    def chosen(self) -> tuple[Row, ...]:
        """The marked rows, else the one under the cursor."""
        wanted = self.marks or {self.here}
        return tuple(row for row, _ in self.rows if row.id in wanted)

    def action_mark(self) -> None:
        self.marks ^= {self.here} if self.here else set()
        self._show_marks()
        self.table.action_cursor_down()

    def action_mark_all(self) -> None:
        ids = frozenset(row.id for row, _ in self.rows)
        self.marks = frozenset() if self.marks >= ids else ids
        self._show_marks()

    def _show_marks(self) -> None:
        if self.data is not None:
            with self.app.batch_update():
                self.show(self.data)

    # Filter

    def action_filter(self) -> None:
        from editorial.tui.filter import FilterInput

        if self.query(FilterInput):
            self.query_one(FilterInput).focus()
        else:
            self.mount(FilterInput(self.pattern), before="#detail")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.set_pattern(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.close_filter()

    def close_filter(self) -> None:
        from editorial.tui.filter import FilterInput

        self.query(FilterInput).remove()
        self.table.focus()

    def set_pattern(self, pattern: str) -> None:
        self.pattern = pattern.strip()
        if self.data is not None:
            with self.app.batch_update():
                self.fill(self.data)
                self.query_one("#summary", Static).update(self.summary(self.data))

    def action_back(self) -> None:
        """Esc goes back one layer at a time: filter, marks, screen."""
        if self.pattern:
            self.set_pattern("")
        elif self.marks:
            self.marks = frozenset()
            self._show_marks()
        else:
            super().action_back()


def matches(row: Row, pattern: str, names: dict[str, str]) -> bool:
    """Every word of the pattern occurs somewhere in what the row shows."""
    states = [getattr(row, axis).label for axis, _ in AXES]
    units = [names.get(unit, unit) for unit in row.units]
    shown = " ".join([row.id, row.title, row.editor, *units, *states, overdue_label(row)]).lower()
    return all(word in shown for word in pattern.lower().split())


def totals(row: Row) -> str:
    """`供稿 86/250  编审 …  逾期 7  123,456字` of a volume or a chapter."""
    parts = [count_label(name, getattr(row, axis)) for axis, name in AXES]
    if row.overdue:
        parts.append(f"逾期 {row.overdue}")
    return "  ".join([*parts, f"{row.chars:,}字"])


def detail(row: Row, names: dict[str, str]) -> str:
    """What columns have no room for, of the row under the cursor."""
    parts = [row.title]
    if row.editor:
        parts.append(f"责编 {row.editor}")
    if row.due is not None:
        parts.append(f"截稿 {row.due.isoformat()}")
    if row.overdue:
        parts.append(f"逾期{row.overdue}项")
    if row.units:
        parts.append("、".join(names.get(unit, unit) for unit in row.units))
    return "　".join(parts)
