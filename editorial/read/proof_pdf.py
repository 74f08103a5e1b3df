"""A finished PDF, ours or the typesetter's → its text in lines, with place and size.

Text comes from PDFium (through pypdfium2), which is given a light copy of the file.
"""

from __future__ import annotations

import ctypes
import math
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import compress, pairwise, takewhile
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from editorial.errors import EditorialError, is_folder
from editorial.read.light import light_copy
from editorial.values import dataclass

# A run of text is cut where it leaps: further than any letter-spacing, or back, or into
# another size. Lengths in ems.
LEAP, BACK, STEP = 2.6, -0.5, 0.3
SIZES_DIFFER = 1.15
LOOSE, TIGHT = 1.25, 0.7
TOUCH = 0.1
TURNED = 0.02
LEAST_CHARS = 20
NAME = 128  # bytes: no name of a font is longer
HAN = "\u2e80"  # where Chinese characters and their signs begin
HIGH, LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)  # halves of a character in UTF-16

_SUBSET = re.compile(r"^[A-Z]{6}\+")


class TextLine(NamedTuple):
    """Text on one baseline. Points; `x` from the left and `y` from the top of the trimmed page.

    `face` is what the font of its first Chinese character, or else of its first, is called.
    """

    x: float
    right: float
    y: float
    size: float
    text: str
    face: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofPage:
    """`sheet` counts from 1; `label` is what the file itself calls the page, "" if nothing.

    Lines stand in the order they were drawn in; turned text (watermarks, side heads) is left out.
    """

    sheet: int
    label: str
    width: float
    height: float
    lines: tuple[TextLine, ...]


Found: TypeAlias = tuple[float, float, float, float, str, str]


def read_proof(path: Path) -> tuple[ProofPage, ...]:
    """The pages of `path` in order.

    EditorialError: no such file, not a PDF, damaged, locked by a password, or without text.
    """
    with opened(path) as document:
        pages = tuple(_read_page(document, index) for index in range(len(document)))
    if sum(len(line.text) for page in pages for line in page.lines) < LEAST_CHARS:
        raise EditorialError(
            "这份 PDF 里没有文字（可能是扫描件，或文字已转成曲线）",
            where=str(path),
            hint="请向排版公司要文字没有转曲的 PDF",
        )
    return pages


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    try:
        document = pdfium.PdfDocument(light_copy(path))
    except FileNotFoundError:
        message = "没有这个文件"
        raise EditorialError(message, where=str(path), hint="请检查文件名和所在目录") from None
    except OSError as error:
        message = "是目录，不是文件" if is_folder(path) else "读不了这个文件"
        raise EditorialError(message, where=str(path), hint="请检查文件名和权限") from error
    except pikepdf.PasswordError as error:
        hint = "请先用密码打开，另存为不加密的 PDF"
        raise EditorialError("这份 PDF 加了密码，打不开", where=str(path), hint=hint) from error
    except (pikepdf.PikepdfError, pdfium.PdfiumError) as error:
        hint = "请用 PDF 阅读器打开看看"
        raise EditorialError("不是 PDF，或文件已损坏", where=str(path), hint=hint) from error
    try:
        yield document
    finally:
        document.close()


def _read_page(document: Any, index: int) -> ProofPage:
    page = raw.FPDF_LoadPage(document.raw, index)
    if not page:  # a damaged page among sound ones
        return ProofPage(sheet=index + 1, label="", width=0, height=0, lines=())
    text = raw.FPDFText_LoadPage(page)
    try:
        left, bottom, right, top = trimmed(page)
        return ProofPage(
            sheet=index + 1,
            label=str(document.get_page_label(index)),
            width=right - left,
            height=top - bottom,
            lines=tuple(
                TextLine(x - left, edge - left, top - y, size, words, face)
                for x, edge, y, size, words, face in _joined(_lines(text))
                if left <= x <= right and bottom <= y <= top
            ),
        )
    finally:
        raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)


