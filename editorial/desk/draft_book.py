"""The book of a draft: its imprint, and of the text only what its selection asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from editorial.desk.assemble import assemble
from editorial.desk.extract import narrowed, units_of, words_of
from editorial.desk.office import Desk
from editorial.desk.origins import draft_origin
from editorial.errors import EditorialError
from editorial.model.book import Book, Imprint
from editorial.model.drafts import Draft
from editorial.model.finding import Finding
from editorial.model.nodes import find_node
from editorial.model.selection import Selection
from editorial.model.style import DraftStyle
from editorial.model.volume import Volume, book_title
from editorial.store.files import Files

MANY_TITLES = 2  # beside what was asked for, more are not named on a cover


def draft_book(
    desk: Desk, volume: Volume, style: DraftStyle, draft: Draft, *, files: Files | None = None
) -> tuple[Book, tuple[Finding, ...]]:
    """The text of the draft, from `files` (none: the work tree), with last year's beside it where
    it asks for that, and what was odd in it. Questions are those of a day: they are not in it."""
    imprint, selection = imprint_of(desk, volume, style, draft), draft.selection
    book, findings = assemble(desk, volume, style, imprint, draft.nodes, files=files)
    units = units_of(volume, selection)
    if units:
        book, left_out = narrowed(volume, book, units)
        findings = (*findings, *left_out)
        if not any(part.blocks for part in book.parts):
            raise EditorialError(
                "选到的分目里没有该单位署名的条目", hint="署名行里写上单位的名称或简称再出"
            )
        kept = {part.id for part in book.parts}
        told = _told_scope(desk, volume, selection, [each for each in draft.nodes if each in kept])
        book = replace(book, imprint=replace(imprint, scope=told))
    if selection.beside:
        from editorial.desk.last_year import with_last_year  # few drafts have it

        book = with_last_year(desk, volume, style, book)
    tracked = bool(units) or selection.questions
    return replace(book, origin=draft_origin(desk, draft), tracked=tracked), findings


def look_of(style: DraftStyle, draft: Draft) -> DraftStyle:
    """Copies of one round lie beside those of another: each page says which it is of."""
    if not draft.review:
        return style
    return replace(style, folio=f"{draft.review}　第{draft.edition}稿　　{style.folio}")


def imprint_of(desk: Desk, volume: Volume, style: DraftStyle, draft: Draft) -> Imprint:
    return Imprint(
        title=book_title(volume),
        label=style.label,
        edition=draft.edition,
        date=draft.date,
        office=volume.info.office.name,
        commit=draft.commit,
        dirty=draft.dirty,
        notice=style.notice,
        sample=volume.info.sample,
        scope=_told_scope(desk, volume, draft.selection, draft.nodes),
        review=draft.review,
    )


def _told_scope(
    desk: Desk, volume: Volume, selection: Selection, nodes: Sequence[str]
) -> tuple[str, ...]:
    titles = tuple(find_node(volume, node).title for node in nodes)
    words = words_of(desk, volume, selection)
    if not words:
        return titles
    return (words, *(titles if len(titles) <= MANY_TITLES else ()))
