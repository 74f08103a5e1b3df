"""意见: of one round or of all, disposed of by one key, singly or many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Static

from editorial.model.labels import Disposition, Weight
from editorial.model.opinion_selection import OPINIONS, Titles
from editorial.model.reviews import UNANSWERED, WHOLE, Opinion, disposition, unplaced
from editorial.model.selection import Language
from editorial.tui.cells import fit
from editorial.tui.columns import GAP, Column, Tints
from editorial.tui.hints import glance
from editorial.tui.listing import Line
from editorial.tui.opinion_keys import ACTS, DISPOSE, WAYS
from editorial.tui.page import COMMON
from editorial.tui.picking import FilterPage, PickPage
from editorial.tui.quoting import bracketed
from editorial.tui.theme import tints

if TYPE_CHECKING:
    from editorial.desk.opinion_ledger import Grouping, Ledger

GROUP = Column(key="group", heading="组", width=3)
COLUMNS = (
    Column(key="id", heading="  编号", width=9),
    Column(key="state", heading="处理", width=8),
    Column(key="by", heading="提出", width=10),
    Column(key="weight", heading="性质", width=6, since=110),
    Column(key="category", heading="类别", width=6, since=110),
    Column(key="section", heading="分目", width=12),
)
BROAD = {"by": 16, "section": 20}
BROAD_SINCE = 110
NONE = {"conflicts": "落在同一处而要求不同", "same": "看来相同"}


class View:
    """One of the lists this screen turns to."""

    def __init__(
        self, name: str, keeps: Callable[[Ledger, Opinion], bool], grouping: Grouping = ""
    ) -> None:
        self.name, self.keeps, self.grouping = name, keeps, grouping


VIEWS = (
    View("全部", lambda ledger, o: True),
    View("未答", lambda ledger, o: disposition(o) in UNANSWERED),
    View("已回函", lambda ledger, o: o.id in ledger.back),
    View("未落位", lambda ledger, o: unplaced(o)),
    View("冲突", lambda ledger, o: True, "conflicts"),
    View("看来相同", lambda ledger, o: True, "same"),
)


class OpinionsScreen(PickPage["Ledger"]):
    SOUGHT = "篇目、提出、处理、性质、单位，未答、未复核"
    LIST = "意见"
    BINDINGS: ClassVar[list[BindingType]] = [*ACTS, *DISPOSE]

    def __init__(self, round_id: str = "") -> None:
        super().__init__()
        self.round_id = round_id
        self.turned_to = 1

    # The list

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            yield widget
            if widget.id == "summary":
                yield Static("", id="tabs")
            if widget.id == "detail":
                yield from self.legend(DISPOSE, "一键处理：")

    def hinted(self) -> list[BindingType]:
        back = glance("escape", "back", "返回", "Esc", "返回上一屏")
        return [*ACTS[:-1], FilterPage.BINDINGS[0], *COMMON, back]

    @property
    def view(self) -> View:
        return VIEWS[self.turned_to - 1]

    def read(self) -> Ledger:
        from editorial.desk.opinion_ledger import ledger

        self.desk_app.board()
        self.desk_app.learn_names()
        return ledger(self.desk_app.desk, self.round_id, self.view.grouping)

    def language(self) -> Language[Opinion, Titles]:
        return OPINIONS

    def caption(self, found: Ledger) -> str:
        return f"{self.round_id}　{found.title}　意见" if self.round_id else "各轮意见"

    def summary(self, found: Ledger) -> str:
        if self.pattern:
            return self.sought()
        if not found.opinions:
            return "还没有意见：按 F10 记一条，或在评议里按 F3 从文件取"
        if self.view.grouping == found.grouping != "" and not found.groups.groups:
            return f"没有{NONE[self.view.grouping]}的意见"
        counts = [(d.label, sum(disposition(o) is d for o in found.opinions)) for d in WAYS]
        told = "  ".join(f"{label} {count}" for label, count in counts if count)
        return f"共{len(found.opinions)}条  {told}{self.marked()}"

    def show(self, data: Ledger) -> None:
        super().show(data)
        self.query_one("#tabs", Static).update(self._tabs(data))

    def _tabs(self, found: Ledger) -> Text:
        """`[1全部 16] 未答 8 …`: brackets, not colour alone, tell what is in sight."""
        line = Text(" ", no_wrap=True)
        for number, view in enumerate(VIEWS, 1):
            count = self._count(view, found)
            word = f"{view.name}{f' {count}' if count else ''}"
            style = Style.from_meta({"@click": f"screen.turn({number})"})
            seen = number == self.turned_to
            line.append(f"[{word}]" if seen else f" {word} ", style + Style(bold=seen))
            line.append(" ")
        return line

    def _count(self, view: View, found: Ledger) -> int:
        if view.grouping:
            return len(found.groups.groups) if view.grouping == found.grouping else 0
        return sum(view.keeps(found, o) for o in found.opinions)

    def columns(self, found: Ledger, width: int) -> tuple[Column, ...]:
        shown = [each for each in COLUMNS if each.since <= width]
        if self.view.grouping:
            shown.insert(0, GROUP)
        wide = width >= BROAD_SINCE
        sized = tuple(
            Column(
                key=x.key,
                heading=x.heading,
                width=BROAD.get(x.key, x.width) if wide else x.width,
            )
            for x in shown
        )
        rest = width - 1 - sum(each.width for each in sized) - GAP * (len(sized) + 1)
        return (*sized, Column(key="text", heading="意见", width=max(4, rest)))

    def listed_opinions(self, found: Ledger) -> Iterator[tuple[int, Opinion]]:
        """Those of the view and the filter, each with the number of its group."""
        keeps = self.keeper(found.titles)
        if not self.view.grouping:
            wanted = (o for o in found.opinions if self.view.keeps(found, o))
            yield from ((0, o) for o in wanted if keeps(o))
        elif self.view.grouping == found.grouping:
            for number, group in enumerate(found.groups.groups, 1):
                yield from ((number, o) for o in group if keeps(o))

    def lines(self, found: Ledger, columns: tuple[Column, ...]) -> Iterable[Line]:
        colours = tints(self.app.current_theme)
        listed = tuple(self.listed_opinions(found))
        self.marks &= {o.id for _, o in listed}
        for number, o in listed:
            said = self._said(found, number, o)
            cells = [Text(fit(said[column.key], column.width)) for column in columns]
            self._tint(found, o, dict(zip((x.key for x in columns), cells, strict=True)), colours)
            yield Line(key=o.id, cells=cells, detail=self._detail(found, o))

    def _said(self, found: Ledger, number: int, o: Opinion) -> dict[str, str]:
        titles = found.titles.sections.get(o.section, ())
        back = "回函" if o.id in found.back else ""
        return {
            "group": str(number),
            "id": ("* " if o.id in self.marks else "  ") + o.id,
            "state": f"{disposition(o).label}" if not back else f"转核{back}",
            "by": o.by,
            "weight": o.weight.label,
            "category": o.category,
            "section": titles[1] if titles else "未落位" if unplaced(o) else WHOLE,
            "text": " ".join(o.text.split()),
        }

    def _tint(self, found: Ledger, o: Opinion, cells: dict[str, Text], colours: Tints) -> None:
        if disposition(o) in UNANSWERED:
            cells["state"].stylize("bold")
        if o.id in found.back or (o.weight is Weight.MUST and disposition(o) in UNANSWERED):
            cells["state"].stylize(f"bold {colours.alarm}")
        if not o.section:
            cells["section"].stylize(f"bold {colours.alarm}")
        if o.id in self.marks:
            cells["id"].stylize(f"bold {colours.accent}")

    def _detail(self, found: Ledger, o: Opinion) -> str:
        letter = found.letters.get(o.id, "")
        parts = (
            bracketed(found.groups.words.get(o.id, ""))
            or (f"原文：{o.original}" if o.original else ""),
            f"理由：{o.reason}" if o.reason else "",
            f"改后：{o.result}" if o.result else "",
            f"函{letter}" if letter else "",
            f"同{o.same_as}" if o.same_as else "",
        )
        told = "　".join(each for each in parts if each)
        return f"{o.text}　{told}" if told else o.text

    # Turning

    def action_turn(self, number: int) -> None:
        self.turned_to = number or self.turned_to % len(VIEWS) + 1
        if self.data is not None and self.view.grouping not in ("", self.data.grouping):
            self.refill()
        else:
            self.show_again()

    # Acts

    def chosen(self) -> tuple[Opinion, ...]:
        """The marked ones, else the one under the cursor."""
        wanted = self.wanted()
        return tuple(o for o in (self.data.opinions if self.data else ()) if o.id in wanted)

    def group(self) -> tuple[Opinion, ...]:
        """The marked ones, else the group under the cursor."""
        groups = self.data.groups.groups if self.data and self.view.grouping else ()
        own = next((group for group in groups if self.here in {o.id for o in group}), ())
        return self.chosen() if self.marks else own

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        from editorial.tui.opinion import OpinionScreen

        if self.here:
            ids = tuple(line.key for line in self.listed)
            self.app.push_screen(OpinionScreen(self.here, ids))

    def action_dispose(self, way: str) -> None:
        from editorial.tui import opinion_acts

        if some := self.chosen():
            told = opinion_acts.dispose(self.desk_app, some, Disposition(way))
            self.run_worker(told, group="act")
        else:
            self.notify("没有选中意见")

    def action_several(self, act: str) -> None:
        """处理, 复核 …, of all that are marked: each is a function in `opinion_acts`."""
        from editorial.tui import opinion_acts

        if some := self.chosen():
            self.run_worker(opinion_acts.SEVERAL[act](self.desk_app, some), group="act")
        else:
            self.notify("没有选中意见")

    def action_carry(self, act: str) -> None:
        """落位, of the one under the cursor alone: each belongs elsewhere."""
        from editorial.tui import opinion_acts

        known = self.data.opinions if self.data else ()
        if here := next((o for o in known if o.id == self.here), None):
            others = len(self.marks - {here.id})
            self.run_worker(opinion_acts.ONE[act](self.desk_app, here, others), group="act")
        else:
            self.notify("没有选中意见")

    def action_grouped(self, act: str) -> None:
        from editorial.tui import opinion_acts

        if len(some := self.group()) > 1:
            words = self.data.groups.words if self.data else {}
            self.run_worker(opinion_acts.GROUPED[act](self.desk_app, some, words), group="act")
        else:
            self.notify("先用空格标记两条以上，或按 Tab 到“冲突”“看来相同”里选一组")

    def action_add(self) -> None:
        from editorial.tui import opinion_acts

        self.run_worker(opinion_acts.add(self.desk_app, self.round_id), group="act")

    def action_export(self) -> None:
        from editorial.tui import opinion_acts

        told = opinion_acts.export(self.desk_app, self.round_id, self.pattern)
        self.run_worker(told, group="draft")

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")
