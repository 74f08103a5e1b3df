"""关口: what the competent bodies answered; the book's readiness for the press; the archive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import BindingType

from editorial.tui.cells import fit
from editorial.tui.columns import GAP, Column
from editorial.tui.hints import UNDO, glance, key
from editorial.tui.listing import Line, ListPage
from editorial.tui.page import COMMON
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from textual.widgets import DataTable

    from editorial.desk.gates import GateStanding

COLUMNS = (
    Column(key="label", heading="关口", width=14),
    Column(key="state", heading="状态", width=12),
    Column(key="doc_no", heading="文号", width=20, spare=2),
    Column(key="date", heading="日期", width=10),
)
ACTS: tuple[BindingType, ...] = (
    key("f2,p", "carry('register')", "登记", "F2 p", "登记批文：机关、文号、日期、扫描件"),
    key("f3,x", "carry('withdraw')", "撤回", "F3 x", "撤回登记的批文，须写理由"),
    glance("f4,h", "handover", "齐清定", "F4 h", "发稿之前核对齐、清、定，逐处前往"),
    key("f6,l", "archive", "归档目录", "F6 l", "出归档目录，带各文件的校验码"),
    key("f7,s", "sheet", "发稿单", "F7 s", "发稿单、付印单"),
    UNDO,
    glance("f9,y", "check_archive", "核归档", "F9 y", "核对文件与归档目录是否相符"),
)


class GatesScreen(ListPage["tuple[GateStanding, ...]"]):
    BINDINGS: ClassVar[list[BindingType]] = [*ACTS]

    def hinted(self) -> list[BindingType]:
        return [*ACTS, *COMMON, glance("escape", "back", "返回", "Esc", "返回上一屏")]

    def read(self) -> tuple[GateStanding, ...]:
        from editorial.desk.gates import gates

        self.desk_app.board()
        return gates(self.desk_app.desk, date.today())

    def caption(self, found: tuple[GateStanding, ...]) -> str:
        return "关口"

    def summary(self, found: tuple[GateStanding, ...]) -> str:
        if not found:
            return "volume.yaml 里没有写关口（gates）"
        return f"共{len(found)}道　已过 {sum(each.passed for each in found)}"

    def columns(self, found: tuple[GateStanding, ...], width: int) -> tuple[Column, ...]:
        rest = width - 1 - sum(each.width for each in COLUMNS) - GAP * (len(COLUMNS) + 1)
        return (*COLUMNS, Column(key="body", heading="批准机关", width=max(4, rest), spare=1))

    def lines(self, found: tuple[GateStanding, ...], columns: tuple[Column, ...]) -> Iterable[Line]:
        from editorial.desk.gates import state_words

        colours = tints(self.app.current_theme)
        for each in found:
            said = {
                "label": each.gate.label,
                "state": state_words(each),
                "doc_no": each.gate.doc_no,
                "date": f"{each.gate.date or ''}",
                "body": each.gate.body,
            }
            cells = [Text(fit(said[column.key], column.width)) for column in columns]
            if each.days is not None and each.days < 0:
                cells[1].stylize(f"bold {colours.alarm}")
            yield Line(key=each.gate.id, cells=cells, detail=_detail(each))

    def current(self) -> GateStanding | None:
        return next((each for each in self.data or () if each.gate.id == self.here), None)

    # Acts

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self.action_carry("view")

    def action_carry(self, act: str) -> None:
        """登记, 撤回, of the gate under the cursor: each is a function in `gate_acts`."""
        from editorial.tui import gate_acts

        if each := self.current():
            told = gate_acts.ACTS[act](self.desk_app, each)
            self.run_worker(told, group="look" if act == "view" else "act")
        else:
            self.notify("volume.yaml 里没有写关口")

    def action_handover(self) -> None:
        from editorial.tui import gate_acts

        self.run_worker(gate_acts.handover(self.desk_app), group="look")

    def action_archive(self) -> None:
        from editorial.tui import gate_acts

        self.run_worker(gate_acts.archive(self.desk_app), group="draft")

    def action_sheet(self) -> None:
        from editorial.tui import book_acts

        self.run_worker(book_acts.sheet(self.desk_app), group="draft")

    def action_check_archive(self) -> None:
        from editorial.tui import book_acts

        self.run_worker(book_acts.check_archive(self.desk_app), group="look")

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")


def _detail(each: GateStanding) -> str:
    due = f"应于{each.due}前" if each.due else ""
    papers = [paper.name for answer in each.answers for paper in answer.papers]
    parts = (each.gate.label, due, f"批文{len(each.answers)}次", "、".join(papers))
    return "　".join(part for part in parts if part)
