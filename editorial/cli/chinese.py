"""argparse speaks Chinese: its own words, looked up where it looks up translations, and helps in
columns that line up although a Chinese character is two columns wide."""

from __future__ import annotations

import re
import sys
from argparse import (
    Action,
    ArgumentError,
    ArgumentParser,
    RawDescriptionHelpFormatter,
    _SubParsersAction,
)
from collections.abc import Iterable, Sequence
from itertools import pairwise
from types import ModuleType
from typing import Any, NoReturn

from editorial.cli.table import padded, width
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
    "invalid %(type)s value: %(value)r": "%(value)r 不是合用的值（应为 %(type)s）",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "not allowed with argument %s": "不能与 %s 同用",
    "ignored explicit argument %r": "不需要值 %r",
}


PART = re.compile(r"--?\S+ [^\s\[-]\S*|\(.*?\)+(?=\s|$)|\[.*?\]+(?=\s|$)|\S+")  # of a usage
PIECE = re.compile(r"[!-~]+| +|.")  # what a line may end behind
NO_START = frozenset("，。、；：？！）”’》】…—")


class Formatter(RawDescriptionHelpFormatter):
    """Measures columns, not characters; a command stands once, under its heading."""

    def add_argument(self, action: Action) -> None:
        super().add_argument(action)
        for each in (action, *_commands(action)):
            columns = self._current_indent + width(self._format_action_invocation(each))
            self._action_max_length = max(self._action_max_length, columns)

    def _format_action(self, action: Action) -> str:
        if commands := _commands(action):
            return "".join(map(self._format_action, commands))
        place = min(self._action_max_length + 2, self._max_help_position)
        head = " " * self._current_indent + self._format_action_invocation(action)
        told = wrapped(self._expand_help(action), self._width - place) if action.help else []
        if told and width(head) + 2 <= place:
            head = padded(head, place) + told.pop(0)
        return "\n".join([head, *(" " * place + line for line in told)]) + "\n"

    def _format_usage(
        self,
        usage: str | None,
        actions: Iterable[Action],
        groups: Iterable[Any],
        prefix: str | None,
    ) -> str:
        """As argparse has it in one line, broken between what belongs together."""
        room, self._width = self._width, sys.maxsize
        line = super()._format_usage(usage, actions, groups, prefix).strip()
        self._width = room
        indent = min(width(line[: line.find(self._prog)] + self._prog) + 1, room // 2)
        lines, at = [""], 0
        for part in PART.findall(line):
            if at and at + 1 + width(part) > room:
                lines.append(" " * (indent - 1))
                at = indent - 1
            lines[-1] += f" {part}" if at else part
            at = width(lines[-1])
        return "\n".join(lines) + "\n\n"

    def _fill_text(self, text: str, columns: int, indent: str) -> str:
        """An example stays a line that can be copied."""
        lines = text.splitlines()
        told = (
            [line] if line.startswith("例：") else wrapped(line, columns - len(indent))
            for line in lines
        )
        return "\n".join(indent + line for each in told for line in each)


def _commands(action: Action) -> Sequence[Action]:
    return action._choices_actions if isinstance(action, _SubParsersAction) else ()


def wrapped(text: str, columns: int) -> list[str]:
    """In lines of at most so many columns; no word of Latin letters is cut, nor does a line begin
    with what closes something."""
    lines = [""]
    for piece in PIECE.findall(" ".join(text.split())):
        full = width(lines[-1] + piece) > columns and piece not in NO_START
        if full and lines[-1]:
            lines[-1] = lines[-1].rstrip()
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return lines


class Parser(ArgumentParser):
    """Refuses as everything else does, and takes terms of a filter for what they are."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": Formatter, **options})
        self._negative_number_matcher = VALUE
        self._reads_twice = False

    def _parse_optional(self, arg_string: str) -> Any:
        """A term that begins with the letter of an option is none: -h:3."""
        return None if VALUE.match(arg_string) else super()._parse_optional(arg_string)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What a command does not know is refused with the usage of that command."""
        if self._reads_twice:
            return super().parse_known_args(args, namespace)
        if self._may_leave_out_the_first():
            known, strange = self._mixed(args, namespace)
        else:
            known, strange = super().parse_known_args(args, namespace)
        if strange:
            options = self._option_string_actions
            meant = _meant(strange[0].partition("=")[0], options)
            self.error(f"不认识的参数：{' '.join(strange)}{meant}".rstrip("；"))
        return known, strange

    def _may_leave_out_the_first(self) -> bool:
        """Whether a word may be left out before one that may not."""
        words = [action.nargs for action in self._get_positional_actions()]
        return ("?", None) in pairwise(words)

    def _mixed(self, args: Any, namespace: Any) -> Any:
        """Options first, then the words by themselves: else those before an option would be
        dealt out without those behind it."""
        formatter = self._get_formatter()
        formatter.add_usage(None, self._actions, self._mutually_exclusive_groups, prefix="")
        self.usage = formatter.format_help().strip()  # else taken from English words, by length
        self._reads_twice = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._reads_twice, self.usage = False, None

    def _check_value(self, action: Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        choices = [f"{each}" for each in action.choices]
        told = f"{_meant(value, choices)}可用：{'、'.join(choices)}"
        if _commands(action):
            raise ArgumentError(None, f"没有“{value}”这个命令{told}")
        raise ArgumentError(action, f"没有“{value}”{told}")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        raise EditorialError(message, hint=f"用 {self.prog} --help 查看用法")


def _meant(typed: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(typed, list(known), 1)
    return f"；是不是 {near[0]}？" if near else "；"


def asked_for_help(words: Sequence[str]) -> Sequence[str]:
    """`help letter new`, as somebody types it, is `letter new --help`."""
    at = 0
    while words[at : at + 1] and words[at].startswith("-"):
        at += 2 if words[at] in ("-C", "--volume", "--as") else 1
    if list(words[at : at + 1]) != ["help"]:
        return words
    return (*words[:at], *words[at + 1 :], "--help")


def in_chinese(argparse: ModuleType) -> None:
    def chinese(text: str) -> str:
        return WORDS.get(text, text)

    def counted(one: str, many: str, number: int) -> str:
        return WORDS.get(one if number == 1 else many, one)

    setattr(argparse, "_", chinese)  # noqa: B010 (the module's private name)
    setattr(argparse, "ngettext", counted)  # noqa: B010
