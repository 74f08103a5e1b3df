"""One opinion: what was said, the text it speaks of with the words shown, what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll

from editorial.model.labels import Disposition
from editorial.model.reviews import section_words
from editorial.tui import opinion_words as words
from editorial.tui.bar import Bar
from editorial.tui.hints import glance
from editorial.tui.opinion_keys import ACTS as LIST_ACTS
from editorial.tui.opinion_keys import DISPOSE
from editorial.tui.page import COMMON, Page
from editorial.tui.prose import Prose

if TYPE_CHECKING:
    from textual import events

BESIDE = 100  # from this width the text stands beside what was said of it
ACTS: tuple[BindingType, ...] = (
    *LIST_ACTS[:4],
    glance("f7,s", "section", "分目", "F7 s", "到意见所在的分目"),
    LIST_ACTS[5],
    glance("left_square_bracket,pageup", "step(-1)", "前一条", "[", "看前一条"),
    glance("right_square_bracket,pagedown", "step(1)", "后一条", "]", "看后一条"),
)


class OpinionScreen(Page["words.Sheet"]):
    AUTO_FOCUS = "#words"
    BINDINGS: ClassVar[list[BindingType]] = [*ACTS, *DISPOSE]
    DEFAULT_CSS = """
    OpinionScreen #both { height: 1fr; layout: vertical; }
    OpinionScreen #said { height: auto; max-height: 50%; padding: 0 1; background: $surface; }
    OpinionScreen #words { height: 1fr; padding: 0 1; }
    OpinionScreen.-beside #both { layout: horizontal; }
    OpinionScreen.-beside #said { width: 2fr; height: 1fr; max-height: 100%; }
    OpinionScreen.-beside #words { width: 3fr; }
    """

    def __init__(self, opinion: str, among: tuple[str, ...] = ()) -> None:
        """`among` are those one can step through."""
        super().__init__()
        self.opinion, self.among = opinion, among

    def compose(self) -> ComposeResult:
        yield Bar()
        yield Prose("正在读取……", id="state")
        with Vertical(id="both"):
            with VerticalScroll(id="said"):
                yield Prose(id="remark")
            with VerticalScroll(id="words"):
                yield Prose(id="prose")
        yield from self.legend(DISPOSE, "一键处理：")
        back = glance("escape", "back", "返回", "Esc", "返回上一屏")
        yield from self.foot([*ACTS, *COMMON, back])

    def read(self) -> words.Sheet:
        from editorial.desk.opinion_sight import sight
        from editorial.desk.sections import look

        desk = self.desk_app.desk
        self.desk_app.board()
        self.desk_app.learn_names()
        seen = sight(desk, self.opinion)
        where = [each.section for each in seen.passages] or [seen.opinion.section]
        views = {id: look(desk, id) for id in dict.fromkeys(where) if id}
        return words.Sheet(sight=seen, views=views)

    def show(self, sheet: words.Sheet) -> None:
        data = sheet.sight
        ids = self.among
        at = f"　{ids.index(self.opinion) + 1}/{len(ids)}" if self.opinion in ids else ""
        self.query_one(Bar).caption(
            f"{data.title or section_words(data.opinion)} / 意见{data.opinion.id}{at}"
        )
        self.query_one("#state", Prose).update(words.state(data))
        self.query_one("#remark", Prose).update(list(words.said(data, self.desk_app.names)))
        self.query_one("#prose", Prose).update(list(words.text(sheet, self.desk_app.titles())))
        self.call_after_refresh(self._to_words)

    def _to_words(self) -> None:
        """The words spoken of in sight, with what stands before them."""
        told = self.query_one("#prose", Prose).render().plain
        line = told.count("\n", 0, max(0, told.find("〖")))
        view = self.query_one("#words")
        view.scroll_to(y=line - view.size.height // 2, animate=False)

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= BESIDE, "-beside")

    def action_step(self, by: int) -> None:
        if self.opinion in self.among:
            at = self.among.index(self.opinion) + by
            if 0 <= at < len(self.among):
                self.opinion = self.among[at]
                self.refill()

    # Acts

    def action_dispose(self, way: str) -> None:
        from editorial.tui import opinion_acts

        if self.data is not None:
            some = (self.data.sight.opinion,)
            told = opinion_acts.dispose(self.desk_app, some, Disposition(way))
            self.run_worker(told, group="act")

    def action_several(self, act: str) -> None:
        from editorial.tui import opinion_acts

        if self.data is not None:
            told = opinion_acts.SEVERAL[act](self.desk_app, (self.data.sight.opinion,))
            self.run_worker(told, group="act")

    def action_carry(self, act: str) -> None:
        from editorial.tui import opinion_acts

        if self.data is not None:
            told = opinion_acts.ONE[act](self.desk_app, self.data.sight.opinion)
            self.run_worker(told, group="act")

    def action_section(self) -> None:
        if self.data is not None and (section := self.data.sight.opinion.section):
            self.desk_app.go_to(section, "opinions_disposed")
        else:
            self.notify("还没有落位：按 F3 选分目")

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")
