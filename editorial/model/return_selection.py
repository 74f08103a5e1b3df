"""Which papers that came in are wanted, by terms one can type: `状态:待认领 来自:深圳`."""

from __future__ import annotations

from collections.abc import Callable

from editorial.model.returns import Return, ReturnState, return_state
from editorial.model.selection import Language

Shown = Callable[[Return, None], tuple[str, ...]]


def _waits(paper: Return, _: None) -> tuple[str, ...]:
    return ("待认领",) if return_state(paper) is ReturnState.UNMATCHED else ()


KEYS: dict[str, Shown] = {
    "编号": lambda paper, _: (paper.id,),
    "状态": lambda paper, _: (return_state(paper).label, return_state(paper).value),
    "类别": lambda paper, _: (paper.kind.label,),
    "方式": lambda paper, _: (paper.channel.label,),
    "收到": lambda paper, _: (f"{paper.at:%Y-%m-%d %H:%M}",),
    "函件": lambda paper, _: (paper.letter, *paper.candidates),
    "凭据": lambda paper, _: (paper.matched_by,),
    "来自": lambda paper, _: (paper.sender,),
    "主题": lambda paper, _: (paper.subject,),
    "文件": lambda paper, _: tuple(each.name for each in paper.papers),
    "待认领": _waits,
}


def _anything(paper: Return, _: None) -> tuple[str, ...]:
    answer = (paper.answer.label,) if paper.answer else ()
    known = (word for shown in KEYS.values() for word in shown(paper, None))
    return (*known, *answer, paper.reason, *paper.told)


RETURNS = Language(keys=KEYS, anything=_anything, flags=frozenset({"待认领"}))
