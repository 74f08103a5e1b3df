"""Text measured in terminal cells: cut, padded, and wrapped the Chinese way."""

from __future__ import annotations

import re

from rich.cells import cell_len

BLANKS = " 　"
PART = 24  # cells of the longest that is kept together

# Terminals set to "ambiguous = wide" draw these two cells wide, others one; a list replaces
# them so that no column behind a title can drift. Full views show the text as it is.
_STEADY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "·": ".", "…": ".."})
_NO_START = frozenset("，。、；：？！）》」』】〕〉”’…—·%％℃,.;:?!)]}")
_GAP = re.compile(" {2,}|　+")
_NO_END = frozenset("（《「『【〔〈“‘([{")
# What a terminal obeys instead of showing it, what has no width, and the halves of flags.
_CONTROLS = ((0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD))
_WIDTHLESS = ((0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F))
_RARE = ((0xFEFF, 0xFEFF), (0xE0000, 0xE01EF))
_FLAGS = (0x1F1E6, 0x1F1FF)
_UNSEEN = (*_CONTROLS, *_WIDTHLESS, *_RARE)
_BARE: dict[int, int | None] = {code: None for a, b in _UNSEEN for code in range(a, b + 1)}
_BARE |= {code: code - _FLAGS[0] + ord("A") for code in range(_FLAGS[0], _FLAGS[1] + 1)}
_RISKY = re.compile(f"[{''.join(f'{chr(a)}-{chr(b)}' for a, b in (*_UNSEEN, _FLAGS))}]")


def bare(text: str) -> str:
    """The text without control characters, escapes and whatever has no width of its own."""
    return text.translate(_BARE) if _RISKY.search(text) else text


def steady(text: str) -> str:
    """The text without characters whose width depends on the terminal or its settings."""
    return bare(text.replace("\t", " ").replace("\n", " ")).translate(_STEADY)


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


def shortened(text: str, width: int) -> str:
    """The text in at most `width` cells: what is long loses of its middle, so that a bracket, or
    what stands behind a wide blank, remains at the end."""
    text = steady(text)
    if cell_len(text) <= width:
        return text
    at = max(text.rfind("（"), text.rfind("　"))
    tail = text[at:] if at > 0 and cell_len(text[at:]) <= width // 2 else ""
    return head(text, max(0, width - 2 - cell_len(tail))) + ".." + tail


def wrap(text: str, width: int) -> list[str]:
    """One paragraph as lines of at most `width` cells.

    Breaks between any two characters, but keeps Latin words and figures whole and never
    starts a line with closing nor ends one with opening punctuation (GB/T 15834-2011).
    Short parts set off by wide blanks, as a label and its figure, stay together.
    """
    width = max(4, width)
    lines: list[str] = []
    while cell_len(text) > width and len(head(text, width)) < len(text):
        limit = len(head(text, width))
        cut = _part_at(text, limit) or _break_at(text, limit)
        lines.append(text[:cut].rstrip(BLANKS))
        text = text[cut:].lstrip(BLANKS)
    return [*lines, text]


def breaks(text: str, width: int) -> list[int]:
    """Where its further lines begin when the same is broken with every character kept."""
    found, at = list[int](), 0
    while len(rest := text[at:]) > (limit := max(1, len(head(rest, width)))):
        at += _break_at(rest, limit)
        found.append(at)
    return found


def _part_at(text: str, limit: int) -> int:
    """Where the short part begins that a break at `limit` would cut; nought for none."""
    gaps = [gap for gap in _GAP.finditer(text) if gap.start()]
    last = max((gap.end() for gap in gaps if gap.end() <= limit), default=0)
    end = next((gap.start() for gap in gaps if gap.start() >= last), len(text))
    return last if limit < end and cell_len(text[last:end]) <= PART else 0


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
