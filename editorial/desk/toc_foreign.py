"""读校目录: contents in another language, whose titles stand nowhere in the book."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editorial.desk.toc_match import CODE, Match, tidy
from editorial.desk.toc_pages import Contents
from editorial.model.finding import Finding

FOREIGN = 0.8  # of its lines: those without a Han character

_HAN = re.compile("[㐀-鿿豈-﫿\U00020000-\U0003ffff]")


def foreign(contents: Contents, matches: tuple[Match, ...]) -> bool:
    """Whether `contents` are a translation: the book has few of its titles."""
    rows = contents.rows
    other = sum(_HAN.search(row.title) is None for row in rows)
    return other >= FOREIGN * len(rows) and 2 * sum(m.spot is None for m in matches) > len(rows)


def foreign_faults(
    contents: Contents, main: tuple[Match, ...], numbers: tuple[str, ...]
) -> Iterator[Finding]:
    """Lines with a page on which nothing listed begins."""
    pages = {match.row.number for match in main}
    pages |= {numbers[match.spot.sheet - 1] for match in main if match.spot}
    for row in contents.rows:
        if row.number not in pages:
            message = (
                f"{contents.name}“{tidy(row.own)}”作第{row.number}页，那一页没有列入目录的标题"
            )
            yield Finding(code=CODE, line=row.sheet, message=message)
