"""What all pages of one build share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from editorial.model.book import Book, Part, numbered
from editorial.model.settling import standing
from editorial.model.style import DraftStyle
from editorial.render.chapters import has_index, in_columns
from editorial.render.fonts import FontTable
from editorial.render.listings import listed_figures, listed_tables
from editorial.render.pdf.anchors import anchors_of
from editorial.render.pdf.contents import Line, list_lines, listed
from editorial.render.pdf.flow import Flow
from editorial.render.pdf.frame import Frame, frame_of
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.kept import surroundings
from editorial.render.pdf.labels import Labels
from editorial.render.pdf.shelf import Shelf
from editorial.render.pdf.typeset import TypeCase
from editorial.values import dataclass

INDEX, INDEX_TITLE = "index", "主题索引"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What all pages of one build share. `lines` are those of the contents; `lists` title,
    anchor and lines of the lists of tables and figures. `around` tells all that the text of a
    篇目 does not, empty where nothing is kept on a `shelf`."""

    book: Book
    style: DraftStyle
    frame: Frame
    setting: Setting
    labels: Labels
    lines: tuple[Line, ...]
    lists: tuple[tuple[str, str, tuple[Line, ...]], ...]
    table: FontTable
    shelf: Shelf | None
    around: str

    def frame_for(self, part: Part) -> Frame:
        """The frame of the pages a 篇目 is set on."""
        return self.frame if in_columns(part) else replace(self.frame, columns=self.frame.whole)

    def flow(self, fewer: int = 0, frame: Frame | None = None) -> Flow:
        """Pages to be filled, with so many lines fewer on each."""
        frame = frame or self.frame
        if fewer:
            frame = replace(frame, depth=frame.depth - fewer * frame.line)
        return Flow(case=self.setting.case, style=self.style, frame=frame)


def begin(book: Book, style: DraftStyle, table: FontTable, shelf: Shelf | None = None) -> Work:
    """What all pages of this book share; nothing of a 花脸稿 is kept on a shelf. Raises
    EditorialError where the page has no room for text."""
    case = TypeCase(table, style.punctuation, strict=style.strict)
    frame, lasting = frame_of(style), standing(book)
    shelf = None if book.redline else shelf
    setting = Setting(
        case=case,
        style=style,
        anchors=anchors_of(book.parts),
        numbers=book.numbers or numbered(book.parts),
        redline=book.redline,
    )
    return Work(
        book=book,
        style=style,
        frame=frame,
        setting=setting,
        labels=Labels(case, style, frame.measure),
        lines=tuple(_contents(lasting, style)),
        lists=tuple(_lists(lasting, style)),
        table=table,
        shelf=shelf,
        around=surroundings(style, table, setting.anchors) if shelf else "",
    )


def _contents(book: Book, style: DraftStyle) -> Iterator[Line]:
    if style.contents:
        yield from listed(book, style)
        if has_index(style, book.parts):
            yield Line(depth=0, title=INDEX_TITLE, anchor=INDEX)


def _lists(book: Book, style: DraftStyle) -> Iterator[tuple[str, str, tuple[Line, ...]]]:
    if style.lists:
        if tables := list_lines(listed_tables(book)):
            yield "表目录", "tables", tables
        if figures := list_lines(listed_figures(book)):
            yield "图目录", "figures", figures
