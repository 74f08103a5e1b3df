"""The five lists of 今日: whom to call, what falls due, what came in, the log, what is odd."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from editorial.model.chasing import Callback
from editorial.model.returns import return_state
from editorial.model.selection import Language
from editorial.tui.columns import Column
from editorial.values import dataclass

if TYPE_CHECKING:
    from editorial.desk.today import Today
    from editorial.model.due import Contacted

NAMES = ("名单", "将到期", "来件", "记录", "待核对")
CALLS = (
    Column(key="covered", heading="联系", width=6),
    Column(key="unit", heading="单位", width=14),
    Column(key="move", heading="今天", width=8, spare=4),
    Column(key="person", heading="联络员", width=6),
    Column(key="phone", heading="电话", width=14, spare=2),
    Column(key="due", heading="到期", width=10, spare=3),
    Column(key="last", heading="上次联系", width=13, spare=1),
    Column(key="owed", heading="欠什么", since=100),
)
COMING = (
    Column(key="due", heading="到期", width=10),
    Column(key="when", heading="还有", width=10, spare=2),
    Column(key="unit", heading="单位", width=14),
    Column(key="state", heading="现状", width=6, spare=1),
    Column(key="title", heading="事项"),
)
CAME = (
    Column(key="id", heading="编号", width=4),
    Column(key="state", heading="状态", width=6),
    Column(key="kind", heading="类别", width=8),
    Column(key="at", heading="收到", width=11),
    Column(key="way", heading="方式", width=6),
    Column(key="letter", heading="函件", width=10),
    Column(key="subject", heading="主题"),
)
LOGGED = (
    Column(key="unit", heading="单位", width=14),
    Column(key="way", heading="方式", width=6),
    Column(key="result", heading="结果", width=12),
    Column(key="next", heading="约定/申请", width=10, spare=2),
    Column(key="by", heading="经办", width=8, spare=1),
    Column(key="note", heading="说明"),
)
ODD = (
    Column(key="unit", heading="单位", width=14),
    Column(key="place", heading="事项", width=20),
    Column(key="words", heading="哪里对不上"),
)
COLUMNS = (CALLS, COMING, CAME, LOGGED, ODD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: what its columns say, the unit acts are done to, and how it stands."""

    key: str
    said: tuple[str, ...]
    unit: str = ""
    detail: str = ""
    settled: bool = False
    alarm: int = -1


def calls(found: Today, names: Mapping[str, str]) -> Iterator[Entry]:
    """The day's list, and the units left in peace although they owe something."""
    from editorial.desk.chase_words import list_row

    for chase in found.chase.chases:
        unit, move, person, phone, due, last, _, owed = list_row(chase)
        covered = "已联系" if chase.covered else ""
        late = max(claim.late for claim in chase.claims) > 0
        yield Entry(
            key=chase.unit.id,
            unit=chase.unit.id,
            said=(covered, unit, move, person, phone, due, last, owed),
            detail="　".join((unit, *(claim.matter.title for claim in chase.claims))),
            settled=chase.covered,
            alarm=5 if late else -1,
        )
    for each in found.chase.paused:
        until = f"到{each.pause.until:%m-%d}"
        name = each.unit.short or each.unit.name
        said = ("", name, "暂停", "", "", until, "", each.pause.reason)
        told = f"{name}　暂停催办，到{each.pause.until}止（{each.pause.reason}）"
        yield Entry(key=each.unit.id, unit=each.unit.id, said=said, detail=told, settled=True)


def coming(found: Today, names: Mapping[str, str]) -> Iterator[Entry]:
    from editorial.desk.chase_words import when_words

    for matter in found.coming:
        when = when_words((found.chase.day - matter.due).days)
        unit = names.get(matter.unit, matter.unit)
        said = (matter.due.isoformat(), when, unit, matter.state, matter.title)
        asked = "；".join(words for _, words in matter.missing)
        yield Entry(
            key=f"{matter.unit} {matter.source} {matter.id}",
            unit=matter.unit,
            said=said,
            detail="　".join((matter.title, *matter.notes, asked)),
        )


