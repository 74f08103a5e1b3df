"""字体: which file serves each role here, and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from editorial.desk.office import Desk
from editorial.model.style import FontConfig
from editorial.store.looks import load_fonts

if TYPE_CHECKING:
    from editorial.render.fonts import FontReport, FontTable


def font_table(desk: Desk, config: FontConfig) -> FontTable:
    """Faces found; folders of styles/fonts.yaml are relative to the workspace."""
    from editorial.render.fonts import locate

    return locate(config, tuple(desk.root / folder for folder in config.folders))


def fonts(desk: Desk) -> tuple[FontReport, ...]:
    from editorial.render.fonts import survey

    return survey(font_table(desk, load_fonts(desk.workspace.files)))


def font_labels(desk: Desk, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Chinese names of font roles: xbs → 小标宋."""
    known = load_fonts(desk.workspace.files).roles
    return tuple(known[role].label if role in known else role for role in roles)
