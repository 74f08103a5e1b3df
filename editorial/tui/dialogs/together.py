"""一并处理: opinions on the same words side by side, each decided, all in one act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import Input, Select, Static

from editorial.model.labels import Disposition
from editorial.model.reviews import NEEDS_REASON, UNANSWERED, Opinion, disposition
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import choice, chosen
from editorial.tui.prose import Para, Prose

if TYPE_CHECKING:
    from editorial.desk.opinion_decide import Decision

ABREAST = 3  # as many as fit beside each other on a broad terminal
BROAD = 110
NARROW_ABREAST = 2


class TogetherDialog(Form["tuple[Decision, ...]"]):
    AUTO_FOCUS = "Select"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "一并处理", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]
    DEFAULT_CSS = """
    TogetherDialog #body { padding: 0 1; }
    TogetherDialog #abreast { height: auto; layout: vertical; margin-top: 1; }
    TogetherDialog.-abreast #abreast { layout: horizontal; }
    TogetherDialog .one { height: auto; padding: 0 1; margin-bottom: 1; }
    TogetherDialog.-abreast .one { width: 1fr; }
    TogetherDialog .one Input, TogetherDialog .one Select { margin-top: 1; }
    TogetherDialog .whose { text-style: bold; background: $surface; }
    """

    def __init__(
        self, opinions: Sequence[Opinion], words: str, carry: Carry[tuple[Decision, ...]]
    ) -> None:
        about = " ".join(each.id for each in opinions)
        super().__init__(f"一并处理：{len(opinions)}条", carry, about=about)
        self._opinions, self._words = tuple(opinions), words
        self.add_class("-broad")

    def on_resize(self) -> None:
        super().on_resize()
        room = ABREAST if self.app.size.width >= BROAD else NARROW_ABREAST
        self.set_class(len(self._opinions) <= room, "-abreast")

    def body(self) -> ComposeResult:
        if self._words:
            yield Prose(self._words)
        with Container(id="abreast"):
            for number, each in enumerate(self._opinions):
                with Vertical(classes="one"):
                    yield from self._one(number, each)

    def _one(self, number: int, opinion: Opinion) -> ComposeResult:
        ways = [(each.label, each.value) for each in Disposition]
        now = disposition(opinion)
        present = "" if now in UNANSWERED else now.value
        yield Static(f"{opinion.id}　{opinion.by}", classes="whose", markup=False)
        yield Prose([Para(text=opinion.text)])
        if opinion.original:
            yield Prose([Para(text=f"原文：{opinion.original}", style="dim")])
        yield choice(ways, "怎样处理", id=f"to-{number}", value=present)
        yield Input(opinion.reason, placeholder="理由", compact=True, id=f"reason-{number}")
        yield Input(opinion.result, placeholder="改后文字", compact=True, id=f"result-{number}")

    def on_input_submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        from editorial.desk.opinion_decide import Decision

        decisions = []
        for number, each in enumerate(self._opinions):
            to = chosen(self.query_one(f"#to-{number}", Select))
            reason = self.query_one(f"#reason-{number}", Input).value.strip()
            if not to:
                self.fault(f"{each.id} 还没有选怎样处理。")
                return
            if Disposition(to) in NEEDS_REASON and not reason:
                self.fault(f"{each.id} 定为{Disposition(to).label}，须写理由。")
                return
            result = self.query_one(f"#result-{number}", Input).value.strip()
            decisions.append(Decision(id=each.id, to=to, reason=reason, result=result))
        self.submit(tuple(decisions))
