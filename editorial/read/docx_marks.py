"""A .docx that came back: where it is from, and which of its paragraphs were which blocks.

Programs rewrite what they save: properties come in another order, a bookmark may begin before
its paragraph or end in the next one, or stand twice. All of that reads the same.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import field

from lxml import etree

from editorial.errors import EditorialError
from editorial.model.origin import Origin, mark_place, origin_of
from editorial.values import dataclass

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MOST = 256 * 2**20  # bytes of one part unpacked: no manuscript is larger, a zip bomb is
GONE = frozenset({"del", "moveFrom", "txbxContent", "Fallback"})
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedBlock:
    """`name` of the bookmark, and all text of the paragraphs it covers, a line each, as it
    reads with every tracked change accepted."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """`origin` is None when the properties are not ours or were taken out."""

    origin: Origin | None
    blocks: tuple[MarkedBlock, ...]


@dataclass(slots=True)
class Walk:
    """Paragraphs going by; `open` are the names of bookmarks begun and not ended, by their id."""

    open: dict[str, str] = field(default_factory=dict)
    found: dict[str, list[str]] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)


def read_marks(data: bytes) -> Marks:
    """Origin and marked blocks in the order of the file. EditorialError when it is no .docx."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            properties = _properties(archive)
            document = _tree(archive, _main_part(archive))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, ValueError) as fault:
        raise EditorialError(
            "这不是完好的 Word 文件（.docx）", hint="请在 Word 或 WPS 里打开，另存为 .docx 再试"
        ) from fault
    walk = Walk()
    for body in document.iterchildren():
        _pass(walk, body)
    blocks = tuple(MarkedBlock(name=n, text="\n".join(t)) for n, t in walk.found.items())
    return Marks(origin=origin_of(properties), blocks=blocks)


def _tree(archive: zipfile.ZipFile, name: str) -> etree._Element:
    if archive.getinfo(name).file_size > MOST:
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(archive.read(name), parser)


def _main_part(archive: zipfile.ZipFile) -> str:
    """word/document.xml, unless the package says otherwise."""
    for relation in _tree(archive, "_rels/.rels"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise KeyError("officeDocument")


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    if "docProps/custom.xml" not in archive.namelist():
        return {}
    return {
        each.get("name", ""): "".join(str(text) for text in each.itertext())
        for each in _tree(archive, "docProps/custom.xml")
    }


def _local(node: etree._Element) -> str:
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _attribute(node: etree._Element, name: str) -> str:
    return node.get(MAIN + name) or node.get(STRICT + name) or ""


def _pass(walk: Walk, node: etree._Element) -> None:
    """Bookmarks between paragraphs belong to the next one; everything else is gone into."""
    match _local(node):
        case "p":
            _paragraph(walk, node)
        case "bookmarkStart":
            _begin(walk, node)
        case "bookmarkEnd":
            _end(walk, node)
        case _:
            for child in node.iterchildren():
                _pass(walk, child)


def _begin(walk: Walk, node: etree._Element) -> str:
    name = _attribute(node, "name")
    if mark_place(name) is None or name in walk.found:
        return ""
    walk.open[_attribute(node, "id")] = name
    walk.found[name] = []
    walk.fresh.add(name)
    return name


def _end(walk: Walk, node: etree._Element) -> str:
    return walk.open.pop(_attribute(node, "id"), "")


def _paragraph(walk: Walk, node: etree._Element) -> None:
    """Its text goes to every bookmark that covers some of it, or that begins in it."""
    covered = dict.fromkeys(walk.fresh)
    words: list[str] = []
    for piece in _pieces(node):
        if isinstance(piece, str):
            words.append(piece)
            covered |= dict.fromkeys(walk.open.values())
        elif _local(piece) == "bookmarkStart":
            name = _begin(walk, piece)
            if name:
                covered[name] = None
        else:
            _end(walk, piece)
    walk.fresh.clear()
    for name in covered:
        walk.found[name].append("".join(words))


def _pieces(node: etree._Element) -> Iterator[str | etree._Element]:
    """Text as it reads, and bookmarks, in their order."""
    for child in node.iterchildren():
        kind = _local(child)
        if kind in ("bookmarkStart", "bookmarkEnd"):
            yield child
        elif kind == "t":
            yield child.text or ""
        elif kind in SIGNS:
            yield SIGNS[kind]
        elif kind not in GONE and not kind.endswith("Pr"):
            yield from _pieces(child)
