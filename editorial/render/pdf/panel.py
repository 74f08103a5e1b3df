"""A table with its widths known: what stands where in each row. A wide table may have several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import NamedTuple

from editorial.model.document import NOWHERE, Span
from editorial.model.style import Align, TextRole
from editorial.render.pdf.grid import Box, Cells
from editorial.render.pdf.inline import Setting, copy_of, notes_of
from editorial.render.pdf.pages import Passage
from editorial.render.pdf.paragraph import Lines
from editorial.render.pdf.tags import Tags
from editorial.render.pdf.widths import Measured
from editorial.render.widths import Fit, left_columns, unit_length
from editorial.values import dataclass

WIDE = 1e5
JUSTIFIED_EMS = 9
PAD = 2.5


class SetBox(NamedTuple):
    """A cell: `x` of its lines from the table's left edge. `noted` where it calls notes; the
    unit of a column head stands in lines of its own, `below`."""

    box: Box
    lines: Lines | None
    x: float
    noted: Passage | None = None
    below: Lines | None = None

    @property
    def deep(self) -> int:
        """How many lines."""
        if self.below:
            return (self.lines.count if self.lines else 0) + self.below.count
        return self.lines.count if self.lines else 0

    def parts(self, start: int, stop: int) -> Iterator[tuple[Lines, int, int, int]]:
        """Lines [start, stop) as lines of its texts, and how many of them stand above."""
        first = self.lines.count if self.lines else 0
        if self.lines and start < first:
            yield self.lines, start, min(stop, first), 0
        if self.below and stop > first:
            begin = max(start, first)
            yield self.below, begin - first, stop - first, begin - start


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above a panel: on its first page, and where it goes on."""

    title: Passage
    more: Passage
    unit: Passage
    look: TextRole
    measure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """`rows[r]` are the boxes that begin in row r, `edges` x of the column lines; `row_heads`:
    the first column says what stands in each row. `name`, `part` and `span` are for findings,
    `heights` are kept for `heights_of`; `pad` is the space above and below the lines of a row."""

    heading: Heading
    cells: Cells
    rows: tuple[tuple[SetBox, ...], ...]
    edges: tuple[float, ...]
    look: TextRole
    row_heads: bool
    name: str = ""
    part: str = ""
    span: Span = NOWHERE
    remarks: tuple[Passage, ...] = ()
    heights: list[float] = field(default_factory=list)
    pad: float = PAD


def set_cells(
    setting: Setting, table: Measured, found: Fit
) -> tuple[tuple[tuple[SetBox, ...], ...], TextRole]:
    """The boxes of each row with their lines asked for, and the look they are set in."""
    cells, lengths, numbers = table.cells, table.lengths, table.numbers
    wished = setting.style.roles["table_cell"]
    look = replace(wished, size=found.size, leading=wished.leading * found.size / wished.size)
    wholes = _wholes(cells, lengths, numbers)
    pens = _Pens(
        setting=setting,
        found=found,
        header=cells.header,
        lefts=left_columns(cells, lengths, numbers),
        points=_points(cells, lengths, wholes),
        looks={align: replace(look, align=align, indent=0) for align in ALIGNS},
    )
    rows: list[list[SetBox]] = [[] for _ in range(cells.rows)]
    for box, length, whole in zip(cells.boxes, lengths, wholes, strict=True):
        rows[box.row].append(_set_box(pens, box, length * found.size, whole * found.size))
    return tuple(map(tuple, rows)), look


ALIGNS: tuple[Align, ...] = ("left", "center", "justify")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pens:
    """`points`: for a column of figures, ems of the widest part before the point and from it
    on."""

    setting: Setting
    found: Fit
    header: int
    lefts: frozenset[int]
    points: Mapping[int, tuple[float, float]]
    looks: Mapping[Align, TextRole]


def _wholes(cells: Cells, lengths: Sequence[float], numbers: frozenset[int]) -> list[float]:
    """Ems before the decimal point of every figure that stands under others; -1: none."""
    header = cells.header
    return [
        _before_point(box, length)
        if box.kind == "number" and box.row >= header and box.across == 1 and box.column in numbers
        else -1.0
        for box, length in zip(cells.boxes, lengths, strict=True)
    ]


