"""Full-width signs where YAML wants half-width ones: what a Chinese keyboard types."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HALF = {"：": ": ", "，": ", ", "－": "- ", "–": "- ", "—": "- ", ":　": ": "} | dict(
    zip("［］｛｝", "[]{}", strict=True)
)
_DASH = re.compile(r"^\s*([－–—])(?![－–—])[ 　]*")
_KEY = re.compile(r"^\s*(?:- +)*[\[{]?\s*[\w.-]{1,40} *(：|:　)[ 　]*")
_LIST = re.compile(r"^\s*(?:- +)*(?:[\w.-]{1,40} *: *)?[\[{［｛]")


def halved(line: str) -> tuple[str, str]:
    """The line with half-width signs in the places of YAML's own, and what to tell of those that
    were not; "" where there were none."""
    met: dict[str, None] = {}
    for pattern in (_DASH, _KEY):
        if found := pattern.match(line):
            met[found[1]] = None
            line = line[: found.start(1)] + _HALF[found[1]] + line[found.end() :]
    if found := _LIST.match(line):  # a list or mapping on one line: any sign in it may be meant
        inside = line[found.end() - 1 :]
        signs = [sign for sign in "［］｛｝，：" if sign in inside]
        met |= dict.fromkeys(signs)
        for sign in signs:
            inside = inside.replace(sign, _HALF[sign])
        line = line[: found.end() - 1] + inside
    return line, _told(tuple(met))


def _told(signs: tuple[str, ...]) -> str:
    meant = dict.fromkeys(_HALF[sign] for sign in signs)
    spaced = "（后面空一格）" if any(half.endswith(" ") for half in meant) else ""
    return f"{_quoted(signs)}请改为半角的{_quoted(meant)}{spaced}" if signs else ""


def _quoted(signs: Iterable[str]) -> str:
    return "".join(f"“{sign}”" for sign in signs)
