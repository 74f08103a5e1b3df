"""Taking opinions in from papers, and giving them out as a sheet."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from editorial.cli.opinion_view import imported_data, imported_lines
from editorial.cli.outcome import Outcome, Verb, arg, desk_of, now, today
from editorial.errors import EditorialError


def opinion_import(args: Namespace) -> Outcome:
    from editorial.desk.opinion_import import Wanted, import_opinions

    wanted = Wanted(by=args.source, channel=args.channel, node=args.node, dry=args.dry_run)
    lines: list[str] = []
    data = []
    remarks: list[str] = []
    bad = False
    for one in import_opinions(desk_of(args), args.round, args.files, wanted, at=now()):
        lines += imported_lines(one, dry=args.dry_run)
        data.append(imported_data(one))
        remarks += one.remarks
        bad = bad or bool(one.fault)
    if args.dry_run:
        lines.append("只是试看，什么也没有写")
    return Outcome(lines=tuple(lines), data=data, code=int(bad), remarks=tuple(remarks))


def opinion_export(args: Namespace) -> Outcome:
    from editorial.desk.opinion_list import Chosen, chosen_opinions, register_bytes
    from editorial.store.save import put_output

    desk = desk_of(args)
    if args.out and args.out.suffix.casefold() != ".xlsx":
        raise EditorialError(
            f"意见只导出为 .xlsx，不能写成“{args.out.name}”", hint="--out 写 .xlsx 结尾的文件名"
        )
    picked = chosen_opinions(desk, Chosen(round=args.round, where=args.where))
    if not picked:
        raise EditorialError("没有这样的意见", hint="见 editorial opinion list")
    name, data = register_bytes(desk, picked, args.round, today())
    path = args.out or desk.root / "volumes" / desk.volume_id / "out" / name
    put_output(path, data, desk.workspace)
    told = {"file": str(path), "count": len(picked)}
    return Outcome(lines=(f"{len(picked)}条意见", str(path)), data=told)


WHERE = arg(
    "--where",
    default="",
    metavar="条件",
    help="如 '处理:待定 性质:必须 -类别:文字'；可用：篇目、提出、身份、方式、处理、类别、性质、"
    "单位、编辑、函、未答、未落位、未复核、重复",
)
CHANNELS = "书面、批注稿、会议、邮件、电话、微信、当面"  # those of the model, not loaded for --help
IMPORT = Verb(
    name="import",
    help="从意见表、批注稿、纪要、邮件、电话记录取意见",
    run=opinion_import,
    arguments=(
        arg("round", metavar="轮次"),
        arg("files", nargs="+", type=Path, metavar="文件", help="docx、xlsx、csv、txt、eml"),
        arg("--by", dest="source", default="", metavar="提出人", help="不写的，从表上和编号本认"),
        arg("--channel", default="", metavar="方式", help=CHANNELS),
        arg("--node", default="", metavar="分目", help="落不了位的都落到这个分目"),
        arg("--dry-run", action="store_true", help="只看会取到什么，不写"),
    ),
    example="editorial opinion import 02 意见表*.docx 纪要.txt --dry-run",
)
EXPORT = Verb(
    name="export",
    help="意见导出为 xlsx，可填好处理再读回",
    run=opinion_export,
    arguments=(
        arg("round", nargs="?", default="", metavar="轮次"),
        WHERE,
        arg("--out", type=Path, metavar="文件", help=".xlsx 文件，默认放在 out/"),
    ),
)
