"""Lines that begin with > and a blank: verse where all are short, a quotation elsewhere; each
piece under a title of its own if it has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile

from editorial.model.document import Block, Break, Paragraph, plain
from editorial.model.marks import INDENT, QUOTE, QUOTED
from editorial.read.inline import read_runs
from editorial.read.reading import Line, Reading

SHORT = 24  # characters of a line of verse
LEAST = 2  # lines of a verse
_STOPS = ("。", "；", "：", "，")  # what no title ends with
_AGE = "先秦|[秦汉晋隋唐宋元明清]|[东西]汉|三国|[东西]晋|南北朝|五代|[南北]宋|民国|[近现当]代"
# （清）黄示例, 〔宋〕某某, 清·某某 below the title of a poem.
AUTHOR = re.compile(
    rf"(?:（[^（）]{{1,6}}） ?|[〔［\[][^〔〕［］\[\]]{{1,6}}[〕］\]] ?|(?:{_AGE})·)"
    "[^，。；、：！？（）]{1,12}(?:（[^（）]{1,8}）)?"
)
# 黄示例, 清　黄示例, 黄示例（女）: a name without a sign of what it is.
NAMED = re.compile(
    rf"(?:(?:{_AGE})[　 ])?[^，。；、：！？…—（）“”《》　 ]{{1,4}}"
    r"(?:[·　 ][^，。；、：！？…—（）“”《》　 ]{1,4})?(?:（[^（）]{1,8}）)?"
)
_ENDS = (*_STOPS, "！", "？", "、", "…", "”", "’", "」", "』", "）")  # of a line of verse


def is_quote(text: str) -> bool:
    return QUOTED.match(text) is not None


def read_quote(reading: Reading, first: Line) -> list[Block]:
    """The block of lines that `first` begins: a paragraph each, and a gap for an empty line."""
    read = [_line(line) for line in _lines(reading, first)]
    last = max((at for at, each in enumerate(read) if isinstance(each, Paragraph)), default=0)
    titles = {at for at in range(last) if _titled(read, at)}
    starts = sorted({0} | titles)
    made: list[Block] = []
    for start, stop in zip(starts, [*starts[1:], len(read)], strict=True):
        if made:
            made.append(read[start - 1])  # the gap above a title
        made += _piece(read[start:stop], titled=start in titles)
    return made


def _titled(read: Sequence[Paragraph | Break], at: int) -> bool:
    """Whether a line that is not the last is a title: first or below an empty one, all *…*."""
    line = read[at]
    above = read[at - 1] if at else None
    return (
        isinstance(line, Paragraph)
        and not isinstance(above, Paragraph)
        and [run.kind for run in line.runs] == ["emphasis"]
        and not line.runs[0].text.endswith(_STOPS)
    )


def _piece(read: Sequence[Paragraph | Break], *, titled: bool) -> list[Block]:
    """Title and author, if there are any, and verse or prose below."""
    lines = [block for block in read if isinstance(block, Paragraph)]
    head: list[Block] = [replace(line, form="verse_title") for line in lines[:titled]]
    if titled and len(lines) > len(head) + 1 and _is_author([plain(x.runs) for x in lines[1:]]):
        head.append(replace(lines[1], form="verse_author"))
    verse = lines[len(head) :]
    texts = [plain(block.runs) for block in verse]
    if len(verse) < LEAST or max(map(len, texts)) > SHORT:
        return [*head, *map(_prose, verse)]
    inset = min(len(text) - len(text.lstrip(INDENT)) for text in texts)
    for block in dropwhile(lambda each: each is not verse[0], read):
        if isinstance(block, Paragraph):
            head.append(replace(_without(block, inset), form="verse"))
        elif not isinstance(head[-1], Break):
            head.append(block)
    return head[:-1] if isinstance(head[-1], Break) else head


def _is_author(texts: Sequence[str]) -> bool:
    """Whether the first line below a title is the author. A bare name is one where every line
    below it ends with a mark, and it is no line of a couplet."""
    first, *rest = texts
    if AUTHOR.fullmatch(first):
        return True
    marked = all(text.rstrip().endswith(_ENDS) for text in rest)
    couplet = len(rest) < LEAST and len(rest[0]) <= SHORT
    return marked and not couplet and NAMED.fullmatch(first) is not None


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
