"""A PDF made light enough to read: no pictures, and plain bars in place of outlines.

PDFium measures the outline of every character it reads, twice, and remembers none. Text
and advance widths do not come from outlines, so one font whose glyphs are all the same
bar serves every composite font: reading takes a fifth of the time, and pictures
need not be held in memory. It serves fonts that are not in the file, too: PDFium passes
over a character set alone when it has no outline of it.

Of an /ActualText it passes over the characters beyond U+FFFF: these their font has to tell.
"""

from __future__ import annotations

import logging
import re
import struct
import zlib
from array import array
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Name

# pikepdf would say in English on the way what it mends in a damaged file.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

GLYPHS = 65_535
EM, DESCENT, BAR = 1000, -120, 100  # the bar is narrower than any character is wide
OWN_CODES = (Name("/Identity-H"), Name("/Identity-V"))
FILES = (Name.FontFile, Name.FontFile2, Name.FontFile3)
_TOLD = re.compile(rb"/ActualText(?=\s*(<[\da-fA-F\s]*>|\((?:\\.|[^\\()])*\)))", re.S)


def light_copy(path: Path) -> bytes:
    """The PDF with its text, places and labels alone. Raises what pikepdf raises."""
    with pikepdf.open(path) as pdf:
        bars = pdf.make_indirect(_font_stream(pdf))
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                if thing.get(Name.Subtype) == Name.Image:
                    thing.write(b"")
                elif _draws(thing):
                    _untell(thing)
            elif isinstance(thing, pikepdf.Dictionary) and _told_by_map(thing):
                _set_bars(thing, bars)
        out = BytesIO()
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out.getvalue()


def _draws(stream: pikepdf.Stream) -> bool:
    """Whether it may be of a page or a form: no font, no metadata."""
    kind = stream.get(Name.Subtype)
    return kind == Name.Form or (kind is None and Name.Length1 not in stream)


def _untell(stream: pikepdf.Stream) -> None:
    """Takes away each /ActualText with a character beyond U+FFFF."""
    try:
        data = stream.read_bytes()
    except pikepdf.PikepdfError:
        return  # damaged: PDFium reads what it can
    kept = _TOLD.sub(lambda told: b"/Untold" if _is_rare(told[1]) else told[0], data)
    if kept != data:
        stream.write(kept)


def _is_rare(written: bytes) -> bool:
    try:
        told = str(pikepdf.Object.parse(written))
    except (pikepdf.PikepdfError, ValueError):  # PDFium makes of it what it can
        return False
    return max(told, default="") > "\uffff"


def _told_by_map(font: pikepdf.Dictionary) -> bool:
    """A composite font whose characters are told without looking into the font file."""
    if font.get(Name.Subtype) != Name.Type0:
        return False
    return Name.ToUnicode in font or font.get(Name.Encoding) not in (*OWN_CODES, None)


def _set_bars(font: pikepdf.Dictionary, bars: pikepdf.Object) -> None:
    inner = font.get(Name.DescendantFonts)
    inner = inner[0] if isinstance(inner, pikepdf.Array) and len(inner) else None
    descriptor = inner.get(Name.FontDescriptor) if isinstance(inner, pikepdf.Dictionary) else None
    if not isinstance(inner, pikepdf.Dictionary) or not isinstance(descriptor, pikepdf.Dictionary):
        return
    for key in FILES:
        if key in descriptor:
            del descriptor[key]
    descriptor.FontFile2 = bars
    inner.Subtype, inner.CIDToGIDMap = Name.CIDFontType2, Name.Identity


def _font_stream(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    packed, length = _font()
    stream = pikepdf.Stream(pdf, packed)
    stream.Filter, stream.Length1 = Name.FlateDecode, length
    return stream


@cache
def _font() -> tuple[bytes, int]:
    """A TrueType font (OpenType 1.9: head, hhea, hmtx, loca, glyf, maxp), packed; its length."""
    glyph = _glyph()
    offsets = array("I", range(0, len(glyph) * (GLYPHS + 1), len(glyph)))
    offsets.byteswap()
    box = (0, DESCENT, BAR, EM + DESCENT)
    tables = {
        b"glyf": glyph * GLYPHS,
        b"head": struct.pack(
            ">4I2H2Q4h2H3h", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, EM, 0, 0, *box, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(
            ">I3hH11hH", 1 << 16, EM + DESCENT, DESCENT, 0, EM, 0, 0, BAR, 1, *(0,) * 7, 1
        ),
        b"hmtx": struct.pack(">Hh", EM, 0) + bytes(2 * (GLYPHS - 1)),
        b"loca": offsets.tobytes(),
        b"maxp": struct.pack(">I14H", 1 << 16, GLYPHS, 4, 1, 0, 0, 1, *(0,) * 8),
    }
    data = _sfnt(tables)
    return zlib.compress(data, 1), len(data)


def _glyph() -> bytes:
    """One contour of four points, each delta two bytes; padded to whole words."""
    low, high = DESCENT, EM + DESCENT
    across, down = (0, BAR, 0, -BAR), (low, 0, high - low, 0)
    data = struct.pack(">5h2H4B8h", 1, 0, low, BAR, high, 3, 0, 1, 1, 1, 1, *across, *down)
    return data + bytes(-len(data) % 4)


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    directory = struct.pack(">I4H", 1 << 16, len(tables), 64, 2, 32)
    place, body = len(directory) + 16 * len(tables), []
    for tag, table in tables.items():
        directory += tag + struct.pack(">3I", 0, place, len(table))
        body.append(table + bytes(-len(table) % 4))
        place += len(body[-1])
    return b"".join((directory, *body))
