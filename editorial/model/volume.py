"""A volume: chapters of tracked sections, with what units owe for them.

Chapter state is never stored; it is rolled up from the sections (`board`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from datetime import date, datetime

from editorial.model.labels import Labelled, TaskState
from editorial.model.people import Editor, Limit, Unit
from editorial.values import dataclass

SCHEMA = 1


class VolumeKind(Labelled):
    REGIONAL_YEARBOOK = "regional_yearbook", "区域性年鉴"
    COMPREHENSIVE_YEARBOOK = "comprehensive_yearbook", "地方综合年鉴"
    GAZETTEER = "gazetteer", "地方志"
    TOPICAL_GAZETTEER = "topical_gazetteer", "专题志"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a value was read: path from the workspace root, and the SHA-1 git gives its bytes."""

    path: str
    blob: str


def from_file() -> Source | None:
    """A field filled by the store, outside comparison and outside the file."""
    return field(default=None, compare=False, metadata={"stored": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a history. `to` is a stage or state id; `undo` the commit it takes back; `day`
    the one it was done on, where it was put on record later."""

    at: datetime
    by: str
    to: str
    note: str = ""
    forced: bool = False
    undo: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """撰稿任务: what one unit owes for one section."""

    unit: str
    due: date | None = None
    extended: date | None = None
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The tracked leaf: 分目 of a yearbook, 节 of a gazetteer.

    `id` is its path `chapter/section`; the current stage is the last step of `history`.
    `untitled`: 无题小序, the words a 篇目 or 章 begins with; its title is for the office alone.
    """

    id: str = field(default="", metadata={"stored": False})
    title: str
    untitled: bool = False
    units: tuple[str, ...] = field(default=(), metadata={"flow": True})
    editor: str = ""
    due: date | None = None
    target: int = 0
    tasks: tuple[Task, ...] = ()
    history: tuple[Step, ...] = field(default=(), metadata={"flow": True})
    source: Source | None = from_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """章 of a gazetteer, or the untitled whole of a yearbook chapter."""

    title: str = ""
    sections: tuple[str, ...] = ()


class Matter(Labelled):
    """What kind of 篇目: only those of the text are numbered, with their tables and figures; they
    alone have dividers, stand in the columns of the style and are in the index."""

    TEXT = "text", "正文"
    FRONT = "front", "书前"
    PLATES = "plates", "彩页"
    BACK = "back", "书后"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterFile:
    """chapter.yaml: either `sections`, or `groups` of them where there is a level between."""

    title: str
    matter: Matter = Matter.TEXT
    sections: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """篇目/类目 or 篇: groups of sections in reading order."""

    id: str
    title: str
    groups: tuple[tuple[str, tuple[Section, ...]], ...]
    matter: Matter = Matter.TEXT

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for _, sections in self.groups for section in sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """批准, 审查验收, 备案: passed when number and date of the paper are there."""

    id: str
    label: str
    body: str = ""
    doc_no: str = ""
    date: date | None = None
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """另一块牌子: another name the same office sends letters under, with its own numbers."""

    id: str
    name: str
    letterhead: str = ""
    code: str = ""
    signatory: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The compiling office as letters name it. `code` is its 机关代字; `short` signs comments.

    `separate_check`: who drafts a letter does not check it; `separate_issue`: nor sign it.
    `last_numbers` are the 发文字号 used last before this program, one for each 代字 and year.
    """

    name: str
    short: str = ""
    letterhead: str = ""
    code: str = ""
    address: str = ""
    phone: str = ""
    mail: str = ""
    signatory: str = ""
    separate_check: bool = False
    separate_issue: bool = False
    boards: tuple[Board, ...] = ()
    last_numbers: tuple[str, ...] = field(default=(), metadata={"flow": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    start: date = field(metadata={"key": "from"})
    end: date = field(metadata={"key": "to"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeFile:
    """volume.yaml, written by people. `previous` is the id of last year's volume of the series."""

    schema: int = SCHEMA
    title: str
    kind: VolumeKind
    label: str = ""
    coverage: Coverage
    levels: tuple[str, ...] = ("篇目", "分目", "条目")
    city_order: tuple[str, ...] = ()
    workflow: str
    office: Office
    gates: tuple[Gate, ...] = ()
    grid: tuple[int, ...] = ()
    draft_style: str = "review"
    placeholders: tuple[str, ...] = ()
    previous: str = ""
    editorial_notes: tuple[str, ...] = ()
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A whole book with its people; `history` holds the steps of the volume-level stages,
    `gates` those of volume.yaml as the papers registered leave them."""

    id: str
    info: VolumeFile
    units: tuple[Unit, ...]
    staff: tuple[Editor, ...]
    chapters: tuple[Chapter, ...]
    limits: tuple[Limit, ...] = ()
    gates: tuple[Gate, ...] = ()
    history: tuple[Step, ...] = ()
    source: Source | None = from_file()

    @property
    def sections(self) -> Iterator[Section]:
        return (section for chapter in self.chapters for section in chapter.sections)


def stage_of(section: Section) -> str:
    """The id of the current editing stage; empty before the first step."""
    return section.history[-1].to if section.history else ""


def task_state(task: Task) -> TaskState:
    return TaskState(task.history[-1].to) if task.history else TaskState.NOT_ISSUED


def task_due(task: Task) -> date | None:
    return task.extended or task.due


def book_title(volume: Volume) -> str:
    """书名 with its 卷号, as on the cover."""
    return f"{volume.info.title}{volume.info.label}"
