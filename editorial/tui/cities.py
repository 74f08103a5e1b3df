"""总览的另一面: 篇目 × 城市, one line of work at a time; Enter goes to the cell's sections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Static

from editorial.tui.cells import fit
from editorial.tui.columns import AXES, GAP, UNREAD, Column, Tints, barred, overdue_label
from editorial.tui.hints import figure, glance
from editorial.tui.listing import Line, ListPage
from editorial.tui.page import COMMON
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.desk.city_board import CityBoard
    from editorial.model.board import Row

VIEWS = (*AXES, ("overdue", "逾期"))
NARROWEST, WIDEST = 5, 13
TITLE_MIN, TITLE_MAX = 14, 30
WHOLE = "（全书）"


class CitiesScreen(ListPage["CityBoard"]):
    """The cursor stands on one cell; the table scrolls sideways where cities are many."""

    BINDINGS: ClassVar[list[BindingType]] = [
        glance("v,shift+f5", "back", "按篇目", "Shift+F5 v", "回到一行一个篇目的总览"),
        *(
            glance(figure(at), f"turn({at})", name, str(at), f"看各市的{name}", show=False)
            for at, (_, name) in enumerate(VIEWS, 1)
        ),
        glance("tab,right_square_bracket", "turn(0)", "换线", "Tab ]", "换一条线：供稿、编审……"),
        glance("enter", "open", "看分目", "Enter", "去这一格的分目"),
        glance("escape", "back", "返回", "Esc", "返回上一屏", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.turned_to = 1

    def hinted(self) -> list[BindingType]:
        return [*type(self).BINDINGS, *COMMON]

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            yield widget
            if widget.id == "summary":
                yield Static("", id="tabs")

    def on_mount(self) -> None:
        self.table.cursor_type = "cell"
        self.table.fixed_columns = 1
        self.watch(self.table, "scroll_x", self._tell_tabs, init=False)
        self.watch(self.table, "virtual_size", self._tell_tabs, init=False)
        super().on_mount()

    def read(self) -> CityBoard:
        from editorial.desk.city_board import city_board

        return city_board(self.desk_app.desk, date.today(), sparing=True)

    def show(self, data: CityBoard) -> None:
        super().show(data)
        self._tell_tabs()

    def _tell_tabs(self) -> None:
        self.query_one("#tabs", Static).update(self._tabs().append(self._unseen(), "bold"))

    def _unseen(self) -> str:
        """How many cities stand beyond the edges, which ← and → bring into sight."""
        if not self.laid_out or not self.table.size.width:
            return ""
        widths = [column.width + GAP for column in self.laid_out]
        room, first = self.table.size.width, int(self.table.scroll_x)
        starts = [sum(widths[:at]) - first for at in range(1, len(widths))]
        before = sum(start < widths[0] for start in starts)
        behind = sum(start + NARROWEST - 1 > room for start in starts)
        told = (
            f"← 左边还有{before}市" if before else "",
            f"→ 右边还有{behind}市" if behind else "",
        )
        return "  ".join(("", *filter(None, told)))

    def caption(self, board: CityBoard) -> str:
        return f"{board.title} / 篇目 × 城市"

    def summary(self, board: CityBoard) -> str:
        late = [(row.overdue, row.title) for row in board.totals if row and row.overdue]
        unread = f"{UNREAD} {board.unread}  " if board.unread else ""
        if not late:
            return f"{unread}{len(board.cities)}市，没有逾期"
        told = "  ".join(f"{city} {count}" for count, city in sorted(late, reverse=True))
        return f"{unread}逾期  {told}"

    def _tabs(self) -> Text:
        """`[1供稿] 2编审 …`: brackets, not colour alone, tell what is in sight."""
        line = Text(" ", no_wrap=True)
        for at, (_, name) in enumerate(VIEWS, 1):
            seen = at == self.turned_to
            style = Style.from_meta({"@click": f"screen.turn({at})"})
            line.append(f"[{at}{name}]" if seen else f" {at}{name} ", style + Style(bold=seen))
        return line

    def columns(self, board: CityBoard, width: int) -> tuple[Column, ...]:
        titles = max((cell_len(title) for _, title, _ in board.rows), default=0) + 1
        cities = max(1, len(board.cities))
        title = max(TITLE_MIN, min(titles, TITLE_MAX, width - 2 - cities * (NARROWEST + GAP + 1)))
        each = (width - 1 - title - GAP) // cities - GAP
        wide = max(NARROWEST, min(WIDEST, each))
        named = (Column(key=city, heading=fit(city, wide), width=wide) for city in board.cities)
        return (Column(key="chapter", heading="篇目", width=title), *named)

    def lines(self, board: CityBoard, columns: tuple[Column, ...]) -> Iterable[Line]:
        rows = (*board.rows, ("", WHOLE, board.totals))
        for chapter, title, cells in rows:
            yield self._line(chapter, title, cells, columns)

    def _line(
        self, chapter: str, title: str, cells: tuple[Row | None, ...], columns: tuple[Column, ...]
    ) -> Line:
        colours = tints(self.app.current_theme)
        shown = [
            _cell(each, VIEWS[self.turned_to - 1][0], columns[1].width, colours) for each in cells
        ]
        head = Text(fit(title, columns[0].width), style="" if chapter else "bold")
        return Line(key=chapter or WHOLE, cells=[head, *shown], detail=title)

    def on_data_table_cell_highlighted(self, event: DataTable.CellHighlighted) -> None:
        self._tell_detail()

    def _tell_detail(self) -> None:
        """All lines of work of the cell under the cursor."""
        super()._tell_detail()
        if cell := self._at(self.table.cursor_coordinate):
            line = self.current_line()
            parts = [
                f"{name} {found.label} {found.done}/{found.total}"
                for axis, name in AXES
                if (found := getattr(cell, axis)).total
            ]
            where = f"{line.detail if line else ''} · {cell.title}"
            late = [f"逾期{cell.overdue}项"] if cell.overdue else []
            self.query_one("#detail", Static).update("　".join((where, *parts, *late)))

    def _at(self, place: Coordinate) -> Row | None:
        if self.data is None or not place.column:
            return None
        rows = [cells for _, _, cells in self.data.rows] + [self.data.totals]
        row = rows[place.row] if place.row < len(rows) else ()
        return row[place.column - 1] if place.column <= len(row) else None

    # Turning and going

    def action_turn(self, number: int) -> None:
        self.turned_to = number or self.turned_to % len(VIEWS) + 1
        at = self.table.cursor_coordinate
        if self.data is not None:
            self.show(self.data)
            self.table.move_cursor(row=at.row, column=at.column, animate=False)

    def on_data_table_cell_selected(self, event: DataTable.CellSelected) -> None:
        self.action_open()

    def action_open(self) -> None:
        """A cell opens its chapter with its city as filter; the last row, the whole board."""
        if self.data is None or (line := self.current_line()) is None:
            return
        column = self.table.cursor_coordinate.column
        city = self.data.cities[column - 1] if column else ""
        pattern = f"城市:{city}" if city else ""
        if line.key == WHOLE:
            self.desk_app.show_board(pattern)
        else:
            from editorial.tui.chapter import ChapterScreen

            self.app.push_screen(ChapterScreen(line.key, pattern))


def _cell(row: Row | None, view: str, width: int, colours: Tints) -> Text:
    """`3/12` over a tint as long as the share; nothing where a city has no part."""
    if row is None:
        return Text(" " * width)
    if view == "overdue":
        return Text(
            fit(overdue_label(row) or "-", width),
            style=f"bold {colours.alarm}" if row.overdue else colours.faint,
        )
    axis = getattr(row, view)
    if not axis.total:
        return Text(fit("-", width), style=colours.faint)
    count = f"{axis.done}/{axis.total}"
    late = "!" if axis.late and len(count) < width else ""
    room = width - len(count) - len(late)
    label = fit(axis.label, room - 1) + " " if room > 5 else ""
    return barred(fit(label + count + late, width), axis.done / axis.total, colours)
