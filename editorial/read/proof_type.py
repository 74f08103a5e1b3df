"""A PDF with text → the runs of type on its pages, every character with its place.

Read from a light copy, as `proof_pdf` does. One call of PDFium a character: baseline and size
are asked for anew only where the box of a character is unlike the one before.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from pypdfium2 import raw

from editorial.errors import EditorialError
from editorial.model.folding import private
from editorial.model.proof_page import Rule, TypedPage, TypedProof, TypeRun
from editorial.read.proof_pdf import LEAST_CHARS, opened, text_of, trimmed
from editorial.values import dataclass

# In ems: a gap that may be one between columns or cells, a step back, a step up or down.
GAP, BACK, STEP = 0.85, -0.6, 0.25
CUT = 1.2  # a gap not wider may be a width not told
SMALL = 0.8  # of the size beside it: a note mark
SMALLER, RISE = 0.95, (0.2, 0.6)  # so much smaller, if raised by so many ems
SLANT = 0.05  # of an em: beyond, text is neither level nor upright
SAME = 0.02  # points
NARROW, HAN = 0.3, ("\u4e00", "\u9fff")  # of the size: no Han character is narrower
PICTURE = 0.2  # of a page: a picture that large on a page without text is a scan
ABOVE, BELOW = 0.5, 2.5  # of the size: steps from one character down to the next
IN_LINE = 0.6  # of the size: how far apart what stands below each other may be
DESCENT = 0.12  # of the size, of a Han character, below its baseline
THIN = 3.0  # points: a bar not wider is a line
CODED = 0.5  # of the characters: fewer that fonts tell, and there is nothing to compare
UNREAD = "\x00\x01\x02\ufffe"
OUTLINES = 200  # things drawn on a page without text: outlines of letters


class _Glyph(NamedTuple):
    char: str
    left: float
    right: float
    y: float
    size: float
    turn: int


def read_type(path: Path) -> TypedProof:
    """The pages of `path` in order.

    EditorialError: no such file, not a PDF, damaged, locked by a password, or without text.
    """
    with opened(path) as document:
        pages = tuple(_read_page(document, index) for index in range(len(document)))
        maker = document.get_metadata_value("Producer")
    if sum(len(run.text) for page in pages for run in page.runs) < LEAST_CHARS:
        scanned = any(page.pictured for page in pages)
        kind = "是扫描件（或文字已转成曲线）" if scanned else "是空白的"
        hint = "核红要有文字的 PDF，请向排版公司要文字没有转曲的；扫描件只能由人来核"
        raise EditorialError(f"这份 PDF {kind}，没有文字可核", where=str(path), hint=hint)
    if _coded(pages) < CODED:
        hint = (
            "复制出来是乱码的就是这样；请向排版公司要字有编码的 PDF（导出时嵌入字体），或由人来核"
        )
        raise EditorialError("这份 PDF 的字没有编码，读不出是什么字", where=str(path), hint=hint)
    return TypedProof(pages=pages, maker=str(maker))


def _coded(pages: Sequence[TypedPage]) -> float:
    """The share of characters that mean something beyond their own font."""
    counts = Counter(char for page in pages for run in page.runs for char in run.text)
    unread = sum(n for char, n in counts.items() if private(char) or char in UNREAD)
    return 1 - unread / counts.total()


def _read_page(document: Any, index: int) -> TypedPage:
    page = raw.FPDF_LoadPage(document.raw, index)
    if not page:  # a damaged page among sound ones
        return TypedPage(sheet=index + 1, label="", width=0, height=0, runs=())
    raw.FPDFPage_SetRotation(page, 0)  # PDFium sorts characters as they are shown
    text = raw.FPDFText_LoadPage(page)
    try:
        left, bottom, right, top = trimmed(page)
        width, height = right - left, top - bottom
        runs = tuple(_runs(_glyphs(text, (left, bottom, right, top))))
        runs, turn = _upright(tuple(_runs(_laid(runs, width))) if _downwards(runs) else runs)
        levels, uprights = ((), ()) if turn else _rules(page, left, top)
        return TypedPage(
            sheet=index + 1,
            label=str(document.get_page_label(index)),
            width=height if turn % 2 else width,
            height=width if turn % 2 else height,
            runs=runs,
            pictured=not runs and _pictured(page, (right - left) * (top - bottom)),
            levels=levels,
            uprights=uprights,
            turn=turn,
        )
    finally:
        raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)


def _upright(runs: tuple[TypeRun, ...]) -> tuple[tuple[TypeRun, ...], int]:
    """A page most of whose lines are turned is turned back, and by how many quarters."""
    sizes: Counter[int] = Counter()
    for run in runs:
        sizes[run.turn] += len(run.text)
    turn = max(sizes, key=lambda each: (sizes[each], -each), default=0)
    if not turn:
        return runs, 0
    return tuple(run._replace(turn=(run.turn - turn) % 4) for run in runs), turn


def _downwards(runs: Sequence[TypeRun]) -> bool:
    """Whether the type is set from the top down: one character stands below the other."""
    if 2 * len(runs) < sum(len(run.text) for run in runs):
        return False
    below = sum(
        abs(run.x + run.right - above.x - above.right) < run.size
        and ABOVE * run.size < run.y - above.y < BELOW * run.size
        for above, run in pairwise(runs)
    )
    return 2 * below > len(runs) > LEAST_CHARS


def _laid(runs: Sequence[TypeRun], width: float) -> Iterator[_Glyph | None]:
    """The characters of a page set from the top down, as if their lines were turned ones that
    run downwards."""
    line = 0.0
    for run in runs:
        if run.turn:
            for char, left, right in zip(run.text, run.lefts, run.rights, strict=True):
                yield None if char == " " else _Glyph(char, left, right, run.y, run.size, run.turn)
            continue
        top = run.y - (1 - DESCENT) * run.size
        side = width - (run.x + run.right - run.size) / 2 - DESCENT * run.size
        side = line = line if abs(side - line) < IN_LINE * run.size else side  # marks stand aside
        for number, char in enumerate(run.text.replace(" ", "")):  # figures side by side
            part = run.size / len(run.text)
            yield _Glyph(char, top + number * part, top + (number + 1) * part, side, run.size, 3)


def _rules(page: Any, left: float, top: float) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Level lines and upright ones, drawn as such or as thin bars."""
    levels: list[Rule] = []
    uprights: list[Rule] = []
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(thing, *edges):
            continue
        x, low, right, high = (edge.value for edge in edges)
        if high - low < THIN < right - x:
            levels.append(Rule(top - (low + high) / 2, x - left, right - left))
        elif right - x < THIN < high - low:
            uprights.append(Rule((x + right) / 2 - left, top - high, top - low))
    return tuple(levels), tuple(uprights)


