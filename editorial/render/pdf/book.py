"""评议稿 as one PDF: cover, 编辑说明, 目录, the parts, colophon.

Laid out once: the contents take their room before the parts are set and ask for
page numbers only when everything has its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

from editorial.model.book import Book, Imprint, Printed, edition_name
from editorial.model.document import Run
from editorial.model.style import DraftStyle
from editorial.render.fonts import FontTable
from editorial.render.pdf.canvas import open_canvas
from editorial.render.pdf.case import TypeCase
from editorial.render.pdf.contents import Line, listed, set_contents
from editorial.render.pdf.cover import label_of, set_colophon, set_cover
from editorial.render.pdf.inline import Setting, passage, plain_passage
from editorial.render.pdf.items import Anchor
from editorial.render.pdf.pages import Flow, frame_of, pour, set_passage, skip, turn
from editorial.render.pdf.paint import Running, outline, paint_pages, places
from editorial.render.pdf.parts import part_anchor, set_parts

NOTES, CONTENTS = "notes", "contents"
CONTENTS_TITLE = "目　录"
EVERY = 100


def book_pdf(
    book: Book,
    style: DraftStyle,
    table: FontTable,
    progress: Callable[[str], None] | None = None,
) -> Printed:
    """Set a draft for review. The same book, style and faces give the same bytes.

    `progress` is told in Chinese what is being done. Pictures that cannot be read and
    characters no face has never stop it; the latter are in `Printed.missing`.
    Raises EditorialError when the page has no room for text or a face cannot be found.
    """
    tell = progress or (lambda _: None)
    flow = Flow(case=TypeCase(table), style=style, frame=frame_of(style))
    lines = listed(book, style)
    lay_out(flow, book, lines, tell)
    pages = len(flow.pages)
    where = places(flow.pages)
    data = _write(flow, book, lines, tell)
    return Printed(
        data=data,
        pages=pages,
        starts=tuple((part.id, where[part_anchor(i)]) for i, part in enumerate(book.parts)),
        missing=flow.case.missing,
        substituted=flow.case.substituted,
    )


def lay_out(flow: Flow, book: Book, lines: tuple[Line, ...], tell: Callable[[str], None]) -> None:
    """Fill the pages of `flow`; nothing is drawn yet."""
    setting = Setting(case=flow.case, style=flow.style)
    set_cover(flow, setting, book.imprint)
    if book.editorial_notes:
        _begin_front(flow, setting, book.notes_title, NOTES)
        for text in book.editorial_notes:
            body = flow.style.roles["body"]
            set_passage(flow, passage(setting, (Run(text=text),), body, flow.frame.measure))
    if lines:
        _begin_front(flow, setting, CONTENTS_TITLE, CONTENTS)
        set_contents(flow, setting, lines)
    set_parts(flow, book, tell)
    set_colophon(flow, setting, book.imprint)


def _begin_front(flow: Flow, setting: Setting, title: str, anchor: str) -> None:
    flow.head = title.replace("　", "")
    page = turn(flow)
    text_look = flow.style.roles["front_title"]
    flow.y = text_look.before
    page.items.append(Anchor(name=anchor, top=0))
    pour(flow, plain_passage(setting, title, text_look, flow.frame.measure))
    skip(flow, text_look.after)


def _write(flow: Flow, book: Book, lines: tuple[Line, ...], tell: Callable[[str], None]) -> bytes:
    imprint, style = book.imprint, flow.style
    stream = BytesIO()
    paper = (style.paper[0], style.paper[1])
    canvas = open_canvas(stream, paper, title=_name(imprint, style), author=imprint.office)
    total = len(flow.pages)
    even = "　".join((imprint.title, label_of(imprint, style), edition_name(imprint)))
    running = Running(even=even, total=total, places=places(flow.pages))

    def painted(number: int) -> None:
        if number % EVERY == 0 or number == total:
            tell(f"正在写出第{number}页，共{total}页")

    outline(canvas, _bookmarks(book, lines))
    paint_pages(canvas, flow, running, painted)
    tell("正在嵌入字体")
    canvas.save()
    return stream.getvalue()


def _name(imprint: Imprint, style: DraftStyle) -> str:
    return f"{imprint.title}（{label_of(imprint, style)}）{edition_name(imprint)}"


def _bookmarks(book: Book, lines: tuple[Line, ...]) -> Iterator[tuple[int, str, str]]:
    if book.editorial_notes:
        yield 0, book.notes_title, NOTES
    if lines:
        yield 0, "目录", CONTENTS
    for line in lines:
        if line.part:
            yield line.depth, line.title, line.anchor
