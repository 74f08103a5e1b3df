"""Units as lines for people and as data for machines. Phones and addresses only where asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from editorial.cli.table import table, width
from editorial.desk.unit_register import Account, Entry
from editorial.model.contacts import TOLD, changes, confirmed_on
from editorial.model.letters import letter_state
from editorial.model.people import Contact, FormerName, Limit, Unit, within
from editorial.model.proposals import Proposal, proposal_state
from editorial.model.response import Exchange, Response, Supply
from editorial.model.volume import Section, task_due, task_state

HEAD = ("编号", "城市", "类别", "简称", "联络员", "确认", "回函", "供稿", "逾期", "备注")
REACH = ("简称", "联络员", "电话", "首选", "邮箱")
LETTERS = ("编号", "发文字号", "种类", "发出", "期限", "回函", "天", "结果")
SECTIONS = ("分目", "供稿", "期限", "标题")


def called(unit: Unit) -> str:
    return unit.short or unit.name


# Lists


def listing(entries: Sequence[Entry], columns: int) -> list[str]:
    """One line a unit. Columns nobody fills are left out, then those that do not fit."""
    rows = [_row(each) for each in entries]
    kept = [i for i, head in enumerate(HEAD) if not rows or any(row[i] for row in rows)]
    lines = _table(rows, kept)
    for spare in ("类别", "城市"):
        if max(map(width, lines)) > columns:
            kept = [i for i in kept if HEAD[i] != spare]
            lines = _table(rows, kept)
    return [*lines, "", _total(entries)]


def _table(rows: Sequence[Sequence[str]], kept: Sequence[int]) -> list[str]:
    return table([HEAD[i] for i in kept], [[row[i] for i in kept] for row in rows], most=20)


def _row(entry: Entry) -> tuple[str, ...]:
    unit, letters, tasks = entry.unit, entry.response, entry.supply
    name = "自编" if unit.own else entry.contact.name if entry.contact else "（无）"
    return (
        unit.id,
        unit.city,
        unit.kind,
        called(unit),
        name,
        _confirmed(entry),
        f"{letters.answered}/{letters.sent}" if letters.sent else "-",
        f"{tasks.arrived}/{tasks.total}" if tasks.total else "-",
        str(entry.overdue or "-"),
        "；".join(_notes(entry)),
    )


def _confirmed(entry: Entry) -> str:
    if entry.unit.own:
        return "-"
    told = confirmed_on(entry.contact) if entry.contact else None
    return f"{told}" if entry.confirmed and told else "待确认"


def _notes(entry: Entry) -> Iterator[str]:
    if entry.paused:
        yield f"停催至{entry.paused.until}"
    for each in entry.proposed:
        yield f"建议{each.id}待定"


def _total(entries: Sequence[Entry]) -> str:
    waiting = sum(not each.confirmed and not each.unit.own for each in entries)
    sent = sum(each.response.sent for each in entries)
    answered = sum(each.response.answered for each in entries)
    overdue = sum(each.overdue for each in entries)
    return (
        f"{len(entries)}个单位，{waiting}个联络员待确认；"
        f"发函{sent}件，已回{answered}件；逾期{overdue}项"
    )


def reach(entries: Sequence[Entry]) -> list[str]:
    """How to reach the contact of each unit."""
    rows = [_reach(each.unit, each.contact) for each in entries if not each.unit.own]
    return table(REACH, rows, most=28)


def _reach(unit: Unit, contact: Contact | None) -> tuple[str, ...]:
    if contact is None:
        return (called(unit), "（无）", "", "", "")
    channel = contact.channel.label if contact.channel else ""
    return (called(unit), contact.name, contact.phone, channel, contact.mail)


# One unit


def account_lines(found: Account, day: date) -> list[str]:
    """Everything on one unit, in blocks with an empty line between."""
    entry = found.entry
    blocks = (
        list(_head(entry, found.limit)),
        ["联络员", *_contacts(entry.unit, day)],
        list(_proposed(entry)),
        [_supply(entry.supply), *_section_lines(entry.unit, found.sections)],
        [_response(entry.response), *_letter_lines(found, day)],
    )
    return "\n\n".join("\n".join(block) for block in blocks if block).split("\n")


def _head(entry: Entry, limit: Limit | None) -> Iterator[str]:
    unit = entry.unit
    yield "　".join(part for part in (unit.id, unit.name, unit.short) if part)
    facts = (("城市", unit.city), ("类别", unit.kind), ("称呼", unit.honorific))
    own = "　由编辑部自编，不发函" if unit.own else ""
    yield "　".join(f"{label}：{words}" for label, words in facts if words) + own
    for old in unit.names:
        yield f"曾用名：{_former(old)}"
    if limit is not None and (words := _limit(limit)):
        yield f"条目限量：{words}"
    if entry.paused:
        yield f"暂停催办至{entry.paused.until}：{entry.paused.reason}"


def _former(old: FormerName) -> str:
    short = f"（{old.short}）" if old.short else ""
    since = f"{old.since}" if old.since else ""
    return f"{old.name}{short}　{since}至{old.until}"


def _limit(limit: Limit) -> str:
    characters = f"至多{limit.characters}字" if limit.characters else ""
    pictures = f"图至多{limit.pictures}幅" if limit.pictures else ""
    return "，".join(part for part in (characters, pictures) if part)


def _contacts(unit: Unit, day: date) -> Iterator[str]:
    """The present one first, then the others, the latest first."""
    latest = reversed(unit.contacts)
    for each in sorted(latest, key=lambda each: not within(each.since, each.until, day)):
        yield f"  {_term(each, day)}　{each.name}　{each.post}".rstrip()
        if ways := _ways(each):
            yield f"        {ways}"
    if not unit.contacts:
        yield "  （无）"


def _term(contact: Contact, day: date) -> str:
    since, until = contact.since, contact.until
    if since is not None and since > day:
        return f"接任（{since}起）"
    if until is not None and until < day:
        return f"前任（{since or ''}至{until}）"
    told = confirmed_on(contact)
    facts = (f"{since}起" if since else "", f"{told}确认" if told else "没有确认过")
    return f"现任（{'，'.join(part for part in facts if part)}）"


def _ways(contact: Contact) -> str:
    preferred = contact.channel.label if contact.channel else ""
    ways = (
        ("电话", contact.phone),
        ("邮箱", contact.mail),
        ("微信", contact.chat),
        ("首选", preferred),
    )
    return "　".join(f"{label} {words}" for label, words in ways if words)


def _proposed(entry: Entry) -> Iterator[str]:
    for each in entry.proposed:
        told = each.contact
        since = f"{told.since}起" if told.since else ""
        words = (told.name or "（姓名不变）", told.post, _ways(told), since)
        yield f"建议{each.id}待定：{'　'.join(part for part in words if part)}"


def _supply(tasks: Supply) -> str:
    if not tasks.total:
        return "供稿：没有任务"
    states = "，".join(f"{state.label}{count}" for state, count in tasks.states)
    return f"供稿：{tasks.total}项，{states}" + (f"；逾期{tasks.overdue}" if tasks.overdue else "")


def _section_lines(unit: Unit, sections: Sequence[Section]) -> list[str]:
    rows = []
    for section in sections:
        task = next((each for each in section.tasks if each.unit == unit.id), None)
        state = task_state(task).label if task else "-"
        due = task_due(task) if task else None
        rows.append((section.id, state, f"{due or '-'}", section.title))
    return table(SECTIONS, rows) if rows else []


def _response(counts: Response) -> str:
    if not counts.sent:
        return "函件：没有发过"
    days = "" if counts.days is None else f"，回函一般{counts.days:g}天（中位数）"
    overdue = f"（逾期{counts.overdue}）" if counts.overdue else ""
    again = f"；另催{counts.reminders}件" if counts.reminders else ""
    return (
        f"函件：发出{counts.sent}件，按期回{counts.in_time}，迟回{counts.late}，"
        f"未回{counts.unanswered}{overdue}{days}{again}"
    )


def _letter_lines(found: Account, day: date) -> list[str]:
    rows = [_letter(each, day) for each in found.letters]
    rows += [
        (x.id, x.number, _kind(x.kind.label), "", f"{x.due}", "", "", letter_state(x).label)
        for x in found.drafted
    ]
    return table(LETTERS, rows) if rows else []


def _letter(each: Exchange, day: date) -> tuple[str, ...]:
    x, days = each.letter, "" if each.days is None else str(each.days)
    answered = f"{each.answered or ''}"
    return (
        x.id,
        x.number,
        _kind(x.kind.label),
        f"{each.sent}",
        f"{each.due}",
        answered,
        days,
        result(each, day),
    )


def _kind(label: str) -> str:
    return label.removesuffix("函")


def result(each: Exchange, day: date) -> str:
    if each.answered is not None:
        return "按期" if each.in_time else "迟回"
    if not each.open:
        return "未回"
    return "逾期" if each.due < day else "待回"


# Proposals


def proposal_row(proposal: Proposal, unit: Unit | None, day: date) -> tuple[str, ...]:
    """What changes by its label only: the numbers are in `unit show`."""
    told = changes(unit, proposal.contact, day) if unit else ()
    what = "、".join(told) if proposal_state(proposal).value == "open" else ""
    first = proposal.history[0].at.date() if proposal.history else ""
    return (
        proposal.id,
        proposal_state(proposal).label,
        called(unit) if unit else proposal.unit,
        proposal.contact.name or "-",
        proposal.returned or "-",
        f"{first}",
        what,
    )


# Data


def entry_data(entry: Entry, *, contacts: bool) -> dict[str, Any]:
    unit = entry.unit
    return {
        "id": unit.id,
        "name": unit.name,
        "short": unit.short,
        "city": unit.city,
        "kind": unit.kind,
        "own": unit.own,
        "contact": contact_data(entry.contact, full=contacts) if entry.contact else None,
        "confirmed": entry.confirmed,
        "paused": _pause_data(entry),
        "letters": response_data(entry.response),
        "tasks": {
            "states": {state.value: count for state, count in entry.supply.states},
            "overdue": entry.supply.overdue,
        },
        "overdue": entry.overdue,
        "proposed": [each.id for each in entry.proposed],
    }


def _pause_data(entry: Entry) -> dict[str, Any] | None:
    paused = entry.paused
    return {"until": paused.until, "reason": paused.reason} if paused else None


def contact_data(contact: Contact, *, full: bool) -> dict[str, Any]:
    """Without phone and addresses unless `full`."""
    channel = contact.channel.value if contact.channel else None
    data: dict[str, Any] = {"name": contact.name, "post": contact.post, "channel": channel}
    if full:
        data |= {"phone": contact.phone, "mail": contact.mail, "chat": contact.chat}
    terms = {"from": contact.since, "to": contact.until, "confirmed": contact.confirmed}
    return data | terms


def response_data(counts: Response) -> dict[str, Any]:
    return {
        "sent": counts.sent,
        "in_time": counts.in_time,
        "late": counts.late,
        "unanswered": counts.unanswered,
        "overdue": counts.overdue,
        "reminders": counts.reminders,
        "median_days": counts.days,
    }


def account_data(found: Account) -> dict[str, Any]:
    unit = found.entry.unit
    limit = found.limit
    return entry_data(found.entry, contacts=True) | {
        "honorific": unit.honorific,
        "names": [
            {"name": n.name, "short": n.short, "from": n.since, "to": n.until} for n in unit.names
        ],
        "contacts": [contact_data(each, full=True) for each in unit.contacts],
        "proposed": [proposal_data(each, full=True) for each in found.entry.proposed],
        "limit": {"characters": limit.characters, "pictures": limit.pictures} if limit else None,
        "sections": [section.id for section in found.sections],
        "exchanges": [_exchange_data(each) for each in found.letters],
        "drafted": [letter.id for letter in found.drafted],
    }


def _exchange_data(each: Exchange) -> dict[str, Any]:
    return {
        "letter": each.letter.id,
        "number": each.letter.number,
        "sent": each.sent,
        "due": each.due,
        "answered": each.answered,
        "days": each.days,
        "open": each.open,
        "reminders": [letter.id for letter in each.reminders],
    }


def proposal_data(proposal: Proposal, *, full: bool) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "unit": proposal.unit,
        "state": proposal_state(proposal).value,
        "contact": contact_data(proposal.contact, full=full),
        "told": [key for key in TOLD if getattr(proposal.contact, key)],
        "return": proposal.returned,
        "note": proposal.note,
    }
