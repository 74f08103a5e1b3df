"""Rows of a form: a name, a widget, and for dates the day they were understood as."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Select, Static

from editorial.errors import EditorialError
from editorial.model.dates import parse_day
from editorial.model.people import Editor, Unit

WEEKDAYS = "一二三四五六日"


class Field(Horizontal):
    DEFAULT_CSS = """
    Field { height: auto; margin-bottom: 1; }
    Field > .name { width: 10; }
    """

    def __init__(self, name: str, widget: Widget) -> None:
        super().__init__()
        self._field_name, self._widget = name, widget

    def compose(self) -> ComposeResult:
        yield Static(self._field_name, classes="name", markup=False)
        yield self._widget


class DayField(Horizontal):
    """A date as people write it; what was understood stands beside it while one types."""

    DEFAULT_CSS = """
    DayField { height: auto; margin-bottom: 1; }
    DayField > .name { width: 10; }
    DayField > #understood { width: 26; margin-left: 1; height: 1; color: $faint; }
    """

    def __init__(self, name: str, value: str, *, id: str) -> None:
        super().__init__(id=id)
        self._field_name, self._value = name, value

    def compose(self) -> ComposeResult:
        yield Static(self._field_name, classes="name", markup=False)
        yield Input(self._value, placeholder="3月15日、2020-03-15 或 +7", compact=True)
        yield Static("", id="understood", markup=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one("#understood", Static).update(self._told())

    def _told(self) -> str:
        try:
            day = self.day()
        except EditorialError:
            return "还不是日期"
        return f"{day.isoformat()} 星期{WEEKDAYS[day.weekday()]}" if day else "不变"

    def day(self) -> date | None:
        """The day, None when the field is empty. Raises EditorialError for anything else."""
        text = self.query_one(Input).value.strip()
        return parse_day(text, date.today()) if text else None


class Tick(Static, can_focus=True):
    """A box to tick whose state reads in black and white: `[x]` or `[ ]`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "tick", show=False)]
    DEFAULT_CSS = """
    Tick { height: 1; }
    Tick:focus { background: $cursor; }
    """
    value = reactive(False)

    def __init__(self, label: str, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._label = label

    def watch_value(self, value: bool) -> None:
        self.update(f"[{'x' if value else ' '}] {self._label}")

    def action_tick(self) -> None:
        self.value = not self.value

    def on_click(self) -> None:
        self.action_tick()


def choice(options: list[tuple[str, str]], prompt: str, *, id: str, value: str = "") -> Select[str]:
    """A list to choose from; `options` are (label, id)."""
    known = value and value in {id for _, id in options}
    return Select(
        options, prompt=prompt, value=value if known else Select.NULL, compact=True, id=id
    )


def chosen(select: Select[str]) -> str:
    """The chosen id; empty when nothing is chosen."""
    return "" if select.selection is None else select.selection


def unit_options(units: tuple[Unit, ...]) -> list[tuple[str, str]]:
    return [(unit.name, unit.id) for unit in units]


def editor_options(editors: tuple[Editor, ...]) -> list[tuple[str, str]]:
    return [
        (f"{editor.name}　{'、'.join(role.label for role in editor.roles)}", editor.id)
        for editor in editors
    ]
