"""函件登记: every letter with its state, and the acts that carry it on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widgets import DataTable

from editorial.model.labels import LetterState
from editorial.model.letters import letter_state
from editorial.tui.cells import fit
from editorial.tui.columns import GAP, Column
from editorial.tui.hints import key
from editorial.tui.listing import Line, ListPage
from editorial.tui.page import COMMON
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.model.letters import Letter

WIDTHS = {"number": 18, "state": 4, "late": 6, "kind": 10, "unit": 14, "due": 10}


class LettersScreen(ListPage["tuple[Letter, ...]"]):
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f2,c", "carry('check')", "核稿", "F2 c", "核稿"),
        key("f3,p", "carry('approve')", "签发", "F3 p", "签发：取发文字号，印出公函"),
        key("f4,s", "carry('send')", "发出", "F4 s", "发出：封存并寄出，或放入发件箱"),
        key("f6,g", "carry('reply')", "回函", "F6 g", "登记回函，可一并办结"),
        key("f7,e", "carry('close')", "办结", "F7 e", "回函已到，事项办结"),
        key("f8,x", "carry('void')", "作废", "F8 x", "作废，须写原因"),
        key("escape", "back", "返回", "Esc", "返回上一屏"),
    ]

    def __init__(self, letter: str = "") -> None:
        super().__init__()
        self.here = letter

    def hinted(self) -> list[BindingType]:
        return [*type(self).BINDINGS, *COMMON]

    def read(self) -> tuple[Letter, ...]:
        from editorial.desk.letters import letters

        self.desk_app.board()
        self.desk_app.learn_names()
        return tuple(reversed(letters(self.desk_app.desk)))

    def caption(self, letters: tuple[Letter, ...]) -> str:
        return "函件登记"

    def summary(self, letters: tuple[Letter, ...]) -> str:
        if not letters:
            return "还没有函件：在总览或篇目里标记分目，按 F7 拟函"
        counts = [
            (state.label, sum(letter_state(x) is state for x in letters)) for state in LetterState
        ]
        return "  ".join(f"{label} {count}" for label, count in counts if count)

    def columns(self, letters: tuple[Letter, ...], width: int) -> tuple[Column, ...]:
        rest = width - sum(WIDTHS.values()) - (len(WIDTHS) + 1) * GAP
        return (
            Column(key="number", heading="文号（编号）", width=WIDTHS["number"]),
            Column(key="state", heading="状态", width=WIDTHS["state"]),
            Column(key="late", heading="逾期", width=WIDTHS["late"]),
            Column(key="kind", heading="种类", width=WIDTHS["kind"]),
            Column(key="unit", heading="致", width=WIDTHS["unit"]),
            Column(key="due", heading="期限", width=WIDTHS["due"]),
            Column(key="about", heading="事项", width=rest),
        )

    def lines(self, letters: tuple[Letter, ...], columns: tuple[Column, ...]) -> Iterable[Line]:
        alarm, names = tints(self.app.current_theme).alarm, self.desk_app.names
        for letter in letters:
            texts = [
                Text(fit(value, column.width))
                for value, column in zip(self._values(letter, names), columns, strict=True)
            ]
            texts[2].stylize(f"bold {alarm}")
            asked = "；".join(item.request for item in letter.items)
            yield Line(key=letter.id, cells=texts, detail=f"{asked}　{letter.title}")

    def _values(self, letter: Letter, names: dict[str, str]) -> tuple[str, ...]:
        waiting = letter_state(letter) is LetterState.SENT
        late = (date.today() - letter.due).days if waiting else 0
        return (
            letter.number or f"（{letter.id}）",
            letter_state(letter).label,
            f"{late}天" if late > 0 else "",
            letter.kind.label,
            names.get(letter.unit, letter.unit),
            letter.due.isoformat(),
            f"{len(letter.items)}条 {letter.items[0].request}" if letter.items else letter.title,
        )

    # Acts

    def current(self) -> Letter | None:
        return next((x for x in self.data or () if x.id == self.here), None)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self.action_carry("view")

    def action_carry(self, act: str) -> None:
        """核稿, 签发, 发出 …: each is a function of that name in `letter_acts`."""
        from editorial.tui import letter_acts

        if letter := self.current():
            self.run_worker(letter_acts.ACTS[act](self.desk_app, letter), group="act")
        else:
            self.notify("还没有函件")
