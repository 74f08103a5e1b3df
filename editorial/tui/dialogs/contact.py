"""联络员: a new one, new particulars of the present one, or what a unit is said to have told."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Select

from editorial.errors import EditorialError
from editorial.model.labels import Channel
from editorial.model.people import Contact, Unit, contact_on
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField, Field, choice, chosen
from editorial.tui.prose import Prose
from editorial.values import dataclass

FIELDS = (
    ("name", "姓名"),
    ("post", "职务"),
    ("phone", "电话"),
    ("mail", "邮箱"),
    ("chat", "微信"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was typed: `told` by key; `day` the first of the term."""

    told: dict[str, Any]
    channel: Channel | None
    day: date | None
    returned: str = ""
    note: str = ""

    def contact(self, *, confirmed: date | None = None, since: date | None = None) -> Contact:
        return Contact(**self.told, channel=self.channel, confirmed=confirmed, since=since)


class ContactDialog(Form[Wanted]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "登记", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]
    DEFAULT_CSS = """
    ContactDialog Field, ContactDialog DayField { margin-bottom: 0; }
    ContactDialog .note { margin-bottom: 1; }
    """

    def __init__(self, unit: Unit, carry: Carry[Wanted], *, proposed: bool = False) -> None:
        what = "记变更" if proposed else "联络员"
        super().__init__(f"{what}：{unit.short or unit.name}", carry, about=unit.id)
        self._now, self._proposed = contact_on(unit, date.today()), proposed

    def body(self) -> ComposeResult:
        yield Prose(self._says(), classes="note")
        for key, label in FIELDS:
            present = getattr(self._now, key) if self._now else ""
            blank = f"现为 {present}" if present else ""
            yield Field(label, Input(placeholder=blank, compact=True, id=key))
        channels = [(each.label, each.value) for each in Channel]
        present = self._now.channel.label if self._now and self._now.channel else ""
        blank = f"不变：{present}" if present else "没有说"
        yield Field("首选渠道", choice(channels, blank, id="channel"))
        if self._proposed:
            yield DayField("哪天起", "", id="day", past=True, empty="采纳那天")
            yield Field(
                "来件", Input(placeholder="来件的编号，可不填", compact=True, id="returned")
            )
            yield Field("说明", Input(placeholder="可不填", compact=True, id="note"))
        else:
            yield DayField("哪天起", "+0", id="day", past=True, empty="今天")

    def _says(self) -> str:
        if self._now is None:
            return "现在没有联络员，姓名必填。"
        then = "采纳以前登记不变。" if self._proposed else "旧的留在登记里。"
        return f"换了人，写新的姓名，其余各项另写；没有换人，姓名空着，只写有变的几项。{then}"

    def action_accept(self) -> None:
        try:
            day = self.query_one("#day", DayField).day()
        except EditorialError as error:
            self.fault_of(error)
            return
        told = {key: self._typed(key) for key, _ in FIELDS}
        channel = chosen(self.query_one("#channel", Select))
        if not channel and not any(told.values()):
            self.fault("还没有填任何一项。")
            return
        self.submit(
            Wanted(
                told=told,
                channel=Channel(channel) if channel else None,
                day=day,
                returned=self._typed("returned") if self._proposed else "",
                note=self._typed("note") if self._proposed else "",
            )
        )

    def _typed(self, key: str) -> str:
        return self.query_one(f"#{key}", Input).value.strip()
