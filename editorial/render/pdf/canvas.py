"""A reportlab canvas that draws nothing but what it is told to, and the same bytes each time."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from editorial.model.book import Printed
from editorial.render.pdf.file import collect, write
from editorial.render.pdf.metadata import Metadata, set_metadata
from editorial.render.pdf.typeset import TypeCase

# Streams as binary: a seventh smaller, and a second less per thousand pages.
rl_config.useA85 = 0

MM = 72 / 25.4


class PlainCanvas(Canvas):
    """Without the unembedded Helvetica that every reportlab page otherwise asks for; the whole
    paper is what a printer trims to."""

    def _make_preamble(self) -> None:
        """Asked for whenever the size of the paper is set."""
        self._preamble = "1 0 0 1 0 0 cm"
        self.setTrimBox((0, 0, *cast(Any, self)._pagesize))


def open_canvas(paper: tuple[float, float]) -> PlainCanvas:
    """`paper` in millimetres. Two builds of the same content give equal bytes."""
    width, height = paper
    return PlainCanvas(
        BytesIO(),
        pagesize=(width * MM, height * MM),
        pageCompression=1,
        invariant=1,
        lang="zh-CN",
        pdfVersion=(1, 7),
    )


def finished(canvas: Canvas, metadata: Metadata) -> bytes:
    """The file of the pages shown, which says what it is as archives ask (ISO 19005-2)."""
    document = document_of(canvas)
    placed = set_metadata(document, metadata)
    return write(collect(document, (placed.info, placed.packet)))


def printed(canvas: Canvas, case: TypeCase, pages: int, metadata: Metadata) -> Printed:
    """The file, and what `case` found of faces while it was drawn."""
    return Printed(
        data=finished(canvas, metadata),
        pages=pages,
        missing=case.missing,
        substituted=case.substituted,
    )


def document_of(canvas: Canvas) -> PDFDocument:
    """The document being written; reportlab keeps it private, every font needs it."""
    return cast(PDFDocument, cast(Any, canvas)._doc)


def emit(canvas: Canvas, operators: str) -> None:
    """Put finished page operators after what is drawn already."""
    cast(Any, canvas)._code.append(operators)
