"""供稿单位: acts on the register. Each edits units.yaml by position and makes one commit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unicodedata import category

from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.errors import EditorialError
from editorial.model.contacts import TOLD, changes, confirm, leave, succeed
from editorial.model.dates import chinese_day
from editorial.model.names import check_name
from editorial.model.people import (
    KINDS,
    Contact,
    FormerName,
    Pause,
    Unit,
    all_names,
    contact_on,
    find_unit,
)
from editorial.store.save import Message
from editorial.store.units import UnitsFile, load_units, written_units
from editorial.values import dataclass

SHORTEST = 3  # digits of a telephone number inside an office


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of an act: in the commit, and beside it."""

    subject: str
    act: str
    note: str = ""
    remarks: tuple[str, ...] = ()


def add_unit(desk: Desk, unit: Unit) -> Act:
    """登记新单位, at the end of units.yaml. EditorialError when its id or a name is taken."""
    file = load_units(desk.workspace.files, desk.volume_id)
    unit = fit_unit(unit)
    refuse_taken(file, unit)
    told = Told(
        subject=f"单位：登记{unit.short or unit.name}",
        act="unit add",
        remarks=_unheard(desk, file, unit),
    )
    return save_units(desk, replace(file, units=(*file.units, unit)), told)


def fit_unit(unit: Unit) -> Unit:
    """Its words on one line each. EditorialError for an id that cannot be one."""
    check_name(unit.id, "单位编号")
    if re.search(r"[\s,，、]", unit.id):
        raise EditorialError(f"单位编号“{unit.id}”里不能有空格和逗号", hint="写作 sz-kcj 这样")
    return replace(
        unit,
        name=one_line(unit.name),
        short=one_line(unit.short),
        city=one_line(unit.city),
        kind=one_line(unit.kind),
    )


def refuse_taken(file: UnitsFile, unit: Unit, *, but: str = "") -> None:
    """No two units may answer to one name."""
    if not unit.name:
        raise EditorialError("没有写单位的全称")
    for known in (each for each in file.units if each.id != but):
        taken = {known.id, *all_names(known)} & {unit.id, unit.name, unit.short} - {""}
        if taken:
            words = "、".join(sorted(taken))
            raise EditorialError(f"“{words}”已经登记，是{known.id}（{known.name}）")


def _unheard(desk: Desk, file: UnitsFile, unit: Unit) -> tuple[str, ...]:
    """A kind or a city nobody else has may be a slip of the pen."""
    cities = {*loaded(desk).volume.info.city_order, *(each.city for each in file.units)}
    kinds = {*KINDS, *(each.kind for each in file.units)}
    odd = (
        (unit.city, cities, f"其他单位没有在“{unit.city}”的，请看是否写错"),
        (unit.kind, kinds, f"“{unit.kind}”是新的类别；已有：{'、'.join(KINDS)}"),
    )
    return tuple(words for name, known, words in odd if name and name not in known)


def confirm_units(desk: Desk, names: tuple[str, ...], on: date, *, today: date) -> Act:
    """每年确认: the units have said that their contacts still hold. All of them or none."""
    if on > today:
        raise EditorialError(f"{on}还没有到", hint="写对方答复确认的那一天")
    file = load_units(desk.workspace.files, desk.volume_id)
    ids = tuple(dict.fromkeys(find_unit(file.units, name).id for name in names))
    for each in ids:
        file = _with(file, each, lambda unit: confirm(unit, on))
    short = _shorts(file, ids)
    whose = short[0] if len(short) == 1 else f"{len(short)}个单位"
    told = Told(
        subject=f"单位：{whose}确认联络员",
        act="unit confirm",
        note="" if len(short) == 1 else "、".join(short),
    )
    return save_units(desk, file, told)


def change_contact(desk: Desk, name: str, told: Contact, day: date) -> Act:
    """换联络员, or new particulars of the same one, from `day` on."""
    file = load_units(desk.workspace.files, desk.volume_id)
    unit = find_unit(file.units, name)
    changed, said = succession(unit, told, day)
    return save_units(desk, _with(file, unit.id, lambda _: changed), said)


def end_contact(desk: Desk, name: str, day: date) -> Act:
    """离任: the contact of that day goes with it, and nobody has come after."""
    file = load_units(desk.workspace.files, desk.volume_id)
    unit = find_unit(file.units, name)
    ended = leave(unit, day)
    gone = contact_on(unit, day)
    assert gone is not None
    told = Told(
        subject=f"单位：{unit.short or unit.name}联络员{gone.name}离任，到{chinese_day(day)}止",
        act="unit contact",
    )
    return save_units(desk, _with(file, unit.id, lambda _: ended), told)


def succession(unit: Unit, told: Contact, day: date) -> tuple[Unit, Told]:
    """The unit with its new contact, and the words of the commit, which hold no numbers."""
    told = fit_contact(told)
    if told.name:
        words = f"联络员{told.name}，自{chinese_day(day)}起"
    else:
        words = f"联络员的{'、'.join(changes(unit, told, day))}，自{chinese_day(day)}起"
    changed = succeed(unit, told, day)
    return changed, Told(subject=f"单位：{unit.short or unit.name}{words}", act="unit contact")


_MAIL = re.compile(r"[^\s@,;，；<>\"]+@[^\s@,;，；<>\"]+")


