"""结束一轮: what has no disposition yet, to be gone to one by one, or let off for a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from editorial.model.reviews import Opinion, Round, disposition, section_words
from editorial.tui.cells import fit, steady
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import Field
from editorial.tui.prose import Prose
from editorial.values import dataclass

WIDTH = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """`exempt` opinions are let off for the reason in `note`."""

    note: str
    exempt: tuple[str, ...]


class CloseDialog(Form[Closing]):
    """`visit` opens one opinion among others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "结束", key_display="F10 Ctrl+S"),
        Binding("enter", "visit", "前往", key_display="Enter"),
        Binding("f3,space", "spare", "豁免", key_display="空格 F3"),
        Binding("tab", "app.focus_next", "理由", key_display="Tab"),
    ]
    DEFAULT_CSS = """
    CloseDialog OptionList { max-height: 12; margin: 1 0; }
    """

    def __init__(
        self,
        round_: Round,
        waiting: Sequence[Opinion],
        titles: dict[str, str],
        carry: Carry[Closing],
        visit: Callable[[str, tuple[str, ...]], None],
    ) -> None:
        super().__init__(f"结束：{round_.title}", carry, about=round_.id)
        self._waiting, self._titles, self._visit = tuple(waiting), titles, visit
        self._spared: frozenset[str] = frozenset()
        self._count = len(round_.opinions)
        self.add_class("-broad")

    def body(self) -> ComposeResult:
        if not self._waiting:
            yield Prose(f"意见{self._count}条都有结论。结束以后不再收意见，要续须重开。")
            yield Field("说明", Input(placeholder="可不填", compact=True, id="note"))
            return
        told = f"还有{len(self._waiting)}条意见没有结论，逐条处理；确实不办的标“免”，并写理由。"
        yield Prose(told)
        yield OptionList(*map(self._option, self._waiting), markup=False)
        yield Field("豁免理由", Input(placeholder="标了“免”的须写", compact=True, id="note"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        return bool(self._waiting) if action in ("visit", "spare") else True

    def _option(self, opinion: Opinion) -> Option:
        mark = "免" if opinion.id in self._spared else "  "
        place = self._titles.get(opinion.section) or section_words(opinion)
        state = fit(disposition(opinion).label, 6)
        head = f"{mark} {fit(opinion.id, 7)} {state} {fit(opinion.by, 16)} {steady(place)}"
        said = fit(" ".join(opinion.text.split()), min(WIDTH, self.app.size.width - 16))
        return Option(Text(f"{head}\n   {said}"), id=opinion.id)

    def _here(self) -> str:
        listed = self.query_one(OptionList)
        at = listed.highlighted
        return self._waiting[at].id if at is not None else ""

    def action_spare(self) -> None:
        listed, here = self.query_one(OptionList), self._here()
        self._spared ^= {here} - {""}
        at = listed.highlighted or 0
        option = self._option(self._waiting[at])
        listed.replace_option_prompt_at_index(at, option.prompt)
        listed.action_cursor_down()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.action_visit()

    def action_visit(self) -> None:
        """To the opinion itself; the round is closed another time."""
        among, here = tuple(each.id for each in self._waiting), self._here()
        self.dismiss(None)
        self._visit(here, among)

    def on_input_submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        note = self.query_one("#note", Input).value.strip()
        if self._spared and not note:
            self.fault("标了“免”的，须写豁免理由。")
            return
        exempt = tuple(each.id for each in self._waiting if each.id in self._spared)
        self.submit(Closing(note=note, exempt=exempt))
