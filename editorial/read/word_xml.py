"""Word files and workbooks taken apart: their parts as trees, the words of a paragraph, the cells
of a table as they lie."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from editorial.errors import EditorialError
from editorial.read.archive import DAMAGE
from editorial.values import dataclass

MOST = 256 * 2**20  # bytes of one part unpacked: no manuscript is larger, a zip bomb is
BODY, REMARKS, CORE = "word/document.xml", "word/comments.xml", "docProps/core.xml"
# What is said of a file that is none, or a damaged one; KeyError: a part is not there.
FAULTS = (*DAMAGE, KeyError, etree.XMLSyntaxError)

PUT_IN, TAKEN_OUT = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom"})  # tracked
TWICE = "Fallback"  # holds a second time, for old programs, what stands beside it
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}
# Ticks as Word and WPS draw them with symbol fonts.
SYMBOLS = {
    ("wingdings", "fe"): "☑",
    ("wingdings", "fd"): "☒",
    ("wingdings", "fc"): "✓",
    ("wingdings", "fb"): "☒",
    ("wingdings", "a8"): "□",
    ("wingdings 2", "52"): "☑",
    ("wingdings 2", "53"): "☒",
    ("wingdings 2", "50"): "✓",
    ("wingdings 2", "a3"): "□",
}
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "customXml"})  # round rows and cells


@contextmanager
def word_file(data: bytes, name: str = "") -> Iterator[zipfile.ZipFile]:
    """A .docx while its parts are read. EditorialError when it is none, or damaged; `name` is
    what it calls the file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except FAULTS as fault:
        hint = "请在 Word 或 WPS 里打开，另存为 .docx 再试"
        raise EditorialError("这不是完好的 Word 文件（.docx）", hint=hint, where=name) from fault


def tree_of(archive: zipfile.ZipFile, name: str, most: int = MOST) -> etree._Element:
    """A part of the file. ValueError for one that unpacks to more than `most` bytes, KeyError
    when there is none."""
    if archive.getinfo(name).file_size > most:
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(archive.read(name), parser)


def nodes_of(archive: zipfile.ZipFile, name: str, most: int = MOST) -> tuple[etree._Element, ...]:
    """What stands at the top of a part; nothing when the file has no such part."""
    return tuple(tree_of(archive, name, most)) if name in archive.namelist() else ()


def local(node: etree._Element) -> str:
    """The name of a node without its namespace, "" for a comment."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(node: etree._Element, name: str) -> str:
    """An attribute in any namespace, "" when it is not there."""
    return next((str(v) for k, v in node.attrib.items() if str(k).endswith("}" + name)), "")


def is_within(node: etree._Element, *kinds: str) -> bool:
    """Whether it stands in a node of one of these kinds, however deep."""
    return next(node.iterancestors(*(f"{{*}}{kind}" for kind in kinds)), None) is not None


def pieces(
    node: etree._Element, kinds: frozenset[str], skipped: frozenset[str]
) -> Iterator[tuple[str, etree._Element]]:
    """Everything of these kinds in it, with its kind, in order; properties and what is `skipped`
    are not gone into."""
    for child in node.iterchildren():
        kind = local(child)
        if kind in kinds:
            yield kind, child
        elif kind not in skipped and not kind.endswith("Pr"):
            yield from pieces(child, kinds, skipped)


def symbol(node: etree._Element) -> str:
    """The box or tick a sign of a symbol font stands for, "" for other signs."""
    return SYMBOLS.get((value(node, "font").casefold(), value(node, "char")[-2:].casefold()), "")


# Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidCell:
    """A cell by the column of the grid it begins in, counted from 0, and how many it covers."""

    column: int
    across: int
    node: etree._Element


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """Its own rows, those inside a content control or a tracked insertion included."""
    return _own(table, "tr")


def laid_cells(row: etree._Element) -> Iterator[LaidCell]:
    """The cells of a row, those inside a content control or a tracked insertion included."""
    column = _number_at(row, "{*}trPr/{*}gridBefore", 0)
    for cell in _own(row, "tc"):
        across = _number_at(cell, "{*}tcPr/{*}gridSpan", 1)
        yield LaidCell(column=column, across=across, node=cell)
        column += across


def goes_on(cell: etree._Element) -> bool:
    """Whether it is merged with the cell above."""
    merged = cell.find("{*}tcPr/{*}vMerge")
    return merged is not None and value(merged, "val") != "restart"


def _number_at(node: etree._Element, path: str, usual: int) -> int:
    found = node.find(path)
    told = value(found, "val") if found is not None else ""
    return int(told) if told.isdecimal() else usual


def _own(node: etree._Element, kind: str) -> Iterator[etree._Element]:
    for child in node.iterchildren():
        name = local(child)
        if name == kind:
            yield child
        elif name in _WRAPPERS:
            yield from _own(child, kind)
