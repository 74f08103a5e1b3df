"""units.yaml ⇄ the register of units. People write it; the program edits it by position."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from editorial.errors import EditorialError
from editorial.model.people import KINDS, Contact, FormerName, Limit, Unit
from editorial.model.volume import Source, from_file
from editorial.store.files import Files
from editorial.store.reader import Reader
from editorial.store.records import written
from editorial.store.schema import Fault, KeyPath
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsFile:
    limits: tuple[Limit, ...] = ()
    units: tuple[Unit, ...] = ()
    source: Source | None = from_file()


def units_path(volume_id: str) -> str:
    return f"volumes/{volume_id}/units.yaml"


def read_units(reader: Reader, volume_id: str) -> UnitsFile | None:
    """The file as a value; its faults go to the reader, each at its line."""
    path = units_path(volume_id)
    file = reader.record(UnitsFile, path)
    if file is not None:
        for fault in _faults(file):
            reader.blame(path, fault.path, fault.message)
    return file


def load_units(files: Files, volume_id: str) -> UnitsFile:
    """The register with its source, to be changed and written. BadData lists every fault."""
    reader = Reader(files)
    file = read_units(reader, volume_id)
    reader.finish()
    assert file is not None
    return file


def written_units(files: Files, file: UnitsFile) -> bytes:
    """The file with only the lines changed that must be.

    EditorialError when it is laid out so that people's comments would be lost.
    """
    assert file.source is not None
    path = file.source.path
    new, old = written(files, path, file), files.read(path) or b""
    if _comments(old) - _comments(new):
        raise EditorialError(
            "这个文件的写法特别，由程序改会丢掉注释，没有写入",
            where=path,
            hint="请直接改这个文件，再用 editorial keep 留存",
        )
    return new


_COMMENT = re.compile(rb"(?:^|\s)(#[^\r\n]*)", re.M)


def _comments(data: bytes) -> Counter[bytes]:
    return Counter(_COMMENT.findall(data))


def _faults(file: UnitsFile) -> Iterator[Fault]:
    yield from _repeated(file.units)
    yield from _limit_faults(file)
    for index, unit in enumerate(file.units):
        yield from _name_faults(unit.names, ("units", index, "names"))
        for number, contact in enumerate(unit.contacts):
            yield from _contact_faults(contact, ("units", index, "contacts", number))


def _repeated(units: tuple[Unit, ...]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, unit in enumerate(units):
        if not unit.id.strip() or not unit.name.strip():
            yield Fault(("units", index), "编号和全称不能空着")
        if unit.id in seen:
            yield Fault(("units", index, "id"), f"单位编号“{unit.id}”重复")
        seen.add(unit.id)


def _limit_faults(file: UnitsFile) -> Iterator[Fault]:
    kinds = {*KINDS, *(unit.kind for unit in file.units)}
    seen: set[str] = set()
    for index, limit in enumerate(file.limits):
        if limit.kind not in kinds:
            message = f"没有哪个单位的类别（kind）是“{limit.kind}”"
            yield Fault(("limits", index, "kind"), message)
        if limit.kind in seen:
            yield Fault(("limits", index, "kind"), f"类别“{limit.kind}”写了两次")
        seen.add(limit.kind)
        for key, number in (("characters", limit.characters), ("pictures", limit.pictures)):
            if number < 0:
                yield Fault(("limits", index, key), f"应为0以上的整数（0是不限），现为{number}")


def _name_faults(names: tuple[FormerName, ...], place: KeyPath) -> Iterator[Fault]:
    for index, old in enumerate(names):
        if old.since is not None and old.until < old.since:
            yield Fault((*place, index, "to"), _backwards(old.since, old.until))
    order = sorted(enumerate(names), key=lambda each: each[1].until)
    for (_, one), (index, other) in pairwise(order):
        if one.until == other.until or (other.since is not None and other.since <= one.until):
            message = f"“{other.name}”与“{one.name}”的起止日期有重叠"
            yield Fault((*place, index), message)


def _contact_faults(contact: Contact, place: KeyPath) -> Iterator[Fault]:
    if contact.since and contact.until and contact.until < contact.since:
        yield Fault((*place, "to"), _backwards(contact.since, contact.until))


def _backwards(since: date, until: date) -> str:
    return f"止日{until}早于起日{since}"
