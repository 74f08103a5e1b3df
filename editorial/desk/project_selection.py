"""Which volumes are wanted, by terms one can type: `类别:志 阶段:编纂 逾期` (`selection`)."""

from __future__ import annotations

from collections.abc import Callable

from editorial.desk.projects import Project
from editorial.model.selection import Language


def _yes(up: object, word: str) -> tuple[str, ...]:
    return (word,) if up else ()


KEYS: dict[str, Callable[[Project, None], tuple[str, ...]]] = {
    "书名": lambda each, _: (each.title, each.id),
    "类别": lambda each, _: (each.kind,),
    "阶段": lambda each, _: (each.stage,),
    "编审": lambda each, _: (each.editing.label,),
    "供稿": lambda each, _: (each.supply.label,),
    "逾期": lambda each, _: _yes(each.overdue, "逾期"),
    "有改动": lambda each, _: _yes(each.hand, "有改动"),
    "读不了": lambda each, _: _yes(each.fault, "读不了"),
}


def _anything(each: Project, _: None) -> tuple[str, ...]:
    return tuple(word for shown in KEYS.values() for word in shown(each, None))


PROJECTS = Language(keys=KEYS, anything=_anything, flags=frozenset({"逾期", "有改动", "读不了"}))
