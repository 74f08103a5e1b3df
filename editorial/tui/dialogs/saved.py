"""存筛选: a name and one of nine numbers; what stands there already can be taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from editorial.desk.saved_filters import NUMBERS, SavedFilter, drop_filter, save_filter
from editorial.errors import EditorialError
from editorial.tui.cells import fit
from editorial.tui.dialogs.base import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from editorial.desk.office import Desk


class SavedDialog(Dialog[None]):
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "save", "存到所选号", key_display="F10"),
        Binding("f8", "drop", "删去所选", key_display="F8"),
    ]

    def __init__(self, desk: Desk, list_: str, text: str, saved: Sequence[SavedFilter]) -> None:
        super().__init__("存筛选")
        self._desk, self._list, self._text = desk, list_, text
        self._saved = {each.number: each for each in saved}

    def body(self) -> ComposeResult:
        yield Static(f"筛选：{self._text or '（空）'}", markup=False)
        yield Static("名称，↑↓ 选号，F10 存", classes="note")
        yield Input(self._text, compact=True)
        yield OptionList(*(Option(self._told(number)) for number in NUMBERS), markup=False)

    def on_mount(self) -> None:
        free = [number for number in NUMBERS if number not in self._saved]
        same = [number for number, each in self._saved.items() if each.text == self._text]
        self.query_one(OptionList).highlighted = ((*same, *free, 1)[0]) - 1

    def _told(self, number: int) -> str:
        each = self._saved.get(number)
        return f"{number}  {fit(each.name, 24)} {each.text}" if each else f"{number}  （空）"

    @property
    def _number(self) -> int:
        return (self.query_one(OptionList).highlighted or 0) + 1

    def on_key(self, event: object) -> None:
        key = getattr(event, "key", "")
        options = self.query_one(OptionList)
        if key in ("up", "down") and not options.has_focus:
            move = options.action_cursor_up if key == "up" else options.action_cursor_down
            move()

    def on_input_submitted(self) -> None:
        self.action_save()

    def on_option_list_option_selected(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        name = self.query_one(Input).value.strip() or self._text
        wanted = SavedFilter(number=self._number, name=name, text=self._text)
        self._done(lambda: save_filter(self._desk, self._list, wanted))

    def action_drop(self) -> None:
        self._done(lambda: drop_filter(self._desk, self._list, self._number))

    def _done(self, write: Callable[[], None]) -> None:
        try:
            write()
        except EditorialError as error:
            self.fault_of(error)
        else:
            self.dismiss(None)
