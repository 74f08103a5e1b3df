"""A small book drawn glyph by glyph in a real font, well set, with a handle on every part.

It has nothing to do with the program's own pages: what is set wrong here on purpose is
wrong whoever reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from tests.render.proof.lines import KINDS
from tests.render.proof.reading import Box

WIDTH, HEIGHT = 320.0, 420.0
LEFT, RIGHT, SIZE = 60.0, 260.0, 10.0
SQUEEZED = ("cc", "co", "oo")
STIFF = {*SQUEEZED, "aa", "an", "na", "nn", "nx", "xn", "ax", "xa", "dd", "ee"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line. `right` is the edge it is spread to, None for its natural length; the rest
    are the ways to set it badly: `nudges` are ems added before a glyph."""

    text: str
    x: float
    y: float
    size: float = SIZE
    right: float | None = None
    squeeze: bool = True
    trim_left: bool = True
    trim_right: bool = True
    gap: float = 0.25
    nudges: dict[int, float] = field(default_factory=dict)
    raised: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    face: str = "F1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    box: Box
    page: int
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    words: tuple[Words, ...]
    strokes: tuple[Box, ...] = ()
    jumps: tuple[Jump, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """A whole book; `outline` has title, page from 1 and height."""

    sheets: tuple[Sheet, ...]
    outline: tuple[tuple[str, int, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metal:
    """A face cut down to what is wanted: code = glyph number; advances in ems."""

    codes: dict[str, int]
    advances: dict[str, float]
    data: bytes = field(repr=False)


def cast(path: Path, chars: str) -> Metal:
    """A variable TrueType face at its regular weight, with the glyphs of `chars`."""
    face = hb.Face(path.read_bytes())
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, chars))
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS
    wanted.pin_axis_location(face, "wght", 400.0)
    data = hb.subset(face, wanted).blob.data
    font = TTFont(BytesIO(data))
    names, widths, per_em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    return Metal(
        codes={char: font.getGlyphID(names[ord(char)]) for char in set(chars)},
        advances={char: widths[names[ord(char)]][0] / per_em for char in set(chars)},
        data=data,
    )


# Setting


def boxes(words: Words, metal: Metal) -> Iterator[tuple[str, float, float, float]]:
    """Character, x, baseline and size of each glyph."""
    sizes = [words.size * (0.6 if at in words.raised else 1) for at in range(len(words.text))]
    xs = _natural(words, metal, sizes)
    spread = _spread(words, metal, xs)
    moved = 0.0
    for at, (char, x) in enumerate(zip(words.text, xs, strict=True)):
        moved += (spread if at and _loose(words, at) else 0) + words.nudges.get(at, 0) * words.size
        yield char, x + moved, words.y + (3 if at in words.raised else 0), sizes[at]


def _natural(words: Words, metal: Metal, sizes: list[float]) -> list[float]:
    kinds = words.text.translate(KINDS)
    x = words.x - (words.size / 2 if kinds[0] == "o" and words.trim_left else 0)
    xs = [x]
    for at, (a, b) in enumerate(pairwise(kinds)):
        # Half a dash is a whole em, though its glyph is narrower.
        x += (1.0 if a == "d" else metal.advances[words.text[at]]) * sizes[at]
        if a + b in SQUEEZED and words.squeeze:
            x -= words.size / 2
        elif a + b in ("ha", "hn", "ah", "nh"):
            x += words.gap * words.size
        xs.append(x)
    return xs


def _spread(words: Words, metal: Metal, xs: list[float]) -> float:
    """What to add at each place that may be opened, so that the line ends at its edge."""
    if words.right is None:
        return 0.0
    last = words.text[-1]
    end = xs[-1] + metal.advances[last] * words.size
    if last.translate(KINDS) == "c" and words.trim_right:
        end -= words.size / 2
    return (words.right - end) / sum(_loose(words, at) for at in range(1, len(xs)))


def _loose(words: Words, at: int) -> bool:
    pair = words.text[at - 1 : at + 1].translate(KINDS)
    return pair not in STIFF and not {at - 1, at} & set(words.raised)


# Binding


def bind(book: Small, metal: Metal) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    font = pdf.make_indirect(_font(pdf, metal, "AAAAAA+Small"))
    other = pdf.make_indirect(_font(pdf, metal, "AAAAAB+Other"))
    fonts = pikepdf.Dictionary(F1=font, F2=other)
    for sheet in book.sheets:
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.obj.Resources = pikepdf.Dictionary(Font=fonts)
        page.obj.Contents = pdf.make_stream(_content(sheet, metal).encode())
    for page, sheet in zip(pdf.pages, book.sheets, strict=True):
        page.obj.Annots = pdf.make_indirect(pikepdf.Array(_link(pdf, jump) for jump in sheet.jumps))
    with pdf.open_outline() as outline:
        for title, number, y in book.outline:
            dest = _destination(pdf, number, y)
            outline.root.append(pikepdf.OutlineItem(title, dest))
    return pdf


def _content(sheet: Sheet, metal: Metal) -> str:
    shown = [
        f"/{words.face} {size:.3f} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm <{code:04x}> Tj"
        for words in sheet.words
        for at, (char, x, y, size) in enumerate(boxes(words, metal))
        for code in [0 if at in words.missing else metal.codes[char]]
    ]
    lines = [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in sheet.strokes]
    return "\n".join(["BT", *shown, "ET", *lines])


def _font(pdf: pikepdf.Pdf, metal: Metal, name: str) -> pikepdf.Dictionary:
    file = pdf.make_stream(metal.data)
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name(f"/{name}"), Flags=4,
        FontBBox=[0, -120, 1000, 880], ItalicAngle=0, Ascent=880, Descent=-120, StemV=80,
        FontFile2=file,
    )  # fmt: skip
    widths = pikepdf.Array()
    for char, code in metal.codes.items():
        widths.extend([code, pikepdf.Array([round(metal.advances[char] * 1000)])])
    inner = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name(f"/{name}"), FontDescriptor=pdf.make_indirect(descriptor),
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        CIDToGIDMap=pikepdf.Name.Identity, DW=1000, W=widths,
    )  # fmt: skip
    pairs = "\n".join(
        f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in metal.codes.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(metal.codes)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=pikepdf.Name(f"/{name}"),
        Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(inner)],
        ToUnicode=pdf.make_stream(cmap.encode()),
    )  # fmt: skip


