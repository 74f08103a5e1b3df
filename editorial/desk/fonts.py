"""字体: which file serves each role here, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from editorial.desk.office import Desk
from editorial.model.book import Printed
from editorial.model.style import FontConfig
from editorial.store.looks import load_fonts

if TYPE_CHECKING:
    from editorial.render.fonts import FontReport, FontTable


PHONETIC_FACES = "Charis SIL、Doulos SIL、DejaVu Serif、Times New Roman、Cambria"


def font_table(desk: Desk, config: FontConfig) -> FontTable:
    """Faces found; folders of styles/fonts.yaml are relative to the workspace."""
    from editorial.render.fonts import locate

    return locate(config, tuple(desk.root / folder for folder in config.folders))


def fonts(desk: Desk) -> tuple[FontReport, ...]:
    from editorial.render.fonts import survey

    return survey(font_table(desk, load_fonts(desk.workspace.files)))


def phonetic_font(desk: Desk) -> str:
    """The file that has the letters of the International Phonetic Alphabet; empty if none has."""
    from editorial.render.fonts import phonetic_face

    face = phonetic_face(font_table(desk, load_fonts(desk.workspace.files)))
    return str(face.path) if face else ""


def font_labels(desk: Desk, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Chinese names of font roles: xbs → 小标宋."""
    return _labels(load_fonts(desk.workspace.files), roles)


def _labels(config: FontConfig, roles: Iterable[str]) -> tuple[str, ...]:
    known = config.roles
    return tuple(known[role].label if role in known else role for role in roles)


def printed_remarks(config: FontConfig, *printed: Printed) -> tuple[str, ...]:
    """What is to be told of files made together: faces that are not here, and characters that
    the wished face, or any face, lacks."""
    roles = dict.fromkeys(role for each in printed for role in each.substituted)
    faces = (f"缺{label}字体，已用代替字体" for label in _labels(config, roles))
    return (*faces, *glyph_remarks(*printed))


def glyph_remarks(*printed: Printed) -> tuple[str, ...]:
    """The characters alone, together where one thing stands for them; each is told once, and as
    〓 if it is that anywhere."""
    drawn: dict[str, str] = {}
    for each in (glyph for file in printed for glyph in file.missing):
        if drawn.get(each.char) != "":
            drawn[each.char] = each.drawn
    return tuple(
        f"{_named(char for char in drawn if drawn[char] == face)}字体里没有，"
        + (f"取自{face}" if face else "印作〓")
        for face in dict.fromkeys(drawn.values())
    )


def _named(chars: Iterable[str]) -> str:
    return "、".join(f"“{char}”（U+{ord(char):04X}）" for char in chars)