def _pictured(page: Any, area: float) -> bool:
    """Whether a page without text shows some: a scan, or letters turned into outlines."""
    count = raw.FPDFPage_CountObjects(page)
    if count >= OUTLINES:
        return True
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(count):
        thing = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(thing)
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            raw.FPDFPageObj_GetBounds(thing, *edges)
            left, bottom, right, top = (edge.value for edge in edges)
            if (right - left) * (top - bottom) > PICTURE * area:
                return True
    return False


def _glyphs(page: Any, edges: tuple[float, float, float, float]) -> Iterator[_Glyph | None]:
    """The characters as drawn; None for a space or a break of the line."""
    text, places = text_of(page)
    if not text:
        return
    left, bottom, right, top = edges
    pens = _Pens(page)
    box, box_of = raw.FS_RECTF(), raw.FPDFText_GetLooseCharBox
    low = high = 0.0
    pen: tuple[float, float, int] | None = None
    held: _Glyph | None = None
    last = 0
    for char, spot in zip(text, places(0, len(text)), strict=True):
        if char.isspace():
            if held:
                yield held
            held = None
            yield None
            continue
        box_of(page, spot, box)
        if pen is None or pen[2] or abs(box.bottom - low) > SAME or abs(box.top - high) > SAME:
            low, high = box.bottom, box.top
            pen = pens.at(spot)
        if pen is None or not (left - 1 <= box.left <= right and bottom <= pen[0] <= top):
            continue
        y, size, turn = pen
        size = max(size, SAME)
        if held:
            level = abs(held.y - top + y) < SAME
            if level and GAP < (box.left - left - held.right) / size < CUT and pens.shifted(last):
                held = held._replace(right=box.left - left)
            yield held
        held, last = None, spot
        if turn:
            yield _turned(char, box, pens, turn, size, edges)
        else:
            edge = max(box.left, box.right)
            if edge - box.left < NARROW * size and HAN[0] <= char <= HAN[1]:
                edge = box.left + size  # Chromium's emboldened type tells no width
            held = _Glyph(char, box.left - left, edge - left, top - y, size, 0)
    if held:
        yield held


def _turned(
    char: str, box: Any, pens: _Pens, turn: int, size: float, edges: tuple[float, ...]
) -> _Glyph:
    """A character of a turned line as it stands on the page turned back."""
    left, bottom, right, top = edges
    x, y = pens.x.value, pens.y.value
    if turn == 1:  # runs upwards
        return _Glyph(char, box.bottom - bottom, box.top - bottom, x - left, size, turn)
    if turn == 3:  # runs downwards
        return _Glyph(char, top - box.top, top - box.bottom, right - x, size, turn)
    return _Glyph(char, right - box.right, right - box.left, y - bottom, size, turn)


