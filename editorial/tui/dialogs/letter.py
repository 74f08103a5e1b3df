"""拟函: kind, unit, due date, and for each chosen section what is asked of the unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Select, Static, TextArea

from editorial.errors import EditorialError
from editorial.model.board import Row
from editorial.model.labels import LetterKind
from editorial.model.letters import URGENCIES, LetterItem
from editorial.model.people import Unit
from editorial.tui.area import Area
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField, Field, Pick, choice, chosen, unit_options
from editorial.tui.dialogs.move import named
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    kind: LetterKind
    unit: str
    due: date
    title: str
    reason: str
    items: tuple[LetterItem, ...]
    cc: tuple[str, ...]
    urgent: str


class Point(Vertical):
    """One row of the 修改补充事项清单: where, and what is asked."""

    DEFAULT_CSS = """
    Point { height: auto; margin-bottom: 1; }
    Point > .of { text-style: bold; height: 1; }
    Point > Field { margin-bottom: 0; }
    Point TextArea { height: 3; width: 1fr; padding: 0; }
    """

    def __init__(self, section: Row) -> None:
        super().__init__()
        self.section = section

    def compose(self) -> ComposeResult:
        yield Static(self.section.title, classes="of", markup=False)
        yield Field("位置", Input(placeholder="条目、段落或表号，可不填", compact=True))
        yield Field("要求", Area(compact=True, tab_behavior="focus"))

    def item(self) -> LetterItem | None:
        """The point as typed; None when nothing is asked."""
        request = self.query_one(TextArea).text.strip()
        place = self.query_one(Input).value.strip()
        return (
            LetterItem(section=self.section.id, place=place, request=request) if request else None
        )


class LetterDialog(Form[Wanted]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "拟函", key_display="F10 Ctrl+S"),
        Binding("f2", "add", "此处再加一条", key_display="F2"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]

    def __init__(
        self, sections: Sequence[Row], units: tuple[Unit, ...], carry: Carry[Wanted]
    ) -> None:
        about = " ".join(sorted(row.id for row in sections))
        super().__init__(f"拟函：{named(sections)}", carry, about=about)
        self._sections, self._units = sections, units

    def body(self) -> ComposeResult:
        kinds = [(kind.label, kind.value) for kind in LetterKind]
        units = unit_options(self._units)
        yield Field("种类", choice(kinds, "选种类", id="kind", value=LetterKind.REVISE.value))
        yield Field("致", Pick(units, "写名称或拼音首字母", id="unit", value=self._unit()))
        yield DayField("回复期限", "+14", id="due")
        yield Field("标题", Input(placeholder="不填则按种类套用", compact=True, id="title-line"))
        yield Field("事由", Input(placeholder="为什么发函，可不填", compact=True, id="reason"))
        for section in self._sections:
            yield Point(section)
        yield Field("抄送", Input(placeholder="几处用、隔开，可不填", compact=True, id="cc"))
        urgencies = [(each, each) for each in URGENCIES]
        yield Field("缓急", choice(urgencies, "平件", id="urgent"))

    def _unit(self) -> str:
        """The unit that owes most of the chosen sections."""
        owed = Counter(unit for section in self._sections for unit in section.units)
        names = {name: unit.id for unit in self._units for name in (unit.id, unit.name, unit.short)}
        return names.get(owed.most_common(1)[0][0], "") if owed else ""

    def action_add(self) -> None:
        """Another point for the section being written on, else for the last one."""
        points = list(self.query(Point))
        here = next((point for point in points if point.has_focus_within), points[-1])
        added = Point(here.section)
        self.query_one("#body").mount(added, after=here)
        self.call_after_refresh(lambda: added.query_one(TextArea).focus())

    def action_accept(self) -> None:
        try:
            self.submit(self._wanted())
        except EditorialError as error:
            self.fault_of(error)

    def _wanted(self) -> Wanted:
        unit = self.query_one("#unit", Pick).value()
        due = self.query_one("#due", DayField).day()
        items = tuple(item for point in self.query(Point) if (item := point.item()))
        if not unit:
            raise EditorialError("还没有选致送单位")
        if due is None:
            raise EditorialError("还没有填回复期限")
        if not items:
            raise EditorialError("还没有写要求", hint="至少写一条，没有要求的不列入函中")
        return Wanted(
            kind=LetterKind(chosen(self.query_one("#kind", Select)) or LetterKind.REVISE),
            unit=unit,
            due=due,
            title=self.query_one("#title-line", Input).value.strip(),
            reason=self.query_one("#reason", Input).value.strip(),
            items=items,
            cc=tuple(filter(None, self.query_one("#cc", Input).value.strip().split("、"))),
            urgent=chosen(self.query_one("#urgent", Select)),
        )
