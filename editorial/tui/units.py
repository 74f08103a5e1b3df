"""单位登记: every unit with its contact and how it answers, and the acts on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widgets import DataTable

from editorial.tui.columns import GAP, Column, aligned, title_text
from editorial.tui.hints import UNDO, WIDE, glance, key
from editorial.tui.listing import Line
from editorial.tui.page import COMMON
from editorial.tui.picking import FilterPage, PickPage
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.desk.unit_register import Entry
    from editorial.model.people import Unit
    from editorial.model.selection import Language

NARROW = (
    Column(key="kind", heading="类别", width=8, spare=1),
    Column(key="city", heading="城市", width=4, spare=2),
    Column(key="person", heading="联络员", width=8),
    Column(key="channel", heading="首选", width=6, spare=4),
    Column(key="confirmed", heading="上次确认", width=10, spare=6),
    Column(key="in_hand", heading="在办", width=4, spare=5, right=True),
    Column(key="overdue", heading="逾期", width=4, spare=7, right=True),
    Column(key="days", heading="天数", width=4, spare=3, right=True),
)
BROAD = (
    *NARROW[:3],
    Column(key="phone", heading="电话", width=15),
    Column(key="channel", heading="首选渠道", width=8),
    NARROW[4],
    Column(key="in_hand", heading="在办函件", width=8, right=True),
    NARROW[6],
    Column(key="days", heading="回函天数", width=8, right=True),
    Column(key="marks", heading="备注", width=9),
)
VAST = (
    *BROAD[:4],
    Column(key="mail", heading="邮箱", width=30),
    Column(key="post", heading="职务", width=20),
    *BROAD[4:-1],
    Column(key="notes", heading="备注", width=30),
)
VAST_SINCE = 180
ALARM = "（无）"
NAME_MIN = 18


class UnitsScreen(PickPage["tuple[Entry, ...]"]):
    SOUGHT = "名称、城市、类别、联络员，待确认、无联络员、逾期、停催、变更"
    LIST = "单位"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f2,m", "carry('contact')", "联络员", "F2 m", "换联络员，或改他的电话、邮箱"),
        key("f3,k", "confirm", "确认", "F3 k", "对方确认联络员无误，每年一次；可一并确认几个"),
        glance("f4,L", "app.visit('letters')", "函件", "F4 L", "函件登记：核稿、签发、发出、回函"),
        key("f6,p", "carry('pause')", "停催", "F6 p", "暂停催办；已暂停的恢复"),
        key("f7,g", "carry('propose')", "记变更", "F7 g", "记下来件里说的联络员变更，待采纳"),
        UNDO,
        key("f9,n", "add", "新单位", "F9 n", "登记新单位"),
        key("shift+f6,D", "extract", "摘录", "Shift+F6 D", "印出这个单位供的稿", show=False),
    ]

    def hinted(self) -> list[BindingType]:
        back = glance("escape", "back", "返回", "Esc", "返回上一屏")
        return [*type(self).BINDINGS, FilterPage.BINDINGS[0], *COMMON, back]

    def read(self) -> tuple[Entry, ...]:
        from editorial.desk.unit_register import Wanted, register

        self.desk_app.board()
        return register(self.desk_app.desk, date.today(), Wanted(), sparing=True)

    def language(self) -> Language[Entry, None]:
        from editorial.desk.unit_selection import UNITS

        return UNITS

    def caption(self, entries: tuple[Entry, ...]) -> str:
        return "单位登记"

    def summary(self, entries: tuple[Entry, ...]) -> str:
        """Counts of all; what is filtered and marked stays in sight."""
        from editorial.desk.unit_words import tally

        if self.pattern:
            return self.sought()
        all_in_all = tally(entries)
        counts = (
            ("单位", all_in_all.units),
            ("待确认", all_in_all.unconfirmed),
            ("无联络员", all_in_all.without),
            ("变更待定", all_in_all.proposed),
            ("停催", all_in_all.paused),
            ("逾期", all_in_all.overdue),
        )
        shown = "  ".join(f"{name} {count}" for name, count in counts if count)
        return (
            f"{self.desk_app.unread}{shown}{self.marked()}" if entries else "还没有单位：按 F9 登记"
        )

    def columns(self, entries: tuple[Entry, ...], width: int) -> tuple[Column, ...]:
        self.marks &= {each.unit.id for each in self._listed(entries)}
        fixed: tuple[Column, ...] = NARROW
        if width >= WIDE:
            fixed = VAST if width >= VAST_SINCE else BROAD
        for spare in sorted(fixed, key=lambda column: column.spare):
            if spare.spare and _rest(fixed, width) < NAME_MIN:
                fixed = tuple(each for each in fixed if each is not spare)
        return (Column(key="title", heading="简称", width=_rest(fixed, width)), *fixed)

    def lines(self, entries: tuple[Entry, ...], columns: tuple[Column, ...]) -> Iterable[Line]:
        from editorial.desk.unit_words import called

        colours = tints(self.app.current_theme)
        for each in self._listed(entries):
            marked = each.unit.id in self.marks
            values = _values(each)
            cells = [title_text(called(each.unit), columns[0].width, colours, marked=marked)]
            for column in columns[1:]:
                text = Text(aligned(values[column.key], column))
                if column.key == "overdue" or values[column.key] == ALARM:
                    text.stylize(f"bold {colours.alarm}")
                cells.append(text)
            yield Line(key=each.unit.id, cells=cells, detail=_detail(each))

    def _listed(self, entries: tuple[Entry, ...]) -> Iterator[Entry]:
        return filter(self.keeper(), entries)

    # Acts

    def chosen(self) -> tuple[Entry, ...]:
        """The marked units, else the one under the cursor."""
        return tuple(each for each in self.data or () if each.unit.id in self.wanted())

    def here_unit(self) -> Unit | None:
        return next((each.unit for each in self.data or () if each.unit.id == self.here), None)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        from editorial.tui.unit import UnitScreen

        self.app.push_screen(UnitScreen(str(event.row_key.value)))

    def action_carry(self, act: str) -> None:
        """联络员, 停催 …: each is a function of that name in `unit_acts`, upon one unit."""
        from editorial.tui import unit_acts

        if unit := self.here_unit():
            self.run_worker(unit_acts.ACTS[act](self.desk_app, unit), group="act")
        else:
            self.notify("没有选中单位")

    def action_confirm(self) -> None:
        from editorial.tui import unit_acts

        if entries := self.chosen():
            self.run_worker(unit_acts.confirm(self.desk_app, entries), group="act")

    def action_add(self) -> None:
        from editorial.tui import unit_acts

        units = tuple(each.unit for each in self.data or ())
        self.run_worker(unit_acts.add(self.desk_app, units), group="act")

    def action_extract(self) -> None:
        from editorial.tui import drafting

        if self.here:
            self.run_worker(drafting.extract(self.desk_app, (self.here,)), group="act")

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")


def _rest(fixed: Sequence[Column], width: int) -> int:
    """What the other columns leave to the name."""
    return max(1, width - sum(each.width for each in fixed) - (len(fixed) + 1) * GAP)


def _values(entry: Entry) -> dict[str, str]:
    from editorial.desk.unit_words import confirmation, notes, person

    contact, days = entry.contact, entry.response.days
    return {
        "kind": entry.unit.kind,
        "city": entry.unit.city,
        "person": person(entry),
        "phone": contact.phone if contact else "",
        "mail": contact.mail if contact else "",
        "post": contact.post if contact else "",
        "channel": contact.channel.label if contact and contact.channel else "",
        "confirmed": confirmation(entry),
        "in_hand": str(entry.in_hand or ""),
        "overdue": str(entry.overdue or ""),
        "days": f"{days:g}" if days is not None else "",
        "marks": " ".join(_marks(entry)),
        "notes": "；".join(notes(entry)),
    }


def _marks(entry: Entry) -> Iterator[str]:
    if entry.proposed:
        yield "变更"
    if entry.paused:
        yield "停催"


def _detail(entry: Entry) -> str:
    """Whom to call and how, and what stands against it, of the unit under the cursor."""
    from editorial.desk.unit_words import notes, person, ways

    contact = entry.contact
    reach = (contact.name, contact.post, ways(contact)) if contact else (person(entry),)
    return "　".join(part for part in (*reach, *notes(entry)) if part)
