"""登记回函: when, by which way, under which number; closing the matter or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Select

from editorial.errors import EditorialError
from editorial.tui.dialogs.base import Form
from editorial.tui.dialogs.fields import DayField, Field, Tick, choice, chosen

CHANNELS = ("邮件", "公文交换", "邮寄", "当面", "电话", "传真")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    on: date
    channel: str
    doc_no: str
    note: str
    close: bool


class ReplyDialog(Form[Wanted]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "登记", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]

    def body(self) -> ComposeResult:
        yield DayField("收到日期", "+0", id="on")
        channels = [(channel, channel) for channel in CHANNELS]
        yield Field("方式", choice(channels, "选方式", id="channel", value=CHANNELS[0]))
        yield Field("来函文号", Input(placeholder="可不填", compact=True, id="number"))
        yield Field("说明", Input(placeholder="可不填", compact=True, id="note"))
        yield Tick("事项已了，一并办结", id="close")

    def action_accept(self) -> None:
        try:
            on = self.query_one("#on", DayField).day()
        except EditorialError as error:
            self.fault(f"{error.message}。{error.hint}")
            return
        if on is None:
            self.fault("还没有填收到日期。")
            return
        self.submit(
            Wanted(
                on=on,
                channel=chosen(self.query_one("#channel", Select)),
                doc_no=self.query_one("#number", Input).value.strip(),
                note=self.query_one("#note", Input).value.strip(),
                close=self.query_one("#close", Tick).value,
            )
        )
