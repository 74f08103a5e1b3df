"""letter ledger: the registers of a year, printed as tables."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, today, whole
from editorial.errors import EditorialError

if TYPE_CHECKING:
    from editorial.desk.letter_register import Made, Side


def letter_ledger(args: Namespace) -> Outcome:
    from editorial.desk.letter_register import make_register

    made = make_register(
        desk_of(args),
        args.year or today().year,
        today=today(),
        sides=_sides(args.side),
        formats=tuple(args.format.split(",")),
        out=Path(args.out).resolve() if args.out else None,
    )
    found = made.register
    told = f"{found.year}年：发文{len(found.sent)}件，收文{len(found.received)}件"
    return Outcome(lines=(told, *map(str, made.files)), data=_data(made), remarks=made.remarks)


def _sides(name: str) -> tuple[Side, ...]:
    from editorial.desk.letter_register import Side

    known = {"out": Side.OUT, "发文": Side.OUT, "in": Side.IN, "收文": Side.IN}
    if not name:
        return tuple(Side)
    if name not in known:
        raise EditorialError(f"没有“{name}”这种登记", hint="可用：out（发文）、in（收文）")
    return (known[name],)


def _data(made: Made) -> dict[str, Any]:
    found = made.register
    return {
        "year": found.year,
        "sent": [asdict(each) for each in found.sent],
        "received": [asdict(each) for each in found.received],
        "files": [str(path) for path in made.files],
    }


LEDGER = Verb(
    name="ledger",
    help="登记簿：一年的发文、收文登记和回函统计，印成表格",
    run=letter_ledger,
    arguments=(
        arg("--kind", dest="side", default="", metavar="哪本", help="out 发文、in 收文；默认都印"),
        arg("--year", type=whole, default=0, metavar="年", help="默认今年"),
        arg("--format", default="xlsx,docx", metavar="格式", help="xlsx、docx，默认都出"),
        arg("--out", default="", metavar="目录", help="放在哪里，默认 out/"),
    ),
    example="editorial letter ledger --kind out --year 2020",
)