def fit_contact(told: Contact) -> Contact:
    """As told, on one line each. EditorialError for what is no address or says nothing."""
    words: dict[str, Any] = {key: one_line(getattr(told, key)) for key in TOLD if key != "channel"}
    fit = replace(told, **words)
    if fit.mail and not _MAIL.fullmatch(fit.mail):
        raise EditorialError(f"“{fit.mail}”不是邮箱的写法", hint="一个联络员写一个邮箱")
    if fit.phone and not _is_phone(fit.phone):
        hint = "如 020-0000-0001转801；邮箱另写"
        raise EditorialError(f"“{fit.phone}”不是电话的写法", hint=hint)
    if not any(words.values()) and fit.channel is None:
        hint = "写 --name、--post、--phone、--mail、--chat、--channel 中的至少一项"
        raise EditorialError("没有说联络员要改什么", hint=hint)
    return fit


def _is_phone(text: str) -> bool:
    """People write them with 内线, 转, （办公室）: only what cannot be one is refused."""
    return sum(map(str.isdecimal, text)) >= SHORTEST and "@" not in text


def one_line(text: str) -> str:
    """Text with its blanks and line breaks made single blanks."""
    line = " ".join(text.split())
    if any(category(char) in ("Cc", "Cf") for char in line):
        raise EditorialError(f"“{line!a}”里有看不见的字符，请删去")
    return line


def rename_unit(
    desk: Desk,
    name: str,
    new: str,
    day: date,
    *,
    today: date,
    short: str = "",
    honorific: str = "",
) -> Act:
    """改名 from `day` on; the old name stays with the day before as its last. What is not
    given (short name, form of address) stays as it is."""
    file = load_units(desk.workspace.files, desk.volume_id)
    unit = find_unit(file.units, name)
    since = max((old.until + timedelta(days=1) for old in unit.names), default=None)
    if day > today:
        raise EditorialError(f"{chinese_day(day)}还没有到", hint="改名请在生效那天或以后登记")
    if since is not None and day <= since:
        raise EditorialError(f"现在的名称{chinese_day(since)}才起用，新名称要从那以后起")
    old = FormerName(
        name=unit.name,
        short=unit.short,
        honorific=unit.honorific if honorific else "",
        since=since,
        until=day - timedelta(days=1),
    )
    called = honorific or unit.honorific
    brief = one_line(short) or unit.short
    renamed = replace(unit, name=one_line(new), short=brief, honorific=called)
    if renamed.name == unit.name:
        raise EditorialError(f"单位现在就叫“{unit.name}”")
    refuse_taken(file, renamed, but=unit.id)
    subject = f"单位：{unit.name}改称{renamed.name}，自{chinese_day(day)}起"
    changed = _with(file, unit.id, lambda _: replace(renamed, names=(*unit.names, old)))
    remarks = () if short or not brief else (f"简称仍是“{brief}”，要改请加 --short",)
    return save_units(desk, changed, Told(subject=subject, act="unit rename", remarks=remarks))


def pause_unit(desk: Desk, name: str, until: date, reason: str, *, today: date) -> Act:
    """暂停催办 up to and with a day. EditorialError without a reason, or for a day gone by."""
    file = load_units(desk.workspace.files, desk.volume_id)
    unit = find_unit(file.units, name)
    if not reason.strip():
        raise EditorialError("暂停催办须写原因", hint="加上 --reason 原因")
    if until < today:
        raise EditorialError(f"{chinese_day(until)}已经过去", hint="--until 写今天或以后的日期")
    pause = Pause(until=until, reason=one_line(reason))
    told = Told(
        subject=f"单位：{unit.short or unit.name}暂停催办，到{chinese_day(until)}止",
        act="unit pause",
        note=pause.reason,
    )
    return save_units(desk, _with(file, unit.id, lambda u: replace(u, pause=pause)), told)


def resume_unit(desk: Desk, name: str) -> Act:
    """恢复催办."""
    file = load_units(desk.workspace.files, desk.volume_id)
    unit = find_unit(file.units, name)
    if unit.pause is None:
        raise EditorialError(f"{unit.name}没有暂停催办")
    told = Told(subject=f"单位：{unit.short or unit.name}恢复催办", act="unit resume")
    return save_units(desk, _with(file, unit.id, lambda u: replace(u, pause=None)), told)


def save_units(
    desk: Desk, file: UnitsFile, told: Told, more: dict[str, tuple[str, bytes]] | None = None
) -> Act:
    """units.yaml, with records that change together with it (path → blob read, bytes)."""
    assert file.source is not None
    path = file.source.path
    files: dict[str, bytes | None] = {path: written_units(desk.workspace.files, file)}
    expected = {path: file.source.blob}
    for other, (blob, data) in (more or {}).items():
        files[other], expected[other] = data, blob
    by = name_of(actor(desk, loaded(desk).volume))
    message = Message(subject=told.subject, act=told.act, by=by, body=told.note)
    act = record(desk, files, expected=expected, message=message)
    return replace(act, remarks=told.remarks)


def _with(file: UnitsFile, unit_id: str, change: Callable[[Unit], Unit]) -> UnitsFile:
    units = tuple(change(unit) if unit.id == unit_id else unit for unit in file.units)
    return replace(file, units=units)


def _shorts(file: UnitsFile, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unit.short or unit.name for unit in file.units if unit.id in ids)
