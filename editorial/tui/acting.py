"""A page where something is chosen that acts can be done upon; the keys are the same on all."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from editorial.errors import BadData
from editorial.tui.hints import UNDO, glance, key
from editorial.tui.page import Data, Page

if TYPE_CHECKING:
    from editorial.model.board import Row


ACTS: tuple[BindingType, ...] = (
    key("f2,m", "move", "推进", "F2 m", "推进到另一阶段，也可退回"),
    key("f3,a", "assign", "分派", "F3 a", "定责任编辑、供稿单位、截稿日期"),
    key("f6,d", "draft", "出稿", "F6 d", "生成评议稿；生成中再按一次取消"),
    key("f7,l", "letter", "拟函", "F7 l", "向供稿单位拟修改补充函等"),
    UNDO,
    glance("f9,h", "history", "经过", "F9 h", "看操作经过"),
)
# The places have short ways of their own; the frame shows them all, and 去往 their keys.
WAYS: tuple[BindingType, ...] = (
    glance(
        "f4,L", "app.visit('letters')", "函件", "F4 L", "函件：核稿、签发、发出、回函", show=False
    ),
    glance("f10,T", "app.visit('today')", "今日", "F10 T", "今日：该联系谁、什么到期", show=False),
    glance(
        "f11,U", "app.visit('units')", "单位", "F11 U", "单位登记：联络员、确认、改名", show=False
    ),
)
MEND = "改好存盘，看板自己再读，再办"


class ActingPage(Page[Data]):
    """Subclasses tell what is `chosen`; an act on a chapter is the act on its sections."""

    BINDINGS: ClassVar[list[BindingType]] = [*ACTS, *WAYS]

    def chosen(self) -> tuple[Row, ...]:
        raise NotImplementedError

    def readable(self) -> tuple[Row, ...]:
        """What is chosen, or nothing where a record among it cannot be read: a form would show
        of it what is not so. That is told, as Enter tells it."""
        rows = self.chosen()
        if faults := tuple(fault for row in rows if not row.rows for fault in row.faults):
            self.desk_app.tell(BadData(faults, hint=MEND))
            return ()
        return rows

    def action_move(self) -> None:
        from editorial.tui import acts

        if rows := self.readable():
            self.run_worker(acts.move(self.desk_app, rows), group="act")

    def action_assign(self) -> None:
        from editorial.tui import acts

        if rows := self.readable():
            self.run_worker(acts.assign(self.desk_app, rows), group="act")

    def action_letter(self) -> None:
        from editorial.tui import acts

        if rows := self.readable():
            self.run_worker(acts.write_letter(self.desk_app, rows), group="act")

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")

    def action_draft(self) -> None:
        from editorial.tui import drafting

        if rows := self.chosen():
            self.run_worker(drafting.ask(self.desk_app, rows), group="draft")

    def action_history(self) -> None:
        from editorial.tui.history import HistoryScreen

        rows = self.chosen()
        node, title = (rows[0].id, rows[0].title) if len(rows) == 1 else ("", "")
        self.app.push_screen(HistoryScreen(node, title))
