"""The commands on text: edit, table."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now
from editorial.errors import EditorialError, unreadable

if TYPE_CHECKING:
    from editorial.desk.office import Desk
    from editorial.desk.writing import Writing


def edit(args: Namespace) -> Outcome:
    from editorial.desk.office import refuse_reader
    from editorial.desk.own_editor import read_text
    from editorial.desk.writing import take_up

    desk = desk_of(args)
    refuse_reader(desk)
    taken = take_up(desk, args.node)
    if args.text in ("", "-"):
        return _edited(desk, taken, args)
    return _handed_in(desk, taken, read_text(args.text), args)


def _edited(desk: Desk, taken: Writing, args: Namespace) -> Outcome:
    """By what comes in, or in one's own editor."""
    from editorial.desk.own_editor import own_editor, read_text
    from editorial.desk.writing import set_out

    words = own_editor()
    if not (words or args.text):
        hint = (
            "设好 EDITOR，如 export EDITOR=nano，Windows 的 PowerShell 里如 "
            '$env:EDITOR="code --wait"；或用 --text 文件 给出新的正文'
        )
        raise EditorialError("没有设编辑器（$VISUAL、$EDITOR）", hint=hint)
    data = sys.stdin.buffer.read() if args.text else taken.text.encode()
    copy = set_out(desk, taken, data, at=now())
    with _not_lost(desk, taken, copy):
        if not args.text:
            _run(words, desk, copy)
        text = read_text(desk.root / copy)
        if taken.text.strip() and not text.strip():  # a pipe that broke, a disk that was full
            hint = "确要清空的，用 --text 给出一个空文件"
            raise EditorialError("交来的正文是空的，没有存入", hint=hint)
        return _handed_in(desk, taken, text, args, copy)


def _run(words: list[str], desk: Desk, copy: str) -> None:
    from editorial.desk.own_editor import run_editor

    code = run_editor(words, desk.root / copy)
    if code is None:
        raise EditorialError(f"打不开编辑器“{words[0]}”", hint="请检查 $EDITOR")
    if code:
        raise EditorialError(f"编辑器没有正常结束（返回{code}），没有写入", hint="请再试一次")


def _handed_in(desk: Desk, taken: Writing, text: str, args: Namespace, copy: str = "") -> Outcome:
    from editorial.desk.writing import hand_in, put_away

    if text.rstrip("\n") != taken.text.rstrip("\n"):
        return done(hand_in(desk, taken, text, at=now(), note=args.note, copy=copy))
    if copy:
        put_away(desk, copy)
    return Outcome(lines=("正文没有改动",), data={"commit": ""})


@contextmanager
def _not_lost(desk: Desk, taken: Writing, copy: str) -> Iterator[None]:
    """Whatever goes wrong, it is said where the text lies; where nothing was written, nothing
    is left lying."""
    from editorial.desk.writing import is_untouched, put_away, say_where

    try:
        yield
    except BaseException as error:
        if is_untouched(desk, taken, copy):
            put_away(desk, copy)
        elif isinstance(error, EditorialError):
            say_where(error, copy)
        else:
            print(f"写好的一稿另存在 {copy}", file=sys.stderr)
        raise


def table(args: Namespace) -> Outcome:
    from editorial.desk.table_text import table_of_file

    data = sys.stdin.buffer.read() if args.file == "-" else _bytes(args.file)
    block = table_of_file(data, args.file)
    return Outcome(lines=tuple(block.splitlines()), data={"table": block})


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise unreadable(error, name) from error


EDIT = Verb(
    name="edit",
    help="改一个分目的正文，存下即记一次（发稿以后不能改）",
    run=edit,
    arguments=(
        arg("node", metavar="分目", help="分目编号，或不重名的标题"),
        arg("--text", default="", metavar="文件", help="用这个文件作正文，- 为标准输入"),
        arg("--note", default="", metavar="说明", help="写进历史的说明"),
    ),
    example="editorial edit 03-keji-chuangxin/05-rencai",
)

TABLE = Verb(
    name="table",
    help="把 .csv 或复制来的表格改成正文里表的写法，打印出来",
    run=table,
    arguments=(arg("file", metavar="文件", help=".csv，或存着复制来的几行的文件；- 为标准输入"),),
    example="editorial table 平台.csv",
)
