"""收文件: files, mails, archives or a whole folder, taken in from the disk."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Select

from editorial.model.labels import Channel
from editorial.tui.dialogs.base import Form
from editorial.tui.dialogs.fields import Field, choice, chosen
from editorial.tui.dialogs.reply import paths_of
from editorial.tui.prose import Prose
from editorial.values import dataclass

NOTE = "几个用“；”隔开；目录里的文件逐个收。文件可以从文件管理器拖进来。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    paths: tuple[Path, ...]
    channel: Channel | None
    letter: str


class TakeInDialog(Form[Wanted]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "收下", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]

    def body(self) -> ComposeResult:
        yield Field("文件", Input(placeholder="文件或目录的路径", compact=True, id="paths"))
        ways = [(way.label, way.value) for way in Channel]
        yield Field("方式", choice(ways, ".eml 为邮件，其余为U盘", id="channel"))
        known = "已知是哪一函的，写编号或文号；可不填"
        yield Field("函件", Input(placeholder=known, compact=True, id="letter"))
        yield Prose(NOTE, classes="note")

    def on_input_submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        paths = paths_of(self.query_one("#paths", Input).value)
        if not paths:
            self.fault("还没有写文件。")
            return
        way = chosen(self.query_one("#channel", Select))
        letter = self.query_one("#letter", Input).value.strip()
        self.submit(Wanted(paths=paths, channel=Channel(way) if way else None, letter=letter))
