"""The words of a .docx line by line, as they were before its tracked changes: what was typed
over without a trace is found by comparing them with the file that was sent out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import field

from lxml import etree

from editorial.errors import EditorialError
from editorial.model.origin import mark_place
from editorial.model.typed_over import WordLine
from editorial.read.word_xml import local, tree_of, value
from editorial.values import dataclass

PUT_IN = frozenset({"ins", "moveTo"})
SKIPPED = frozenset({"Fallback", "txbxContent", *PUT_IN})
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}


@dataclass(slots=True)
class _Walk:
    """`open` are the marks of blocks begun and not ended, by their id."""

    open: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def read_word_lines(data: bytes) -> tuple[WordLine, ...]:
    """Paragraphs, rows of tables (`|a|b|`) and footnotes that have words, in their order.
    EditorialError when it is no .docx."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [tree_of(archive, "word/document.xml")]
            if "word/footnotes.xml" in archive.namelist():
                parts.append(tree_of(archive, "word/footnotes.xml"))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, OSError, ValueError) as fault:
        raise EditorialError(
            "这不是完好的 Word 文件（.docx）", hint="请在 Word 或 WPS 里打开，另存为 .docx 再试"
        ) from fault
    walk = _Walk()
    found = (line for part in parts for line in _lines(walk, part))
    return tuple(line for line in found if line.text.strip("| 　\t\n"))


def _lines(walk: _Walk, node: etree._Element) -> Iterator[WordLine]:
    for child in node.iterchildren():
        match local(child):
            case "p":
                yield _line(walk, child, "".join(_words(child)))
            case "tr":
                cells = ("".join(_words(cell)) for cell in child.iterchildren("{*}tc"))
                yield _line(walk, child, f"|{'|'.join(cells)}|")
            case "bookmarkStart" | "bookmarkEnd":
                _pass_mark(walk, child)
            case kind if kind not in SKIPPED:
                yield from _lines(walk, child)


def _line(walk: _Walk, node: etree._Element, text: str) -> WordLine:
    """With the mark of the block that covers it, or that begins in it."""
    before = next(reversed(walk.open.values()), "")
    begun = [_pass_mark(walk, mark) for mark in node.iter("{*}bookmarkStart", "{*}bookmarkEnd")]
    return WordLine(text=text, mark=before or next(filter(None, begun), ""))


def _pass_mark(walk: _Walk, mark: etree._Element) -> str:
    name, number = value(mark, "name"), value(mark, "id")
    if local(mark) == "bookmarkEnd":
        walk.open.pop(number, None)
        return ""
    if mark_place(name) is None or name in walk.seen:
        return ""
    walk.seen.add(name)
    walk.open[number] = name
    return name


def _words(node: etree._Element) -> Iterator[str]:
    for child in node.iterchildren():
        kind = local(child)
        if kind in ("t", "delText"):
            yield child.text or ""
        elif kind in SIGNS:
            yield SIGNS[kind]
        elif kind not in SKIPPED and not kind.endswith("Pr"):
            yield from _words(child)
