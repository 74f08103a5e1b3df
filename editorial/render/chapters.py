"""What the parts of a book are in print. One rule for PDF and DOCX, so that the twins agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from editorial.model.book import Book, Part
from editorial.model.redline import Redline
from editorial.model.style import DraftStyle
from editorial.model.volume import Matter


def has_divider(style: DraftStyle, part: Part) -> bool:
    """Whether a 篇目 has its 类目隔页."""
    return style.dividers and part.level == 1 and part.matter is Matter.TEXT


def in_columns(part: Part) -> bool:
    """Whether a 篇目 stands in the columns of the style: 卷首, 彩页, 编后记 are set in one."""
    return part.matter is Matter.TEXT


def has_index(style: DraftStyle, parts: Sequence[Part]) -> bool:
    """Whether a 主题索引 is printed: it lists the text alone, and one 篇目 may be all there is."""
    return style.index and any(part.matter is Matter.TEXT for part in parts)


def by_chapter(parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    """Parts cut before each of level 1; what stands before the first is a run by itself."""
    starts = [place for place, part in enumerate(parts) if part.level == 1 or not place]
    return [parts[start:stop] for start, stop in pairwise((*starts, len(parts)))]


def folded(book: Book) -> Book:
    """序 with a 分目 序 alone is one part, under the title of the 篇目 and the id of the 分目."""
    return replace(book, parts=tuple(_folded(book.parts, book.redline)))


def _folded(parts: tuple[Part, ...], redline: Redline | None) -> Iterator[Part]:
    for chapter in by_chapter(parts):
        head, *inside = chapter
        if len(inside) == 1 and _are_one(head, inside[0], redline):
            yield replace(inside[0], level=1, title=head.title, stands_for=head.id)
        else:
            yield from chapter


def _are_one(head: Part, section: Part, redline: Redline | None) -> bool:
    """Whether they say the same; in a 花脸稿 also what became of them."""
    if head.level != 1 or head.blocks or bare_title(head.title) != bare_title(section.title):
        return False
    changes = redline.parts if redline else {}
    return changes.get(head.id) == changes.get(section.id)


def ids_of(part: Part) -> tuple[str, ...]:
    """What a part goes by: its own id, after that of the 篇目 it stands for."""
    return (part.stands_for, part.id) if part.stands_for else (part.id,)


def bare_title(title: str) -> str:
    """A title without its blanks: 序　言 is 序言."""
    return re.sub(r"\s", "", title)
