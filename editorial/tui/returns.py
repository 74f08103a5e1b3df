"""收件: what came in, whose answer it is; the unmatched tray first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widgets import DataTable

from editorial.model.return_selection import RETURNS
from editorial.model.returns import ReturnState, return_state
from editorial.model.selection import Language
from editorial.tui.cells import fit
from editorial.tui.columns import GAP, Column
from editorial.tui.hints import UNDO, glance, key
from editorial.tui.listing import Line
from editorial.tui.page import COMMON
from editorial.tui.picking import FilterPage
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.model.returns import Return

COLUMNS = (
    Column(key="id", heading="编号", width=4),
    Column(key="state", heading="状态", width=6),
    Column(key="kind", heading="类别", width=8, spare=5),
    Column(key="at", heading="收到", width=11),
    Column(key="way", heading="方式", width=6, spare=3),
    Column(key="letter", heading="函件", width=9, spare=4),
    Column(key="proof", heading="凭据", width=8, spare=2),
    Column(key="sender", heading="来自", width=24, since=100),
)
ACTS: tuple[BindingType, ...] = (
    key("f2,c", "carry('claim')", "认领", "F2 c", "这一件是哪一函的回件，同时登记回函"),
    key("f3,a", "carry('aside')", "搁置", "F3 a", "不是回件，写明原因，仍然保存"),
    key("f4,m", "fetch", "收信", "F4 m", "从信箱和收件夹收新来件，信箱里的邮件不动"),
    key("f6,o", "take_in", "收文件", "F6 o", "收文件、邮件（.eml）、压缩包或整个目录"),
    glance("f7,v", "narrow", "待认领", "F7 v", "只看待认领的，再按看全部"),
    UNDO,
    glance("f9,L", "letter", "函件", "F9 L", "到这一件所属的函"),
)


class ReturnsScreen(FilterPage["tuple[Return, ...]"]):
    SOUGHT = "编号、状态、函件、来自、主题、文件名"
    LIST = "收件"
    BINDINGS: ClassVar[list[BindingType]] = [*ACTS]

    def __init__(self, paper: str = "") -> None:
        super().__init__()
        self.here = paper
        self.tray_only = False

    def hinted(self) -> list[BindingType]:
        back = glance("escape", "back", "返回", "Esc", "返回上一屏")
        return [*ACTS, FilterPage.BINDINGS[0], *COMMON, back]

    def read(self) -> tuple[Return, ...]:
        """The newest first."""
        from editorial.desk.correspondence import returns

        self.desk_app.learn_names()
        return tuple(reversed(returns(self.desk_app.desk)))

    def language(self) -> Language[Return, None]:
        return RETURNS

    def caption(self, papers: tuple[Return, ...]) -> str:
        return "收件：待认领的" if self.tray_only else "收件"

    def summary(self, papers: tuple[Return, ...]) -> str:
        if self.pattern:
            return self.sought()
        if not papers:
            return "还没有来件：按 F4 从信箱收，或按 F6 收文件"
        counts = [(s.label, sum(return_state(x) is s for x in papers)) for s in ReturnState]
        return "  ".join(f"{label} {count}" for label, count in counts if count)

    def columns(self, papers: tuple[Return, ...], width: int) -> tuple[Column, ...]:
        shown = tuple(each for each in COLUMNS if each.since <= width)
        rest = width - 1 - sum(each.width for each in shown) - GAP * (len(shown) + 1)
        return (*shown, Column(key="subject", heading="主题或文件", width=rest, spare=1))

    def lines(self, papers: tuple[Return, ...], columns: tuple[Column, ...]) -> Iterable[Line]:
        colours = tints(self.app.current_theme)
        keeps = self.keeper()
        for paper in papers:
            told, waits = _detail(paper), return_state(paper) is ReturnState.UNMATCHED
            said = _said(paper)
            if not keeps(paper):
                continue
            if self.tray_only and not waits:
                continue
            cells = [Text(fit(said[column.key], column.width)) for column in columns]
            if waits:
                cells[1].stylize(f"bold {colours.alarm}")
            yield Line(key=paper.id, cells=cells, detail=told)

    def current(self) -> Return | None:
        return next((each for each in self.data or () if each.id == self.here), None)

    # Acts

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self.action_carry("view")

    def action_carry(self, act: str) -> None:
        """认领, 搁置, of the one under the cursor: each is a function in `return_acts`."""
        from editorial.tui import return_acts

        if (paper := self.current()) and self.listed:
            told = return_acts.ACTS[act](self.desk_app, paper)
            self.run_worker(told, group="look" if act == "view" else "act")
        else:
            self.lacking("没有来件")

    def action_fetch(self) -> None:
        from editorial.tui import return_acts

        self.run_worker(return_acts.fetch(self.desk_app), group="act")

    def action_take_in(self) -> None:
        from editorial.tui import return_acts

        self.run_worker(return_acts.take_in(self.desk_app), group="act")

    def action_narrow(self) -> None:
        self.tray_only = not self.tray_only
        self.show_again()

    def action_letter(self) -> None:
        paper = self.current()
        if paper and paper.letter:
            self.desk_app.go_to(f"letters/{paper.letter}")
        else:
            self.notify("这一件还没有归到哪一函")

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")


def _said(paper: Return) -> dict[str, str]:
    """What the columns show, by their keys."""
    return {
        "id": paper.id,
        "state": return_state(paper).label,
        "kind": paper.kind.label,
        "at": f"{paper.at:%m-%d %H:%M}",
        "way": paper.channel.label,
        "letter": paper.letter or "、".join(f"{each}？" for each in paper.candidates) or "-",
        "proof": paper.matched_by or "-",
        "sender": paper.sender or "-",
        "subject": paper.subject or (paper.papers[0].name if paper.papers else ""),
    }


def _detail(paper: Return) -> str:
    """The answer, what stands against it, and the files it came with."""
    answer = paper.answer.label if paper.answer else ""
    until = f"至{paper.until}" if paper.until else ""
    files = "、".join(each.name for each in paper.papers)
    parts = (paper.subject, f"{answer}{until}", paper.reason, *paper.told, paper.sender, files)
    return "　".join(part for part in parts if part)