def _destination(pdf: pikepdf.Pdf, number: int, y: float) -> pikepdf.Array:
    return pikepdf.Array([pdf.pages[number - 1].obj, pikepdf.Name.XYZ, 0, y, 0])


def _link(pdf: pikepdf.Pdf, jump: Jump) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=list(jump.box), Border=[0, 0, 0],
        Dest=_destination(pdf, jump.page, jump.y),
    )  # fmt: skip


# The book


def paragraph(*lines: str, y: float, x: float = LEFT, right: float = RIGHT) -> Iterator[Words]:
    """Lines as broken by hand, all but the last spread to the right edge."""
    for at, text in enumerate(lines):
        begin = x + (0 if at else 2 * SIZE)
        end = None if at == len(lines) - 1 else right
        yield Words(text=text, x=begin, y=y - 16 * at, right=end)


def changed(book: Small, find: str, **how: Any) -> Small:
    """The book with every line that holds `find` set otherwise; there must be one."""

    def change(words: Words) -> Words:
        return replace(words, **how) if find in words.text else words

    sheets = tuple(replace(s, words=tuple(map(change, s.words))) for s in book.sheets)
    assert sheets != book.sheets, find
    return replace(book, sheets=sheets)


def without(book: Small, *texts: str, page: int = 0) -> Small:
    """The book without the lines that hold one of `texts`, on one page or on all."""
    sheets = tuple(
        replace(
            sheet,
            words=tuple(
                words
                for words in sheet.words
                if (page and number != page) or not any(text in words.text for text in texts)
            ),
        )
        for number, sheet in enumerate(book.sheets, 1)
    )
    assert sheets != book.sheets, texts
    return replace(book, sheets=sheets)


def with_page(book: Small, number: int, **how: Any) -> Small:
    """The book with one page from 1 made otherwise."""
    sheets = list(book.sheets)
    sheets[number - 1] = replace(sheets[number - 1], **how)
    return replace(book, sheets=tuple(sheets))
