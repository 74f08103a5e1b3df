"""Three looks: 素笺, ink on light paper, 松烟, the same at night, and 黑白 for weak eyes and for
terminals of few colours. No look tells anything that words or signs do not tell too.

Text keeps a contrast of at least 4.5 : 1 to what it stands on, in 黑白 of 7 : 1 (WCAG 2.1,
1.4.3 and 1.4.6). Where NO_COLOR is set, 黑白 is shown without any colour (no-color.org).
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.scrollbar import ScrollBarRender
from textual.theme import Theme

from editorial.tui.cells import bare
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
        "veil": "#26292c40",
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
        "veil": "#00000080",
    },
)


# Grounds that mean something are coloured, the others grey: so `Colourless` can tell them.
CONTRAST = Theme(
    name="heibai",
    dark=True,
    primary="#ffe14d",
    secondary="#ffd08a",
    accent="#ffe14d",
    success="#8dffa8",
    warning="#ffc86b",
    error="#ffb3ab",
    foreground="#ffffff",
    background="#000000",
    surface="#121212",
    panel="#262626",
    variables={
        "tint-partly": "#303030",
        "tint-whole": "#4a4a4a",
        "alarm": "#ffb3ab",
        "faint": "#c8c8c8",
        "cursor": "#0b3f8f",
        "cursor-idle": "#3a3a3a",
        "veil": "#00000099",
    },
)

LOOKS = (LIGHT, DARK, CONTRAST)
FEW = frozenset({"standard", "windows"})  # Rich's names of the colours of old terminals


def first_look(kept: str, colours: str | None) -> Theme:
    """The look to begin with: as kept, else what the terminal can show (Rich's `color_system`)."""
    if "NO_COLOR" in os.environ:
        return CONTRAST
    plain = CONTRAST if colours in FEW else LIGHT
    return next((look for look in LOOKS if look.name == kept), plain)


def next_look(name: str) -> Theme:
    names = [look.name for look in LOOKS]
    return LOOKS[(names.index(name) + 1) % len(LOOKS)]


class Steady(LineFilter):
    """Nothing that stands in a title or a letter can steer the terminal or shift a column."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [_steady(each) for each in segments]


def _steady(segment: Segment) -> Segment:
    text, style, control = segment
    plain = bare(text)
    if control or plain == text:
        return segment
    return Segment(set_cell_size(plain, segment.cell_length), style)


class Colourless(LineFilter):
    """Bold, underlined and reversed only: what stands on colour is reversed."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(text, _colourless(style) if style else style, control)
            for text, style, control in segments
        ]


COLOURED = 40  # so far apart are the parts of a colour that is no grey


@lru_cache(4096)
def _colourless(style: Style) -> Style:
    ground = style.bgcolor.get_truecolor() if style.bgcolor else (0, 0, 0)
    turned = max(ground) - min(ground) > COLOURED
    return style.without_color + Style(reverse=bool(style.reverse) != turned)


def tints(theme: Theme) -> Tints:
    """The colours of the cells, which Rich wants as plain values. A ground that may not be seen
    is none: it would cut a hole into the line of the cursor."""
    colours = (theme if theme in LOOKS else LIGHT).variables
    grounds = {} if "NO_COLOR" in os.environ else colours
    return Tints(
        partly=grounds.get("tint-partly", ""),
        whole=grounds.get("tint-whole", ""),
        alarm=colours["alarm"],
        faint=colours["faint"],
        accent=theme.accent or theme.primary,
    )
