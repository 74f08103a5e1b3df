"""One proof: its corrections, typed one a line as fast as hands can, dropped, classed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Input

from editorial.model.proof_selection import CORRECTIONS, red_words
from editorial.model.proofs import described, page_called, page_mark, proof_state
from editorial.tui.cells import fit
from editorial.tui.columns import GAP, Column
from editorial.tui.hints import UNDO, glance, key
from editorial.tui.listing import Line
from editorial.tui.page import COMMON
from editorial.tui.picking import FilterPage, PickPage
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.model.proof_selection import Names
    from editorial.model.proofs import Correction, ProofJob
    from editorial.model.selection import Language

COLUMNS = (
    Column(key="number", heading="  序号", width=6),
    Column(key="page", heading="页", width=5, right=True),
    Column(key="line", heading="行", width=3, right=True),
    Column(key="mark", heading="符号", width=6, spare=3),
    Column(key="red", heading="核红", width=4),
    Column(key="cause", heading="起因", width=8, spare=2),
    Column(key="fault", heading="类别", width=8, since=110),
    Column(key="by", heading="校对", width=8, spare=1),
    Column(key="around", heading="前后文", width=30, since=110),
)
ACTS: tuple[BindingType, ...] = (
    key("f2,a", "type", "逐行录", "F2 a", "逐行录入，如 21.15 断头路34余条>断头路34条"),
    key("f3,i", "carry('take_in')", "录文件", "F3 i", "从表格、批注过的 PDF、带修订的 Word 录入"),
    key("f4,x", "drop", "去掉", "F4 x", "去掉这一处，须写理由"),
    key("f6,P", "carry('papers')", "改动单", "F6 P", "出改动单和标红样"),
    key("f7,k", "class_", "类别", "F7 k", "定差错类别，标记了几处就一并定"),
    UNDO,
    key("f9,e", "exempt", "不再改", "F9 e", "没有改的红，不再改，标记了几处就一并定"),
    key("f10,y", "settle('accept')", "认可", "F10 y", "未要求而改的，认可，须写理由"),
    key("f11,s", "settle('sample')", "抽查", "F11 s", "抽页重读，估计还漏几处"),
)


class TypingLine(Input):
    """Enter records the line and leaves room for the next; Esc goes back to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "收起", show=False)]
    DEFAULT_CSS = """
    TypingLine { height: 1; width: 1fr; background: $cursor; padding: 0 1; }
    """

    def __init__(self) -> None:
        hint = "页.行 原文>改为，如 21.15 断头路34余条>断头路34条；回车记一处，Esc 收起"
        super().__init__(placeholder=hint, compact=True, id="typing")

    @property
    def page(self) -> ProofScreen:
        page = self.screen
        assert isinstance(page, ProofScreen)
        return page

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()  # the page takes what bubbles up for its filter

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if line := self.value.strip():
            self.value = ""
            self.page.take_line(line)

    def action_close(self) -> None:
        """First what is typed, then the line."""
        if self.value:
            self.value = ""
        else:
            self.page.close_typing()


