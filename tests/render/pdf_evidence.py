"""What a finished PDF holds, read once for all rules: pages as drawn, faces, the tag tree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.misc.psCharStrings import T2WidthExtractor
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

TAGGED, ARTIFACT, OTHER = "tagged", "artifact", "other"
TEXT = {"Tj", "TJ", "'", '"'}
PAINT = TEXT | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE", "EI"}
Key = tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """A page as its operators draw it. `codes`: what is shown of each font by object number."""

    number: int
    page: Dictionary
    marks: list[tuple[int, str]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    crossed: int = 0
    unclosed: int = 0
    depth: int = 0
    operators: set[str] = field(default_factory=set)
    spaces: set[str] = field(default_factory=set)
    unnamed: set[str] = field(default_factory=set)
    codes: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))


@dataclass(slots=True)
class Tag:
    """A structure element. `kids` are indexes of others; `marks` (page's key, MCID)."""

    index: int
    role: str
    parent: int
    element: Dictionary
    kids: list[int] = field(default_factory=list)
    marks: list[tuple[Key, int]] = field(default_factory=list)
    objects: list[Key] = field(default_factory=list)
    broken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What a font says and what its program says, in thousandths of an em by code."""

    name: str
    widths: dict[int, float]
    default: float
    program: dict[int, float]
    text: dict[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    data: bytes
    pdf: pikepdf.Pdf
    sheets: tuple[Sheet, ...]
    tags: tuple[Tag, ...]
    parents: dict[int, Any]
    faces: tuple[tuple[Face, set[int]], ...]

    def annotations(self) -> Iterator[tuple[Sheet, Dictionary]]:
        for sheet in self.sheets:
            for annotation in sheet.page.get("/Annots", []):
                yield sheet, annotation


def read_evidence(path: Path) -> Evidence:
    data = path.read_bytes()
    pdf = pikepdf.open(BytesIO(data))
    fonts: dict[Key, Dictionary] = {}
    sheets = tuple(_sheet(number, page.obj, fonts) for number, page in enumerate(pdf.pages, 1))
    root = pdf.Root.get("/StructTreeRoot")
    return Evidence(
        data=data,
        pdf=pdf,
        sheets=sheets,
        tags=tuple(_tags(root)) if root is not None else (),
        parents=dict(_numbers(root.ParentTree)) if root and "/ParentTree" in root else {},
        faces=tuple(_faces(fonts, sheets)),
    )


def _faces(
    fonts: dict[Key, Dictionary], sheets: tuple[Sheet, ...]
) -> Iterator[tuple[Face, set[int]]]:
    """Each Type 0 font with the codes it shows anywhere."""
    for key, font in fonts.items():
        if font.Subtype == Name.Type0:
            codes = set().union(*(sheet.codes.get(key, set()) for sheet in sheets))
            yield read_face(font, codes), codes


def _sheet(number: int, page: Dictionary, fonts: dict[Key, Dictionary]) -> Sheet:
    sheet = Sheet(number=number, page=page)
    held = page
    while "/Resources" not in held and "/Parent" in held:
        held = held.Parent
    _read(sheet, page, held.get("/Resources", Dictionary()), fonts, [])
    return sheet


def _read(
    sheet: Sheet, source: Any, resources: Any, fonts: dict[Key, Dictionary], around: list[str]
) -> None:
    inside, font, saved = list(around), None, []
    for operands, operator in pikepdf.parse_content_stream(source):
        op = str(operator)
        sheet.operators.add(op)
        if op in ("BMC", "BDC"):
            inside.append(_marked(sheet, operands, resources, inside))
        elif op == "EMC" and len(inside) > len(around):
            inside.pop()
        elif op == "EMC":
            sheet.unclosed += 1
        elif op == "q":
            saved.append(font)
            sheet.depth = max(sheet.depth, len(saved))
        elif op == "Q":
            font = saved.pop() if saved else None
        elif op in ("cs", "CS"):
            sheet.spaces.add(str(operands[0]))
        elif op == "Tf":
            font = _font(sheet, operands[0], resources, fonts)
        elif op in TEXT and font is not None:
            sheet.codes[font].update(_codes(operands, fonts[font]))
        if op in PAINT and not {TAGGED, ARTIFACT} & set(inside):
            sheet.loose.append(op)
        if op == "Do":
            _draw(sheet, operands[0], resources, fonts, inside)
    sheet.unclosed += len(inside) - len(around)


def _marked(sheet: Sheet, operands: Any, resources: Any, inside: list[str]) -> str:
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, Name):
        properties = resources.get("/Properties", {}).get(str(properties))
    kind = ARTIFACT if operands[0] == Name.Artifact else OTHER
    if properties is not None and "/MCID" in properties:
        sheet.marks.append((int(properties["/MCID"]), str(operands[0])[1:]))
        kind = TAGGED
    if kind != OTHER and {TAGGED, ARTIFACT} & set(inside):
        sheet.crossed += 1
    return kind


def _font(sheet: Sheet, name: Name, resources: Any, fonts: dict[Key, Dictionary]) -> Key | None:
    font = resources.get("/Font", {}).get(str(name))
    if font is None:
        sheet.unnamed.add(str(name))
        return None
    fonts[font.objgen] = font
    return font.objgen


def _codes(operands: Any, font: Dictionary) -> Iterator[int]:
    parts = operands[-1] if isinstance(operands[-1], Array) else [operands[-1]]
    for part in parts:
        if isinstance(part, pikepdf.String):
            shown = bytes(part)
            if font.Subtype == Name.Type0:
                yield from (shown[i] << 8 | shown[i + 1] for i in range(0, len(shown) - 1, 2))
            else:
                yield from shown


def _draw(
    sheet: Sheet, name: Name, resources: Any, fonts: dict[Key, Dictionary], inside: list[str]
) -> None:
    form = resources.get("/XObject", {}).get(str(name))
    if form is None:
        sheet.unnamed.add(str(name))
    elif form.Subtype == Name.Form:
        _read(sheet, form, form.get("/Resources", resources), fonts, inside)


def _tags(root: Dictionary) -> Iterator[Tag]:
    """All elements in reading order."""
    count = 0
    waiting = [(kid, -1, root) for kid in reversed(_list(root.get("/K")))]
    found: list[Tag] = []
    while waiting:
        element, parent, above = waiting.pop()
        tag = Tag(count, str(element.get("/S", "/"))[1:], parent, element)
        if element.get("/P", None) is None or element.P.objgen != above.objgen:
            tag.broken = "its /P is not the element it stands in"
        count += 1
        found.append(tag)
        if parent >= 0:
            found[parent].kids.append(tag.index)
        elements = [kid for kid in _list(element.get("/K")) if not _leaf(tag, kid, element)]
        waiting += [(kid, tag.index, element) for kid in reversed(elements)]
        yield tag


def _leaf(tag: Tag, kid: Any, element: Dictionary) -> bool:
    if isinstance(kid, int):
        tag.marks.append((element.Pg.objgen, kid))
    elif kid.get("/Type") == Name.MCR:
        tag.marks.append((kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID)))
    elif kid.get("/Type") == Name.OBJR:
        tag.objects.append(kid.Obj.objgen)
    else:
        return False
    return True


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _numbers(node: Dictionary) -> Iterator[tuple[int, Any]]:
    for kid in node.get("/Kids", []):
        yield from _numbers(kid)
    nums = list(node.get("/Nums", []))
    yield from zip(map(int, nums[::2]), nums[1::2], strict=True)


def attributes(element: Dictionary) -> dict[str, Any]:
    """Of a structure element, whoever owns them."""
    held: dict[str, Any] = {}
    for entry in _list(element.get("/A")):
        if isinstance(entry, Dictionary):
            held.update(dict(entry.items()))
    return held


def read_face(font: Dictionary, codes: set[int]) -> Face:
    """A Type 0 font with Identity-H; `codes` are those to look up in its program."""
    descendant = font.DescendantFonts[0]
    return Face(
        name=str(font.get("/BaseFont", "?")),
        widths=_widths(list(descendant.get("/W", []))),
        default=float(descendant.get("/DW", 1000)),
        program=dict(_program(descendant, codes)),
        text=_to_unicode(font),
    )


def _widths(entries: list[Any]) -> dict[int, float]:
    widths: dict[int, float] = {}
    while entries:
        first = int(entries.pop(0))
        second = entries.pop(0)
        if isinstance(second, Array):
            widths.update(enumerate(map(float, second), first))
        else:
            width = float(entries.pop(0))
            widths.update(dict.fromkeys(range(first, int(second) + 1), width))
    return widths


def _program(descendant: Dictionary, codes: set[int]) -> Iterator[tuple[int, float]]:
    descriptor = descendant.get("/FontDescriptor", Dictionary())
    if "/FontFile2" in descriptor:
        font = TTFont(BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)
        names, metrics, unit = font.getGlyphOrder(), font["hmtx"], 1000 / font["head"].unitsPerEm
        yield from ((code, metrics[names[code]][0] * unit) for code in codes if code < len(names))
    elif "/FontFile3" in descriptor:
        yield from _compact(descriptor.FontFile3.read_bytes(), codes)


def _compact(program: bytes, codes: set[int]) -> Iterator[tuple[int, float]]:
    """Of a bare CFF: by CID, or by glyph when it has none (ISO 32000-1, 9.7.4.2)."""
    held = CFFFontSet()
    held.decompile(BytesIO(program), None)
    top = held[0]
    by_code = {
        int(name[3:]) if hasattr(top, "ROS") and name.startswith("cid") else glyph: name
        for glyph, name in enumerate(top.charset)
    }
    if hasattr(top, "ROS"):
        by_code[0] = ".notdef"
    unit = 1000 * top.rawDict.get("FontMatrix", [0.001])[0]
    for code in codes & by_code.keys():
        outline = top.CharStrings[by_code[code]]
        private = outline.private
        reader = T2WidthExtractor(
            getattr(private, "Subrs", []),
            outline.globalSubrs,
            private.nominalWidthX,
            private.defaultWidthX,
            private,
        )
        reader.execute(outline)
        yield code, reader.width * unit


def _to_unicode(font: Dictionary) -> dict[int, str]:
    stream = font.get("/ToUnicode")
    if not isinstance(stream, Stream):
        return {}
    cmap = stream.read_bytes().decode("latin-1")
    text: dict[int, str] = {}
    for section in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, target in re.findall(r"<(\w+)>\s*<(\w*)>", section):
            text[int(code, 16)] = _decoded(target)
    for section in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, target in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", section):
            start = _decoded(target)
            for code in range(int(first, 16), int(last, 16) + 1):
                text[code] = start[:-1] + chr(ord(start[-1]) + code - int(first, 16))
    return text


def _decoded(target: str) -> str:
    return bytes.fromhex(target).decode("utf-16-be", "replace")
