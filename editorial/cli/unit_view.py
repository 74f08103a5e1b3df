"""Units as lines for people and as data for machines. Phones and addresses only where asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from editorial.cli.table import table, width
from editorial.desk import unit_words as words
from editorial.desk.unit_register import Account, Entry
from editorial.model.contacts import TOLD, changes
from editorial.model.letters import letter_state
from editorial.model.people import Contact, Limit, Unit
from editorial.model.proposals import Proposal, proposal_state
from editorial.model.response import Exchange, Response
from editorial.model.volume import Section, task_due, task_state

HEAD = ("编号", "城市", "类别", "简称", "联络员", "确认", "回函", "供稿", "逾期", "备注")
REACH = ("简称", "联络员", "电话", "首选", "邮箱")
LETTERS = ("编号", "发文字号", "种类", "发出", "期限", "回函", "天", "结果")
SECTIONS = ("分目", "供稿", "期限", "标题")


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
    return (
        unit.id,
        unit.city,
        unit.kind,
        words.called(unit),
        words.person(entry),
        words.confirmation(entry),
        f"{letters.answered}/{letters.sent}" if letters.sent else "-",
        f"{tasks.arrived}/{tasks.total}" if tasks.total else "-",
        str(entry.overdue or "-"),
        "；".join(words.notes(entry)),
    )


def _total(entries: Sequence[Entry]) -> str:
    all_in_all = words.tally(tuple(entries))
    return (
        f"{all_in_all.units}个单位，{all_in_all.unconfirmed}个联络员待确认；"
        f"发函{all_in_all.sent}件，已回{all_in_all.answered}件；逾期{all_in_all.overdue}项"
    )


def reach(entries: Sequence[Entry]) -> list[str]:
    """How to reach the contact of each unit."""
    rows = [_reach(each.unit, each.contact) for each in entries if not each.unit.own]
    return table(REACH, rows, most=28)


def _reach(unit: Unit, contact: Contact | None) -> tuple[str, ...]:
    if contact is None:
        return (words.called(unit), "（无）", "", "", "")
    channel = contact.channel.label if contact.channel else ""
    return (words.called(unit), contact.name, contact.phone, channel, contact.mail)


# One unit


def account_lines(found: Account, day: date) -> list[str]:
    """Everything on one unit, in blocks with an empty line between."""
    entry = found.entry
    blocks = (
        list(_head(entry, found.limit)),
        ["联络员", *_contacts(entry.unit, day)],
        list(_proposed(entry)),
        [words.supply_words(entry.supply), *_section_lines(entry.unit, found.sections)],
        [words.response_words(entry.response), *_letter_lines(found, day)],
    )
    return "\n\n".join("\n".join(block) for block in blocks if block).split("\n")


def _head(entry: Entry, limit: Limit | None) -> Iterator[str]:
    unit = entry.unit
    yield "　".join(part for part in (unit.id, unit.name, unit.short) if part)
    facts = (("城市", unit.city), ("类别", unit.kind), ("称呼", unit.honorific))
    own = "　由编辑部自编，不发函" if unit.own else ""
    yield "　".join(f"{label}：{told}" for label, told in facts if told) + own
    for old in unit.names:
        yield f"曾用名：{words.former(old)}"
    if most := words.limit_words(limit):
        yield f"条目限量：{most}"
    if entry.paused:
        yield f"暂停催办至{entry.paused.until}：{entry.paused.reason}"


def _contacts(unit: Unit, day: date) -> Iterator[str]:
    for each in words.contacts_by_term(unit, day):
        how = f"{words.held(unit, each, day)}（{words.term(each, day)}）"
        yield f"  {how}　{each.name}　{each.post}".rstrip()
        if ways := words.ways(each):
            yield f"        {ways}"
    if not unit.contacts:
        yield "  （无）"


def _proposed(entry: Entry) -> Iterator[str]:
    for each in entry.proposed:
        yield f"建议{each.id}待定：{words.told_words(each)}"


def _section_lines(unit: Unit, sections: Sequence[Section]) -> list[str]:
    rows = []
    for section in sections:
        task = next((each for each in section.tasks if each.unit == unit.id), None)
        state = task_state(task).label if task else "-"
        due = task_due(task) if task else None
        rows.append((section.id, state, f"{due or '-'}", section.title))
    return table(SECTIONS, rows) if rows else []


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
        words.result(each, day),
    )


def _kind(label: str) -> str:
    return label.removesuffix("函")


# Proposals


def proposal_row(proposal: Proposal, unit: Unit | None, day: date) -> tuple[str, ...]:
    """What changes by its label only: the numbers are in `unit show`."""
    told = changes(unit, proposal.contact, day) if unit else ()
    what = "、".join(told) if proposal_state(proposal).value == "open" else ""
    first = proposal.history[0].at.date() if proposal.history else ""
    return (
        proposal.id,
        proposal_state(proposal).label,
        words.called(unit) if unit else proposal.unit,
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
        "in_hand": entry.in_hand,
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
        "asked": each.asked,
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
