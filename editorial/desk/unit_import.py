"""导入单位: a table of units and contacts becomes entries of units.yaml, all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from editorial.desk.office import Act, Desk
from editorial.desk.units import Told, fit_contact, fit_unit, refuse_taken, save_units
from editorial.errors import BadData, EditorialError, Problem, unreadable
from editorial.model.contacts import TOLD, changes, succeed
from editorial.model.labels import Channel
from editorial.model.people import Contact, Unit, all_names, contact_on
from editorial.model.unit_rows import UnitRows, unit_rows
from editorial.read.rows import read_rows
from editorial.store.units import UnitsFile, load_units
from editorial.values import dataclass

# Of the unit itself, with the words an editor reads.
OWN = {"short": "简称", "city": "城市", "kind": "类别", "honorific": "称呼"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One row and what comes of it: a new unit, or labels of what changes; neither: nothing."""

    unit: Unit
    new: bool = False
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsBrought:
    """`act` is None when nothing was written; `unknown` columns and `aside` rows were left."""

    units: tuple[Brought, ...]
    unknown: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    act: Act | None = None


def import_units(
    desk: Desk, path: Path, day: date, channel: Callable[[str], Channel], *, dry: bool = False
) -> UnitsBrought:
    """Units of a .csv or .xlsx: known ones by id or by a name they have or had are brought up to
    date, others registered; contacts from `day` on. What is empty in the table stays as it is.

    BadData names every row that cannot be taken, and then none is. EditorialError for what is no
    table. `channel` understands what people write for it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error
    table = unit_rows(read_rows(data, path.name), path.name)
    file, brought = _brought(
        load_units(desk.workspace.files, desk.volume_id), table, path, day, channel
    )
    found = UnitsBrought(units=brought, unknown=table.unknown, aside=table.aside)
    if dry or not any(each.new or each.changed for each in brought):
        return found
    return replace(found, act=save_units(desk, file, _said(brought)))


def _brought(
    file: UnitsFile,
    table: UnitRows,
    path: Path,
    day: date,
    channel: Callable[[str], Channel],
) -> tuple[UnitsFile, tuple[Brought, ...]]:
    found: dict[str, Brought] = {}
    lines: dict[str, int] = {}
    faults: list[Problem] = []
    for row in table.rows:
        try:
            if row.twice:
                raise EditorialError(row.twice, hint="留一栏，或改另一栏的表头")
            known = _known(file, row.told)
            if known and known.id in lines:
                hint = "一个单位留一行，另一位联络员写在 units.yaml"
                raise EditorialError(f"与第{lines[known.id]}行是同一个单位", hint=hint)
            each = _of_row(file, known, row.told, day, channel)
        except EditorialError as error:
            told = "，".join(filter(None, (error.message, error.hint)))
            faults.append(Problem(file=path.name, line=row.line, message=told))
            continue
        found[each.unit.id], lines[each.unit.id] = each, row.line
        others = tuple(each.unit if unit.id == each.unit.id else unit for unit in file.units)
        file = replace(file, units=(*file.units, each.unit) if each.new else others)
    if faults:
        raise BadData(tuple(faults), hint="请在表里改好所列各行，再导入")
    return file, tuple(found.values())


def _of_row(
    file: UnitsFile,
    known: Unit | None,
    told: Mapping[str, str],
    day: date,
    channel: Callable[[str], Channel],
) -> Brought:
    own: dict[str, Any] = {key: told[key] for key in OWN if key in told}
    if known is None and told["unit"].isnumeric():
        raise EditorialError(f"单位写的是“{told['unit']}”，不是名称")
    unit = replace(known, **own) if known else Unit(id=_id(told), name=told["unit"], **own)
    unit = fit_unit(unit)
    labels = [OWN[key] for key in own if known and getattr(known, key) != getattr(unit, key)]
    if labels or known is None:
        refuse_taken(file, unit, but=known.id if known else "")
    unit, differs = _with_contact(unit, told, day, channel)
    return Brought(unit=unit, new=known is None, changed=(*labels, *differs))


def _with_contact(
    unit: Unit, told: Mapping[str, str], day: date, channel: Callable[[str], Channel]
) -> tuple[Unit, tuple[str, ...]]:
    """The unit with the contact told, and what is new about it."""
    said: dict[str, Any] = {key: told[key] for key in TOLD if key in told}
    if not said:
        return unit, ()
    said["channel"] = channel(said["channel"]) if "channel" in said else None
    contact = fit_contact(Contact(**{"name": "", **said}))
    if not contact.name and contact_on(unit, day) is None:
        raise EditorialError(f"{unit.name}没有联络员，请写联络员的姓名")
    differs = changes(unit, contact, day)
    labels = (f"联络员{contact.name}" if each == TOLD["name"] else each for each in differs)
    return (succeed(unit, contact, day) if differs else unit), tuple(labels)


def _known(file: UnitsFile, told: Mapping[str, str]) -> Unit | None:
    """The unit registered under the id, or under the name it has or had."""
    name, number = told.get("unit", ""), told.get("id", "")
    if not name:
        raise EditorialError("没有写单位")
    named = [unit for unit in file.units if name in (unit.id, *all_names(unit))]
    today = [unit for unit in named if name in (unit.id, unit.name, unit.short)]
    known = next((unit for unit in file.units if unit.id == number), None)
    if known and known not in named:
        hint = "改了名的先用 unit rename 登记"
        raise EditorialError(f"编号{number}登记的是“{known.name}”，不是“{name}”", hint=hint)
    found = [known] if known else today or named
    if len(found) > 1:
        ids = "、".join(unit.id for unit in found)
        raise EditorialError(f"“{name}”有{len(found)}个单位叫过（{ids}）", hint="请写明编号")
    if found and number and known is None:
        raise EditorialError(f"“{name}”已经登记，编号是{found[0].id}，不是{number}")
    return found[0] if found else None


def _id(told: Mapping[str, str]) -> str:
    """As the table says; without one the short name, or the full one, is the id."""
    return told.get("id") or re.sub(r"[\s,，、/]", "", told.get("short") or told["unit"])


def _said(brought: tuple[Brought, ...]) -> Told:
    """The words of the commit, which hold no numbers."""
    new = [each.unit.short or each.unit.name for each in brought if each.new]
    other = [each.unit.short or each.unit.name for each in brought if each.changed and not each.new]
    pairs = (("新登记", new), ("更新", other))
    counts = "，".join(f"{words}{len(names)}个" for words, names in pairs if names)
    note = "\n".join(f"{words}：{'、'.join(names)}" for words, names in pairs if names)
    return Told(subject=f"单位：由表导入，{counts}", act="unit import", note=note)
