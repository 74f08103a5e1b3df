"""Plain tables whose columns line up although a Chinese character is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Columns a terminal gives the text."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """The text in at most `columns`, its end marked when something was left out."""
    if width(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width(kept + char) > columns - 2:
            break
        kept += char
    return kept + ".."


def padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, most: int = 40) -> list[str]:
    """Lines of a table with a rule under its head; the last column is not padded or cut."""
    cells = [[*(cut(cell, most) for cell in row[:-1]), row[-1]] for row in (head, *rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(map(padded, row, widths)).rstrip() for row in cells]
    return [lines[0], "  ".join("-" * each for each in widths), *lines[1:]]
