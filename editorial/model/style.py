"""Looks as data: styles/drafts/*.yaml, styles/letters/*.yaml, styles/fonts.yaml.

Lengths on the page are millimetres, type sizes and leading are points.
"""

from __future__ import annotations

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
