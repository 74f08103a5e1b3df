"""Marks no reader sees: one bookmark a block for the way home, the comments asked of it, and
what the index lists it under."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from editorial.model.document import Block, Figure
from editorial.model.origin import HEADING, mark_name
from editorial.render.chapters import ids_of
from editorial.render.docx.comments import asked
from editorial.render.docx.galley import Scope
from editorial.render.docx.wordml import escape, field_end

BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
PLAIN = str.maketrans({":": "：", ";": "；", '"': "＂", "\\": "＼"})  # signs XE reads otherwise
START, END = "<w:p>", "</w:p>"
LOOK, LOOK_END, OLD_LOOK = "<w:pPr>", "</w:pPr>", "<w:pPrChange"


def marked(scope: Scope, block: Block, index: int, pieces: list[str]) -> list[str]:
    """The set block with its bookmark and its comments; unchanged when it gets neither.

    A table is marked at its title and a figure at its caption, the one paragraph of each that
    is always there.
    """
    place = scope.places[index]
    if place is None or not pieces:
        return pieces
    queries = scope.galley.queries.get((scope.part.id, place), ())
    if queries:
        pieces = asked(scope.galley.comments, queries, pieces)
    if not scope.stem:
        return pieces
    at = len(pieces) - 1 if isinstance(block, Figure) else 0
    pieces[at] = _bookmarked(pieces[at], next(scope.galley.ids), f"{scope.stem}{place}")
    return pieces


def marked_heading(scope: Scope, paragraph: str) -> str:
    """The heading of a part, likewise."""
    asked_of = (scope.galley.queries.get((name, HEADING), ()) for name in ids_of(scope.part))
    queries = tuple(chain.from_iterable(asked_of))
    if queries:
        (paragraph,) = asked(scope.galley.comments, queries, [paragraph])
    if not scope.stem:
        return paragraph
    return _bookmarked(paragraph, next(scope.galley.ids), mark_name(scope.part.id))


def _bookmarked(piece: str, number: int, name: str) -> str:
    """The content of the first paragraph between start and end: between paragraphs, programs
    move a bookmark to wherever they like."""
    start = content_of(piece)
    if start < 0:
        return piece
    stop = piece.index(END, start)
    return (
        f'{piece[:start]}<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        f'{piece[start:stop]}<w:bookmarkEnd w:id="{number}"/>{piece[stop:]}'
    )


def content_of(piece: str) -> int:
    """Where the content of the first paragraph begins, behind its properties; -1 without one."""
    at = piece.find(START)
    if at < 0:
        return at
    at += len(START)
    if not piece.startswith(LOOK, at):
        return at
    end = piece.index(LOOK_END, at)
    if piece.find(OLD_LOOK, at, end) >= 0:  # a tracked look holds the old one inside
        end = piece.index(LOOK_END, end + 1)
    return end + len(LOOK_END)


# Of the index


def indexed(subjects: Sequence[str], piece: str) -> str:
    """A paragraph with XE fields, from which Word makes the index anew."""
    at = content_of(piece) if subjects else -1
    if at < 0:
        return piece
    return piece[:at] + "".join(map(_subject, subjects)) + piece[at:]


def _subject(title: str) -> str:
    return f"""{BEGIN}{code(f' XE "{title.translate(PLAIN)}" ')}{field_end()}"""


def code(text: str) -> str:
    """Part of the instruction of a field."""
    return f'<w:r><w:instrText xml:space="preserve">{escape(text)}</w:instrText></w:r>'
