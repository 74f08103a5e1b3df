"""联络员变更建议: what is told beside what holds, to be accepted or refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from editorial.errors import EditorialError
from editorial.model.contacts import compared
from editorial.model.people import Unit
from editorial.model.proposals import Proposal
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField, Field
from editorial.tui.prose import Para, Prose
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    accepted: bool
    day: date | None
    note: str


class DecideDialog(Form[Wanted]):
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "decide(True)", "采纳", key_display="F10 Ctrl+S"),
        Binding("f8", "decide(False)", "不采纳", key_display="F8"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]

    def __init__(self, unit: Unit, proposal: Proposal, carry: Carry[Wanted]) -> None:
        super().__init__(f"变更{proposal.id}：{unit.short or unit.name}", carry, about=unit.id)
        self._unit, self._proposal = unit, proposal

    def body(self) -> ComposeResult:
        yield Prose(list(self._told()))
        yield DayField("哪天起", "", id="day", past=True, empty=self._start())
        yield Field("说明", Input(placeholder="不采纳的必须写原因", compact=True, id="note"))

    def _start(self) -> str:
        since = self._proposal.contact.since
        return f"{since}，对方所说" if since else "今天"

    def _told(self) -> Iterator[Para]:
        for label, old, new in compared(self._unit, self._proposal.contact, date.today()):
            yield Para(text=f"{old or '（无）'}　改　{new}", lead=f"{label}　")
        first = self._proposal.history[0].at.date()
        source = f"来件{self._proposal.returned}" if self._proposal.returned else "不在来件里"
        yield Para(text=f"{first}，{source}", lead="提出　")
        if self._proposal.note:
            yield Para(text=self._proposal.note, lead="说明　")
        yield Para()

    def action_decide(self, accepted: bool) -> None:
        note = self.query_one("#note", Input).value.strip()
        if not accepted and not note:
            self.fault("不采纳，请先写说明：为什么不采纳。")
            return
        try:
            day = self.query_one("#day", DayField).day()
        except EditorialError as error:
            self.fault_of(error)
            return
        self.submit(Wanted(accepted=accepted, day=day, note=note))
