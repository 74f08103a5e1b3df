"""Tables in the flow: title above, rows over as many pages as they need, 续表 on each.

A row taller than a page goes over in pieces, and so does a cell that spans many rows:
each keeps a cursor of the lines already set, and every page takes what fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from editorial.model.document import Table
from editorial.model.style import TextRole
from editorial.render.pdf.grid import Plan, SetBox, plan_table
from editorial.render.pdf.inline import Setting, plain_passage
from editorial.render.pdf.items import Anchor, Item, Rules, Stroke, Text
from editorial.render.pdf.pages import (
    HAIR,
    Flow,
    Passage,
    add_note,
    fresh,
    least_notes,
    number_calls,
    pour,
    room,
    settle,
    skip,
    snap,
    turn,
)

THICK, THIN, FINE = 0.9, 0.4, 0.25
FINE_GREY = 0.55
GAP_UNDER = 8.0
WHOLE = 0.35
REPEATED_HEAD = 0.4
ROOM_TO_SPLIT = 6
REPEATED_LINES = 3


@dataclass(slots=True, kw_only=True)
class Open:
    """A cell being set: its lines before `cursor` are on earlier pages, its top at `since`."""

    set_box: SetBox
    passage: Passage
    since: float
    cursor: int = 0


@dataclass(slots=True, kw_only=True)
class Stretch:
    """The part of a table on one page: where its rows end, and which cells cross which line."""

    top: float
    bottoms: list[float] = field(default_factory=list)
    header_bottom: float = 0
    boxes: list[tuple[SetBox, float, float]] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above a table: on its first page, and on the pages it continues on."""

    title: Passage
    more: Passage
    unit: Passage
    look: TextRole
    measure: float


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One table on its way through the pages."""

    flow: Flow
    plan: Plan
    heading: Heading
    repeated: float
    stretch: Stretch


def set_table(flow: Flow, setting: Setting, table: Table, number: str, anchor: str = "") -> None:
    """Place a table under the waiting headings. Every cell's text comes out, however tall."""
    frame = flow.frame
    plan = plan_table(setting, table, setting.style.roles["table_cell"], frame.measure)
    heading = _heading(setting, table, number, frame.measure)
    heights = _row_heights(plan)
    header = sum(heights[: plan.header])
    repeated = header if header + _header_notes(plan) <= REPEATED_HEAD * frame.depth else 0
    above = heading.look.before + _heading_height(heading, heading.title)
    settle(flow, _opening(flow, plan, heights, above))
    skip(flow, heading.look.before)
    if anchor:
        flow.pages[-1].items.append(Anchor(name=anchor, top=flow.y))
    _set_heading(flow, heading, heading.title)
    sheet = Sheet(
        flow=flow, plan=plan, heading=heading, repeated=repeated, stretch=Stretch(top=flow.y)
    )
    for row in range(len(plan.rows)):
        _set_row(sheet, row)
    _close(sheet, last=True)
    skip(flow, GAP_UNDER)
    snap(flow)


def _heading(setting: Setting, table: Table, number: str, width: float) -> Heading:
    look = setting.style.roles["table_title"]
    small = replace(setting.style.roles["table_cell"], align="right", indent=0)
    title = "　".join(part for part in (number, table.title) if part)
    unit = f"单位：{table.unit}" if table.unit else ""
    return Heading(
        title=plain_passage(setting, title, look, width),
        more=plain_passage(setting, f"续{number or '表'}", look, width),
        unit=plain_passage(setting, unit, small, width),
        look=look,
        measure=width,
    )


def _on_title_line(heading: Heading, title: Passage) -> bool:
    """Whether the unit has room at the right of the title."""
    lines, unit = title.lines, heading.unit.lines
    if not unit.count or lines.count > 1:
        return False
    width = unit.width_of(0) + heading.look.size
    return (lines.width_of(0) if lines.count else 0) + 2 * width < heading.measure


def _heading_height(heading: Heading, title: Passage) -> float:
    below = 0 if _on_title_line(heading, title) else heading.unit.lines.height
    return title.lines.height + below + heading.look.after


def _set_heading(flow: Flow, heading: Heading, title: Passage) -> None:
    pour(flow, title)
    unit = heading.unit.lines
    if _on_title_line(heading, title):
        top = flow.y - (title.lines.leading + unit.leading) / 2
        flow.pages[-1].items.append(Text(lines=unit, x=0, top=top))
    else:
        pour(flow, heading.unit)
    flow.y += heading.look.after


