"""Rules of ISO 19005-2 (PDF/A-2b, and 2u for text) that can be asked of a file here.

Each is a function from the evidence to complaints. Where the office asks for more than
the standard, the docstring says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pikepdf import Array, Dictionary, Name, Stream

from tests.render.pdf_evidence import Evidence

FILTERS = {"/LZWDecode", "/Crypt"}
BLENDS = {
    *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten"),
    *("/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion"),
    *("/Hue", "/Saturation", "/Color", "/Luminosity"),
}
NAMED_ACTIONS = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
ACTIONS = {"/GoTo", "/GoToR", "/Thread", "/URI", "/Named"}
SILENT = {"/Sound", "/Movie", "/Screen", "/3D", "/FileAttachment", "/RichMedia"}
PRINT, HIDING = 4, 1 | 2 | 32 | 256
NOT_TEXT = {"\0", "\ufeff", "\ufffe"}
SPACE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC, XMP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}"
PDF, AID = "{http://ns.adobe.com/pdf/1.3/}", "{http://www.aiim.org/pdfa/ns/id/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
# The properties of the schemas that need no description (ISO 19005-2, 6.6.2.3.1); of others, all.
DUBLIN = (
    "contributor coverage creator date description format identifier language publisher relation"
    " rights source subject title type"
)
BASIC = (
    "Advisory BaseURL CreateDate CreatorTool Identifier Label MetadataDate ModifyDate Nickname"
    " Rating Thumbnails"
)
KNOWN = {
    DC: set(DUBLIN.split()),
    XMP: set(BASIC.split()),
    PDF: {"Keywords", "PDFVersion", "Producer"},
    AID: {"part", "conformance", "amd", "corr"},
}
OPEN = {EXTENSION, "{http://ns.adobe.com/xap/1.0/mm/}"}
ALIKE = {
    "/Title": f"{DC}title",
    "/Author": f"{DC}creator",
    "/Subject": f"{DC}description",
    "/Keywords": f"{PDF}Keywords",
    "/Creator": f"{XMP}CreatorTool",
    "/Producer": f"{PDF}Producer",
    "/CreationDate": f"{XMP}CreateDate",
    "/ModDate": f"{XMP}ModifyDate",
}
# ISO 32000-1, Annex A. What is no number, such as 2e-15, is read as an operator.
_OPERATORS = """
    b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k
    l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W
    W* y ' "
