"""One face, embedded as one Type0/Identity-H subset, whatever its outlines.

reportlab's own TTFont refuses CFF outlines and cuts a Chinese face into dozens of fonts of
256 glyphs. Here the page holds glyph codes, and subsetting, with the pinning of a variable
face, happens once, when the document is saved, in HarfBuzz.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import cast

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from editorial.errors import EditorialError
from editorial.render.fonts import LocatedFace, open_font
from editorial.render.pdf.charset import glyph_cids

TWO_EM_DASH = "⸺"
# The one glyph for 破折号 is drawn, the two characters that were typed are copied out.
TYPED = {TWO_EM_DASH: "——"}
DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "kern", "DSIG", "STAT")
POSTSCRIPT_NAME = 6
SYMBOLIC = 4
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
    italic_angle: int
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

    def has(self, char: str) -> bool:
        if char not in self.known:
            if not self.font.get_nominal_glyph(ord(char)):
                return False
            self.known.add(char)
        return True

    def hex(self, text: str) -> str:
        """Four hexadecimal digits a character, as written in the page."""
        return text.translate(self.codes).encode("utf-16-be", "surrogatepass").hex()

    def ink(self, char: str) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of what is inked, in thousandths of an em."""
        glyph = self.font.get_nominal_glyph(ord(char)) or 0
        extents = self.font.get_glyph_extents(glyph)
        unit: float = 1000 / self.font.face.upem
        left, top = extents.x_bearing * unit, extents.y_bearing * unit
        return left, top + extents.height * unit, left + extents.width * unit, top


@lru_cache(maxsize=24)
def load_face(located: LocatedFace) -> Face:
    """Read a face; a damaged file, or outlines no PDF can hold, raise EditorialError."""
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
    cids = glyph_cids(_table(source, "CFF ")) if "CFF " in source.table_tags else None
    return Face(
        located=located,
        name=_postscript_name(source, located),
        font=font,
        cid_keyed=cids is not None,
        codes=Codes(font, cids),
        widths=Widths(font),
        metrics=_metrics(source),
        known=set(),
    )


def _table(source: hb.Face, tag: str) -> bytes:
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

    head, os2 = _table(source, "head"), _table(source, "OS/2").ljust(90, b"\0")
    version, _, weight, _, licence = struct.unpack_from(">HhHHH", os2)
    ascent, descent = struct.unpack_from(">hh", os2, 68)
    (cap_height,) = struct.unpack_from(">h", os2, 88) if version >= 2 else (0,)
    return Metrics(
        box=tuple(scaled(value) for value in struct.unpack_from(">4h", head, 36)),
        ascent=scaled(ascent) or 880,
        descent=scaled(descent) or -120,
        cap_height=scaled(cap_height) or 700,
        italic_angle=0,
        weight=weight or 400,
        embeddable=not (licence & RESTRICTED_LICENCE) or bool(licence & OTHER_LICENCES),
    )


