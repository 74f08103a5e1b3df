"""填报: which task, how it stands by the unit's own account, until when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Select

from editorial.desk.chase import Told
from editorial.errors import EditorialError
from editorial.model.labels import Channel, TaskState
from editorial.model.people import Unit
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField, Field, choice, chosen


class CheckInDialog(Form[Told]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "登记", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]

    def __init__(
        self, unit: Unit, tasks: tuple[tuple[str, str], ...], day: date, carry: Carry[Told]
    ) -> None:
        super().__init__(f"填报：{unit.short or unit.name}", carry, about=unit.id)
        self._tasks, self._day = tasks, day

    def body(self) -> ComposeResult:
        only = self._tasks[0][1] if len(self._tasks) == 1 else ""
        yield Field("分目", choice(list(self._tasks), "选分目", id="task", value=only))
        states = [(state.label, state.value) for state in TaskState]
        yield Field("对方说", choice(states, "选状态", id="state"))
        yield DayField("预计报送", "", id="expected", since=self._day, empty="没有说")
        ways = [(way.label, way.value) for way in Channel]
        yield Field("方式", choice(ways, "选方式", id="channel", value=Channel.PHONE.value))
        yield Field("说明", Input(placeholder="可不填", compact=True, id="note"))

    def action_accept(self) -> None:
        try:
            self.submit(self._wanted())
        except EditorialError as error:
            self.fault_of(error)

    def _wanted(self) -> Told:
        task, state, way = (
            chosen(self.query_one(each, Select)) for each in ("#task", "#state", "#channel")
        )
        if not task or not state:
            raise EditorialError("还没有选分目" if not task else "还没有选状态")
        return Told(
            node=task,
            state=TaskState(state),
            expected=self.query_one("#expected", DayField).day(),
            channel=Channel(way) if way else Channel.PHONE,
            note=self.query_one("#note", Input).value.strip(),
        )
