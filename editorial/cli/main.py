"""The `editorial` command: arguments → one desk call → printed lines → exit code.

0 done · 1 findings or blocked items remain · 2 bad input or refused · 3 bug · 130 interrupted
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from editorial import __version__
from editorial.cli.book import VERBS
from editorial.cli.chinese import Parser, asked_for_help, in_chinese
from editorial.cli.gate import HANDOVER
from editorial.cli.outcome import Outcome, Verb
from editorial.cli.printing import PRINTING
from editorial.cli.receiving import RECEIVE
from editorial.cli.serve import SERVE
from editorial.cli.streams import json_text, nobody_reads, open_streams, speak_plainly
from editorial.cli.writing import EDIT, TABLE
from editorial.errors import BadData, EditorialError, Refused, no_entry

# Imported only when asked for: the board need not wait for what letters are made of.
GROUPS = {
    "letter": ("函件：拟稿 核稿 签发 发出 回函 办结", "editorial.cli.letter"),
    "mail": ("信箱：收新来件", "editorial.cli.returns"),
    "returns": ("来件：一览、查看、认领、搁置", "editorial.cli.returns"),
    "unit": ("单位：登记、联络员、回函情况", "editorial.cli.unit"),
    "chase": ("催报：当天名单、登记联系、日结、每日情况", "editorial.cli.chase"),
    "round": ("评议轮次", "editorial.cli.round"),
    "opinion": ("评议意见", "editorial.cli.opinion"),
    "proof": ("校样", "editorial.cli.proof"),
    "paper": ("发稿单、付印单", "editorial.cli.paper"),
    "gate": ("关口：批准、审查验收、备案", "editorial.cli.gate"),
    "archive": ("归档：目录、核对", "editorial.cli.archive"),
}

MOST_LINES = 100  # of what stands in the way, on a screen


def run() -> NoReturn:
    """The command as a process of its own. It leaves at once: taking apart the million small
    things of a book one by one would cost a tenth of making it."""
    settle_in()
    open_streams()
    code = main()
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def settle_in(platform: str = sys.platform) -> None:
    """Windows would run a git.exe lying in the folder one stands in before the one installed."""
    if platform == "win32":
        os.environ["NODEFAULTCURRENTDIRECTORYINEXEPATH"] = "1"


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code and never raises."""
    speak_plainly()
    words = list(asked_for_help(sys.argv[1:] if argv is None else argv))
    try:
        args = _parser(words).parse_args(words)
    except SystemExit as stop:  # argparse has given its help
        return stop.code if isinstance(stop.code, int) else 2
    except EditorialError as error:
        return _refuse(error, as_json="--json" in words)
    try:
        _refuse_garbled(words)
        outcome = args.run(args) if args.run else _open_board(args)
        return _shown(outcome, as_json=args.json)
    except EditorialError as error:
        return _refuse(error, as_json=args.json)
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `| head` has seen enough
        _print_no_more()
        return 0
    except PermissionError as error:
        return _refuse(_not_permitted(error), as_json="--json" in words)
    except Exception:
        return _bug()


def _shown(outcome: Outcome, *, as_json: bool) -> int:
    """The exit code. What is done is done, though nobody can be told."""
    try:
        _print(outcome, as_json=as_json)
    except OSError as error:
        if nobody_reads(error):
            raise BrokenPipeError from error
        _print_no_more()
        return _unshown(outcome, error)
    return outcome.code


