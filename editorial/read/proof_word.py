"""Remarks and tracked changes of a Word file made from a proof."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import field

from lxml import etree

from editorial.read.word_xml import (
    BODY,
    PUT_IN,
    REMARKS,
    SIGNS,
    TAKEN_OUT,
    TWICE,
    is_within,
    local,
    nodes_of,
    tree_of,
    value,
    word_file,
)
from editorial.values import dataclass

NOTES = ("word/footnotes.xml", "word/endnotes.xml")  # what is changed in them stands in no body
SKIPPED = frozenset({TWICE, "txbxContent"})
ABOUT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class WordMark:
    """A change (`remark` empty) or a remark on `old`; `number` counts them in the file's order.

    `before` and `after` are up to 12 characters of the paragraph as it was."""

    number: int
    before: str
    old: str
    new: str
    after: str
    remark: str
    by: str


@dataclass(slots=True)
class _Walk:
    """One paragraph going by: its text as it was, changes as (from, to, new, by), and the
    remarks that begin and end in it."""

    text: str = ""
    changes: list[tuple[int, int, str, str]] = field(default_factory=list)
    open: dict[str, int] = field(default_factory=dict)
    remarks: list[tuple[int, int, str]] = field(default_factory=list)


def read_word_marks(data: bytes) -> tuple[WordMark, ...]:
    """EditorialError when it is no .docx."""
    with word_file(data) as archive:
        comments = dict(_comments(archive))
        notes = [note for part in NOTES for note in nodes_of(archive, part)]
        parts = [tree_of(archive, BODY), *notes]
    marks: list[WordMark] = []
    for paragraph in (each for part in parts for each in part.iter("{*}p")):
        if not is_within(paragraph, *SKIPPED):
            walk = _Walk()
            _pass(walk, paragraph, "", "")
            marks += _marks(walk, comments, len(marks))
    return tuple(marks)


def _comments(archive: zipfile.ZipFile) -> Iterator[tuple[str, tuple[str, str]]]:
    """Text and author of each remark by its id."""
    for comment in nodes_of(archive, REMARKS):
        lines = ("".join(str(t) for t in p.itertext("{*}t")) for p in comment.iter("{*}p"))
        text = "\n".join(line for line in lines if line)
        yield value(comment, "id"), (text, value(comment, "author"))


def _pass(walk: _Walk, node: etree._Element, kind: str, by: str) -> None:
    """`kind` is ins or del within a tracked change of `by`."""
    for child in node.iterchildren():
        name = local(child)
        if name in PUT_IN or name in TAKEN_OUT:
            _pass(walk, child, "ins" if name in PUT_IN else "del", value(child, "author"))
        elif name in ("t", "delText") or name in SIGNS:
            _put(walk, SIGNS.get(name, child.text or ""), kind, by)
        elif name == "commentRangeStart":
            walk.open[value(child, "id")] = len(walk.text)
        elif name in ("commentRangeEnd", "commentReference"):
            number = value(child, "id")
            if number in walk.open:
                walk.remarks.append((walk.open.pop(number), len(walk.text), number))
        elif name not in SKIPPED and not name.endswith("Pr") and name != "p":
            _pass(walk, child, kind, by)


def _put(walk: _Walk, text: str, kind: str, by: str) -> None:
    """Words taken out and put in side by side are one change."""
    at = len(walk.text)
    if kind != "ins":
        walk.text += text
    if not kind:
        return
    start, stop, new = at, len(walk.text), text if kind == "ins" else ""
    last = walk.changes[-1] if walk.changes else None
    if last and last[1] == at and last[3] == by:
        walk.changes[-1] = (last[0], stop, last[2] + new, by)
    else:
        walk.changes.append((start, stop, new, by))


def _marks(walk: _Walk, comments: Mapping[str, tuple[str, str]], before: int) -> Iterator[WordMark]:
    told = [(start, stop, new, "", by) for start, stop, new, by in walk.changes]
    for start, stop, key in walk.remarks:
        remark, by = comments.get(key, ("", ""))
        if remark:
            told.append((start, stop, "", remark, by))
    for number, (start, stop, new, remark, by) in enumerate(sorted(told), before + 1):
        if remark or new or stop > start:
            yield WordMark(
                number=number,
                before=walk.text[max(0, start - ABOUT) : start],
                old=walk.text[start:stop],
                new=new,
                after=walk.text[stop : stop + ABOUT],
                remark=remark,
                by=by,
            )
