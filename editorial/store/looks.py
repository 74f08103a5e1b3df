"""styles/ → the looks of drafts, the wordings of letters, the faces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from editorial.errors import EditorialError
from editorial.model.style import ROLES, DraftStyle, FontConfig, LetterStyle
from editorial.store.files import Files
from editorial.store.reader import Reader

T = TypeVar("T")
_COLOR = re.compile("[0-9A-Fa-f]{6}")


def load_draft_style(files: Files, name: str) -> DraftStyle:
    style = replace(_style(files, DraftStyle, "drafts", name, "稿样"), id=name)
    reader = Reader(files)
    for keys, message in _unfit(style):
        reader.blame(f"styles/drafts/{name}.yaml", keys, message)
    reader.finish()
    return style


def _unfit(style: DraftStyle) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Sizes and names that no page could be set with, by key."""
    if len(style.paper) != 2 or min(style.paper) < 50:
        yield ("paper",), "应为 [宽, 高] 两个数，单位毫米，都不小于50"
    else:
        width, height = style.paper
        edges = style.margins
        if min(edges.top, edges.bottom, edges.inner, edges.outer) < 0:
            yield ("margins",), "页边不能是负数"
        elif edges.inner + edges.outer > width - 30 or edges.top + edges.bottom > height - 30:
            yield ("margins",), "页边太大，版心不足30毫米"
    for name in (each for each in ROLES if each not in style.roles):
        yield ("roles",), f"缺少“{name}”的样式"
    for name, look in style.roles.items():
        if name not in ROLES:
            yield ("roles", name), f"没有“{name}”这种文字，可用：{'、'.join(ROLES)}"
        if not 0 < look.size <= 200 or not 0 < look.leading <= 400:
            yield ("roles", name), "字号应在0至200磅之间，行距应在0至400磅之间"
        if min(look.indent, look.before, look.after) < 0:
            yield ("roles", name), "缩进和段前段后不能是负数"
        if not _COLOR.fullmatch(look.color):
            yield ("roles", name, "color"), "颜色应为6位十六进制数，如 000000"


def load_letter_style(files: Files, name: str) -> LetterStyle:
    style = _style(files, LetterStyle, "letters", name, "公函")
    reader = Reader(files)
    wording = reader.text(f"styles/letters/{name}.md")
    reader.finish()
    assert wording is not None
    return replace(style, id=name, wording=wording[0])


def load_fonts(files: Files) -> FontConfig:
    reader = Reader(files)
    config = reader.record(FontConfig, "styles/fonts.yaml")
    reader.finish()
    assert config is not None
    return config


def _style(files: Files, kind: type[T], folder: str, name: str, what: str) -> T:
    names = [
        each.removesuffix(".yaml")
        for each in files.names(f"styles/{folder}")
        if each.endswith(".yaml")
    ]
    if name not in names:
        hint = f"可用：{'、'.join(names)}"
        raise EditorialError(f"没有叫“{name}”的{what}样式（styles/{folder}）", hint=hint)
    reader = Reader(files)
    style = reader.record(kind, f"styles/{folder}/{name}.yaml")
    reader.finish()
    assert style is not None
    return style
