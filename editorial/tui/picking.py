"""A table in which lines are filtered while one types and several can be marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType

from editorial.errors import EditorialError
from editorial.model.selection import Language, Typed, holds, typed_terms
from editorial.tui.hints import glance, key
from editorial.tui.listing import ListPage
from editorial.tui.page import Data

if TYPE_CHECKING:
    from textual.widgets import Input

    from editorial.desk.saved_filters import SavedFilter


class FilterPage(ListPage[Data]):
    """Subclasses name the language of their list and list only lines that `keeper` keeps."""

    SOUGHT: ClassVar[str] = ""  # what the filter line says can be searched
    LIST: ClassVar[str] = ""  # whose saved filters are offered
    BINDINGS: ClassVar[list[BindingType]] = [
        glance(
            "slash,ideographic_comma", "filter", "筛选", "/", "筛选，可写几个词；空行按数字取存的"
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.pattern = ""
        self.typed = Typed()

    def language(self) -> Language[Any, Any]:
        raise NotImplementedError

    def explained(self) -> str:
        return f"按 / 可筛选：{self.SOUGHT}；可写拼音首字母，几个词空格隔开，都要符合。"

    def keeper(self, around: object = None) -> Callable[[Any], bool]:
        """Whether a thing of the list is wanted, as far as terms are finished."""
        language = self.language()
        self.typed = typed_terms(self.pattern, language)
        return lambda thing: holds(self.typed.terms, thing, around, language)

    def sought(self) -> str:
        """For the summary line, while a filter is on."""
        return f"筛选“{self.pattern}”：{self.counted()}，Esc 清除"

    def counted(self) -> str:
        """How many lines the filter leaves."""
        return f"{len(self.listed)}行"

    def show_again(self) -> None:
        if self.data is not None:
            with self.app.batch_update():
                self.show(self.data)

    # The line

    def action_filter(self) -> None:
        from editorial.tui.filter import FilterInput, SavedLine

        if self.query(FilterInput):
            self.query_one(FilterInput).focus()
        else:
            line = FilterInput(self.pattern, self.SOUGHT, self.take_saved)
            self.mount(line, SavedLine(), before="#detail")
            self._tell_saved()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.set_pattern(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.action_close_filter()

    def action_close_filter(self) -> None:
        from editorial.tui.filter import FilterInput, SavedLine

        self.query(FilterInput).remove()
        self.query(SavedLine).remove()
        self.table.focus()

    def set_pattern(self, pattern: str) -> None:
        self.pattern = pattern.strip()
        self.show_again()
        self._tell_saved()

    def _tell_saved(self) -> None:
        from editorial.tui.filter import SavedLine

        for line in self.query(SavedLine):
            line.tell(self.typed.unfinished, self.language().keys, self.saved(), self.pattern)

    # Saved filters

    def saved(self) -> tuple[SavedFilter, ...]:
        """Those of this list; a damaged file is told and offers none."""
        from editorial.desk.saved_filters import saved_filters

        try:
            return saved_filters(self.desk_app.desk, self.LIST)
        except EditorialError as error:
            self.notify(f"{error.message}：{error.where}", severity="warning", markup=False)
            return ()

    def take_saved(self, typed: str) -> bool:
        """Take the filter saved under a digit; an input method may send it full-width."""
        digit = chr(ord(typed) - 0xFEE0) if "０" <= typed <= "９" else typed
        found = next((each for each in self.saved() if f"{each.number}" == digit), None)
        if found is not None:
            self.action_saved(found.number)
        return found is not None

    def action_saved(self, number: int) -> None:
        from editorial.tui.filter import FilterInput

        for each in self.saved():
            if each.number == number:
                self.set_pattern(each.text)
                for line in self.query(FilterInput):
                    line.value = each.text
                    line.cursor_position = len(each.text)

    def action_save_filter(self) -> None:
        from editorial.tui.dialogs.saved import SavedDialog

        if self.pattern or self.saved():
            dialog = SavedDialog(self.desk_app.desk, self.LIST, self.pattern, self.saved())
            self.app.push_screen(dialog, lambda _: self._tell_saved())
        else:
            self.notify("没有筛选可存：先写，如 状态:复审 逾期")

    def action_back(self) -> None:
        """Esc goes back one layer at a time: filter, then screen."""
        if self.pattern and not self.desk_app.give_up():
            self.set_pattern("")
        else:
            super().action_back()


class PickPage(FilterPage[Data]):
    """Subclasses show what is in `marks`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *FilterPage.BINDINGS,
        key("space,ideographic_space", "mark", "标记", "空格", "标记多行，一并操作", show=False),
        key("ctrl+a", "mark_all", "全标", "Ctrl+A", "标记或取消全部所列行", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.marks: frozenset[str] = frozenset()

    def sought(self) -> str:
        return super().sought() + self.marked()

    def wanted(self) -> frozenset[str]:
        """The marked lines, else the one under the cursor."""
        return self.marks or frozenset({self.here} - {""})

    def marked(self) -> str:
        """For the summary line."""
        return f"  已标记{len(self.marks)}行" if self.marks else ""

    def action_mark(self) -> None:
        self.marks ^= {self.here} if self.here else set()
        self.show_again()
        self.table.action_cursor_down()

    def action_mark_all(self) -> None:
        ids = frozenset(line.key for line in self.listed)
        self.marks = frozenset() if self.marks >= ids else ids
        self.show_again()

    def action_back(self) -> None:
        """Marks are dropped after the filter and before the screen is left."""
        if self.marks and not self.pattern and not self.desk_app.give_up():
            self.marks = frozenset()
            self.show_again()
        else:
            super().action_back()
