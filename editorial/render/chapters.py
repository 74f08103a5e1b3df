"""What the parts of a book are in print. One rule for PDF and DOCX, so that the twins agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from editorial.model.book import Book, Part, chapter_numbers, own_number
from editorial.model.headings import headed_above
from editorial.model.style import DraftStyle
from editorial.model.volume import Matter
from editorial.render.marked_heads import folded_marked


def has_divider(style: DraftStyle, part: Part) -> bool:
    """Whether a 篇目 has its 类目隔页."""
    return style.dividers and part.level == 1 and part.matter is Matter.TEXT


def in_columns(part: Part) -> bool:
    """Whether a 篇目 stands in the columns of the style: 卷首, 彩页, 编后记 are set in one."""
    return part.matter is Matter.TEXT


def has_index(style: DraftStyle, parts: Sequence[Part]) -> bool:
    """Whether a 主题索引 is printed: it lists the text alone, and one 篇目 may be all there is."""
    return style.index and any(part.matter is Matter.TEXT for part in parts)


def opened(parts: tuple[Part, ...]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """What is printed before 编辑说明 and 目录, and all after: 卷首 and 彩页 that open the book, if
    anything else follows."""
    count = sum(map(len, takewhile(_opens, by_chapter(parts))))
    return (parts[:count], parts[count:]) if count < len(parts) else ((), parts)


def _opens(chapter: tuple[Part, ...]) -> bool:
    return all(part.matter in (Matter.FRONT, Matter.PLATES) for part in chapter)


def by_chapter(parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    """Parts cut before each of level 1; what stands before the first is a run by itself."""
    starts = [place for place, part in enumerate(parts) if part.level == 1 or not place]
    return [parts[start:stop] for start, stop in pairwise((*starts, len(parts)))]


def folded(book: Book) -> Book:
    """序 with a 分目 序 alone is one part, and so is a 篇目 or 章 with its 无题小序: under the
    title of what stands above and the id of the 分目."""
    if book.redline:
        return folded_marked(book, book.redline)
    above = headed_above(book.parts)
    heads = set(above.values())
    parts = (
        _under(book.parts[above[at]], part) if at in above else part
        for at, part in enumerate(book.parts)
        if at not in heads
    )
    return replace(book, parts=tuple(parts))


def _under(head: Part, section: Part) -> Part:
    return replace(section, level=head.level, title=head.title, stands_for=head.id)


def is_group(part: Part, following: Part | None) -> bool:
    """Whether it is a 章: parts of a deeper level follow under it, or it is one with its words."""
    if part.level == 1:
        return False
    return bool(part.stands_for) or (following is not None and following.level > part.level)


def divider_numbers(book: Book) -> dict[str, int]:
    """What stands above the titles of 篇目 on their dividers, by part id: their numbers in the
    whole book; nothing where the title says its own."""
    known = book.chapters or chapter_numbers(book.parts)
    return {
        part.id: next(known[each] for each in ids_of(part) if each in known)
        for part in book.parts
        if not own_number(part.title) and any(each in known for each in ids_of(part))
    }


def ids_of(part: Part) -> tuple[str, ...]:
    """What a part goes by: its own id, after that of the 篇目 it stands for."""
    return (part.stands_for, part.id) if part.stands_for else (part.id,)