def _row_heights(plan: Plan) -> list[float]:
    """Heights by the cells that end in each row; tall spans add to their last row."""
    least = plan.look.leading + 2 * plan.pad
    heights = [least] * len(plan.rows)
    boxes = sorted((item for row in plan.rows for item in row), key=_last_row)
    for item in boxes:
        last = _last_row(item)
        above = sum(heights[item.box.row : last])
        heights[last] = max(heights[last], _tall(plan, item.passage.lines.count) - above)
    return heights


def _header_notes(plan: Plan) -> float:
    """Height of all notes the header calls for, which every page would have to carry."""
    calls = [
        call for row in plan.rows[: plan.header] for item in row for call in item.passage.calls
    ]
    return sum(note.set_with("①").height for _, note in calls)


def _last_row(item: SetBox) -> int:
    return item.box.row + item.box.down - 1


def _tall(plan: Plan, lines: int) -> float:
    return lines * plan.look.leading + 2 * plan.pad


def _opening(flow: Flow, plan: Plan, heights: Sequence[float], above: float) -> float:
    """What must fit here to begin: a small table whole, a large one with a few rows."""
    total = above + sum(heights)
    if total <= WHOLE * flow.frame.depth:
        return total + 2 * HAIR
    first = sum(heights[: plan.header + 2])
    return above + min(first, ROOM_TO_SPLIT * plan.look.leading + sum(heights[: plan.header]))


# Rows


def _set_row(sheet: Sheet, row: int) -> None:
    """Open the cells of a row and take as many pages as its height asks for."""
    flow = sheet.flow
    if _need(sheet, row) + _notes(sheet, row) > room(flow) + HAIR and _may_turn(sheet, row):
        _continue(sheet, row)
    _open_cells(sheet, row)
    while _need_open(sheet, row) > room(flow) + HAIR:
        _set_piece(sheet)
        _continue(sheet, row)
    _end_row(sheet, row)


def _may_turn(sheet: Sheet, row: int) -> bool:
    """A row goes to the next page unless it is the first here or too tall for any page."""
    if not _has_body(sheet, row):
        return False
    tall = _need(sheet, row) > sheet.flow.frame.depth - _carried_height(sheet)
    return not tall or room(sheet.flow) < ROOM_TO_SPLIT * sheet.plan.look.leading


def _has_body(sheet: Sheet, row: int) -> bool:
    repeats = sheet.plan.header if sheet.repeated and row >= sheet.plan.header else 0
    return len(sheet.stretch.bottoms) > repeats


def _carried_height(sheet: Sheet) -> float:
    heading = sheet.heading
    return _heading_height(heading, heading.more) + sheet.repeated


def _need(sheet: Sheet, row: int) -> float:
    """Height of a row whose own cells are not open yet."""
    new = [_tall(sheet.plan, item.passage.lines.count) for item in _own(sheet, row)]
    return max([_need_open(sheet, row), *new])


def _own(sheet: Sheet, row: int) -> list[SetBox]:
    return [item for item in sheet.plan.rows[row] if item.box.down == 1]


def _need_open(sheet: Sheet, row: int) -> float:
    """What the cells ending in this row still need below the current depth."""
    plan, y = sheet.plan, sheet.flow.y
    ending = [
        _tall(plan, cell.passage.lines.count - cell.cursor) - (y - cell.since)
        for cell in sheet.stretch.open
        if _last_row(cell.set_box) == row
    ]
    return max([plan.look.leading + 2 * plan.pad, *ending])


def _notes(sheet: Sheet, row: int) -> float:
    return sum(
        least_notes(sheet.flow, item.passage, 0, item.passage.lines.count)
        for item in sheet.plan.rows[row]
    )


def _open_cells(sheet: Sheet, row: int) -> None:
    """Begin the cells of a row; their notes leave it room, or the beginning of it."""
    flow = sheet.flow
    begun = ROOM_TO_SPLIT * sheet.plan.look.leading
    above = flow.y + min(_need(sheet, row), max(begun, room(flow) / 2))
    for item in sheet.plan.rows[row]:
        count = item.passage.lines.count
        passage, called = number_calls(flow.pages[-1], item.passage, 0, count)
        sheet.stretch.open.append(Open(set_box=item, passage=passage, since=flow.y))
        for note in called:
            add_note(flow, note, above)


def _end_row(sheet: Sheet, row: int) -> None:
    flow, stretch = sheet.flow, sheet.stretch
    flow.y += _need_open(sheet, row)
    stretch.bottoms.append(flow.y)
    if row + 1 == sheet.plan.header:
        stretch.header_bottom = flow.y
    for cell in [cell for cell in stretch.open if _last_row(cell.set_box) == row]:
        _set_cell(sheet, cell, cell.passage.lines.count)
        stretch.open.remove(cell)


