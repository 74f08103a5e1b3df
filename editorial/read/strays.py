"""Lines nobody meant as text: git's marks between two versions, tables pasted as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from editorial.model.document import Block, Document, Entry, Paragraph
from editorial.model.marks import BAR, PARTED, RULE
from editorial.read.reading import Line, Reading

UNMERGED = "“<<<<<<<”下面是一稿，“=======”下面到“>>>>>>>”是另一稿，留下要的，删去这三种记号所在的行"
PASTED = "写成 :::table；看板里改正文时按 F8，或用 editorial table，可以改成这种写法"

_COUNTED = re.compile(r"(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）).．、]|[①-⑳•●·◆■□○-])\t")


def check_strays(text: str, document: Document, reading: Reading) -> None:
    if "<" * 7 in text or ">" * 7 in text:
        _check_parted(reading)
    if "\t" in text or "|" in text:
        _check_pasted(document, reading)


def _check_parted(reading: Reading) -> None:
    """The first mark git put where two versions did not go together."""
    line = next((each for each in reading.lines if PARTED.match(each.text)), None)
    if line is not None:
        told = "有未解决的合并冲突，两稿连同记号都会印出来"
        reading.complain("M18", told, line, UNMERGED)


def _check_pasted(document: Document, reading: Reading) -> None:
    for rows in pasted_tables(document, reading.lines):
        told = f"像是从表格粘贴来的（{len(rows)}行），会当作文字印出来"
        reading.complain("M19", told, rows[0], PASTED)


def pasted_tables(document: Document, lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Lines among what was read as prose that look like rows of one table, as Excel and Word hand
    them over (tabs) or Markdown has them (bars)."""
    place = {line.span.start: line for line in lines}
    read = ((place[block.span.start], block) for block in document.blocks)
    for celled, group in groupby(read, key=_is_celled):
        rows = tuple(line for line, _ in group)
        if celled and (any(map(_is_row, rows)) or sum("\t" in line.text for line in rows) > 1):
            yield rows


def _is_celled(read: tuple[Line, Block]) -> bool:
    """Whether it may be a row; one tab after the number of a list is none."""
    line, block = read
    if not isinstance(block, Paragraph | Entry):
        return False
    if "\t" in line.text and "\t" in _COUNTED.sub("", line.text, count=1):
        return True
    return "|" in line.text and bool(BAR.search(line.text))


def _is_row(line: Line) -> bool:
    """Whether it is one, whatever stands around it."""
    text = line.text
    bars = len(BAR.findall(text))
    closed = text.startswith("|") and (bars > 2 or (bars == 2 and text.endswith("|")))
    return closed or text.count("\t") > 1 or bool(bars and RULE.fullmatch(text))
