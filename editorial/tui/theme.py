"""Two looks: 素笺, ink on light paper, and 松烟, the same at night.

Text keeps a contrast of at least 4.5 : 1 to what it stands on (WCAG 2.1, 1.4.3).
"""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBarRender
from textual.theme import Theme

from editorial.tui.columns import Tints


class PlainScrollBar(ScrollBarRender):
    """Whole cells only: block characters are drawn two cells wide by some terminals."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]


LIGHT = Theme(
    name="sujian",
    dark=False,
    primary="#1d5b79",
    secondary="#6b5b2e",
    accent="#9c3a2b",
    success="#2f6d43",
    warning="#8a5a00",
    error="#a3271d",
    foreground="#26292c",
    background="#fbfaf5",
    surface="#f4f1e7",
    panel="#e9e4d4",
    variables={
        "tint-partly": "#dde8e6",
        "tint-whole": "#b9d6c2",
        "alarm": "#a3271d",
        "faint": "#676761",
        "cursor": "#f3dfa8",
        "cursor-idle": "#efe9d8",
    },
)

DARK = Theme(
    name="songyan",
    dark=True,
    primary="#7fb4cf",
    secondary="#c9b47a",
    accent="#e39a86",
    success="#8fc9a0",
    warning="#e0b45c",
    error="#f08a7d",
    foreground="#dfddd5",
    background="#191c1f",
    surface="#22262a",
    panel="#2d3238",
    variables={
        "tint-partly": "#26404a",
        "tint-whole": "#2c5540",
        "alarm": "#f08a7d",
        "faint": "#8d8f8c",
        "cursor": "#3d361f",
        "cursor-idle": "#33343a",
    },
)


def tints(theme: Theme) -> Tints:
    """The colours of the cells, which Rich wants as plain values."""
    colours = (LIGHT if theme.name not in (LIGHT.name, DARK.name) else theme).variables
    return Tints(
        partly=colours["tint-partly"],
        whole=colours["tint-whole"],
        alarm=colours["alarm"],
        faint=colours["faint"],
        accent=theme.accent or theme.primary,
    )
