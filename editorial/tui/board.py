"""总览: 篇目 × (供稿 编审 函件 意见 校对), one volume on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from editorial.tui import columns
from editorial.tui.hints import glance, key
from editorial.tui.nodes import NodesPage
from editorial.tui.page import LEAVE

if TYPE_CHECKING:
    from editorial.model.board import Board, Row


class BoardScreen(NodesPage):
    COLUMNS = columns.CHAPTERS
    BINDINGS: ClassVar[list[BindingType]] = [
        glance("v,shift+f5", "cities", "按城市", "Shift+F5 v", "换看篇目 × 城市"),
        glance("q", "app.quit", "退出", "q", LEAVE),
        key(
            "shift+f2,M",
            "move_volume",
            "全书阶段",
            "Shift+F2 M",
            "推进全书：发稿、付印等",
            show=False,
        ),
        key("shift+f6,D", "draft_all", "全书", "Shift+F6 D", "生成全书评议稿", show=False),
        key("shift+f8,K", "keep", "留存", "Shift+F8 K", "留存手工改过的正文和设置", show=False),
        glance("shift+f9,V", "verify", "核查", "Shift+F9 V", "核查是否完好、可读", show=False),
    ]

    def caption(self, board: Board) -> str:
        return f"{board.volume.title}　{board.today.isoformat()}"

    def show(self, data: Board) -> None:
        super().show(data)
        self.desk_app.welcome()

    def whole(self, board: Board) -> Row:
        return board.volume

    def picked(self, board: Board) -> Iterator[tuple[Row, int]]:
        """All chapters; with a filter those that match, and the sections that do below them."""
        keeps = self.keeper(self.desk_app.units)
        for chapter in board.volume.rows:
            below = [row for row in chapter.rows if keeps(row)] if self.typed.terms else []
            if below or keeps(chapter):
                yield chapter, 0
            for row in below:
                yield row, 1

    def counted(self) -> str:
        """Sections are what is sought; a chapter may stand there for those below it alone."""
        lines, sections = super().counted(), sum(depth for _, depth in self.rows)
        return f"分目{sections}个，连篇目{lines}" if self.typed.terms else lines

    def action_cities(self) -> None:
        from editorial.tui.cities import CitiesScreen

        self.app.push_screen(CitiesScreen())

    def action_move_volume(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.move_volume(self.desk_app), group="act")

    def action_draft_all(self) -> None:
        from editorial.tui import drafting

        self.run_worker(drafting.ask(self.desk_app, ()), group="draft")

    def action_keep(self) -> None:
        from editorial.tui import book_acts

        self.run_worker(book_acts.keep(self.desk_app), group="act")

    def action_verify(self) -> None:
        from editorial.tui import book_acts

        self.run_worker(book_acts.verify(self.desk_app), group="look")
