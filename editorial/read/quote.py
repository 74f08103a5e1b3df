"""Lines that begin with > and a blank: verse where all are short, a quotation elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from editorial.model.document import Block, Break, Paragraph, plain
from editorial.model.marks import INDENT, QUOTE, QUOTED
from editorial.read.inline import read_runs
from editorial.read.reading import Line, Reading

SHORT = 24  # characters of a line of verse
LEAST = 2  # lines of a verse


def is_quote(text: str) -> bool:
    return QUOTED.match(text) is not None


def read_quote(reading: Reading, first: Line) -> list[Block]:
    """The block of lines that `first` begins: a paragraph each, and a gap for an empty line."""
    read = [_line(line) for line in _lines(reading, first)]
    while read and isinstance(read[-1], Break):
        read.pop()
    lines = [block for block in read if isinstance(block, Paragraph)]
    titled = len(lines) > LEAST and [run.kind for run in lines[0].runs] == ["emphasis"]
    verse = lines[titled:]
    texts = [plain(block.runs) for block in verse]
    if len(verse) < LEAST or max(map(len, texts)) > SHORT:
        return [_prose(block) for block in read if isinstance(block, Paragraph)]
    inset = min(len(text) - len(text.lstrip(INDENT)) for text in texts)
    made: list[Block] = []
    for block in read:
        if isinstance(block, Paragraph) and titled and block is lines[0]:
            made.append(replace(block, form="verse_title"))
        elif isinstance(block, Paragraph):
            made.append(replace(_without(block, inset), form="verse"))
        elif made and not (isinstance(made[-1], Break) or made[-1:] == lines[:titled]):
            made.append(block)
    return made


def _lines(reading: Reading, first: Line) -> Iterator[Line]:
    """The lines of the block; empty ones between them count for nothing, as everywhere."""
    yield first
    at = reading.at
    while at < len(reading.lines) and (
        not reading.lines[at].text or is_quote(reading.lines[at].text)
    ):
        at += 1
        if reading.lines[at - 1].text:
            reading.at = at
            yield reading.lines[at - 1]


def _line(line: Line) -> Paragraph | Break:
    text = line.text[len(QUOTE) :].removeprefix(" ")
    if not text.strip(INDENT):
        return Break(quoted=True, span=line.span)
    return Paragraph(runs=read_runs(text), form="quote", span=line.span)


def _prose(block: Paragraph) -> Paragraph:
    return _without(block, len(block.runs[0].text) - len(block.runs[0].text.lstrip(INDENT + " ")))


def _without(block: Paragraph, blanks: int) -> Paragraph:
    """Without so many of the blanks it begins with."""
    if not blanks:
        return block
    first, *rest = block.runs
    return replace(block, runs=(replace(first, text=first.text[blanks:]), *rest))
