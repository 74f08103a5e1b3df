"""Days as people type and print them."""

from __future__ import annotations

from datetime import date

import pytest

from editorial.errors import EditorialError
from editorial.model.dates import chinese_day, parse_day

TODAY = date(2020, 3, 11)  # 星期三


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-03-15", date(2020, 3, 15)),
        (" 2020-03-15 ", date(2020, 3, 15)),
        ("20200315", date(2020, 3, 15)),
        ("3月15日", date(2020, 3, 15)),
        ("3月15号", date(2020, 3, 15)),
        ("3月11日", TODAY),
        ("3月10日", date(2021, 3, 10)),
        ("2019年3月10日", date(2019, 3, 10)),
        ("+0", TODAY),
        ("+7", date(2020, 3, 18)),
        ("周五", date(2020, 3, 13)),
        ("星期三", TODAY),
        ("周一", date(2020, 3, 16)),
        ("下周一", date(2020, 3, 16)),
        ("下周五", date(2020, 3, 20)),
        ("下星期日", date(2020, 3, 22)),
        ("周天", date(2020, 3, 15)),
        ("本周一", date(2020, 3, 9)),
        ("下下周五", date(2020, 3, 27)),
        ("上周五", date(2020, 3, 6)),
        ("3.15", date(2020, 3, 15)),
        ("3/15", date(2020, 3, 15)),
        ("3.10", date(2021, 3, 10)),
        ("3月15", date(2020, 3, 15)),
        ("2020.3.15", date(2020, 3, 15)),
        ("2020-3-5", date(2020, 3, 5)),
        ("2027-01-15", date(2027, 1, 15)),
        ("月底", date(2020, 3, 31)),
        ("本月底", date(2020, 3, 31)),
        ("下月底", date(2020, 4, 30)),
        ("下个月底", date(2020, 4, 30)),
        ("2月底", date(2021, 2, 28)),
        ("4月末", date(2020, 4, 30)),
        ("年底", date(2020, 12, 31)),
        ("15日", date(2020, 3, 15)),
        ("10号", date(2020, 4, 10)),
        ("下月5日", date(2020, 4, 5)),
        ("今天", TODAY),
        ("明天", date(2020, 3, 12)),
        ("10天后", date(2020, 3, 21)),
        ("2周后", date(2020, 3, 25)),
    ],
)
def test_a_day_is_understood(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    ["", "改天", "+", "-7", "周八", "2020", "+9999", "3.", "月", "..15"],
)
def test_anything_else_is_refused_with_examples(text: str) -> None:
    with pytest.raises(EditorialError, match="不是能认的日期") as refused:
        parse_day(text, TODAY)
    assert "下周五" in refused.value.hint


@pytest.mark.parametrize(
    "text", ["2020-02-30", "2月30日", "2.30", "13月1日", "13月底", "32日", "0000-01-01", "下月31日"]
)
def test_a_day_no_calendar_has_is_called_so(text: str) -> None:
    with pytest.raises(EditorialError, match="这一天"):
        parse_day(text, TODAY)


def test_a_day_without_its_year_may_mean_the_last_one() -> None:
    days = [parse_day(text, TODAY, past=True) for text in ("3.15", "10号", "12月底", "月底")]
    assert days == [date(2019, 3, 15), date(2020, 3, 10), date(2019, 12, 31), date(2020, 2, 29)]


def test_the_29th_of_february_waits_for_a_leap_year_or_is_refused() -> None:
    assert parse_day("2月29日", date(2020, 1, 1)) == date(2020, 2, 29)
    with pytest.raises(EditorialError):
        parse_day("2月29日", date(2021, 1, 1))


def test_a_printed_day_has_no_padding() -> None:
    assert chinese_day(date(2020, 3, 5)) == "2020年3月5日"
