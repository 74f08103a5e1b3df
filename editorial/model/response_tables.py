"""回函统计 of a year as tables: by unit, and by city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from editorial.model.dates import chinese_day
from editorial.model.register import BookRecords, RegisterTable, Value, book_of
from editorial.model.response import Exchange, Response, exchanges, response

COUNTS = (
    "发函",
    "已回",
    "按期回",
    "迟回",
    "未回",
    "其中逾期",
    "催办函",
    "回函率",
    "用时中位数（天）",
)
WIDTHS = (7.0, 7.0, 8.0, 7.0, 7.0, 9.0, 8.0, 8.0, 16.0)
FIRST = {"书": 26.0, "单位": 22.0, "城市": 10.0}
NOTE = (
    "一次请求计一件：催办函、第二函不另计，记入“催办函”一栏；回了其中一封即为已回。"
    "准予延期的，按延期算；用时从第一封发出算起。"
)


def response_tables(
    books: Sequence[BookRecords], year: int, day: date, office: str
) -> tuple[RegisterTable, ...]:
    """Of the requests sent in that year, as they stand on that day."""
    asked = [(each, requests(each, year, day)) for each in books]
    every = [one for _, found in asked for one in found]
    total = (_counts(every, day),)
    under = f"{office}　截至{chinese_day(day)}"
    by_unit = [row for each, found in asked for row in _units(each, found, day)]
    by_city = [row for each, found in asked for row in _cities(each, found, day)]
    return (
        _table("单位统计", f"{year}年回函统计（按单位）", ("单位", "城市"), by_unit, total, under),
        _table("城市统计", f"{year}年回函统计（按城市）", ("城市",), by_city, total, under),
    )


def requests(records: BookRecords, year: int, day: date) -> tuple[Exchange, ...]:
    return tuple(each for each in exchanges(records.letters, day) if each.sent.year == year)


def _units(
    records: BookRecords, found: Sequence[Exchange], day: date
) -> Iterator[tuple[Value, ...]]:
    for unit in records.volume.units:
        own = [each for each in found if each.letter.unit == unit.id]
        if own:
            name = unit.short or unit.name
            yield (book_of(records), name, unit.city, *_counts(own, day))


def _cities(
    records: BookRecords, found: Sequence[Exchange], day: date
) -> Iterator[tuple[Value, ...]]:
    cities = {unit.id: unit.city for unit in records.volume.units}
    order = dict.fromkeys((*records.volume.info.city_order, *cities.values()))
    for city in sorted(order, key=lambda city: city == ""):
        own = [each for each in found if cities.get(each.letter.unit, "") == city]
        if own:
            yield (book_of(records), city or "（未写城市）", *_counts(own, day))


def _counts(found: Sequence[Exchange], day: date) -> tuple[Value, ...]:
    told: Response = response(found, day)
    share = f"{100 * told.answered // told.sent}%" if told.sent else "—"
    return (
        told.sent,
        told.answered,
        told.in_time,
        told.late,
        told.unanswered,
        told.overdue,
        told.reminders,
        share,
        "—" if told.days is None else told.days,
    )


def _table(
    name: str,
    title: str,
    heads: tuple[str, ...],
    rows: Sequence[tuple[Value, ...]],
    total: Sequence[tuple[Value, ...]],
    under: str,
) -> RegisterTable:
    """The book is told where there is more than one."""
    several = len({row[0] for row in rows}) > 1
    shown = tuple(row if several else row[1:] for row in rows)
    before = (("书",) if several else ()) + heads
    sums = tuple(("合计", *[""] * (len(before) - 1), *counts) for counts in total)
    return RegisterTable(
        name=name,
        title=title,
        office=under,
        columns=(*before, *COUNTS),
        widths=(*(FIRST[head] for head in before), *WIDTHS),
        held=len(before),
        rows=(*shown, *sums),
        note=NOTE,
    )
