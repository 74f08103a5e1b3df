"""The command serve: the dashboard in a browser."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, whole
from editorial.errors import EditorialError, unreadable

if TYPE_CHECKING:
    from editorial.desk.office import Desk
    from editorial.tui.web.server import House

HIGHEST = 65535
OPEN = "注意：别的机器也能打开，谁拿到地址谁就能进；内容和口令都不加密传送，只宜在信得过的内网里用"


def port(text: str) -> int:
    number = whole(text)
    if number > HIGHEST:
        raise ArgumentTypeError(f"端口最大是 {HIGHEST}")
    return number


def serve(args: Namespace) -> Outcome:
    from editorial.tui.web.gate import is_loopback
    from editorial.tui.web.server import addresses
    from editorial.tui.web.server import serve as keep_serving

    house = _house(args)
    if not is_loopback(house.host):
        print(OPEN, file=sys.stderr)

    def ready(number: int) -> None:
        told = (f"{who}\n  {address}" for who, address in addresses(house, number))
        print("\n".join(("在浏览器里打开：", *told, "按 Ctrl-C 停止")), flush=True)

    keep_serving(house, ready)
    return Outcome(lines=("已停止",))


def _house(args: Namespace) -> House:
    from editorial.desk.office import volumes
    from editorial.tui.web.gate import passes
    from editorial.tui.web.server import House

    desk = desk_of(args)
    people = _people(desk, args)
    titles = dict(volumes(desk))
    return House(
        desk=desk,
        title=titles.get(desk.volume_id, desk.volume_id),
        passes=passes(_secret(args, desk), people, read_only=args.read_only),
        host=args.host,
        port=args.port,
    )


def _people(desk: Desk, args: Namespace) -> tuple[str, ...]:
    """The names given with --for, or with --as; each must be one of staff.yaml."""
    from editorial.desk.office import loaded
    from editorial.model.people import find_editor

    named = tuple(dict.fromkeys((*([desk.by] if desk.by else []), *args.people)))
    staff = loaded(desk).volume.staff if named else ()
    return tuple(find_editor(staff, each).name for each in named)


def _secret(args: Namespace, desk: Desk) -> str:
    """From the file (made when it is not there), from the environment, or fresh each time."""
    from editorial.tui.web.gate import LEAST, fresh_secret

    if args.token_file is None:
        found = os.environ.get("EDITORIAL_SERVE_SECRET", "").strip()
        where = "环境变量 EDITORIAL_SERVE_SECRET"
        if not found:
            return fresh_secret()
    else:
        found, where = _kept(args.token_file, desk), str(args.token_file)
    if len(found) < LEAST:
        hint = "删去这个文件再开一次，会另写一个；或自己写一串随机的字母数字"
        raise EditorialError(f"口令太短，至少要{LEAST}个字", where=where, hint=hint)
    return found


def _kept(path: Path, desk: Desk) -> str:
    from editorial.tui.web.gate import fresh_secret

    if path.resolve().is_relative_to(desk.root):
        hint = "换一个工作区以外的地方，免得随工作区一起提交、传给别人"
        raise EditorialError("口令文件不能放在工作区里", where=str(path), hint=hint)
    try:
        if not path.exists():
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(fresh_secret() + "\n")
        return path.read_text("utf-8", "replace").strip()
    except OSError as error:
        raise unreadable(error, path) from error


SERVE = Verb(
    name="serve",
    help="在浏览器里打开看板：开一个只有本机能连的服务，给出带口令的地址",
    run=serve,
    arguments=(
        arg("--port", type=port, default=8000, metavar="端口", help="默认 8000；0 为任一空闲的"),
        arg(
            "--host",
            default="127.0.0.1",
            metavar="地址",
            help="在哪个地址上听，默认只有本机；0.0.0.0 为内网的机器也能打开",
        ),
        arg(
            "--for",
            dest="people",
            action="append",
            default=[],
            metavar="姓名",
            help="给这个人单独一个地址，以其名义办事；可写多次",
        ),
        arg(
            "--token-file",
            type=Path,
            metavar="文件",
            help="口令存在这个文件里，重开后地址不变；没有就新写一个",
        ),
    ),
    example="editorial serve --for 林清 --for 苏静",
)
