"""Contributing units, their contacts, and the office's own staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from editorial.model.labels import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """联络员. Never printed in a draft or bulletin. `until` empty: still valid."""

    name: str
    post: str = ""
    phone: str = ""
    mail: str = ""
    since: date | None = field(default=None, metadata={"key": "from"})
    until: date | None = field(default=None, metadata={"key": "to"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """供稿单位. `own` marks chapters the office compiles itself, without letters."""

    id: str
    name: str
    short: str = ""
    city: str = ""
    honorific: str = "贵单位"
    own: bool = False
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """编辑部人员. `mail` is matched with git's user.email to tell who acts."""

    id: str
    name: str
    roles: tuple[Role, ...] = ()
    mail: str = ""
    phone: str = ""


def contact_on(unit: Unit, day: date) -> Contact | None:
    """The contact valid on that day; the last one listed wins."""
    valid = [
        contact
        for contact in unit.contacts
        if (contact.since is None or contact.since <= day)
        and (contact.until is None or day <= contact.until)
    ]
    return valid[-1] if valid else None
