"""函件登记: every letter with its state, and the acts that carry it on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from editorial.desk.letters import late_letters
from editorial.model.labels import Channel, LetterState
from editorial.model.letter_selection import LETTERS, Shown
from editorial.model.letters import letter_due, letter_state, standing
from editorial.model.matters import promised
from editorial.model.selection import Language, Units
from editorial.tui.cells import fit
from editorial.tui.columns import GAP, Column, Tints
from editorial.tui.hints import WIDE, figure, glance, key
from editorial.tui.listing import Line
from editorial.tui.page import COMMON
from editorial.tui.picking import FilterPage, PickPage
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.model.letters import Letter

WIDTHS = {"number": 20, "state": 4, "late": 6, "kind": 10, "unit": 12, "due": 5}
BROAD = WIDTHS | {"unit": 16, "due": 10}
SPARE = {"kind": 2, "due": 3, "late": 4}  # their turn to go where there is little room
HEADINGS = ("  文号（编号）", "状态", "逾期", "种类", "致", "期限")
WAYS = (
    Channel.PHONE,
    Channel.PAPER,
    Channel.CHAT,
    Channel.USB,
    Channel.MAIL,
    Channel.HAND,
)
# One key, one reply: figures come through under any input method.
REPLIES: tuple[BindingType, ...] = tuple(
    key(
        figure(number),
        f"answered('{way.value}')",
        way.label,
        str(number),
        f"登记回函：今天、{way.label}；有话要记的用 F6",
    )
    for number, way in enumerate(WAYS, 1)
)
ACTS: tuple[BindingType, ...] = (
    key("f2,c", "several('check')", "核稿", "F2 c", "核稿；标记了几封就一并办"),
    key("f3,p", "several('approve')", "签发", "F3 p", "签发：取发文字号，印出公函"),
    key("f4,s", "several('send')", "发出", "F4 s", "发出：先看怎样发，再寄出或登记交出"),
    key("shift+f4,S", "send_all", "全发", "Shift+F4 S", "发出全部已签发的", show=False),
    key("f6,g", "carry('reply')", "回函", "F6 g", "登记回函，写明答复、文号等，可一并办结"),
    key("f7,e", "carry('close')", "办结", "F7 e", "回函已到，事项办结"),
    key("f8,u", "undo", "撤销", "F8 u Ctrl+Z", "看自己做过的各次操作，撤销其中的"),
    key("f9,y", "carry('extend')", "延期", "F9 y", "批准延期"),
    key("n", "draft", "拟函", "n", "拟函：每个单位一封，取自意见、待补、缺项或表格", show=False),
    key("shift+f2,m", "carry('edit')", "改稿", "Shift+F2 m", "改还没有签发的函", show=False),
    key("shift+f6,b", "ledger", "登记簿", "Shift+F6 b", "印一年的发文、收文登记", show=False),
    key("shift+f8,x", "carry('void')", "作废", "Shift+F8 x", "作废，须写原因", show=False),
    glance("escape", "back", "返回", "Esc", "返回上一屏", show=False),
    glance("f11,U", "units", "单位", "F11 U", "所选函件的单位：联络员、函件、供稿"),
)


class LettersScreen(PickPage["tuple[Letter, ...]"]):
    SOUGHT = "文号、单位、种类、状态、事项"
    LIST = "函件"
    BINDINGS: ClassVar[list[BindingType]] = [*ACTS, *REPLIES]

    def __init__(self, letter: str = "") -> None:
        super().__init__()
        self.here = letter

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            yield widget
            if widget.id == "detail":
                yield from self.legend(REPLIES, "一键记回函：")

    def hinted(self) -> list[BindingType]:
        return [*ACTS[:-1], FilterPage.BINDINGS[0], *COMMON, ACTS[-1]]

    def read(self) -> tuple[Letter, ...]:
        from editorial.desk.letters import letters

        self.desk_app.board()
        self.desk_app.learn_names()
        return tuple(reversed(letters(self.desk_app.desk)))

    def language(self) -> Language[Shown, Units]:
        return LETTERS

    def caption(self, letters: tuple[Letter, ...]) -> str:
        return "函件登记"

    def summary(self, letters: tuple[Letter, ...]) -> str:
        if not letters:
            return "还没有函件：按 n 拟一批，或在总览、篇目里标记分目，按 F7"
        if self.pattern:
            return self.sought()
        counts = [
            (state.label, sum(letter_state(x) is state for x in letters)) for state in LetterState
        ]
        return "  ".join(f"{label} {count}" for label, count in counts if count) + self.marked()

    def columns(self, letters: tuple[Letter, ...], width: int) -> tuple[Column, ...]:
        widths = BROAD if width >= WIDE else WIDTHS
        rest = max(0, width - sum(widths.values()) - (len(widths) + 1) * GAP)
        headed = zip(widths.items(), HEADINGS, strict=True)
        known = (
            Column(key=name, heading=head, width=wide, spare=SPARE.get(name, 0))
            for (name, wide), head in headed
        )
        return (*known, Column(key="about", heading="事项", width=rest, spare=0 if rest else 1))

    def lines(self, letters: tuple[Letter, ...], columns: tuple[Column, ...]) -> Iterable[Line]:
        colours, names = tints(self.app.current_theme), self.desk_app.names
        keeps, late = self.keeper(self.desk_app.units), late_letters(letters, date.today())
        wanted = (x for x in letters if keeps(Shown(letter=x, late=x.id in late)))
        listed = [(letter, values(letter, names)) for letter in wanted]
        self.marks &= {letter.id for letter, _ in listed}
        for letter, said in listed:
            cells = _cells(said, columns, colours, marked=letter.id in self.marks)
            asked = "；".join(item.request for item in letter.items)
            told = "　".join((*promised(letter), asked, letter.title))
            yield Line(key=letter.id, cells=cells, detail=told)

    # Acts

    def action_units(self) -> None:
        from editorial.tui.unit import UnitScreen
        from editorial.tui.units import UnitsScreen

        letter = self.current()
        self.app.push_screen(UnitScreen(letter.unit) if letter else UnitsScreen())

    def current(self) -> Letter | None:
        return next((x for x in self.data or () if x.id == self.here), None)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self.action_carry("view")

    def action_carry(self, act: str) -> None:
        """回函, 办结 …, of the one under the cursor: each is a function in `letter_acts`."""
        from editorial.tui import letter_acts

        if letter := self.current():
            told = letter_acts.ONE[act](self.desk_app, letter)
            self.run_worker(told, group="look" if act == "view" else "act")
        else:
            self.lacking("还没有函件")

    def action_several(self, act: str) -> None:
        """核稿, 签发, 发出, of all that are marked."""
        from editorial.tui import letter_acts

        wanted = self.wanted()
        if some := tuple(x for x in reversed(self.data or ()) if x.id in wanted):
            self.run_worker(letter_acts.SEVERAL[act](self.desk_app, some), group="act")
        else:
            self.lacking("还没有函件")

    def action_draft(self) -> None:
        from editorial.tui import letter_acts

        self.run_worker(letter_acts.draft(self.desk_app), group="act")

    def action_ledger(self) -> None:
        from editorial.tui import book_acts

        self.run_worker(book_acts.ledger(self.desk_app), group="draft")

    def action_send_all(self) -> None:
        from editorial.tui import letter_acts

        self.run_worker(letter_acts.send_all(self.desk_app), group="act")

    def action_answered(self, way: str) -> None:
        from editorial.tui import letter_acts

        if letter := self.current():
            told = letter_acts.answered(self.desk_app, letter, Channel(way))
            self.run_worker(told, group="act")

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")


def values(letter: Letter, names: dict[str, str]) -> tuple[str, ...]:
    """What the columns show."""
    waiting = letter_state(letter) is LetterState.SENT
    late = (date.today() - letter_due(letter)).days if waiting else 0
    items = f"{len(letter.items)}条 {letter.items[0].request}" if letter.items else letter.title
    return (
        letter.number or f"（{letter.id}）",
        standing(letter),
        f"{late}天" if late > 0 else "",
        letter.kind.label,
        names.get(letter.unit, letter.unit),
        letter_due(letter).isoformat(),
        _wish(letter) or items,
    )


def _wish(letter: Letter) -> str:
    """What its unit has answered without answering."""
    reply = letter.reply
    if reply is None or reply.answer is None or next(promised(letter), None) is None:
        return ""
    return f"{reply.answer.label}至{reply.until}" if reply.until else reply.answer.label


def _cells(
    said: tuple[str, ...], columns: tuple[Column, ...], colours: Tints, *, marked: bool
) -> list[Text]:
    number, *rest = said
    told = [("* " if marked else "  ") + number, *rest]
    told[5] = told[5][-columns[5].width :]  # 03-18 where there is no room for the year
    cells = [Text(fit(each, column.width)) for each, column in zip(told, columns, strict=True)]
    cells[2].stylize(f"bold {colours.alarm}")
    if marked:
        cells[0].stylize(f"bold {colours.accent}")
    return cells
