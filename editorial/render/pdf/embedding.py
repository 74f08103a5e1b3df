"""A face in a file: one Type0/Identity-H font, subset, whatever its outlines.

reportlab's own TTFont refuses CFF outlines and cuts a Chinese face into dozens of fonts of
256 glyphs. Here the page holds glyph codes, and subsetting, with the pinning of a variable
face, happens once, when the document is saved, in HarfBuzz.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any, cast
from zlib import compress

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFDocument

from editorial.model.folding import folded
from editorial.render.fonts import unusable
from editorial.render.pdf.caches import LruCache
from editorial.render.pdf.elsewhere import at_once, elsewhere
from editorial.render.pdf.face import TYPED, Face, table_of
from editorial.render.pdf.file import Body, Finished, Stream, deflated
from editorial.render.pdf.shelf import Shelf, digest, program, restored, stamp
from editorial.values import dataclass

DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "kern", "DSIG", "STAT")
# Outlines hardly shrink further at a higher one.
LEVEL = 3
SYMBOLIC = 4
# Objects a font is made of.
OBJECTS = 5


class Embedding:
    """What one document uses of one face. reportlab calls `addObjects` when it saves."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face, self.resource = face, resource
        self.used: set[str] = set()

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802  reportlab's name
        registry = cast(Any, document)
        parts = [Finished() for _ in range(OBJECTS)]
        references = [registry.Reference(part) for part in parts]
        numbers = [registry.idToObjectNumberAndVersion[each.name][0] for each in references]
        bodies = font_bodies(self.face, "".join(sorted(self.used)), numbers)
        for part, body in zip(parts, bodies, strict=True):
            part.body = body
        fonts = cast(PDFDictionary, document.idToObject["BasicFonts"])
        fonts.dict[self.resource[1:]] = references[0]


def embedding(document: PDFDocument, face: Face, resource: str) -> Embedding:
    """The one embedding of `face` in `document`, made when first asked for."""
    faces = cast(dict[Face, Embedding], document.__dict__.setdefault("editorial_faces", {}))
    if face not in faces:
        faces[face] = Embedding(face, resource)
        document.delayedFonts.append(faces[face])
    return faces[face]


def font_bodies(face: Face, chars: str, numbers: Sequence[int]) -> list[Body]:
    """The objects of a Type 0 font (ISO 32000-1, 9.7) with the sorted `chars`, to go under
    `numbers`, which are `OBJECTS`; the font itself is the first."""
    _, descendant, descriptor, file, to_unicode = numbers
    made = _program(face, chars)
    name = f"{made.tag}+{face.name}"
    base = f"{name}-Identity-H" if face.is_cff else name
    kind = "CIDFontType0" if face.is_cff else "CIDFontType2"
    mapped = "" if face.is_cff else "/CIDToGIDMap/Identity"
    return [
        f"<</Type/Font/Subtype/Type0/BaseFont/{base}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant} 0 R]/ToUnicode {to_unicode} 0 R>>".encode(),
        f"<</Type/Font/Subtype/{kind}/BaseFont/{name}"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor {descriptor} 0 R/DW 1000{made.widths}{mapped}>>".encode(),
        _descriptor(face, name, file),
        Stream(
            "/Subtype/CIDFontType0C/Filter/FlateDecode"
            if face.is_cff
            else f"/Length1 {made.length}/Filter/FlateDecode",
            made.deflated,
        ),
        made.to_unicode,
    ]


@dataclass(frozen=True, slots=True)
class Program:
    """A subset ready for the file: its tag, its deflated bytes, their length before; widths as
    in the dictionary, and the CMap."""

    tag: str
    deflated: bytes
    length: int
    widths: str
    to_unicode: Stream


# Characters from which a second process is worth its start.
WORTH_SHARING = 2000
# Subsets made before: a draft made again mostly needs the same characters.
_PROGRAMS = LruCache[tuple[Face, str], Program](16)


