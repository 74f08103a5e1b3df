"""Arguments several groups of commands share."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from editorial.cli.outcome import arg, today
from editorial.errors import BadData, EditorialError
from editorial.model.dates import EXAMPLES, chinese_day, parse_day

if TYPE_CHECKING:
    from editorial.desk.office import Desk

ID = arg("id", metavar="编号")
NOTE = arg("--note", default="", metavar="说明", help="写进历史的说明")
DUE = arg("--due", default="", metavar="日期", help=EXAMPLES)
SOME = arg("nodes", nargs="*", metavar="节点", help="篇目或分目；不写为全书")


def day_of(text: str, *, past: bool = False) -> date | None:
    """The day an option names, None when it was not given."""
    return parse_day(text, today(), past=past) if text else None


def day_gone(text: str) -> date:
    """The day on which something was done: today when no option names it, never one to come."""
    day = day_of(text, past=True) or today()
    if day > today():
        raise EditorialError(f"{chinese_day(day)}还没有到", hint="--on 写实际办的那一天")
    return day


def parted(text: str) -> tuple[str, str]:
    """甲=乙 in two, the sign half or full width; without a sign the second is empty."""
    name, *rest = re.split("[=＝]", text, maxsplit=1)
    return name.strip(), "".join(rest).strip()


def people_names(desk: Desk) -> dict[str, str]:
    """Id → the name people know, for staff and units alike."""
    from editorial.desk.office import loaded

    try:
        volume = loaded(desk).volume
    except BadData:
        return {}
    staff = {editor.id: editor.name for editor in volume.staff}
    return staff | {unit.id: unit.short or unit.name for unit in volume.units}
