"""A form of a few plain fields: each act says which it needs and is handed what was written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, Select

from editorial.errors import EditorialError
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField, Field, Tick, choice, chosen
from editorial.tui.dialogs.reply import paths_of
from editorial.tui.prose import Prose
from editorial.values import dataclass

ROOMY = 4  # fields with a blank line after each


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One field. `empty` is what stands for no day; `past`: a day without a year is the last."""

    key: str
    name: str
    kind: Literal["text", "day", "choice", "tick", "path"] = "text"
    hint: str = ""
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    empty: str = "不定"
    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was written, by the keys of the fields."""

    texts: Mapping[str, str]
    days: Mapping[str, date | None]
    ticks: frozenset[str]

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def paths(self, key: str) -> tuple[Path, ...]:
        return paths_of(self.texts[key])

    def names(self, key: str) -> tuple[str, ...]:
        """Several in one line, by any of the signs people put between them."""
        line = self.texts[key]
        for sign in "、；;，,":
            line = line.replace(sign, "\n")
        return tuple(each.strip() for each in line.split("\n") if each.strip())


PARTING = ("/", os.sep)  # Windows takes either


class PathSuggester(Suggester):
    """The rest of a path as it lies on the disk; the key for taking it is the right arrow."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        head, _, last = value.rpartition("；")
        start = Path(last).expanduser()
        folder, begun = (start, "") if last.endswith(PARTING) else (start.parent, start.name)
        try:
            names = sorted(each.name + "/" * each.is_dir() for each in folder.iterdir())
        except OSError:
            return None
        rest = next((x[len(begun) :] for x in names if x.startswith(begun) and x[0] != "."), "")
        return f"{head}；{last}{rest}" if head else f"{last}{rest}"


class AskDialog(Form[Given]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "accept", "确定", key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]
    DEFAULT_CSS = """
    AskDialog.-close #body { padding: 0 2; }
    AskDialog.-close Field, AskDialog.-close DayField { margin-bottom: 0; }
    AskDialog Prose.told { margin-bottom: 1; }
    """

    def __init__(
        self,
        title: str,
        asked: Sequence[Ask],
        carry: Carry[Given],
        *,
        told: str = "",
        note: str = "",
        yes: str = "确定",
        focus: str = "",
        about: str = "",
    ) -> None:
        """`told` stands above the fields and `note` below; `focus` is the field to begin with."""
        super().__init__(title, carry, about=about)
        self._asked, self._told, self._note, self._yes = tuple(asked), told, note, yes
        self.set_class(len(self._asked) > ROOMY, "-close")
        self._begin = focus

    def on_mount(self) -> None:
        if self._begin:
            self.call_after_refresh(self.query_one(f"#ask-{self._begin}").focus)

    def body(self) -> ComposeResult:
        if self._told:
            yield Prose(self._told, classes="told")
        yield from map(_widget, self._asked)
        if self._note:
            yield Prose(self._note, classes="note")

    def hinted(self) -> list[Binding]:
        accept = Binding("f10", "accept", self._yes, key_display="F10 Ctrl+S")
        return [accept, *(each for each in super().hinted() if each.action != "accept")]

    def on_input_submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        try:
            self.submit(self._given())
        except EditorialError as error:
            self.fault_of(error)

    def _given(self) -> Given:
        """EditorialError for a field that must be filled in and is not, or is no day."""
        texts = dict(self._texts())
        days = {
            each.key: self.query_one(f"#ask-{each.key}", DayField).day()
            for each in self._asked
            if each.kind == "day"
        }
        for each in self._asked:
            if each.needed and not (texts.get(each.key) or days.get(each.key)):
                raise EditorialError(f"还没有填{each.name}")
        ticked = (x.key for x in self._asked if x.kind == "tick" and self._ticked(x.key))
        return Given(texts=texts, days=days, ticks=frozenset(ticked))

    def _ticked(self, key: str) -> bool:
        return self.query_one(f"#ask-{key}", Tick).value

    def _texts(self) -> Iterator[tuple[str, str]]:
        for each in self._asked:
            if each.kind in ("text", "path"):
                yield each.key, self.query_one(f"#ask-{each.key}", Input).value.strip()
            if each.kind == "choice":
                yield each.key, chosen(self.query_one(f"#ask-{each.key}", Select))


def _widget(ask: Ask) -> Widget:
    match ask.kind:
        case "day":
            return DayField(
                ask.name, ask.value, id=f"ask-{ask.key}", past=ask.past, empty=ask.empty
            )
        case "choice":
            return Field(
                ask.name, choice(list(ask.options), ask.hint, id=f"ask-{ask.key}", value=ask.value)
            )
        case "tick":
            tick = Tick(ask.name, id=f"ask-{ask.key}")
            tick.value = bool(ask.value)
            return tick
        case _:
            helped = PathSuggester() if ask.kind == "path" else None
            line = Input(
                ask.value, placeholder=ask.hint, compact=True, id=f"ask-{ask.key}", suggester=helped
            )
            return Field(ask.name, line)