def came(found: Today, names: Mapping[str, str]) -> Iterator[Entry]:
    """Papers by their number, then letters that came back."""
    units = {letter.id: letter.unit for letter in found.ground.letters}
    for paper in found.came:
        subject = paper.subject or (paper.papers[0].name if paper.papers else "")
        letter = paper.letter or "、".join(f"{each}？" for each in paper.candidates)
        state = return_state(paper).label
        at = f"{paper.at:%m-%d %H:%M}"
        said = (paper.id, state, paper.kind.label, at, paper.channel.label, letter, subject)
        told = "　".join(filter(None, (subject, paper.sender, paper.reason, *paper.told)))
        yield Entry(
            key=f"return {paper.id}",
            unit=units.get(paper.letter, ""),
            said=said,
            detail=told,
            alarm=-1 if paper.letter or paper.reason else 1,
        )
    for sent in found.back:
        last = sent.deliveries[-1]
        way, told = (
            last.channel.label,
            f"{names.get(sent.unit, sent.unit)}（{last.to}）：{last.error}",
        )
        said = ("", "没送到", "退信", f"{last.at:%m-%d %H:%M}", way, sent.id, told)
        yield Entry(key=f"letter {sent.id}", unit=sent.unit, said=said, detail=told, alarm=1)


def logged(found: Today, names: Mapping[str, str]) -> Iterator[Entry]:
    log = found.chase.log
    known: tuple[Contacted, ...] = (*log.callbacks, *log.checkins)
    for number, each in enumerate(known):
        said = _logged(each, names)
        yield Entry(
            key=f"log {number}",
            unit=each.unit,
            said=said,
            detail="　".join(filter(None, said)),
        )


def _logged(each: Contacted, names: Mapping[str, str]) -> tuple[str, ...]:
    unit = names.get(each.unit, each.unit)
    if isinstance(each, Callback):
        day, by = each.next_call or each.until, each.caller
        result, note = each.result.label, each.note
    else:
        day, by = each.expected_date, each.by
        result, note = f"填报{each.state.label}", f"{each.task}　{each.note}".strip()
    told = day.isoformat() if day else ""
    return (unit, each.channel.label, result, told, names.get(by, by), note)


def odd(found: Today, names: Mapping[str, str]) -> Iterator[Entry]:
    for number, each in enumerate(found.odd):
        unit = names.get(each.unit, each.unit)
        yield Entry(
            key=f"odd {number}",
            unit=each.unit,
            said=(unit, each.place, each.words),
            detail=f"{unit}　{each.place}：{each.words}",
        )


VIEWS: tuple[Callable[[Today, Mapping[str, str]], Iterator[Entry]], ...] = (
    calls,
    coming,
    came,
    logged,
    odd,
)


def _language(columns: tuple[Column, ...]) -> Language[Entry, None]:
    """Every column can be asked for by its heading; 未联系 stands alone."""

    def column(at: int) -> Callable[[Entry, None], tuple[str, ...]]:
        return lambda entry, _: (entry.said[at],)

    keys = {each.heading: column(at) for at, each in enumerate(columns)}
    keys["未联系"] = lambda entry, _: () if entry.settled else ("未联系",)
    return Language(
        keys=keys,
        anything=lambda entry, _: (*entry.said, entry.detail),
        flags=frozenset({"未联系"}),
    )


LANGUAGES = tuple(map(_language, COLUMNS))


def counts(found: Today) -> tuple[int, ...]:
    """How many lines each list has."""
    log = found.chase.log
    return (
        len(found.chase.chases) + len(found.chase.paused),
        len(found.coming),
        len(found.came) + len(found.back),
        len(log.callbacks) + len(log.checkins),
        len(found.odd),
    )
