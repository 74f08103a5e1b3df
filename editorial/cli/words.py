"""Arguments several groups of commands share."""

from __future__ import annotations

from datetime import date

from editorial.cli.outcome import arg, today
from editorial.model.dates import parse_day

ID = arg("id", metavar="编号")
NOTE = arg("--note", default="", metavar="说明", help="写进历史的说明")
DUE = arg("--due", default="", metavar="日期", help="2020-03-15、3月15日、+7 或 下周五")
SOME = arg("nodes", nargs="*", metavar="节点", help="篇目或分目；不写为全书")


def day_of(text: str) -> date | None:
    """The day an option names, None when it was not given."""
    return parse_day(text, today()) if text else None
