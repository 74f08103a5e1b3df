"""What a command has to say: lines for people, data for machines, an exit code."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime
from typing import Any, TypeAlias

from editorial.desk.office import Act, Desk, open_desk, put_right
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`remarks` go to stderr, so that stdout holds results only."""

    lines: tuple[str, ...] = ()
    data: Any = None
    code: int = 0
    remarks: tuple[str, ...] = ()


Command: TypeAlias = Callable[[Namespace], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One command: its words, what it does, its arguments; or one that only holds `verbs`."""

    name: str
    help: str
    run: Command | None = None
    arguments: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = field(default=())
    example: str = ""
    verbs: tuple[Verb, ...] = ()


def arg(*names: str, **options: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return names, options


def whole(text: str) -> int:
    """A number from 0 up, for argparse."""
    if not text.isdecimal():
        negative = text.removeprefix("-").isdecimal()
        raise ArgumentTypeError(f"“{text}”{'是负数，这里不能写负数' if negative else '不是整数'}")
    return int(text)


def now() -> datetime:
    """The clock is asked here and in the TUI, nowhere below."""
    return datetime.now().astimezone().replace(microsecond=0)


def today() -> date:
    return now().date()


def desk_as_it_is(args: Namespace) -> Desk:
    return open_desk(args.folder, volume=args.volume, by=args.by, read_only=args.read_only)


def desk_of(args: Namespace) -> Desk:
    """The desk, an act that was killed in the middle put right first."""
    desk = desk_as_it_is(args)
    if told := put_right(desk):
        print(told, file=sys.stderr)
    return desk


def done(act: Act, **more: Any) -> Outcome:
    """An act as an outcome."""
    data = {"message": act.message, "nodes": list(act.nodes), "commit": act.commit, **more}
    book = (f"办在 {act.book}；办别的书，用 --volume 选择，或先进入那部书的文件夹",)
    return Outcome(
        lines=(act.message, *((f"提交 {act.commit[:10]}",) if act.commit else ())),
        data=data,
        remarks=(*act.remarks, *(book if act.book else ())),
    )
