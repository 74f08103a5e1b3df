"""Contributing units, their contacts, and the office's own staff."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date

from editorial.errors import EditorialError
from editorial.model.labels import Channel, Role
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """联络员. Never printed in a draft or bulletin. `until` empty: still valid. `channel` is the
    way preferred; `confirmed` the day the unit last said all this still holds."""

    name: str
    post: str = ""
    phone: str = ""
    mail: str = ""
    chat: str = ""
    channel: Channel | None = None
    confirmed: date | None = None
    since: date | None = field(default=None, metadata={"key": "from"})
    until: date | None = field(default=None, metadata={"key": "to"})


# 单位类别 in use; an office may write others.
KINDS = (
    "省级单位",
    "市直部门",
    "区县",
    "镇街",
    "企业",
    "事业单位",
    "高校",
    "社会团体",
    "港澳机构",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """曾用名, valid up to and with `until`; without `since` from the end of the one before.
    `honorific` empty: as the unit is called now."""

    name: str
    short: str = ""
    honorific: str = ""
    since: date | None = field(default=None, metadata={"key": "from"})
    until: date = field(metadata={"key": "to"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """催办暂停, up to and with the day `until`; nobody is reminded meanwhile."""

    until: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What one entry of a unit of this kind may have at most: characters, pictures; 0: no limit."""

    kind: str
    characters: int = 0
    pictures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """供稿单位. `own` marks chapters the office compiles itself, without letters.

    `name` and `short` are those of today, `names` the former ones.
    """

    id: str
    name: str
    short: str = ""
    city: str = ""
    kind: str = ""
    honorific: str = "贵单位"
    own: bool = False
    names: tuple[FormerName, ...] = field(default=(), metadata={"flow": True})
    pause: Pause | None = field(default=None, metadata={"flow": True})
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
    valid = [contact for contact in unit.contacts if within(contact.since, contact.until, day)]
    return valid[-1] if valid else None


def within(since: date | None, until: date | None, day: date) -> bool:
    """Whether a day lies in a period, both ends counted; an end not given is open."""
    return (since is None or since <= day) and (until is None or day <= until)


def unit_on(unit: Unit, day: date | None) -> Unit:
    """The unit under the name it bore that day; None: today's."""
    for old in sorted(unit.names, key=lambda name: name.until):
        if day is not None and within(old.since, old.until, day):
            called = old.honorific or unit.honorific
            return replace(unit, name=old.name, short=old.short, honorific=called)
    return unit


def all_names(unit: Unit) -> tuple[str, ...]:
    """Every name it has or had, full and short, today's first."""
    former = (name for old in unit.names for name in (old.name, old.short))
    return tuple(dict.fromkeys(name for name in (unit.name, unit.short, *former) if name))


def paused_on(unit: Unit, day: date) -> Pause | None:
    return unit.pause if unit.pause is not None and day <= unit.pause.until else None


def limit_of(limits: tuple[Limit, ...], unit: Unit) -> Limit | None:
    return next((each for each in limits if unit.kind and each.kind == unit.kind), None)


def find_unit(units: tuple[Unit, ...], name: str) -> Unit:
    """By id, short or full name, or a part of a name that only one unit has; a former name
    counts where no present one fits."""
    exact = [unit for unit in units if name in (unit.id, unit.short, unit.name)]
    parts = [unit for unit in units if name in unit.name or name in unit.short]
    once = [unit for unit in units if name in all_names(unit)]
    found = exact or once or parts or [unit for unit in units if _scattered(name, unit.name)]
    found = found or [unit for unit in units if any(name in each for each in all_names(unit))]
    if len(found) == 1:
        return found[0]
    if found:
        near = "、".join(f"{unit.id}（{unit.short or unit.name}）" for unit in found[:8])
        raise EditorialError(f"单位“{name}”不能确定是哪一个", hint=f"是否指：{near}")
    raise EditorialError(
        f"没有单位“{name}”", hint="单位的编号和名称见 editorial unit list，新单位用 unit add 登记"
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
