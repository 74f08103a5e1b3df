"""Text measured in terminal cells: cut, padded, and wrapped the Chinese way."""

from __future__ import annotations

from rich.cells import cell_len

# Terminals set to "ambiguous = wide" draw these two cells wide, others one; a list replaces
# them so that no column behind a title can drift. Full views show the text as it is.
_STEADY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "·": ".", "…": ".."})
_NO_START = frozenset("，。、；：？！）》」』】〕〉”’…—·%％℃,.;:?!)]}")
_NO_END = frozenset("（《「『【〔〈“‘([{")


def steady(text: str) -> str:
    """The text without characters whose width depends on the terminal's settings."""
    return text.translate(_STEADY)


def head(text: str, width: int) -> str:
    """As many whole characters from the front as fit into `width` cells."""
    used = 0
    for index, char in enumerate(text):
        used += cell_len(char)
        if used > width:
            return text[:index]
    return text


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells; what is cut is marked with two points."""
    text = steady(text)
    if cell_len(text) > width:
        text = head(text, max(0, width - 2)) + ".." if width > 4 else head(text, width)
    return text + " " * (width - cell_len(text))


def wrap(text: str, width: int) -> list[str]:
    """One paragraph as lines of at most `width` cells.

    Breaks between any two characters, but keeps Latin words and figures whole and never
    starts a line with closing nor ends one with opening punctuation (GB/T 15834-2011).
    """
    width = max(4, width)
    lines: list[str] = []
    while cell_len(text) > width:
        cut = _break_at(text, len(head(text, width)))
        lines.append(text[:cut].rstrip(" "))
        text = text[cut:].lstrip(" ")
    return [*lines, text]


def _break_at(text: str, limit: int) -> int:
    """The last allowed break at or before `limit`, or `limit` when there is none nearby."""
    for cut in range(limit, max(1, limit - 24), -1):
        before, after = text[cut - 1], text[cut]
        if after in _NO_START or before in _NO_END or (_latin(before) and _latin(after)):
            continue
        return cut
    return limit


def _latin(char: str) -> bool:
    return (char.isascii() and char.isalnum()) or char in "%.-/&"
