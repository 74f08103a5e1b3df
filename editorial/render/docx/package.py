"""An Open Packaging Conventions file (ECMA-376 part 2), the same bytes for the same parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date
from posixpath import basename, dirname

from editorial.model.origin import Origin, origin_properties
from editorial.render.docx.wordml import escape
from editorial.values import dataclass

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# The one format id Office looks for in user-defined properties (ECMA-376 part 1, 22.3).
USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
FIRST_PROPERTY = 2
ALREADY_PACKED = (".jpeg", ".png", ".gif")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """`kind` is the last step of the relationship type, or the whole address of one."""

    id: str
    kind: str
    target: str
    external: bool = False


@dataclass(slots=True)
class Relations:
    """The relationships of one part, numbered as they come; the same target has one id."""

    listed: list[Relation] = field(default_factory=list)
    ids: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        known = self.ids.get((kind, target))
        if known:
            return known
        new = f"rId{len(self.listed) + 1}"
        self.listed.append(Relation(id=new, kind=kind, target=target, external=external))
        self.ids[kind, target] = new
        return new


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """One file of the package; `type` empty: known by its suffix."""

    name: str
    type: str = ""
    data: bytes
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What 文件信息 shows. `day` stands for both created and modified; `origin` becomes
    user-defined properties, which the reader of a file does not meet."""

    title: str
    author: str
    day: date
    subject: str = ""
    keywords: str = ""
    description: str = ""
    origin: Origin | None = None


def word_part(name: str, kind: str, xml: str, relations: Sequence[Relation] = ()) -> FilePart:
    """word/NAME.xml; `kind` is the tail of its content type."""
    return FilePart(
        name=f"word/{name}.xml",
        type=f"{WORD_TYPE}.{kind}+xml",
        data=(DECLARATION + xml).encode(),
        relations=tuple(relations),
    )


def packed(parts: Sequence[FilePart], properties: Properties) -> bytes:
    """The finished file. The first part is the main document."""
    custom = (_custom(properties.origin),) if properties.origin else ()
    parts = (*parts, core_part(properties), _app(), *custom)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        _write(archive, "[Content_Types].xml", _content_types(parts).encode())
        _write(archive, "_rels/.rels", _relations_xml(_top(parts[0], custom)).encode())
        for part in parts:
            _write(archive, part.name, part.data)
            if part.relations:
                _write(archive, _beside(part.name), _relations_xml(part.relations).encode())
    return buffer.getvalue()


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name)  # dated 1980-01-01: the clock must not show in the bytes
    entry.create_system = 0
    stored = name.endswith(ALREADY_PACKED)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _beside(name: str) -> str:
    return f"{dirname(name)}/_rels/{basename(name)}.rels"


def _top(document: FilePart, custom: Sequence[FilePart]) -> tuple[Relation, ...]:
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    return (
        Relation(id="rId1", kind="officeDocument", target=document.name),
        Relation(id="rId2", kind=core, target="docProps/core.xml"),
        Relation(id="rId3", kind="extended-properties", target="docProps/app.xml"),
        *(Relation(id="rId4", kind="custom-properties", target=part.name) for part in custom),
    )


def _relations_xml(relations: Iterable[Relation]) -> str:
    lines = "".join(_relation_xml(relation) for relation in relations)
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def _relation_xml(relation: Relation) -> str:
    kind = relation.kind
    kind = kind if "://" in kind else f"{OFFICE}/relationships/{kind}"
    mode = ' TargetMode="External"' if relation.external else ""
    target = escape(relation.target)
    return f'<Relationship Id="{relation.id}" Type="{kind}" Target="{target}"{mode}/>'


def _content_types(parts: Sequence[FilePart]) -> str:
    suffixes = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "jpeg": "image/jpeg",
        "png": "image/png",
        "gif": "image/gif",
    }
    defaults = "".join(
        f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in suffixes.items()
    )
    overrides = "".join(
        f'<Override PartName="/{part.name}" ContentType="{part.type}"/>'
        for part in parts
        if part.type
    )
    return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'


def core_part(properties: Properties) -> FilePart:
    moment = f"{properties.day.isoformat()}T00:00:00Z"
    w3c = 'xsi:type="dcterms:W3CDTF"'
    xml = (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title>"
        f"<dc:subject>{escape(properties.subject)}</dc:subject>"
        f"<dc:creator>{escape(properties.author)}</dc:creator>"
        f"<cp:keywords>{escape(properties.keywords)}</cp:keywords>"
        f"<dc:description>{escape(properties.description)}</dc:description>"
        f"<cp:lastModifiedBy>{escape(properties.author)}</cp:lastModifiedBy>"
        "<cp:revision>1</cp:revision>"
        f"<dcterms:created {w3c}>{moment}</dcterms:created>"
        f"<dcterms:modified {w3c}>{moment}</dcterms:modified>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
    kind = "application/vnd.openxmlformats-package.core-properties+xml"
    return FilePart(name="docProps/core.xml", type=kind, data=(DECLARATION + xml).encode())


def _app() -> FilePart:
    kind = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    space = f'xmlns="{OFFICE}/extended-properties"'
    xml = f"<Properties {space}><DocSecurity>0</DocSecurity></Properties>"
    return FilePart(name="docProps/app.xml", type=kind, data=(DECLARATION + xml).encode())


def _custom(origin: Origin) -> FilePart:
    """docProps/custom.xml; numbers of properties begin with 2."""
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    listed = "".join(
        f'<property fmtid="{USER_DEFINED}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(origin_properties(origin), FIRST_PROPERTY)
    )
    spaces = f'xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes"'
    xml = f"{DECLARATION}<Properties {spaces}>{listed}</Properties>"
    return FilePart(name="docProps/custom.xml", type=kind, data=xml.encode())
