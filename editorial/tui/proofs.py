"""校对: every proof with its pass, its readers and its corrections, and the acts on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widgets import DataTable

from editorial.model.labels import ProofState
from editorial.model.proof_selection import PROOFS, standing_of
from editorial.model.proofs import ProofJob, page_mark, proof_state
from editorial.tui.cells import fit
from editorial.tui.columns import GAP, Column
from editorial.tui.hints import UNDO, glance, key
from editorial.tui.listing import Line
from editorial.tui.page import COMMON
from editorial.tui.picking import FilterPage
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.model.proof_selection import Names, ProofStanding
    from editorial.model.proofs import Portion
    from editorial.model.selection import Language

COLUMNS = (
    Column(key="id", heading="编号", width=4),
    Column(key="label", heading="校次", width=4),
    Column(key="state", heading="状态", width=4),
    Column(key="done", heading="已改", width=7, spare=4),
    Column(key="due", heading="期限", width=10, spare=3),
    Column(key="late", heading="逾期", width=6),
    Column(key="typesetter", heading="排版公司", width=12, spare=2),
    Column(key="pages", heading="页", width=5, since=110, right=True),
    Column(key="extent", heading="范围", width=9, since=110),
    Column(key="file", heading="校样", width=20, since=110),
)
ACTS: tuple[BindingType, ...] = (
    key("f2,o", "issue", "出样", "F2 o", "出样：校次、范围、排版公司送来的 PDF"),
    key("f3,a", "carry('assign')", "分校", "F3 a", "分校：若干页分给一人"),
    key("f4,b", "carry('give_back')", "交回", "F4 b", "分校交回"),
    key("f6,r", "carry('send_back')", "返厂", "F6 r", "返厂，出改动单和标红样"),
    key("f7,m", "carry('machine')", "机器核红", "F7 m", "改回来的 PDF 与改动逐处比对"),
    UNDO,
    key("f9,c", "carry('check')", "人工核红", "F9 c", "逐处核对过了；未改的写出序号"),
    key("f10,y", "carry('apply')", "改正文", "F10 y", "原稿差错和改动带进正文"),
    glance("f11,d", "carry('rate')", "差错率", "F11 d", "这一次校样的差错率"),
    key("shift+f6,P", "carry('papers')", "改动单", "Shift+F6 P", "出改动单和标红样", show=False),
    glance(
        "shift+f7,t",
        "carry('contents')",
        "读校目录",
        "Shift+F7 t",
        "目录、标题、页码、书眉是否相符",
        show=False,
    ),
    glance("shift+f3,l", "loads", "工作量", "Shift+F3 l", "各人校了多少、手里多少", show=False),
)


class ProofsScreen(FilterPage["tuple[ProofStanding, ...]"]):
    SOUGHT = "校次、状态、排版、校对，逾期、未改、在校"
    LIST = "校对"
    BINDINGS: ClassVar[list[BindingType]] = [*ACTS]

    def __init__(self, proof: str = "") -> None:
        super().__init__()
        self.here = proof

    def hinted(self) -> list[BindingType]:
        enter = glance("enter", "show_corrections", "改动", "Enter", "这一次校样的改动")
        back = glance("escape", "back", "返回", "Esc", "返回上一屏")
        return [enter, *ACTS, FilterPage.BINDINGS[0], *COMMON, back]

    def read(self) -> tuple[ProofStanding, ...]:
        """The newest first."""
        from editorial.desk.proofs import proofs

        self.desk_app.board()
        self.desk_app.learn_names()
        today = date.today()
        return tuple(standing_of(each, today) for each in reversed(proofs(self.desk_app.desk)))

    def language(self) -> Language[ProofStanding, Names]:
        return PROOFS

    def caption(self, found: tuple[ProofStanding, ...]) -> str:
        return "校对"

    def summary(self, found: tuple[ProofStanding, ...]) -> str:
        if self.pattern:
            return self.sought()
        if not found:
            return "还没有校样：按 F2 出样"
        states = [(s.label, sum(proof_state(x.job) is s for x in found)) for s in ProofState]
        late, out = sum(bool(x.late) for x in found), sum(x.out for x in found)
        counts = (*states, ("逾期", late), ("在校页", out))
        return "  ".join(f"{label} {count}" for label, count in counts if count)

    def columns(self, found: tuple[ProofStanding, ...], width: int) -> tuple[Column, ...]:
        shown = tuple(each for each in COLUMNS if each.since <= width)
        rest = width - 1 - sum(each.width for each in shown) - GAP * (len(shown) + 1)
        return (*shown, Column(key="readers", heading="校对", width=max(4, rest), spare=1))

    def lines(
        self, found: tuple[ProofStanding, ...], columns: tuple[Column, ...]
    ) -> Iterable[Line]:
        colours, names = tints(self.app.current_theme), self.desk_app.names
        for each in filter(self.keeper(names), found):
            said = _said(each, names)
            cells = [Text(fit(said[column.key], column.width)) for column in columns]
            cells[5].stylize(f"bold {colours.alarm}")
            if proof_state(each.job) is ProofState.CHECKED:
                for cell in cells:
                    cell.stylize(colours.faint)
            yield Line(key=each.job.id, cells=cells, detail=_detail(each, names))

    def current(self) -> ProofStanding | None:
        return next((each for each in self.data or () if each.job.id == self.here), None)

    # Acts

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self.action_show_corrections()

    def action_show_corrections(self) -> None:
        from editorial.tui.proof import ProofScreen

        if each := self.current():
            self.app.push_screen(ProofScreen(each.job.id))

    def action_issue(self) -> None:
        from editorial.tui import proof_acts

        jobs = tuple(each.job for each in self.data or ())
        self.run_worker(proof_acts.issue(self.desk_app, jobs), group="act")

    def action_loads(self) -> None:
        from editorial.tui import proof_acts

        self.run_worker(proof_acts.loads(self.desk_app), group="look")

    def action_carry(self, act: str) -> None:
        """分校, 返厂 …, of the proof under the cursor: each is a function in `proof_acts`."""
        from editorial.tui import proof_acts

        if each := self.current():
            group = "look" if act in proof_acts.LOOKS else "act"
            self.run_worker(proof_acts.ACTS[act](self.desk_app, each.job), group=group)
        else:
            self.lacking("还没有校样")

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")


def _said(standing: ProofStanding, names: Names) -> dict[str, str]:
    job = standing.job
    return {
        "id": job.id,
        "label": job.label,
        "state": proof_state(job).label,
        "done": f"{standing.done}/{standing.total}" if standing.total else "-",
        "due": job.due.isoformat() if job.due else "",
        "late": f"{standing.late}天" if standing.late else "",
        "typesetter": job.typesetter,
        "pages": f"{job.pages}" if job.pages else "",
        "extent": f"{len(job.sections)}个分目" if job.sections else "全书",
        "file": f"{job.file}（扫描）" if job.scanned else job.file,
        "readers": "、".join(_portion(job, each, names) for each in job.portions)
        or names.get(job.reader, job.reader),
    }


def _portion(job: ProofJob, portion: Portion, names: Names) -> str:
    back = "交回" if portion.returned else ""
    pages = page_mark(portion.first, job.offset) + "-" + page_mark(portion.last, job.offset)
    return f"{names.get(portion.by, portion.by)}{pages}{back}"


def _detail(standing: ProofStanding, names: Names) -> str:
    job = standing.job
    parts = (
        f"改的是{job.follows}的红" if job.follows else "",
        f"在校{standing.out}页" if standing.out else "",
        f"校对 {readers}" if (readers := _said(standing, names)["readers"]) else "",
        job.file,
    )
    return "　".join(each for each in parts if each) or f"{job.label}样{job.id}"