def _print_no_more() -> None:
    """What could not be printed would be tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unshown(outcome: Outcome, error: OSError) -> int:
    why = "磁盘已满" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "那里写不进去"
    commit = outcome.data.get("commit") if isinstance(outcome.data, dict) else ""
    if not commit:
        print(f"错误：结果没能显示：{why}\n办法：换一个地方存结果，再试一次", file=sys.stderr)
        return 2
    told = f"已办好（提交 {commit[:10]}），只是结果没能显示：{why}。不必再办一次。"
    print(told, file=sys.stderr)
    return outcome.code


def _refuse_garbled(words: list[str]) -> None:
    """Bytes that are no UTF-8 reach us as lone surrogates, which no file could hold."""
    for word in words:
        if any("\ud800" <= char <= "\udfff" for char in word):
            raise EditorialError(f"参数“{word}”不是 UTF-8 文字", hint="请检查终端的编码")


def _open_board(args: Namespace) -> Outcome:
    from editorial.cli.outcome import desk_of

    desk = desk_of(args)
    if not (sys.stdout.isatty() or os.environ.get("TEXTUAL_DRIVER")):  # a browser needs none
        raise EditorialError("看板要在终端里打开", hint="看进度可用 editorial status")
    from editorial.tui.app import run

    return Outcome(code=run(desk))


def _print(outcome: Outcome, *, as_json: bool) -> None:
    for remark in outcome.remarks:
        print(remark, file=sys.stderr)
    if as_json:
        print(json_text(outcome.data, _plain))
    elif outcome.lines:
        print("\n".join(outcome.lines))
    sys.stdout.flush()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _first(lines: Sequence[str]) -> Iterator[str]:
    """As many as one reads; all of them are in --json."""
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield f"……还有{len(lines) - MOST_LINES}处，加 --json 可全部列出"


def _refuse(error: EditorialError, *, as_json: bool) -> int:
    problems = [str(problem) for problem in error.problems] if isinstance(error, BadData) else []
    blockers = error.blockers if isinstance(error, Refused) else ()
    where = f"（{error.where}）" if error.where else ""
    print(f"错误：{error.message}{where}", file=sys.stderr)
    for line in (*problems, *_first(tuple(map(str, blockers)))):
        print(f"  {line}", file=sys.stderr)
    if error.hint:
        print(f"办法：{error.hint}", file=sys.stderr)
    if as_json:
        data = {
            "error": error.message,
            "where": error.where,
            "hint": error.hint,
            "problems": problems,
            "blockers": [
                {"node": b.node, "guard": b.guard, "message": b.message} for b in blockers
            ],
        }
        try:
            print(json_text(data), flush=True)
        except OSError:  # the exit code and the words beside say it all the same
            _print_no_more()
    return error.exit_code


def _not_permitted(error: PermissionError) -> EditorialError:
    where = str(error.filename or "")
    hint = "请检查这个文件和它所在目录的权限，或看它是不是正被别的程序占用，再试"
    shut = no_entry(Path(where)) if where else None
    return shut or EditorialError("没有权限，没有办成", where=where, hint=hint)


def _bug() -> int:
    """A fault of the program: the traceback goes to a file, its path to the user."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="editorial-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(f"editorial {__version__}, Python {sys.version}\n{sys.argv}\n\n")
        log.write(traceback.format_exc())
    print(
        f"错误：程序自身出了故障，没有完成。\n办法：请把这个文件发给开发者：{log.name}",
        file=sys.stderr,
    )
    return 3


def _parser(argv: list[str]) -> ArgumentParser:
    in_chinese(argparse)
    parser = Parser(
        prog="editorial",
        description="年鉴、地方志编纂流程工具。不写命令时打开看板。",
        epilog="各命令的用法：editorial 命令 --help",
    )
    parser.add_argument(
        "--version", action="version", version=f"editorial {__version__}", help="版本"
    )
    _common(parser, top=True)
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(metavar="命令", title="命令")
    for verb in (*VERBS, EDIT, TABLE, *PRINTING, RECEIVE, HANDOVER, SERVE):
        _add(commands, verb)
    for name, (help_, module) in GROUPS.items():
        group = commands.add_parser(name, help=help_, description=help_)
        if name in argv:
            _fill(group, getattr(import_module(module), name.upper()))
    return parser


def _fill(group: ArgumentParser, verbs: tuple[Verb, ...]) -> None:
    inner = group.add_subparsers(metavar="做什么", title="做什么", required=True)
    for verb in verbs:
        _add(inner, verb)


def _add(commands: Any, verb: Verb) -> None:
    example = f"例：{verb.example}" if verb.example else None
    parser = commands.add_parser(
        verb.name,
        help=verb.help,
        description=verb.help,
        epilog=example,
    )
    for names, options in verb.arguments:
        parser.add_argument(*names, **options)
    if verb.verbs:
        _fill(parser, verb.verbs)
        return
    _common(parser, top=False)
    parser.set_defaults(run=verb.run)


def _common(parser: ArgumentParser, *, top: bool) -> None:
    """Understood before and after the command; given after, it wins."""

    def default(value: Any) -> Any:
        return value if top else argparse.SUPPRESS

    group = parser.add_argument_group("通用")
    group.add_argument(
        "-C",
        dest="folder",
        type=Path,
        default=default(None),
        metavar="目录",
        help="工作区，默认当前目录",
    )
    group.add_argument(
        "--volume",
        default=default(None),
        metavar="书",
        help="volumes/ 下的书名目录，不写取所在文件夹的书",
    )
    group.add_argument(
        "--as",
        dest="by",
        default=default(None),
        metavar="姓名",
        help="以谁的名义，默认按 git 的姓名邮箱",
    )
    group.add_argument(
        "--read-only",
        action="store_true",
        default=default(False),
        help="只看：看板和命令都不写入任何内容",
    )
    group.add_argument(
        "--json", action="store_true", default=default(False), help="结果用 JSON 输出"
    )


if __name__ == "__main__":
    sys.exit(main())
