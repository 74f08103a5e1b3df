"""What may stand in an attribute of a :::table or :::figure: other values are told of, and left
out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from editorial.model.document import Block, Figure
from editorial.model.figure_rows import follows_row, rows_of, stands_aside
from editorial.read.reading import Line, Reading

LEAST = 15  # millimetres: no caption goes under less
YES, NO, RIGHT = ("yes", "是", "true"), ("no", "否", "false"), ("right", "右")
MILLIMETRES = re.compile(r"\s*(\d{1,3}(?:\.\d{1,2})?)\s*(?:mm|毫米)?\s*")


def is_said(
    reading: Reading, line: Line, attributes: dict[str, str], name: str, words: Sequence[str]
) -> bool:
    """Whether attribute `name` is one of `words`."""
    typed = attributes.get(name)
    if typed is not None and typed not in words:
        _odd(reading, line, name, typed, f'写作 {name}="{words[0]}"')
    return typed in words


def millimetres(reading: Reading, line: Line, attributes: dict[str, str], name: str) -> float:
    """The length written as `name`, no less than `LEAST`; 0 for none."""
    typed = attributes.get(name)
    if typed is None:
        return 0
    found = MILLIMETRES.fullmatch(typed)
    length = float(found[1]) if found else 0.0
    if length < LEAST:
        _odd(reading, line, name, typed, f'写毫米数，{LEAST}以上，如 {name}="30"')
        return 0
    return length


def _odd(reading: Reading, line: Line, name: str, typed: str, hint: str) -> None:
    message = f"属性 {name} 不认识“{typed}”，未予理会"
    reading.complain("M03", message, line, hint)


def check_places(blocks: Sequence[Block], reading: Reading) -> None:
    """Pictures that are to stand beside another, or beside text, where there is none."""
    lines = {line.span.start: line for line in reading.lines}
    firsts = rows_of(blocks)
    for place, block in enumerate(blocks):
        if not isinstance(block, Figure):
            continue
        line = lines[block.span.start]
        if block.beside and place in firsts and not follows_row(blocks, place):
            hint = '并排的图接着写，beside="yes" 写在第二幅起的各幅里'
            reading.complain("M03", "属性 beside 未予理会：前面紧挨着的不是图", line, hint)
        if block.aside and not stands_aside(blocks, place):
            hint = "写在要排在它旁边的那一段前面"
            reading.complain("M03", "属性 side 未予理会：后面紧挨着的不是正文", line, hint)