def trimmed(page: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the page as it is cut: beyond lie crop marks and slugs."""
    edges = [ctypes.c_float() for _ in range(4)]
    for box in (raw.FPDFPage_GetTrimBox, raw.FPDFPage_GetCropBox, raw.FPDFPage_GetMediaBox):
        if box(page, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            if right > left and top > bottom:
                return left, bottom, right, top
    return 0.0, 0.0, raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)


def _joined(found: Iterator[Found]) -> Iterator[Found]:
    """Characters PDFium takes for lines of their own, as Chromium sets them, made one line."""
    held: Found | None = None
    for each in found:
        if held and _touches(held, each):
            held = (held[0], each[1], held[2], held[3], held[4] + each[4], held[5])
            continue
        if held:
            yield held
        held = each
    if held:
        yield held


def _touches(before: Found, after: Found) -> bool:
    size = before[3]
    level = abs(before[2] - after[2]) < TOUCH * size and abs(size - after[3]) < TOUCH * size
    return level and abs(after[0] - before[1]) < TOUCH * size


def _lines(page: Any) -> Iterator[Found]:
    """(x, right, y, size, text, face) of every level line, cut where it leaps."""
    text, places = text_of(page)
    pens = _Pens(page)
    start = 0
    for line in text.split("\r\n"):
        words = line.strip()
        if words:
            first = start + line.index(words[0])
            spots = places(first, first + len(words))
            yield from _cut(pens, words, spots)
        start += len(line) + 2


def text_of(page: Any) -> tuple[str, Any]:
    """The text of a page, and `places(start, stop)`: indices PDFium has for its characters."""
    count = raw.FPDFText_CountChars(page)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(page, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text, range
    index_of = raw.FPDFText_GetCharIndexFromTextIndex
    told = (index_of(page, index) for index in range(count))
    spots = list(takewhile(lambda spot: spot >= 0, told))
    if len(text) != len(spots):
        text, spots = _rare_text(page, spots)
    return text, lambda start, stop: spots[start:stop]


def _rare_text(page: Any, spots: list[int]) -> tuple[str, list[int]]:
    """Text with characters beyond U+FFFF: to PDFium most are two, each half with an index of its
    own; one told by the name of its glyph is one, and left out of the text as a whole."""
    codes = [raw.FPDFText_GetUnicode(page, spot) for spot in spots]
    firsts = [not (before in HIGH and code in LOW) for before, code in pairwise((0, *codes))]
    signs = (chr(min(code, sys.maxunicode)) for code in codes)
    told = "".join(signs).encode("utf-16-le", "surrogatepass")
    return told.decode("utf-16-le", "replace"), list(compress(spots, firsts))


class _Pen(NamedTuple):
    x: float
    right: float
    y: float
    size: float


class _Pens:
    """Where the characters of one page stand; the same few C values are filled each time."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.matrix, self.box = raw.FS_MATRIX(), raw.FS_RECTF()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.name, self.flags = ctypes.create_string_buffer(NAME), ctypes.c_int()

    def face(self, words: str, spots: Sequence[int]) -> str:
        """The face of the first Chinese character, without the mark of a subset: ABCDEF+."""
        spot = next((at for char, at in zip(words, spots, strict=True) if char >= HAN), spots[0])
        length = raw.FPDFText_GetFontInfo(self.page, spot, self.name, NAME, self.flags)
        if not 0 < length <= NAME:  # none, or a longer one, which is not written
            return ""
        return _SUBSET.sub("", self.name.value.decode("utf-8", "replace"))

    def at(self, index: int) -> _Pen | None:
        """One character's place and size; None when it is turned or has no place."""
        page, matrix, box = self.page, self.matrix, self.box
        if not raw.FPDFText_GetMatrix(page, index, matrix):
            return None
        if abs(matrix.b) > TURNED * abs(matrix.a):
            return None
        raw.FPDFText_GetCharOrigin(page, index, self.x, self.y)
        raw.FPDFText_GetLooseCharBox(page, index, box)
        size = raw.FPDFText_GetFontSize(page, index) * math.hypot(matrix.c, matrix.d)
        # Characters told by /ActualText share one origin; their boxes stand side by side.
        return _Pen(box.left, max(box.left, box.right), self.y.value, size)


def _cut(pens: _Pens, words: str, spots: Sequence[int]) -> Iterator[Found]:
    first, last = pens.at(spots[0]), pens.at(spots[-1])
    if first is None or last is None:
        return
    width = _ems(words) * first.size
    even = max(first.size, last.size) <= SIZES_DIFFER * min(first.size, last.size)
    level = abs(first.y - last.y) <= STEP * first.size
    if even and level and TIGHT * width <= last.right - first.x <= LOOSE * width + first.size:
        yield first.x, last.right, first.y, first.size, words, pens.face(words, spots)
        return
    yield from _pieces(pens, words, spots)


def _ems(words: str) -> float:
    """Width of a line unjustified: an em a Han character (3 bytes), half of one for a digit."""
    return (len(words) + len(words.encode("utf-8", "replace"))) / 4


def _pieces(pens: _Pens, words: str, spots: Sequence[int]) -> Iterator[Found]:
    begun: _Pen | None = None
    before: _Pen | None = None
    start = 0
    for index, (char, spot) in enumerate(zip(words, spots, strict=True)):
        pen = None if char.isspace() else pens.at(spot)
        if pen is None:
            continue
        if begun and before and _leaps(before, pen):
            face = pens.face(words[start:index], spots[start:index])
            yield begun.x, before.right, begun.y, begun.size, words[start:index].strip(), face
            begun, start = None, index
        begun, before = begun or pen, pen
    if begun and before:
        face = pens.face(words[start:], spots[start:])
        yield begun.x, before.right, begun.y, begun.size, words[start:].strip(), face


def _leaps(before: _Pen, pen: _Pen) -> bool:
    gap = (pen.x - before.right) / max(before.size, pen.size, 1)
    ratio = max(before.size, pen.size) / max(min(before.size, pen.size), 0.1)
    return gap > LEAP or gap < BACK or (gap > STEP and ratio > SIZES_DIFFER)
