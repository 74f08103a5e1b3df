"""argparse speaks Chinese: its own words, looked up where it looks up translations."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from types import ModuleType
from typing import Any, NoReturn

from editorial.errors import EditorialError

# -5, and a term of a filter turned round: -状态:办结, -zt:bj.
VALUE = re.compile(r"-\d+$|-\d*\.\d+$|-[^-\x00-\x7f]|-\w+[:：]")

WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "optional arguments": "选项",
    "options": "选项",
    "show this help message and exit": "显示这个说明",
    "show program's version number and exit": "显示版本",
    "the following arguments are required: %s": "还缺少：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "expected at most one argument": "后面最多写一个值",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r；可用：%(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 不是合用的值（应为 %(type)s）",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "not allowed with argument %s": "不能与 %s 同用",
    "ignored explicit argument %r": "不需要值 %r",
    "unknown parser %(parser_name)r (choices: %(choices)s)": (
        "没有命令 %(parser_name)r；可用：%(choices)s"
    ),
}


class Parser(ArgumentParser):
    """Refuses as everything else does, and takes terms of a filter for what they are."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._negative_number_matcher = VALUE

    def _parse_optional(self, arg_string: str) -> Any:
        """A term that begins with the letter of an option is none: -h:3."""
        return None if VALUE.match(arg_string) else super()._parse_optional(arg_string)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        raise EditorialError(message, hint=f"用 {self.prog} --help 查看用法")


def in_chinese(argparse: ModuleType) -> None:
    def chinese(text: str) -> str:
        return WORDS.get(text, text)

    def counted(one: str, many: str, number: int) -> str:
        return WORDS.get(one if number == 1 else many, one)

    setattr(argparse, "_", chinese)  # noqa: B010 (the module's private name)
    setattr(argparse, "ngettext", counted)  # noqa: B010
