"""分派: who edits, who supplies, until when. What is left as it is stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Select

from editorial.errors import EditorialError
from editorial.model.board import Row
from editorial.model.labels import TaskState
from editorial.model.people import Editor, Unit
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import (
    DayField,
    Field,
    Pick,
    choice,
    chosen,
    editor_options,
    unit_options,
)
from editorial.tui.dialogs.move import named
from editorial.tui.prose import Prose
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """None: unchanged."""

    editor: str | None
    unit: str | None
    due: date | None
    supply: str | None = None
    note: str = ""


class AssignDialog(Form[Wanted]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "分派", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]

    def __init__(
        self,
        rows: Sequence[Row],
        units: tuple[Unit, ...],
        editors: tuple[Editor, ...],
        carry: Carry[Wanted],
    ) -> None:
        super().__init__(
            f"分派：{named(rows)}", carry, about=" ".join(sorted(row.id for row in rows))
        )
        self._rows, self._units, self._editors = rows, units, editors

    def body(self) -> ComposeResult:
        prompt = "不变；写名称或拼音首字母，↑↓ 选"
        yield Field("责任编辑", Pick(editor_options(self._editors), prompt, id="editor"))
        yield Field("供稿单位", Pick(unit_options(self._units), prompt, id="unit"))
        yield DayField("截稿日期", "", id="due")
        states = [(state.label, state.value) for state in TaskState]
        yield Field("供稿状态", choice(states, "不变", id="supply"))
        yield Field("说明", Input(placeholder="记入经过，可不填", compact=True, id="note"))
        names = {unit.id: unit.short or unit.name for unit in self._units}
        yield Prose(f"现为：{present(self._rows, names)}", classes="note")

    def action_accept(self) -> None:
        try:
            wanted = self._wanted()
        except EditorialError as error:
            self.fault_of(error)
            return
        if wanted == Wanted(editor=None, unit=None, due=None, note=wanted.note):
            self.fault("还没有填任何一项。")
            return
        self.submit(wanted)

    def _wanted(self) -> Wanted:
        return Wanted(
            editor=self.query_one("#editor", Pick).value() or None,
            unit=self.query_one("#unit", Pick).value() or None,
            due=self.query_one("#due", DayField).day(),
            supply=chosen(self.query_one("#supply", Select)) or None,
            note=self.query_one("#note", Input).value.strip(),
        )


def present(rows: Sequence[Row], names: dict[str, str]) -> str:
    """What holds now, when it is the same for all; `各不相同` otherwise."""
    parts = (
        ("责编", {row.editor for row in rows}),
        ("供稿", {"、".join(names.get(u, u) for u in row.units) for row in rows}),
        ("截稿", {row.due.isoformat() if row.due else "" for row in rows}),
    )
    return "　".join(
        f"{name} {'各不相同' if len(values) > 1 else next(iter(values)) or '未定'}"
        for name, values in parts
    )
