"""The contents of a PDF against the 篇目 and 分目 of the volume."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from editorial.desk.toc_match import CODE, tidy
from editorial.desk.toc_pages import Row, key_of
from editorial.model.finding import Finding
from editorial.model.headings import bare_title
from editorial.model.nodes import sections_under
from editorial.model.volume import Volume

ALIKE = 0.6
LISTED = 0.2  # a level of which fewer titles are in the contents is not listed on purpose


class Title(NamedTuple):
    """A title of the volume: `level` 0 篇目, 1 章, 2 分目."""

    level: int
    node: str
    text: str


def titles_of(volume: Volume, nodes: tuple[str, ...]) -> tuple[Title, ...]:
    """Titles in reading order, of `nodes` and what they stand under (none: all)."""
    wanted = frozenset(section.id for section in sections_under(volume, nodes))
    found: list[Title] = []
    for chapter in volume.chapters:
        head = [Title(0, chapter.id, chapter.title)]
        for group, sections in chapter.groups:
            kept = [each for each in sections if each.id in wanted]
            titled = [Title(2, each.id, each.title) for each in kept if not each.untitled]
            if kept:
                found += [*head, *([Title(1, chapter.id, group)] if group else ()), *titled]
                head = []
            if len(kept) == 1 and _printed_once(found[-2:], chapter.id):
                found.pop()
    return tuple(found)


def _printed_once(last: Sequence[Title], chapter: str) -> bool:
    """Whether the title of a 篇目 or 章 stands for that of its only 分目: 序, 编后记."""
    if len(last) < 2 or last[0].node != chapter or last[0].level == 2 or last[1].level != 2:
        return False
    return bare_title(last[0].text) == bare_title(last[1].text)


def volume_faults(titles: tuple[Title, ...], rows: tuple[Row, ...]) -> Iterator[Finding]:
    """Titles the contents lack, word differently or list elsewhere."""
    ours = [key_of(title.text) for title in titles]
    known = frozenset(ours)
    theirs = [_row_key(row, known) for row in rows]
    lost: list[tuple[Title, tuple[Row, ...]]] = []
    extra: set[str] = set()
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    for what, first, last, start, stop in blocks:
        if what != "equal":
            lost += [(title, rows[start:stop]) for title in titles[first:last]]
            extra.update(theirs[start:stop])
    missing = Counter(title.level for title, _ in lost)
    all_of = Counter(title.level for title in titles)
    if missing[0] > (1 - LISTED) * all_of[0]:
        message = f"本书{all_of[0]}个篇目，目录里只有{all_of[0] - missing[0]}个"
        hint = "请看是不是这部书；只印了几个篇目的，在命令后面写明"
        yield Finding(code=CODE, message=message, hint=hint)
        return
    for title, instead in lost:
        if missing[title.level] <= (1 - LISTED) * all_of[title.level]:
            message = _message(title, instead, extra)
            yield Finding(code=CODE, where=title.node, message=message)


def _row_key(row: Row, known: frozenset[str]) -> str:
    joined = key_of(row.title)
    return joined if joined in known else key_of(row.own)


def _message(title: Title, instead: tuple[Row, ...], extra: set[str]) -> str:
    key = key_of(title.text)
    if key in extra:
        return f"“{title.text}”在目录里的次序与本书不同"
    for row in instead:
        if SequenceMatcher(None, key, key_of(row.own)).ratio() >= ALIKE:
            return f"“{title.text}”在目录里作“{tidy(row.own)}”"
    return f"“{title.text}”目录没有列"
