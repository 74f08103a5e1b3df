"""评议: every round with how far it has come, and the acts that carry it on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widgets import DataTable

from editorial.model.labels import RoundState
from editorial.model.reviews import round_state
from editorial.model.round_selection import ROUNDS
from editorial.model.round_standing import days_words, standing_of
from editorial.model.selection import Language
from editorial.tui.cells import fit
from editorial.tui.columns import GAP, Column
from editorial.tui.hints import UNDO, glance, key
from editorial.tui.listing import Line
from editorial.tui.page import COMMON
from editorial.tui.picking import FilterPage
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.model.round_standing import RoundStanding

COLUMNS = (
    Column(key="id", heading="轮次", width=4),
    Column(key="kind", heading="审级", width=10, spare=2),
    Column(key="state", heading="状态", width=6),
    Column(key="heard", heading="回音", width=7),
    Column(key="disposed", heading="意见", width=9),
    Column(key="due", heading="期限", width=10, spare=3),
    Column(key="late", heading="逾期", width=6, spare=4),
    Column(key="edition", heading="稿次", width=7, since=110),
    Column(key="extent", heading="范围", width=10, since=110),
)
ACTS: tuple[BindingType, ...] = (
    key("f2,o", "open", "开轮", "F2 o", "开始一轮评议，文字就此定住"),
    key("f3,i", "carry('take_in')", "取意见", "F3 i", "从意见表、批注稿、纪要、邮件取意见"),
    key("f4,m", "carry('remind')", "催请", "F4 m", "没有回音的审读人：催请的话，单位可拟函"),
    key("f6,p", "carry('papers')", "出表", "F6 p", "汇总表、意见单、答复、纪要、改动清单"),
    key("f7,n", "carry('answered')", "无意见", "F7 n", "记下一位审读人没有意见"),
    UNDO,
    key("f9,c", "carry('finish')", "结束", "F9 c", "结束一轮；已结束的重开"),
    key("f10,g", "carry('meeting')", "会议", "F10 g", "评议会：日期、表决、评分"),
    glance("f11,k", "gates", "关口", "F11 k", "批准、审查验收、备案，齐清定核对，归档"),
    key("shift+f2,d", "carry('draft')", "评议稿", "Shift+F2 d", "给这一轮出评议稿", show=False),
    key("shift+f3,v", "carry('appraise')", "总评", "Shift+F3 v", "审读人的总体评价", show=False),
    glance("shift+f9,a", "opinions", "全部", "Shift+F9 a", "看各轮的全部意见", show=False),
)


class RoundsScreen(FilterPage["tuple[RoundStanding, ...]"]):
    SOUGHT = "轮次、审级、状态、审读人，逾期、未结、没回音"
    LIST = "评议"
    BINDINGS: ClassVar[list[BindingType]] = [*ACTS]

    def __init__(self, round_id: str = "") -> None:
        super().__init__()
        self.here = round_id

    def hinted(self) -> list[BindingType]:
        enter = glance("enter", "show_opinions", "意见", "Enter", "这一轮的意见")
        back = glance("escape", "back", "返回", "Esc", "返回上一屏")
        return [enter, *ACTS, FilterPage.BINDINGS[0], *COMMON, back]

    def read(self) -> tuple[RoundStanding, ...]:
        """The newest first."""
        from editorial.desk.round_list import rounds

        self.desk_app.board()
        self.desk_app.learn_names()
        today = date.today()
        return tuple(standing_of(each, today) for each in reversed(rounds(self.desk_app.desk)))

    def language(self) -> Language[RoundStanding, None]:
        return ROUNDS

    def caption(self, found: tuple[RoundStanding, ...]) -> str:
        return "评议"

    def summary(self, found: tuple[RoundStanding, ...]) -> str:
        if self.pattern:
            return self.sought()
        if not found:
            return "还没有评议：按 F2 开始一轮"
        under_way = sum(round_state(each.round) is RoundState.OPEN for each in found)
        counts = (
            ("进行中", under_way, "轮"),
            ("逾期", sum(each.overdue for each in found), "轮"),
            ("待处理", sum(each.waiting for each in found), "条意见"),
        )
        told = "　".join(f"{name} {count}{unit}" for name, count, unit in counts if count)
        return f"共{len(found)}轮　{told}"

    def columns(self, found: tuple[RoundStanding, ...], width: int) -> tuple[Column, ...]:
        shown = tuple(each for each in COLUMNS if each.since <= width)
        rest = width - 1 - sum(each.width for each in shown) - GAP * (len(shown) + 1)
        return (*shown, Column(key="title", heading="名称", width=max(4, rest), spare=1))

    def lines(
        self, found: tuple[RoundStanding, ...], columns: tuple[Column, ...]
    ) -> Iterable[Line]:
        colours, keeps = tints(self.app.current_theme), self.keeper()
        for each in filter(keeps, found):
            said = values(each)
            cells = [Text(fit(said[column.key], column.width)) for column in columns]
            cells[6].stylize(f"bold {colours.alarm}")
            if round_state(each.round) is RoundState.CLOSED:
                for cell in cells:
                    cell.stylize(colours.faint)
            yield Line(key=each.round.id, cells=cells, detail=_detail(each))

    def current(self) -> RoundStanding | None:
        return next((each for each in self.data or () if each.round.id == self.here), None)

    # Acts

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self.action_show_opinions()

    def action_show_opinions(self) -> None:
        from editorial.tui.opinions import OpinionsScreen

        if each := self.current():
            self.app.push_screen(OpinionsScreen(each.round.id))

    def action_opinions(self) -> None:
        from editorial.tui.opinions import OpinionsScreen

        self.app.push_screen(OpinionsScreen())

    def action_gates(self) -> None:
        from editorial.tui.gates import GatesScreen

        self.app.push_screen(GatesScreen())

    def action_open(self) -> None:
        from editorial.tui import round_acts

        self.run_worker(round_acts.open_one(self.desk_app), group="act")

    def action_carry(self, act: str) -> None:
        """催请, 结束 …, of the round under the cursor: each is a function in `round_acts`."""
        from editorial.tui import round_acts

        if each := self.current():
            self.run_worker(round_acts.ACTS[act](self.desk_app, each.round), group="act")
        else:
            self.lacking("还没有评议")

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")


def values(standing: RoundStanding) -> dict[str, str]:
    """What the columns show."""
    round_ = standing.round
    spared = f" 免{standing.exempted}" if standing.exempted else ""
    return {
        "id": round_.id,
        "kind": round_.kind.label,
        "state": round_state(round_).label,
        "heard": f"{standing.heard}/{len(round_.readers)}",
        "disposed": f"{standing.disposed}/{standing.total}{spared}",
        "due": round_.due.isoformat() if round_.due else "",
        "late": f"{-standing.days}天" if standing.overdue and standing.days else "",
        "edition": f"第{round_.edition}稿" if round_.edition else "",
        "extent": f"{len(round_.sections)}个分目" if round_.sections else "全书",
        "title": round_.title,
    }


def _detail(standing: RoundStanding) -> str:
    silent = f"没有回音：{'、'.join(standing.silent)}" if standing.silent else ""
    parts = (days_words(standing), silent, standing.round.purpose)
    return "　".join(each for each in parts if each) or standing.round.title
