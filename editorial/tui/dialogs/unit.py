"""A unit itself: a new one, a new name, a pause in reminding it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from editorial.errors import EditorialError
from editorial.model.people import KINDS, Unit
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField, Field, Tick
from editorial.tui.prose import Prose
from editorial.values import dataclass


def _binding(word: str) -> list[BindingType]:
    return [
        Binding("f10,ctrl+s", "accept", word, key_display="F10 Ctrl+S"),
        Binding("tab", "app.focus_next", "下一项", key_display="Tab"),
    ]


class AddDialog(Form[Unit]):
    """`units` are those known, whose cities and kinds are shown."""

    BINDINGS: ClassVar[list[BindingType]] = _binding("登记")
    DEFAULT_CSS = """
    AddDialog Field { margin-bottom: 0; }
    AddDialog Tick { margin-top: 1; }
    AddDialog .note { margin-top: 1; }
    """

    def __init__(self, units: tuple[Unit, ...], carry: Carry[Unit]) -> None:
        super().__init__("登记新单位", carry)
        self._cities = tuple(dict.fromkeys(each.city for each in units if each.city))
        self._kinds = tuple(dict.fromkeys((*KINDS, *(each.kind for each in units if each.kind))))

    def body(self) -> ComposeResult:
        for key, label, blank in (
            ("name-full", "全称", "公函的主送机关照此写"),
            ("short", "简称", ""),
            ("code", "编号", "如 sz-kcj：城市拼音缩写-单位缩写，定了不要改"),
            ("city", "城市", ""),
            ("kind", "类别", ""),
            ("honorific", "称呼", "如 贵局，不填写“贵单位”"),
        ):
            yield Field(label, Input(placeholder=blank, compact=True, id=key))
        yield Tick("由编辑部自编，不发函", id="own")
        known = (("类别", self._kinds), ("城市", self._cities))
        told = "\n".join(f"已有的{label}：{'、'.join(names)}" for label, names in known if names)
        yield Prose(told, classes="note")

    def action_accept(self) -> None:
        for key, label in (("name-full", "全称"), ("code", "编号")):
            if not self._typed(key):
                self.fault(f"还没有填{label}。")
                return
        honorific = self._typed("honorific")
        called: dict[str, Any] = {"honorific": honorific} if honorific else {}
        self.submit(
            Unit(
                id=self._typed("code"),
                name=self._typed("name-full"),
                short=self._typed("short"),
                city=self._typed("city"),
                kind=self._typed("kind"),
                own=self.query_one("#own", Tick).value,
                **called,
            )
        )

    def _typed(self, key: str) -> str:
        return self.query_one(f"#{key}", Input).value.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    name: str
    short: str
    honorific: str
    since: date


class RenameDialog(Form[Renaming]):
    BINDINGS: ClassVar[list[BindingType]] = _binding("改名")

    def __init__(self, unit: Unit, carry: Carry[Renaming]) -> None:
        super().__init__(f"改名：{unit.short or unit.name}", carry, about=unit.id)
        self._unit = unit

    def body(self) -> ComposeResult:
        unit = self._unit
        for key, label, present in (
            ("name-full", "新全称", unit.name),
            ("short", "新简称", unit.short),
            ("honorific", "称呼", unit.honorific),
        ):
            yield Field(label, Input(placeholder=f"现为 {present}", compact=True, id=key))
        yield DayField("哪天起", "+0", id="since", past=True, empty="还没有填")
        yield Prose("简称、称呼不填就不变。旧名留在登记里，旧函重印仍用旧名。", classes="note")

    def action_accept(self) -> None:
        name, short, honorific = (
            self.query_one(f"#{key}", Input).value.strip()
            for key in ("name-full", "short", "honorific")
        )
        since = _day(self, "since")
        if not name:
            self.fault("还没有填新全称。")
        elif since is not None:
            self.submit(Renaming(name=name, short=short, honorific=honorific, since=since))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pausing:
    until: date
    reason: str


class PauseDialog(Form[Pausing]):
    BINDINGS: ClassVar[list[BindingType]] = _binding("停催")

    def body(self) -> ComposeResult:
        yield DayField("停到", "+14", id="until", empty="还没有填")
        yield Field("原因", Input(placeholder="记入经过", compact=True, id="reason"))
        yield Prose("停到那一天为止（含），到期自己恢复。", classes="note")

    def action_accept(self) -> None:
        until, reason = _day(self, "until"), self.query_one("#reason", Input).value.strip()
        if until is None:
            return
        if reason:
            self.submit(Pausing(until=until, reason=reason))
        else:
            self.fault("还没有写原因。")


def _day(form: Form[Pausing] | Form[Renaming], field: str) -> date | None:
    """The day typed; None when there is none, which is told."""
    try:
        day = form.query_one(f"#{field}", DayField).day()
    except EditorialError as error:
        form.fault(f"{error.message}。{error.hint}")
        return None
    if day is None:
        form.fault("还没有填日期。")
    return day
