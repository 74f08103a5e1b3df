"""登记簿: what was sent and what came in, as rows an office keeps. Fields: register usage."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Generic, TypeAlias, TypeVar

from editorial.model.chasing import DayLog
from editorial.model.letters import Letter
from editorial.model.people import unit_on
from editorial.model.returns import Return
from editorial.model.volume import Volume, book_title
from editorial.values import dataclass

Value: TypeAlias = str | int | float | date | None
Row = TypeVar("Row")
NUMBER = re.compile(r"(.*)〔(\d{4})〕(\d+)号")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookRecords:
    """Everything of one book that a register is made from."""

    volume: Volume
    letters: tuple[Letter, ...]
    returns: tuple[Return, ...] = ()
    logs: tuple[DayLog, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """`width` in ems on a sheet; without `read` it is left free for a hand."""

    title: str
    width: float
    read: Callable[[Row], Value] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTable:
    """`name` is that of its sheet; cells of several lines have line breaks; `free` are the places
    of columns for a hand, which stay narrow; the first `held` stay in sight on a screen."""

    name: str
    title: str
    office: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    free: tuple[int, ...] = ()
    held: int = 1


def tabled(
    columns: Sequence[Column[Row]],
    rows: Sequence[Row],
    *,
    name: str,
    title: str,
    office: str,
    note: str = "",
    held: int = 1,
) -> RegisterTable:
    """序号 first, then the columns read of every row."""
    return RegisterTable(
        name=name,
        title=title,
        office=office,
        columns=("序号", *(column.title for column in columns)),
        widths=(5.0, *(column.width for column in columns)),
        rows=tuple(
            (number, *(column.read(row) if column.read else None for column in columns))
            for number, row in enumerate(rows, 1)
        ),
        note=note,
        held=held,
        free=tuple(place for place, column in enumerate(columns, 1) if column.read is None),
    )


def within_year(table: RegisterTable, year: int) -> RegisterTable:
    """For paper, where room is scarce: days of the register's own year without it, 03-05."""
    rows = tuple(
        tuple(
            re.sub(rf"\b{year}-(?=\d\d-\d\d)", "", value) if isinstance(value, str) else value
            for value in row
        )
        for row in table.rows
    )
    return replace(table, rows=rows, note=f"{table.note}日期不写年份的，是{year}年。")


def lines(texts: Sequence[str]) -> str:
    return "\n".join(text for text in texts if text)


def number_parts(number: str) -> tuple[str, int, int]:
    """代字, year, 序号 of a 发文字号; another form sorts last, with year 0."""
    found = NUMBER.fullmatch(number)
    return (found[1], int(found[2]), int(found[3])) if found else (number, 0, 0)


def names_of(volume: Volume) -> dict[str, str]:
    """People of the office by id."""
    return {editor.id: editor.name for editor in volume.staff}


def unit_called(volume: Volume, unit_id: str, day: date | None) -> str:
    """The name the unit bore that day."""
    for unit in volume.units:
        if unit.id == unit_id:
            now = unit_on(unit, day)
            return now.short or now.name
    return unit_id


def book_of(records: BookRecords) -> str:
    return f"《{book_title(records.volume)}》"