def prepare_programs(wanted: Sequence[tuple[Face, str]], shelf: Shelf | None) -> Callable[[], None]:
    """Have the subsets of sorted characters at hand, once what is returned has been called:
    from the shelf, or made meanwhile in another process where that is worth it."""
    keys = [(face, chars) for face, chars in wanted if _PROGRAMS.get((face, chars)) is None]
    lacking = [key for key in keys if not _found(*key, shelf)]
    if sum(len(chars) for _, chars in lacking) < WORTH_SHARING or at_once() < 2:
        return lambda: _remember(lacking, [_made(*key) for key in lacking], shelf)
    others = elsewhere(lambda: pickle.dumps([_made(*key) for key in lacking], protocol=5))

    def receive() -> None:
        data = others()
        if data:
            _remember(lacking, pickle.loads(data), shelf)

    return receive


def _found(face: Face, chars: str, shelf: Shelf | None) -> bool:
    found = restored(shelf.get(_key(face, chars)), Program) if shelf else None
    if found is not None:
        _PROGRAMS.put((face, chars), found)
    return found is not None


def _remember(
    keys: Sequence[tuple[Face, str]], made: Sequence[Program], shelf: Shelf | None
) -> None:
    for key, each in zip(keys, made, strict=True):
        _PROGRAMS.put(key, each)
        if shelf:
            shelf.put(_key(*key), pickle.dumps(each, protocol=5))


def _key(face: Face, chars: str) -> str:
    told = (str(face.located.path), *stamp(face.located.path), face.located.index)
    return digest(repr((*told, face.located.weight, chars, program())).encode())


def _program(face: Face, chars: str) -> Program:
    found = _PROGRAMS.get((face, chars))
    if found is None:
        found = _made(face, chars)
        _PROGRAMS.put((face, chars), found)
    return found


def _made(face: Face, chars: str) -> Program:
    data = subset(face, chars)
    # Six letters naming the subset by its content, so equal builds stay equal.
    tag = "".join(chr(65 + byte % 26) for byte in sha256(data).digest()[:6])
    return Program(
        tag,
        compress(data, LEVEL),
        len(data),
        _widths(face, chars),
        deflated(_to_unicode(face, chars)),
    )


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
    try:
        made = hb.subset(source, plan)
    except RuntimeError as error:  # all it tells of a table it can make nothing of
        raise unusable(face.located) from error
    return table_of(made, "CFF ") if face.is_cff else bytes(made.blob.data)


def _pin(plan: hb.SubsetInput, face: Face) -> None:
    if face.font.face.has_var_data:
        plan.pin_all_axes_to_default(face.font.face)
        if face.located.weight:
            plan.pin_axis_location(face.font.face, "wght", face.located.weight)


def _descriptor(face: Face, name: str, file: int) -> bytes:
    metrics = face.metrics
    weight = face.located.weight or metrics.weight
    box = " ".join(map(str, metrics.box))
    # Adobe's rule of thumb; only viewers replacing the font would look at it.
    stem = 50 + (weight // 65) ** 2
    held = "FontFile3" if face.is_cff else "FontFile2"
    return (
        f"<</Type/FontDescriptor/FontName/{name}/Flags {SYMBOLIC}/FontBBox[{box}]"
        f"/ItalicAngle 0/Ascent {metrics.ascent}/Descent {metrics.descent}"
        f"/CapHeight {metrics.cap_height}/StemV {stem}/{held} {file} 0 R>>"
    ).encode()


def _widths(face: Face, chars: str) -> str:
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
    said = "".join(f"{code}[{' '.join(f'{w:g}' for w in widths)}]" for code, widths in runs)
    return f"/W[{said}]" if said else ""


def _to_unicode(face: Face, chars: str) -> bytes:
    """The CMap giving the text back; of characters with one glyph the commonest, never a radical
    or compatibility character: ⻓ and ⽇ come with what is copied from elsewhere."""
    by_code: dict[str, str] = {}
    for char in sorted(chars, key=lambda char: (char in COMMON, -ord(char))):
        code = face.codes[ord(char)]
        plain = folded(char)
        known = len(plain) == 1 and face.codes[ord(plain)] == code
        by_code[code] = TYPED.get(char, plain if known else char)
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


# Of those with one glyph not the lowest: U+2003 and U+2012 are hardly ever meant.
COMMON = "\u3000\u2013"
CMAP_HEAD = """\
/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange"""
CMAP_FOOT = "endcmap CMapName currentdict /CMap defineresource pop end end"
