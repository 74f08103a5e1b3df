"""总览: 篇目 × (供稿 编审 函件 意见 校对), one volume on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from editorial.tui import columns
from editorial.tui.hints import key
from editorial.tui.nodes import NodesPage, matches

if TYPE_CHECKING:
    from editorial.model.board import Board, Row


class BoardScreen(NodesPage):
    COLUMNS = columns.CHAPTERS
    BINDINGS: ClassVar[list[BindingType]] = [
        key("q", "app.quit", "退出", "q", "退出"),
        key("shift+f6,D", "draft_all", "全书", "Shift+F6 D", "生成全书评议稿", show=False),
    ]

    def caption(self, board: Board) -> str:
        return f"{board.volume.title}　{board.today.isoformat()}"

    def whole(self, board: Board) -> Row:
        return board.volume

    def picked(self, board: Board) -> Iterator[tuple[Row, int]]:
        """All chapters; with a filter those that match, and the sections that do below them."""
        names = self.desk_app.names
        for chapter in board.volume.rows:
            below = self.pattern and [r for r in chapter.rows if matches(r, self.pattern, names)]
            if not self.pattern or below or matches(chapter, self.pattern, names):
                yield chapter, 0
            for row in below or ():
                yield row, 1

    def action_draft_all(self) -> None:
        from editorial.tui import drafting

        self.run_worker(drafting.ask(self.desk_app, ()), group="draft")
