"""Contributing units, their contacts, and the office's own staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from editorial.errors import EditorialError
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


def find_unit(units: tuple[Unit, ...], name: str) -> Unit:
    """By id, short or full name, or a part of a name that only one unit has."""
    exact = [unit for unit in units if name in (unit.id, unit.short, unit.name)]
    parts = [unit for unit in units if name in unit.name or name in unit.short]
    found = exact or parts or [unit for unit in units if _scattered(name, unit.name)]
    if len(found) == 1:
        return found[0]
    if found:
        near = "、".join(f"{unit.id}（{unit.short or unit.name}）" for unit in found[:8])
        raise EditorialError(f"单位“{name}”不能确定是哪一个", hint=f"是否指：{near}")
    raise EditorialError(
        f"没有单位“{name}”", hint="单位的编号和名称见 units.yaml，新单位请先写进去"
    )


def _scattered(name: str, full: str) -> bool:
    """Whether the characters of `name` stand in `full` in their order: 科创局 in 科技创新局."""
    rest = iter(full)
    return len(name) > 1 and all(char in rest for char in name)


def find_editor(staff: tuple[Editor, ...], name: str) -> Editor:
    """By id or name."""
    for editor in staff:
        if name in (editor.id, editor.name):
            return editor
    known = "、".join(f"{editor.id}（{editor.name}）" for editor in staff)
    raise EditorialError(f"staff.yaml 里没有“{name}”", hint=f"现有：{known}")
