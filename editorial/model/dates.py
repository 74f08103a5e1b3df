"""Days as people type and print them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta

from editorial.errors import EditorialError

EXAMPLES = "2020-03-15、3月15日、3.15、+7、下周五 或 月底"
_FULL = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?|(\d{4})(\d\d)(\d\d)"
)
_MONTH_DAY = re.compile(r"(\d{1,2})\s*(?:月\s*(\d{1,2})\s*[日号]?|[./](\d{1,2}))")
_LATER = re.compile(
    r"\+\s*(\d{1,3})|(\d{1,3})\s*(?:天|日)[后内]|(\d{1,2})\s*(?:周|星期|礼拜)[后内]"
)
_NEAR = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1, "前天": -2}
_WEEKDAY = re.compile(r"(上|本|这|下{0,2})(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_MONTH_END = re.compile(r"(上|本|这|下|\d{1,2})?个?月(?:底|末)")
_DAY_OF_MONTH = re.compile(r"(本|这|下)?个?(?:月\s*)?(\d{1,2})\s*[日号]")
_YEAR_END = re.compile(r"(明|今)?年(?:底|末)")

Reader = Callable[["re.Match[str]", date, bool], date]


def parse_day(text: str, today: date, *, past: bool = False) -> date:
    """2020-03-15, 3月15日 or 3.15 (the next such day, or the last for `past`), +7, 下周五, 月底.

    EditorialError for anything else, and for days no calendar has.
    """
    text = text.strip()
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    for pattern, read in _READERS:
        if match := pattern.fullmatch(text):
            try:
                return read(match, today, past)
            except (ValueError, OverflowError):
                raise EditorialError(f"没有“{text}”这一天", hint="请核对月份和日子") from None
    raise EditorialError(f"“{text}”不是能认的日期", hint=f"写作 {EXAMPLES}")


def _full(match: re.Match[str], today: date, past: bool) -> date:
    year, month, day = (int(part) for part in match.groups() if part)
    return date(year, month, day)


def _month_day(match: re.Match[str], today: date, past: bool) -> date:
    month, day = int(match[1]), int(match[2] or match[3])
    return _nearest([(year, month, day) for year in _years(today)], today, past)


def _nearest(wanted: list[tuple[int, int, int]], today: date, past: bool) -> date:
    """The first of those from today on, or the last up to today; ValueError when there is none."""
    days = [date(*each) for each in wanted if _exists(*each)]
    fit = [each for each in days if (each <= today if past else each >= today)]
    return max(fit) if past else min(fit)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _later(match: re.Match[str], today: date, past: bool) -> date:
    days = int(match[3]) * 7 if match[3] else int(match[1] or match[2])
    return today + timedelta(days=days)


def _weekday(match: re.Match[str], today: date, past: bool) -> date:
    """周五 is the next one; 下周五, 本周五, 上周五 that of the week named."""
    wanted = "一二三四五六日".index(match[2].replace("天", "日"))
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=wanted + 7 * _WEEKS.get(match[1], 0))
    return day if match[1] or day >= today else day + timedelta(days=7)


def _month_end(match: re.Match[str], today: date, past: bool) -> date:
    told = match[1] or ""
    if told.isdecimal():
        return _nearest([_last_of(year, int(told)) for year in _years(today)], today, past)
    if not told:
        return _nearest([_last_of(*_month_from(today, at)) for at in (-1, 0)], today, past)
    return date(*_last_of(*_month_from(today, {"上": -1, "下": 1}.get(told, 0))))


def _years(today: date) -> range:
    return range(today.year - 1, today.year + 2)


def _last_of(year: int, month: int) -> tuple[int, int, int]:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return year, month, monthrange(year, month)[1]


def _month_from(today: date, months: int) -> tuple[int, int]:
    years, month = divmod(today.month - 1 + months, 12)
    return today.year + years, month + 1


def _day_of_month(match: re.Match[str], today: date, past: bool) -> date:
    """15日 is the next 15th; 本月15日, 下月15日 that of the month named."""
    day = int(match[2])
    if match[1]:
        return date(*_month_from(today, 1 if match[1] == "下" else 0), day)
    return _nearest([(*_month_from(today, at), day) for at in range(-2, 3)], today, past)


def _year_end(match: re.Match[str], today: date, past: bool) -> date:
    return date(today.year + (match[1] == "明"), 12, 31)


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_FULL, _full),
    (_MONTH_DAY, _month_day),
    (_LATER, _later),
    (_WEEKDAY, _weekday),
    (_MONTH_END, _month_end),
    (_DAY_OF_MONTH, _day_of_month),
    (_YEAR_END, _year_end),
)


def chinese_day(day: date | datetime) -> str:
    """2020年3月5日: Arabic digits, no padding (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_written(text: str) -> date | None:
    """The day `chinese_day` wrote; None where there is none, as in a letter not yet signed."""
    found = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", text)
    return date(*map(int, found.groups())) if found else None
