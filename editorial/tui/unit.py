"""One unit: its contacts over time, changes proposed, letters and how it answered, its tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widgets import DataTable

from editorial.tui.cells import fit
from editorial.tui.columns import GAP, Column
from editorial.tui.hints import UNDO, WIDE, glance, key
from editorial.tui.listing import Line, ListPage
from editorial.tui.page import COMMON
from editorial.tui.theme import tints
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.desk.unit_register import Account
    from editorial.model.letters import Letter
    from editorial.model.people import Contact
    from editorial.model.proposals import Proposal
    from editorial.model.response import Exchange
    from editorial.model.volume import Section

NARROW = 60  # below it days stand in the line at the foot only
LATE = frozenset({"逾期", "待定", "未回"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line: of what sort, the words, two days and how it stands. `node` is what Enter opens:
    `contact`, `name`, `proposal/0001`, `letters/0003` or a section; empty for nothing."""

    sort: str
    words: str
    begun: str = ""
    ended: str = ""
    told: str = ""
    state: str = ""
    node: str = ""
    detail: str = ""


class UnitScreen(ListPage["Account"]):
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f2,m", "carry('contact')", "联络员", "F2 m", "换联络员，或改他的电话、邮箱"),
        key("f3,k", "confirm", "确认", "F3 k", "对方确认联络员无误，每年一次"),
        key("f4,x", "carry('leave')", "离任", "F4 x", "联络员离任，还没有接任的"),
        key("f6,p", "carry('pause')", "停催", "F6 p", "暂停催办；已暂停的恢复"),
        key("f7,g", "carry('propose')", "记变更", "F7 g", "记下来件里说的联络员变更，待采纳"),
        UNDO,
        key("f9,n", "carry('rename')", "改名", "F9 n", "单位改名，旧名留在登记里"),
        key("shift+f6,D", "extract", "摘录", "Shift+F6 D", "印出这个单位供的稿", show=False),
        glance("escape", "back", "返回", "Esc", "返回上一屏"),
    ]

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.unit = unit

    def hinted(self) -> list[BindingType]:
        return [*type(self).BINDINGS, *COMMON]

    def read(self) -> Account:
        from editorial.desk.unit_register import account

        return account(self.desk_app.desk, self.unit, date.today(), sparing=True)

    def caption(self, found: Account) -> str:
        unit = found.entry.unit
        return "　".join(part for part in (unit.short or unit.name, unit.city, unit.kind) if part)

    def summary(self, found: Account) -> str:
        from editorial.desk.unit_words import response_words

        return response_words(found.entry.response)

    def columns(self, found: Account, width: int) -> tuple[Column, ...]:
        """Wide, the first and the last day and the day of the answer; narrow, the last only."""
        wide = width >= WIDE
        days = (
            (
                Column(key="begun", heading="起、发出", width=10),
                Column(key="ended", heading="止、期限", width=10),
                Column(key="told", heading="确认、回函", width=10),
            )
            if wide
            else (Column(key="ended", heading="止、期限", width=10),)
            if width >= NARROW
            else ()
        )
        fixed = (*days, Column(key="state", heading="情形", width=10))
        rest = width - 6 - sum(each.width for each in fixed) - (len(fixed) + 2) * GAP
        sort = Column(key="sort", heading="项目", width=6)
        return (sort, Column(key="words", heading="内容", width=rest), *fixed)

    def lines(self, found: Account, columns: tuple[Column, ...]) -> Iterable[Line]:
        colours, before = tints(self.app.current_theme), ""
        for number, each in enumerate(facts(found, date.today())):
            sort = each.sort if each.sort != before else ""
            before = each.sort
            texts = [Text(fit(getattr(each, column.key), column.width)) for column in columns]
            texts[0] = Text(fit(sort, columns[0].width), style="bold")
            if each.state in LATE:
                texts[-1].stylize(f"bold {colours.alarm}")
            yield Line(
                key=each.node or f"line {number}", cells=texts, detail=each.detail or each.words
            )

    # Acts

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter goes on with what the line is about."""
        node = str(event.row_key.value)
        if node.startswith("line "):
            return
        if node in ("contact", "rename"):
            self.action_carry(node)
        elif node.startswith("proposal/"):
            self._decide(node.removeprefix("proposal/"))
        else:
            self.desk_app.go_to(node)

    def _decide(self, number: str) -> None:
        from editorial.tui import unit_acts

        if self.data is None:
            return
        entry = self.data.entry
        waiting = next((each for each in entry.proposed if each.id == number), None)
        if waiting is None:
            self.notify("这项变更已经定了")
        else:
            self.run_worker(unit_acts.decide(self.desk_app, entry.unit, waiting), group="act")

    def action_carry(self, act: str) -> None:
        """联络员, 离任 …: each is a function of that name in `unit_acts`."""
        from editorial.tui import unit_acts

        if self.data is not None:
            unit = self.data.entry.unit
            self.run_worker(unit_acts.ACTS[act](self.desk_app, unit), group="act")

    def action_confirm(self) -> None:
        from editorial.tui import unit_acts

        if self.data is not None:
            self.run_worker(unit_acts.confirm(self.desk_app, (self.data.entry,)), group="act")

    def action_extract(self) -> None:
        from editorial.tui import drafting

        self.run_worker(drafting.extract(self.desk_app, (self.unit,)), group="act")

    def action_undo(self) -> None:
        from editorial.tui import acts

        self.run_worker(acts.undo(self.desk_app), group="act")


def facts(found: Account, day: date) -> Iterator[Fact]:
    """Everything on the unit, what is to be done about it first."""
    from editorial.desk import unit_words as words

    entry, unit = found.entry, found.entry.unit
    yield from (_proposal(each) for each in entry.proposed)
    contacts = words.contacts_by_term(unit, day)
    yield from (_contact(each, words.held(unit, each, day), day) for each in contacts)
    if not unit.contacts:
        yield Fact(sort="联络员", words=words.person(entry), node="contact")
    yield from (_letter(each) for each in found.drafted)
    yield from (_exchange(each, day) for each in reversed(found.letters))
    yield Fact(sort="供稿", words=words.supply_words(entry.supply).removeprefix("供稿："))
    yield from (_section(each, unit.id, day) for each in found.sections)
    yield from _unit(found)
    yield from (_proposal(each) for each in found.decided)


def _unit(found: Account) -> Iterator[Fact]:
    from editorial.desk import unit_words as words

    unit, paused = found.entry.unit, found.entry.paused
    if paused:
        yield Fact(sort="停催", words=paused.reason, ended=f"{paused.until}")
    own = "由编辑部自编，不发函" if unit.own else f"称呼 {unit.honorific}"
    yield Fact(sort="单位", words=f"{unit.name}　{own}　编号 {unit.id}", node="rename")
    for old in unit.names:
        told = f"{old.name}（{old.short}）" if old.short else old.name
        yield Fact(
            sort="曾用名",
            words=told,
            begun=f"{old.since or ''}",
            ended=f"{old.until}",
            state="旧名",
        )
    if most := words.limit_words(found.limit):
        yield Fact(sort="限量", words=f"每条{most}")


def _contact(contact: Contact, held: str, day: date) -> Fact:
    from editorial.desk import unit_words as words
    from editorial.model.contacts import confirmed_on

    channel = contact.channel.label if contact.channel else ""
    parts = (contact.name, contact.phone, channel, contact.post)
    reach = (contact.name, contact.post, words.ways(contact), words.term(contact, day))
    return Fact(
        sort="联络员",
        words="　".join(part for part in parts if part),
        begun=f"{contact.since or ''}",
        ended=f"{contact.until or ''}",
        told=f"{confirmed_on(contact) or ''}",
        state=held,
        node="contact" if held == "现任" else "",
        detail="　".join(part for part in reach if part),
    )


def _proposal(proposal: Proposal) -> Fact:
    from editorial.desk.unit_words import told_words
    from editorial.model.proposals import proposal_state

    first, last = proposal.history[0].at.date(), proposal.history[-1]
    told = f"{proposal.id}　{told_words(proposal)}"
    where = (f"来件{proposal.returned}" if proposal.returned else "", proposal.note, last.note)
    return Fact(
        sort="变更",
        words=told,
        begun=f"{first}",
        told=f"{last.at.date()}" if len(proposal.history) > 1 else "",
        state=proposal_state(proposal).label,
        node=f"proposal/{proposal.id}",
        detail="　".join(dict.fromkeys(part for part in (told, *where) if part)),
    )


def _letter(letter: Letter) -> Fact:
    """One that has not gone out."""
    from editorial.model.letters import letter_state

    return Fact(
        sort="函件",
        words=f"{letter.number or f'（{letter.id}）'}　{letter.kind.label}",
        ended=f"{letter.due}",
        state=letter_state(letter).label,
        node=f"letters/{letter.id}",
        detail=letter.title,
    )


def _exchange(each: Exchange, day: date) -> Fact:
    from editorial.desk.unit_words import result

    letter, days = each.letter, "" if each.days is None else f"，{each.days}天"
    again = f"　另催{len(each.reminders)}件" if each.reminders else ""
    return Fact(
        sort="函件",
        words=f"{letter.number or f'（{letter.id}）'}　{letter.kind.label}{again}",
        begun=f"{each.sent}",
        ended=f"{each.due}",
        told=f"{each.answered or ''}",
        state=result(each, day) + days,
        node=f"letters/{letter.id}",
        detail=f"{letter.title}　{each.sent}发出",
    )


def _section(section: Section, unit: str, day: date) -> Fact:
    from editorial.model.volume import task_due, task_state
    from editorial.model.workflow import ARRIVED

    task = next((each for each in section.tasks if each.unit == unit), None)
    due = task_due(task) if task else None
    state = task_state(task) if task else None
    late = due is not None and due < day and state not in ARRIVED
    return Fact(
        sort="供稿",
        words=f"　{section.title}",
        ended=f"{due or ''}",
        state="逾期" if late else state.label if state else "",
        node=section.id,
        detail=f"{section.id}　{section.title}　供稿 {state.label if state else '-'}",
    )
