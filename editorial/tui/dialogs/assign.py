"""分派: who edits, who supplies, until when. What is left as it is stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Select

from editorial.errors import EditorialError
from editorial.model.board import Row
from editorial.model.people import Editor, Unit
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import (
    DayField,
    Field,
    choice,
    chosen,
    editor_options,
    unit_options,
)
from editorial.tui.dialogs.move import named
from editorial.tui.prose import Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """None: unchanged."""

    editor: str | None
    unit: str | None
    due: date | None


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
        super().__init__(f"分派：{named(rows)}", carry)
        self._rows, self._units, self._editors = rows, units, editors

    def body(self) -> ComposeResult:
        yield Field("责任编辑", choice(editor_options(self._editors), "不变", id="editor"))
        yield Field("供稿单位", choice(unit_options(self._units), "不变", id="unit"))
        yield DayField("截稿日期", "", id="due")
        names = {unit.id: unit.short or unit.name for unit in self._units}
        yield Prose(f"现为：{present(self._rows, names)}", classes="note")

    def action_accept(self) -> None:
        try:
            due = self.query_one("#due", DayField).day()
        except EditorialError as error:
            self.fault(f"{error.message}。{error.hint}")
            return
        editor = chosen(self.query_one("#editor", Select)) or None
        unit = chosen(self.query_one("#unit", Select)) or None
        if editor is None and unit is None and due is None:
            self.fault("还没有填任何一项。")
            return
        self.submit(Wanted(editor=editor, unit=unit, due=due))


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
