"""What a unit's answer to a forwarded opinion comes to."""

from __future__ import annotations

import re

from editorial.model.clauses import asks, clauses, denies
from editorial.model.labels import Disposition, LetterState
from editorial.values import dataclass

_KEPT = re.compile(
    r"无误|(?:不(?:作|需|必|予|用|要)?|无[需须])(?:再|作)?(?:修改|更改|改动|调整)"
    r"|(?<!不)(?<!不[予再])(?:维持|保留(?!.{0,4}(?:位|整数)))|[按以]原文(?!件)|未发现"
)
_TRUE = re.compile(r"属实|准确|与.{0,8}一致")
_UNTRUE = re.compile(r"不(?:太|够|甚|尽|完全)?(?:属实|准确|一致)")  # of what, is not said
_CHANGED = re.compile(
    r"(?:应|改|更正|修改|修正|调整)(?:为|成)|有误|错误|差错|已(?:更正|修改|补充)"
    r"|请(?:改|按)|现报"
)
# Denied is what stands right behind, not what is quoted or to be put in: 应为未成年人.
_REFUSED = re.compile(
    r"(?:不|没有?|未|无)"
    r"(?:再|作|应|宜|该|需|要|须|必|用|发现|见|存在|什么|任何|明显|能|可|同意|建议)*$"
)
_NUMBERED = re.compile(r"\s*第?\s*(\d{1,3})\s*(?:[.．、)）]|[项条][:：，,、]?)(?!\d)\s*(.+)")
_PART = re.compile(r"部分|其中.{0,10}(?:无误|属实)")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswer:
    """The letter an opinion went out in and how it stands; `text` is the unit's answer to its
    item, or what was registered of the whole reply; `exact` when it is the former, `several` when
    the papers of one reply answer it differently, a line each."""

    letter: str
    unit: str
    state: LetterState
    text: str = ""
    exact: bool = False
    several: bool = False


def numbered_answers(text: str) -> dict[int, str]:
    """A mail that answers 1. 2. 3.: each answer by its number. Empty when it does not count up
    from the first, which is then no list of answers."""
    found: dict[int, str] = {}
    last = 0
    for line in text.splitlines():
        if match := _NUMBERED.match(line):
            last = int(match[1])
            if last != len(found) + 1:
                return {}
            found[last] = match[2].strip()
        elif not line.strip():
            last = 0  # what follows an empty line is greeting and signature
        elif last:
            found[last] += line.strip()
    return found


def proposed(answer: UnitAnswer) -> Disposition | None:
    """The disposition the unit's words suggest; None when they suggest none. Only a proposal:
    the editor decides."""
    if answer.several:
        return None
    if _PART.search(answer.text):
        return Disposition.PARTLY
    said = {each for each in map(_said, clauses(answer.text)) if each}
    return Disposition.PARTLY if len(said) > 1 else next(iter(said), None)


def _said(clause: str) -> Disposition | None:
    """What one clause comes to: an error denied is none, a change declined is not made."""
    told = _UNTRUE.sub("", clause)
    if asks(told):
        return None
    if _KEPT.search(told):
        return Disposition.REJECTED
    if found := _CHANGED.search(told):
        refused = _REFUSED.search(told[: found.start()])
        return Disposition.REJECTED if refused else Disposition.ADOPTED
    return Disposition.REJECTED if _TRUE.search(told) and not denies(told) else None
