"""Rows of a form: a name, a widget, and for dates the day they were understood as."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, OptionList, Select, Static
from textual.widgets.option_list import Option

from editorial.errors import EditorialError
from editorial.model.dates import parse_day
from editorial.model.initials import finder, ranker
from editorial.model.people import Editor, Unit
from editorial.tui.dialogs.tick import Tick

__all__ = ["DayField", "Field", "Pick", "Tick", "choice", "chosen"]

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
    """A date as people write it; what was understood stands beside it while one types.

    Days without a year, or counted from a day, are meant from `since` on, else from today.
    """

    DEFAULT_CSS = """
    DayField { height: auto; margin-bottom: 1; }
    DayField > .name { width: 10; }
    DayField > #understood { width: 26; margin-left: 1; height: 1; color: $faint; }
    """

    def __init__(
        self,
        name: str,
        value: str,
        *,
        id: str,
        past: bool = False,
        empty: str = "不变",
        since: date | None = None,
    ) -> None:
        """`past`: 3月15日 is the last such day, not the next; `empty`: what no day stands for."""
        super().__init__(id=id)
        self._field_name, self._value = name, value
        self._past, self._empty, self._since = past, empty, since

    def compose(self) -> ComposeResult:
        yield Static(self._field_name, classes="name", markup=False)
        yield Input(self._value, placeholder="3月15日、+7、下周五、月底", compact=True)
        yield Static("" if self._value else self._empty, id="understood", markup=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one("#understood", Static).update(self._told())

    def _told(self) -> str:
        """The day with its weekday and how far off it is; else why it is none."""
        try:
            day = self.day()
        except EditorialError as error:
            return error.message
        if day is None:
            return self._empty
        return f"{day.isoformat()} 星期{WEEKDAYS[day.weekday()]} {_away(day)}".rstrip()

    def day(self) -> date | None:
        """The day, None when the field is empty. Raises EditorialError for anything else."""
        text = self.query_one(Input).value.strip()
        return parse_day(text, self._since or date.today(), past=self._past) if text else None


def _away(day: date) -> str:
    days = (day - date.today()).days
    if not 0 <= days < 1000:
        return ""
    return f"{days}天后" if days else "今天"


class Pick(Vertical):
    """A list one types into: characters or pinyin initials leave what has them; ↑↓ choose.

    `options` are (label, id). What is typed in full is chosen as well.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("escape", "fold", show=False),
    ]
    DEFAULT_CSS = """
    Pick { height: auto; width: 1fr; }
    Pick > OptionList { display: none; height: auto; max-height: 6; background: $surface; }
    Pick.-open > OptionList { display: block; }
    """

    def __init__(
        self, options: list[tuple[str, str]], prompt: str, *, id: str, value: str = ""
    ) -> None:
        super().__init__(id=id)
        self._options, self._prompt = options, prompt
        self._first = next((label for label, each in options if each == value), "")
        self._found: list[str] = []

    def compose(self) -> ComposeResult:
        yield Input(self._first, placeholder=self._prompt, compact=True, select_on_focus=True)
        offers = OptionList(markup=False)
        offers.can_focus = False
        yield offers

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    @property
    def _offers(self) -> OptionList:
        return self.query_one(OptionList)

    def value(self) -> str:
        """The id chosen, empty for none. EditorialError when what is typed names none or many."""
        typed = self._input.value.strip()
        if not typed:
            return ""
        exact = [id for label, id in self._options if typed in (label, id)]
        found = exact or [id for label, id in self._options if finder(typed)(label)]
        if len(found) != 1:
            words = f"有{len(found)}个，请选一个" if found else "名单里没有"
            raise EditorialError(f"“{typed}”{words}", hint="写名称或拼音首字母，用 ↑↓ 选")
        return found[0]

    def on_input_changed(self, event: Input.Changed) -> None:
        if self._input.has_focus and event.value not in ("", *self._labels()):
            self._unfold(event.value.strip())
        else:
            self.action_fold()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter on an open list chooses; on a closed one it is the form's."""
        if self.has_class("-open"):
            event.stop()
            self._take()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take()

    def on_descendant_blur(self) -> None:
        """Leaving with something typed takes what the cursor stands on."""
        if self.has_class("-open"):
            self._take()

    def _labels(self) -> list[str]:
        return [label for label, _ in self._options]

    def _unfold(self, typed: str) -> None:
        rank = ranker(typed)
        found = [label for label in self._labels() if rank(label) >= 0]
        self._found = sorted(found, key=rank) if typed else found
        self._offers.clear_options()
        self._offers.add_options([Option(label) for label in self._found])
        self._offers.highlighted = 0 if self._found else None
        self.set_class(bool(self._found), "-open")

    def _take(self) -> None:
        at = self._offers.highlighted
        self.action_fold()
        if at is not None and at < len(self._found):
            self._input.value = self._found[at]
            self._input.cursor_position = len(self._found[at])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        return self.has_class("-open") if action == "fold" else True

    def action_fold(self) -> None:
        self.remove_class("-open")

    def action_step(self, by: int) -> None:
        if not self.has_class("-open"):
            self._unfold("")
            here = self._input.value
            at = self._found.index(here) if here in self._found else 0
            self._offers.highlighted = at
        elif by > 0:
            self._offers.action_cursor_down()
        else:
            self._offers.action_cursor_up()


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