@dataclass(slots=True)
class _Pens:
    """Where the characters of one page stand; the same few C values are filled each time."""

    page: Any
    matrix: Any = field(default_factory=raw.FS_MATRIX)
    x: Any = field(default_factory=ctypes.c_double)
    y: Any = field(default_factory=ctypes.c_double)
    box: Any = field(default_factory=raw.FS_RECTF)

    def shifted(self, index: int) -> bool:
        """Whether a character is told by /ActualText, with others: all share one origin, and the
        width of the last is not told."""
        box = self.box
        raw.FPDFText_GetLooseCharBox(self.page, index, box)
        raw.FPDFText_GetCharOrigin(self.page, index, self.x, self.y)
        return bool(box.left - self.x.value > SAME)

    def at(self, index: int) -> tuple[float, float, int] | None:
        """Baseline, size and quarter turns of one character; None when it slants."""
        matrix = self.matrix
        if not raw.FPDFText_GetMatrix(self.page, index, matrix):
            return None
        turn = _quarter(matrix.a, matrix.b)
        if turn is None:
            return None
        raw.FPDFText_GetCharOrigin(self.page, index, self.x, self.y)
        size = raw.FPDFText_GetFontSize(self.page, index) * math.hypot(matrix.c, matrix.d)
        return self.y.value, size, turn


def _quarter(a: float, b: float) -> int | None:
    length = math.hypot(a, b)
    if abs(b) <= SLANT * length:
        return 0 if a >= 0 else 2
    if abs(a) <= SLANT * length:
        return 1 if b > 0 else 3
    return None


def _runs(glyphs: Iterator[_Glyph | None]) -> Iterator[TypeRun]:
    held: list[_Glyph] = []
    spaces: list[int] = []
    gap = False
    base: _Glyph | None = None  # the last that is not raised
    for glyph in glyphs:
        if glyph is None:
            gap = True
            continue
        if base and _parted(held[-1], base, glyph):
            yield _run(held, spaces)
            held, spaces, base = [], [], None
        elif held and gap:
            spaces.append(len(held))
        held.append(glyph)
        if not base or not _raised(base, glyph):
            base = glyph
        gap = False
    if held:
        yield _run(held, spaces)


def _parted(before: _Glyph, base: _Glyph, glyph: _Glyph) -> bool:
    """Whether another run begins with `glyph`."""
    size = max(before.size, glyph.size, 0.1)
    gap = (glyph.left - before.right) / size
    if gap > GAP or before.turn != glyph.turn or (gap < BACK and not _tied(before, glyph)):
        return True
    if _raised(base, glyph):
        return False
    step = abs(glyph.y - base.y) / size
    if base.size > SMALL * size and glyph.size > SMALL * size:
        return step > STEP
    return step > 2 * STEP  # an exponent may stand half way up


def _raised(base: _Glyph, glyph: _Glyph) -> bool:
    """A figure set a little smaller and higher: the number of a note."""
    low, high = (ems * base.size for ems in RISE)
    smaller = glyph.size < SMALLER * base.size and glyph.char.isdigit()
    return smaller and low < base.y - glyph.y < high


def _tied(before: _Glyph, glyph: _Glyph) -> bool:
    """Letters of one ligature, ffi, are told to stand in the same place."""
    return before.char == "f" and abs(glyph.left - before.left) < SAME and glyph.char.isalpha()


def _run(glyphs: list[_Glyph], spaces: list[int]) -> TypeRun:
    size = max(glyph.size for glyph in glyphs)
    base = next(glyph for glyph in glyphs if glyph.size == size)
    text: list[str] = []
    lefts: list[float] = []
    rights: list[float] = []
    raised: list[int] = []
    gaps = set(spaces)
    for index, glyph in enumerate(glyphs):
        if index in gaps:
            text.append(" ")
            lefts.append(rights[-1])
            rights.append(glyph.left)
        if glyph.size < SMALL * size or _raised(base, glyph):
            raised.append(len(text))
        text.append(glyph.char)
        lefts.append(glyph.left)
        rights.append(glyph.right)
    return TypeRun(
        x=min(lefts[0], base.left),
        right=max(rights[-1], base.right),
        y=base.y,
        size=size,
        text="".join(text),
        lefts=tuple(lefts),
        rights=tuple(rights),
        raised=tuple(raised),
        turn=base.turn,
    )
