"""Clauses: what stands between two marks says one thing, unless it denies or asks it."""

from __future__ import annotations

import re

_STOPS = "，。；！？,;!?\n"
_CLAUSE = re.compile(rf"[^{_STOPS}]+[{_STOPS}]?")
_DENIES = re.compile(r"不|没|未|无[法需须力从错差]|难以|非(?!常)")
_ASKS = re.compile(r"是否|是不是|能否|可否|请问|[吗？?]")


def clauses(text: str) -> list[str]:
    """Each with the mark that ends it."""
    return _CLAUSE.findall(text)


def denies(words: str) -> bool:
    return bool(_DENIES.search(words))


def asks(words: str) -> bool:
    return bool(_ASKS.search(words))


def asked(text: str, found: re.Match[str]) -> bool:
    """Whether what was found stands in a clause that asks it."""
    before, rest = _around(text, found)
    return asks(before + found[0] + rest)


def in_doubt(text: str, found: re.Match[str]) -> bool:
    """Whether its clause asks it, or denies it by other words."""
    before, rest = _around(text, found)
    return asks(before + found[0] + rest) or denies(f"{before}　{rest}")


def _around(text: str, found: re.Match[str]) -> tuple[str, str]:
    before = re.split(f"[{_STOPS}]", text[: found.start()])[-1]
    after = _CLAUSE.match(text, found.end())
    return before, after[0] if after else text[found.end() : found.end() + 1]
