"""Tables: planned first, when nothing is broken into lines yet, then set into the flow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from editorial.model.document import Run, Table, title_of, unit_of
from editorial.model.finding import Finding
from editorial.render.cell_looks import cell_role
from editorial.render.grid import cut, stays_of
from editorial.render.pdf.breaking import natural_width
from editorial.render.pdf.cells import Box, Cells, Measured, measured
from editorial.render.pdf.classes import EM
from editorial.render.pdf.flow import Flow, Page, skip, snap
from editorial.render.pdf.frame import Frame
from editorial.render.pdf.heights import (
    above_height,
    heights_of,
    notes_height,
    remarks_height,
    rows_kept,
    whole_height,
)
from editorial.render.pdf.inline import (
    Setting,
    captioned,
    changed,
    passage,
    plain_passage,
)
from editorial.render.pdf.items import Anchor, Turned
from editorial.render.pdf.notes import NOTE_GAP
from editorial.render.pdf.pages import finish, turn
from editorial.render.pdf.panel import PAD, Heading, Panel, set_cells
from editorial.render.pdf.paragraph import Copy
from editorial.render.pdf.remarks import remarks_of
from editorial.render.pdf.rows import set_panel
from editorial.render.pdf.table_titles import title_height
from editorial.render.segments import divided, stub_columns
from editorial.render.widths import HAIR, Fit, fit, forced, is_easy, slim
from editorial.values import dataclass

GAP_UNDER = 8.0
# Space above and below the lines of a row that is near enough still, to leave no rows alone on
# a lying page: less than this share of what stands on others.
CLOSER, FEW = (2.0, 1.5, 1.0), 0.25
LEAST_HERE, LEAST_THERE = 3, 2
UNNAMED = "无题的表"
FOREIGN = re.compile("[!-~\u00c0-\u04ff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTable:
    """A table ready to be set. `width`: points it takes; `turned`: it lies on its own pages.

    `findings` say what had to be done to make it fit.
    """

    panels: tuple[Panel, ...]
    width: float
    turned: bool = False
    anchor: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def height(self) -> float:
        """Points it takes whole, in one place."""
        return sum(whole_height(panel) + GAP_UNDER for panel in self.panels)

    @property
    def notes(self) -> float:
        """Height of all notes its cells call for."""
        return sum(notes_height(panel.rows) for panel in self.panels)

    def parts(self, room: float) -> bool:
        """Whether it may begin in `room` points and go on as 续表, rows enough here and there."""
        panel = self.panels[0]
        here = rows_kept(panel, LEAST_HERE)
        if len(self.panels) == 1 and len(panel.rows) < here + LEAST_THERE:
            return self.height <= room
        return above_height(panel) + sum(heights_of(panel)[:here]) <= room


# Planning


def plan_table(
    setting: Setting, frame: Frame, place: int, table: Table, cells: Cells
) -> PlannedTable:
    """Choose type and widths, and whether the table at `place` of its part stands or lies. No line
    is broken yet.

    `cells`: what `cells_of` made of the table; made for all tables of a chapter first, they
    are measured together.
    """
    way = _way(setting, cells, frame)
    name = "　".join(filter(None, (setting.number(place), table.title))) or UNNAMED
    titles = _Titles(setting=setting, place=place, table=table, name=name)
    panels = [_panel(titles, piece, way.width) for piece in way.pieces]
    remarks = tuple(remarks_of(setting, cells.remarks, panels[-1].edges[-1]))
    panels[-1] = replace(panels[-1], remarks=remarks)
    return PlannedTable(
        panels=tuple(panels),
        width=way.width,
        turned=way.turned,
        anchor=setting.anchor(place),
        findings=tuple(
            Finding(
                code=code,
                message=f"{name}：{message}",
                where=setting.part,
                span=table.span,
                hint=hint,
            )
            for code, message, hint in _faults(cells, way)
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """All columns of a table, or some of them."""

    table: Measured
    fit: Fit
    first: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How a table is set: the width of its place, and in how many pieces."""

    width: float
    pieces: tuple[_Piece, ...]
    turned: bool = False


def _way(setting: Setting, cells: Cells, frame: Frame) -> _Way:
    """In a column, across all columns, lying on a page of its own, or some columns at a time."""
    size, table = cell_role(setting.style, plain=cells.plain).size, measured(cells)
    column = frame.columns.width
    if column < frame.measure:
        found = fit(table, size, column)
        if found and found.size == size and is_easy(table, found):
            return _Way(width=column, pieces=(_Piece(table=table, fit=found),))
    for width, lies in ((frame.measure, False), (frame.depth, True)):
        if found := fit(table, size, width):
            if column == width:
                found = slim(table, found, width)
            return _Way(width=width, pieces=(_Piece(table=table, fit=found),), turned=lies)
    stubs = stub_columns(table, size, frame.measure)
    groups = divided(table, stubs, size, frame.measure)
    pieces = (
        _piece(cells, group, size, frame.measure, first=not at) for at, group in enumerate(groups)
    )
    return _Way(width=frame.measure, pieces=tuple(pieces))


def _piece(cells: Cells, group: Sequence[int], size: float, width: float, *, first: bool) -> _Piece:
    table = measured(cut(cells, group))
    found = fit(table, size, width) or forced(table, size, width)
    return _Piece(table=table, fit=found, first=first)


# Panels


@dataclass(frozen=True, slots=True, kw_only=True)
class _Titles:
    """What every panel of a table says of it; `name` is for findings."""

    setting: Setting
    place: int
    table: Table
    name: str


