"""项目: the volumes of the workspace with their bars; Enter opens one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widgets import DataTable

from editorial.tui.cells import fit
from editorial.tui.columns import AXES, AXIS_KEYS, GAP, Column, Tints, axis_text
from editorial.tui.frame import stands
from editorial.tui.hints import WIDE, glance, key
from editorial.tui.listing import Line
from editorial.tui.page import COMMON
from editorial.tui.picking import FilterPage
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.desk.projects import Project
    from editorial.model.selection import Language

# Volumes read between two paints: few at first, for somebody waits, then twice as many each
# time, since git is asked anew each time, which costs as much as reading ten.
FIRST, MOST = 8, 64
COLUMNS = (
    Column(key="title", heading="书名"),
    Column(key="stage", heading="阶段", width=6),
    *(Column(key=each, heading=name, width=12) for each, name in AXES),
    Column(key="overdue", heading="逾期", width=5),
    Column(key="due", heading="到期", width=5),
    Column(key="kind", heading="类别", width=12, since=120),
    Column(key="chars", heading="字数", width=9, since=120, right=True),
    Column(key="changed", heading="最近改动", width=10, since=WIDE),
)
NARROW = dict.fromkeys((key for key, _ in AXES), 6)
ROOMY = 120
SMALL = 60  # below it the bars stand aside, the figures of the detail line tell


class ProjectsScreen(FilterPage["tuple[Project, ...]"]):
    SOUGHT = "书名、类别、阶段，逾期、有改动、读不了"
    LIST = "项目"
    BINDINGS: ClassVar[list[BindingType]] = [
        glance("enter", "open", "打开", "Enter", "打开这部书"),
        key("f2,m", "move_volume", "阶段", "F2 m", "推进这部书的阶段：评议、发稿、付印等"),
    ]

    def hinted(self) -> list[BindingType]:
        back = glance("escape", "back", "返回", "Esc", "返回上一屏")
        return [*type(self).BINDINGS, FilterPage.BINDINGS[0], *COMMON, back]

    def on_mount(self) -> None:
        self.here = self.desk_app.desk.volume_id
        super().on_mount()

    def read(self) -> tuple[Project, ...]:
        from editorial.desk.projects import known_projects

        return known_projects(self.desk_app.desk, date.today())

    def show(self, data: tuple[Project, ...]) -> None:
        super().show(data)
        if any(each.waits for each in data):
            self._read_on()

    @work(exclusive=True, group="read on")
    async def _read_on(self) -> None:
        """The others, a few at a time, so that what is known shows at once."""
        from editorial.desk.projects import read_projects

        count = FIRST
        while waiting := [each.id for each in self.data or () if each.waits][:count]:
            desk, count = self.desk_app.desk, min(2 * count, MOST)
            found = await self.desk_app.fetch(partial(read_projects, desk, waiting, date.today()))
            if found is None or not stands(self):
                return
            anew = {each.id: each for each in found}
            self.data = tuple(anew.get(each.id, each) for each in self.data or ())
            with self.app.batch_update():
                super().show(self.data)

    def language(self) -> Language[Project, None]:
        from editorial.desk.project_selection import PROJECTS

        return PROJECTS

    def caption(self, found: tuple[Project, ...]) -> str:
        return f"项目　{date.today().isoformat()}"

    def summary(self, found: tuple[Project, ...]) -> str:
        if self.pattern:
            return self.sought()
        late, faulty = sum(bool(x.overdue) for x in found), sum(bool(x.fault) for x in found)
        waiting = sum(each.waits for each in found)
        counts = (("有逾期", late), ("读不了", faulty), ("正在读", waiting))
        told = "  ".join(f"{name} {count}" for name, count in counts if count)
        return f"{len(found)}部书  {told}"

    def columns(self, found: tuple[Project, ...], width: int) -> tuple[Column, ...]:
        shown = [each for each in COLUMNS if each.since <= width]
        if width < ROOMY:
            shown = [replace(each, width=NARROW.get(each.key, each.width)) for each in shown]
        if width < SMALL:
            shown = [each for each in shown if each.key not in AXIS_KEYS]
        rest = width - 1 - sum(each.width for each in shown) - GAP * len(shown)
        return tuple(each if each.width else replace(each, width=rest) for each in shown)

    def lines(self, found: tuple[Project, ...], columns: tuple[Column, ...]) -> Iterable[Line]:
        colours, today = tints(self.app.current_theme), date.today()
        present = self.desk_app.desk.volume_id
        for each in filter(self.keeper(), found):
            cells = [_cell(each, column, colours, today, present) for column in columns]
            yield Line(key=each.id, cells=cells, detail=_detail(each, today))

    # Acts

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self.action_open()

    def action_open(self) -> None:
        if self.here == self.desk_app.desk.volume_id:
            self.desk_app.back_to_board()
        elif self.here:
            self.run_worker(self._open(self.here), group="look")

    def action_move_volume(self) -> None:
        if self.here:
            self.run_worker(self._move(self.here), group="act")

    async def _open(self, volume: str) -> None:
        from editorial.tui import acts

        await acts.open_volume(self.desk_app, volume)

    async def _move(self, volume: str) -> None:
        """Another book is opened first: what stands in its way is then a key away. That leaves
        this page, and what it runs ends with it: the application asks on."""
        from editorial.tui import acts

        if volume != self.desk_app.desk.volume_id:
            await acts.open_volume(self.desk_app, volume)
        if volume == self.desk_app.desk.volume_id:
            self.app.run_worker(acts.move_volume(self.desk_app), group="act")


def _cell(each: Project, column: Column, colours: Tints, today: date, present: str) -> Text:
    if column.key in AXIS_KEYS:
        cell = getattr(each, column.key)
        if column.width < 12:  # the state goes before the figures do
            cell = replace(cell, label="" if cell.total > 1 else cell.label)
        return axis_text(cell, column.width, colours)
    said = fit(VALUES[column.key](each, today), column.width)
    if column.key == "title":
        mark = "*" if each.id == present else " "
        return Text(fit(f"{mark} {each.title}", column.width), style="bold" if mark == "*" else "")
    if column.right:
        said = said.strip().rjust(column.width)
    alarm = column.key == "overdue" or (column.key == "stage" and each.fault)
    return Text(said, style=f"bold {colours.alarm}" if alarm else "")


def _stage(each: Project, _: date) -> str:
    return "读不了" if each.fault else "正在读" if each.waits else each.stage


def _due(each: Project, today: date) -> str:
    if each.due is None:
        return ""
    days = (each.due - today).days
    return f"{days}天" if days else "今天"


VALUES: dict[str, Callable[[Any, date], str]] = {
    "title": lambda each, _: each.title,
    "stage": _stage,
    "overdue": lambda each, _: f"逾{each.overdue}" if each.overdue else "",
    "due": _due,
    "kind": lambda each, _: each.kind,
    "chars": lambda each, _: f"{each.chars:,}" if each.chars else "",
    "changed": lambda each, _: f"{each.changed:%Y-%m-%d}" if each.changed else "",
}


def _detail(each: Project, today: date) -> str:
    """What is wrong with it, else what the columns have no room for."""
    if each.fault:
        return f"{each.id}　{each.fault}"
    counts = [
        f"{name} {cell.label} {cell.done}/{cell.total}"
        for axis, name in AXES
        if (cell := getattr(each, axis)).total
    ]
    hand = "有没留存的手工改动" if each.hand else ""
    due = f"{each.due}到期" if each.due else ""
    return "　".join(part for part in (each.id, each.kind, *counts, due, hand) if part)