class Embedding:
    """What one document uses of one face. reportlab calls `addObjects` when it saves."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face, self.resource = face, resource
        self.used: set[str] = set()

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802  reportlab's name
        fonts = cast(PDFDictionary, document.idToObject["BasicFonts"])
        fonts.dict[self.resource[1:]] = _type0(document, self.face, self.used)


def embedding(document: PDFDocument, face: Face) -> Embedding:
    """The one embedding of `face` in `document`, made when first asked for."""
    faces = cast(dict[Face, Embedding], document.__dict__.setdefault("editorial_faces", {}))
    if face not in faces:
        faces[face] = Embedding(face, f"/F{len(faces) + 1}")
        document.delayedFonts.append(faces[face])
    return faces[face]


def _type0(document: PDFDocument, face: Face, used: set[str]) -> object:
    """A reference to the Type 0 font dictionary (ISO 32000-1, 9.7.6)."""
    chars = sorted(used)
    program = subset(face, chars)
    name = f"{_tag(program)}+{face.name}"
    descendant = _cid_font(document, face, chars, program, name)
    base = f"{name}-Identity-H" if _is_cff(face) else name
    font = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("Type0"),
        "BaseFont": PDFName(base),
        "Encoding": PDFName("Identity-H"),
        "DescendantFonts": PDFArray([descendant]),
        "ToUnicode": _referred(document, _stream(_to_unicode(face, chars))),
    }
    return _referred(document, PDFDictionary(font))


def _tag(program: bytes) -> str:
    """Six letters naming the subset by its content, so equal builds stay equal."""
    return "".join(chr(65 + byte % 26) for byte in sha256(program).digest()[:6])


def _is_cff(face: Face) -> bool:
    return "CFF " in face.font.face.table_tags


def subset(face: Face, chars: Iterable[str]) -> bytes:
    """The glyphs of `chars`: a bare CFF table, or a whole TrueType file with its glyph ids kept."""
    source = face.font.face
    glyphs = {face.font.get_nominal_glyph(ord(char)) or 0 for char in chars}
    plan = hb.SubsetInput()
    plan.glyph_set.update({0, *glyphs})
    plan.flags = (
        hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NOTDEF_OUTLINE
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | (hb.SubsetFlags.DEFAULT if face.cid_keyed else hb.SubsetFlags.RETAIN_GIDS)
    )
    for tag in DROPPED_TABLES:
        plan.drop_table_tag_set.add(int.from_bytes(tag.encode()))
    _pin(plan, face)
    made = hb.subset(source, plan)
    return _table(made, "CFF ") if _is_cff(face) else bytes(made.blob.data)


def _pin(plan: hb.SubsetInput, face: Face) -> None:
    if face.font.face.has_var_data:
        plan.pin_all_axes_to_default(face.font.face)
        if face.located.weight:
            plan.pin_axis_location(face.font.face, "wght", face.located.weight)


def _cid_font(
    document: PDFDocument, face: Face, chars: list[str], program: bytes, name: str
) -> object:
    system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
    font = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("CIDFontType0" if _is_cff(face) else "CIDFontType2"),
        "BaseFont": PDFName(name),
        "CIDSystemInfo": PDFDictionary(system),
        "FontDescriptor": _descriptor(document, face, program, name),
        "DW": 1000,
    }
    if widths := _widths(face, chars):
        font["W"] = PDFArray(widths)
    if not _is_cff(face):
        font["CIDToGIDMap"] = PDFName("Identity")
    return _referred(document, PDFDictionary(font))


def _descriptor(document: PDFDocument, face: Face, program: bytes, name: str) -> object:
    metrics = face.metrics
    file = _stream(program)
    if _is_cff(face):
        file.dictionary["Subtype"] = PDFName("CIDFontType0C")
    else:
        file.dictionary["Length1"] = len(program)
    weight = face.located.weight or metrics.weight
    descriptor = {
        "Type": PDFName("FontDescriptor"),
        "FontName": PDFName(name),
        "Flags": SYMBOLIC,
        "FontBBox": PDFArray(metrics.box),
        "ItalicAngle": metrics.italic_angle,
        "Ascent": metrics.ascent,
        "Descent": metrics.descent,
        "CapHeight": metrics.cap_height,
        # Adobe's rule of thumb; only viewers replacing the font would look at it.
        "StemV": 50 + (weight // 65) ** 2,
        "FontFile3" if _is_cff(face) else "FontFile2": _referred(document, file),
    }
    return _referred(document, PDFDictionary(descriptor))


def _referred(document: PDFDocument, part: object) -> object:
    """A reference to `part`, made an object of its own."""
    return document.Reference(part)  # type: ignore[no-untyped-call]


def _stream(content: bytes) -> PDFStream:
    return PDFStream(content=content, filters=[PDFZCompress])


def _widths(face: Face, chars: list[str]) -> list[object]:
    """The W array (ISO 32000-1, 9.7.4.3) of what is not an em wide, neighbours together."""
    by_code = {ord(face.codes[ord(char)]): face.widths[char] for char in chars}
    runs: list[tuple[int, list[float]]] = []
    for code, width in sorted(by_code.items()):
        if width == 1000:
            continue
        if runs and code == runs[-1][0] + len(runs[-1][1]):
            runs[-1][1].append(width)
        else:
            runs.append((code, [width]))
    return [part for first, widths in runs for part in (first, PDFArray(widths))]


def _to_unicode(face: Face, chars: list[str]) -> bytes:
    """The CMap giving the text back; of two characters with one glyph the lower one."""
    by_code = {face.codes[ord(char)]: TYPED.get(char, char) for char in reversed(chars)}
    pairs = [
        f"<{ord(code):04X}> <{text.encode('utf-16-be', 'replace').hex().upper()}>"
        for code, text in sorted(by_code.items())
    ]
    # A bfchar section holds at most a hundred lines.
    sections = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    body = "\n".join(
        f"{len(section)} beginbfchar\n" + "\n".join(section) + "\nendbfchar" for section in sections
    )
    return f"{CMAP_HEAD}\n{body}\n{CMAP_FOOT}".encode("ascii")


CMAP_HEAD = """\
/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange"""
CMAP_FOOT = "endcmap CMapName currentdict /CMap defineresource pop end end"
