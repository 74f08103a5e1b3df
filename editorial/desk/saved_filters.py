"""存好的筛选: up to nine for each list, with a name, kept for the person and not in the book."""

from __future__ import annotations

from typing import Any

from editorial.desk.office import Desk, refuse_reader
from editorial.errors import EditorialError
from editorial.store.personal import read_own, write_own
from editorial.values import dataclass

FILE = "filters.json"
NUMBERS = tuple(range(1, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """`text` is what would be typed; `number` its key."""

    number: int
    name: str
    text: str


def saved_filters(desk: Desk, list_: str) -> tuple[SavedFilter, ...]:
    """Those of one list (分目, 函件 …) by number. EditorialError when the file is damaged."""
    kept = _own(_all(), desk).get(list_, [])
    if not isinstance(kept, list):
        raise _damaged()
    return tuple(sorted(map(_filter, kept), key=lambda each: each.number))


def save_filter(desk: Desk, list_: str, wanted: SavedFilter) -> None:
    """Keep it under its number, in the place of what was there."""
    if not wanted.text.strip():
        raise EditorialError("没有筛选可存", hint="先写筛选，如 状态:复审 逾期")
    _write(desk, list_, wanted.number, (wanted,))


def drop_filter(desk: Desk, list_: str, number: int) -> None:
    _write(desk, list_, number, ())


def _write(desk: Desk, list_: str, number: int, put: tuple[SavedFilter, ...]) -> None:
    refuse_reader(desk)
    known = _all()
    kept = [each for each in saved_filters(desk, list_) if each.number != number]
    told = [{"number": x.number, "name": x.name, "text": x.text} for x in (*kept, *put)]
    write_own(FILE, known | {desk.by: _own(known, desk) | {list_: told}})


def _own(known: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Those of whoever acts; several may share a machine and its user (--as)."""
    found = known.get(desk.by, {})
    if not isinstance(found, dict):
        raise _damaged()
    return found


def _all() -> dict[str, Any]:
    data = read_own(FILE)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise _damaged()
    return data


def _filter(raw: Any) -> SavedFilter:
    try:
        number, name, text = int(raw["number"]), str(raw["name"]), str(raw["text"])
    except (KeyError, TypeError, ValueError):
        raise _damaged() from None
    return SavedFilter(number=number, name=name, text=text)


def _damaged() -> EditorialError:
    return EditorialError("存好的筛选读不懂", where=FILE, hint="请改好或删除个人设置里的这个文件")
