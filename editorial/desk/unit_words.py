"""A unit in the words an editor reads, the same on paper, in a terminal, and on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from editorial.desk.unit_register import Entry
from editorial.model.contacts import confirmed_on
from editorial.model.people import Contact, FormerName, Limit, Unit, contact_on, within
from editorial.model.proposals import Proposal
from editorial.model.response import Exchange, Response, Supply
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a list of units comes to. `unconfirmed` and `without` (nobody to write to) leave out
    the office's own; requests `sent`, `answered`; `overdue` letters and tasks."""

    units: int
    unconfirmed: int
    without: int
    proposed: int
    paused: int
    sent: int
    answered: int
    overdue: int


def tally(entries: tuple[Entry, ...]) -> Tally:
    asked = [each for each in entries if not each.unit.own]
    return Tally(
        units=len(entries),
        unconfirmed=sum(not each.confirmed for each in asked),
        without=sum(each.contact is None for each in asked),
        proposed=sum(len(each.proposed) for each in entries),
        paused=sum(each.paused is not None for each in entries),
        sent=sum(each.response.sent for each in entries),
        answered=sum(each.response.answered for each in entries),
        overdue=sum(each.overdue for each in entries),
    )


def called(unit: Unit) -> str:
    return unit.short or unit.name


def person(entry: Entry) -> str:
    """Whom to write to, or why nobody."""
    return "自编" if entry.unit.own else entry.contact.name if entry.contact else "（无）"


def confirmation(entry: Entry) -> str:
    """The day the contact was confirmed; 待确认 when that is a year ago or more."""
    if entry.unit.own:
        return "-"
    told = confirmed_on(entry.contact) if entry.contact else None
    return f"{told}" if entry.confirmed and told else "待确认"


def notes(entry: Entry) -> Iterator[str]:
    if entry.paused:
        yield f"停催至{entry.paused.until}"
    for each in entry.proposed:
        yield f"建议{each.id}待定"


def former(old: FormerName) -> str:
    short = f"（{old.short}）" if old.short else ""
    since = f"{old.since}" if old.since else ""
    return f"{old.name}{short}　{since}至{old.until}"


def limit_words(limit: Limit | None) -> str:
    """至多1000字，图至多2幅; empty without a limit."""
    characters = f"至多{limit.characters}字" if limit and limit.characters else ""
    pictures = f"图至多{limit.pictures}幅" if limit and limit.pictures else ""
    return "，".join(part for part in (characters, pictures) if part)


def contacts_by_term(unit: Unit, day: date) -> tuple[Contact, ...]:
    """The present one first, then the others, the latest first."""
    latest = reversed(unit.contacts)
    return tuple(sorted(latest, key=lambda each: not within(each.since, each.until, day)))


def standing(contact: Contact, day: date) -> str:
    """现任, 前任 or 接任."""
    if contact.since is not None and contact.since > day:
        return "接任"
    return "前任" if contact.until is not None and contact.until < day else "现任"


def held(unit: Unit, contact: Contact, day: date) -> str:
    """The same, but 以前 for what held formerly of the person who is the contact still."""
    now, how = contact_on(unit, day), standing(contact, day)
    return "以前" if how == "前任" and now is not None and now.name == contact.name else how


def term(contact: Contact, day: date) -> str:
    since, until = contact.since, contact.until
    if standing(contact, day) == "接任":
        return f"{since}起"
    if standing(contact, day) == "前任":
        return f"{since or ''}至{until}"
    told = confirmed_on(contact)
    facts = (
        f"{since}起" if since else "",
        f"{until}止" if until else "",
        f"{told}确认" if told else "没有确认过",
    )
    return "，".join(part for part in facts if part)


def ways(contact: Contact) -> str:
    preferred = contact.channel.label if contact.channel else ""
    known = (
        ("电话", contact.phone),
        ("邮箱", contact.mail),
        ("微信", contact.chat),
        ("首选", preferred),
    )
    return "　".join(f"{label} {words}" for label, words in known if words)


def told_words(proposal: Proposal) -> str:
    """What a proposal says of the contact, and from when."""
    told = proposal.contact
    since = f"{told.since}起" if told.since else ""
    words = (told.name or "（姓名不变）", told.post, ways(told), since)
    return "　".join(part for part in words if part)


def supply_words(tasks: Supply) -> str:
    if not tasks.total:
        return "供稿：没有任务"
    states = "，".join(f"{state.label}{count}" for state, count in tasks.states)
    return f"供稿：{tasks.total}项，{states}" + (f"；逾期{tasks.overdue}" if tasks.overdue else "")


def response_words(counts: Response) -> str:
    if not counts.sent:
        return "函件：没有发过"
    days = "" if counts.days is None else f"，回函一般{counts.days:g}天（中位数）"
    overdue = f"（逾期{counts.overdue}）" if counts.overdue else ""
    again = f"；另催{counts.reminders}件" if counts.reminders else ""
    return (
        f"函件：发出{counts.sent}件，按期回{counts.in_time}，迟回{counts.late}，"
        f"未回{counts.unanswered}{overdue}{days}{again}"
    )


def result(each: Exchange, day: date) -> str:
    if each.answered is not None:
        return "按期" if each.in_time else "迟回"
    if not each.asked:
        return "不需函复"
    if not each.open:
        return "未回"
    return "逾期" if each.due < day else "待回"


def confirmed_words(entry: Entry) -> str:
    """深圳科创局：许望舒，2020-01-06确认."""
    told = confirmed_on(entry.contact) if entry.contact else None
    when = f"，{told}确认" if told else "，没有确认过" if entry.contact else ""
    return f"{called(entry.unit)}：{person(entry)}{when}"
