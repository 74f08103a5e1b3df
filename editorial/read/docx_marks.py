"""A .docx that came back: where it is from, and which of its paragraphs were which blocks.

Programs rewrite what they save: properties come in another order, a bookmark may begin before
its paragraph or end in the next one, or stand twice. All of that reads the same.
"""

from __future__ import annotations

import zipfile
from dataclasses import field

from lxml import etree

from editorial.model.origin import Origin, mark_place, origin_of
from editorial.read.word_xml import (
    SIGNS,
    TAKEN_OUT,
    TWICE,
    local,
    nodes_of,
    pieces,
    tree_of,
    value,
    word_file,
)
from editorial.values import dataclass

GONE = frozenset({*TAKEN_OUT, TWICE, "txbxContent"})
WORDS = frozenset({"t", *SIGNS})
MARKS = frozenset({"bookmarkStart", "bookmarkEnd"})


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
    with word_file(data) as archive:
        properties = _properties(archive)
        document = tree_of(archive, _main_part(archive))
    walk = Walk()
    for body in document.iterchildren():
        _pass(walk, body)
    blocks = tuple(MarkedBlock(name=n, text="\n".join(t)) for n, t in walk.found.items())
    return Marks(origin=origin_of(properties), blocks=blocks)


def _main_part(archive: zipfile.ZipFile) -> str:
    """word/document.xml, unless the package says otherwise."""
    for relation in tree_of(archive, "_rels/.rels"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise KeyError("officeDocument")


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    return {
        each.get("name", ""): "".join(str(text) for text in each.itertext())
        for each in nodes_of(archive, "docProps/custom.xml")
    }


def _pass(walk: Walk, node: etree._Element) -> None:
    """Bookmarks between paragraphs belong to the next one; everything else is gone into."""
    match local(node):
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
    name = value(node, "name")
    if mark_place(name) is None or name in walk.found:
        return ""
    walk.open[value(node, "id")] = name
    walk.found[name] = []
    walk.fresh.add(name)
    return name


def _end(walk: Walk, node: etree._Element) -> str:
    return walk.open.pop(value(node, "id"), "")


def _paragraph(walk: Walk, node: etree._Element) -> None:
    """Its text goes to every bookmark that covers some of it, or that begins in it."""
    covered = dict.fromkeys(walk.fresh)
    words: list[str] = []
    for kind, piece in pieces(node, WORDS | MARKS, GONE):
        if kind in WORDS:
            words.append(SIGNS.get(kind, piece.text or ""))
            covered |= dict.fromkeys(walk.open.values())
        elif kind == "bookmarkStart":
            name = _begin(walk, piece)
            if name:
                covered[name] = None
        else:
            _end(walk, piece)
    walk.fresh.clear()
    for name in covered:
        walk.found[name].append("".join(words))
