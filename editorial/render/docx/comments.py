"""批注: comments at the words they are about, else round the whole paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from editorial.model.queries import Query, query_line
from editorial.render.docx.galley import FIRST_COMMENT, Comments
from editorial.render.docx.package import FilePart, word_part
from editorial.render.docx.wordml import NAMESPACES, escape, paragraph, rpr, run, val

INITIALS = "编"
PARAGRAPH = re.compile(r"<w:p>(?:<w:pPr>.*?</w:pPr>(?:</w:pPrChange></w:pPr>)?)?(.*?)</w:p>", re.S)
RUN = re.compile(
    r'<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">([^<]*)</w:t></w:r>'
)
TIDY = re.compile(r"\s+")


def asked(comments: Comments, queries: Sequence[Query], pieces: list[str]) -> list[str]:
    """The pieces of a block with every query at its words.

    Of two queries about the same words the second goes to their next place.
    """
    seen: dict[str, int] = {}
    for query in queries:
        number = comments.add(query)
        again = seen.get(query.words, 0)
        seen[query.words] = again + 1
        pieces = _placed(number, query.words, again, pieces)
    return pieces


def _placed(number: int, words: str, again: int, pieces: list[str]) -> list[str]:
    left = again
    for index, piece in enumerate(pieces):
        if not words:
            break
        for found in PARAGRAPH.finditer(piece):
            content = found[1]
            there = _written(content).count(words)
            if there > left:
                around = _around_words(number, words, left, content)
                new = piece[: found.start(1)] + around + piece[found.end(1) :]
                return [*pieces[:index], new, *pieces[index + 1 :]]
            left -= there
    return _around_block(number, pieces)


def _written(content: str) -> str:
    return "".join(unescape(found[2]) for found in RUN.finditer(content))


def _around_words(number: int, words: str, again: int, content: str) -> str:
    """Runs cut where the words begin and end; what stands between is left as it is."""
    start = -1
    written = _written(content)
    for _ in range(again + 1):
        start = written.index(words, start + 1)
    content = _cut(content, start + len(words), _end(number), after=True)
    return _cut(content, start, _start(number), after=False)


def _cut(content: str, at: int, mark: str, *, after: bool) -> str:
    """`mark` put before the character `at` of the text; `after`: behind the one before it."""
    passed = 0
    for found in RUN.finditer(content):
        text = unescape(found[2])
        inside = at - passed
        if (0 < inside <= len(text)) if after else (0 <= inside < len(text)):
            left, right = (_run(found[1], each) for each in (text[:inside], text[inside:]))
            return f"{content[: found.start()]}{left}{mark}{right}{content[found.end() :]}"
        passed += len(text)
    raise AssertionError("the words were found in these runs")


def _run(look: str | None, text: str) -> str:
    if not text:
        return ""
    return f'<w:r>{look or ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _around_block(number: int, pieces: list[str]) -> list[str]:
    """Round the first paragraph that has words; round the first when none has."""
    spots = [
        (index, found) for index, piece in enumerate(pieces) for found in PARAGRAPH.finditer(piece)
    ]
    if not spots:
        return pieces
    index, found = next(((i, f) for i, f in spots if _written(f[1])), spots[0])
    piece = pieces[index]
    new = (
        f"{piece[: found.start(1)]}{_start(number)}{found[1]}{_end(number)}{piece[found.end(1) :]}"
    )
    return [*pieces[:index], new, *pieces[index + 1 :]]


def _start(number: int) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def _end(number: int) -> str:
    mark = rpr(rStyle=val("CommentReference"))
    return (
        f'<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r>{mark}<w:commentReference w:id="{number}"/></w:r>'
    )


def comments_parts(comments: Comments) -> tuple[FilePart, ...]:
    """word/comments.xml; none when nothing is asked. Dates are days: the hour is nobody's."""
    if not comments.asked:
        return ()
    listed = "".join(
        _comment(number, query) for number, query in enumerate(comments.asked, FIRST_COMMENT)
    )
    xml = f"<w:comments {NAMESPACES}>{listed}</w:comments>"
    return (word_part("comments", "comments", xml),)


def _comment(number: int, query: Query) -> str:
    mark = f"<w:r>{rpr(rStyle=val('CommentReference'))}<w:annotationRef/></w:r>"
    words = paragraph(mark + run(TIDY.sub(" ", query_line(query))), "CommentText")
    return (
        f'<w:comment w:id="{number}" w:author="{escape(query.author)}"'
        f' w:date="{query.day.isoformat()}T00:00:00Z" w:initials="{INITIALS}">{words}</w:comment>'
    )
