"""发出: what will go to whom by which way, another way of going, and what has not gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Select

from editorial.desk.send_plan import WAYS, Wish
from editorial.desk.send_results import Result, summed
from editorial.errors import EditorialError
from editorial.model.labels import Channel
from editorial.tui.dialogs.base import Dialog
from editorial.tui.dialogs.fields import DayField, Field, Tick, choice, chosen
from editorial.tui.frame import Tells
from editorial.tui.prose import Para, Prose
from editorial.tui.spoken import spoken

NOTE = "发出后不能撤销。设了邮箱的当即寄出；没有设的放入发件箱，由您在邮件程序里寄出，再来记一笔。"


class SendDialog(Dialog[str]):
    """Answers `send`, or `way` when it should go otherwise."""

    AUTO_FOCUS = "#body"
    READS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f10", "answer('send')", "发出", key_display="Enter"),
        Binding("f2", "answer('way')", "换方式", key_display="F2"),
    ]

    def __init__(self, results: Sequence[Result]) -> None:
        super().__init__(f"发出：{summed(results, dry=True)}")
        self._results = results
        self.add_class("-broad")

    def body(self) -> ComposeResult:
        yield Prose(list(told(self._results)))
        yield Prose(f"\n{NOTE}", classes="note")

    def hinted(self) -> list[Binding]:
        own = [item for item in SendDialog.BINDINGS if isinstance(item, Binding)]
        return [*own, Binding("escape", "leave", "取消", key_display="Esc")]

    def action_answer(self, answer: str) -> None:
        self.dismiss(answer)


class SentDialog(Dialog[None], Tells):
    """How it stands with each, when not all have gone."""

    AUTO_FOCUS = "#body"
    READS = True

    def __init__(self, title: str, remain: Sequence[Mapping[str, str]]) -> None:
        """`remain` as `letter send` tells them."""
        super().__init__(title)
        self._remain = remain
        self.add_class("-broad")

    def body(self) -> ComposeResult:
        yield Prose(list(_still_here(self._remain)))


def _still_here(remain: Sequence[Mapping[str, str]]) -> Iterator[Para]:
    for each in remain:
        yield Para(text=f"{each['number'] or each['id']}　{each['unit']}", strong=99)
        yield Para(text=f"{each['state']}：{each['words']}", lead="    ")
        if each["hint"]:
            yield Para(text=spoken(each["hint"]), lead="    ")


def told(results: Sequence[Result]) -> Iterator[Para]:
    """Two lines a letter: which, to whom; how, and what stands in the way."""
    for each in results:
        name = f"{each.letter.number or each.letter.id}　{each.unit}"
        yield Para(text=f"{name}　{each.letter.title}", strong=len(name))
        way = each.channel.label if each.channel else "未定"
        to = f"，{each.to}" if each.to else ""
        words = f"：{spoken(each.words)}" if each.words else ""
        sign = "不能发" if each.remains else each.state
        yield Para(text=f"{sign}{words}（{way}{to}）", lead="    ")


class WayDialog(Dialog[Wish]):
    """Another way than the unit prefers, or what became of a mail in doubt."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "发出", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]

    def __init__(self, results: Sequence[Result]) -> None:
        first = results[0].letter.number or results[0].letter.id
        more = f"等{len(results)}封" if len(results) > 1 else ""
        super().__init__(f"怎样发出：{first}{more}")

    def body(self) -> ComposeResult:
        ways = [(way.label, way.value) for way in WAYS]
        yield Field("方式", choice(ways, "按单位首选", id="channel"))
        yield Field("交给", Input(placeholder="姓名；不填为联络员", compact=True, id="to"))
        yield DayField("交出日期", "", id="on", past=True, empty="今天")
        yield Tick("没有收到，同一封再发一次", id="resend")
        yield Tick("发件箱里的已经寄出，或下落不明的已核实收到：补记发出", id="sent")

    def action_accept(self) -> None:
        try:
            on = self.query_one("#on", DayField).day()
        except EditorialError as error:
            self.fault_of(error)
            return
        resend, sent = self.query_one("#resend", Tick).value, self.query_one("#sent", Tick).value
        if resend and sent:
            self.fault("“再发一次”和“已核实收到”只能勾一个。")
            return
        way = chosen(self.query_one("#channel", Select))
        to = self.query_one("#to", Input).value.strip()
        channel = Channel(way) if way else None
        self.dismiss(Wish(channel=channel, to=to, on=on, resend=resend, sent=sent))
