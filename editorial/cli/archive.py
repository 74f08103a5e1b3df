"""Commands on the archive: archive list|verify."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, today
from editorial.errors import EditorialError


def archive_list(args: Namespace) -> Outcome:
    from editorial.desk.archive import make_archive_list

    made = make_archive_list(
        desk_of(args),
        today=today(),
        formats=tuple(args.format.split(",")),
        out=Path(args.out).absolute() if args.out else None,
    )
    found = made.found
    told = f"归档目录：{len(found.things)}件，文件{len(found.files)}个，共{found.size:,} 字节"
    return Outcome(
        lines=(told, *map(str, made.files)),
        data={
            "commit": found.commit,
            "things": [asdict(each) for each in found.things],
            "files": [asdict(each) for each in found.files],
            "absent": list(found.absent),
            "written": [str(path) for path in made.files],
        },
        remarks=tuple(f"登记过而不在：{each}" for each in found.absent),
    )


def archive_verify(args: Namespace) -> Outcome:
    from editorial.desk.archive import archive_verify as check

    listed = Path(args.list)
    if listed.suffix.lower() in (".xlsx", ".docx"):
        raise EditorialError("核对要用文本的那一份目录", hint="请给同名的 .txt")
    found = check(desk_of(args), listed, Path(args.dir) if args.dir else None)
    told = (
        ("改过", found.changed),
        ("不见", found.missing),
        ("多出", found.extra),
    )
    lines = [f"目录列有{found.count}个文件，" + ("与目录相符" if found.sound else "与目录不符")]
    lines += [f"  {what}　{path}" for what, paths in told for path in paths]
    return Outcome(lines=tuple(lines), data=asdict(found), code=0 if found.sound else 1)


ARCHIVE = (
    Verb(
        name="list",
        help="归档目录：全部记录、稿样、函件、意见、校样，附 SHA-256",
        run=archive_list,
        arguments=(
            arg("--format", default="xlsx,docx,txt", metavar="格式", help="默认都出"),
            arg("--out", default="", metavar="目录", help="放在哪里，默认 out/"),
        ),
    ),
    Verb(
        name="verify",
        help="核对文件与归档目录是否相符",
        run=archive_verify,
        arguments=(
            arg("list", metavar="目录", help="archive list 写出的 .txt"),
            arg("--dir", default="", metavar="文件夹", help="存放归档文件的地方，默认是本书的目录"),
        ),
    ),
)
