from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from editorial.tui.theme import DARK, LIGHT

GROUNDS = ("background", "surface", "tint-partly", "tint-whole", "cursor", "cursor-idle")


def colour(theme: Theme, name: str) -> Color:
    return Color.parse(theme.variables.get(name) or getattr(theme, name))


def contrast(one: Color, other: Color) -> float:
    """WCAG 2.1, 1.4.3."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_legible_on_every_ground(theme: Theme, ground: str) -> None:
    assert contrast(colour(theme, "foreground"), colour(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ground", ["background", "surface", "cursor"])
@pytest.mark.parametrize("ink", ["alarm", "accent"])
def test_marked_text_is_legible(theme: Theme, ground: str, ink: str) -> None:
    assert contrast(colour(theme, ink), colour(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_faint_text_is_legible(theme: Theme, ground: str) -> None:
    assert contrast(colour(theme, "faint"), colour(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("bar", ["primary", "secondary", "warning", "error"])
def test_titles_are_legible(theme: Theme, bar: str) -> None:
    assert contrast(colour(theme, bar), colour(theme, "background")) >= 4.5
