"""readers.yaml → who gets a numbered copy. People write it; it may lie anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from editorial.model.drafts import Copy, ReadersFile
from editorial.model.drafts import Reader as Person
from editorial.store.files import DiskFiles
from editorial.store.parsed import Parsed
from editorial.store.reader import Reader
from editorial.store.schema import Fault, decode
from editorial.store.yamlio import parse

LONGEST = 40  # characters: a name is printed across the page and goes into a file name
HIGHEST = 9999
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|^\\s|\\s$")


def load_readers(path: str, given: tuple[Copy, ...] = ()) -> tuple[Person, ...]:
    """The readers of the list at `path` (from the current folder) as they are written there.

    `given` are the copies the draft has already: their numbers stay with their readers.
    BadData names every faulty line. Only memory sees the list: no cache keeps people's names.
    """
    reader = Reader(DiskFiles(Path.cwd(), Parsed()))
    file = reader.record(ReadersFile, path)
    known = dict(enumerate(file.readers)) if file else _legible(reader, path)
    if file and not known:
        message = "没有写读者，至少写一位，如：- {name: 姓名, unit: 单位}"
        reader.blame(path, ("readers",), message)
    for fault in _unfit(known, given):
        reader.blame(path, fault.path, fault.message)
    reader.finish()
    assert file is not None
    return file.readers


def _legible(reader: Reader, path: str) -> dict[int, Person]:
    """Of a faulty list the readers that can be made out, by place: their faults are told too."""
    read = reader.files.read(path)
    try:
        raw, _ = parse((read or b"").decode("utf-8-sig"), path)
    except UnicodeDecodeError:
        return {}
    items = raw.get("readers") if isinstance(raw, dict) else None
    people = enumerate(map(_made_out, items if isinstance(items, list) else ()))
    return {index: person for index, person in people if person}


def _made_out(raw: Any) -> Person | None:
    """A reader without the keys that are wrong."""
    faults: list[Fault] = []
    person = decode(Person, raw, faults)
    if person is None and isinstance(raw, dict):
        wrong = {fault.path[0] for fault in faults if fault.path}
        person = decode(Person, {key: raw[key] for key in raw.keys() - wrong}, [])
    return person


def _unfit(readers: Mapping[int, Person], given: tuple[Copy, ...]) -> Iterator[Fault]:
    for index, each in readers.items():
        yield from _unfit_words(index, "name", each.name)
        yield from _unfit_words(index, "unit", each.unit)
        yield from _unfit_number(index, each, given)
    yield from _repeated(readers)


def _unfit_words(index: int, key: str, words: str) -> Iterator[Fault]:
    what = "姓名" if key == "name" else "单位"
    place = ("readers", index, key)
    if key == "name" and not words.strip():
        yield Fault(place, "姓名空着，请写姓名，或删去这一位")
    elif _ODD.search(words):
        yield Fault(place, f"{what}首尾有空格，或里面有换行、控制字符，请删去")
    elif len(words) > LONGEST:
        yield Fault(place, f"{what}超过{LONGEST}字，请用简称")


def _unfit_number(index: int, each: Person, given: tuple[Copy, ...]) -> Iterator[Fault]:
    if each.number is None:
        return
    place, who = ("readers", index, "number"), (each.name, each.unit)
    if not 1 <= each.number <= HIGHEST:
        yield Fault(place, f"编号应为1至{HIGHEST}的整数，现为{_short(each.number)}")
    for copy in given:
        same = (copy.reader, copy.unit) == who
        if same and copy.number != each.number:
            message = f"这一稿“{each.name}”已是{copy.number}号，请改回{copy.number}，或不写编号"
            yield Fault(place, message)
        elif copy.number == each.number and not same:
            message = f"这一稿的{each.number}号已给“{copy.reader}”，请换一个编号，或不写"
            yield Fault(place, message)


def _short(number: int) -> str:
    """No screen is helped by eighty digits; nor does Python write out thousands of them."""
    return str(number) if abs(number) < 10**9 else "一个极长的数"


def _repeated(readers: Mapping[int, Person]) -> Iterator[Fault]:
    people: dict[tuple[str, str], int] = {}
    numbers: dict[int, str] = {}
    for index, each in readers.items():
        first = people.setdefault((each.name, each.unit), index)
        if first != index:
            message = f"“{each.name}”与第{first + 1}位重复，请删去一处；同名的人请写单位区别"
            yield Fault(("readers", index, "name"), message)
        elif each.number is not None and each.number in numbers:
            message = f"编号{each.number}与“{numbers[each.number]}”的重复，请换一个编号，或不写"
            yield Fault(("readers", index, "number"), message)
        if each.number is not None:
            numbers.setdefault(each.number, each.name)
