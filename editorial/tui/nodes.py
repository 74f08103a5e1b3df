"""A page with a table of nodes: the axes, a filter, marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widgets import DataTable

from editorial.model.selection import SECTIONS, Language, Units
from editorial.tui.acting import ACTS, ActingPage
from editorial.tui.columns import AXES, UNREAD, Column, cells, count_label, laid_out
from editorial.tui.frame import stands
from editorial.tui.listing import Line
from editorial.tui.page import COMMON
from editorial.tui.picking import FilterPage, PickPage
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.errors import Problem
    from editorial.model.board import Board, Row

CELLS = "每格是一条线的现状和“已完成/总数”，底色长短同此；供稿、编审、函件、意见、校对各走各的。"


class NodesPage(ActingPage["Board"], PickPage["Board"]):
    """Subclasses name their columns and pick the rows; `depth` indents what lies below."""

    COLUMNS: ClassVar[tuple[Column, ...]] = ()
    SOUGHT = "名称、编辑、单位、状态，拼音首字母也行"
    LIST = "分目"

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[tuple[Row, int], ...] = ()

    def whole(self, board: Board) -> Row:
        """The node this page is about."""
        raise NotImplementedError

    def picked(self, board: Board) -> Iterator[tuple[Row, int]]:
        """The rows to show, each with its depth."""
        raise NotImplementedError

    def explained(self) -> str:
        return f"{CELLS}\n{super().explained()}"

    # The table

    def language(self) -> Language[Row, Units]:
        return SECTIONS

    def hinted(self) -> list[BindingType]:
        return [*ACTS, FilterPage.BINDINGS[0], *COMMON, *type(self).BINDINGS]

    def read(self) -> Board:
        return self.desk_app.board()

    def show(self, data: Board) -> None:
        """Rows first; names of units, which only few columns need, as soon as they are read."""
        super().show(data)
        self._tell_faults(data)
        if not self.desk_app.names:
            self._show_names(data)

    def _tell_faults(self, board: Board) -> None:
        """Letters, opinions and proofs that cannot be read have no row here; each is told once."""
        for fault in board.faults:
            if fault not in self.desk_app.faults:
                self.notify(f"{UNREAD}：{fault}", severity="warning", markup=False, timeout=8)
        self.desk_app.faults = board.faults

    @work(exclusive=True, group="names")
    async def _show_names(self, data: Board) -> None:
        if await self.desk_app.fetch(self.desk_app.learn_names) and stands(self):
            self.fill(data)

    def summary(self, board: Board) -> str:
        """Totals; what is filtered and marked stays in sight."""
        return self.sought() if self.pattern else f"{totals(self.whole(board))}{self.marked()}"

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
        return tuple(row for row, _ in self.rows if row.id in self.wanted())


def totals(row: Row) -> str:
    """`供稿 86/250  编审 …  逾期 7  123,456字` of a volume or a chapter."""
    parts = [count_label(name, getattr(row, axis)) for axis, name in AXES]
    if row.overdue:
        parts.append(f"逾期 {row.overdue}")
    if row.faults:
        parts.insert(0, f"{UNREAD} {len({fault.file for fault in row.faults})}")
    return "  ".join([*parts, f"{row.chars:,}字"])


def _fault(fault: Problem) -> str:
    """The file by its name, for there is one line: where it lies, the row tells."""
    return str(replace(fault, file=fault.file.rpartition("/")[2]))


def detail(row: Row, names: dict[str, str]) -> str:
    """What columns have no room for, of the row under the cursor."""
    if row.faults:
        return "　".join([row.title, *map(_fault, row.faults)])
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