def _panel(titles: _Titles, piece: _Piece, width: float) -> Panel:
    table = piece.table
    rows, look = set_cells(titles.setting, table, piece.fit)
    return Panel(
        heading=_heading(titles, piece, width),
        cells=table.cells,
        rows=rows,
        edges=piece.fit.edges,
        look=look,
        row_heads=0 not in table.numbers and table.cells.columns > 1,
        name=titles.name,
        part=titles.setting.part,
        span=titles.table.span,
        stays=stays_of(table.cells),
        numbers=table.numbers,
        pad=0 if table.cells.plain else PAD,
    )


def _heading(titles: _Titles, piece: _Piece, measure: float) -> Heading:
    setting, table, width = titles.setting, titles.table, piece.fit.edges[-1]
    look = setting.style.roles["table_title"]
    small = replace(setting.style.roles["table_cell"], align="right", indent=0)
    number = setting.number(titles.place)
    first = captioned(setting, titles.place, number, title_of(table))
    more = plain_passage(setting, f"续{number or '表'}", look, measure)
    if table.plain:
        look = replace(look, after=0)
        first, more = (), plain_passage(setting, "", look, measure)
    label = (Run(text="单位："),) if table.unit else ()
    unit = changed(setting, titles.place, "unit", unit_of(table))
    return Heading(
        title=passage(setting, first, look, measure) if piece.first else more,
        more=more,
        unit=passage(setting, (*label, *unit), small, width),
        look=look,
        measure=measure,
        width=width,
    )


def _faults(cells: Cells, way: _Way) -> Iterator[tuple[str, str, str]]:
    """Code, message and hint of everything that was done to make the table fit."""
    if not any(box.copy for box in cells.boxes):
        yield "B01", "没有一格内容", "请补内容，或删去这个表"
    if way.turned:
        yield "B02", f"共{cells.columns}栏，版心排不下，已转排在卧页上", "可减少栏目，或分成两个表"
    if len(way.pieces) > 1:
        yield (
            "B03",
            f"共{cells.columns}栏，卧页也排不下，已分成{len(way.pieces)}段排",
            "可减少栏目，或分成几个表",
        )
    if any(_is_broken(piece) for piece in way.pieces):
        yield "B04", "有的数字或外文太长，一格排不下，已断开", "请核对这一格的内容"


def _is_broken(piece: _Piece) -> bool:
    """Whether a number, a word or an address is torn, for no cell of it is wide enough."""
    edges, found = piece.fit.edges, piece.fit
    taken = 2 * found.pad - HAIR  # beside the text of a cell
    for box, length in zip(piece.table.cells.boxes, piece.table.lengths, strict=True):
        room = (edges[box.column + box.across] - edges[box.column] - taken) / found.size
        if box.copy and length > room and room < _unbroken(box, box.copy, length):
            return True
    return False


def _unbroken(box: Box, copy: Copy, length: float) -> float:
    """Ems of the longest part of a number or of foreign words that no line may end within, and
    of what it is set in."""
    if box.kind == "number":
        return length
    matter, parts = copy.matter, [0]
    places = matter.breaks.open
    for word in FOREIGN.finditer(copy.text):
        start, stop = copy.start + word.start(), copy.start + word.end()
        first, last = np.searchsorted(places, (start + 1, stop))
        ends = np.array([start, *places[first:last], stop])
        parts.append(max(natural_width(matter, ends[:-1], ends[1:])))
    return box.indent + max(parts) / EM


# Setting


def set_table(flow: Flow, planned: PlannedTable) -> None:
    """Place a standing table under the waiting headings. All of every cell comes out."""
    anchor = planned.anchor
    for panel in planned.panels:
        set_panel(flow, panel, anchor)
        skip(flow, GAP_UNDER)
        snap(flow)
        anchor = ""


def turned_pages(flow: Flow, planned: PlannedTable) -> list[Page]:
    """A lying table on finished pages of its own, which wait for the page being filled.

    顶左底右 (CY/T 170-2019): the head of the table is at the left side of left and right pages,
    so that the book is turned clockwise to read it.
    """
    frame = flow.frame
    inner = Flow(
        case=flow.case,
        style=flow.style,
        frame=replace(frame, measure=planned.width, depth=frame.measure),
        head=flow.head,
        tags=flow.tags,
        findings=flow.findings,
    )
    turn(inner)
    for panel in planned.panels:
        set_panel(inner, _drawn_in(panel, inner.frame.depth), "")
    finish(inner)
    for page in inner.pages:
        items = tuple(page.items)
        page.items[:] = [Turned(items=items, width=planned.width, height=frame.measure)]
        page.reached = 0
    inner.pages[0].items.append(Anchor(name=planned.anchor, top=0))
    return inner.pages


def _drawn_in(panel: Panel, depth: float) -> Panel:
    """With its rows closer, if but a few of them would stand on the last page else."""
    closer = (replace(panel, pad=pad, heights=[]) for pad in (PAD, *CLOSER))
    return next((each for each in closer if not _strands_rows(each, depth)), panel)


def _strands_rows(panel: Panel, depth: float) -> bool:
    """Whether a page more is begun for a small share of the rows, counted from their foot, where
    remarks and notes need room too."""
    heights, header = heights_of(panel), panel.cells.header
    notes = notes_height(panel.rows)
    foot = remarks_height(panel) + (notes + NOTE_GAP if notes else 0)
    free = depth - title_height(panel.heading, panel.heading.title) - sum(heights[:header])
    counts, used = [0], foot
    for height in reversed(heights[header:]):
        if counts[-1] and used + height > free:
            counts.append(0)
            used = 0.0
        counts[-1] += 1
        used += height
    return len(counts) > 1 and counts[-1] < FEW * counts[0]
