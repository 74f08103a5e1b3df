"""Which heading stands for two parts of a book: 序 with a 分目 序 alone under it is one in print,
and so is a 篇目 or 章 with its 无题小序."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from editorial.model.book import Part


def bare_title(title: str) -> str:
    """A title without its blanks: 序　言 is 序言."""
    return re.sub(r"\s", "", title)


def headed_above(parts: Sequence[Part]) -> Mapping[int, int]:
    """Places of the parts without a heading of their own in print → of those they stand under."""
    found: dict[int, int] = {}
    for at in range(1, len(parts)):
        head, section = parts[at - 1 : at + 1]
        after = parts[at + 1] if at + 1 < len(parts) else None
        if at - 1 not in found and _are_one(head, section, after):
            found[at] = at - 1
    return found


def _are_one(head: Part, section: Part, after: Part | None) -> bool:
    """Whether the second is not told apart from the first, which it stands directly under: it
    has no title in print, or is there alone under the same."""
    if head.blocks or section.level != head.level + 1:
        return False
    alone = after is None or after.level <= head.level
    return section.untitled or (alone and bare_title(head.title) == bare_title(section.title))
