"""登记联系: what came of it, by which way, with whom, and what was agreed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Select

from editorial.desk.chase import Call
from editorial.errors import EditorialError
from editorial.model.chasing import Result
from editorial.model.labels import Channel
from editorial.model.people import Unit, contact_on
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField, Field, Tick, choice, chosen


class CallDialog(Form[Call]):
    """With `preset` 约定再联系 the day comes first, two days on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "登记", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]
    DEFAULT_CSS = """
    CallDialog #body { padding: 0 2; }
    CallDialog Field, CallDialog DayField { margin-bottom: 0; }
    """

    def __init__(
        self, unit: Unit, day: date, carry: Carry[Call], preset: Result | None = None
    ) -> None:
        super().__init__(f"登记联系：{unit.short or unit.name}", carry, about=unit.id)
        contact = contact_on(unit, day)
        self._person = contact.name if contact else ""
        self._day, self._preset = day, preset

    def body(self) -> ComposeResult:
        """The day agreed first when that is what the call was about."""
        if self._preset is Result.AGREED:
            yield DayField("再联系", "+2", id="next", since=self._day, empty="没有约定")
            yield from self._others()
        else:
            yield from self._others()
            yield DayField("再联系", "", id="next", since=self._day, empty="没有约定")
            yield DayField("申请延到", "", id="until", since=self._day, empty="没有申请")
            yield Tick("没有联系上", id="missed")
            yield Tick("由领导出面联系", id="leader")

    def _others(self) -> ComposeResult:
        results = [(result.label, result.value) for result in Result]
        here = self._preset.value if self._preset else ""
        yield Field("结果", choice(results, "按当天的步骤", id="result", value=here))
        ways = [(way.label, way.value) for way in Channel]
        yield Field("方式", choice(ways, "选方式", id="channel", value=Channel.PHONE.value))
        whom = self._person or "没有登记联络员"
        yield Field("同谁讲", Input(placeholder=whom, compact=True, id="person"))
        yield Field("说明", Input(placeholder="不写电话和邮箱", compact=True, id="note"))

    def on_input_submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        try:
            self.submit(self._wanted())
        except EditorialError as error:
            self.fault_of(error)

    def _wanted(self) -> Call:
        result, way = (chosen(self.query_one(each, Select)) for each in ("#result", "#channel"))
        return Call(
            answered=not self._ticked("#missed"),
            result=Result(result) if result else None,
            channel=Channel(way) if way else Channel.PHONE,
            person=self.query_one("#person", Input).value.strip(),
            leader=self._ticked("#leader"),
            until=self._said("#until"),
            next_call=self._said("#next"),
            note=self.query_one("#note", Input).value.strip(),
        )

    def _ticked(self, name: str) -> bool:
        return any(tick.value for tick in self.query(name).results(Tick))

    def _said(self, name: str) -> date | None:
        return next((field.day() for field in self.query(name).results(DayField)), None)
