"""Looks as data: styles/drafts/*.yaml, styles/letters/*.yaml, styles/fonts.yaml.

Lengths on the page are millimetres, type sizes and leading are points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["justify", "left", "right", "center"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    top: float
    bottom: float
    inner: float
    outer: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRole:
    """How one kind of text is set. `indent` in ems; spaces in points."""

    font: str = "song"
    size: float
    leading: float
    indent: float = 0
    align: Align = "justify"
    before: float = 0
    after: float = 0
    color: str = "000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftStyle:
    """One look of a draft. Roles: see `ROLES`; `notice` prints on the cover.

    Margins are mirrored: `inner` is the binding side, left on odd pages.
    """

    id: str = field(default="", metadata={"stored": False})
    schema: int = 1
    title: str
    label: str
    paper: tuple[float, ...]
    margins: Margins
    roles: dict[str, TextRole]
    notice: str = ""
    show_marks: bool = True
    mark_words: tuple[str, ...] = ("待补", "存疑")
    toc_levels: int = 2
    running_head: bool = True


ROLES = (
    "cover_title",
    "cover_label",
    "cover_line",
    "front_title",
    "toc_chapter",
    "toc_section",
    "chapter",
    "group",
    "section",
    "heading",
    "entry",
    "body",
    "signature",
    "table_title",
    "table_cell",
    "figure_title",
    "note",
    "running_head",
    "folio",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFile:
    """One candidate face: a file name to look for, the index in a collection, axes to pin."""

    file: str
    index: int = 0
    weight: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FontRole:
    """`faces` in order of preference; the rest are fallbacks. `word` names it in DOCX."""

    label: str
    word: str
    faces: tuple[FontFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FontConfig:
    """styles/fonts.yaml: extra folders, and what file serves each role.

    Roles: song, song_bold, hei, kai, fang, xbs (小标宋), latin is taken from the role's own face.
    """

    schema: int = 1
    folders: tuple[str, ...] = ()
    roles: dict[str, FontRole]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterStyle:
    """styles/letters/KIND.yaml beside KIND.md, the wording with {placeholders}."""

    id: str = field(default="", metadata={"stored": False})
    schema: int = 1
    title: str
    closing: str
    attachment: str = "修改补充事项清单"
    required: tuple[str, ...] = ("due", "contact", "items")
    wording: str = field(default="", metadata={"stored": False})


def style_faults(style: DraftStyle) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    """What makes a style impossible to set: (key path, what is wrong in Chinese)."""
    faults: list[tuple[tuple[str | int, ...], str]] = []
    if len(style.paper) != 2 or not all(50 <= side <= 2000 for side in style.paper):
        faults.append((("paper",), "应为 [宽, 高]，单位毫米，各在 50 至 2000 之间"))
    else:
        faults += _margin_faults(style)
    for name in style.roles.keys() - set(ROLES):
        faults.append((("roles", name), f"没有叫“{name}”的用途，可用：{'、'.join(ROLES)}"))
    for name in (each for each in ROLES if each not in style.roles):
        faults.append((("roles",), f"缺少用途“{name}”"))
    for name, role in style.roles.items():
        faults += _role_faults(name, role)
    return tuple(faults)


LEAST_MEASURE = 40.0


def _margin_faults(style: DraftStyle) -> list[tuple[tuple[str | int, ...], str]]:
    margins, (width, height) = style.margins, style.paper
    across, down = margins.inner + margins.outer, margins.top + margins.bottom
    if min(margins.inner, margins.outer, margins.top, margins.bottom) < 0:
        return [(("margins",), "页边不能是负数")]
    if width - across < LEAST_MEASURE or height - down < LEAST_MEASURE:
        return [(("margins",), f"页边留得太多，版心宽、高都须有 {LEAST_MEASURE:.0f} 毫米以上")]
    return []


def _role_faults(name: str, role: TextRole) -> list[tuple[tuple[str | int, ...], str]]:
    faults: list[tuple[tuple[str | int, ...], str]] = []
    if not 3 <= role.size <= 200:
        faults.append((("roles", name, "size"), "字号应在 3 至 200 磅之间"))
    if not role.size <= role.leading <= 400:
        faults.append((("roles", name, "leading"), "行距应不小于字号，且不大于 400 磅"))
    if not 0 <= role.indent <= 20:
        faults.append((("roles", name, "indent"), "缩进应在 0 至 20 字之间"))
    if not (0 <= role.before <= 400 and 0 <= role.after <= 400):
        faults.append((("roles", name), "段前段后应在 0 至 400 磅之间"))
    if re.fullmatch("[0-9A-Fa-f]{6}", role.color) is None:
        faults.append((("roles", name, "color"), "颜色应为六位十六进制，如 C00000"))
    return faults
