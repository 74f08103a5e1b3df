"""Taking units and their contacts in from a table."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, today
from editorial.cli.table import table
from editorial.cli.words import day_of

if TYPE_CHECKING:
    from editorial.desk.unit_import import UnitsBrought

HEAD = ("单位", "编号", "", "有变")


def unit_import(args: Namespace) -> Outcome:
    from editorial.cli.replying import channel_of
    from editorial.desk.unit_import import import_units

    day = day_of(args.since, past=True) or today()
    found = import_units(desk_of(args), args.file, day, channel_of, dry=args.dry_run)
    lines = list(_lines(found))
    if args.dry_run:
        lines.append("只是试看，什么也没有写")
    remarks = tuple(_remarks(found))
    data = {
        "units": [
            {"id": each.unit.id, "name": each.unit.name, "new": each.new, "changed": each.changed}
            for each in found.units
        ],
        "unknown": found.unknown,
    }
    if found.act is None:
        return Outcome(lines=tuple(lines), data={**data, "commit": ""}, remarks=remarks)
    told = done(found.act, **data)
    return Outcome(lines=(*lines, *told.lines), data=told.data, remarks=(*told.remarks, *remarks))


def _lines(found: UnitsBrought) -> Iterator[str]:
    """What is new or changes, without telephone numbers and addresses."""
    rows = [
        (
            each.unit.short or each.unit.name,
            each.unit.id,
            "新登记" if each.new else "更新",
            "、".join(each.changed),
        )
        for each in found.units
        if each.new or each.changed
    ]
    if rows:
        yield from (*table(HEAD, rows, most=40), "")
    same = len(found.units) - len(rows)
    new = sum(each.new for each in found.units)
    counts = (("新登记", new), ("更新", len(rows) - new), ("没有变化", same))
    yield "，".join(f"{words}{count}个" for words, count in counts if count) or "表里没有单位"


def _remarks(found: UnitsBrought) -> Iterator[str]:
    if found.unknown:
        yield f"不认识的栏，没有取：{'、'.join(found.unknown)}"
    if found.aside:
        yield f"不像单位的行，没有取：{'；'.join(found.aside)}"


IMPORT = Verb(
    name="import",
    help="从表里登记单位和联络员；已有的照表更新",
    run=unit_import,
    arguments=(
        arg("file", type=Path, metavar="表", help="xlsx 或 csv，表头有 单位、简称、联络员、电话等"),
        arg(
            "--from",
            dest="since",
            default="",
            metavar="日期",
            help="联络员从哪一天起，默认今天；3月1日是已过的那天",
        ),
        arg("--dry-run", action="store_true", help="只看会登记、更新什么，不写"),
    ),
    example="editorial unit import 联络员名册.xlsx --dry-run",
)
