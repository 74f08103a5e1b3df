"""Colours written rrggbb, as PDF takes them."""

from __future__ import annotations

from functools import lru_cache


def rgb(color: str) -> tuple[float, float, float]:
    """The shares of red, green and blue, 0 to 1."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


@lru_cache(maxsize=256)
def fill(color: str) -> str:
    """The operator for what is filled: letters, areas."""
    return f"{_operands(color)} rg"


@lru_cache(maxsize=256)
def stroke(color: str) -> str:
    """The operator for lines."""
    return f"{_operands(color)} RG"


def _operands(color: str) -> str:
    return " ".join(f"{share:.3g}" for share in rgb(color))
