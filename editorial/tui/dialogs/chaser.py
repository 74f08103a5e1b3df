"""催办函: until when an answer is asked for, and to whom the last letter goes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from editorial.errors import EditorialError
from editorial.model.people import Unit
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField, Field, Pick, Tick, unit_options
from editorial.tui.prose import Prose
from editorial.values import dataclass

NOTE = "已催到发函一步而没有拟过的才拟；拟好后在函件登记里核稿、签发、发出。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    everybody: bool
    to: str
    due: date | None


class ChaserDialog(Form[Wanted]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "拟函", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]

    def __init__(self, unit: Unit, units: tuple[Unit, ...], carry: Carry[Wanted]) -> None:
        super().__init__(f"拟催办函：{unit.short or unit.name}", carry, about=unit.id)
        self._units = units

    def body(self) -> ComposeResult:
        yield DayField("请于何时", "", id="due", empty="按催报规则")
        units = unit_options(self._units)
        prompt = "最后一步的函改致主管部门的，写名称或拼音首字母"
        yield Field("改致", Pick(units, prompt, id="to"))
        yield Tick("当天所有催到发函一步的单位，各拟一封", id="all")
        yield Prose(f"\n{NOTE}", classes="note")

    def action_accept(self) -> None:
        try:
            due = self.query_one("#due", DayField).day()
            to = self.query_one("#to", Pick).value()
        except EditorialError as error:
            self.fault_of(error)
            return
        self.submit(Wanted(everybody=self.query_one("#all", Tick).value, to=to, due=due))
