"""Lines between :::right or :::center and :::, each a paragraph at the right or in the middle."""

from __future__ import annotations

from typing import cast

from editorial.model.document import Block, Comment, Form, Paragraph
from editorial.model.marks import BLANKS, BREAK, COMMENT, FENCE, HEADING, NOTE, PLACED, QUOTED
from editorial.read.inline import read_runs
from editorial.read.reading import Line, Reading


def is_placed(text: str) -> bool:
    return text.startswith(FENCE) and PLACED.fullmatch(text) is not None


def read_placed(reading: Reading, first: Line) -> list[Block]:
    """The lines that `first` opens, without it and what closes them. Where nothing closes them,
    they are left to be read as any others."""
    stop = _stop(reading)
    if stop is None:
        message = f"“{first.text}”没有以“:::”收尾，下面各行照正文排"
        reading.complain("M04", message, first, "在最后一行之后另起一行写 :::")
        return [Comment(text=first.text, span=first.span)]
    body = reading.lines[reading.at : stop]
    reading.at = stop + 1
    form = cast("Form", first.text[len(FENCE) :].strip(BLANKS))
    return [_line(line, form) for line in body if line.text]


def _stop(reading: Reading) -> int | None:
    """Index of the closing line, if no other block begins before."""
    for at in range(reading.at, len(reading.lines)):
        text = reading.lines[at].text
        if text == FENCE:
            return at
        if (
            text.startswith((FENCE, "【"))
            or BREAK.fullmatch(text)
            or any(mark.match(text) for mark in (HEADING, NOTE, QUOTED))
        ):
            return None
    return None


def _line(line: Line, form: Form) -> Block:
    if line.text.startswith(COMMENT):
        return Comment(text=line.text[len(COMMENT) :].strip(BLANKS), span=line.span)
    return Paragraph(runs=read_runs(line.text), form=form, span=line.span)
