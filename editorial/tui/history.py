"""经过: the acts on a node or on the whole volume, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import BindingType

from editorial.tui.cells import fit
from editorial.tui.columns import GAP, Column
from editorial.tui.hints import glance
from editorial.tui.listing import Line, ListPage
from editorial.tui.page import COMMON

if TYPE_CHECKING:
    from editorial.desk.history import ActLine

LIMIT = 300


class HistoryScreen(ListPage["tuple[ActLine, ...]"]):
    BINDINGS: ClassVar[list[BindingType]] = [
        glance("f9,h", "widen", "全卷经过", "F9 h", "在所选与全卷之间切换"),
        glance("escape", "back", "返回", "Esc", "返回上一屏"),
    ]

    def __init__(self, node: str, title: str) -> None:
        super().__init__()
        self.about, self.title_of_node, self.whole = node, title, not node

    def hinted(self) -> list[BindingType]:
        return [*type(self).BINDINGS[0 if self.about else 1 :], *COMMON]

    def read(self) -> tuple[ActLine, ...]:
        from editorial.desk.history import history

        return history(self.desk_app.desk, "" if self.whole else self.about, LIMIT)

    def caption(self, acts: tuple[ActLine, ...]) -> str:
        return "经过：" + ("全卷" if self.whole else self.title_of_node)

    def summary(self, acts: tuple[ActLine, ...]) -> str:
        more = "最近" if len(acts) == LIMIT else "共"
        return f"{more}{len(acts)}次操作，新的在前"

    def columns(self, acts: tuple[ActLine, ...], width: int) -> tuple[Column, ...]:
        rest = width - 16 - 12 - 3 * GAP
        return (
            Column(key="at", heading="时间", width=16),
            Column(key="by", heading="经办", width=12),
            Column(key="subject", heading="事项", width=rest),
        )

    def lines(self, acts: tuple[ActLine, ...], columns: tuple[Column, ...]) -> Iterable[Line]:
        rest = columns[-1].width
        for act in acts:
            subject = self.desk_app.by_name(act.subject)
            cells = (f"{act.at:%Y-%m-%d %H:%M}", fit(act.by, 12), fit(subject, rest))
            told = "　".join(filter(None, (subject, " ".join(act.note.split()))))
            yield Line(key=act.commit, cells=[Text(cell) for cell in cells], detail=told)

    def action_widen(self) -> None:
        if self.about:
            self.whole = not self.whole
            self.refill()
