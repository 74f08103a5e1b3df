"""你是谁: asked when something is to be done and git knows no name to put under it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from editorial.tui.dialogs.base import Form
from editorial.tui.dialogs.fields import Field
from editorial.tui.frame import Tells
from editorial.tui.prose import Prose
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    name: str
    mail: str


class IntroduceDialog(Form[Introduced], Tells):
    AUTO_FOCUS = "#name"
    KEEPS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "记下", key_display="F10"),
    ]

    def body(self) -> ComposeResult:
        yield Prose("每次操作都要记是谁做的。请写姓名，记在这台电脑上，以后不再问。")
        yield Prose("")
        named = Input(placeholder="与人员登记里的姓名一样", compact=True, id="name")
        yield Field("姓名", named)
        yield Field("邮箱", Input(placeholder="可不填", compact=True, id="mail"))

    def on_input_submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        name, mail = (self.query_one(f"#{each}", Input).value for each in ("name", "mail"))
        if name.strip():
            self.submit(Introduced(name=name, mail=mail))
        else:
            self.fault("还没有写姓名。")
