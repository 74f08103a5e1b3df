"""推进: the stages in order and, for the one under the cursor, what becomes of every node."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import Click
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from editorial.errors import EditorialError
from editorial.model.board import Row
from editorial.tui.dialogs.base import Carry, Form
from editorial.tui.dialogs.fields import DayField, Field
from editorial.tui.dialogs.tick import Tick
from editorial.tui.frame import stands
from editorial.tui.hints import Hints
from editorial.tui.prose import Para, Prose
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.desk.move import Fate, Foresight

Stages = tuple[tuple[str, str], ...]
Foresee = Callable[[str], Awaitable["Foresight | None"]]

ORDER = {"on": 0, "back": 1, "stays": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`some`: as was foreseen, something stands in the way of some and of others nothing."""

    to: str
    note: str = ""
    force: bool = False
    free: bool = False
    some: bool = False
    day: date | None = None


class StageList(OptionList):
    """A click only shows what would happen; a second one upon the same stage carries it out."""

    _clicked: int | None = None

    async def _on_click(self, event: Click) -> None:
        at = event.style.meta.get("option")
        again = at is not None and at == self._clicked == self.highlighted
        self._clicked = at
        if not again:
            event.prevent_default()
            self.highlighted = self.highlighted if at is None else at


class MoveDialog(Form[Wanted]):
    """Asks where to and why. `here` counts the nodes at each stage."""

    KEEPS: ClassVar[bool] = False  # a reason belongs to one stage, which is not kept
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "推进到所选阶段", key_display="Enter"),
        Binding("tab", "app.focus_next", "说明", key_display="Tab"),
        Binding("f9", "spare", "只推进没有阻碍的", key_display="F9"),
        Binding("f10,ctrl+s", "choose", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]
    DEFAULT_CSS = """
    MoveDialog #body { padding: 0 1; }
    MoveDialog #choice { height: 14; margin-bottom: 1; }
    MoveDialog OptionList { width: 27; height: 14; }
    MoveDialog #foreseen { width: 1fr; height: 14; background: $surface; padding: 0 1; }
    MoveDialog Field, MoveDialog DayField { margin-bottom: 0; }
    """

    def __init__(
        self,
        title: str,
        stages: Stages,
        here: Mapping[str, int],
        foresee: Foresee,
        carry: Carry[Wanted],
        *,
        about: str,
    ) -> None:
        super().__init__(title, carry, about=about)
        self._stages, self._here, self._foresee = stages, here, foresee
        self._unseen: tuple[str, int] | None = None
        self._some = ""  # the stage into which some can go and some cannot
        self.add_class("-broad")

    def body(self) -> ComposeResult:
        with Horizontal(id="choice"):
            yield StageList(*map(self._option, self._stages), markup=False)
            with VerticalScroll(id="foreseen", can_focus=False):
                yield Prose("正在核对……", id="fates")
        yield Field("说明", Input(placeholder="退回或强行推进时须写理由", compact=True, id="note"))
        yield Tick("强行推进（不管阻碍，理由记入经过）", id="force")
        yield DayField("哪天办的", "", id="day", past=True, empty="今天")

    def _option(self, stage: tuple[str, str]) -> Option:
        id, label = stage
        here = self._here.get(id, 0)
        return Option(f"{label}　现有{here}个" if here else label, id=id)

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = self._next_stage()

    def _next_stage(self) -> int:
        """The stage after the one the node furthest behind is at."""
        ids = [id for id, _ in self._stages]
        least = next((at for at, id in enumerate(ids) if self._here.get(id)), -1)
        return min(least + 1, len(ids) - 1)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._tell(str(event.option_id))

    def on_screen_resume(self) -> None:
        """What was in the way may be gone by now."""
        if self._unseen and self._unseen[1] != self.desk_app.age:
            self._tell(self._unseen[0])

    @work(exclusive=True, group="foresee")
    async def _tell(self, stage: str) -> None:
        """What would happen, once the cursor has come to rest."""
        seen = await self._foresee(stage)
        if not stands(self):
            return
        age = self.desk_app.age
        self._unseen = (stage, age) if seen is None else None
        self._some = stage if seen and seen.blocked and seen.free else ""
        self.query_one(Hints).offer(self.hinted())
        if seen is None:
            self.query_one("#fates", Prose).update("没有核对成。")
        else:
            self.query_one("#fates", Prose).update(list(told(seen, self.desk_app.said)))
            self.query_one("#foreseen").scroll_home(animate=False)

    def on_option_list_option_selected(self) -> None:
        self.action_choose()

    def on_input_submitted(self) -> None:
        self.action_choose()

    def action_page(self, by: int) -> None:
        seen = self.query_one("#foreseen", VerticalScroll)
        (seen.scroll_page_down if by > 0 else seen.scroll_page_up)(animate=False)

    def action_choose(self, *, free: bool = False) -> None:
        note = self.query_one("#note", Input).value.strip()
        force = self.query_one("#force", Tick).value and not free
        at = self.query_one(OptionList).highlighted
        if at is None:
            return
        try:
            day = self.query_one("#day", DayField).day()
        except EditorialError as error:
            self.fault_of(error)
            return
        if force and not note:
            self.fault("强行推进须写明理由。")
            self.query_one("#note", Input).focus()
            return
        to = self._stages[at][0]
        wish = Wanted(to=to, note=note, force=force, free=free, some=self._some == to, day=day)
        self.submit(wish)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        return action != "spare" or bool(self._some)

    def action_spare(self) -> None:
        self.action_choose(free=True)

    def spare(self) -> None:
        self.action_choose(free=True)

    def insist(self) -> None:
        self.query_one("#force", Tick).value = True
        self.query_one("#note", Input).focus()
        self.fault("写明理由后按 Enter 强行推进。")


def told(seen: Foresight, said: Callable[[str], str]) -> Iterator[Para]:
    """A line in sum, then each node, those that something stands in the way of first."""
    counts = (
        ("可推进", len([each for each in seen.free if each.how == "on"])),
        ("退回", len([each for each in seen.free if each.how == "back"])),
        ("有阻碍", len(seen.blocked)),
        ("不动", len([each for each in seen.fates if each.how == "stays"])),
    )
    summary = "，".join(f"{word}{count}个" for word, count in counts if count)
    yield Para(text=f"转入“{seen.to}”：{summary}", strong=len(seen.to) + 5)
    for fate in sorted(seen.fates, key=lambda each: (not each.blockers, ORDER[each.how])):
        yield from _fate(fate, seen.to, said)


def _fate(fate: Fate, to: str, said: Callable[[str], str]) -> Iterator[Para]:
    at = fate.at or "未开始"
    words = {"on": f"{at} → {to}", "back": f"{at} 退回 {to}，须写说明", "stays": f"{at}，不动"}
    style = "dim" if fate.how == "stays" else ""
    sign = "×" if fate.blockers else " "
    yield Para(text=f"{fate.title}　{words[fate.how]}", lead=f"{sign} ", style=style)
    for blocker in fate.blockers:
        yield Para(text=said(blocker.message), lead="    缺 ")


def named(rows: Sequence[Row]) -> str:
    """`科技创新`, or `科技创新等3项`."""
    first = rows[0].title if rows else ""
    return f"{first}等{len(rows)}项" if len(rows) > 1 else first