"""
OPERATORS = {*_OPERATORS.split(), "INLINE IMAGE"}


def header(found: Evidence) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7](\r\n|\r|\n)%[\x80-\xff]{4}", found.data):
        yield "the file does not begin with %PDF-1.n and a binary comment"


def trailer(found: Evidence) -> Iterator[str]:
    if len(found.pdf.trailer.get("/ID", Array())) != 2:
        yield "no /ID of two strings"
    if "/Encrypt" in found.pdf.trailer:
        yield "encrypted"
    if not re.search(rb"%%EOF(\r\n|\r|\n)?\Z", found.data):
        yield "something stands after %%EOF"


def streams(found: Evidence) -> Iterator[str]:
    ends = len(re.findall(rb"endstream\s+endobj", found.data))
    if ends != len(re.findall(rb"[\r\n]endstream\s+endobj", found.data)):
        yield "an endstream without a line end before it"
    for number, part in enumerate(found.pdf.objects):
        if isinstance(part, Stream) and {"/F", "/FFilter", "/FDecodeParms"} & set(part.keys()):
            yield f"object {number}: its bytes lie in another file"


def filters(found: Evidence) -> Iterator[str]:
    for part in found.pdf.objects:
        if isinstance(part, Stream):
            used = part.get("/Filter", Array())
            for name in used if isinstance(used, Array) else [used]:
                if str(name) in FILTERS:
                    yield f"{part.objgen[0]}: {name}"


def limits(found: Evidence) -> Iterator[str]:
    for sheet in found.sheets:
        left, bottom, right, top = map(float, sheet.page.MediaBox)
        if not (3 <= right - left <= 14400 and 3 <= top - bottom <= 14400):
            yield f"page {sheet.number}: {right - left} × {top - bottom} points"
        if sheet.depth > 28:
            yield f"page {sheet.number}: q nested {sheet.depth} deep"


def trimmed(found: Evidence) -> Iterator[str]:
    """Stricter than the standard: works ask what to trim to; nothing here bleeds."""
    for sheet in found.sheets:
        if sheet.page.get("/TrimBox") != sheet.page.MediaBox:
            yield f"page {sheet.number}: the TrimBox is not the paper"


def named(found: Evidence) -> Iterator[str]:
    for sheet in found.sheets:
        if "/Resources" not in sheet.page:
            yield f"page {sheet.number}: its resources are not its own"
        if sheet.unnamed:
            yield f"page {sheet.number}: {sorted(sheet.unnamed)} not in its resources"
        if odd := sheet.operators - OPERATORS:
            yield f"page {sheet.number}: {sorted(odd)} are no operators"


def intent(found: Evidence) -> Iterator[str]:
    intents = [i for i in found.pdf.Root.get("/OutputIntents", []) if i.S == Name.GTS_PDFA1]
    if len(intents) != 1 or "/DestOutputProfile" not in intents[0]:
        yield "not exactly one output intent with a profile"
        return
    profile = intents[0].DestOutputProfile
    held = profile.read_bytes()
    if int(profile.get("/N", 0)) != 3 or held[16:20] != b"RGB " or held[36:40] != b"acsp":
        yield "the profile is not RGB"
    if held[12:16] not in (b"mntr", b"prtr") or held[8] >= 5:
        yield "the profile is not of a screen or printer, or too new"


def colours(found: Evidence) -> Iterator[str]:
    """The output intent is RGB, so grey and RGB are defined and CMYK is not."""
    for sheet in found.sheets:
        used = sheet.operators & {"k", "K"} | sheet.spaces - {"/DeviceRGB", "/DeviceGray"}
        if used:
            yield f"page {sheet.number}: {sorted(used)}"
    for part in found.pdf.objects:
        if isinstance(part, Stream) and part.get("/Subtype") == Name.Image:
            space = part.get("/ColorSpace", Name.DeviceGray)
            flat = [str(entry) for entry in space] if isinstance(space, Array) else [str(space)]
            if "/DeviceCMYK" in flat or "/DeviceN" in flat or "/Separation" in flat:
                yield f"picture {part.objgen[0]}: {flat[0]}"


def pictures(found: Evidence) -> Iterator[str]:
    for part in found.pdf.objects:
        if isinstance(part, Stream) and part.get("/Type") == Name.XObject:
            if {"/Alternates", "/OPI", "/PS", "/Ref"} & set(part.keys()):
                yield f"object {part.objgen[0]}: {sorted(part.keys())}"
            if part.get("/Interpolate", False) or part.Subtype == Name.PS:
                yield f"object {part.objgen[0]}: interpolated, or PostScript"


def transparency(found: Evidence) -> Iterator[str]:
    """Stricter than the standard: old printers at the works flatten badly, so there is none."""
    for part in found.pdf.objects:
        if not isinstance(part, Dictionary | Stream):
            continue
        if str(part.get("/BM", "/Normal")) not in BLENDS:
            yield f"object {part.objgen[0]}: blend mode {part.BM}"
        faint = [key for key in ("/ca", "/CA") if float(part.get(key, 1)) != 1]
        if faint or part.get("/SMask", Name("/None")) != Name("/None"):
            yield f"object {part.objgen[0]}: {faint or 'soft mask'}"
        if {"/TR", "/HTP"} & set(part.keys()) and part.get("/Type") == Name.ExtGState:
            yield f"object {part.objgen[0]}: transfer function"


def embedded(found: Evidence) -> Iterator[str]:
    for font in found.pdf.objects:
        if isinstance(font, Dictionary) and font.get("/Type") == Name.Font:
            held = font.DescendantFonts[0] if font.Subtype == Name.Type0 else font
            descriptor = held.get("/FontDescriptor", Dictionary())
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
                yield f"{font.get('/BaseFont')} is not embedded"
            if held.Subtype == Name.CIDFontType2 and "/CIDToGIDMap" not in held:
                yield f"{font.get('/BaseFont')}: no /CIDToGIDMap"


def glyphs(found: Evidence) -> Iterator[str]:
    for face, codes in found.faces:
        if absent := codes - face.program.keys():
            yield f"{face.name}: {sorted(absent)[:5]} are not in the program"


def widths(found: Evidence) -> Iterator[str]:
    for face, codes in found.faces:
        for code in sorted(codes & face.program.keys()):
            said, held = face.widths.get(code, face.default), face.program[code]
            if abs(said - held) > 1:
                yield f"{face.name}: {code:04X} is {held:g} wide, not {said:g}"


def readable(found: Evidence) -> Iterator[str]:
    for face, codes in found.faces:
        for code in sorted(codes):
            text = face.text.get(code, "")
            if not text or set(text) & NOT_TEXT:
                yield f"{face.name}: {code:04X} gives no text"


def notdef(found: Evidence) -> Iterator[str]:
    yield from (f"{face.name} draws .notdef" for face, codes in found.faces if 0 in codes)


def annotation_types(found: Evidence) -> Iterator[str]:
    for sheet, annotation in found.annotations():
        if str(annotation.get("/Subtype")) in SILENT:
            yield f"page {sheet.number}: {annotation.Subtype}"


def flags(found: Evidence) -> Iterator[str]:
    for sheet, annotation in found.annotations():
        flag = int(annotation.get("/F", 0))
        if not flag & PRINT or flag & HIDING:
            yield f"page {sheet.number}: {annotation.Subtype} with /F {flag}"


def appearances(found: Evidence) -> Iterator[str]:
    for sheet, annotation in found.annotations():
        if annotation.Subtype not in (Name.Link, Name.Popup) and "/AP" not in annotation:
            yield f"page {sheet.number}: {annotation.Subtype} without appearance"


def actions(found: Evidence) -> Iterator[str]:
    root = found.pdf.Root
    held = [root.get("/OpenAction"), *(a.get("/A") for _, a in found.annotations())]
    for action in held:
        if isinstance(action, Dictionary) and str(action.S) not in ACTIONS:
            yield f"{action.S}"
        elif isinstance(action, Dictionary) and Name.Named == action.S:
            yield from {str(action.N)} - NAMED_ACTIONS
    if "/JavaScript" in root.get("/Names", {}):
        yield "scripts in the catalog"
    others = [root, *(s.page for s in found.sheets), *(a for _, a in found.annotations())]
    yield from (f"/AA in {part.get('/Type')}" for part in others if "/AA" in part)


def _packet(found: Evidence) -> Any:
    stream = found.pdf.Root.get("/Metadata")
    return etree.fromstring(stream.read_bytes()) if isinstance(stream, Stream) else None


def packet(found: Evidence) -> Iterator[str]:
    stream = found.pdf.Root.get("/Metadata")
    if not isinstance(stream, Stream):
        yield "no XMP packet"
    elif re.match(rb"<\?xpacket[^>]*(bytes|encoding)=", stream.read_bytes()):
        yield "the packet's head has bytes or encoding"


def extensions(found: Evidence) -> Iterator[str]:
    held = _packet(found)
    if held is None:
        return
    spaces = {f"{{{e.text}}}" for e in held.iter(f"{SCHEMA}namespaceURI")}
    names = {e.text for e in held.iter(f"{PROPERTY}name")}
    for described in held.iter(f"{SPACE}Description"):
        for entry in described:
            space, name = entry.tag[: entry.tag.index("}") + 1], etree.QName(entry).localname
            known = space in OPEN or name in KNOWN.get(space, ())
            if not known and not (space in spaces and name in names):
                yield f"{entry.tag} is described nowhere"


def identified(found: Evidence) -> Iterator[str]:
    held = _packet(found)
    part = "" if held is None else held.findtext(f".//{AID}part")
    conformance = "" if held is None else held.findtext(f".//{AID}conformance")
    if (part, conformance) not in (("2", "B"), ("2", "U"), ("2", "A")):
        yield f"says it is PDF/A-{part}{conformance}"


def alike(found: Evidence) -> Iterator[str]:
    """Asked by ISO 19005-1 (6.7.3) and by readers who see only one of the two."""
    held, info = _packet(found), found.pdf.docinfo
    if held is None:
        return
    for key, name in ALIKE.items():
        entry = held.find(f".//{name}")
        said = "" if entry is None else "".join(entry.itertext()).strip()
        known = str(info.get(key, ""))
        if (_moment(known) if "Date" in key else known) != said:
            yield f"{key} is {known!r}, {name} {said!r}"


def _moment(date: str) -> str:
    """D:20200303000000+08'00' as 2020-03-03T00:00:00+08:00."""
    match = re.match(r"D:(....)(..)(..)(..)(..)(..)(...)'(..)'?", date)
    return "{}-{}-{}T{}:{}:{}{}:{}".format(*match.groups()) if match else date


def files(found: Evidence) -> Iterator[str]:
    """Stricter than the standard, which allows PDF/A files inside."""
    if "/EmbeddedFiles" in found.pdf.Root.get("/Names", {}):
        yield "other files inside"


ARCHIVE = {
    "6.1.2": header,
    "6.1.3": trailer,
    "6.1.7.1": streams,
    "6.1.7.2": filters,
    "6.1.13": limits,
    "6.1.13 boxes": trimmed,
    "6.2.2": named,
    "6.2.3": intent,
    "6.2.4.3": colours,
    "6.2.8": pictures,
    "6.2.10": transparency,
    "6.2.11.4.1 embedding": embedded,
    "6.2.11.4.1 glyphs": glyphs,
    "6.2.11.5": widths,
    "6.2.11.7.2": readable,
    "6.2.11.8": notdef,
    "6.3.1": annotation_types,
    "6.3.2": flags,
    "6.3.3": appearances,
    "6.5.1": actions,
    "6.6.2.1": packet,
    "6.6.2.3": extensions,
    "6.6.4": identified,
    "6.6.2.1 information": alike,
    "6.8": files,
}