def _before_point(box: Box, length: float) -> float:
    """Ems of a figure before its decimal point, or before what follows its last digit."""
    if not box.copy:
        return 0.0
    text = box.copy.text
    at = text.find(".")
    if at < 0:
        at = text.find("．")
    if at < 0:
        if len(box.runs) == 1 and text[-1].isdecimal():
            return length
        at = max(place for place, char in enumerate(text) if char.isdecimal()) + 1
    return min(length, box.copy.length(1, at))


def _points(
    cells: Cells, lengths: Sequence[float], wholes: Sequence[float]
) -> dict[int, tuple[float, float]]:
    points: dict[int, tuple[float, float]] = {}
    for box, length, whole in zip(cells.boxes, lengths, wholes, strict=True):
        if whole >= 0:
            before, after = points.get(box.column, (0.0, 0.0))
            if whole > before or length - whole > after:
                points[box.column] = (max(before, whole), max(after, length - whole))
    return points


def _set_box(pens: _Pens, box: Box, natural: float, whole: float) -> SetBox:
    copy, edges, pad = box.copy, pens.found.edges, pens.found.pad
    free = edges[box.column + box.across] - edges[box.column] - 2 * pad
    inset = min(box.indent * pens.found.size, free / 2)
    left = edges[box.column] + pad + inset
    if copy is None:
        return SetBox(box, None, left)
    room, natural = free - inset, natural - inset
    if natural > room + 0.01:
        if box.row < pens.header and (stacked := _stacked(pens, box, natural, room)):
            return SetBox(box, stacked[0], left, below=stacked[1])
        lines, x = copy.lines(pens.looks[_wrapped(pens, box, room)], room), left
    else:
        lines, x = (
            copy.lines(pens.looks["left"], WIDE),
            left + _offset(pens, box, natural, whole, room),
        )
    if any(run.kind == "note" for run in box.runs):
        return SetBox(box, lines, x, Passage(lines=lines, notes=notes_of(pens.setting, box.runs)))
    return SetBox(box, lines, x)


def _stacked(pens: _Pens, box: Box, natural: float, room: float) -> tuple[Lines, Lines] | None:
    """A column head over its unit, if this has room on one line."""
    size = pens.found.size
    unit = unit_length(box, natural / size) * size
    if not unit or len(box.runs) > 1 or unit > room:
        return None
    head, _, rest = box.runs[0].text.partition("（")
    look = pens.looks["center"]
    texts = (replace(box.runs[0], text=text) for text in (head, f"（{rest}"))
    one, other = (copy_of(pens.setting, (run,), look.font).lines(look, room) for run in texts)
    return one, other


def _wrapped(pens: _Pens, box: Box, room: float) -> Align:
    if box.row < pens.header or box.across > 1 or box.column not in pens.lefts:
        return "center"
    return "justify" if room >= JUSTIFIED_EMS * pens.found.size else "left"


def _offset(pens: _Pens, box: Box, natural: float, whole: float, room: float) -> float:
    """Where a single line begins in its cell: under the point, at the left or in the middle."""
    if whole >= 0:
        before, after = pens.points[box.column]
        size = pens.found.size
        edge = max(0.0, (room - (before + after) * size) / 2)
        return min(edge + before * size - whole, room - natural)
    if box.column in pens.lefts and box.row >= pens.header and box.across == 1:
        return 0.0
    return (room - natural) / 2


# Tags


def tagged(tags: Tags, panel: Panel) -> Iterator[list[int]]:
    """An element for every cell of each row."""
    for number, row in enumerate(panel.rows):
        head = number < panel.cells.header
        with tags.inside("TR"):
            yield [_tag(tags, panel, cell.box, head=head) for cell in row]


def _tag(tags: Tags, panel: Panel, box: Box, *, head: bool) -> int:
    """TH with its scope or TD, and what it spans (ISO 32000-1, 14.8.5.7)."""
    heads = head or (panel.row_heads and box.column == 0 and box.copy is not None)
    if not heads and box.across == box.down == 1:
        return tags.add("TD")
    attributes = "/O/Table"
    if heads:
        attributes += "/Scope/Column" if head else "/Scope/Row"
    if box.across > 1:
        attributes += f"/ColSpan {box.across}"
    if box.down > 1:
        attributes += f"/RowSpan {box.down}"
    return tags.add("TH" if heads else "TD", attributes=attributes)
