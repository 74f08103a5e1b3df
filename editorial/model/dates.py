"""Days as people type and print them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from editorial.errors import EditorialError

_MONTH_DAY = re.compile(r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_PLUS = re.compile(r"\+(\d{1,3})")
_WEEKDAY = re.compile(r"(下?)(?:周|星期|礼拜)([一二三四五六日天])")


def parse_day(text: str, today: date, *, past: bool = False) -> date:
    """2020-03-15, 3月15日 (the next such day, or the last for `past`), +7, 下周五.

    EditorialError for anything else.
    """
    text = text.strip()
    try:
        if match := _MONTH_DAY.fullmatch(text):
            return _nearest(match, today, past)
        if match := _PLUS.fullmatch(text):
            return today + timedelta(days=int(match[1]))
        if match := _WEEKDAY.fullmatch(text):
            return _weekday(match, today)
        return date.fromisoformat(text)
    except ValueError:
        raise EditorialError(
            f"“{text}”不是能认的日期", hint="写作 2020-03-15、3月15日、+7 或 下周五"
        ) from None


def _nearest(match: re.Match[str], today: date, past: bool) -> date:
    year, month, day = match[1], int(match[2]), int(match[3])
    if year:
        return date(int(year), month, day)
    years = range(today.year - 1, today.year + 2)
    days = [date(y, month, day) for y in years if _exists(y, month, day)]
    wanted = [each for each in days if (each <= today if past else each >= today)]
    if not wanted:
        raise ValueError(match[0])
    return max(wanted) if past else min(wanted)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _weekday(match: re.Match[str], today: date) -> date:
    wanted = "一二三四五六日".index(match[2].replace("天", "日"))
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=wanted + (7 if match[1] else 0))
    return day if match[1] or day >= today else day + timedelta(days=7)


def chinese_day(day: date | datetime) -> str:
    """2020年3月5日: Arabic digits, no padding (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
