"""篇目: its 分目 with the same axes, and who and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from editorial.errors import EditorialError
from editorial.tui import columns
from editorial.tui.nodes import NodesPage

if TYPE_CHECKING:
    from editorial.model.board import Board, Row


class ChapterScreen(NodesPage):
    COLUMNS = columns.SECTIONS

    def __init__(self, chapter: str, pattern: str = "") -> None:
        super().__init__()
        self.about, self.pattern = chapter, pattern

    def read(self) -> Board:
        board = super().read()
        self.whole(board)
        return board

    def caption(self, board: Board) -> str:
        return f"{board.volume.title} / {self.whole(board).title}"

    def whole(self, board: Board) -> Row:
        found = next((row for row in board.volume.rows if row.id == self.about), None)
        if found is None:
            raise EditorialError(f"没有篇目“{self.about}”", hint="按 Esc 返回总览")
        return found

    def picked(self, board: Board) -> Iterator[tuple[Row, int]]:
        keeps = self.keeper(self.desk_app.units)
        for row in self.whole(board).rows:
            if keeps(row):
                yield row, 0
