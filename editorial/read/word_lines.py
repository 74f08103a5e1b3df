"""The words of a .docx line by line, as they were before its tracked changes: what was typed
over without a trace is found by comparing them with the file that was sent out."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from hashlib import sha256

from lxml import etree

from editorial.model.origin import HEADING, mark_place
from editorial.model.typed_over import WordLine
from editorial.read.word_xml import (
    BODY,
    MOST,
    PUT_IN,
    SIGNS,
    TWICE,
    is_within,
    local,
    nodes_of,
    pieces,
    tree_of,
    value,
    word_file,
)
from editorial.values import dataclass

SKIPPED = frozenset({TWICE, "txbxContent", *PUT_IN})
WORDS = frozenset({"t", "delText", *SIGNS})
RELATIONS = "word/_rels/document.xml.rels"
NOTES = ("footnote", "endnote")
HUNG = (
    *(f"{{*}}{kind}Reference" for kind in NOTES),
    *("{*}txbxContent", "{*}blip", "{*}imagedata"),
)
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")
_FIELD = {"begin": 1, "end": -1}


@dataclass(slots=True)
class _Walk:
    """`pictures` are the hashes of the pictures by their relation, `open` the marks of blocks
    begun and not ended by their id, `last` the mark begun last, and `notes` the marks of the
    lines that refer to a footnote or an endnote of that id."""

    pictures: Mapping[str, str]
    open: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    last: str = ""
    notes: dict[tuple[str, str], str] = field(default_factory=dict)


def read_word_lines(data: bytes) -> tuple[WordLine, ...]:
    """Paragraphs and rows of tables (`|a|b|`) with the boxes and pictures they hold, in their
    order; footnotes; headers and footers. EditorialError when it is no .docx."""
    with word_file(data) as archive:
        return tuple(line for line in _read(archive) if line.text.strip("| 　\t\n"))


def _read(archive: zipfile.ZipFile) -> Iterator[WordLine]:
    walk = _Walk(pictures=_pictures(archive))
    yield from _lines(walk, tree_of(archive, BODY))
    for kind in NOTES:
        for note in nodes_of(archive, f"word/{kind}s.xml"):
            mark = walk.notes.get((kind, value(note, "id")), "")
            for paragraph in note.iter("{*}p"):
                yield WordLine(text=_words(paragraph), mark=mark, kind="note")
    for part in archive.namelist():
        if margin := _MARGIN.fullmatch(part):
            for paragraph in tree_of(archive, part).iter("{*}p"):
                yield WordLine(text="".join(_standing(paragraph)), kind=margin[1])


def _pictures(archive: zipfile.ZipFile) -> dict[str, str]:
    held = frozenset(archive.namelist())
    found: dict[str, str] = {}
    for relation in nodes_of(archive, RELATIONS):
        target = posixpath.join("/word", relation.get("Target", ""))
        name = posixpath.normpath(target).lstrip("/")
        if name not in held or not relation.get("Type", "").endswith("/image"):
            continue
        if archive.getinfo(name).file_size > MOST:
            raise ValueError(name)
        found[relation.get("Id", "")] = sha256(archive.read(name)).hexdigest()
    return found


def _lines(
    walk: _Walk, node: etree._Element, table: str = "", inside: str = ""
) -> Iterator[WordLine]:
    """`table` is the title of the table gone through, `inside` the mark of its block."""
    for child in node.iterchildren():
        match local(child):
            case "p":
                yield from _held(walk, child, WordLine(text=_words(child)))
            case "tr":
                cells = (_words(cell) for cell in child.iterchildren("{*}tc"))
                text = f"|{'|'.join(cells)}|"
                row = WordLine(text=text, mark=inside, kind="row", within=table)
                line, *held = _held(walk, child, row)
                inside = line.mark
                yield from (line, *held)
            case "tbl":
                title = _title(child)
                yield from _lines(walk, child, title, walk.last if title else "")
            case "bookmarkStart" | "bookmarkEnd":
                _pass_mark(walk, child)
            case kind if kind not in SKIPPED:
                yield from _lines(walk, child, table, inside)


def _title(table: etree._Element) -> str:
    """The title our tables have for screen readers."""
    told = table.find("{*}tblPr/{*}tblCaption")
    return "" if told is None else value(told, "val")


def _held(walk: _Walk, node: etree._Element, line: WordLine) -> Iterator[WordLine]:
    """The line with the mark of the block that covers it, or that begins in it; then the boxes
    and the pictures in it."""
    before = next(reversed(walk.open.values()), "")
    begun = [_pass_mark(walk, mark) for mark in node.iter("{*}bookmarkStart", "{*}bookmarkEnd")]
    mark = before or next(filter(None, begun), line.mark)
    place = mark_place(mark)
    heading = line.kind == "text" and place is not None and place[1] == HEADING
    yield replace(line, mark=mark, kind="heading" if heading else line.kind)
    for each in node.iter(*HUNG):
        kind = local(each)
        if kind.endswith("Reference"):
            walk.notes[kind.removesuffix("Reference"), value(each, "id")] = mark
        elif is_within(each, TWICE):  # shown beside it
            continue
        elif kind == "txbxContent":
            words = "\n".join("".join(_standing(p)) for p in each.iter("{*}p"))
            yield WordLine(text=words, mark=mark, kind="box", within=line.text)
        else:
            relation = value(each, "embed") or value(each, "id")
            yield WordLine(text=walk.pictures.get(relation, ""), mark=mark, kind="picture")


def _pass_mark(walk: _Walk, mark: etree._Element) -> str:
    name, number = value(mark, "name"), value(mark, "id")
    if local(mark) == "bookmarkEnd":
        walk.open.pop(number, None)
        return ""
    if mark_place(name) is None or name in walk.seen:
        return ""
    walk.seen.add(name)
    walk.open[number] = walk.last = name
    return name


def _words(node: etree._Element) -> str:
    """Its words as they were."""
    found = pieces(node, WORDS, SKIPPED)
    return "".join(SIGNS.get(kind, piece.text or "") for kind, piece in found)


def _standing(paragraph: etree._Element) -> Iterator[str]:
    """Its words as they stand now, tracked changes taken over, without what a field reckons."""
    depth = 0
    for each in paragraph.iter("{*}t", "{*}fldChar"):
        if local(each) == "fldChar":
            depth += _FIELD.get(value(each, "fldCharType"), 0)
        elif not depth and not is_within(each, "fldSimple"):
            yield each.text or ""
