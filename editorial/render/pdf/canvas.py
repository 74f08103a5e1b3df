"""A reportlab canvas that draws nothing but what it is told to, and the same bytes each time."""

from __future__ import annotations

from typing import IO, Any, cast

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

# Streams as binary: a seventh smaller, and a second less per thousand pages.
rl_config.useA85 = 0

MM = 72 / 25.4


class PlainCanvas(Canvas):
    """Without the unembedded Helvetica that every reportlab page otherwise asks for."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def open_canvas(
    stream: IO[bytes], paper: tuple[float, float], *, title: str, author: str
) -> PlainCanvas:
    """`paper` in millimetres. Two builds of the same content give equal bytes."""
    width, height = paper
    canvas = PlainCanvas(
        stream,
        pagesize=(width * MM, height * MM),
        pageCompression=1,
        invariant=1,
        lang="zh-CN",
        pdfVersion=(1, 7),
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject("")
    canvas.setCreator("editorial")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def document_of(canvas: Canvas) -> PDFDocument:
    """The document being written; reportlab keeps it private, every font needs it."""
    return cast(PDFDocument, cast(Any, canvas)._doc)


def emit(canvas: Canvas, operators: str) -> None:
    """Put finished page operators after what is drawn already."""
    cast(Any, canvas)._code.append(operators)
