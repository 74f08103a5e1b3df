"""What pages are filled with, and how far they are filled.

Depths count downward in points from the top of the type area, x from its left edge;
only `paint` knows the paper. A page knows neither its number nor its side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from math import ceil, inf

from editorial.model.finding import Finding
from editorial.model.style import DraftStyle
from editorial.render.pdf.frame import HAIR, Columns, Frame
from editorial.render.pdf.items import Anchor, Item
from editorial.render.pdf.notes import NoteLines, foot_height
from editorial.render.pdf.paragraph import Lines
from editorial.render.pdf.tags import Tags
from editorial.render.pdf.typeset import TypeCase
from editorial.values import dataclass

LONG = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class FootNote:
    """`key` is unique in the book; `lines` begin with a piece that stands for its number."""

    key: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Composed text with the notes it calls for, by key; `inset` tells how far from the left
    edge its lines stand, once they are broken."""

    lines: Lines
    notes: Mapping[str, FootNote] = field(default_factory=dict)
    inset: Callable[[], float] | None = None

    @property
    def calls(self) -> tuple[tuple[int, FootNote], ...]:
        """(line, note) for every note mark."""
        if not self.notes:
            return ()
        return tuple((line, self.notes[key]) for line, key in self.lines.calls)


@dataclass(slots=True)
class Page:
    """What stands on a page, and what runs above it: the 篇目 (`head`), the last 章
    (`group`), the first 分目 that begins on it or runs on from before (`first`), the last one
    (`section`).

    `plain` pages carry neither head nor folio; `numbers` are those of notes, by key; `reached`
    is how far down its text comes, 0 where it lies, `spread` the same with its columns levelled.
    """

    head: str = ""
    group: str = ""
    first: str = ""
    section: str = ""
    plain: bool = False
    items: list[Item] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    reached: float = 0
    spread: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A heading. `title` runs above the pages, and so does the 章 it begins, the `group`: empty
    where one ends, None where it goes on. `aside` stands in the margin beside it."""

    passage: Passage
    before: float
    after: float
    role: str = "H2"
    anchor: str = ""
    title: str = ""
    group: str | None = None
    aside: tuple[Lines, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Float:
    """A table or figure on its way to the top of a column, or of a page when it is wider.

    `kind`: those of one kind keep their order. `height`: what it takes with its notes, `least`
    if it is squeezed; `parts(room)`: it may begin in so much room and go on overleaf.
    `set_here` sets it at the depth reached; `inside` are the elements it is part of. `leaves`
    are finished pages instead, which come after the page being filled. `behind` is the
    heading it must not overtake.
    """

    kind: str
    width: float
    height: float
    set_here: Callable[[Flow], None]
    least: float = inf
    parts: Callable[[float], bool] = field(default=lambda _: False)
    inside: tuple[int, ...] = ()
    leaves: tuple[Page, ...] = ()
    behind: int = -1


@dataclass(slots=True, kw_only=True)
class Flow:
    """Pages being filled. Text stands between `top` and `limit` of the columns, notes above
    `bottom`; `y` is the depth reached in the last column.

    `waiting` are headings with their elements that must stay with the text to come, `floats`
    what goes to the top of a column. `step` and `line` say where the caller can take up again
    what is being set, unless `whole`; `watch` is told of each beginning of a column. `filled`
    and `lowest` add up and compare the columns closed, `noted` the notes below them, `over`: one
    was too full; `below` are kinds that stand at the foot of the page, `under` what notes have
    below them in every column.
    """

    case: TypeCase
    style: DraftStyle
    frame: Frame
    pages: list[Page] = field(default_factory=list)
    head: str = ""
    group: str = ""
    section: str = ""
    columns: Columns = field(init=False)
    column: int = 0
    y: float = 0
    top: float = 0
    limit: float = field(init=False)
    bottom: float = field(init=False)
    filled: float = 0
    lowest: float = 0
    noted: float = 0
    over: bool = False
    below: tuple[str, ...] = ()
    under: float = 0
    foot: list[NoteLines] = field(default_factory=list)
    spill: list[NoteLines] = field(default_factory=list)
    waiting: list[tuple[Head, int]] = field(default_factory=list)
    floats: list[Float] = field(default_factory=list)
    tags: Tags = field(default_factory=Tags)
    findings: list[Finding] = field(default_factory=list)
    step: int = 0
    line: int = 0
    whole: bool = False
    trial: bool = False
    watch: Callable[[Flow], None] | None = None

    def __post_init__(self) -> None:
        self.columns = self.frame.whole
        self.limit = self.bottom = self.frame.depth

    @property
    def left(self) -> float:
        """x of the column being filled."""
        return self.columns.lefts[self.column]

    @property
    def measure(self) -> float:
        """Width of the column being filled."""
        return self.columns.width


def set_anchor(flow: Flow, name: str) -> None:
    """A place links lead to, at the depth reached; none without a name."""
    if name:
        flow.pages[-1].items.append(Anchor(name=name, top=flow.y, column=flow.column))


def room(flow: Flow) -> float:
    """Points between the depth reached and what stands below."""
    if flow.foot:
        return min(flow.limit, flow.bottom - foot_height(flow.foot)) - flow.y
    return flow.limit - flow.y


def fresh(flow: Flow) -> bool:
    """Nothing is on the page: the next one has no more room."""
    return flow.y == 0 and not flow.foot and flow.limit > flow.frame.depth - HAIR


def snap(flow: Flow) -> None:
    """Down to the next line of the body grid, so that neighbouring lines stand level."""
    flow.y = on_grid(flow, flow.y)


def on_grid(flow: Flow, depth: float) -> float:
    """The depth, points, of the first line of the body grid that is not above `depth`."""
    return ceil(depth / flow.frame.line - HAIR) * flow.frame.line


def skip(flow: Flow, points: float) -> None:
    """White space, which falls away at the top of a column."""
    if flow.y > flow.top:
        flow.y = max(flow.y, min(flow.y + points, flow.limit))


def heads_height(flow: Flow) -> float:
    """Points the waiting headings take; at the top of a column nothing is left above them."""
    height = sum(head.before + head.passage.lines.height + head.after for head, _ in flow.waiting)
    if flow.waiting and flow.y <= flow.top:
        height -= flow.waiting[0][0].before
    return height


def is_behind(flow: Flow, item: Float) -> bool:
    """Whether a heading still waits that must come first."""
    return any(tag == item.behind for _, tag in flow.waiting)


def firsts(flow: Flow) -> tuple[Float, ...]:
    """The first that waits of each kind, which is the next of it to have a place."""
    found: dict[str, Float] = {}
    for item in flow.floats:
        found.setdefault(item.kind, item)
    return tuple(found.values())


def take(flow: Flow, item: Float) -> Float:
    """`item` waits no longer."""
    flow.floats = [each for each in flow.floats if each is not item]
    return item


def is_long(flow: Flow, height: float) -> bool:
    """Too long to stand in one place: it goes over in the flow of the text."""
    return height > LONG * flow.frame.depth
