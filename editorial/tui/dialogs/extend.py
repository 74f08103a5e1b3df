"""批准延期: until when, and for which of the things a unit still owes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from editorial.errors import EditorialError
from editorial.model.matters import Matter
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField, Field, Tick
from editorial.tui.prose import Prose
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    until: date
    only: tuple[str, ...]
    note: str


class ExtendDialog(Form[Wanted]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "同意延期", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]

    def __init__(
        self,
        title: str,
        matters: Sequence[Matter],
        carry: Carry[Wanted],
        *,
        letter: str = "",
        until: date | None = None,
        about: str = "",
    ) -> None:
        super().__init__(title, carry, about=about)
        self._matters, self._until = matters, until
        meant = {x.id for x in matters if letter in (x.id, *(each.id for each in x.reminders))}
        self._ticked = meant or {each.id for each in matters}

    def body(self) -> ComposeResult:
        yield DayField("延到", self._until.isoformat() if self._until else "+5", id="until")
        yield Field("说明", Input(placeholder="可不填", compact=True, id="note"))
        for number, matter in enumerate(self._matters):
            yield Tick(f"{matter.title}　{matter.due}到期", id=f"matter-{number}")
            for told in matter.notes:
                yield Prose(f"    {told}", classes="note")

    def on_mount(self) -> None:
        for number, matter in enumerate(self._matters):
            self.query_one(f"#matter-{number}", Tick).value = matter.id in self._ticked

    def action_accept(self) -> None:
        try:
            until = self.query_one("#until", DayField).day()
        except EditorialError as error:
            self.fault_of(error)
            return
        ticks = [self.query_one(f"#matter-{n}", Tick).value for n in range(len(self._matters))]
        only = tuple(x.id for x, on in zip(self._matters, ticks, strict=True) if on)
        if until is None or not only:
            self.fault("还没有填延到哪天。" if until is None else "还没有勾选事项。")
            return
        note = self.query_one("#note", Input).value.strip()
        self.submit(Wanted(until=until, only=only, note=note))
