"""What a unit's answer to a forwarded opinion comes to."""

from __future__ import annotations

import re

from editorial.model.labels import Disposition, LetterState
from editorial.values import dataclass

_KEPT = re.compile(
    r"无误|属实|准确|不(?:作|需|必|予|用)?(?:修改|更改|改动|调整)|维持原|以原文为准|与.{0,8}一致|未发现"
)
_CHANGED = re.compile(
    r"(?:应|改|更正|修改|修正|调整)(?:为|成)|有误|错误|已(?:更正|修改|补充)|请(?:改|按)|现报"
)
_NUMBERED = re.compile(r"\s*第?\s*(\d{1,3})\s*(?:[.．、)）]|[项条][:：，,、]?)(?!\d)\s*(.+)")
_PART = re.compile(r"部分|其中.{0,10}(?:无误|属实)")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAnswer:
    """The letter an opinion went out in and how it stands; `text` is the unit's answer to its
    item, or what was registered of the whole reply; `exact` when it is the former."""

    letter: str
    unit: str
    state: LetterState
    text: str = ""
    exact: bool = False


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
    text = answer.text
    if not text:
        return None
    kept, changed = bool(_KEPT.search(text)), bool(_CHANGED.search(text))
    if _PART.search(text) or (kept and changed):
        return Disposition.PARTLY
    if changed:
        return Disposition.ADOPTED
    return Disposition.REJECTED if kept else None
