"""推进: the stages in order, where the sections stand now, a note, and insisting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from editorial.model.board import Row
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import Field, Tick

Stages = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    to: str
    note: str = ""
    force: bool = False


class MoveDialog(Form[Wanted]):
    """Asks where to and why."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "推进到所选阶段", key_display="Enter"),
        Binding("tab", "app.focus_next", "说明", key_display="Tab"),
    ]

    def __init__(self, rows: Sequence[Row], stages: Stages, carry: Carry[Wanted]) -> None:
        leaves = [leaf for row in rows for leaf in (row.rows or (row,))]
        super().__init__(f"推进：{named(rows)}（{len(leaves)}个）", carry)
        self._stages = stages
        self._here = Counter(leaf.editing.id for leaf in leaves)

    def body(self) -> ComposeResult:
        yield OptionList(*map(self._option, self._stages), markup=False)
        yield Field("说明", Input(placeholder="退回或强行推进时须写理由", compact=True, id="note"))
        yield Tick("强行推进（不管阻碍，理由记入经过）", id="force")

    def _option(self, stage: tuple[str, str]) -> Option:
        id, label = stage
        here = self._here[id]
        return Option(f"{label}　现有{here}个" if here else label, id=id)

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = self._next_stage()

    def _next_stage(self) -> int:
        """The stage after the one the section furthest behind is at."""
        ids = [id for id, _ in self._stages]
        least = next((at for at, id in enumerate(ids) if self._here[id]), -1)
        return min(least + 1, len(ids) - 1)

    def on_option_list_option_selected(self) -> None:
        self.action_choose()

    def on_input_submitted(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        note = self.query_one("#note", Input).value.strip()
        force = self.query_one("#force", Tick).value
        at = self.query_one(OptionList).highlighted
        if at is None:
            return
        if force and not note:
            self.fault("强行推进须写明理由。")
            self.query_one("#note", Input).focus()
            return
        self.submit(Wanted(to=self._stages[at][0], note=note, force=force))

    def insist(self) -> None:
        self.query_one("#force", Tick).value = True
        self.query_one("#note", Input).focus()
        self.fault("写明理由后按 Enter 强行推进。")


def named(rows: Sequence[Row]) -> str:
    """`科技创新`, or `科技创新等3项`."""
    first = rows[0].title if rows else ""
    return f"{first}等{len(rows)}项" if len(rows) > 1 else first
