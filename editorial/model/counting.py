"""Counting characters and leftovers in section text without building its tree."""

from __future__ import annotations

import re

from editorial.model.marks import QUOTED

_SILENT = re.compile(
    r"^%%.*$|^:::\s*(?:right|center)?\s*$|^-{3,}$|^\|?[-|\s:]+$|^#+\s|^\[\^[^\]]+\]:|"
    + QUOTED.pattern,
    re.M,
)
_TITLES = re.compile(r"^:::\w+\{.*\}$", re.M)
_TITLE = re.compile(r'(?:title|credit)="((?:[^"\\]|\\.)*)"')
_LINK = re.compile(r"\]\(#?[^)\s]*\)")
_LEFTOVER = re.compile(r"【?(待补|待核|存疑)[^】\n]{0,20}】?|×{2,}|XXX|TBD")


def printed_chars(text: str) -> int:
    """字数: printed characters without white space, near enough for a board (within 1 %)."""
    text = text.replace("\r\n", "\n")
    text = _TITLES.sub(lambda match: "".join(_TITLE.findall(match[0])), text)
    text = _LINK.sub("]", _SILENT.sub("", text))
    return len("".join(text.split())) - sum(map(text.count, "|*^~\\[]"))


def leftovers(text: str) -> tuple[str, ...]:
    """待补, 存疑 and the like still standing in the text (DOMAIN check E18), with their line."""
    return tuple(
        f"{match[0]}（第{number}行）"
        for number, line in enumerate(text.splitlines(), 1)
        if not line.startswith("%%")
        for match in _LEFTOVER.finditer(line)
    )
