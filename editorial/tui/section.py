"""分目: its text, and beside or behind it everything that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from editorial.tui import papers
from editorial.tui.acting import ActingPage
from editorial.tui.hints import key
from editorial.tui.page import COMMON
from editorial.tui.prose import Prose

if TYPE_CHECKING:
    from editorial.desk.sections import SectionView
    from editorial.model.board import Board, Row


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
            key(str(number), f"turn({number})", name, str(number), f"看{name}", show=False)
            for number, name in enumerate(papers.NAMES, 1)
        ),
        key("tab,right_square_bracket", "next", "换页", "Tab ]", "看下一页：正文、经过、函件……"),
        key("shift+tab,left_square_bracket", "previous", "前一页", "[", "看前一页", show=False),
    ]

    def __init__(self, node: str, turned_to: int = 1) -> None:
        super().__init__()
        self.about = node
        self.turned_to = turned_to

    def compose(self) -> ComposeResult:
        yield Static("", id="caption", markup=False)
        yield Prose("正在读取……", id="state")
        yield Static("", id="tabs")
        with Horizontal(id="papers"):
            with VerticalScroll(id="text"):
                yield Prose(id="prose")
            with VerticalScroll(id="side"):
                yield Prose(id="paper")
        next_ = SectionScreen.BINDINGS[-2]
        yield from self.foot(
            [*ActingPage.BINDINGS, next_, *COMMON, key("escape", "back", "返回", "Esc", "")]
        )

    def read(self) -> Sheet:
        from editorial.desk.sections import look

        view, board = look(self.desk_app.desk, self.about), self.desk_app.board()
        names = papers.Names(people=self.desk_app.learn_names(), stages=dict(board.stages))
        return Sheet(view=view, row=_row(board, self.about), names=names)

    def chosen(self) -> tuple[Row, ...]:
        return (self.data.row,) if self.data is not None else ()

    def show(self, data: Sheet) -> None:
        title = data.view.section.title
        self.query_one("#caption", Static).update(f"{data.view.chapter_title} / {title}")
        self.query_one("#state", Prose).update(papers.state(data.view, data.row, data.names))
        self.query_one("#prose", Prose).update(papers.text(data.view))
        self._turn()

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
        self.query_one("#paper", Prose).update(
            papers.PAPERS[aside - 2](self.data.view, self.data.names)
        )
        self.query_one("#side").scroll_home(animate=False)
        self.query_one("#tabs", Static).update(self._tabs(self.data, {1, aside} if wide else set()))
        self.query_one("#text" if self.turned_to == 1 else "#side").focus()

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


def _row(board: Board, node: str) -> Row:
    return next(row for chapter in board.volume.rows for row in chapter.rows if row.id == node)
