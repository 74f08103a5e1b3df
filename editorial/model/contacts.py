"""联络员 over time: who comes after whom, and whether the unit has said lately that all holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.labels import Channel
from editorial.model.people import Contact, Unit, contact_on

# What a unit tells of its contact, with the words an editor reads.
TOLD = {
    "name": "姓名",
    "post": "职务",
    "phone": "电话",
    "mail": "邮箱",
    "chat": "微信",
    "channel": "方式",
}


def confirmed_on(contact: Contact) -> date | None:
    """The day the unit last stood by this contact: told at the latest when the term began."""
    days = [day for day in (contact.confirmed, contact.since) if day is not None]
    return max(days, default=None)


def is_confirmed(unit: Unit, day: date) -> bool:
    """Whether the contact of that day was confirmed within the year before it."""
    contact = contact_on(unit, day)
    told = confirmed_on(contact) if contact else None
    return told is not None and told > year_before(day)


def year_before(day: date) -> date:
    """The same day a year earlier; for 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def confirm(unit: Unit, day: date) -> Unit:
    """The contact valid on that day, confirmed on it. EditorialError when there is none."""
    now = contact_on(unit, day)
    if now is None:
        hint = "用 unit contact 登记联络员"
        raise EditorialError(f"{unit.name}在{chinese_day(day)}没有联络员，无从确认", hint=hint)
    if now.confirmed is not None and now.confirmed >= day:
        raise EditorialError(f"{unit.name}的联络员已于{chinese_day(now.confirmed)}确认过")
    return with_contact(unit, now, replace(now, confirmed=day))


def with_contact(unit: Unit, old: Contact, *new: Contact) -> Unit:
    """The unit with one contact replaced by others, in its place."""
    place = max(i for i, each in enumerate(unit.contacts) if each is old)
    contacts = (*unit.contacts[:place], *new, *unit.contacts[place + 1 :])
    return replace(unit, contacts=contacts)


def completed(unit: Unit, told: Contact, day: date) -> Contact:
    """What was told, filled up from the contact valid that day when it is the same person."""
    now = contact_on(unit, day)
    if now is None or told.name not in ("", now.name):
        return told
    mended: dict[str, Any] = {key: getattr(told, key) or getattr(now, key) for key in TOLD}
    return replace(told, **mended)


def changes(unit: Unit, told: Contact, day: date) -> tuple[str, ...]:
    """Labels of what differs from the contact valid that day: 姓名, 电话 …"""
    return tuple(label for label, _, _ in compared(unit, told, day))


def compared(unit: Unit, told: Contact, day: date) -> tuple[tuple[str, str, str], ...]:
    """(label, what holds that day, what was told) of all that differs."""
    now, wanted = contact_on(unit, day), completed(unit, told, day)
    pairs = (
        (label, _words(getattr(now, key, None)), _words(getattr(wanted, key)))
        for key, label in TOLD.items()
    )
    return tuple((label, old, new) for label, old, new in pairs if new and old != new)


def _words(value: str | Channel | None) -> str:
    return value.label if isinstance(value, Channel) else value or ""


def succeed(unit: Unit, told: Contact, day: date) -> Unit:
    """换联络员: from `day` on the one told; the one before ends the day before, and stays.

    Of the same person what is not told again is kept. EditorialError when nothing differs, or
    when the register has a contact beginning on that day or later.
    """
    if not told.name and contact_on(unit, day) is None:
        raise EditorialError(f"{unit.name}没有联络员，请写姓名", hint="加上 --name 姓名")
    if not changes(unit, told, day):
        hint = "要登记对方确认无误，用 unit confirm"
        raise EditorialError(f"{unit.name}的联络员本来就是这样", hint=hint)
    now, new = contact_on(unit, day), replace(completed(unit, told, day), since=day, until=None)
    begun = now is not None and now.since == day and now.name == new.name
    _refuse_before(unit, day + timedelta(days=1) if begun else day)
    if now is None:
        return replace(unit, contacts=(*unit.contacts, new))
    if begun:  # told in two parts on one day: there was no day it was otherwise
        return with_contact(unit, now, new)
    ended = with_contact(unit, now, replace(now, until=day - timedelta(days=1)))
    return replace(ended, contacts=(*ended.contacts, new))


def leave(unit: Unit, day: date) -> Unit:
    """离任: the contact valid on `day` holds it for the last time. EditorialError when there is
    none, or when it ends that day or before already."""
    now = contact_on(unit, day)
    if now is None:
        raise EditorialError(f"{unit.name}在{chinese_day(day)}没有联络员，无从离任")
    if now.until is not None and now.until <= day:
        raise EditorialError(f"{unit.name}的联络员{now.name}本来就到{chinese_day(now.until)}止")
    return with_contact(unit, now, replace(now, until=day))


def _refuse_before(unit: Unit, day: date) -> None:
    days = [each.since for each in unit.contacts if each.since is not None and each.since >= day]
    if days:
        last = max(days)
        raise EditorialError(
            f"{unit.name}已登记有{chinese_day(last)}起的联络员，新的要从那以后起",
            hint=f"--from 写{last + timedelta(days=1)}或更晚；写错的用 editorial undo 撤销，"
            "或直接改 units.yaml",
        )
