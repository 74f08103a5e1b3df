"""What a file says about itself: XMP and information dictionary alike, sRGB, language.

Dates come from the imprint, never from the clock, so that equal drafts are equal files.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from html import escape
from pathlib import Path

from reportlab.pdfbase.pdfdoc import PDFDocument

from editorial import __version__
from editorial.model.document import printable
from editorial.render.pdf.file import Stream, bulk, deflated, set_catalog, text_string
from editorial.values import dataclass

LANGUAGE = "zh-CN"
CREATOR = "editorial"
PRODUCER = f"editorial {__version__} (ReportLab PDF Library)"
# Beijing time all year round.
ZONE, PDF_ZONE = "+08:00", "+08'00'"
COPY_SPACE = "urn:editorial:copy:1.0#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Of one file, which says that it is PDF/A-2b (ISO 19005-2): every face is embedded, every
    picture grey or RGB. `copy` and `reader` tell numbered copies apart (第7号, 示例市档案馆). A
    paper without a date says none.
    """

    title: str
    author: str
    date: date | None
    subject: str = ""
    keywords: str = ""
    copy: str = ""
    reader: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Object numbers of what differs between numbered copies."""

    info: int
    packet: int


def set_metadata(document: PDFDocument, metadata: Metadata) -> Placed:
    """Information, XMP, language, output intent and the title in the window (ISO 14289-1, 7.1)."""
    raw = bulk(document)
    placed = Placed(info=raw.reserve(), packet=raw.reserve())
    for number, body in copy_changes(placed, metadata).items():
        raw.put(number, body)
    raw.info = placed.info
    profile = raw.add(deflated(srgb_profile(), "/N 3"))
    intent = (
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
        f"/RegistryName(http://www.color.org)/DestOutputProfile {profile} 0 R>>"
    )
    set_catalog(document, "OutputIntents", f"[{intent}]")
    set_catalog(document, "Metadata", f"{placed.packet} 0 R")
    set_catalog(document, "Lang", text_string(LANGUAGE))
    set_catalog(document, "ViewerPreferences", "<</DisplayDocTitle true>>")
    return placed


def copy_changes(placed: Placed, metadata: Metadata) -> dict[int, bytes | Stream]:
    """The objects of `write`'s `changes` for a copy with other `metadata`."""
    return {
        placed.info: information(metadata),
        # Not compressed, that programs which know no PDF can find it.
        placed.packet: Stream("/Type/Metadata/Subtype/XML", packet(metadata)),
    }


def information(metadata: Metadata) -> bytes:
    """The information dictionary (ISO 32000-1, 14.3.3); what it says, the packet says."""
    entries = {
        "Title": metadata.title,
        "Author": metadata.author,
        "Subject": metadata.subject,
        "Keywords": metadata.keywords,
        "Creator": CREATOR,
        "Producer": PRODUCER,
        "CopyNumber": metadata.copy,
        "Reader": metadata.reader,
    }
    said = {name: printable(text) for name, text in entries.items()}
    told = "".join(f"/{name}{text_string(text)}" for name, text in said.items() if text)
    if metadata.date:
        when = text_string(f"D:{metadata.date:%Y%m%d}000000{PDF_ZONE}")
        told += f"/CreationDate{when}/ModDate{when}"
    return f"<<{told}/Trapped/False>>".encode()


def packet(metadata: Metadata) -> bytes:
    """The XMP packet (ISO 16684-1) in UTF-8."""
    return "\n".join(_packet_lines(metadata)).encode()


def _packet_lines(metadata: Metadata) -> Iterator[str]:
    yield '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    yield '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    yield '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    yield '<rdf:Description rdf:about=""'
    yield from (f' xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    yield ">"
    yield from _described(metadata)
    yield "</rdf:Description>"
    yield "</rdf:RDF>"
    yield "</x:xmpmeta>"
    yield '<?xpacket end="r"?>'


SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "copy": COPY_SPACE,
}


def _described(metadata: Metadata) -> Iterator[str]:
    yield _tag("dc:format", "application/pdf")
    yield _tag("dc:title", _listed("Alt", metadata.title, ' xml:lang="x-default"'), raw=True)
    if metadata.author:
        yield _tag("dc:creator", _listed("Seq", metadata.author), raw=True)
    yield _tag("dc:language", _listed("Bag", LANGUAGE), raw=True)
    if metadata.subject:
        about = _listed("Alt", metadata.subject, ' xml:lang="x-default"')
        yield _tag("dc:description", about, raw=True)
    if metadata.keywords:
        yield _tag("pdf:Keywords", metadata.keywords)
    yield _tag("pdf:Producer", PRODUCER)
    yield _tag("xmp:CreatorTool", CREATOR)
    if metadata.date:
        when = f"{metadata.date:%Y-%m-%d}T00:00:00{ZONE}"
        yield from (_tag(f"xmp:{name}Date", when) for name in ("Create", "Modify", "Metadata"))
    yield _tag("pdfaid:part", "2")
    yield _tag("pdfaid:conformance", "B")
    if metadata.copy:
        yield _tag("copy:number", metadata.copy)
    if metadata.reader:
        yield _tag("copy:reader", metadata.reader)
    if metadata.copy or metadata.reader:
        yield from _extensions()


def _tag(name: str, content: str, *, raw: bool = False) -> str:
    return f"<{name}>{content if raw else _escaped(content)}</{name}>"


def _listed(kind: str, text: str, attributes: str = "") -> str:
    return f"<rdf:{kind}><rdf:li{attributes}>{_escaped(text)}</rdf:li></rdf:{kind}>"


def _escaped(text: str) -> str:
    return escape(printable(text), quote=False)


def _extensions() -> Iterator[str]:
    """What is not in the schemas of PDF/A must be described in the file (6.6.2.3.3)."""
    properties = [
        ("number", "Text", "Number of this copy"),
        ("reader", "Text", "Whom this copy was made for"),
    ]
    yield "<pdfaExtension:schemas><rdf:Bag>"
    yield _schema("Numbered copies", "copy", properties)
    yield "</rdf:Bag></pdfaExtension:schemas>"


def _schema(title: str, prefix: str, properties: list[tuple[str, str, str]]) -> str:
    members = "".join(
        '<rdf:li rdf:parseType="Resource">'
        + _tag("pdfaProperty:name", name)
        + _tag("pdfaProperty:valueType", kind)
        + _tag("pdfaProperty:category", "external")
        + _tag("pdfaProperty:description", about)
        + "</rdf:li>"
        for name, kind, about in properties
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        + _tag("pdfaSchema:schema", title)
        + _tag("pdfaSchema:namespaceURI", SPACES[prefix])
        + _tag("pdfaSchema:prefix", prefix)
        + _tag("pdfaSchema:property", f"<rdf:Seq>{members}</rdf:Seq>", raw=True)
        + "</rdf:li>"
    )


@cache
def srgb_profile() -> bytes:
    """The sRGB profile of Little CMS, which nobody holds a copyright in, without the moment it
    was made (ICC.1, 7.2.1)."""
    return Path(__file__).with_name("srgb.icc").read_bytes()
