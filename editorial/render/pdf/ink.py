"""Colours written rrggbb, as PDF takes them."""

from __future__ import annotations

from functools import lru_cache


def rgb(color: str) -> tuple[float, float, float]:
    """The shares of red, green and blue, 0 to 1."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


@lru_cache(maxsize=256)
def operands(color: str) -> str:
    """What stands before rg or RG."""
    return " ".join(f"{share:.3g}" for share in rgb(color))