def _set_piece(sheet: Sheet) -> None:
    """Fill the page with a piece of a row too tall for it."""
    flow = sheet.flow
    flow.y += max(room(flow), 0.0)
    sheet.stretch.bottoms.append(flow.y)


def _set_cell(sheet: Sheet, cell: Open, stop: int) -> None:
    """Lines from the cursor up to `stop`, in the middle of the cell as far as it has come."""
    flow, plan = sheet.flow, sheet.plan
    height = flow.y - cell.since
    text = (stop - cell.cursor) * plan.look.leading
    whole = cell.cursor == 0 and stop == cell.passage.lines.count
    top = cell.since + ((height - text) / 2 if whole else plan.pad)
    if stop > cell.cursor:
        flow.pages[-1].items.append(
            Text(
                lines=cell.passage.lines,
                x=cell.set_box.x,
                top=top,
                start=cell.cursor,
                stop=stop,
            )
        )
    sheet.stretch.boxes.append((cell.set_box, cell.since, flow.y))
    cell.cursor = stop


def _continue(sheet: Sheet, row: int) -> None:
    """Close the page and go on under 续表 and the header on the next."""
    cells = sheet.stretch.open
    for cell in cells:
        _part_cell(sheet, cell)
    _close(sheet)
    flow = sheet.flow
    turn(flow)
    least = _carried_height(sheet) + ROOM_TO_SPLIT * sheet.plan.look.leading
    while room(flow) < least and not fresh(flow):
        turn(flow)
    _set_heading(flow, sheet.heading, sheet.heading.more)
    sheet.stretch = Stretch(top=flow.y)
    if sheet.repeated and row >= sheet.plan.header:
        for header_row in range(sheet.plan.header):
            _open_cells(sheet, header_row)
            _end_row(sheet, header_row)
    for cell in cells:
        cell.since = flow.y
    sheet.stretch.open = cells


def _part_cell(sheet: Sheet, cell: Open) -> None:
    """Set what fits of a cell that goes on; a short one will be said again overleaf."""
    height = sheet.flow.y - cell.since
    count = cell.passage.lines.count
    fits = int((height - 2 * sheet.plan.pad) / sheet.plan.look.leading + HAIR)
    whole = cell.cursor == 0 and fits >= count
    _set_cell(sheet, cell, min(count, cell.cursor + max(0, fits)))
    if whole and cell.set_box.box.down > 1 and count <= REPEATED_LINES:
        cell.cursor = 0


# Rules


def _close(sheet: Sheet, *, last: bool = False) -> None:
    """Draw the rules of the stretch on this page: open sides, heavy top and foot."""
    stretch, edges = sheet.stretch, sheet.plan.edges
    if not stretch.bottoms:
        return
    top, bottom = stretch.top, stretch.bottoms[-1]
    items = sheet.flow.pages[-1].items
    heavy = [(0.0, y, edges[-1], y) for y in (top, bottom)]
    items.append(Rules(strokes=tuple(heavy), weight=THICK))
    items.extend(_inner_rules(sheet))


def _inner_rules(sheet: Sheet) -> list[Item]:
    stretch, edges = sheet.stretch, sheet.plan.edges
    bottom = stretch.bottoms[-1]
    fine: list[Stroke] = []
    thin: list[Stroke] = []
    for set_box, top, foot in stretch.boxes:
        left, right = edges[set_box.box.column], edges[set_box.box.column + set_box.box.across]
        if foot < bottom - HAIR:
            (thin if abs(foot - stretch.header_bottom) < HAIR else fine).append(
                (left, foot, right, foot)
            )
        if right < edges[-1] - HAIR:
            fine.append((right, top, right, foot))
    return [
        Rules(strokes=tuple(_joined(strokes)), weight=weight, grey=grey)
        for strokes, weight, grey in ((fine, FINE, FINE_GREY), (thin, THIN, 0.0))
        if strokes
    ]


def _joined(
    strokes: Sequence[Stroke],
) -> list[Stroke]:
    """Strokes that continue one another as one."""
    joined: list[Stroke] = []
    for x0, y0, x1, y1 in sorted(strokes, key=_along):
        if joined:
            a0, b0, a1, b1 = joined[-1]
            if abs(a1 - x0) < HAIR and abs(b1 - y0) < HAIR and (a0 == a1) == (x0 == x1):
                joined[-1] = (a0, b0, x1, y1)
                continue
        joined.append((x0, y0, x1, y1))
    return joined


def _along(stroke: Stroke) -> tuple[bool, float, float]:
    x0, y0, x1, _ = stroke
    return (x0 == x1, x0, y0) if x0 == x1 else (False, y0, x0)
