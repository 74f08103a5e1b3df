"""认领: which letter a paper answers, chosen among those that are out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from editorial.model.letters import Letter, letter_state
from editorial.model.returns import Return
from editorial.tui.cells import fit
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import Field
from editorial.tui.prose import Prose
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    letter: str
    note: str


class ClaimDialog(Form[Wanted]):
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f10", "accept", "认给所选的函", key_display="Enter"),
        Binding("tab", "app.focus_next", "说明", key_display="Tab"),
    ]
    DEFAULT_CSS = """
    ClaimDialog OptionList { max-height: 12; margin: 1 0; }
    """

    def __init__(
        self,
        paper: Return,
        letters: Sequence[Letter],
        names: Mapping[str, str],
        carry: Carry[Wanted],
    ) -> None:
        super().__init__(f"认领：来件{paper.id}", carry)
        self._paper, self._letters, self._names = paper, letters, names
        self.add_class("-broad")

    def body(self) -> ComposeResult:
        paper = self._paper
        files = "、".join(each.name for each in paper.papers)
        yield Prose("　".join(part for part in (paper.subject, paper.sender, files) if part))
        yield OptionList(*map(self._option, self._letters), markup=False)
        yield Field("说明", Input(placeholder="凭什么认的，可不填", compact=True, id="note"))

    def _option(self, letter: Letter) -> Option:
        """`0003 示志函〔2020〕3号  深圳科创局  发出  修改补充函（可能）`."""
        maybe = "（可能）" if letter.id in (self._paper.letter, *self._paper.candidates) else ""
        unit = self._names.get(letter.unit, letter.unit)
        number = fit(letter.number or letter.id, 20)
        state = letter_state(letter).label
        return Option(f"{number} {fit(unit, 16)} {state} {letter.kind.label}{maybe}", id=letter.id)

    def on_option_list_option_selected(self) -> None:
        self.action_accept()

    def on_input_submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None:
            note = self.query_one("#note", Input).value.strip()
            self.submit(Wanted(letter=self._letters[at].id, note=note))
