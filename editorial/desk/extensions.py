"""批准延期: a later day granted to a unit, for a letter, for tasks, or for all it owes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from editorial.desk.office import Act, Desk, actor, loaded, name_of, record
from editorial.errors import EditorialError
from editorial.model.dates import chinese_day
from editorial.model.letters import Letter
from editorial.model.matters import Matter, matters
from editorial.model.names import nearest, same_id
from editorial.model.people import Unit, find_unit
from editorial.model.volume import Section
from editorial.store.records import written
from editorial.store.registers import load_letters
from editorial.store.save import Message


def owed(desk: Desk, unit: str, today: date) -> tuple[Matter, ...]:
    """What the unit still owes, and may be granted a later day for."""
    volume = loaded(desk).volume
    letters = load_letters(desk.workspace.files, desk.volume_id)
    known = find_unit(volume.units, unit)
    return tuple(each for each in matters(volume, letters, today) if each.unit == known.id)


def extend(
    desk: Desk, unit: str, until: date, *, today: date, only: tuple[str, ...] = (), note: str = ""
) -> Act:
    """Grant `until` for what the unit owes: the letters (id, 发文字号) and sections named by
    `only`, or everything not due later anyway. EditorialError when there is nothing to extend."""
    volume = loaded(desk).volume
    letters = load_letters(desk.workspace.files, desk.volume_id)
    known = find_unit(volume.units, unit)
    if until < today:
        raise EditorialError(f"{chinese_day(until)}已经过去", hint="--until 写今天或以后的日期")
    open_ = [each for each in matters(volume, letters, today) if each.unit == known.id]
    numbers = {letter.id: letter.number for letter in letters}
    chosen = _chosen(known, open_, only, numbers)
    later = [each for each in chosen if each.due < until]
    if not later:
        raise EditorialError(f"没有早于{chinese_day(until)}到期的事项", hint="请看日期是否写错")
    values: list[Letter | Section] = [
        *_letters(letters, _ids(later, "letter"), until),
        *_sections(volume.sections, known.id, _ids(later, "task"), until),
    ]
    files: dict[str, bytes | None] = {}
    expected: dict[str, str] = {}
    for value in values:
        assert value.source is not None
        files[value.source.path] = written(desk.workspace.files, value.source.path, value)
        expected[value.source.path] = value.source.blob
    by = name_of(actor(desk, volume))
    name = known.short or known.name
    subject = f"催报：同意{name}延期至{chinese_day(until)}（{len(later)}项）"
    message = Message(subject=subject, act="chase extend", by=by, body=note)
    return record(desk, files, expected=expected, message=message)


def _ids(found: Iterable[Matter], source: str) -> frozenset[str]:
    return frozenset(each.id for each in found if each.source == source)


def _chosen(
    unit: Unit, open_: list[Matter], only: tuple[str, ...], numbers: dict[str, str]
) -> list[Matter]:
    name = unit.short or unit.name
    if not open_:
        raise EditorialError(f"{name}没有未了的函件和供稿任务")
    chosen = []
    for wanted in only:
        found = [
            each for each in open_ if same_id(wanted, each.id) or wanted == numbers.get(each.id)
        ]
        if not found:
            near = nearest(wanted, [each.id for each in open_])
            raise EditorialError(f"“{wanted}”不是{name}未了的事项", hint=f"现有：{near}")
        chosen += found
    return chosen or open_


def _letters(letters: Iterable[Letter], ids: frozenset[str], until: date) -> list[Letter]:
    return [replace(letter, extended=until) for letter in letters if letter.id in ids]


def _sections(
    sections: Iterable[Section], unit: str, ids: frozenset[str], until: date
) -> list[Section]:
    return [
        replace(
            section,
            tasks=tuple(
                replace(task, extended=until) if task.unit == unit else task
                for task in section.tasks
            ),
        )
        for section in sections
        if section.id in ids
    ]
