"""A table with its widths known: what stands where in each row. A wide table may have several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import NamedTuple

from editorial.model.document import NOWHERE, Span
from editorial.model.style import Align, TextRole
from editorial.render.cell_looks import JUSTIFIED_EMS, cell_role, is_centred, left_columns
from editorial.render.pdf.cell_words import names_kept, roll_lines, words_kept
from editorial.render.pdf.cells import Box, Cells, Measured
from editorial.render.pdf.flow import Passage
from editorial.render.pdf.inline import Setting, copy_of, notes_of
from editorial.render.pdf.paragraph import Copy, Lines
from editorial.render.pdf.remarks import Remark
from editorial.render.pdf.rolls import BLANK, LEAST_NAMES, LEAST_WHOLE, names_of
from editorial.render.pdf.tags import Tags
from editorial.render.widths import Fit, unit_length
from editorial.values import dataclass

WIDE, ROUNDED = 1e5, 0.01
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
    """What stands above a panel: on its first page, and where it goes on. The title is set in
    `measure`, the unit in the `width` of the table, which stands in the middle of it."""

    title: Passage
    more: Passage
    unit: Passage
    look: TextRole
    measure: float
    width: float

    @property
    def inset(self) -> float:
        """Points from the left edge of the measure to that of the table."""
        return max(0.0, (self.measure - self.width) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """`rows[r]` are the boxes that begin in row r, `edges` x of the column lines; `row_heads`:
    the first column says what stands in each row. `name`, `part` and `span` are for findings,
    `heights` are kept for `heights_of`; `pad` is the space above and below the lines of a row.
    `stays[r]` is the last row that stands on a page with row r; `numbers`: columns of figures."""

    heading: Heading
    cells: Cells
    rows: tuple[tuple[SetBox, ...], ...]
    edges: tuple[float, ...]
    look: TextRole
    row_heads: bool
    name: str = ""
    part: str = ""
    span: Span = NOWHERE
    remarks: tuple[Remark, ...] = ()
    heights: list[float] = field(default_factory=list)
    pad: float = PAD
    stays: Sequence[int] = ()
    numbers: frozenset[int] = frozenset()


def set_cells(
    setting: Setting, table: Measured, found: Fit
) -> tuple[tuple[tuple[SetBox, ...], ...], TextRole]:
    """The boxes of each row with their lines asked for, and the look they are set in."""
    cells, lengths, numbers = table.cells, table.lengths, table.numbers
    wished = cell_role(setting.style, plain=cells.plain)
    look = replace(wished, size=found.size, leading=wished.leading * found.size / wished.size)
    lefts = left_columns(cells, lengths, numbers)
    pens = _Pens(
        setting=setting,
        found=found,
        header=cells.header,
        lefts=lefts,
        rolls=frozenset(_roll_columns(cells, lefts)),
        points=table.parts,
        looks={align: replace(look, align=align, indent=0) for align in ALIGNS},
    )
    rows: list[list[SetBox]] = [[] for _ in range(cells.rows)]
    for box, length, whole in zip(cells.boxes, lengths, table.befores, strict=True):
        rows[box.row].append(_set_box(pens, box, length * found.size, whole * found.size))
    return tuple(map(tuple, rows)), look


def _roll_columns(cells: Cells, lefts: frozenset[int]) -> Iterator[int]:
    """Columns that have a list of names in a cell."""
    for box in cells.boxes:
        if box.column in lefts and box.copy and BLANK in box.copy.text and names_of(box.copy.text):
            yield box.column


ALIGNS: tuple[Align, ...] = ("left", "center", "justify")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pens:
    """`points`: for a column of figures, ems of the widest part before the point and from it
    on; `rolls`: columns with lists of names."""

    setting: Setting
    found: Fit
    header: int
    lefts: frozenset[int]
    rolls: frozenset[int]
    points: Mapping[int, tuple[float, float]]
    looks: Mapping[Align, TextRole]


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
        lines, x = _wrapped(pens, box, copy, room), left
    elif _is_listed(pens, box) and (roll := _roll(pens, box, copy, "left", room)):
        lines, x = roll, left
    else:
        lines, x = (
            copy.lines(pens.looks["left"], WIDE),
            left + _offset(pens, box, natural, whole, room),
        )
    if copy.typed.noted:
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
    one, other = (copy_of(pens.setting, (run,), look.font) for run in texts)
    if natural - unit <= room:
        return one.lines(look, room), other.lines(look, room)
    most = _characters(pens, room)
    return words_kept(one, most).lines(look, max(room, most * size)), other.lines(look, room)


def _wrapped(pens: _Pens, box: Box, copy: Copy, room: float) -> Lines:
    """A text of several lines: heads by their words, lists by their names."""
    if box.row < pens.header:
        most = _characters(pens, room)
        wide = max(room, most * pens.found.size)
        return words_kept(copy, most).lines(pens.looks["center"], wide)
    ems = room / pens.found.size
    kept = names_kept(copy, ems)
    align: Align = "justify" if kept is copy and ems >= JUSTIFIED_EMS else "left"
    if box.across > 1 or box.column not in pens.lefts:
        align = "center"
    if roll := _roll(pens, box, kept, align, room):
        return roll
    return kept.lines(pens.looks[align], room, short=align == "left" and kept is copy)


def _is_listed(pens: _Pens, box: Box) -> bool:
    return box.column in pens.rolls and box.row >= pens.header and box.across == 1


def _roll(pens: _Pens, box: Box, copy: Copy, align: Align, room: float) -> Lines | None:
    """Names between blanks in a cell; a few of them stand under those of other cells."""
    least = LEAST_WHOLE if _is_listed(pens, box) else LEAST_NAMES
    return roll_lines(copy, pens.looks[align], room, least)


def _characters(pens: _Pens, room: float) -> int:
    """How many of them a line holds, or would with a hair more."""
    return int(room / pens.found.size + ROUNDED)


def _offset(pens: _Pens, box: Box, natural: float, whole: float, room: float) -> float:
    """Where a single line begins in its cell: under the point, at the left or in the middle."""
    if whole >= 0:
        before, after = pens.points[box.column]
        size = pens.found.size
        edge = max(0.0, (room - (before + after) * size) / 2)
        return min(edge + before * size - whole, room - natural)
    begins = box.column in pens.lefts and box.row >= pens.header and box.across == 1
    if begins and not is_centred(box):
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
