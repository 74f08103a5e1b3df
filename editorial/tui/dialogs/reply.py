"""登记回函: when, by which way, what it says; closing the matter or not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Select

from editorial.errors import EditorialError
from editorial.model.labels import Answer, Channel
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField, Field, Tick, choice, chosen
from editorial.values import dataclass

BETWEEN = "；"  # of several files in one line


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    on: date
    channel: str
    doc_no: str
    note: str
    close: bool
    answer: Answer | None = None
    until: date | None = None
    pass_to: str = ""
    papers: tuple[Path, ...] = ()


class ReplyDialog(Form[Wanted]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "登记", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]
    DEFAULT_CSS = """
    ReplyDialog #body { padding: 0 2; }
    ReplyDialog Field, ReplyDialog DayField { margin-bottom: 0; }
    """

    def __init__(self, title: str, way: Channel, carry: Carry[Wanted]) -> None:
        super().__init__(title, carry)
        self._way = way

    def body(self) -> ComposeResult:
        yield DayField("收到日期", "+0", id="on")
        channels = [(channel.label, channel.label) for channel in Channel]
        yield Field("方式", choice(channels, "选方式", id="channel", value=self._way.label))
        answers = [(answer.label, answer.value) for answer in Answer]
        yield Field("答复", choice(answers, "没有勾选的，不填", id="answer"))
        yield DayField("延期至", "", id="until", empty="没有申请")
        yield Field("建议转", Input(placeholder="非其职责的，建议转给谁", compact=True, id="pass"))
        yield Field("来函文号", Input(placeholder="可不填", compact=True, id="number"))
        files = f"收到的文件的路径，几个用“{BETWEEN}”隔开；可不填"
        yield Field("文件", Input(placeholder=files, compact=True, id="files"))
        yield Field("说明", Input(placeholder="可不填", compact=True, id="note"))
        yield Tick("事项已了，一并办结", id="close")

    def action_accept(self) -> None:
        try:
            self.submit(self._wanted())
        except EditorialError as error:
            self.fault_of(error)

    def _wanted(self) -> Wanted:
        on, until = (self.query_one(each, DayField).day() for each in ("#on", "#until"))
        answer = chosen(self.query_one("#answer", Select))
        if on is None:
            raise EditorialError("还没有填收到日期")
        if until and answer != Answer.EXTENSION.value:
            raise EditorialError("“延期至”只用于申请延期", hint="答复选“申请延期”")
        return Wanted(
            on=on,
            channel=chosen(self.query_one("#channel", Select)),
            doc_no=self._text("#number"),
            note=self._text("#note"),
            close=self.query_one("#close", Tick).value,
            answer=Answer(answer) if answer else None,
            until=until,
            pass_to=self._text("#pass"),
            papers=paths_of(self._text("#files")),
        )

    def _text(self, name: str) -> str:
        return self.query_one(name, Input).value.strip()


def paths_of(text: str) -> tuple[Path, ...]:
    """Paths as typed or dropped on the terminal, which puts quotes about them."""
    parts = (each.strip().strip("'\"") for each in text.split(BETWEEN))
    return tuple(Path(each).expanduser() for each in parts if each)