class ProofScreen(PickPage["ProofJob"]):
    SOUGHT = "页、符号、起因、类别、校对、结果，未定类"
    LIST = "改动"
    BINDINGS: ClassVar[list[BindingType]] = [*ACTS]

    def __init__(self, proof: str) -> None:
        super().__init__()
        self.proof = proof
        self._typed: list[str] = []
        self._recording = False

    def hinted(self) -> list[BindingType]:
        back = glance("escape", "back", "返回", "Esc", "返回上一屏")
        return [*ACTS, FilterPage.BINDINGS[0], *COMMON, back]

    def read(self) -> ProofJob:
        from editorial.desk.proofs import find_proof

        self.desk_app.learn_names()
        return find_proof(self.desk_app.desk, self.proof)

    def language(self) -> Language[Correction, Names]:
        return CORRECTIONS

    def caption(self, job: ProofJob) -> str:
        return f"{job.label}样{job.id}　{job.file}".strip()

    def summary(self, job: ProofJob) -> str:
        if self.pattern:
            return self.sought()
        if not job.corrections:
            return f"{proof_state(job).label}　还没有改动：按 F2 逐行录入"
        states = [red_words(each) for each in job.corrections]
        counts = "  ".join(f"{word} {states.count(word)}" for word in dict.fromkeys(states))
        total = f"{proof_state(job).label}　改动{len(states)}处"
        waiting = sum(not each.accepted for each in job.unasked)
        unasked = f"  未要求而改 {waiting}，F10 认可" if waiting else ""
        return f"{total}　{counts}{unasked}{self.marked()}"

    def columns(self, job: ProofJob, width: int) -> tuple[Column, ...]:
        shown = tuple(each for each in COLUMNS if each.since <= width)
        rest = width - 1 - sum(each.width for each in shown) - GAP * (len(shown) + 1)
        return (*shown, Column(key="change", heading="改动", width=max(4, rest)))

    def lines(self, job: ProofJob, columns: tuple[Column, ...]) -> Iterable[Line]:
        colours, names = tints(self.app.current_theme), self.desk_app.names
        keeps = self.keeper(names)
        listed = [(f"{n}", c) for n, c in enumerate(job.corrections, 1) if keeps(c)]
        self.marks &= {number for number, _ in listed}
        for number, each in listed:
            said = _said(job, each, names) | {
                "number": ("* " if number in self.marks else "  ") + number
            }
            cells = [_cell(said[column.key], column) for column in columns]
            if said["red"] in ("未改", "改错"):
                cells[4].stylize(f"bold {colours.alarm}")
            yield Line(key=number, cells=cells, detail=_detail(job, each))

    # Typing

    def action_type(self) -> None:
        if self.query(TypingLine):
            self.query_one(TypingLine).focus()
        else:
            line = TypingLine()
            self.mount(line, before="#detail")
            line.focus()

    def close_typing(self) -> None:
        self.query(TypingLine).remove()
        self.table.focus()

    def take_line(self, line: str) -> None:
        """The next one can be typed while this one is recorded."""
        self._typed.append(line)
        if not self._recording:
            self.run_worker(self._record(), group="act")

    async def _record(self) -> None:
        """What has been typed until now, in one act; a line that cannot be taken comes back."""
        from editorial.desk.proof_corrections import type_in
        from editorial.tui.acts import now

        self._recording = True
        while self._typed:
            lines, self._typed = self._typed, []
            text = "\n".join(lines)
            outcome = await self.desk_app.carry_out(
                partial(type_in, self.desk_app.desk, self.proof, text, at=now())
            )
            if outcome.kind == "failed":
                self._give_back(lines)
                break
        self._recording = False

    def _give_back(self, lines: list[str]) -> None:
        """The lines stay in the typing line, to be mended one after the other."""
        first, *others = (*lines, *self._typed)
        self._typed = others
        for line in self.query(TypingLine):
            if line.value.strip():
                self._typed.append(line.value.strip())
            line.value = first
            line.cursor_position = len(first)

    # Acts

    def action_carry(self, act: str) -> None:
        from editorial.tui import correction_acts

        if self.data is not None:
            told = correction_acts.ACTS[act](self.desk_app, self.data)
            self.run_worker(told, group="draft" if act == "papers" else "act")

    def action_drop(self) -> None:
        from editorial.tui import correction_acts

        if self.data is not None and self.here:
            told = correction_acts.drop(self.desk_app, self.data, int(self.here))
            self.run_worker(told, group="act")
        else:
            self.notify("没有选中改动")

    def action_class_(self) -> None:
        from editorial.tui import correction_acts

        numbers = tuple(sorted(map(int, self.wanted())))
        if self.data is not None and numbers:
            told = correction_acts.class_(self.desk_app, self.data, numbers)
            self.run_worker(told, group="act")
        else:
            self.notify("没有选中改动")

    def action_exempt(self) -> None:
        from editorial.tui import settling_acts

        numbers = tuple(sorted(map(int, self.wanted())))
        if self.data is not None and numbers:
            told = settling_acts.exempt(self.desk_app, self.data, numbers)
            self.run_worker(told, group="act")
        else:
            self.notify("没有选中改动")

    def action_settle(self, act: str) -> None:
        from editorial.tui import settling_acts

        if self.data is not None:
            self.run_worker(settling_acts.ACTS[act](self.desk_app, self.data), group="act")

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        from editorial.tui import correction_acts

        if self.data is not None and self.here:
            told = correction_acts.view(self.desk_app, self.data, int(self.here))
            self.run_worker(told, group="look")

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")


def _cell(said: str, column: Column) -> Text:
    if column.right:
        said = said.rjust(column.width)
    return Text(fit(said, column.width))


def _said(job: ProofJob, each: Correction, names: Names) -> dict[str, str]:
    return {
        "page": page_mark(each.page, job.offset),
        "line": f"{each.line}" if each.line else "",
        "mark": each.mark,
        "red": red_words(each),
        "cause": each.cause.label,
        "fault": each.fault,
        "by": names.get(each.by, each.by),
        "around": f"{each.before}▲{each.after}" if each.before or each.after else "",
        "change": described(each) + (f"（{each.note}）" if each.note else ""),
    }


def _detail(job: ProofJob, each: Correction) -> str:
    around = f"…{each.before}【{each.old}】{each.after}…" if each.before or each.after else ""
    found = f"新样现为“{each.found}”" if each.found else ""
    carried = f"{each.carried}已改正文" if each.carried else ""
    parts = (page_called(each.page, job.offset), around, described(each), found, carried)
    return "　".join(part for part in parts if part)
