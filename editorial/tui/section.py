"""分目: its text, and beside or behind it everything that hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from editorial.errors import EditorialError
from editorial.tui import papers
from editorial.tui.acting import ACTS, ActingPage
from editorial.tui.bar import Bar
from editorial.tui.hints import glance, key
from editorial.tui.page import COMMON, NOT_READ
from editorial.tui.prose import Prose, set_out
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.desk.sections import SectionView
    from editorial.model.board import Board, Row


EDITOR_TIP = "用自己的文字编辑程序改正文，如记事本、vim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one reading gives: the section, its line of the board, and names for its ids."""

    view: SectionView
    row: Row
    names: papers.Names


class SectionScreen(ActingPage[Sheet]):
    """Narrow, one paper shows at a time; wide, the text stays and another lies beside it."""

    AUTO_FOCUS = "#text"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            glance(str(number), f"turn({number})", name, str(number), f"看{name}", show=False)
            for number, name in enumerate(papers.NAMES, 1)
        ),
        key("shift+f3,e", "edit", "改正文", "Shift+F3 e", "在这里改正文，存一次记一次"),
        key("shift+f9,E", "edit_outside", "外部编辑", "Shift+F9 E", EDITOR_TIP, show=False),
        key("shift+f6,D", "extract", "摘录", "Shift+F6 D", "印出供稿单位在全书里的稿", show=False),
        glance("tab,right_square_bracket", "next", "换页", "Tab ]", "看下一页：正文、经过、函件……"),
        glance("shift+tab,left_square_bracket", "previous", "前一页", "[", "看前一页", show=False),
    ]

    def __init__(self, node: str, turned_to: int = 1) -> None:
        super().__init__()
        self.about = node
        self.turned_to = turned_to
        self._aside = 0
        self._items: list[papers.Item] = []

    def compose(self) -> ComposeResult:
        yield Bar()
        yield Prose("正在读取……", id="state")
        yield Static("", id="tabs")
        with Horizontal(id="papers"):
            with VerticalScroll(id="text"):
                yield Prose(id="prose")
            yield OptionList(id="side", markup=False)
        own = [SectionScreen.BINDINGS[-5], SectionScreen.BINDINGS[-2]]
        acts = ACTS[:-1]  # the way it went is a page of its own here
        yield from self.foot([*own, *acts, *COMMON, glance("escape", "back", "返回", "Esc", "")])

    def read(self) -> Sheet:
        from editorial.desk.sections import look

        view, board = look(self.desk_app.desk, self.about), self.desk_app.board()
        names = papers.Names(people=self.desk_app.learn_names(), stages=dict(board.stages))
        return Sheet(view=view, row=_row(board, self.about), names=names)

    def chosen(self) -> tuple[Row, ...]:
        return (self.data.row,) if self.data is not None else ()

    def show(self, data: Sheet) -> None:
        title = data.view.section.title
        self.query_one(Bar).caption(f"{data.view.chapter_title} / {title}")
        self.query_one("#state", Prose).update(papers.state(data.view, data.row, data.names))
        self.query_one("#prose", Prose).update(papers.text(data.view))
        self._turn()

    def tell_unread(self) -> None:
        self.query_one("#state", Prose).update(NOT_READ)

    def on_resize(self) -> None:
        self._turn()

    def _turn(self) -> None:
        """Show the paper turned to; the wide screen keeps the text in sight beside it."""
        if self.data is None:
            return
        wide = self.app.size.width >= papers.WIDE
        aside = self.turned_to if self.turned_to > 1 else 2
        self.query_one("#text").display = wide or self.turned_to == 1
        self.query_one("#side").display = wide or self.turned_to > 1
        self._fill(papers.PAPERS[aside - 2](self.data.view, self.data.names), aside, wide=wide)
        self.query_one("#tabs", Static).update(self._tabs(self.data, {1, aside} if wide else set()))
        self.query_one("#text" if self.turned_to == 1 else "#side").focus(scroll_visible=False)

    def _fill(self, items: list[papers.Item], aside: int, *, wide: bool) -> None:
        """The paper as a list; what is only read again stays where one was reading."""
        side = self.query_one("#side", OptionList)
        first = next((n for n, item in enumerate(items) if item.node or item.line), 0)
        at = side.highlighted if aside == self._aside else first
        self._items, self._aside = items, aside
        width = (self.app.size.width * 2 // 5 if wide else self.app.size.width) - 3
        side.set_options(Option(_block(item, width)) for item in items)
        side.highlighted = min(at or 0, len(items) - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on an opinion, a proof or a letter goes there; on a finding, to its line."""
        item = self._items[event.option_index]
        if item.node:
            self.desk_app.go_to(item.node)
        elif item.line:
            self._edit(item.line)

    def action_edit(self) -> None:
        self._edit(1)

    def _edit(self, line: int) -> None:
        from editorial.tui import writing

        self.run_worker(writing.edit(self.desk_app, self.about, line), group="act")

    def action_edit_outside(self) -> None:
        from editorial.tui import writing_outside

        self.run_worker(writing_outside.edit_outside(self.desk_app, self.about), group="act")

    def action_extract(self) -> None:
        from editorial.tui import drafting

        if self.data is not None:
            told = drafting.extract(self.desk_app, self.data.row.units)
            self.run_worker(told, group="act")

    def _tabs(self, data: Sheet, shown: set[int]) -> Text:
        """`1正文 [2经过 5] 3函件 1 …`: brackets, not colour alone, tell what is in sight."""
        line = Text(" ", no_wrap=True)
        for number, (name, count) in enumerate(papers.counted(data.view), 1):
            seen = number in (shown or {self.turned_to})
            word = f"{number}{name}{f' {count}' if count else ''}"
            word = f"[{word}]" if seen else f" {word} "
            style = Style.from_meta({"@click": f"screen.turn({number})"})
            line.append(word, style + Style(bold=seen))
            line.append(" ")
        return line

    def action_turn(self, number: int) -> None:
        self.turned_to = number
        self._turn()

    def action_next(self) -> None:
        self.action_turn(self.turned_to % len(papers.NAMES) + 1)

    def action_previous(self) -> None:
        self.action_turn((self.turned_to - 2) % len(papers.NAMES) + 1)


def _block(item: papers.Item, width: int) -> Text:
    return Text("\n").join(set_out(para, width) for para in item.told)


def _row(board: Board, node: str) -> Row:
    rows = (row for chapter in board.volume.rows for row in chapter.rows)
    found = next((row for row in rows if row.id == node), None)
    if found is None:
        raise EditorialError(f"没有分目“{node}”", hint="刚被移走或改名，按 Esc 返回")
    return found
