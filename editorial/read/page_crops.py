"""Pieces of the pages of a PDF as grey pictures, small enough to show hundreds at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from editorial.errors import EditorialError, unreadable
from editorial.model.red_report import Crop
from editorial.read.proof_pdf import trimmed

GREYS = 16
_LEVELS = [round(value * (GREYS - 1) / 255) for value in range(256)]
_PALETTE = [grey for level in range(GREYS) for grey in (level * 255 // (GREYS - 1),) * 3]


def page_crops(path: Path, crops: Iterable[Crop], scale: float) -> Mapping[Crop, bytes]:
    """PNG by crop, `scale` pixels a point, in sixteen greys. What lies beyond the page is white.

    EditorialError: the file cannot be opened.
    """
    by_sheet: dict[int, list[Crop]] = defaultdict(list)
    for crop in crops:
        by_sheet[crop.sheet].append(crop)
    pictures: dict[Crop, bytes] = {}
    with _opened(path) as document:
        for sheet, own in sorted(by_sheet.items()):
            if 1 <= sheet <= len(document):
                pictures |= _pieces(document, sheet, own, scale)
    return pictures


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        document = pdfium.PdfDocument(path.read_bytes())
    except OSError as error:
        raise unreadable(error, path) from error
    except pdfium.PdfiumError as error:
        raise EditorialError("不是 PDF，或文件已损坏", where=str(path)) from error
    try:
        yield document
    finally:
        document.close()


def _pieces(document: Any, sheet: int, crops: list[Crop], scale: float) -> dict[Crop, bytes]:
    page = document[sheet - 1]
    try:
        page.set_rotation(0)
        left, _, _, top = trimmed(page.raw)
        box_left, _, _, box_top = page.get_cropbox()
        picture = page.render(scale=scale, grayscale=True).to_pil()
        shift = (left - box_left, box_top - top)
        return {crop: _png(picture, crop, shift, scale) for crop in crops}
    finally:
        page.close()


def _png(picture: Image.Image, crop: Crop, shift: tuple[float, float], scale: float) -> bytes:
    x, y = (crop.left + shift[0]) * scale, (crop.top + shift[1]) * scale
    edges = (round(x), round(y), round(x + crop.width * scale), round(y + crop.height * scale))
    piece = Image.new("L", (edges[2] - edges[0], edges[3] - edges[1]), 255)
    inside = picture.crop(
        (edges[0], edges[1], min(edges[2], picture.width), min(edges[3], picture.height))
    )
    piece.paste(inside.convert("L"))
    levels = piece.point(_LEVELS)
    levels.putpalette(_PALETTE)
    out = BytesIO()
    levels.save(out, "PNG", bits=4)
    return out.getvalue()
