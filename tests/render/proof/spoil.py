"""Changing the text of a finished page, whatever program has written it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf

from tests.render.proof.fonts import read_font

Step = tuple[list[Any], str]
SHOWN = ("Tj", "TJ")
LONG = 16


def rewritten(pdf: pikepdf.Pdf, page: int, change: Callable[[list[Step]], list[Step]]) -> None:
    """Page `page` from 1 with its operators changed; each is operands and name."""
    here = pdf.pages[page - 1]
    steps = [(list(i.operands), str(i.operator)) for i in pikepdf.parse_content_stream(here)]
    data = pikepdf.unparse_content_stream(
        [(operands, pikepdf.Operator(name)) for operands, name in change(steps)]
    )
    here.obj.Contents = pdf.make_stream(data)


def codes_of(pdf: pikepdf.Pdf, page: int, char: str) -> set[bytes]:
    """What stands for a character in any two-byte font of a page."""
    fonts = pdf.pages[page - 1].obj.Resources.Font
    return {
        code.to_bytes(2, "big")
        for font in map(read_font, fonts.values())
        for code, text in font.glyphs.texts.items()
        if text == char and font.bytes_each == 2
    }


def strings(step: Step) -> list[bytes]:
    """The strings a step shows."""
    operands, name = step
    if name not in SHOWN:
        return []
    parts = operands[0] if name == "TJ" else operands
    return [bytes(part) for part in parts if isinstance(part, pikepdf.String)]


def shown(step: Step) -> bytes:
    return b"".join(strings(step))


def pulled_apart(steps: list[Step]) -> list[Step]:
    """Every long string of the page gets a gap of half an em in its middle."""
    return [([_torn(*step)], "TJ") if step[1] in SHOWN else step for step in steps]


def _torn(operands: list[Any], name: str) -> pikepdf.Array:
    parts = pikepdf.Array()
    for part in operands[0] if name == "TJ" else operands:
        whole = bytes(part) if isinstance(part, pikepdf.String) else b""
        middle = len(whole) // 4 * 2
        torn = [pikepdf.String(whole[:middle]), -500, pikepdf.String(whole[middle:])]
        parts.extend(torn if middle > LONG else [part])
    return parts


def closed_up(steps: list[Step]) -> list[Step]:
    """No gap within any string of the page."""
    return [
        ([pikepdf.Array(part for part in operands[0] if isinstance(part, pikepdf.String))], name)
        if name == "TJ"
        else (operands, name)
        for operands, name in steps
    ]


def dropped(wanted: Callable[[Step], bool], more: int = 0) -> Callable[[list[Step]], list[Step]]:
    """The last text that is `wanted` is not shown, nor are as many `more` after it."""

    def change(steps: list[Step]) -> list[Step]:
        texts = [at for at, step in enumerate(steps) if shown(step)]
        last = max(n for n, at in enumerate(texts) if wanted(steps[at]))
        gone = texts[last : last + 1 + more]
        return [step for at, step in enumerate(steps) if at not in gone]

    return change
