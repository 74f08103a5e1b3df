"""The command on text: edit."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now
from editorial.errors import EditorialError, unreadable


def edit(args: Namespace) -> Outcome:
    from editorial.desk.writing import hand_in, take_up

    desk = desk_of(args)
    taken = take_up(desk, args.node)
    text = _read(args.text) if args.text else _written(taken.text)
    if text == taken.text:
        return Outcome(lines=("正文没有改动",), data={"commit": ""})
    return done(hand_in(desk, taken, text, at=now(), note=args.note))


def _read(name: str) -> str:
    """A file, or what comes in when the name is -."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise unreadable(error, name) from error
    except UnicodeDecodeError:
        raise EditorialError("不是 UTF-8 编码", where=name, hint="请另存为 UTF-8") from None


def _written(text: str) -> str:
    """What the editor left of a copy."""
    import shlex
    import subprocess
    import tempfile

    words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not words:
        hint = "设好 EDITOR，如 export EDITOR=nano；或用 --text 文件 给出新的正文"
        raise EditorialError("没有设编辑器（$VISUAL、$EDITOR）", hint=hint)
    with tempfile.TemporaryDirectory(prefix="editorial-") as folder:
        file = Path(folder) / "text.md"
        file.write_text(text, encoding="utf-8", newline="")
        try:
            code = subprocess.run([*words, str(file)], check=False).returncode
        except OSError as error:
            raise EditorialError(f"打不开编辑器“{words[0]}”", hint="请检查 $EDITOR") from error
        if code:
            raise EditorialError(f"编辑器没有正常结束（返回{code}），没有写入", hint="请再试一次")
        return _read(str(file))


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
