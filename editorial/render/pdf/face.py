"""One face as it is set: which glyphs it has, how wide they are, what codes they go by."""

from __future__ import annotations

import struct
import sys
from array import array
from functools import lru_cache

import numpy as np
import uharfbuzz as hb
from numpy.typing import NDArray

from editorial.errors import EditorialError
from editorial.render.fonts import LocatedFace, open_font, read_table
from editorial.render.pdf.charset import glyph_cids
from editorial.values import dataclass

TWO_EM_DASH, MINUS = "⸺", "−"
# The one glyph for 破折号 is drawn, the two characters that were typed are copied out; so is
# the hyphen everybody types for a minus sign, and will look for.
TYPED = {TWO_EM_DASH: "——", MINUS: "-"}
# Texts of this length are looked up faster as a whole than by character.
LONG = 24
POSTSCRIPT_NAME = 6
RESTRICTED_LICENCE, OTHER_LICENCES = 0x0002, 0x000C


class Codes(dict[int, str]):
    """Code point → the character whose code point is the glyph's code, for str.translate."""

    def __init__(self, font: hb.Font, cids: array[int] | None) -> None:
        self.font, self.cids = font, cids

    def __missing__(self, point: int) -> str:
        glyph = self.font.get_nominal_glyph(point) or 0
        code = self[point] = chr(self.cids[glyph] if self.cids else glyph)
        return code


class Widths(dict[str, float]):
    """Character → advance in thousandths of an em."""

    def __init__(self, font: hb.Font) -> None:
        self.font, self.unit = font, 1000 / font.face.upem

    def __missing__(self, char: str) -> float:
        glyph = self.font.get_nominal_glyph(ord(char)) or 0
        width: float = round(self.font.get_glyph_h_advance(glyph) * self.unit, 2)
        self[char] = width
        return width


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Of the whole face, in thousandths of an em; ascent and descent are the em box's."""

    box: tuple[int, ...]
    ascent: int
    descent: int
    cap_height: int
    weight: int
    embeddable: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Face:
    """A loaded face. Caches grow with the characters asked for; nothing belongs to a document."""

    located: LocatedFace
    name: str
    font: hb.Font
    cid_keyed: bool
    codes: Codes
    widths: Widths
    metrics: Metrics
    known: set[str]
    coverage: NDArray[np.bool_]

    def covers(self, text: str) -> bool:
        """Whether the face has every character of `text`."""
        if len(text) < LONG:
            return self.known.issuperset(text)
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        return 0 not in self.coverage[points].tobytes()

    def has(self, char: str) -> bool:
        if char not in self.known:
            if not self.font.get_nominal_glyph(ord(char)):
                return False
            self.known.add(char)
        return True

    def hex(self, text: str) -> str:
        """Four hexadecimal digits a character, as written in the page."""
        return text.translate(self.codes).encode("utf-16-be", "surrogatepass").hex()

    @property
    def is_cff(self) -> bool:
        return "CFF " in self.font.face.table_tags

    def ink(self, char: str) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of what is inked, in thousandths of an em."""
        glyph = self.font.get_nominal_glyph(ord(char)) or 0
        extents = self.font.get_glyph_extents(glyph)
        unit: float = 1000 / self.font.face.upem
        left, top = extents.x_bearing * unit, extents.y_bearing * unit
        return left, top + extents.height * unit, left + extents.width * unit, top


@lru_cache(maxsize=24)
def load_face(located: LocatedFace, _stamp: tuple[int, ...] = ()) -> Face:
    """Read a face; a damaged file, or outlines no PDF can hold, raise EditorialError. By its
    stamp, a file is known that was put in the place of another."""
    source = open_font(located)
    if "CFF2" in source.table_tags:
        raise EditorialError(
            f"字体文件{located.path.name}是 CFF2 可变字体，不能放进 PDF",
            hint="在 styles/fonts.yaml 中换用同一字体的静态版（.otf、.ttf）",
            where=str(located.path),
        )
    font = hb.Font(source)
    if source.has_var_data and located.weight:
        font.set_variations({"wght": located.weight})
    cids = read_table(located, b"CFF ", glyph_cids) if "CFF " in source.table_tags else None
    return Face(
        located=located,
        name=_postscript_name(source, located),
        font=font,
        cid_keyed=cids is not None,
        codes=Codes(font, cids),
        widths=Widths(font),
        metrics=_metrics(source),
        known=set(),
        coverage=_coverage(source),
    )


def _coverage(source: hb.Face) -> NDArray[np.bool_]:
    """By code point, whether there is a glyph for it."""
    points = np.fromiter(source.unicodes, np.int64)
    coverage = np.zeros(sys.maxunicode + 1, bool)
    coverage[points] = True
    return coverage


def table_of(source: hb.Face, tag: str) -> bytes:
    """A table of the font file as it is."""
    return bytes(source.reference_table(tag).data)


def _postscript_name(source: hb.Face, located: LocatedFace) -> str:
    name = source.get_name(POSTSCRIPT_NAME) or located.path.stem
    plain = "".join(char for char in name if char.isascii() and (char.isalnum() or char in "-_"))
    family = plain.partition("-")[0]
    return f"{family}-W{located.weight}" if located.weight else plain or "Face"


def _metrics(source: hb.Face) -> Metrics:
    unit: float = 1000 / source.upem

    def scaled(value: float) -> int:
        return round(value * unit)

    head, os2 = table_of(source, "head"), table_of(source, "OS/2").ljust(90, b"\0")
    version, _, weight, _, licence = struct.unpack_from(">HhHHH", os2)
    ascent, descent = struct.unpack_from(">hh", os2, 68)
    (cap_height,) = struct.unpack_from(">h", os2, 88) if version >= 2 else (0,)
    return Metrics(
        box=tuple(scaled(value) for value in struct.unpack_from(">4h", head, 36)),
        ascent=scaled(ascent) or 880,
        descent=scaled(descent) or -120,
        cap_height=scaled(cap_height) or 700,
        weight=weight or 400,
        embeddable=not (licence & RESTRICTED_LICENCE) or bool(licence & OTHER_LICENCES),
    )
