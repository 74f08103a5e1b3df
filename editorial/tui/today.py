"""今日: who is to be called, what falls due, what came in; every contact logged, the day closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Static

from editorial.model.selection import Language
from editorial.tui import today_views
from editorial.tui.cells import fit
from editorial.tui.columns import GAP, Column, barred
from editorial.tui.dialogs.fields import WEEKDAYS
from editorial.tui.frame import stands
from editorial.tui.hints import UNDO, WIDE, figure, glance, key
from editorial.tui.listing import Line
from editorial.tui.page import COMMON
from editorial.tui.picking import FilterPage
from editorial.tui.prose import Block, Para
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.desk.today import Today
    from editorial.model.people import Unit

BAR = 26
LEAST = 8
BROAD = {"unit": 20, "last": 19, "letter": 16}
ACTS: tuple[BindingType, ...] = (
    key("f2,c", "carry('reached')", "联系上", "F2 c", "记一次电话：联系上了，结果按当天的步骤"),
    key("f3,n", "carry('missed')", "没接通", "F3 n", "记一次电话：没有联系上"),
    key("f4,p", "carry('agreed')", "约定", "F4 p", "记一次电话：约定哪天再联系"),
    key("f6,l", "carry('call')", "详记", "F6 l", "记一次联系：方式、结果、延期、领导出面、说明"),
    key("f7,k", "carry('check_in')", "填报", "F7 k", "单位自己说某项稿子到了什么状态"),
    UNDO,
    key("f9,w", "carry('chaser')", "催办函", "F9 w", "为催到发函一步的单位拟催办函"),
    key("f10,z", "close_day", "日结", "F10 z", "日结：全部联系到了才能结，取期号"),
)
MORE: tuple[BindingType, ...] = (
    key("shift+f2,y", "carry('extend')", "延期", "y Shift+F2", "批准延期：函件或供稿任务"),
    key("shift+f3,s", "carry('pause')", "暂停", "s Shift+F3", "暂停催办；已暂停的恢复"),
    glance("shift+f4,L", "letters", "函件", "L Shift+F4", "函件登记"),
    glance("shift+f6,i", "returns", "收件", "i Shift+F6", "收件：待认领的来件，收信、认领、搁置"),
    key("shift+f7,g", "digest", "日报", "g Shift+F7", "出《每日供稿进度情况》"),
    glance("shift+f9,d", "change_day", "换日", "d Shift+F9", "看另一天，补记以前的联系"),
    glance("left_square_bracket", "turn_day(-1)", "前一天", "[", "看前一天", show=False),
    glance("right_square_bracket", "turn_day(1)", "后一天", "]", "看后一天", show=False),
    glance("f11,U", "unit", "单位", "F11 U", "所选的单位：联络员、函件、供稿"),
)
VIEWS: tuple[BindingType, ...] = tuple(
    glance(figure(number), f"turn({number})", name, str(number), f"看{name}", show=False)
    for number, name in enumerate(today_views.NAMES, 1)
)


class TodayScreen(FilterPage["Today"]):
    SOUGHT = "单位、联络员、事项、结果，未联系、逾期"
    LIST = "今日"
    BINDINGS: ClassVar[list[BindingType]] = [
        *ACTS,
        *MORE,
        *VIEWS,
        glance("tab", "turn(0)", "换页", "Tab", "看下一页", show=False),
    ]

    def __init__(self, day: date | None = None) -> None:
        super().__init__()
        self._day = day
        self.turned_to = 1
        self.entries: tuple[today_views.Entry, ...] = ()

    @property
    def day(self) -> date:
        """The day looked at; today moves on by itself at midnight."""
        return self._day or date.today()

    # The lists

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            yield widget
            if widget.id == "summary":
                yield Static("", id="tabs")
            if widget.id == "detail":
                yield from self.legend(MORE, "还可以：")

    def hinted(self) -> list[BindingType]:
        return [*ACTS, *COMMON, FilterPage.BINDINGS[0]]

    def read(self) -> Today:
        from editorial.desk.today import today_of

        self.desk_app.board()
        self.desk_app.learn_names()
        return today_of(self.desk_app.desk, self.day)

    def show(self, data: Today) -> None:
        super().show(data)
        self.query_one("#tabs", Static).update(self._tabs(data))

    def language(self) -> Language[today_views.Entry, None]:
        return today_views.LANGUAGES[self.turned_to - 1]

    def caption(self, found: Today) -> str:
        day, closed = found.chase.day, found.chase.log.closed
        told = "已日结" if closed else "未日结"
        word = "今日" if day == date.today() else "当日"
        weekday = WEEKDAYS[day.weekday()]
        return f"{word}　{day.year}年{day.month}月{day.day}日　星期{weekday}　{told}"

    def summary(self, found: Today) -> str | Sequence[Block]:
        """The coverage as a bar with its figures, and what waits."""
        if self.pattern:
            return self.sought()
        total, covered = len(found.chase.chases), found.chase.covered
        share = covered / total if total else 0
        told = f"已联系 {covered}/{total}　{int(100 * share)}%" if total else "没有要联系的单位"
        bar = barred(fit(told, BAR), share, tints(self.app.current_theme))
        closed = found.chase.log.closed
        number = f"　已日结，第{closed.number}期" if closed else ""
        parts = (
            ("还差", len(found.chase.holes), "个"),
            ("待认领", found.waiting, "件"),
            ("没送到", len(found.back), "封"),
            ("待核对", len(found.odd), "处"),
        )
        waits = "　".join(f"{name}{count}{unit}" for name, count, unit in parts if count)
        spans = tuple((each.start, each.end, each.style) for each in bar.spans)
        return [Para(text=f"{bar.plain}{number}　{self.desk_app.unread}{waits}", spans=spans)]

    def _tabs(self, found: Today) -> Text:
        """`[1名单 11] 2将到期 5 …`: brackets, not colour alone, tell what is in sight."""
        line = Text(" ", no_wrap=True)
        named = zip(today_views.NAMES, today_views.counts(found), strict=True)
        for number, (name, count) in enumerate(named, 1):
            word = f"{number}{name}{f' {count}' if count else ''}"
            seen = number == self.turned_to
            style = Style.from_meta({"@click": f"screen.turn({number})"})
            line.append(f"[{word}]" if seen else f" {word} ", style + Style(bold=seen))
            line.append(" ")
        return line

    def columns(self, found: Today, width: int) -> tuple[Column, ...]:
        columns = [each for each in today_views.COLUMNS[self.turned_to - 1] if each.since <= width]
        if width >= WIDE:
            columns = [replace(x, width=BROAD.get(x.key, x.width)) for x in columns]
        free = width - 1 - sum(each.width for each in columns) - GAP * len(columns)
        last = columns[-1]
        return (*columns[:-1], replace(last, width=max(LEAST, last.width + free)))

    def lines(self, found: Today, columns: tuple[Column, ...]) -> Iterable[Line]:
        colours, names = tints(self.app.current_theme), self.desk_app.names
        entries = today_views.VIEWS[self.turned_to - 1](found, names)
        self.entries = tuple(filter(self.keeper(), entries))
        for entry in self.entries:
            pairs = zip(entry.said, columns, strict=False)
            cells = [Text(fit(said, column.width)) for said, column in pairs]
            for cell in cells if entry.settled else ():
                cell.stylize(colours.faint)
            if entry.alarm >= 0 and not entry.settled:
                cells[entry.alarm].stylize(f"bold {colours.alarm}")
            yield Line(key=entry.key, cells=cells, detail=entry.detail)

    def entry(self) -> today_views.Entry | None:
        return next((each for each in self.entries if each.key == self.here), None)

    def unit_here(self) -> Unit | None:
        """The unit of the line under the cursor."""
        entry = self.entry()
        units = self.data.ground.volume.units if self.data else ()
        return next((x for x in units if entry and x.id == entry.unit), None)

    # Turning

    def action_turn(self, number: int) -> None:
        self.turned_to = number or self.turned_to % len(today_views.NAMES) + 1
        self.show_again()

    def action_turn_day(self, days: int) -> None:
        self.look_at(self.day + timedelta(days=days))

    def look_at(self, day: date) -> None:
        self._day = None if day == date.today() else day
        self.refill()

    def go_to_unit(self, unit: str) -> None:
        """Stand on a unit of the day's list."""
        self.pattern, self.turned_to, self.here = "", 1, unit
        if stands(self):
            self.show_again()

    # Acts

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        from editorial.tui import today_acts

        if entry := self.entry():
            today_acts.look(self, entry)

    def action_carry(self, act: str) -> None:
        """联系上, 没接通 …, of the unit under the cursor: each is a function in `today_acts`."""
        from editorial.tui import today_acts

        if unit := self.unit_here():
            self.run_worker(today_acts.ACTS[act](self, unit), group="act")
        else:
            self.lacking("这一行没有单位" if self.entries else "没有要办的")

    def action_close_day(self) -> None:
        from editorial.tui import today_acts

        self.run_worker(today_acts.close(self), group="act")

    def action_digest(self) -> None:
        from editorial.tui import today_acts

        self.run_worker(today_acts.digest(self), group="act")

    def action_change_day(self) -> None:
        from editorial.tui import today_acts

        today_acts.change_day(self)

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")

    def action_letters(self) -> None:
        from editorial.tui.letters import LettersScreen

        self.app.push_screen(LettersScreen())

    def action_returns(self) -> None:
        from editorial.tui.returns import ReturnsScreen

        self.app.push_screen(ReturnsScreen())

    def action_unit(self) -> None:
        from editorial.tui.unit import UnitScreen
        from editorial.tui.units import UnitsScreen

        unit = self.unit_here()
        self.app.push_screen(UnitScreen(unit.id) if unit else UnitsScreen())
