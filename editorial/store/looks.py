"""styles/ → the looks of drafts, the wordings of letters, the faces."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from editorial.errors import EditorialError
from editorial.model.style import DraftStyle, FontConfig, LetterStyle, style_faults
from editorial.store.files import Files
from editorial.store.reader import Reader

T = TypeVar("T")
FONTS = "styles/fonts.yaml"


def load_draft_style(files: Files, name: str) -> DraftStyle:
    """The style `name`, its font roles among those of fonts.yaml. BadData: every fault at once."""
    style = replace(_style(files, DraftStyle, "drafts", name, "稿样"), id=name)
    reader = Reader(files)
    fonts = reader.record(FontConfig, FONTS)
    for keys, message in style_faults(style, fonts.roles if fonts else ()):
        reader.blame(f"styles/drafts/{name}.yaml", keys, message)
    reader.finish()
    return style


def draft_labels(files: Files) -> tuple[tuple[str, str], ...]:
    """(id, label) of every style for drafts; one that cannot be read is left out."""
    reader = Reader(files)
    names = style_names(files, "drafts")
    styles = ((name, reader.record(DraftStyle, f"styles/drafts/{name}.yaml")) for name in names)
    return tuple((name, style.label) for name, style in styles if style)


def load_letter_style(files: Files, name: str) -> LetterStyle:
    style = _style(files, LetterStyle, "letters", name, "公函")
    reader = Reader(files)
    wording = reader.text(f"styles/letters/{name}.md")
    brief = f"styles/letters/{name}.short.md"
    short = reader.text(brief) if files.read(brief) is not None else None
    reader.finish()
    assert wording is not None
    return replace(style, id=name, wording=wording[0], brief=short[0] if short else "")


def load_fonts(files: Files) -> FontConfig:
    reader = Reader(files)
    config = reader.record(FontConfig, FONTS)
    reader.finish()
    assert config is not None
    return config


def _style(files: Files, kind: type[T], folder: str, name: str, what: str) -> T:
    names = style_names(files, folder)
    if name not in names:
        hint = f"可用：{'、'.join(names)}"
        raise EditorialError(f"没有叫“{name}”的{what}样式（styles/{folder}）", hint=hint)
    reader = Reader(files)
    style = reader.record(kind, f"styles/{folder}/{name}.yaml")
    reader.finish()
    assert style is not None
    return style


def style_names(files: Files, folder: str) -> list[str]:
    """The styles of a folder of styles/."""
    names = files.names(f"styles/{folder}")
    return [each.removesuffix(".yaml") for each in names if each.endswith(".yaml")]
